//! The history: every committed change, in the order of the organization's sequence.

use super::{Actor, Directory, DirectoryError};
use crate::domain::{GroupNumber, Instant, PersonNumber, Scope};
use crate::store::{Effort, StoredChange};
use serde_json::{Map, Value};

/// One committed change.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordedChange {
    /// Its place in the organization's sequence: 1, 2, 3 and so on.
    pub sequence: i64,
    pub at: Instant,
    /// Who did it, in words such as `operator` or `token …`.
    pub actor: String,
    /// The API that it came through; `None`: the command line.
    pub dialect: Option<String>,
    /// The request's id there.
    pub request: Option<String>,
    /// `create`, `update`, `delete`, `restore` or `erase`.
    pub action: String,
    /// The kind of record, such as `person` or `membership`.
    pub subject: String,
    /// The record's number; a membership's is its person's, and a subgroup's that of the group inside.
    pub number: i64,
    /// The group of a membership, or the one around a subgroup.
    pub group: Option<GroupNumber>,
    /// The fields that differ, by their canonical names, as they were. `None`: there was nothing, or it was erased.
    pub before: Option<Map<String, Value>>,
    /// The same, as they became.
    pub after: Option<Map<String, Value>>,
}

impl Directory {
    /// Changes after one of the sequence (0: from the first), in order, at most `limit` of them: all, or those of a
    /// person and its memberships.
    pub async fn history(
        &self,
        actor: &Actor,
        after: i64,
        person: Option<PersonNumber>,
        limit: u64,
    ) -> Result<Vec<RecordedChange>, DirectoryError> {
        actor.require(Scope::OrganizationAdmin)?;
        let changes = self
            .read(actor.organization(), Effort::Long, move |tx| Box::pin(async move { Ok(tx.changes(after, person, limit).await?) }))
            .await?;
        Ok(changes.into_iter().map(RecordedChange::from).collect())
    }
}

impl From<StoredChange> for RecordedChange {
    fn from(stored: StoredChange) -> Self {
        let StoredChange { sequence, at, actor, dialect, request, action, subject, subject_number, group, before, after } = stored;
        Self { sequence, at, actor, dialect, request, action, subject, number: subject_number, group, before, after }
    }
}
