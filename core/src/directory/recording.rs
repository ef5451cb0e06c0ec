//! Writing records down together with the changes that they are: the one way for every write, be it through an API, the
//! command line or a file.
//!
//! A write that changes nothing appends nothing. The moment of a change never goes back inside an organization.

use super::fields::{difference, group_fields, membership_fields, person_fields, subgroup_fields};
use super::{Actor, DirectoryError};
use crate::domain::{Group, IdentityId, Instant, Membership, Person, PersonNumber, Subgroup};
use crate::store::{ChangeRow, NewPerson, WriteTransaction};
use serde_json::{Map, Value};

/// Fields of a record by their canonical names.
type Fields = Map<String, Value>;

/// Who writes in one transaction, and when.
#[derive(Clone, Debug)]
pub(super) struct Recorder {
    actor: Actor,
    at: Instant,
}

impl Recorder {
    /// At the moment of the next changes: now, or that of the organization's last change if the clock went back.
    pub(super) async fn begin(tx: &mut WriteTransaction, actor: &Actor, now: Instant) -> Result<Self, DirectoryError> {
        Ok(Self { actor: actor.clone(), at: tx.next_instant(now).await? })
    }

    pub(super) const fn actor(&self) -> &Actor {
        &self.actor
    }

    pub(super) const fn at(&self) -> Instant {
        self.at
    }

    /// Stores a new person. Returns the change's sequence number.
    pub(super) async fn create_person(&self, tx: &mut WriteTransaction, person: Person) -> Result<i64, DirectoryError> {
        let (number, identity) = (person.number, person.identity);
        let change = self.actor.change("create", "person", number.get());
        let sequence = tx.create_person(NewPerson { person, change, at: self.at, fields: person_fields }).await?;
        self.let_identity_in(tx, None, identity, number).await?;
        Ok(sequence)
    }

    /// Stores what is different about a person, with the moment of the change. Returns the change's sequence number;
    /// `None`: nothing is different.
    pub(super) async fn update_person(
        &self,
        tx: &mut WriteTransaction,
        before: &Person,
        person: &mut Person,
    ) -> Result<Option<i64>, DirectoryError> {
        if person == before {
            return Ok(None);
        }
        person.updated_at = self.at;
        let (old, new) = difference(person_fields(before), person_fields(person));
        let sequence = self.append(tx, self.of_person("update", person, Some(old), Some(new))).await?;
        tx.update_person(before, person, sequence).await?;
        self.let_identity_in(tx, before.identity, person.identity, person.number).await?;
        Ok(Some(sequence))
    }

    /// Stores what is different about somebody in the bin, who stays there.
    pub(super) async fn update_binned_person(
        &self,
        tx: &mut WriteTransaction,
        before: &Person,
        person: &Person,
    ) -> Result<(), DirectoryError> {
        let (old, new) = difference(person_fields(before), person_fields(person));
        self.append(tx, self.of_person("update", person, Some(old), Some(new))).await?;
        Ok(tx.update_in_bin(person).await?)
    }

    /// An identity enters as the person that it is, and as no other.
    async fn let_identity_in(
        &self,
        tx: &mut WriteTransaction,
        left: Option<IdentityId>,
        entered: Option<IdentityId>,
        person: PersonNumber,
    ) -> Result<(), DirectoryError> {
        if left == entered {
            return Ok(());
        }
        if let Some(left) = left {
            tx.unlink_identity(left).await?;
        }
        if let Some(entered) = entered {
            tx.link_identity(entered, person).await?;
        }
        Ok(())
    }

    /// Takes note of what happened to a person as a whole.
    pub(super) async fn note_person(
        &self,
        tx: &mut WriteTransaction,
        action: &'static str,
        person: &Person,
        before: Option<Fields>,
        after: Option<Fields>,
    ) -> Result<i64, DirectoryError> {
        self.append(tx, self.of_person(action, person, before, after)).await
    }

    pub(super) async fn create_group(&self, tx: &mut WriteTransaction, group: &Group) -> Result<i64, DirectoryError> {
        let sequence = self.append(tx, self.of_group("create", group, None, Some(group_fields(group)))).await?;
        tx.insert_group(group, sequence).await?;
        Ok(sequence)
    }

    /// Stores what is different about a group. Returns the change's sequence number; `None`: nothing is different.
    pub(super) async fn update_group(
        &self,
        tx: &mut WriteTransaction,
        before: &Group,
        group: &mut Group,
    ) -> Result<Option<i64>, DirectoryError> {
        if group == before {
            return Ok(None);
        }
        group.updated_at = self.at;
        let (old, new) = difference(group_fields(before), group_fields(group));
        let sequence = self.append(tx, self.of_group("update", group, Some(old), Some(new))).await?;
        tx.update_group(group, sequence).await?;
        Ok(Some(sequence))
    }

    /// Takes out a group, which has no members left and is inside no other.
    pub(super) async fn delete_group(&self, tx: &mut WriteTransaction, group: &Group) -> Result<(), DirectoryError> {
        self.append(tx, self.of_group("delete", group, Some(group_fields(group)), None)).await?;
        Ok(tx.delete_group(group.number).await?)
    }

    /// Puts a person into a group, or changes what the person is there. `before` is the membership as it stands.
    pub(super) async fn put_membership(
        &self,
        tx: &mut WriteTransaction,
        before: Option<&Membership>,
        membership: &Membership,
    ) -> Result<(), DirectoryError> {
        if before == Some(membership) {
            return Ok(());
        }
        tx.put_membership(membership).await?;
        let action = if before.is_some() { "update" } else { "create" };
        let change = self.of_membership(action, membership, before.map(membership_fields), Some(membership_fields(membership)));
        self.note_membership(tx, membership, change).await
    }

    pub(super) async fn delete_membership(&self, tx: &mut WriteTransaction, membership: &Membership) -> Result<(), DirectoryError> {
        tx.delete_membership(membership.group, membership.person).await?;
        let change = self.of_membership("delete", membership, Some(membership_fields(membership)), None);
        self.note_membership(tx, membership, change).await
    }

    async fn note_membership(&self, tx: &mut WriteTransaction, membership: &Membership, change: ChangeRow) -> Result<(), DirectoryError> {
        let sequence = self.append(tx, change).await?;
        tx.touch_person(membership.person, sequence).await?;
        Ok(tx.touch_group(membership.group, sequence).await?)
    }

    /// Puts a group into another one that it is not right inside of.
    pub(super) async fn create_subgroup(&self, tx: &mut WriteTransaction, subgroup: Subgroup) -> Result<(), DirectoryError> {
        tx.insert_subgroup(subgroup).await?;
        let sequence = self.append(tx, self.of_subgroup("create", subgroup, None, Some(subgroup_fields(subgroup)))).await?;
        Ok(tx.touch_nesting(subgroup, sequence).await?)
    }

    /// Takes a group out of another.
    pub(super) async fn delete_subgroup(&self, tx: &mut WriteTransaction, subgroup: Subgroup) -> Result<(), DirectoryError> {
        tx.delete_subgroup(subgroup).await?;
        let sequence = self.append(tx, self.of_subgroup("delete", subgroup, Some(subgroup_fields(subgroup)), None)).await?;
        Ok(tx.touch_nesting(subgroup, sequence).await?)
    }

    /// Appends a change of any other kind of record, which is known by a name.
    pub(super) async fn note(
        &self,
        tx: &mut WriteTransaction,
        action: &'static str,
        subject: &'static str,
        number: i64,
        name: &str,
    ) -> Result<i64, DirectoryError> {
        let after = Some(Map::from_iter([("name".to_owned(), name.into())]));
        self.note_fields(tx, (action, subject), number, None, after).await
    }

    /// Appends a change of any other kind of record, with what it says.
    pub(super) async fn note_fields(
        &self,
        tx: &mut WriteTransaction,
        (action, subject): (&'static str, &'static str),
        number: i64,
        before: Option<Fields>,
        after: Option<Fields>,
    ) -> Result<i64, DirectoryError> {
        self.append(tx, ChangeRow { before, after, ..self.actor.change(action, subject, number) }).await
    }

    fn of_person(&self, action: &'static str, person: &Person, before: Option<Fields>, after: Option<Fields>) -> ChangeRow {
        ChangeRow { before, after, ..self.actor.change(action, "person", person.number.get()) }
    }

    fn of_group(&self, action: &'static str, group: &Group, before: Option<Fields>, after: Option<Fields>) -> ChangeRow {
        ChangeRow { before, after, ..self.actor.change(action, "group", group.number.get()) }
    }

    fn of_membership(&self, action: &'static str, of: &Membership, before: Option<Fields>, after: Option<Fields>) -> ChangeRow {
        ChangeRow { group: Some(of.group), before, after, ..self.actor.change(action, "membership", of.person.get()) }
    }

    fn of_subgroup(&self, action: &'static str, of: Subgroup, before: Option<Fields>, after: Option<Fields>) -> ChangeRow {
        ChangeRow { group: Some(of.group), before, after, ..self.actor.change(action, "subgroup", of.subgroup.get()) }
    }

    async fn append(&self, tx: &mut WriteTransaction, change: ChangeRow) -> Result<i64, DirectoryError> {
        Ok(tx.append_change(&change, self.at).await?)
    }
}
