//! What a failure of SQLite means: too busy, unable to write, or anything else.

use crate::store::error::StoreError;
use rusqlite::{Error, ErrorCode, ffi};

const FULL: &str = "the disk is full";
const READ_ONLY: &str = "the database's file, its folder or its file system cannot be written";
const NOT_TAKEN: &str = "the disk takes nothing more: it is full, over a quota or limit, read-only or broken";

/// The failure of a statement.
pub(super) fn failed(doing: &'static str, error: Error) -> StoreError {
    if is_busy(&error) {
        return StoreError::Busy;
    }
    match error.sqlite_extended_error_code().and_then(unwritable) {
        Some(reason) => StoreError::Unwritable { doing, reason, source: error.into() },
        None => StoreError::failed(doing, error),
    }
}

/// The failure to open the file itself, which most often is not where the operator says.
pub(super) fn failed_to_open(error: Error) -> StoreError {
    const DOING: &str = "could not open the database";
    match error.sqlite_error_code() {
        Some(ErrorCode::CannotOpen) => StoreError::failed(DOING, error),
        _ => failed(DOING, error),
    }
}

/// Whether another connection holds what this one asked for.
pub(super) fn is_busy(error: &Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked))
}

/// A file that was opened, but for reading alone, because it cannot be opened otherwise.
pub(super) fn read_only() -> StoreError {
    StoreError::Unwritable {
        doing: "could not open the database for writing",
        reason: READ_ONLY,
        source: "it opens for reading alone".into(),
    }
}

/// Why nothing can be written, if this code of SQLite says so.
///
/// Only a full disk has a code of its own. A quota, a limit on the size of files and a file system that became read-only
/// are failed writes; a log or an index that cannot be made beside the database is one that cannot be opened.
fn unwritable(code: i32) -> Option<&'static str> {
    // The first byte of a code is the kind, what stands before it the case.
    match code & 0xff {
        ffi::SQLITE_FULL => Some(FULL),
        ffi::SQLITE_READONLY | ffi::SQLITE_CANTOPEN => Some(READ_ONLY),
        _ => is_failed_write(code).then_some(NOT_TAKEN),
    }
}

const fn is_failed_write(code: i32) -> bool {
    matches!(
        code,
        ffi::SQLITE_IOERR_WRITE
            | ffi::SQLITE_IOERR_FSYNC
            | ffi::SQLITE_IOERR_DIR_FSYNC
            | ffi::SQLITE_IOERR_TRUNCATE
            | ffi::SQLITE_IOERR_DELETE
            | ffi::SQLITE_IOERR_CLOSE
            | ffi::SQLITE_IOERR_SHMOPEN
            | ffi::SQLITE_IOERR_SHMSIZE
            | ffi::SQLITE_IOERR_SHMMAP
            | ffi::SQLITE_IOERR_GETTEMPPATH
            | ffi::SQLITE_IOERR_BEGIN_ATOMIC
            | ffi::SQLITE_IOERR_COMMIT_ATOMIC
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(extended_code: i32) -> Error {
        Error::SqliteFailure(ffi::Error::new(extended_code), None)
    }

    #[test]
    fn what_keeps_sqlite_from_writing_is_told_from_every_other_failure() {
        let unwritable = [
            ffi::SQLITE_FULL,
            ffi::SQLITE_READONLY,
            ffi::SQLITE_READONLY_DIRECTORY,
            ffi::SQLITE_READONLY_CANTINIT,
            ffi::SQLITE_CANTOPEN,
            ffi::SQLITE_IOERR_WRITE,
            ffi::SQLITE_IOERR_FSYNC,
            ffi::SQLITE_IOERR_DIR_FSYNC,
            ffi::SQLITE_IOERR_TRUNCATE,
            ffi::SQLITE_IOERR_SHMSIZE,
        ];
        let others = [ffi::SQLITE_CORRUPT, ffi::SQLITE_NOTADB, ffi::SQLITE_IOERR_READ, ffi::SQLITE_NOMEM, ffi::SQLITE_CONSTRAINT_UNIQUE];

        for code in unwritable {
            assert!(matches!(failed("x", error(code)), StoreError::Unwritable { .. }), "{code}");
        }
        for code in others {
            assert!(matches!(failed("x", error(code)), StoreError::Failed { .. }), "{code}");
        }
    }

    #[test]
    fn a_database_that_another_holds_is_busy() {
        for code in [ffi::SQLITE_BUSY, ffi::SQLITE_BUSY_SNAPSHOT, ffi::SQLITE_LOCKED] {
            assert!(matches!(failed("x", error(code)), StoreError::Busy), "{code}");
        }
    }

    #[test]
    fn a_file_that_is_not_there_is_no_full_disk() {
        assert!(matches!(failed_to_open(error(ffi::SQLITE_CANTOPEN)), StoreError::Failed { .. }));
    }
}
