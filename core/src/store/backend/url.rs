//! Which database: `sqlite:PATH`, the embedded one. The one reader of database URLs.

use super::postgres::PostgresAddress;
use std::path::PathBuf;

/// The address of a database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum DatabaseUrl {
    /// A relative path starts at the working directory.
    Sqlite(PathBuf),
    Postgres(Box<PostgresAddress>),
}

/// Text that is no address of a database that this program can open. Never quotes the text, which may hold a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidDatabaseUrl {
    #[error("must be a PostgreSQL URL with the name of a database, such as postgres://user@host/rollcall")]
    Postgres,
    #[error("must be sqlite: and the path of a file, such as sqlite:rollcall.db, or postgres: and a database")]
    UnknownScheme,
    #[error("must name a file after sqlite:")]
    NoFile,
    /// Each connection would see an empty database of its own.
    #[error("must name a file: a database in memory cannot be shared between connections")]
    InMemory,
    #[error("must be a plain path after sqlite:, without ? or #")]
    NotPlain,
}

impl DatabaseUrl {
    /// `sqlite:PATH`; `sqlite://PATH`, as other programs write it, is the same.
    pub(crate) fn parse(text: &str) -> Result<Self, InvalidDatabaseUrl> {
        if let Some(rest) = text.strip_prefix("sqlite:") {
            return sqlite_path(rest.strip_prefix("//").unwrap_or(rest)).map(Self::Sqlite);
        }
        if text.starts_with("postgres:") || text.starts_with("postgresql:") {
            return PostgresAddress::parse(text).map(Box::new).map(Self::Postgres).ok_or(InvalidDatabaseUrl::Postgres);
        }
        Err(InvalidDatabaseUrl::UnknownScheme)
    }
}

fn sqlite_path(path: &str) -> Result<PathBuf, InvalidDatabaseUrl> {
    if path.is_empty() || path.ends_with('/') {
        return Err(InvalidDatabaseUrl::NoFile);
    }
    if path.contains(":memory:") {
        return Err(InvalidDatabaseUrl::InMemory);
    }
    if path.starts_with(':') || path.contains(['?', '#', '\0']) {
        return Err(InvalidDatabaseUrl::NotPlain);
    }
    Ok(path.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> Result<String, InvalidDatabaseUrl> {
        DatabaseUrl::parse(text).map(|url| match url {
            DatabaseUrl::Sqlite(path) => path.to_string_lossy().into_owned(),
            DatabaseUrl::Postgres(_) => "a server".to_owned(),
        })
    }

    #[test]
    fn a_file_can_be_named_with_and_without_two_slashes() {
        for (text, expected) in [
            ("sqlite:rollcall.db", "rollcall.db"),
            ("sqlite://rollcall.db", "rollcall.db"),
            ("sqlite:/srv/people.db", "/srv/people.db"),
            ("sqlite:///srv/people.db", "/srv/people.db"),
        ] {
            assert_eq!(path(text).as_deref(), Ok(expected));
        }
    }

    #[test]
    fn what_names_no_file_is_refused() {
        for (text, expected) in [
            ("", InvalidDatabaseUrl::UnknownScheme),
            ("rollcall.db", InvalidDatabaseUrl::UnknownScheme),
            ("mysql://h/d", InvalidDatabaseUrl::UnknownScheme),
            ("postgres://localhost", InvalidDatabaseUrl::Postgres),
            ("postgresql://localhost:port/x", InvalidDatabaseUrl::Postgres),
            ("sqlite:", InvalidDatabaseUrl::NoFile),
            ("sqlite:///srv/", InvalidDatabaseUrl::NoFile),
            ("sqlite::memory:", InvalidDatabaseUrl::InMemory),
            ("sqlite:a.db?mode=ro", InvalidDatabaseUrl::NotPlain),
            ("sqlite:a.db#x", InvalidDatabaseUrl::NotPlain),
        ] {
            assert_eq!(path(text), Err(expected), "{text}");
        }
    }
}
