//! Opening the file of an SQLite database: what every connection to it is set to, and how it waits for others.

use super::OpenMode;
use super::failing::{failed, failed_to_open, is_busy};
use super::folders;
use crate::store::error::StoreError;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use std::cell::Cell;
use std::path::Path;
use std::time::Duration;

/// How often a statement looks again while another process writes. SQLite's own waiting sleeps for up to 100 ms, and so
/// misses the few milliseconds between two batches of an import for many seconds.
const BUSY_INTERVAL: Duration = Duration::from_millis(2);
/// How often it looks in all: for ten seconds.
const BUSY_TRIES: i32 = 5000;
/// Different statements kept prepared by one connection; there are fewer fixed ones than this.
const STATEMENTS_KEPT: usize = 256;
/// Address space for reading the file without copying. Reserved, not used up.
const MMAP_BYTES: i64 = 1 << 36;
/// Pages that one connection may keep in its own memory. Reads go past it through the mapping; an import fills it.
const CACHE_KIB: i64 = 32 * 1024;

/// A connection to the file, set up.
pub(super) fn open(path: &Path, mode: OpenMode) -> Result<Connection, StoreError> {
    let _entry = folders::enter(path);
    let mut connection = open_file(path, mode).map_err(failed_to_open)?;
    set_up(&mut connection).map_err(|error| failed("could not set up the database", error))?;
    Ok(connection)
}

fn open_file(path: &Path, mode: OpenMode) -> rusqlite::Result<Connection> {
    let create = if mode == OpenMode::CreateIfMissing { OpenFlags::SQLITE_OPEN_CREATE } else { OpenFlags::empty() };
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | create;
    let is_new = !path.exists();
    let connection = Connection::open_with_flags(path, flags)?;
    if is_new {
        make_private(path);
    }
    Ok(connection)
}

/// A connection to a database that is there, whatever it is: nothing of it is changed by opening it. The caller is alone with
/// the file, or has come in by [`folders::enter`].
pub(super) fn open_as_it_is(path: &Path) -> rusqlite::Result<Connection> {
    let mut connection = open_file(path, OpenMode::MustExist)?;
    connection.busy_handler(Some(look_again))?;
    // The lock that shows the file to be open is taken by the first read.
    connection.query_row("select count(*) from sqlite_schema", [], |row| row.get::<_, i64>(0))?;
    Ok(connection)
}

/// The same, for reading alone, of a file that nobody writes.
pub(super) fn open_for_reading(path: &Path) -> rusqlite::Result<Connection> {
    Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)
}

fn set_up(connection: &mut Connection) -> rusqlite::Result<()> {
    connection.busy_handler(Some(look_again))?;
    // The bundled planner statistics would otherwise prepare a cached statement anew at every binding.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
    keep_a_log(connection)?;
    // A commit answers only once the log is on the disk. (`fullfsync` is of Apple's systems alone; everywhere else fsync is
    // what reaches the disk.) The first one of a new log also syncs the folder, so that the names of new files last too.
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "foreign_keys", "on")?;
    // What is erased is to be gone from the file too, not only from its tables.
    connection.pragma_update(None, "secure_delete", "on")?;
    connection.pragma_update(None, "mmap_size", MMAP_BYTES)?;
    connection.pragma_update(None, "cache_size", -CACHE_KIB)
}

thread_local! {
    static WAITS: Cell<bool> = const { Cell::new(true) };
}

/// Waits a moment for another process, until it has waited long enough.
fn look_again(tries: i32) -> bool {
    if !WAITS.get() {
        return false;
    }
    std::thread::sleep(BUSY_INTERVAL);
    tries < BUSY_TRIES
}

/// Does on this thread what is to fail at once where it would wait for others.
pub(super) fn without_waiting<T>(work: impl FnOnce() -> T) -> T {
    WAITS.set(false);
    let result = work();
    WAITS.set(true);
    result
}

/// Keeps a write-ahead log, so that reads and a write never wait for one another.
///
/// Two programs that open one new file at the same moment would each wait for the other to let go, so SQLite refuses one
/// of them at once, without asking [`look_again`]; this asks it.
fn keep_a_log(connection: &Connection) -> rusqlite::Result<()> {
    let mut tries = 0;
    loop {
        match connection.pragma_update(None, "journal_mode", "wal") {
            Err(error) if is_busy(&error) && look_again(tries) => tries += 1,
            done => return done,
        }
    }
}

/// A new database can be read by its owner alone: it holds people. SQLite gives the files beside it the same rights.
///
/// By its path: to open and close the file here would drop the locks that SQLite holds on it in this process.
#[cfg(unix)]
fn make_private(path: &Path) {
    let rights = std::os::unix::fs::PermissionsExt::from_mode(0o600);
    if let Err(error) = std::fs::set_permissions(path, rights) {
        tracing::warn!(%error, "the new database can be read by others: its file system keeps no rights");
    }
}

#[cfg(not(unix))]
const fn make_private(_: &Path) {}
