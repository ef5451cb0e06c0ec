//! A backup: the database as it is at one moment, written into one file while others go on writing.
//!
//! `vacuum into` reads in one transaction, so it sees one moment, and readers never keep writers waiting. It leaves out
//! the pages of what was deleted, and writes everything else in order: why not a copy of the pages is told in
//! `docs/decisions/0016-a-backup-is-a-database-written-anew.md`. The database is not touched, its schema neither.

use super::inspection::{count, identify, prove_sound, unreadable};
use super::staging::{Staged, part_of, refuse_taken};
use crate::store::backend::folders::{are_same, companions, enter, resolved};
use crate::store::backend::opening;
use crate::store::backups::{BackupError, Existing, Holdings};
use rusqlite::Connection;
use std::path::{Path, PathBuf};

/// Writes a backup of the database at `path`, proves it sound, and gives it its name.
pub(in crate::store::backend) fn back_up(path: &Path, file: &Path, existing: Existing) -> Result<Holdings, BackupError> {
    let path = found(path)?;
    let name = named(file)?;
    refuse_itself(&path, &name)?;
    refuse_taken(&name, existing)?;
    let database = {
        let _entry = enter(&path);
        let database = opening::open_as_it_is(&path).map_err(|error| unreadable(error, &path))?;
        identify(&database, &path)?;
        database
    };
    let staged = Staged::begin(&name)?;
    write(&database, staged.path(), &path)?;
    let holdings = inspect(staged.path())?;
    staged.take_name(existing)?;
    Ok(holdings)
}

/// The file that is to be read, whole from the root.
pub(super) fn found(path: &Path) -> Result<PathBuf, BackupError> {
    let look = |error| BackupError::System { doing: format!("find {}", path.display()), source: error };
    let resolved = resolved(path).map_err(look)?;
    match resolved.try_exists() {
        Ok(true) if resolved.is_file() => Ok(resolved),
        Ok(true) => Err(BackupError::NoFile(path.to_owned())),
        Ok(false) => Err(BackupError::Missing(path.to_owned())),
        Err(error) => Err(look(error)),
    }
}

/// The name that is to be given, whole from the root.
fn named(file: &Path) -> Result<PathBuf, BackupError> {
    // A path that ends like this is a folder's, whether it is there or not.
    if file.as_os_str().as_encoded_bytes().ends_with(b"/") {
        return Err(BackupError::NoFile(file.to_owned()));
    }
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = file.file_name().ok_or_else(|| BackupError::NoFile(file.to_owned()))?;
    let folder = folder.canonicalize().map_err(BackupError::system(format!("find the folder {}", folder.display())))?;
    Ok(folder.join(name))
}

fn refuse_itself(path: &Path, name: &Path) -> Result<(), BackupError> {
    let part = part_of(name);
    let is_part_of_it = companions(path).iter().any(|companion| companion == name || *companion == part);
    if is_part_of_it || are_same(path, name) || are_same(path, &part) {
        return Err(BackupError::Itself(name.to_owned()));
    }
    Ok(())
}

fn write(database: &Connection, part: &Path, path: &Path) -> Result<(), BackupError> {
    let text = part.to_str().ok_or_else(|| std::io::Error::other("SQLite takes names of UTF-8 alone"));
    let text = text.map_err(BackupError::system(format!("write {}", part.display())))?;
    database.execute("vacuum into $1", [text]).map(drop).map_err(|error| unreadable(error, path))
}

/// What was written: read anew, as whoever restores it will.
fn inspect(part: &Path) -> Result<Holdings, BackupError> {
    let backup = opening::open_for_reading(part).map_err(|error| unreadable(error, part))?;
    let schema = identify(&backup, part)?;
    prove_sound(&backup, part)?;
    count(&backup, part, schema)
}
