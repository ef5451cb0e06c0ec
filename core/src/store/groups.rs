//! Statements about groups. Lists of them are `listing`'s.

mod listing;

use super::attributes;
use super::catalogue::{instant, number};
use super::error::StoreError;
use super::sql::{Bound, Row, Value, values};
use super::transaction::{ReadTransaction, WriteTransaction};
use crate::domain::{AdditionalInformation, Description, Email, ExternalId, Group, GroupId, GroupNumber, PersonNumber, Text, folded};

/// What names one group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum GroupKey {
    Id(GroupId),
    Number(GroupNumber),
    ExternalId(ExternalId),
}

impl GroupKey {
    /// As SQL, with its value for `$2`.
    fn condition(&self) -> (&'static str, Value) {
        match self {
            Self::Id(id) => (" and id = $2", Value::from(id.uuid())),
            Self::Number(number) => (" and number = $2", Value::from(number.get())),
            Self::ExternalId(id) => (" and external_id = $2", Value::from(id.as_str())),
        }
    }
}

/// The sequence numbers at which what is shown of a group last changed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct GroupSequences {
    /// Of its record.
    pub(crate) own: i64,
    pub(crate) memberships: i64,
    /// Of which groups are right inside it.
    pub(crate) subgroups: i64,
    /// Of the record of the person responsible for it.
    pub(crate) responsible: i64,
}

const GROUPS: Bound = Bound::new(
    "select number, id, external_id, name, description, email, additional_information, responsible_number, custom, created_at, updated_at
    from groups where organization_id = $1",
);
const NUMBERS: Bound = Bound::new("select number from groups where organization_id = $1");
const INSERT: Bound = Bound::new(
    "insert into groups (organization_id, number, id, external_id, name, description, email, additional_information,
        responsible_number, custom, name_folded, description_folded, email_folded, additional_information_folded,
        created_at, updated_at, sequence)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
);
const UPDATE: Bound = Bound::new(
    "update groups set id = $3, external_id = $4, name = $5, description = $6, email = $7, additional_information = $8,
        responsible_number = $9, custom = $10, name_folded = $11, description_folded = $12, email_folded = $13,
        additional_information_folded = $14, created_at = $15, updated_at = $16, sequence = $17
    where organization_id = $1 and number = $2",
);

const VERSION: Bound = Bound::new(
    "select groups.sequence, groups.memberships_sequence, groups.subgroups_sequence,
        (select people.sequence from people where people.organization_id = $1 and people.number = groups.responsible_number)
    from groups where organization_id = $1",
);
const RESPONSIBILITIES: Bound =
    Bound::new("select number from groups where organization_id = $1 and responsible_number = $2 order by number");
const DELETE: Bound = Bound::new("delete from groups where organization_id = $1 and number = $2");

impl ReadTransaction {
    /// The number of the group that a key names.
    pub(crate) async fn group_number(&mut self, key: &GroupKey) -> Result<Option<GroupNumber>, StoreError> {
        let (condition, value) = key.condition();
        self.first(&NUMBERS.followed_by(condition), vec![value], |row| number(row, 0)).await
    }

    /// The group that a key names.
    pub(crate) async fn group(&mut self, key: &GroupKey) -> Result<Option<Group>, StoreError> {
        let (condition, value) = key.condition();
        self.first(&GROUPS.followed_by(condition), vec![value], read_group).await
    }

    /// When what is shown of a group last changed. `None`: there is no such group.
    pub(crate) async fn group_sequences(&mut self, key: &GroupKey) -> Result<Option<GroupSequences>, StoreError> {
        let (condition, value) = key.condition();
        self.first(&VERSION.followed_by(condition), vec![value], read_sequences).await
    }

    /// The same for each of several groups, in their order.
    pub(crate) async fn sequences_of_groups(&mut self, groups: &[Group]) -> Result<Vec<Option<GroupSequences>>, StoreError> {
        let mut found = vec![None; groups.len()];
        let sets = groups.iter().map(|group| values![group.number.get()]).collect();
        let take = |of: usize, row: &Row<'_>| read_sequences(row).map(|sequences| found[of] = Some(sequences));
        self.for_each_of(&VERSION.followed_by(" and number = $2"), sets, take).await?;
        Ok(found)
    }

    /// The groups that a person is responsible for.
    pub(crate) async fn responsibilities_of(&mut self, person: PersonNumber) -> Result<Vec<GroupNumber>, StoreError> {
        self.all(&RESPONSIBILITIES, values![person.get()], |row| number(row, 0)).await
    }

    /// The groups of one name, case-folded; two of them where there are more.
    pub(crate) async fn groups_named(&mut self, name: &str) -> Result<Vec<Group>, StoreError> {
        self.all(&GROUPS.followed_by(" and name_folded = $2 limit 2"), values![name], read_group).await
    }
}

impl WriteTransaction {
    /// Stores a new group; `sequence` is that of the change.
    pub(crate) async fn insert_group(&mut self, group: &Group, sequence: i64) -> Result<(), StoreError> {
        let row = row_values(group, sequence);
        self.execute(&INSERT, row).await.map(drop)
    }

    /// Stores a changed group; `sequence` is that of the change.
    pub(crate) async fn update_group(&mut self, group: &Group, sequence: i64) -> Result<(), StoreError> {
        let row = row_values(group, sequence);
        self.execute(&UPDATE, row).await.map(drop)
    }

    /// Takes a group out, which has no members left.
    pub(crate) async fn delete_group(&mut self, group: GroupNumber) -> Result<(), StoreError> {
        self.execute(&DELETE, values![group.get()]).await.map(drop)
    }
}

fn row_values(group: &Group, sequence: i64) -> Vec<Value> {
    values![
        group.number.get(),
        group.id.uuid(),
        group.external_id.as_ref().map(ExternalId::as_str),
        group.name.as_str(),
        group.description.as_ref().map(Description::as_str),
        group.email.as_ref().map(Email::as_str),
        group.additional_information.as_ref().map(AdditionalInformation::as_str),
        group.responsible.map(|number| number.get()),
        attributes::packed(&group.custom),
        folded(group.name.as_str()),
        group.description.as_ref().map(|text| folded(text.as_str())),
        group.email.as_ref().map(|text| folded(text.as_str())),
        group.additional_information.as_ref().map(|text| folded(text.as_str())),
        group.created_at.milliseconds(),
        group.updated_at.milliseconds(),
        sequence,
    ]
}

fn read_sequences(row: &Row<'_>) -> Result<GroupSequences, StoreError> {
    let (own, memberships, subgroups) = (row.integer(0)?, row.integer(1)?, row.integer(2)?);
    Ok(GroupSequences { own, memberships, subgroups, responsible: row.optional_integer(3)?.unwrap_or(0) })
}

fn read_group(row: &Row<'_>) -> Result<Group, StoreError> {
    Ok(Group {
        number: number(row, 0)?,
        id: GroupId::new(row.uuid(1)?),
        external_id: row.optional_text(2)?.map(Text::stored),
        name: Text::stored(row.text(3)?),
        description: row.optional_text(4)?.map(Text::stored),
        email: row.optional_text(5)?.map(Text::stored),
        additional_information: row.optional_text(6)?.map(Text::stored),
        responsible: row.optional_integer(7)?.and_then(|number| number.try_into().ok()),
        custom: attributes::unpacked(row.text(8)?.as_bytes())?,
        created_at: instant(row, 9)?,
        updated_at: instant(row, 10)?,
    })
}
