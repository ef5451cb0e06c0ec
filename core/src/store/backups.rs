//! What a backup is: what it holds, and why one was not made or not restored. How it is done, the backend knows.

use super::error::StoreError;
use std::io;
use std::path::PathBuf;

/// What becomes of a file that has the name already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    /// It stays, and nothing is done.
    Keep,
    /// The new one takes its place.
    Replace,
}

/// What was counted in a database once it was whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holdings {
    /// The version of its schema.
    pub schema: i64,
    pub organizations: u64,
    pub people: u64,
    /// Rows of all histories.
    pub changes: u64,
    /// The size of its one file.
    pub bytes: u64,
}

/// A database that stands where another stood, or none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// What it holds, with the schema that this program made of it.
    pub holdings: Holdings,
    /// The version that its schema had.
    pub schema_before: i64,
    /// Where the database is that was there before.
    pub kept: Option<PathBuf>,
}

/// Why no backup was made, or none restored. Everything is as it was before.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// PostgreSQL has ways of its own, which know how many machines it is on.
    #[error("a PostgreSQL database is backed up with PostgreSQL's own tools")]
    Postgres,
    /// There is no database to back up, or no backup to restore.
    #[error("there is no file {}", .0.display())]
    Missing(PathBuf),
    #[error("{} is there already", .0.display())]
    Taken(PathBuf),
    /// The file to write is the one to read.
    #[error("{} is the database itself, or belongs to it", .0.display())]
    Itself(PathBuf),
    #[error("{} is no file", .0.display())]
    NoFile(PathBuf),
    /// The log of some database: SQLite would take it for that of the file that is to be written or read.
    #[error("{} is there: the log of a database that is open, or was not closed", .0.display())]
    Unclosed(PathBuf),
    #[error("{} is open in a server or another program", .0.display())]
    Open(PathBuf),
    /// Somebody else is at the same work.
    #[error("{} is being written by another program", .0.display())]
    Underway(PathBuf),
    #[error("{} is no database of Rollcall", .0.display())]
    Foreign(PathBuf),
    #[error("{} is of a newer version of Rollcall (schema {found}, this program knows {known})", file.display())]
    Newer { file: PathBuf, found: i64, known: i64 },
    /// With the first thing that is wrong with it.
    #[error("{} is broken: {fault}", file.display())]
    Broken { file: PathBuf, fault: String },
    /// The system did not let it be done.
    #[error("could not {doing}")]
    System {
        doing: String,
        #[source]
        source: io::Error,
    },
    /// The database did not.
    #[error("the database cannot be copied")]
    Store(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl BackupError {
    /// The system's refusal of something, `doing` being what: "write x".
    pub(crate) fn system(doing: impl Into<String>) -> impl FnOnce(io::Error) -> Self {
        let doing = doing.into();
        move |source| Self::System { doing, source }
    }
}

impl From<StoreError> for BackupError {
    fn from(error: StoreError) -> Self {
        Self::Store(Box::new(error))
    }
}
