//! Why something failed inside, on its way from a room to the log.

use super::request_id::RequestId;
use super::trace;
use axum::response::Response;
use rollcall_core::directory::DirectoryError;
use std::error::Error;
use std::fmt;
use std::sync::Arc;
use tracing::{debug, error, warn};

/// Why an answer says no more than that something failed. A room puts it into the answer's extensions; the front
/// logs it, once, under the request's id.
#[derive(Clone, Debug)]
pub struct Cause(Arc<dyn Error + Send + Sync>);

impl Cause {
    pub fn new(error: impl Error + Send + Sync + 'static) -> Self {
        Self(Arc::new(error))
    }

    /// Logs what stands behind an answer, if the room said so.
    pub(super) fn log(response: &Response, id: &RequestId) {
        let trace = trace::field();
        match response.extensions().get::<Self>() {
            Some(cause) if cause.is_known() => debug!(request.id = %id, trace.id = trace, cause = %cause, "request {id} was refused"),
            Some(cause) if cause.is_uncertain() => {
                warn!(request.id = %id, trace.id = trace, cause = %cause, "request {id} may have been done")
            }
            Some(cause) => error!(request.id = %id, trace.id = trace, cause = %cause, "request {id} failed"),
            None => {}
        }
    }

    /// The database cannot be reached: surely nothing was done.
    pub(super) fn is_unavailable(&self) -> bool {
        matches!(self.0.downcast_ref(), Some(DirectoryError::Unavailable(_)))
    }

    /// The database was lost while a change was being kept.
    pub(super) fn is_uncertain(&self) -> bool {
        matches!(self.0.downcast_ref(), Some(DirectoryError::Uncertain(_)))
    }

    /// A disk that cannot be written refuses every write, a database that is away every request, and the store has said so,
    /// once: a log that grows with each of them would only hide the rest, or fill the disk further.
    fn is_known(&self) -> bool {
        self.is_unavailable() || matches!(self.0.downcast_ref(), Some(DirectoryError::Unwritable(_)))
    }
}

/// The error and its sources, outermost first.
impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)?;
        let mut source = self.0.source();
        while let Some(error) = source {
            write!(f, ": {error}")?;
            source = error.source();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cause_is_written_with_its_sources() {
        let cause = Cause::new(DirectoryError::Store("the disk is full".into()));

        assert_eq!(cause.to_string(), "the directory's store failed: the disk is full");
    }

    #[test]
    fn a_disk_that_cannot_be_written_is_known_without_every_request_saying_so() {
        let [unwritable, failed] = [DirectoryError::Unwritable("full".into()), DirectoryError::Store("torn".into())].map(Cause::new);

        assert!(unwritable.is_known() && !failed.is_known());
    }

    #[test]
    fn a_database_that_is_away_is_known_and_a_change_that_may_be_lost_is_not() {
        let [away, lost] = [DirectoryError::Unavailable("away".into()), DirectoryError::Uncertain("lost".into())].map(Cause::new);

        assert!(away.is_known() && !lost.is_known());
    }
}
