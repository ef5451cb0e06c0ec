//! Which database: `sqlite:PATH`, the embedded one, or `postgres://…`. The one reader of database URLs.

use super::postgres::{InvalidPostgresUrl, PostgresAddress};
use std::fmt;
use std::path::PathBuf;

/// What stands in the place of a password.
const MASK: &str = "***";

/// The address of a database. Neither `Display` nor `Debug` shows a password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// A file. A relative path starts at the working directory.
    Sqlite(PathBuf),
    /// A database of a server.
    Postgres(Box<PostgresAddress>),
}

/// Text that is no address of a database that this program can open. Never quotes what may be a password.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidDatabaseUrl {
    #[error(transparent)]
    Postgres(#[from] InvalidPostgresUrl),
    #[error(
        "must be sqlite: and the path of a file, such as sqlite:rollcall.db, or a PostgreSQL URL, such as postgres://user@host/rollcall"
    )]
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
    /// `sqlite:PATH`; `sqlite://PATH`, as other programs write it, is the same. `postgres://…` as `libpq` reads it, but strictly.
    ///
    /// # Errors
    /// Why the text cannot be used, so that it reads on after the name of a setting.
    pub fn parse(text: &str) -> Result<Self, InvalidDatabaseUrl> {
        if let Some(rest) = text.strip_prefix("sqlite:") {
            return sqlite_path(rest.strip_prefix("//").unwrap_or(rest)).map(Self::Sqlite);
        }
        if text.starts_with("postgres:") || text.starts_with("postgresql:") {
            return Ok(Self::Postgres(Box::new(PostgresAddress::parse(text)?)));
        }
        Err(InvalidDatabaseUrl::UnknownScheme)
    }

    /// The same with a password, where it is a server's and names none itself.
    #[must_use]
    pub fn with_default_password(self, password: &str) -> Self {
        match self {
            Self::Sqlite(_) => self,
            Self::Postgres(address) => Self::Postgres(Box::new(address.with_default_password(password))),
        }
    }

    /// Whether it is a database of a PostgreSQL server.
    #[must_use]
    pub const fn is_postgres(&self) -> bool {
        matches!(self, Self::Postgres(_))
    }

    /// Text that may be a database URL, or may have been meant as one, with the passwords in it masked: the one before `@`, and
    /// parameters named `…password`.
    #[must_use]
    pub fn masked(text: &str) -> String {
        let Some((scheme, rest)) = text.split_once("://") else { return text.to_owned() };
        // Up to the last @: a password may hold an unescaped / or @, and hiding too much is better than too little.
        let split = rest.rsplit_once('@').filter(|(login, _)| login.contains(':') || !login.contains('?'));
        let (login, rest) = split.map_or((None, rest), |(login, rest)| (Some(login), rest));
        let login = login.map(|login| login.split_once(':').map_or(format!("{login}@"), |(name, _)| format!("{name}:{MASK}@")));
        let (address, parameters) = rest.split_once('?').map_or((rest, None), |(address, parameters)| (address, Some(parameters)));
        let parameters = parameters.map(|all| format!("?{}", all.split('&').map(masked_parameter).collect::<Vec<_>>().join("&")));
        format!("{scheme}://{}{address}{}", login.unwrap_or_default(), parameters.unwrap_or_default())
    }
}

fn masked_parameter(parameter: &str) -> String {
    match parameter.split_once('=') {
        Some((name, _)) if name.to_ascii_lowercase().ends_with("password") => format!("{name}={MASK}"),
        _ => parameter.to_owned(),
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            Self::Postgres(address) => address.fmt(f),
        }
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

    fn shown(text: &str) -> Result<String, InvalidDatabaseUrl> {
        DatabaseUrl::parse(text).map(|url| url.to_string())
    }

    #[test]
    fn a_file_can_be_named_with_and_without_two_slashes() {
        for (text, expected) in [
            ("sqlite:rollcall.db", "sqlite:rollcall.db"),
            ("sqlite://rollcall.db", "sqlite:rollcall.db"),
            ("sqlite:/srv/people.db", "sqlite:/srv/people.db"),
            ("sqlite:///srv/people.db", "sqlite:/srv/people.db"),
        ] {
            assert_eq!(shown(text).as_deref(), Ok(expected));
        }
    }

    #[test]
    fn what_names_no_file_is_refused() {
        for (text, expected) in [
            ("", InvalidDatabaseUrl::UnknownScheme),
            ("rollcall.db", InvalidDatabaseUrl::UnknownScheme),
            ("mysql://h/d", InvalidDatabaseUrl::UnknownScheme),
            ("postgres://localhost", InvalidPostgresUrl::NoDatabase.into()),
            ("sqlite:", InvalidDatabaseUrl::NoFile),
            ("sqlite:///srv/", InvalidDatabaseUrl::NoFile),
            ("sqlite::memory:", InvalidDatabaseUrl::InMemory),
            ("sqlite:a.db?mode=ro", InvalidDatabaseUrl::NotPlain),
            ("sqlite:a.db#x", InvalidDatabaseUrl::NotPlain),
        ] {
            assert_eq!(shown(text), Err(expected), "{text}");
        }
    }

    #[test]
    fn a_password_is_never_shown() {
        let url = DatabaseUrl::parse("postgres://ana:geheim@db/people?options=-cx%3Dy").expect("a URL");

        let options = crate::store::DatabaseOptions::new(url.with_default_password("other"));

        assert_eq!(options.url.to_string(), "postgres://ana:***@db/people?options=-cx%3Dy");
        assert!(!format!("{options:?}").contains("geheim"), "{options:?}");
    }

    #[test]
    fn passwords_are_masked_wherever_they_stand() {
        for (text, masked) in [
            ("postgres://ana:geheim@db:5432/people", "postgres://ana:***@db:5432/people"),
            ("postgres://ana:ge/he@im@db/people", "postgres://ana:***@db/people"),
            ("postgres://ana:ge?he=im@db/people", "postgres://ana:***@db/people"),
            ("postgres://ana@db/people?sslmode=require", "postgres://ana@db/people?sslmode=require"),
            ("postgres://db/people?user=ana&password=geheim", "postgres://db/people?user=ana&password=***"),
            ("postgres://db/people?SSLPassword=geheim&x=a@b", "postgres://db/people?SSLPassword=***&x=a@b"),
            ("sqlite:rollcall.db", "sqlite:rollcall.db"),
        ] {
            assert_eq!(DatabaseUrl::masked(text), masked);
        }
    }
}
