//! Whether writing works, said in the log when it changes and not at every write that fails.

use crate::store::error::StoreError;

/// What the writer knows of the disk.
#[derive(Debug, Default)]
pub(super) struct Writability {
    has_stopped: bool,
}

impl Writability {
    /// Something was committed, so there is room.
    pub(super) fn committed(&mut self) {
        if std::mem::take(&mut self.has_stopped) {
            tracing::info!("the database can be written again");
        }
    }

    /// A transaction was not kept.
    pub(super) fn failed(&mut self, error: &StoreError) {
        let cause = cause(error);
        match error {
            StoreError::Busy => {}
            StoreError::Unwritable { .. } if self.has_stopped => tracing::debug!(%error, cause, "the database still cannot be written"),
            StoreError::Unwritable { .. } => {
                self.has_stopped = true;
                tracing::error!(%error, cause, "the database cannot be written: until it can, reads go on and writes are refused");
            }
            _ => tracing::error!(%error, cause, "could not keep a transaction"),
        }
    }
}

/// What the driver says, which the store's own words leave out.
fn cause(error: &StoreError) -> String {
    std::error::Error::source(error).map(ToString::to_string).unwrap_or_default()
}
