//! People: who may see them.
//!
//! Wire formats are the dialects' business; SQL is the store's. Start at [`Directory::people`].

use super::{Action, Actor, Directory, DirectoryError, Object, Shown, Version};
use crate::domain::{Group, GroupNumber, OrganizationId, Person, PersonId, PersonNumber, Role};
use crate::query::{Filter, Including, ListField, PersonQuery, Window};
use crate::store::{self, Effort, GroupsOf, PackedPeople, PackedRecord, PersonField, ReadTransaction};

/// What names one person to a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PersonKey {
    Id(PersonId),
    Number(PersonNumber),
}

impl From<PersonKey> for store::PersonKey {
    fn from(key: PersonKey) -> Self {
        match key {
            PersonKey::Id(id) => Self::Id(id),
            PersonKey::Number(number) => Self::Number(number),
        }
    }
}

/// One person, with the numbers of its groups, ascending.
#[derive(Clone, Debug)]
pub struct FoundPerson {
    pub person: Person,
    pub groups: Vec<GroupNumber>,
    /// Moves with every change of the two, and with nothing else.
    pub version: Version,
}

/// People in the order of a query, and the groups of each where the query asked for them.
#[derive(Debug)]
pub struct PersonPage {
    pub people: Vec<Person>,
    /// Of the whole organization.
    pub version: Version,
    groups: GroupsOf,
}

impl PersonPage {
    /// The numbers of a person's groups, ascending.
    pub fn groups_of(&self, person: PersonNumber) -> &[GroupNumber] {
        self.groups.of(person)
    }
}

/// One person as it is packed.
#[derive(Clone, Debug)]
pub struct PackedFound {
    pub record: PackedRecord,
    /// The numbers of its groups, ascending, where they were asked for.
    pub groups: Vec<GroupNumber>,
    /// Moves with every change of the person and of which groups it is in, and with nothing else.
    pub version: Version,
}

/// What is read beside one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beside {
    Nothing,
    /// The numbers of its groups.
    Groups,
}

/// People of a query as they are packed, and the groups of each where the query asked for them.
#[derive(Debug)]
pub struct PackedPage {
    pub people: PackedPeople,
    /// How many pass the filter in all, where that was asked for.
    pub total: Option<u64>,
    /// Of the whole organization.
    pub version: Version,
    groups: GroupsOf,
}

impl PackedPage {
    /// The numbers of a person's groups, ascending.
    pub fn groups_of(&self, person: PersonNumber) -> &[GroupNumber] {
        self.groups.of(person)
    }
}

impl Directory {
    /// The people of a query as they are packed, for who writes them from their records. Members of a group that is not there
    /// are nobody.
    pub async fn packed_people(&self, actor: &Actor, query: &PersonQuery, with_total: bool) -> Result<PackedPage, DirectoryError> {
        may_ask(actor, query)?;
        let (query, organization) = (query.clone(), actor.organization());
        let effort = self.people_effort(organization, &query, Including { total: with_total, ..Including::default() });
        self.read(organization, effort, move |tx| {
            Box::pin(async move {
                let version = Version::new(organization, tx.sequence().await?.0);
                let (people, total) = tx.packed_people(&query, with_total).await?;
                let groups = if query.with_groups { tx.groups_of(people.numbers()).await? } else { GroupsOf::default() };
                Ok(PackedPage { people, total, version, groups })
            })
        })
        .await
    }

    /// One person as it is packed, for who writes it from its record.
    pub async fn packed_person(&self, actor: &Actor, key: PersonKey, beside: Beside) -> Result<PackedFound, DirectoryError> {
        actor.may(Action::Read, Object::People)?;
        let organization = actor.organization();
        self.read(organization, Effort::Short, move |tx| {
            Box::pin(async move {
                let (record, sequence) = tx.packed_person(&key.into()).await?.ok_or(DirectoryError::NotFound)?;
                let groups = match (beside, record.packed().number(PersonField::Number).map(PersonNumber::new)) {
                    (Beside::Groups, Some(Ok(number))) => tx.groups_of_person(number).await?,
                    _ => Vec::new(),
                };
                Ok(PackedFound { record, groups, version: Version::new(organization, sequence) })
            })
        })
        .await
    }

    /// The people of a query. Members of a group that is not there are nobody.
    pub async fn people(&self, actor: &Actor, query: &PersonQuery) -> Result<PersonPage, DirectoryError> {
        may_ask(actor, query)?;
        let (query, organization) = (query.clone(), actor.organization());
        let effort = self.people_effort(organization, &query, Including::default());
        self.read(organization, effort, move |tx| {
            Box::pin(async move {
                let version = Version::new(organization, tx.sequence().await?.0);
                let list = tx.people(&query, Including::default()).await?;
                let people: Vec<Person> = list.people.into_iter().map(|row| row.person).collect();
                let groups =
                    if query.with_groups { tx.groups_of(people.iter().map(|person| person.number)).await? } else { GroupsOf::default() };
                Ok(PersonPage { people, version, groups })
            })
        })
        .await
    }

    /// How many people pass a filter.
    pub async fn count_people(&self, actor: &Actor, filter: &Filter) -> Result<u64, DirectoryError> {
        may_ask(actor, &PersonQuery { filter: filter.clone(), ..PersonQuery::default() })?;
        let (filter, organization) = (filter.clone(), actor.organization());
        let counted = PersonQuery { filter: filter.clone(), window: Window::new(0, 0), ..PersonQuery::default() };
        let effort = self.people_effort(organization, &counted, Including { total: true, ..Including::default() });
        self.read(organization, effort, move |tx| Box::pin(async move { Ok(tx.count_people(&filter).await?) })).await
    }

    /// One person, with the numbers of its groups.
    pub async fn person(&self, actor: &Actor, key: PersonKey) -> Result<FoundPerson, DirectoryError> {
        actor.may(Action::Read, Object::People)?;
        self.read_person(actor, key).await
    }

    /// One person as it is packed, and its groups as far as the caller may see groups. The version moves with their names too.
    pub async fn packed_person_with_groups(&self, actor: &Actor, key: PersonKey) -> Result<(PackedFound, Vec<Group>), DirectoryError> {
        actor.may(Action::Read, Object::People)?;
        let sees_groups = actor.may(Action::Read, Object::Groups).is_ok();
        let organization = actor.organization();
        self.read(organization, Effort::Short, move |tx| {
            Box::pin(async move {
                let (record, mut sequence) = tx.packed_person(&key.into()).await?.ok_or(DirectoryError::NotFound)?;
                let mut found = PackedFound { record, groups: Vec::new(), version: Version::new(organization, sequence) };
                let mut groups = Vec::new();
                if let Some(Ok(number)) = found.record.packed().number(PersonField::Number).map(PersonNumber::new).filter(|_| sees_groups) {
                    found.groups = tx.groups_of_person(number).await?;
                    for group in &found.groups {
                        groups.extend(tx.group(&store::GroupKey::Number(*group)).await?);
                    }
                    if !found.groups.is_empty() {
                        sequence = sequence.max(tx.newest_group_of_person(number).await?);
                    }
                }
                found.version = Version::new(organization, sequence);
                Ok((found, groups))
            })
        })
        .await
    }

    /// One person, and its groups as far as the caller may see groups. The version moves with their names too.
    pub async fn person_with_groups(&self, actor: &Actor, key: PersonKey) -> Result<(FoundPerson, Vec<Group>), DirectoryError> {
        actor.may(Action::Read, Object::People)?;
        let sees_groups = actor.may(Action::Read, Object::Groups).is_ok();
        let organization = actor.organization();
        self.read(organization, Effort::Short, move |tx| {
            Box::pin(async move {
                let mut found = find(tx, organization, &key.into()).await?;
                let mut groups = Vec::new();
                if sees_groups {
                    for number in &found.groups {
                        groups.extend(tx.group(&store::GroupKey::Number(*number)).await?);
                    }
                    let newest = tx.newest_group_of_person(found.person.number).await?;
                    found.version = Version::new(organization, found.version.sequence().max(newest));
                }
                Ok((found, groups))
            })
        })
        .await
    }

    /// The version of one person, as far as an API shows it.
    pub async fn person_version(&self, actor: &Actor, key: PersonKey, shown: Shown) -> Result<Version, DirectoryError> {
        actor.may(Action::Read, Object::People)?;
        let (shown, organization) = (shown_to(actor, shown), actor.organization());
        self.read(organization, Effort::Short, move |tx| {
            Box::pin(async move {
                let sequence = sequence_of_person(tx, &key.into(), shown).await?.ok_or(DirectoryError::NotFound)?;
                Ok(Version::new(organization, sequence))
            })
        })
        .await
    }

    /// The person that the caller's credential belongs to. Nobody needs a scope to see themselves.
    pub async fn own_person(&self, actor: &Actor) -> Result<FoundPerson, DirectoryError> {
        let number = actor.person().ok_or(DirectoryError::NoPerson)?;
        self.read_person(actor, PersonKey::Number(number)).await
    }

    /// The role of the person that the caller's credential belongs to. Nobody needs a scope to see their own.
    pub async fn own_role(&self, actor: &Actor) -> Result<Option<Role>, DirectoryError> {
        let Some(number) = self.own_person(actor).await?.person.role else { return Ok(None) };
        let roles = self.read(actor.organization(), Effort::Short, |tx| Box::pin(async move { Ok(tx.roles().await?) })).await?;
        Ok(roles.into_iter().find(|role| role.number == number))
    }

    async fn read_person(&self, actor: &Actor, key: PersonKey) -> Result<FoundPerson, DirectoryError> {
        let organization = actor.organization();
        self.read(organization, Effort::Short, move |tx| Box::pin(async move { find(tx, organization, &key.into()).await })).await
    }
}

/// Refuses unless the actor may see all that a query asks about.
pub(super) fn may_ask(actor: &Actor, query: &PersonQuery) -> Result<(), DirectoryError> {
    actor.may(Action::Read, Object::People)?;
    let is_by_groups = query.order.iter().any(|term| term.mentions(&ListField::Groups));
    if query.member_of.is_some() || is_by_groups || query.filter.mentions(&ListField::Groups) {
        actor.may(Action::Read, Object::Groups)?;
    }
    Ok(())
}

/// What an API shows of a person to this actor: names of groups only to who may see groups.
pub(super) fn shown_to(actor: &Actor, shown: Shown) -> Shown {
    match shown {
        Shown::GroupNames | Shown::Nested if actor.may(Action::Read, Object::Groups).is_err() => Shown::Record,
        shown => shown,
    }
}

/// The person of a key, with its groups and its version.
pub(super) async fn find(
    tx: &mut ReadTransaction,
    organization: OrganizationId,
    key: &store::PersonKey,
) -> Result<FoundPerson, DirectoryError> {
    let (person, sequence) = tx.person_with_sequence(key).await?.ok_or(DirectoryError::NotFound)?;
    let groups = tx.groups_of_person(person.number).await?;
    Ok(FoundPerson { person, groups, version: Version::new(organization, sequence) })
}

/// The sequence number at which what is shown of a person last changed. `None`: there is nobody of this key.
pub(super) async fn sequence_of_person(
    tx: &mut ReadTransaction,
    key: &store::PersonKey,
    shown: Shown,
) -> Result<Option<i64>, DirectoryError> {
    let Some((number, own)) = tx.version_of_person(key).await? else { return Ok(None) };
    sequence_shown(tx, number, own, shown).await.map(Some)
}

/// The same of a person whose record or memberships last changed at `own`.
pub(super) async fn sequence_shown(tx: &mut ReadTransaction, number: PersonNumber, own: i64, shown: Shown) -> Result<i64, DirectoryError> {
    Ok(match shown {
        Shown::Record | Shown::Responsible => own,
        Shown::GroupNames => own.max(tx.newest_group_of_person(number).await?),
        Shown::Nested => own.max(tx.places_of_person(number).await?.1),
    })
}
