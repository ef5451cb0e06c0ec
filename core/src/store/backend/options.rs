//! Which database to open, and how.

use super::DatabaseUrl;
use std::time::Duration;

/// How many connections one process holds to a database, unless it is told otherwise.
const CONNECTIONS: usize = 16;
/// How long to wait for a database that is just starting.
const START_WAIT: Duration = Duration::from_secs(10);

/// Which database to open, and how. All but the first is about PostgreSQL alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatabaseOptions {
    /// Which database.
    pub url: DatabaseUrl,
    /// Databases that follow the first one and answer long reads while they keep up with it. All are PostgreSQL's.
    pub replicas: Vec<DatabaseUrl>,
    /// The greatest number of connections that one process holds to each of them.
    pub connections: usize,
    /// How long one statement may take.
    pub statement_timeout: Option<Duration>,
    /// How long to wait for a database that cannot be reached when it is opened.
    pub start_wait: Duration,
}

impl DatabaseOptions {
    /// A database without replicas, on which a statement may take as long as it takes.
    #[must_use]
    pub const fn new(url: DatabaseUrl) -> Self {
        Self { url, replicas: Vec::new(), connections: CONNECTIONS, statement_timeout: None, start_wait: START_WAIT }
    }
}
