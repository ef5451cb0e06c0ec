//! Groups: who may see them and their members.

use super::{Action, Actor, Directory, DirectoryError, Object};
use crate::domain::{Group, GroupId, GroupNumber, Person, PersonNumber};
use crate::query::GroupQuery;
use crate::store::{self, Effort, ReadTransaction};
use std::collections::HashMap;

/// What names one group to a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupKey {
    Id(GroupId),
    Number(GroupNumber),
}

/// Groups in the order of a query, the people responsible for them, and the members of each where the query asked.
#[derive(Debug, Default)]
pub struct GroupPage {
    pub groups: Vec<Group>,
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
    /// The groups of a query.
    pub async fn groups(&self, actor: &Actor, query: &GroupQuery) -> Result<GroupPage, DirectoryError> {
        actor.may(Action::Read, Object::Groups)?;
        let query = query.clone();
        let effort = ReadTransaction::groups_effort(&query);
        self.read(actor.organization(), effort, move |tx| {
            Box::pin(async move {
                let page = tx.groups(&query).await?;
                let responsible = responsible(tx, &page.groups).await?;
                Ok(GroupPage { groups: page.groups, members: page.members, responsible })
            })
        })
        .await
    }

    /// One group, alone on its page, with its members.
    pub async fn group(&self, actor: &Actor, key: GroupKey) -> Result<(Group, GroupPage), DirectoryError> {
        actor.may(Action::Read, Object::Groups)?;
        let key = match key {
            GroupKey::Id(id) => store::GroupKey::Id(id),
            GroupKey::Number(number) => store::GroupKey::Number(number),
        };
        self.read(actor.organization(), Effort::Long, move |tx| {
            Box::pin(async move {
                let group = tx.group(&key).await?.ok_or(DirectoryError::NotFound)?;
                let members = tx.memberships_of_group(group.number).await?.iter().map(|membership| membership.person).collect();
                let groups = vec![group.clone()];
                let responsible = responsible(tx, &groups).await?;
                Ok((group.clone(), GroupPage { groups, members: HashMap::from([(group.number, members)]), responsible }))
            })
        })
        .await
    }

    /// The numbers of all people, ascending: the members of the group of everybody, which some APIs have built in.
    pub async fn everybody(&self, actor: &Actor) -> Result<Vec<PersonNumber>, DirectoryError> {
        actor.may(Action::Read, Object::Groups)?;
        self.read(actor.organization(), Effort::Long, |tx| Box::pin(async move { Ok(tx.numbers_of_people().await?) })).await
    }

    /// The groups that a person is in, by number.
    pub async fn groups_of_person(&self, actor: &Actor, person: PersonNumber) -> Result<Vec<Group>, DirectoryError> {
        actor.may(Action::Read, Object::Groups)?;
        self.read(actor.organization(), Effort::Short, move |tx| {
            Box::pin(async move {
                let mut groups = Vec::new();
                for number in tx.groups_of_person(person).await? {
                    groups.extend(tx.group(&store::GroupKey::Number(number)).await?);
                }
                Ok(groups)
            })
        })
        .await
    }
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
