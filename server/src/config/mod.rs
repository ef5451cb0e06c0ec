//! Settings: what an operator may choose, where each choice came from, and whether it is right.
//!
//! Four layers, each counting more than the one before: [`DEFAULTS`], a TOML file, the environment, the command line's
//! flags. Nothing here opens a socket, a file other than the configuration, or a database. Start at [`Settings::load`].
//!
//! | module | what it is |
//! | --- | --- |
//! | `http`, `limits`, `sign_in`, [`database`], [`log`] | one section each: its typed values and their rules |
//! | [`source`] | where a value came from |
//! | [`explain`] | the table that `rollcall config` prints |
//! | `keys`, `value`, `values` | the names, the untyped values and the layers of them |
//! | `file`, `environment`, [`flags`] | the three readers |

pub mod database;
mod environment;
mod error;
pub mod explain;
mod file;
pub mod flags;
mod http;
mod keys;
mod limits;
pub mod log;
mod sign_in;
pub mod source;
#[cfg(test)]
mod tests;
mod value;
mod values;

use std::ffi::OsString;
use std::fmt;
use std::path::PathBuf;

pub use self::database::DatabaseSettings;
pub use self::error::ConfigError;
pub use self::explain::Setting;
pub use self::flags::{Flags, TypedUrl};
pub use self::log::{LogFormat, LogSettings};
pub use self::source::Source;
use self::values::Values;
use crate::http::HttpSettings;

/// The commented default settings: the lowest layer, and a model for a file of one's own.
pub const DEFAULTS: &str = include_str!("../../../rollcall.default.toml");

/// What the layers above the defaults are read from.
#[derive(Default)]
pub struct Inputs {
    /// The file given with `--config`.
    pub file: Option<PathBuf>,
    /// The environment: pass `std::env::vars_os()`. Of the names that do not begin with `ROLLCALL_`,
    /// only `PGPASSWORD` counts.
    pub environment: Vec<(OsString, OsString)>,
    /// The settings given as flags.
    pub flags: Flags,
}

/// Without the environment, which may hold passwords.
impl fmt::Debug for Inputs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Inputs").field("file", &self.file).field("flags", &self.flags).finish_non_exhaustive()
    }
}

/// All settings, valid.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The network side, with its limits.
    pub http: HttpSettings,
    /// Where people are kept.
    pub database: DatabaseSettings,
    /// What is printed while serving.
    pub log: LogSettings,
    values: Values,
}

impl Settings {
    /// Reads all layers and checks every value.
    ///
    /// # Errors
    /// The first thing that is wrong: a file that cannot be read, an unknown name, or a value that breaks its rule.
    pub fn load(inputs: &Inputs) -> Result<Self, ConfigError> {
        let mut values = Values::default();
        file::read_text(&mut values, DEFAULTS, None)?;
        if let Some(path) = &inputs.file {
            file::read(&mut values, path)?;
        }
        environment::read(&mut values, &inputs.environment)?;
        inputs.flags.read(&mut values)?;
        let password = environment::password(&inputs.environment)?;
        Self::bind(values, password)
    }

    /// Every setting with its value and where that came from, in the order of the default file.
    #[must_use]
    pub fn explain(&self) -> Vec<Setting> {
        explain::explain(&self.values)
    }

    fn bind(values: Values, password: Option<&str>) -> Result<Self, ConfigError> {
        Ok(Self {
            http: HttpSettings { limits: limits::bind(&values)?, open_id: sign_in::bind(&values)?, ..http::bind(&values)? },
            database: DatabaseSettings::bind(&values, password)?,
            log: LogSettings::bind(&values)?,
            values,
        })
    }
}
