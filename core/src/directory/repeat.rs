//! Creates that a client may send again: the first answer is kept for a day, for the credential that asked.
//!
//! The field and its meaning are those of the IETF's draft *The Idempotency-Key HTTP Header Field*.

use super::recording::Recorder;
use super::{Actor, DirectoryError, Version};
use crate::domain::OrganizationId;
use crate::store::{Fingerprint, RepeatKey, RepeatRow, WriteTransaction};

/// How long a first answer is kept.
const KEPT_SECONDS: i64 = 24 * 60 * 60;

/// An idempotency key, with the SHA-256 of the request that came with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repeat {
    pub key: String,
    pub fingerprint: Fingerprint,
}

/// The answer to a create.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// As it was rendered the first time.
    pub body: Vec<u8>,
    pub version: Version,
    /// Whether this is the first answer once more, and nothing was made.
    pub is_repeated: bool,
}

impl Repeat {
    /// The answer that the same request was given before.
    pub(super) async fn answered(
        repeat: Option<&Self>,
        tx: &mut WriteTransaction,
        actor: &Actor,
        recorder: &Recorder,
    ) -> Result<Option<Answer>, DirectoryError> {
        let (Some(repeat), Some(token)) = (repeat, actor.token()) else { return Ok(None) };
        let Some(kept) = tx.repeat(token, &repeat.key, recorder.at().plus_seconds(-KEPT_SECONDS)).await? else { return Ok(None) };
        if kept.fingerprint != repeat.fingerprint {
            return Err(DirectoryError::KeyReused);
        }
        Ok(Some(Answer { body: kept.body, version: Version::new(actor.organization(), kept.sequence), is_repeated: true }))
    }

    /// A first answer, kept where it came with a key.
    pub(super) async fn keep(
        repeat: Option<Self>,
        tx: &mut WriteTransaction,
        actor: &Actor,
        recorder: &Recorder,
        subject: (&'static str, i64),
        first: First,
    ) -> Result<Answer, DirectoryError> {
        let First { organization, sequence, body } = first;
        if let (Some(repeat), Some(token)) = (repeat, actor.token()) {
            let key = RepeatKey { token, key: repeat.key, subject: subject.0, subject_number: subject.1 };
            let row = RepeatRow { fingerprint: repeat.fingerprint.to_vec(), sequence, body: body.clone() };
            tx.keep_repeat(&key, row, recorder.at(), recorder.at().plus_seconds(-KEPT_SECONDS)).await?;
        }
        Ok(Answer { body, version: Version::new(organization, sequence), is_repeated: false })
    }
}

/// A fresh answer.
pub(super) struct First {
    pub(super) organization: OrganizationId,
    pub(super) sequence: i64,
    pub(super) body: Vec<u8>,
}
