//! Groups: who may see them and their members.

use super::{Action, Actor, Directory, DirectoryError, Object, Shown, Version};
use crate::domain::{Group, GroupId, GroupNumber, Membership, OrganizationId, Person, PersonNumber};
use crate::query::GroupQuery;
use crate::store::{self, Effort, ReadTransaction};
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

/// One group, with the numbers of its members, ascending, and the person responsible for it.
#[derive(Clone, Debug)]
pub struct FoundGroup {
    pub group: Group,
    pub members: Vec<PersonNumber>,
    pub responsible: Option<Person>,
    /// Moves with every change of the three, and with nothing else.
    pub version: Version,
}

/// Groups in the order of a query, the people responsible for them, and the members of each where the query asked.
#[derive(Debug)]
pub struct GroupPage {
    pub groups: Vec<Group>,
    /// Of the whole organization.
    pub version: Version,
    members: HashMap<GroupNumber, Vec<PersonNumber>>,
    responsible: HashMap<PersonNumber, Person>,
}

impl GroupPage {
    /// The numbers of a group's members, ascending.
    pub fn members_of(&self, group: GroupNumber) -> &[PersonNumber] {
        self.members.get(&group).map_or(&[], Vec::as_slice)
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

    /// The groups of a query.
    pub async fn groups(&self, actor: &Actor, query: &GroupQuery) -> Result<GroupPage, DirectoryError> {
        actor.may(Action::Read, Object::Groups)?;
        let (query, organization) = (query.clone(), actor.organization());
        let effort = ReadTransaction::groups_effort(&query);
        self.read(organization, effort, move |tx| {
            Box::pin(async move {
                let version = Version::new(organization, tx.sequence().await?.0);
                let page = tx.groups(&query).await?;
                let responsible = responsible(tx, &page.groups).await?;
                Ok(GroupPage { groups: page.groups, version, members: page.members, responsible })
            })
        })
        .await
    }

    /// One group, with its members and the person responsible for it.
    pub async fn group(&self, actor: &Actor, key: GroupKey) -> Result<FoundGroup, DirectoryError> {
        actor.may(Action::Read, Object::Groups)?;
        let organization = actor.organization();
        self.read(organization, Effort::Long, move |tx| Box::pin(async move { find(tx, organization, &key.into()).await })).await
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

/// The group of a key, with its members and its version.
pub(super) async fn find(
    tx: &mut ReadTransaction,
    organization: OrganizationId,
    key: &store::GroupKey,
) -> Result<FoundGroup, DirectoryError> {
    let group = tx.group(key).await?.ok_or(DirectoryError::NotFound)?;
    let number = store::GroupKey::Number(group.number);
    let sequence = sequence_of_group(tx, &number, Shown::Responsible).await?.ok_or(DirectoryError::NotFound)?;
    let members = tx.memberships_of_group(group.number).await?.iter().map(|membership| membership.person).collect();
    let responsible = match group.responsible {
        Some(number) => tx.person(&store::PersonKey::Number(number)).await?,
        None => None,
    };
    Ok(FoundGroup { group, members, responsible, version: Version::new(organization, sequence) })
}

/// The sequence number at which what is shown of a group last changed. `None`: there is no group of this key.
pub(super) async fn sequence_of_group(
    tx: &mut ReadTransaction,
    key: &store::GroupKey,
    shown: Shown,
) -> Result<Option<i64>, DirectoryError> {
    let Some(sequences) = tx.group_sequences(key).await? else { return Ok(None) };
    let own = sequences.own.max(sequences.memberships);
    Ok(Some(match shown {
        Shown::Record | Shown::GroupNames => own,
        Shown::Responsible => own.max(sequences.responsible),
    }))
}

async fn responsible(tx: &mut ReadTransaction, groups: &[Group]) -> Result<HashMap<PersonNumber, Person>, DirectoryError> {
    let mut people = HashMap::new();
    for number in groups.iter().filter_map(|group| group.responsible) {
        if !people.contains_key(&number)
            && let Some(person) = tx.person(&store::PersonKey::Number(number)).await?
        {
            people.insert(number, person);
        }
    }
    Ok(people)
}
