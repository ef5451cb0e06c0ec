//! A directory moved to another database, with everything in it.

use super::Directory;
use crate::store::{self, CopyError, CopyProgress, CopyReport, DatabaseOptions};

impl Directory {
    /// Copies all that one database holds into another, which is empty or half such a copy, and compares the two.
    ///
    /// What is copied is the source as it is at one moment. A copy that fails or is killed goes on where it was when it is made
    /// again; until it is done, [`Self::open`] refuses the target. `tell` is told how far it is.
    pub async fn copy(from: &DatabaseOptions, to: &DatabaseOptions, tell: impl FnMut(CopyProgress)) -> Result<CopyReport, CopyError> {
        store::copy(from, to, tell).await
    }
}
