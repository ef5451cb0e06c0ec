//! The settings that are flags of the command line.

use std::fmt;

use rollcall_core::directory::DatabaseUrl;

use super::error::ConfigError;
use super::source::Source;
use super::values::Values;

/// The settings given as flags; `None` or nothing where the flag was not given.
#[derive(Clone, Debug, Default)]
pub struct Flags {
    /// `--listen`
    pub listen: Option<String>,
    /// `--database`
    pub database: Option<TypedUrl>,
    /// `--replica`, as often as it was given.
    pub replicas: Vec<TypedUrl>,
}

/// A database URL as it was typed, not looked at yet. Its `Debug` shows no password.
#[derive(Clone, PartialEq, Eq)]
pub struct TypedUrl(pub String);

impl From<&str> for TypedUrl {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl fmt::Debug for TypedUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&DatabaseUrl::masked(&self.0))
    }
}

impl Flags {
    /// Lays the flags over `values`.
    pub(super) fn read(&self, values: &mut Values) -> Result<(), ConfigError> {
        if let Some(text) = &self.listen {
            values.put_text("http.listen", text, Source::Flag("--listen"))?;
        }
        if let Some(TypedUrl(text)) = &self.database {
            values.put_text("database.url", text, Source::Flag("--database"))?;
        }
        if !self.replicas.is_empty() {
            let urls = self.replicas.iter().map(|TypedUrl(text)| text.clone()).collect();
            values.put_list("database.replicas", urls, Source::Flag("--replica"))?;
        }
        Ok(())
    }
}
