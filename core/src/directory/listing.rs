//! Lists with all that SCIM shows beside a record, and with true totals, each read in one transaction.

use super::groups::{self, newest, sees_people};
use super::people::may_ask;
use super::{Action, Actor, Directory, DirectoryError, Object, PersonKey, Shown, Version};
use crate::domain::{Group, Member, NamedPerson, OrganizationId, Person, Place};
use crate::query::{Comparison, Filter, GroupQuery, GroupRecord, IdField, Including, NumberField, PersonQuery, PersonRecord, Window};
use crate::store::{PersonRow, ReadTransaction};

/// One person of a list, with what was asked for beside it.
#[derive(Clone, Debug)]
pub struct ListedPerson {
    pub person: Person,
    /// The groups that it is in, by number; none where they were not asked for, or for who may not see groups.
    pub groups: Vec<Place>,
    pub manager: Option<NamedPerson>,
    /// Of the record and of which groups it is a member of itself: [`Shown::Record`].
    pub version: Version,
}

impl ListedPerson {
    /// As a filter and an order see it, with what came along.
    pub fn record(&self) -> PersonRecord<'_> {
        PersonRecord { person: &self.person, groups: &self.groups, manager: self.manager.as_ref() }
    }
}

/// People in the order of a query.
#[derive(Clone, Debug)]
pub struct PeopleList {
    pub items: Vec<ListedPerson>,
    /// How many pass the filter in all, where that was asked for.
    pub total: Option<u64>,
    /// Of the whole organization.
    pub version: Version,
}

/// One group of a list, with what was asked for beside it.
#[derive(Clone, Debug)]
pub struct ListedGroup {
    pub group: Group,
    /// People by number, then groups by number. `None`: they were not asked for, or there are more than were asked for.
    pub members: Option<Vec<Member>>,
    pub responsible: Option<NamedPerson>,
    /// Of the record, of its members, people and groups, and of who is responsible: [`Shown::Nested`].
    pub version: Version,
}

impl ListedGroup {
    /// As a filter and an order see it, with what came along.
    pub fn record(&self) -> GroupRecord<'_> {
        GroupRecord { group: &self.group, members: self.members.as_deref().unwrap_or_default(), responsible: self.responsible.as_ref() }
    }
}

/// Groups in the order of a query.
#[derive(Clone, Debug)]
pub struct GroupsList {
    pub items: Vec<ListedGroup>,
    /// How many pass the filter in all, where that was asked for.
    pub total: Option<u64>,
    /// Of the whole organization.
    pub version: Version,
}

impl Directory {
    /// The groups of a query with the members that it asks for, all from one moment. What people are called comes to who
    /// may see people.
    pub async fn list_groups(&self, actor: &Actor, query: &GroupQuery, with_total: bool) -> Result<GroupsList, DirectoryError> {
        groups::may_ask(actor, query)?;
        let (query, organization, sees_people) = (query.clone(), actor.organization(), sees_people(actor));
        let effort = ReadTransaction::groups_effort(&query, with_total);
        self.read(organization, effort, move |tx| {
            Box::pin(async move {
                let version = Version::new(organization, tx.sequence().await?.0);
                let (groups, total) = tx.groups(&query, with_total).await?;
                let mut members = tx.members_of(&groups, query.members, sees_people).await?;
                let responsible = tx.people_numbered(groups.iter().filter_map(|group| group.responsible)).await?;
                let sequences = tx.sequences_of_groups(&groups).await?;
                let list = groups.into_iter().zip(sequences).filter_map(|(group, sequences)| {
                    let version = Version::new(organization, newest(sequences?, Shown::Nested));
                    let members = members.shown.remove(&group.number);
                    let responsible = group.responsible.and_then(|number| responsible.get(&number));
                    Some(ListedGroup { group, members, responsible: responsible.map(|person| named_for(person, sees_people)), version })
                });
                Ok(GroupsList { items: list.collect(), total, version })
            })
        })
        .await
    }

    /// The people of a query with what is to come along, all from one moment.
    pub async fn list_people(&self, actor: &Actor, query: &PersonQuery, including: Including) -> Result<PeopleList, DirectoryError> {
        may_ask(actor, query)?;
        self.read_people(actor, query.clone(), including).await
    }

    /// Groups come along for who may see groups.
    async fn read_people(&self, actor: &Actor, query: PersonQuery, including: Including) -> Result<PeopleList, DirectoryError> {
        let organization = actor.organization();
        let including = Including { groups: including.groups && actor.may(Action::Read, Object::Groups).is_ok(), ..including };
        let effort = self.people_effort(organization, &query, including);
        self.read(organization, effort, move |tx| {
            Box::pin(async move {
                let version = Version::new(organization, tx.sequence().await?.0);
                let list = tx.people(&query, including).await?;
                let items = list.people.into_iter().map(|row| listed(organization, row)).collect();
                Ok(PeopleList { items, total: list.total, version })
            })
        })
        .await
    }
}

fn listed(organization: OrganizationId, row: PersonRow) -> ListedPerson {
    let PersonRow { person, sequence, places, manager } = row;
    ListedPerson { person, groups: places, manager, version: Version::new(organization, sequence) }
}

/// A person as who may not see people knows it: by its id alone.
fn named_for(person: &Person, sees_people: bool) -> NamedPerson {
    let named = NamedPerson::from(person);
    if sees_people { named } else { NamedPerson { name: String::new(), display_name: None, ..named } }
}

pub(super) fn one() -> PersonQuery {
    PersonQuery { window: Window::new(0, 1), ..PersonQuery::default() }
}

pub(super) fn named(key: PersonKey) -> Filter {
    match key {
        PersonKey::Id(id) => Filter::id(IdField::Id, id.uuid()),
        PersonKey::Number(number) => Filter::number(NumberField::Number, Comparison::Equal, number.get()),
    }
}
