//! A file that gets its name only once it is whole.

use crate::store::backend::folders::{beside, companions, is_taken, remove, sync};
use crate::store::backups::{BackupError, Existing};
use rustix::fs::OFlags;
use std::fs::{self, File, OpenOptions, Permissions, TryLockError};
use std::io;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

/// What stands after the name of a file that is not whole yet.
const PART: &str = ".rollcall-part";
/// Its owner's alone: it holds people.
const RIGHTS: u32 = 0o600;

/// A file on its way to its name, beside it. Gone with this value unless it got the name; what is left of one whose
/// program was killed is taken over by the next.
pub(super) struct Staged {
    name: PathBuf,
    path: PathBuf,
    /// Locked as long as somebody works on it. SQLite has opened it a second time.
    file: File,
    has_its_name: bool,
}

/// Where a file stands until it has this name.
pub(super) fn part_of(name: &Path) -> PathBuf {
    beside(name, PART)
}

impl Staged {
    /// An empty file for a name, which must be whole from the root.
    pub(super) fn begin(name: &Path) -> Result<Self, BackupError> {
        let path = part_of(name);
        let file = locked(&path, name)?;
        let empty = || {
            companions(&path).iter().try_for_each(|companion| remove(companion))?;
            file.set_permissions(Permissions::from_mode(RIGHTS))?;
            file.set_len(0)
        };
        empty().map_err(BackupError::system(format!("write {}", path.display())))?;
        Ok(Self { name: name.to_owned(), path, file, has_its_name: false })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Fills it with another file.
    pub(super) fn copy(&mut self, from: &Path) -> Result<(), BackupError> {
        let mut source = File::open(from).map_err(BackupError::system(format!("read {}", from.display())))?;
        let copied = io::copy(&mut source, &mut self.file);
        copied.map(drop).map_err(BackupError::system(format!("copy {} to {}", from.display(), self.path.display())))
    }

    /// Gives it the owner and the rights of another file.
    pub(super) fn belong_as(&self, other: &Path) -> Result<(), BackupError> {
        let give = || {
            let (other, own) = (fs::metadata(other)?, self.file.metadata()?);
            if (other.uid(), other.gid()) != (own.uid(), own.gid()) {
                std::os::unix::fs::fchown(&self.file, Some(other.uid()), Some(other.gid()))?;
            }
            self.file.set_permissions(Permissions::from_mode(other.mode() & 0o777))
        };
        give().map_err(BackupError::system(format!("give {} the owner and the rights of {}", self.path.display(), other.display())))
    }

    /// Gives it its name, at one moment, for good. Every connection to it must be closed.
    pub(super) fn take_name(mut self, existing: Existing) -> Result<(), BackupError> {
        self.file.sync_all().map_err(BackupError::system(format!("write {}", self.path.display())))?;
        refuse_taken(&self.name, existing)?;
        let name = || {
            fs::rename(&self.path, &self.name)?;
            self.name.parent().map_or(Ok(()), sync)
        };
        let named = name();
        // Where the folder alone could not be made to last, the file has its name all the same.
        self.has_its_name = !self.path.exists();
        named.map_err(BackupError::system(format!("give the name {} to what was written", self.name.display())))
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        if !self.has_its_name {
            for path in companions(&self.path).iter().chain([&self.path]) {
                if let Err(error) = remove(path) {
                    tracing::warn!(%error, "could not remove {}, which is of no use", path.display());
                }
            }
        }
    }
}

/// Fails where there is something else of this name that is to stay, or that cannot be replaced.
pub(super) fn refuse_taken(name: &Path, existing: Existing) -> Result<(), BackupError> {
    let look = |path: &Path| is_taken(path).map_err(BackupError::system(format!("look for {}", path.display())));
    if look(name)? {
        if name.is_dir() || fs::metadata(name).is_ok_and(|file| !file.is_file()) {
            return Err(BackupError::NoFile(name.to_owned()));
        }
        if existing == Existing::Keep {
            return Err(BackupError::Taken(name.to_owned()));
        }
    }
    for companion in companions(name) {
        if look(&companion)? {
            return Err(BackupError::Unclosed(companion));
        }
    }
    Ok(())
}

/// The file of this path, locked. Whoever had the lock before may have given the file its name in between.
fn locked(path: &Path, name: &Path) -> Result<File, BackupError> {
    let failed = |error| BackupError::System { doing: format!("write {}", path.display()), source: error };
    let nofollow = i32::try_from(OFlags::NOFOLLOW.bits()).unwrap_or(0);
    loop {
        let mut options = OpenOptions::new();
        let options = options.read(true).write(true).create(true).truncate(false).mode(RIGHTS).custom_flags(nofollow);
        let file = options.open(path).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(BackupError::Underway(name.to_owned())),
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
        let own = file.metadata().map_err(failed)?;
        if fs::symlink_metadata(path).is_ok_and(|there| (there.dev(), there.ino()) == (own.dev(), own.ino())) {
            return Ok(file);
        }
    }
}
