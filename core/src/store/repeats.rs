//! Statements about the answers that are kept for clients who send a create again.

use super::error::StoreError;
use super::sql::{Bound, Row, values};
use super::transaction::{ReadTransaction, WriteTransaction};
use crate::domain::{Instant, PersonNumber, TokenId};

/// The SHA-256 of a request.
pub(crate) type Fingerprint = [u8; 32];

/// The first answer to a create.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RepeatRow {
    pub(crate) fingerprint: Vec<u8>,
    pub(crate) sequence: i64,
    pub(crate) body: Vec<u8>,
}

/// What an answer is kept under, and what it was about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RepeatKey {
    pub(crate) token: TokenId,
    pub(crate) key: String,
    /// The kind of record that was made, and its number.
    pub(crate) subject: &'static str,
    pub(crate) subject_number: i64,
}

const KEPT: Bound = Bound::new(
    "select fingerprint, sequence, body from repeats where organization_id = $1 and token_id = $2 and repeat_key = $3 and created_at > $4",
);
const KEEP: Bound = Bound::new(
    "insert into repeats (organization_id, token_id, repeat_key, fingerprint, subject, subject_number, sequence, body, created_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
);
const FORGET_OLD: Bound = Bound::new("delete from repeats where organization_id = $1 and created_at <= $2");
const FORGET_PERSON: Bound = Bound::new("delete from repeats where organization_id = $1 and subject = 'person' and subject_number = $2");

impl ReadTransaction {
    /// The answer that was kept under a key after a moment.
    pub(crate) async fn repeat(&mut self, token: TokenId, key: &str, after: Instant) -> Result<Option<RepeatRow>, StoreError> {
        let read =
            |row: &Row<'_>| Ok(RepeatRow { fingerprint: row.bytes(0)?.to_vec(), sequence: row.integer(1)?, body: row.bytes(2)?.to_vec() });
        self.first(&KEPT, values![token.uuid(), key, after.milliseconds()], read).await
    }
}

impl WriteTransaction {
    /// Keeps an answer, and forgets those up to a moment.
    pub(crate) async fn keep_repeat(
        &mut self,
        key: &RepeatKey,
        answer: RepeatRow,
        now: Instant,
        expired: Instant,
    ) -> Result<(), StoreError> {
        self.execute(&FORGET_OLD, values![expired.milliseconds()]).await?;
        let row = values![
            key.token.uuid(),
            key.key.as_str(),
            answer.fingerprint,
            key.subject,
            key.subject_number,
            answer.sequence,
            answer.body,
            now.milliseconds(),
        ];
        self.execute(&KEEP, row).await.map(drop)
    }

    /// Forgets every answer that showed a person as it was made.
    pub(crate) async fn forget_repeats(&mut self, person: PersonNumber) -> Result<(), StoreError> {
        self.execute(&FORGET_PERSON, values![person.get()]).await.map(drop)
    }
}
