//! Why the directory did not do as it was asked. No HTTP here: each room maps these, one by one, to its own answers.

use crate::domain::{InvalidText, Scope};
use crate::store::StoreError;

/// Why the directory did not do as it was asked.
#[derive(Debug, thiserror::Error)]
pub enum DirectoryError {
    /// No credential, or one that is unknown, mistyped, expired or revoked.
    #[error("the credential is missing, unknown, expired or revoked")]
    Unauthenticated,
    /// The credential is good, and not good enough.
    #[error("this needs the scope {0}")]
    Forbidden(Scope),
    /// Only a credential that belongs to an identity may ask this.
    #[error("this needs a token of an identity")]
    NoIdentity,
    /// Only a credential that belongs to a person may ask this.
    #[error("this needs a token of a person")]
    NoPerson,
    /// Absent, or not the caller's: the two are indistinguishable.
    #[error("there is no such record")]
    NotFound,
    /// The credential enters several organizations, and nothing chose one.
    #[error("this credential enters several organizations: choose one")]
    ChooseOrganization,
    /// A value that breaks a rule. `field` is the canonical field's name.
    #[error("{field} {reason}")]
    Invalid { field: String, reason: String },
    /// Something unique is taken.
    #[error("{field} is taken by another record")]
    Conflict { field: &'static str },
    /// The store has too much to do; trying again soon is right.
    #[error("the directory is busy")]
    Busy,
    /// The store failed. Its own words are for the log, in the chain of sources.
    #[error("the directory's store failed")]
    Store(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl DirectoryError {
    /// Every number that a kind of record may have has been given.
    pub(super) fn used_up(kind: &str) -> Self {
        Self::Invalid { field: "number".to_owned(), reason: format!("has no value left for another {kind}") }
    }
}

impl From<InvalidText> for DirectoryError {
    fn from(error: InvalidText) -> Self {
        Self::Invalid { field: error.field.to_owned(), reason: error.reason }
    }
}

impl From<StoreError> for DirectoryError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Busy => Self::Busy,
            failure => Self::Store(Box::new(failure)),
        }
    }
}
