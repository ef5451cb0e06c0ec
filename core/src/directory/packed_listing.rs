//! Lists of people as they are packed, with all that SCIM shows beside a record, for who writes them from their records.

use super::listing::{named, one};
use super::people::may_ask;
use super::{Action, Actor, Directory, DirectoryError, Object, PersonKey, Version};
use crate::domain::{OrganizationId, PersonNumber};
use crate::query::{Including, PersonQuery};
use crate::store::{PackedName, PackedNames, PackedPeople, PackedPerson, PagePlaces, PersonField, PlacesOf};

/// People in the order of a query, all from one moment.
#[derive(Debug)]
pub struct PackedList {
    people: PackedPeople,
    places: PagePlaces,
    managers: PackedNames,
    organization: OrganizationId,
    /// How many pass the filter in all, where that was asked for.
    pub total: Option<u64>,
    /// Of the whole organization.
    pub version: Version,
}

/// One person of a list, with what was asked for beside it.
#[derive(Clone, Copy, Debug)]
pub struct PackedListed<'a> {
    pub person: PackedPerson<'a>,
    /// None where they were not asked for, or for who may not see groups.
    pub groups: PlacesOf<'a>,
    pub manager: Option<PackedName<'a>>,
    /// Of the record and of which groups it is a member of itself: [`Shown::Record`](super::Shown::Record).
    pub version: Version,
}

impl PackedList {
    pub const fn len(&self) -> usize {
        self.people.len()
    }

    pub const fn is_empty(&self) -> bool {
        self.people.is_empty()
    }

    /// The people in their order.
    pub fn iter(&self) -> impl Iterator<Item = PackedListed<'_>> {
        self.people.with_sequences().map(|(person, sequence)| {
            let number = |field| person.number(field).and_then(|number| PersonNumber::new(number).ok());
            PackedListed {
                groups: number(PersonField::Number).map_or(PlacesOf::new(&[], &[]), |number| self.places.of(number)),
                manager: number(PersonField::Manager).and_then(|number| self.managers.get(number)),
                person,
                version: Version::new(self.organization, sequence),
            }
        })
    }
}

impl Directory {
    /// The people of a query with what is to come along.
    pub async fn list_packed(&self, actor: &Actor, query: &PersonQuery, including: Including) -> Result<PackedList, DirectoryError> {
        may_ask(actor, query)?;
        self.read_packed(actor, query.clone(), including).await
    }

    /// One person with what is to come along, as a list.
    pub async fn list_packed_person(&self, actor: &Actor, key: PersonKey, including: Including) -> Result<PackedList, DirectoryError> {
        let list = self.list_packed(actor, &PersonQuery { filter: named(key), ..one() }, including).await?;
        if list.is_empty() { Err(DirectoryError::NotFound) } else { Ok(list) }
    }

    /// The person that the caller's credential belongs to, as a list. Nobody needs a scope to see themselves; to see their
    /// groups they need that of groups.
    pub async fn list_packed_own(&self, actor: &Actor, including: Including) -> Result<PackedList, DirectoryError> {
        let number = actor.person().ok_or(DirectoryError::NoPerson)?;
        let query = PersonQuery { filter: named(PersonKey::Number(number)), ..one() };
        let list = self.read_packed(actor, query, including).await?;
        if list.is_empty() { Err(DirectoryError::NotFound) } else { Ok(list) }
    }

    /// Groups come along for who may see groups.
    async fn read_packed(&self, actor: &Actor, query: PersonQuery, including: Including) -> Result<PackedList, DirectoryError> {
        let organization = actor.organization();
        let including = Including { groups: including.groups && actor.may(Action::Read, Object::Groups).is_ok(), ..including };
        let effort = self.people_effort(organization, &query, including);
        self.read(organization, effort, move |tx| {
            Box::pin(async move {
                let version = Version::new(organization, tx.sequence().await?.0);
                let (people, total) = tx.packed_people(&query, including.total).await?;
                let places = if including.groups { tx.places_of_page(people.numbers()).await? } else { PagePlaces::default() };
                let managers = if including.manager { tx.managers_of_packed(&people).await? } else { PackedNames::default() };
                Ok(PackedList { people, places, managers, organization, total, version })
            })
        })
        .await
    }
}
