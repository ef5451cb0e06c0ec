//! Why the directory did not do as it was asked. No HTTP here: each room maps these, one by one, to its own answers.

use crate::domain::{InvalidAttribute, InvalidText, PersonNumber, Scope};
use crate::store::{StoreError, UnreadableRecord};

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
    /// Something unique is taken; by this person, where it is a person.
    #[error("{field} is taken by {}", holder_words(*.holder))]
    Conflict { field: &'static str, holder: Option<PersonNumber> },
    /// The record is not, or is no longer, what the request says that it must be (RFC 9110, section 13).
    #[error("the record has changed since it was read")]
    PreconditionFailed,
    /// An idempotency key that was sent before with another request.
    #[error("this idempotency key came with another request before")]
    KeyReused,
    /// The organization would be left without an owner who can sign in.
    #[error("the last owner must stay one, and able to sign in")]
    LastOwner,
    /// Too many attempts to sign in have failed.
    #[error("too many attempts have failed; try again in {seconds} seconds")]
    TooManyAttempts { seconds: u64 },
    /// The store has too much to do; trying again soon is right.
    #[error("the directory is busy")]
    Busy,
    /// The database cannot be reached. Surely nothing was done, and trying again soon is right.
    #[error("the directory's database cannot be reached")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The database was lost while a change was being kept: it may have been made, and it may not. To look, or to ask again in
    /// a way that makes nothing twice, is right.
    #[error("the database was lost while the change was being kept: it may have been made")]
    Uncertain(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// Nothing can be written now: the disk is full, or the file system cannot be written. Nothing that was
    /// acknowledged is lost, and trying again later is right.
    #[error("the directory cannot write at present")]
    Unwritable(#[source] Box<dyn std::error::Error + Send + Sync>),
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

fn holder_words(holder: Option<PersonNumber>) -> String {
    holder.map_or_else(|| "another record".to_owned(), |number| format!("person {number}"))
}

impl From<InvalidText> for DirectoryError {
    fn from(error: InvalidText) -> Self {
        Self::Invalid { field: error.field.to_owned(), reason: error.reason }
    }
}

impl From<InvalidAttribute> for DirectoryError {
    fn from(error: InvalidAttribute) -> Self {
        Self::Invalid { field: format!("custom.{}", error.name), reason: error.reason }
    }
}

impl From<StoreError> for DirectoryError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Busy => Self::Busy,
            failure @ StoreError::Unavailable { .. } => Self::Unavailable(Box::new(failure)),
            failure @ StoreError::Uncertain { .. } => Self::Uncertain(Box::new(failure)),
            failure @ StoreError::Unwritable { .. } => Self::Unwritable(Box::new(failure)),
            failure => Self::Store(Box::new(failure)),
        }
    }
}

impl From<UnreadableRecord> for DirectoryError {
    fn from(error: UnreadableRecord) -> Self {
        Self::Store(Box::new(error))
    }
}
