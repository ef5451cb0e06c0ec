//! The organization's history. How its sequence moves is `held`'s business.

use super::catalogue::instant;
use super::error::StoreError;
use super::sql::{Bound, Row, Value, values};
use super::standing::OrganizationMoment;
use super::transaction::{ReadTransaction, WriteTransaction};
use crate::domain::{GroupNumber, Instant, PersonNumber};
use serde_json::{Map, Value as Json};

/// What is numbered inside an organization.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Numbered {
    Person,
    Group,
    Role,
    JobTitle,
    Level,
    PriceList,
    Attribute,
}

/// One committed fact: who did what to which record.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ChangeRow {
    pub(crate) actor: String,
    /// The API that it came through; `None`: the command line.
    pub(crate) dialect: Option<&'static str>,
    /// The request's id there.
    pub(crate) request: Option<String>,
    /// `create`, `update`, `delete`, `restore` or `erase`.
    pub(crate) action: &'static str,
    /// The kind of record, such as `person`.
    pub(crate) subject: &'static str,
    pub(crate) subject_number: i64,
    /// The group of a membership, whose subject number is its person's; the one around a subgroup.
    pub(crate) group: Option<GroupNumber>,
    /// The fields that differ, as they were and as they are.
    pub(crate) before: Option<Map<String, Json>>,
    pub(crate) after: Option<Map<String, Json>>,
}

/// A change as it was stored.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct StoredChange {
    pub(crate) sequence: i64,
    pub(crate) at: Instant,
    pub(crate) actor: String,
    pub(crate) dialect: Option<String>,
    pub(crate) request: Option<String>,
    pub(crate) action: String,
    pub(crate) subject: String,
    pub(crate) subject_number: i64,
    pub(crate) group: Option<GroupNumber>,
    pub(crate) before: Option<Map<String, Json>>,
    pub(crate) after: Option<Map<String, Json>>,
}

const SEQUENCE: Bound = Bound::new("select sequence, changed_at from sequences where organization_id = $1");
pub(super) const APPEND: Bound = Bound::new(
    "insert into changes (organization_id, sequence, changed_at, actor, dialect, request_id, action, subject, subject_number,
        group_number, fields_before, fields_after)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
);
const CHANGES: Bound = Bound::new(
    "select sequence, changed_at, actor, dialect, request_id, action, subject, subject_number, group_number, fields_before, fields_after
    from changes where organization_id = $1 and sequence > $2",
);
const ERASE: Bound = Bound::new(
    "update changes set fields_before = null, fields_after = null
    where organization_id = $1 and subject in ('person', 'membership') and subject_number = $2",
);

impl ReadTransaction {
    /// How many changes the organization has seen, and when the last one was.
    pub(crate) async fn sequence(&mut self) -> Result<(i64, Instant), StoreError> {
        let organization = self.organization();
        if let Some(remembered) = self.connection().remembered(|remembered| remembered.organization(organization)) {
            return Ok((remembered.sequence, remembered.changed_at));
        }
        let last = self.first(&SEQUENCE, values![], |row| Ok((row.integer(0)?, instant(row, 1)?))).await?;
        let last = last.ok_or(StoreError::Unreadable { what: "sequence of an organization" })?;
        let (sequence, changed_at) = last;
        self.connection().remember(|remembered| remembered.keep_organization(organization, OrganizationMoment { sequence, changed_at }));
        Ok(last)
    }

    /// Changes after one of the sequence, in their order, at most so many: all, or those of a person and its memberships.
    pub(crate) async fn changes(&mut self, after: i64, person: Option<PersonNumber>, limit: u64) -> Result<Vec<StoredChange>, StoreError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let (condition, values) = match person {
            None => (" order by sequence limit $3", values![after, limit]),
            Some(person) => (
                " and subject in ('person', 'membership') and subject_number = $3 order by sequence limit $4",
                values![after, person.get(), limit],
            ),
        };
        self.all(&CHANGES.followed_by(condition), values, read_change).await
    }
}

impl WriteTransaction {
    /// Erases what changes say of a person; that there were changes stays.
    pub(crate) async fn erase_changes(&mut self, person: PersonNumber) -> Result<(), StoreError> {
        self.execute(&ERASE, values![person.get()]).await.map(drop)
    }
}

/// The columns of a change after `organization_id`, in the order of [`APPEND`].
pub(super) fn change_values(change: &ChangeRow, sequence: i64, at: Instant) -> Result<Vec<Value>, StoreError> {
    let fields = |fields: &Option<Map<String, Json>>| fields.as_ref().map(serde_json::to_string).transpose();
    let unpackable = |error| StoreError::failed("could not pack a change", error);
    Ok(values![
        sequence,
        at.milliseconds(),
        change.actor.as_str(),
        change.dialect,
        change.request.as_deref(),
        change.action,
        change.subject,
        change.subject_number,
        change.group.map(GroupNumber::get),
        fields(&change.before).map_err(unpackable)?,
        fields(&change.after).map_err(unpackable)?,
    ])
}

fn read_change(row: &Row<'_>) -> Result<StoredChange, StoreError> {
    let fields = |column: usize| -> Result<Option<Map<String, Json>>, StoreError> {
        let text = row.optional_text(column)?;
        text.map(|text| serde_json::from_str(text).map_err(|_| StoreError::Unreadable { what: "change" })).transpose()
    };
    Ok(StoredChange {
        sequence: row.integer(0)?,
        at: instant(row, 1)?,
        actor: row.text(2)?.to_owned(),
        dialect: row.optional_text(3)?.map(str::to_owned),
        request: row.optional_text(4)?.map(str::to_owned),
        action: row.text(5)?.to_owned(),
        subject: row.text(6)?.to_owned(),
        subject_number: row.integer(7)?,
        group: row.optional_integer(8)?.and_then(|number| number.try_into().ok()),
        before: fields(9)?,
        after: fields(10)?,
    })
}
