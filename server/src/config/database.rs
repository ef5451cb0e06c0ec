//! `[database]`: where people are kept. Nothing here opens it.

use rollcall_core::directory::Directory;

use super::error::ConfigError;
use super::values::Values;

/// The settings of `[database]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatabaseSettings {
    /// Which database: a URL that [`Directory::open`] takes.
    pub url: String,
}

impl DatabaseSettings {
    pub(super) fn bind(values: &Values) -> Result<Self, ConfigError> {
        let check = |text: &str| Directory::check_url(text).map(|()| text.to_owned()).map_err(|error| error.to_string());
        Ok(Self { url: values.text("database.url", check)? })
    }
}
