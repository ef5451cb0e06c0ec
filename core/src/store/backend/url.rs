//! Which database: `sqlite:PATH`, the embedded one.

use std::path::PathBuf;

/// The address of a database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum DatabaseUrl {
    Sqlite(PathBuf),
}

/// Text that is no address of a database that this program can open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidDatabaseUrl {
    #[error("PostgreSQL is not supported yet: use sqlite:PATH")]
    Postgres,
    #[error("must look like sqlite:PATH")]
    Unknown,
}

impl DatabaseUrl {
    /// `sqlite:PATH`, `sqlite:///PATH`; the path is relative to the working directory unless it begins with a slash.
    pub(crate) fn parse(text: &str) -> Result<Self, InvalidDatabaseUrl> {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Err(InvalidDatabaseUrl::Postgres);
        }
        let path = text.strip_prefix("sqlite:").ok_or(InvalidDatabaseUrl::Unknown)?;
        let path = path.strip_prefix("//").unwrap_or(path);
        if path.is_empty() || path.starts_with(':') || path.contains('\0') {
            return Err(InvalidDatabaseUrl::Unknown);
        }
        Ok(Self::Sqlite(path.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_is_a_path_behind_its_scheme() {
        let path = |text: &str| DatabaseUrl::parse(text).map(|DatabaseUrl::Sqlite(path)| path.to_string_lossy().into_owned());

        assert_eq!(path("sqlite:rollcall.db"), Ok("rollcall.db".to_owned()));
        assert_eq!(path("sqlite:///var/rollcall.db"), Ok("/var/rollcall.db".to_owned()));
        assert_eq!(path("postgres://localhost/x"), Err(InvalidDatabaseUrl::Postgres));
        assert_eq!(path("sqlite::memory:"), Err(InvalidDatabaseUrl::Unknown));
        assert_eq!(path("rollcall.db"), Err(InvalidDatabaseUrl::Unknown));
    }
}
