//! Keeps the log of SQLite from growing for ever.
//!
//! The log is used again from its beginning once all of it stands in the file and nobody reads by it. While reads never stop,
//! somebody always does: so when it has grown long, they are held up for the moment that it takes.

use super::Connection;
use super::readers::Readers;
use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

/// A log longer than this is made to begin anew.
const LOG_BYTES_MAX: u64 = 64 * 1024 * 1024;
/// How much more must have been written before that is tried again, where it could not be done.
const LOG_BYTES_MORE: u64 = 16 * 1024 * 1024;

/// Watches how long the log is. The writer asks it after every commit.
pub(super) struct LogLength {
    readers: Arc<Readers>,
    log: PathBuf,
    bytes_max: u64,
}

impl LogLength {
    pub(super) fn new(readers: Arc<Readers>) -> Self {
        let mut log = OsString::from(readers.path());
        log.push("-wal");
        Self { readers, log: log.into(), bytes_max: LOG_BYTES_MAX }
    }

    /// Lets the log begin anew if it has grown long.
    pub(super) fn keep_short(&mut self, connection: &Connection) {
        let bytes = fs::metadata(&self.log).map_or(0, |log| log.len());
        if bytes <= self.bytes_max {
            return;
        }
        // Most of it while everybody goes on reading; what is left is soon done.
        let written = connection.sqlite().write_log_back();
        let cut = written.and_then(|()| self.readers.while_nobody_reads(|| connection.sqlite().cut_log()).unwrap_or(Ok(false)));
        self.bytes_max = if matches!(cut, Ok(true)) { LOG_BYTES_MAX } else { bytes + LOG_BYTES_MORE };
        if let Err(error) = cut {
            tracing::warn!(%error, "the log of the database could not be written back");
        }
    }
}
