//! Which database to open, and how.

use std::time::Duration;

/// Which database to open, and how. All but the first is about PostgreSQL alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatabaseOptions {
    /// `sqlite:PATH` or `postgres://…`.
    pub url: String,
    /// Databases that follow the first one and answer long reads while they keep up with it.
    pub replicas: Vec<String>,
    /// The greatest number of connections that one process holds to each of them.
    pub connections: usize,
    /// How long one statement may take.
    pub statement_timeout: Option<Duration>,
    /// How long to wait for a database that cannot be reached when it is opened.
    pub start_wait: Duration,
}

impl DatabaseOptions {
    /// A database with every other option as it is by default.
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            replicas: Vec::new(),
            connections: 16,
            statement_timeout: Some(Duration::from_secs(30)),
            start_wait: Duration::from_secs(10),
        }
    }
}
