//! A backup put in the place of the database.
//!
//! It is copied beside the database, proved sound and brought to this version's schema there. Then, while nobody can come
//! in, what the old database's log holds is taken over into its file, that file is given a second name, and the new one
//! takes the first: at every moment one whole database has it, and there is no log of the other.

#[cfg(test)]
mod tests;

use super::backup::found;
use super::inspection::{count, identify, is_damage, prove_sound, unreadable};
use super::staging::{Staged, part_of, refuse_taken};
use super::{SqliteConnection, run};
use crate::store::backend::failing::failed;
use crate::store::backend::folders::{JOURNAL, LOG, LOG_INDEX, are_same, beside, close_off, companions, is_taken, remove, resolved, sync};
use crate::store::backend::{Connection, OpenMode, opening};
use crate::store::backups::{BackupError, Existing, Holdings, Restored};
use crate::store::error::StoreError;
use crate::store::migrate;
use rustix::fs::{FlockOperation, fcntl_lock};
use rustix::io::Errno;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

/// What stands after the name of a database that another one has taken the place of.
const BEFORE: &str = ".before-restore";

/// Puts a backup in the place of the database at `path`.
pub(in crate::store::backend) fn restore(path: &Path, file: &Path, existing: Existing) -> Result<Restored, BackupError> {
    let file = found(file)?;
    let name = resolved(path).map_err(BackupError::system(format!("find {}", path.display())))?;
    refuse_source(&file, &name)?;
    // What can be known before the work is said before it; what counts is looked at again in the end.
    drop(refuse_open(&name, existing)?);
    let mut staged = Staged::begin(&name)?;
    staged.copy(&file)?;
    let (schema_before, holdings) = prepare(staged.path(), &file)?;
    let kept = take_place(staged, &name, existing)?;
    Ok(Restored { holdings, schema_before, kept })
}

fn refuse_source(file: &Path, name: &Path) -> Result<(), BackupError> {
    let is_of_it = companions(name).iter().chain([&part_of(name)]).any(|taken| taken == file);
    if is_of_it || are_same(file, name) {
        return Err(BackupError::Itself(file.to_owned()));
    }
    // A database that is open has a log, and what is in the log is not in the file.
    for unclosed in [beside(file, LOG), beside(file, JOURNAL)] {
        if is_taken(&unclosed).map_err(BackupError::system(format!("look for {}", unclosed.display())))? {
            return Err(BackupError::Unclosed(unclosed));
        }
    }
    Ok(())
}

/// Proves the copy to be a sound database, of this version from here on. `file` is where it came from.
fn prepare(part: &Path, file: &Path) -> Result<(i64, Holdings), BackupError> {
    let copy = opening::open_as_it_is(part).map_err(|error| unreadable(error, file))?;
    let schema_before = identify(&copy, file)?;
    prove_sound(&copy, file)?;
    drop(copy);
    let mut connection = Connection::from(SqliteConnection::open_for_writing(part, OpenMode::MustExist)?);
    run(migrate::migrate(&mut connection))?;
    if let Some(fault) = run(connection.faults())?.into_iter().next() {
        return Err(BackupError::Broken { file: file.to_owned(), fault });
    }
    drop(connection);
    let copy = opening::open_as_it_is(part).map_err(|error| unreadable(error, file))?;
    // So that the one file is all of it. Whoever opens it next begins a log.
    copy.pragma_update(None, "journal_mode", "delete").map_err(|error| failed("could not close the log", error))?;
    let schema = identify(&copy, file)?;
    let holdings = count(&copy, part, schema)?;
    Ok((schema_before, holdings))
}

/// Gives the new database its name, and answers where the old one is.
fn take_place(staged: Staged, name: &Path, existing: Existing) -> Result<Option<PathBuf>, BackupError> {
    let folder = name.parent().ok_or_else(|| BackupError::NoFile(name.to_owned()))?;
    let _closed_off = close_off(folder).map_err(BackupError::system(format!("lock the folder {}", folder.display())))?;
    settle(name)?;
    let Some(_locked) = refuse_open(name, existing)? else {
        staged.take_name(existing)?;
        return Ok(None);
    };
    staged.belong_as(name)?;
    let kept = keep(name)?;
    staged.take_name(existing)?;
    Ok(Some(kept))
}

/// Fails where somebody has the database open, or where it is to stay. Nobody opens it as long as the answer lives.
///
/// Every connection of SQLite to a database with a log holds a lock inside the file, and any lock is in the way of this one,
/// which does not ask whether the database can be read. Closing the file lets go of it.
fn refuse_open(name: &Path, existing: Existing) -> Result<Option<File>, BackupError> {
    let looking = || format!("look whether {} is open", name.display());
    if !is_taken(name).map_err(BackupError::system(looking()))? {
        refuse_taken(name, existing)?;
        return Ok(None);
    }
    if existing == Existing::Keep {
        return Err(BackupError::Taken(name.to_owned()));
    }
    if !name.is_file() {
        return Err(BackupError::NoFile(name.to_owned()));
    }
    let file = OpenOptions::new().read(true).write(true).open(name).map_err(BackupError::system(looking()))?;
    match fcntl_lock(&file, FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => Ok(Some(file)),
        Err(Errno::AGAIN | Errno::ACCESS) => Err(BackupError::Open(name.to_owned())),
        Err(error) => Err(BackupError::system(looking())(error.into())),
    }
}

/// Takes what is in the log over into the file, so that the file is all of it. One that is broken stays as it is.
fn settle(name: &Path) -> Result<(), BackupError> {
    let has_log = |suffix| is_taken(&beside(name, suffix)).map_err(BackupError::system(format!("look for the log of {}", name.display())));
    if !name.is_file() || !(has_log(LOG)? || has_log(JOURNAL)?) {
        return Ok(());
    }
    let emptied = opening::open_as_it_is(name).and_then(|database| {
        // The last connection that is closed removes the log.
        database.query_row("pragma wal_checkpoint(truncate)", [], |row| row.get::<_, bool>(0))
    });
    match emptied {
        Ok(false) => Ok(()),
        Err(error) if is_damage(&error) => Ok(()),
        Ok(true) => Err(BackupError::Open(name.to_owned())),
        Err(error) => match failed("could not take over the log of the old database", error) {
            StoreError::Busy => Err(BackupError::Open(name.to_owned())),
            error => Err(error.into()),
        },
    }
}

/// Gives the old database a second name, under which it stays.
fn keep(name: &Path) -> Result<PathBuf, BackupError> {
    let failed = |error| BackupError::System { doing: format!("keep {}", name.display()), source: error };
    let kept = link_beside(name)?;
    // There are some where the old database is broken alone: what they hold may help to mend it.
    for suffix in [LOG, JOURNAL] {
        let log = beside(name, suffix);
        if is_taken(&log).map_err(failed)? {
            fs::rename(&log, beside(&kept, suffix)).map_err(failed)?;
        }
    }
    remove(&beside(name, LOG_INDEX)).map_err(failed)?;
    name.parent().map_or(Ok(()), sync).map_err(failed)?;
    Ok(kept)
}

/// A free name for the old database, given to it. One that it has already was given by a program that was killed after.
fn link_beside(name: &Path) -> Result<PathBuf, BackupError> {
    let mut tried = 1;
    loop {
        let kept = if tried == 1 { beside(name, BEFORE) } else { beside(name, &format!("{BEFORE}-{tried}")) };
        match fs::hard_link(name, &kept) {
            Ok(()) => return Ok(kept),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && are_same(name, &kept) => return Ok(kept),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => tried += 1,
            Err(_) => return copy_beside(name, kept),
        }
    }
}

/// Where the file system knows no second names.
fn copy_beside(name: &Path, kept: PathBuf) -> Result<PathBuf, BackupError> {
    let mut copy = Staged::begin(&kept)?;
    copy.copy(name)?;
    copy.belong_as(name)?;
    copy.take_name(Existing::Keep)?;
    Ok(kept)
}
