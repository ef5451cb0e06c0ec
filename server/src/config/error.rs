//! What can be wrong with a configuration, said so that the operator can put it right.

use std::io;
use std::path::PathBuf;

use super::source::Source;

/// The reason why the settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file given with `--config` could not be read.
    #[error("could not read the configuration file {}", path.display())]
    Unreadable {
        /// The file, as it was given.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// The file is not TOML.
    #[error("{at}: {reason}")]
    Syntax {
        /// The file and line.
        at: Source,
        /// What the parser said.
        reason: String,
    },
    /// The file has a section that Rollcall does not know.
    #[error("{at}: unknown section [{name}]; the sections are {known}")]
    UnknownSection {
        /// The section as it is written.
        name: String,
        /// The file and line.
        at: Source,
        /// The sections that exist.
        known: String,
    },
    /// The file has a setting that Rollcall does not know.
    #[error("{at}: unknown setting {name}; [{section}] has {known}")]
    UnknownSetting {
        /// The setting with its section.
        name: String,
        /// Its section.
        section: String,
        /// The file and line.
        at: Source,
        /// The settings of the section.
        known: String,
    },
    /// The file has something other than a section at its top.
    #[error("{at}: {name} must stand in a section, such as [http]")]
    OutsideSection {
        /// The key as it is written.
        name: String,
        /// The file and line.
        at: Source,
    },
    /// The environment has a `ROLLCALL_` variable that is no setting.
    #[error("unknown environment variable {name}; the settings are {known}")]
    UnknownVariable {
        /// The variable.
        name: String,
        /// The variables that exist.
        known: String,
    },
    /// A value breaks the rule of its setting. Never quotes the value, which may hold a password.
    #[error("{setting} {reason} (from {at})")]
    Invalid {
        /// The setting with its section.
        setting: &'static str,
        /// What the value must be, or why it cannot be used.
        reason: String,
        /// Where the value came from.
        at: Source,
    },
    /// The built-in defaults lack a setting, which the tests rule out.
    #[error("the built-in defaults have no {setting}")]
    NoDefault {
        /// The setting with its section.
        setting: &'static str,
    },
}

impl ConfigError {
    /// Whether a flag of the command line is what is wrong.
    #[must_use]
    pub const fn is_of_flag(&self) -> bool {
        matches!(self, Self::Invalid { at: Source::Flag(_), .. })
    }
}
