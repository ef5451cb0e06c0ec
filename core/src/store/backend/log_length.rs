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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::backend::OpenMode;
    use crate::store::backend::sqlite::SqliteConnection;
    use crate::store::error::StoreError;
    use std::ops::ControlFlow;
    use tempfile::TempDir;

    /// A database whose log is long when it is longer than this.
    const LONG: u64 = 64 * 1024;

    struct Ground {
        folder: TempDir,
        writer: Connection,
        readers: Arc<Readers>,
        log: LogLength,
    }

    impl Ground {
        fn new() -> Self {
            let folder = tempfile::tempdir().expect("a folder");
            let path = folder.path().join("log.db");
            let writer = Connection::from(SqliteConnection::open_for_writing(&path, OpenMode::CreateIfMissing).expect("a database"));
            writer.sqlite().batch("create table lines (text)").expect("a table");
            let readers = Readers::start(path).expect("readers");
            let log = LogLength { bytes_max: LONG, ..LogLength::new(Arc::clone(&readers)) };
            Self { folder, writer, readers, log }
        }

        /// Makes the log twice as long as is long.
        fn write_much(&self) {
            self.writer.sqlite().batch("insert into lines values (hex(zeroblob(64 * 1024)))").expect("a line");
        }

        fn log_bytes(&self) -> u64 {
            fs::metadata(self.folder.path().join("log.db-wal")).expect("a log").len()
        }
    }

    fn lines(connection: Connection) -> (Connection, Result<i64, StoreError>) {
        let mut count = 0;
        let read = connection.sqlite().for_each("select count(*) from lines", &[], |row| {
            count = row.integer(0)?;
            Ok(ControlFlow::Continue(()))
        });
        (connection, read.map(|()| count))
    }

    #[test]
    fn a_long_log_begins_anew_though_a_snapshot_is_held() {
        let mut ground = Ground::new();
        assert_eq!(ground.readers.with(lines).expect("an answer"), 0);
        ground.write_much();
        assert!(ground.log_bytes() > LONG);

        ground.log.keep_short(&ground.writer);

        assert_eq!(ground.log_bytes(), 0);
        assert_eq!(ground.readers.with(lines).expect("an answer"), 1);
    }

    #[test]
    fn a_log_that_is_read_by_for_long_is_left_until_more_is_written() {
        let mut ground = Ground::new();
        ground.write_much();

        let Ground { writer, readers, log, .. } = &mut ground;
        let reading = readers.with(|connection| {
            log.keep_short(writer);
            lines(connection)
        });

        assert_eq!(reading.expect("an answer"), 1);
        assert!(ground.log_bytes() > LONG);
        assert!(ground.log.bytes_max > ground.log_bytes());
    }
}
