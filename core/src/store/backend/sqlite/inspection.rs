//! What a database file is and holds, looked at without changing it.

use crate::store::backend::failing::failed;
use crate::store::backups::{BackupError, Holdings};
use crate::store::migrate::KNOWN;
use rusqlite::{Connection, Error, ErrorCode};
use std::fs;
use std::path::Path;

const IS_OURS: &str = "select count(*) from migrations where version = 1 and name = 'directory'";
const VERSION: &str = "select max(version) from migrations";
const COUNTS: &str = "select (select count(*) from organizations), (select count(*) from people), (select count(*) from changes)";
/// Organizations whose history has a gap, or ends elsewhere than they say.
const GAPS: &str = "select count(*) from sequences
    left join (select organization_id, count(*) as length, max(sequence) as last from changes group by organization_id) as histories
        on histories.organization_id = sequences.organization_id
    where sequence <> coalesce(length, 0) or sequence <> coalesce(last, 0)";

/// The version of the schema. Fails for a database that is not ours, or of a program newer than this.
pub(super) fn identify(connection: &Connection, file: &Path) -> Result<i64, BackupError> {
    let ask = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0));
    let identified = ask(IS_OURS).and_then(|ours| if ours == 1 { ask(VERSION).map(Some) } else { Ok(None) });
    match identified {
        Ok(Some(found)) if found > KNOWN => Err(BackupError::Newer { file: file.to_owned(), found, known: KNOWN }),
        Ok(Some(found)) => Ok(found),
        Ok(None) => Err(BackupError::Foreign(file.to_owned())),
        // The table, or a column of it, is not there.
        Err(Error::SqlInputError { .. }) => Err(BackupError::Foreign(file.to_owned())),
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::Unknown) => Err(BackupError::Foreign(file.to_owned())),
        Err(error) => Err(unreadable(error, file)),
    }
}

/// Fails for a file that is damaged, or a history that is not whole.
pub(super) fn prove_sound(connection: &Connection, file: &Path) -> Result<(), BackupError> {
    let fault = connection.query_row("pragma quick_check(1)", [], |row| row.get::<_, String>(0));
    let fault = fault.map_err(|error| unreadable(error, file))?;
    if fault != "ok" {
        return Err(BackupError::Broken { file: file.to_owned(), fault });
    }
    let gaps = connection.query_row(GAPS, [], |row| row.get::<_, i64>(0)).map_err(|error| unreadable(error, file))?;
    if gaps > 0 {
        return Err(BackupError::Broken { file: file.to_owned(), fault: format!("the history of {gaps} organizations has gaps") });
    }
    Ok(())
}

/// Counts what there is.
pub(super) fn count(connection: &Connection, file: &Path, schema: i64) -> Result<Holdings, BackupError> {
    let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
    let (organizations, people, changes): (i64, i64, i64) =
        connection.query_row(COUNTS, [], read).map_err(|error| unreadable(error, file))?;
    let bytes = fs::metadata(file).map_err(BackupError::system(format!("look at {}", file.display())))?.len();
    let [organizations, people, changes] = [organizations, people, changes].map(i64::unsigned_abs);
    Ok(Holdings { schema, organizations, people, changes, bytes })
}

/// A failure of SQLite, which most often is of the file.
pub(super) fn unreadable(error: Error, file: &Path) -> BackupError {
    if is_damage(&error) {
        return match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => BackupError::Foreign(file.to_owned()),
            _ => BackupError::Broken { file: file.to_owned(), fault: error.to_string() },
        };
    }
    failed("could not copy it", error).into()
}

/// Whether the file itself is what SQLite cannot read.
pub(super) fn is_damage(error: &Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt))
}
