//! Why a copy was not made, or not finished.

use crate::store::error::StoreError;

/// Why a copy was not made, or not finished.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    /// `doing` says how far it went.
    #[error("{doing} the database to copy from failed; given again, the same command goes on where this one was")]
    Source {
        doing: &'static str,
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    #[error("{doing} the database to copy into failed; given again, the same command goes on where this one was")]
    Target {
        doing: &'static str,
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    #[error("a database cannot be copied into itself")]
    SameDatabase,
    #[error("the database to copy from holds no organization")]
    NothingToCopy,
    #[error("the database to copy from is itself half a copy: finish that one first")]
    UnfinishedSource,
    /// By the first of the tables that hold something.
    #[error("the database to copy into holds something already ({table}): copy into an empty one")]
    NotEmpty { table: &'static str },
    #[error("a copy of another database into this one is under way: copy from that one again, or into an empty database")]
    AnotherSource,
    #[error("the copy was begun by another version of Rollcall: go on with that version, or copy into an empty database")]
    AnotherVersion,
    #[error("another copy into the same database is under way")]
    AnotherCopy,
    #[error("{table} has changed in the database to copy from since the copy began: copy it into an empty database")]
    SourceChanged { table: String },
    /// A value that the other database does not take, or that cannot be read. `row` is its key, in words.
    #[error("{table}: the row of {row} cannot be copied: {column} {reason}")]
    Unfit { table: String, row: String, column: &'static str, reason: &'static str },
    #[error("{table} is not the same in both databases: {from} was read in one, and {to} in the other")]
    Differs { table: &'static str, from: String, to: String },
}

/// Which of the two databases failed.
#[derive(Clone, Copy, Debug)]
pub(super) enum Side {
    Source,
    Target,
}

impl Side {
    /// What a failure of the store means on this side.
    pub(super) fn failed(self, doing: &'static str) -> impl Fn(StoreError) -> CopyError {
        move |error| match self {
            Self::Source => CopyError::Source { doing, source: error.into() },
            Self::Target => CopyError::Target { doing, source: error.into() },
        }
    }
}
