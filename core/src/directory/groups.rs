//! Groups: who may see them and their members.

use super::{Action, Actor, Directory, DirectoryError, Object, Shown, Version};
use crate::domain::{Group, GroupId, GroupNumber, Member, Membership, Person, PersonNumber, Subgroup};
use crate::query::{GroupQuery, ListField, WithMembers};
use crate::store::{self, Effort, GroupSequences, Members, ReadTransaction};
use std::collections::HashMap;

/// What names one group to a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupKey {
    Id(GroupId),
    Number(GroupNumber),
}

impl From<GroupKey> for store::GroupKey {
    fn from(key: GroupKey) -> Self {
        match key {
            GroupKey::Id(id) => Self::Id(id),
            GroupKey::Number(number) => Self::Number(number),
        }
    }
}

/// What of a group is asked for beside its record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GroupView {
    /// What the version of the answer moves with.
    pub shown: Shown,
    pub members: WithMembers,
}

/// One group, with the members that were asked for and the person responsible for it.
#[derive(Clone, Debug)]
pub struct FoundGroup {
    pub group: Group,
    /// The numbers of the people in it, ascending, where numbers were asked for.
    pub people: Vec<PersonNumber>,
    /// People by number, then groups by number, where they were asked for. `None` too where there are more than were
    /// asked for.
    pub members: Option<Vec<Member>>,
    pub responsible: Option<Person>,
    /// Moves with every change of the record and of its members, and with what else was to be shown.
    pub version: Version,
}

/// Groups in the order of a query, the people responsible for them, and the members of each where the query asked.
#[derive(Debug)]
pub struct GroupPage {
    pub groups: Vec<Group>,
    /// Of the whole organization.
    pub version: Version,
    members: Members,
    responsible: HashMap<PersonNumber, Person>,
}

impl GroupPage {
    /// The numbers of the people in a group, ascending, where the query asked for numbers.
    pub fn people_of(&self, group: GroupNumber) -> &[PersonNumber] {
        self.members.people.get(&group).map_or(&[], Vec::as_slice)
    }

    /// The members of a group, people before groups, where the query asked for them.
    pub fn members_of(&self, group: GroupNumber) -> Option<&[Member]> {
        self.members.shown.get(&group).map(Vec::as_slice)
    }

    /// The person responsible for a group on this page.
    pub fn responsible_for(&self, group: &Group) -> Option<&Person> {
        group.responsible.and_then(|number| self.responsible.get(&number))
    }
}

impl Directory {
    /// Every membership of the organization, by group and person.
    pub async fn memberships(&self, actor: &Actor) -> Result<Vec<Membership>, DirectoryError> {
        actor.may(Action::Read, Object::Groups)?;
        self.read(actor.organization(), Effort::Long, |tx| Box::pin(async move { Ok(tx.memberships().await?) })).await
    }

    /// Every group inside another one of the organization, by the outer and the inner group.
    pub async fn subgroups(&self, actor: &Actor) -> Result<Vec<Subgroup>, DirectoryError> {
        actor.may(Action::Read, Object::Groups)?;
        self.read(actor.organization(), Effort::Long, |tx| Box::pin(async move { Ok(tx.subgroups().await?) })).await
    }

    /// The groups of a query. The names of members that are people only come to who may see people.
    pub async fn groups(&self, actor: &Actor, query: &GroupQuery) -> Result<GroupPage, DirectoryError> {
        may_ask(actor, query)?;
        let (query, organization, sees_people) = (query.clone(), actor.organization(), sees_people(actor));
        let effort = ReadTransaction::groups_effort(&query, false);
        self.read(organization, effort, move |tx| {
            Box::pin(async move {
                let version = Version::new(organization, tx.sequence().await?.0);
                let (groups, _) = tx.groups(&query, false).await?;
                let members = tx.members_of(&groups, query.members, sees_people).await?;
                let responsible = responsible(tx, &groups).await?;
                Ok(GroupPage { groups, version, members, responsible })
            })
        })
        .await
    }

    /// One group, with the members that are asked for and the person responsible for it. The names of members that are
    /// people only come to who may see people.
    pub async fn group(&self, actor: &Actor, key: GroupKey, view: GroupView) -> Result<FoundGroup, DirectoryError> {
        actor.may(Action::Read, Object::Groups)?;
        let effort = if view.members == WithMembers::Nobody { Effort::Short } else { Effort::Long };
        let actor = actor.clone();
        self.read(actor.organization(), effort, move |tx| Box::pin(async move { find(tx, &actor, &key.into(), view).await })).await
    }

    /// The version of one group, as far as an API shows it.
    pub async fn group_version(&self, actor: &Actor, key: GroupKey, shown: Shown) -> Result<Version, DirectoryError> {
        actor.may(Action::Read, Object::Groups)?;
        let organization = actor.organization();
        self.read(organization, Effort::Short, move |tx| {
            Box::pin(async move {
                let sequence = sequence_of_group(tx, &key.into(), shown).await?.ok_or(DirectoryError::NotFound)?;
                Ok(Version::new(organization, sequence))
            })
        })
        .await
    }

    /// The numbers of all people, ascending: the members of the group of everybody, which some APIs have built in.
    pub async fn everybody(&self, actor: &Actor) -> Result<Vec<PersonNumber>, DirectoryError> {
        actor.may(Action::Read, Object::Groups)?;
        self.read(actor.organization(), Effort::Long, |tx| Box::pin(async move { Ok(tx.numbers_of_people().await?) })).await
    }
}

/// The group of a key as an actor views it.
pub(super) async fn find(
    tx: &mut ReadTransaction,
    actor: &Actor,
    key: &store::GroupKey,
    view: GroupView,
) -> Result<FoundGroup, DirectoryError> {
    let group = tx.group(key).await?.ok_or(DirectoryError::NotFound)?;
    let key = store::GroupKey::Number(group.number);
    let sequence = sequence_of_group(tx, &key, view.shown).await?.ok_or(DirectoryError::NotFound)?;
    let version = Version::new(actor.organization(), sequence);
    let mut members = tx.members_of(std::slice::from_ref(&group), view.members, sees_people(actor)).await?;
    let responsible = match group.responsible {
        Some(number) => tx.person(&store::PersonKey::Number(number)).await?,
        None => None,
    };
    let people = members.people.remove(&group.number).unwrap_or_default();
    let members = members.shown.remove(&group.number);
    Ok(FoundGroup { group, people, members, responsible, version })
}

/// Refuses unless the actor may see all that a query asks about.
pub(super) fn may_ask(actor: &Actor, query: &GroupQuery) -> Result<(), DirectoryError> {
    actor.may(Action::Read, Object::Groups)?;
    let is_about = |list| query.filter.mentions(list) || query.order.iter().any(|term| term.mentions(list));
    if [ListField::Members, ListField::Responsible].iter().any(is_about) {
        actor.may(Action::Read, Object::People)?;
    }
    Ok(())
}

/// Whether an actor is told what people are called.
pub(super) fn sees_people(actor: &Actor) -> bool {
    actor.may(Action::Read, Object::People).is_ok()
}

/// The sequence number at which what is shown of a group last changed. `None`: there is no group of this key.
pub(super) async fn sequence_of_group(
    tx: &mut ReadTransaction,
    key: &store::GroupKey,
    shown: Shown,
) -> Result<Option<i64>, DirectoryError> {
    Ok(tx.group_sequences(key).await?.map(|sequences| newest(sequences, shown)))
}

/// The sequence number at which what is shown of a group last changed.
pub(super) fn newest(sequences: GroupSequences, shown: Shown) -> i64 {
    let own = sequences.own.max(sequences.memberships);
    match shown {
        Shown::Record | Shown::GroupNames => own,
        Shown::Responsible => own.max(sequences.responsible),
        Shown::Nested => own.max(sequences.subgroups).max(sequences.responsible),
    }
}

async fn responsible(tx: &mut ReadTransaction, groups: &[Group]) -> Result<HashMap<PersonNumber, Person>, DirectoryError> {
    Ok(tx.people_numbered(groups.iter().filter_map(|group| group.responsible)).await?)
}
