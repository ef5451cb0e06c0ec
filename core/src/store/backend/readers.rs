//! Connections of SQLite that only read, and how many of them read at once.

use super::sqlite::SqliteConnection;
use super::{Connection, OpenMode};
use crate::store::error::StoreError;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use tokio::sync::{Semaphore, SemaphorePermit};

/// Connections that read at the same moment; short reads only, so a few for each core of a small machine.
const READERS_MAX: usize = 16;

/// Connections that only read, opened when first needed.
pub(super) struct Readers {
    path: PathBuf,
    idle: Mutex<Vec<Connection>>,
    permits: Semaphore,
}

impl Readers {
    pub(super) fn new(path: PathBuf) -> Self {
        Self { path, idle: Mutex::new(Vec::new()), permits: Semaphore::new(READERS_MAX) }
    }

    /// The database's file.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) async fn permit(&self) -> Result<SemaphorePermit<'_>, StoreError> {
        self.permits.acquire().await.map_err(|_| StoreError::Busy)
    }

    /// Runs a read on one connection, inside a transaction, so that all of it sees one moment.
    pub(super) fn with<T, E: From<StoreError>>(&self, work: impl FnOnce(Connection) -> (Connection, Result<T, E>)) -> Result<T, E> {
        let connection = self.take()?;
        connection.sqlite().batch("begin")?;
        let (connection, result) = work(connection);
        // A connection that cannot end its transaction is not used again.
        connection.sqlite().batch("rollback")?;
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
        result
    }

    fn take(&self) -> Result<Connection, StoreError> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        match idle {
            Some(connection) => Ok(connection),
            None => {
                let connection = SqliteConnection::open(&self.path, OpenMode::MustExist)?;
                connection.batch("pragma query_only = on")?;
                Ok(Connection::Sqlite(connection))
            }
        }
    }
}
