//! `[database]`: where people are kept. Nothing here opens it.

use std::fmt;
use std::time::Duration;

use rollcall_core::directory::{DatabaseOptions, DatabaseUrl};

use super::error::ConfigError;
use super::flags::TypedUrl;
use super::source::Source;
use super::values::Values;

/// Connections that one process may hold: PostgreSQL itself is slow long before this.
const CONNECTIONS_MAX: u64 = 1000;
/// A day, like every other time.
const SECONDS_MAX: u64 = 86_400;
/// Nobody waits longer than this at a prompt for a database that is not there.
const COMMAND_WAIT: Duration = Duration::from_secs(10);

/// The settings of `[database]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatabaseSettings {
    /// Which database.
    pub url: DatabaseUrl,
    /// Databases that follow it and answer long reads of a server.
    pub replicas: Vec<DatabaseUrl>,
    /// The greatest number of connections of one process to each of them.
    pub connections: usize,
    /// How long a statement of a server may take.
    pub statement_timeout: Option<Duration>,
    /// How long a server waits for its database at the start.
    pub start_wait: Duration,
    /// For URLs that have none.
    password: Option<Password>,
}

/// A password, which `Debug` does not show.
#[derive(Clone, PartialEq, Eq)]
struct Password(String);

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl DatabaseSettings {
    /// Reads the section. The password is for the URLs that have none.
    pub(super) fn bind(values: &Values, password: Option<&str>) -> Result<Self, ConfigError> {
        let url = |text: &str| parse(text, password);
        let replica = |text: &str| match url(text) {
            Ok(replica) if !replica.is_postgres() => Err("must be PostgreSQL URLs".to_owned()),
            other => other,
        };
        let settings = Self {
            url: values.text("database.url", url)?,
            replicas: values.list("database.replicas", replica)?,
            connections: values.integer("database.connections", 2..=CONNECTIONS_MAX)?,
            statement_timeout: values.seconds("database.statement_timeout_seconds", 0..=SECONDS_MAX)?,
            start_wait: values.seconds("database.start_wait_seconds", 0..=SECONDS_MAX)?.unwrap_or_default(),
            password: password.map(|password| Password(password.to_owned())),
        };
        if !settings.replicas.is_empty() && !settings.url.is_postgres() {
            return Err(values.refusal("database.replicas", "needs a PostgreSQL URL in database.url"));
        }
        Ok(settings)
    }

    /// For a server.
    #[must_use]
    pub fn for_a_server(&self) -> DatabaseOptions {
        DatabaseOptions {
            replicas: self.replicas.clone(),
            statement_timeout: self.statement_timeout,
            start_wait: self.start_wait,
            ..self.for_a_command()
        }
    }

    /// For a command that ends by itself: it may read or write everything at once, and somebody waits for it.
    #[must_use]
    pub fn for_a_command(&self) -> DatabaseOptions {
        DatabaseOptions {
            connections: self.connections,
            start_wait: self.start_wait.min(COMMAND_WAIT),
            ..DatabaseOptions::new(self.url.clone())
        }
    }

    /// For a command on another database, whose URL a flag says.
    ///
    /// # Errors
    /// The URL cannot be used.
    pub fn for_a_command_on(&self, TypedUrl(text): &TypedUrl, flag: &'static str) -> Result<DatabaseOptions, ConfigError> {
        let url = parse(text, self.password.as_ref().map(|Password(password)| password.as_str()));
        let invalid = |reason| ConfigError::Invalid { setting: "the database URL", reason, at: Source::Flag(flag) };
        Ok(DatabaseOptions { url: url.map_err(invalid)?, ..self.for_a_command() })
    }
}

fn parse(text: &str, password: Option<&str>) -> Result<DatabaseUrl, String> {
    let url = DatabaseUrl::parse(text).map_err(|error| error.to_string())?;
    Ok(password.into_iter().fold(url, DatabaseUrl::with_default_password))
}
