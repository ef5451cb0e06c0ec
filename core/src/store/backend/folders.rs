//! The folder of a database: its names, and who may come in while one of them is given to another file.
//!
//! SQLite finds the log of a database by name. A program that opened the file before its name was given to another, and
//! looks for the log after it, would read one database with the log of the other. So whoever opens a database holds the
//! folder's lock until SQLite's own lock shows that the file is open, and [`close_off`] keeps everybody out meanwhile.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// What SQLite keeps beside a database, under its name and these: the log, its index, and the journal of the time
/// before there was a log.
pub(super) const LOG: &str = "-wal";
pub(super) const LOG_INDEX: &str = "-shm";
pub(super) const JOURNAL: &str = "-journal";

/// Comes in to open a database; to be held until SQLite has a lock on it. Waits while somebody gives its name to
/// another file.
///
/// Nothing where the folder cannot be read: whoever can give names in it can read it.
pub(super) fn enter(path: &Path) -> Option<File> {
    let folder = File::open(resolved(path).ok()?.parent()?).ok()?;
    folder.lock_shared().ok()?;
    Some(folder)
}

/// Keeps everybody out who comes by [`enter`], as long as the value lives.
pub(super) fn close_off(folder: &Path) -> io::Result<File> {
    let folder = File::open(folder)?;
    folder.lock()?;
    Ok(folder)
}

/// Makes the names in a folder last through a power failure.
pub(super) fn sync(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// The path without links and relative steps; of a file that is not there, that of its folder.
pub(super) fn resolved(path: &Path) -> io::Result<PathBuf> {
    match fs::canonicalize(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let name = path.file_name().ok_or(error)?;
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
            Ok(fs::canonicalize(folder)?.join(name))
        }
        found => found,
    }
}

/// The path with something after its name.
pub(super) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    name.into()
}

/// What SQLite may keep beside a database.
pub(super) fn companions(path: &Path) -> [PathBuf; 3] {
    [LOG, LOG_INDEX, JOURNAL].map(|suffix| beside(path, suffix))
}

/// Whether there is anything of this name, be it a link to nothing.
pub(super) fn is_taken(path: &Path) -> io::Result<bool> {
    match fs::symlink_metadata(path) {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Removes a file, if it is there.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Whether two names are of one file.
pub(super) fn are_same(one: &Path, other: &Path) -> bool {
    let key = |path| fs::metadata(path).map(|file| (file.dev(), file.ino())).ok();
    key(one).is_some_and(|one| key(other) == Some(one))
}
