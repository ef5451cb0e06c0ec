//! What the log says while the database is away, or takes no writes: once that it is so, and once that it is over.

use crate::store::backend::writability::Writability;
use crate::store::error::StoreError;
use std::error::Error;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// What this process knows of the database. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub(super) struct Reach {
    is_away: Arc<AtomicBool>,
    writability: Arc<Mutex<Writability>>,
}

impl Reach {
    /// Takes note of what came of asking for a connection.
    pub(super) fn noted<T>(&self, got: Result<T, StoreError>) -> Result<T, StoreError> {
        match &got {
            Ok(_) if self.is_away.swap(false, Ordering::Relaxed) => tracing::info!("the database can be reached again"),
            Err(error @ StoreError::Unavailable { .. }) if !self.is_away.swap(true, Ordering::Relaxed) => {
                let cause = error.source().map(ToString::to_string).unwrap_or_default();
                tracing::error!(%error, cause, "the database cannot be reached: until it can, requests wait for it a while, and are then refused");
            }
            Ok(_) | Err(_) => {}
        }
        got
    }

    /// Something was committed.
    pub(super) fn committed(&self) {
        self.writability.lock().unwrap_or_else(PoisonError::into_inner).committed();
    }

    /// The database did not take a write.
    pub(super) fn refused(&self, error: &StoreError) {
        self.writability.lock().unwrap_or_else(PoisonError::into_inner).failed(error);
    }
}
