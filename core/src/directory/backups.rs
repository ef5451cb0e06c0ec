//! The whole database written to a file, and put back. Nothing is opened for it but the database and the file.

use crate::store::{self, BackupError, DatabaseUrl, Existing, Holdings, Restored};
use std::path::Path;

/// Writes a backup of the database at a URL, as it is at one moment, while others go on writing. Changes nothing in it, not
/// even its schema, and waits until it is done. The file is there once it is whole, on the disk, and proved sound.
pub fn back_up(url: &DatabaseUrl, file: &Path, existing: Existing) -> Result<Holdings, BackupError> {
    store::back_up(url, file, existing)
}

/// Puts a backup in the place of the database at a URL, which nobody may have open, and brings it to this version's
/// schema. At every moment the database is the old one or the new one, whole; the old one stays beside it.
pub fn restore(url: &DatabaseUrl, file: &Path, existing: Existing) -> Result<Restored, BackupError> {
    store::restore(url, file, existing)
}
