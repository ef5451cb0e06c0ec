//! People: who may see them.
//!
//! Wire formats are the dialects' business; SQL is the store's. Start at [`Directory::people`].

use super::{Action, Actor, Directory, DirectoryError, Object};
use crate::domain::{GroupNumber, Person, PersonId, PersonNumber, Role};
use crate::query::{Filter, PersonQuery};
use crate::store::{self, Effort, ReadTransaction};
use std::collections::HashMap;

/// What names one person to a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PersonKey {
    Id(PersonId),
    Number(PersonNumber),
}

/// People in the order of a query, and the groups of each where the query asked for them.
#[derive(Debug, Default)]
pub struct PersonPage {
    pub people: Vec<Person>,
    groups: HashMap<PersonNumber, Vec<GroupNumber>>,
}

impl PersonPage {
    /// The numbers of a person's groups, ascending.
    pub fn groups_of(&self, person: PersonNumber) -> &[GroupNumber] {
        self.groups.get(&person).map_or(&[], Vec::as_slice)
    }
}

impl Directory {
    /// The people of a query. Members of a group that is not there are nobody.
    pub async fn people(&self, actor: &Actor, query: &PersonQuery) -> Result<PersonPage, DirectoryError> {
        actor.may(Action::Read, Object::People)?;
        if query.member_of.is_some() {
            actor.may(Action::Read, Object::Groups)?;
        }
        let query = query.clone();
        let effort = ReadTransaction::people_effort(&query);
        self.read(actor.organization(), effort, move |tx| {
            Box::pin(async move {
                let page = tx.people(&query).await?;
                Ok(PersonPage { people: page.people, groups: page.groups })
            })
        })
        .await
    }

    /// How many people pass a filter.
    pub async fn count_people(&self, actor: &Actor, filter: &Filter) -> Result<u64, DirectoryError> {
        actor.may(Action::Read, Object::People)?;
        let filter = filter.clone();
        self.read(actor.organization(), Effort::Long, move |tx| Box::pin(async move { Ok(tx.count_people(&filter).await?) })).await
    }

    /// One person, with the numbers of its groups.
    pub async fn person(&self, actor: &Actor, key: PersonKey) -> Result<(Person, Vec<GroupNumber>), DirectoryError> {
        actor.may(Action::Read, Object::People)?;
        self.read_person(actor, key).await
    }

    /// The person that the caller's credential belongs to. Nobody needs a scope to see themselves.
    pub async fn own_person(&self, actor: &Actor) -> Result<(Person, Vec<GroupNumber>), DirectoryError> {
        let number = actor.person().ok_or(DirectoryError::NoPerson)?;
        self.read_person(actor, PersonKey::Number(number)).await
    }

    /// The role of the person that the caller's credential belongs to. Nobody needs a scope to see their own.
    pub async fn own_role(&self, actor: &Actor) -> Result<Option<Role>, DirectoryError> {
        let (person, _) = self.own_person(actor).await?;
        let Some(number) = person.role else { return Ok(None) };
        let roles = self.read(actor.organization(), Effort::Short, |tx| Box::pin(async move { Ok(tx.roles().await?) })).await?;
        Ok(roles.into_iter().find(|role| role.number == number))
    }

    async fn read_person(&self, actor: &Actor, key: PersonKey) -> Result<(Person, Vec<GroupNumber>), DirectoryError> {
        let key = match key {
            PersonKey::Id(id) => store::PersonKey::Id(id),
            PersonKey::Number(number) => store::PersonKey::Number(number),
        };
        self.read(actor.organization(), Effort::Short, move |tx| {
            Box::pin(async move {
                let person = tx.person(&key).await?.ok_or(DirectoryError::NotFound)?;
                let groups = tx.groups_of_person(person.number).await?;
                Ok((person, groups))
            })
        })
        .await
    }
}
