//! `[database]`: where people are kept. Nothing here opens it.

use std::fmt;
use std::path::{Path, PathBuf};

use super::error::ConfigError;
use super::values::Values;

/// The settings of `[database]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatabaseSettings {
    /// Which database.
    pub url: DatabaseUrl,
}

/// A database that Rollcall can work on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// An SQLite file; a relative path starts at the working directory.
    Sqlite(PathBuf),
}

impl DatabaseSettings {
    pub(super) fn bind(values: &Values) -> Result<Self, ConfigError> {
        Ok(Self { url: values.text("database.url", DatabaseUrl::parse)? })
    }
}

impl DatabaseUrl {
    /// Reads `sqlite:PATH`; `sqlite://PATH`, as other programs write it, is the same.
    ///
    /// # Errors
    /// The rule that the text breaks. It never quotes the text, which may hold a password.
    pub fn parse(text: &str) -> Result<Self, String> {
        if let Some(rest) = text.strip_prefix("sqlite:") {
            return sqlite_path(rest.strip_prefix("//").unwrap_or(rest)).map(Self::Sqlite);
        }
        if text.starts_with("postgres:") || text.starts_with("postgresql:") {
            return Err("names a PostgreSQL database, and support for PostgreSQL is not there yet; use sqlite:FILE".to_owned());
        }
        Err("must be sqlite: and the path of a file, such as sqlite:rollcall.db".to_owned())
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
        }
    }
}

fn sqlite_path(path: &str) -> Result<PathBuf, String> {
    if path.is_empty() || path.ends_with('/') {
        return Err("must name a file after sqlite:".to_owned());
    }
    // Each connection would see an empty database of its own.
    if path.contains(":memory:") {
        return Err("must name a file: a database in memory cannot be shared between connections".to_owned());
    }
    if path.contains(['?', '#', '\0']) {
        return Err("must be a plain path after sqlite:, without ? or #".to_owned());
    }
    Ok(Path::new(path).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_can_be_named_with_and_without_two_slashes() {
        for (text, path) in [
            ("sqlite:rollcall.db", "rollcall.db"),
            ("sqlite://rollcall.db", "rollcall.db"),
            ("sqlite:/srv/people.db", "/srv/people.db"),
            ("sqlite:///srv/people.db", "/srv/people.db"),
        ] {
            assert_eq!(DatabaseUrl::parse(text), Ok(DatabaseUrl::Sqlite(PathBuf::from(path))));
        }
    }

    #[test]
    fn what_names_no_file_is_refused() {
        for text in ["", "rollcall.db", "sqlite:", "sqlite:///srv/", "sqlite::memory:", "sqlite:a.db?mode=ro", "mysql://h/d"] {
            assert!(DatabaseUrl::parse(text).is_err(), "{text}");
        }
    }
}
