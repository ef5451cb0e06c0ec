//! Why the store failed.

/// A failure below the directory. The driver's own error is its source.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StoreError {
    /// Too much work is waiting, or another process holds the database.
    #[error("the database is busy")]
    Busy,
    /// What is stored is not what this version writes.
    #[error("the stored {what} cannot be read")]
    Unreadable { what: &'static str },
    /// The schema is newer than this program.
    #[error("the database was made by a newer version of Rollcall (schema {found}, this program knows {known})")]
    NewerSchema { found: i64, known: i64 },
    /// The database is half a copy of another one.
    #[error("the copy into the database is not finished: go on with `rollcall copy --from … --to …`, or make the database anew")]
    UnfinishedCopy,
    /// The database cannot be reached, or was lost before anything was to be kept: surely nothing was done.
    #[error("the database cannot be reached")]
    Unavailable {
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The connection was lost while a commit was under way: it may have been done, and it may not.
    #[error("the connection to the database was lost while a change was being kept")]
    Uncertain {
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// Nothing can be written now. What was committed stands, and reads go on.
    #[error("{doing}: {reason}")]
    Unwritable {
        doing: &'static str,
        /// What an operator may look at first.
        reason: &'static str,
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    #[error("{doing}")]
    Failed {
        doing: &'static str,
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

impl StoreError {
    pub(crate) fn failed(doing: &'static str, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Failed { doing, source: source.into() }
    }

    /// The same failure for the next of several who wait for one thing.
    pub(crate) fn told_again(&self) -> Self {
        match self {
            Self::Busy => Self::Busy,
            Self::Unreadable { what } => Self::Unreadable { what },
            Self::NewerSchema { found, known } => Self::NewerSchema { found: *found, known: *known },
            Self::UnfinishedCopy => Self::UnfinishedCopy,
            Self::Unavailable { source } => Self::Unavailable { source: source.to_string().into() },
            Self::Uncertain { source } => Self::Uncertain { source: source.to_string().into() },
            Self::Unwritable { doing, reason, source } => Self::Unwritable { doing, reason, source: source.to_string().into() },
            Self::Failed { doing, source } => Self::Failed { doing, source: source.to_string().into() },
        }
    }
}
