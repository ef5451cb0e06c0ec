//! Groups made, changed and deleted, and people put into them and taken out.

use super::groups::{self, sequence_of_group};
use super::recording::Recorder;
use super::repeat::{Answer, First, Repeat};
use super::rules::Catalogue;
use super::{Action, Actor, Directory, DirectoryError, FoundGroup, GroupKey, Object, Precondition, Surroundings, Version};
use crate::domain::{
    AdditionalInformation, AttributeObject, AttributeValue, Attributes, Change, Description, Email, ExternalId, Group, GroupId,
    GroupNumber, LongLabel, Membership, PersonId, PersonNumber, VariableName, check_custom, folded,
};
use crate::store::{self, Numbered, PersonKey, WriteTransaction};
use std::collections::{BTreeMap, BTreeSet};

/// A person that a write about a group names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PersonReference {
    Number(PersonNumber),
    Id(PersonId),
    /// A whole name, compared without case. Names nobody where several have it.
    Name(String),
}

/// What a write asks of a group: for every field, leave it, set it, or clear it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GroupChange {
    pub external_id: Change<ExternalId>,
    /// Clearing leaves it.
    pub name: Change<LongLabel>,
    pub description: Change<Description>,
    pub email: Change<Email>,
    pub additional_information: Change<AdditionalInformation>,
    pub responsible: Change<PersonReference>,
    pub custom: BTreeMap<VariableName, Change<AttributeValue>>,
    /// All of them: who is not named leaves.
    pub members: Change<Vec<PersonReference>>,
}

/// A group as it stands, and what a change may refer to.
#[derive(Clone, Debug)]
pub struct GroupBefore {
    pub group: Group,
    /// Ascending.
    pub members: Vec<PersonNumber>,
    pub catalogue: Catalogue,
}

impl Directory {
    /// Makes a group of what `lens` says. `render` makes the answer, which is kept for a client that asks again.
    pub async fn create_group<E, L, R>(&self, actor: &Actor, repeat: Option<Repeat>, lens: L, render: R) -> Result<Answer, E>
    where
        E: From<DirectoryError> + Send + 'static,
        L: FnOnce(&Catalogue) -> Result<GroupChange, E> + Send + 'static,
        R: FnOnce(&FoundGroup) -> Vec<u8> + Send + 'static,
    {
        actor.may(Action::Write, Object::Groups)?;
        let (actor, surroundings) = (actor.clone(), self.surroundings.clone());
        let made = self.write(actor.organization(), move |tx| {
            Box::pin(async move {
                let recorder = Recorder::begin(tx, &actor, surroundings.now()).await?;
                if let Some(answer) = Repeat::answered(repeat.as_ref(), tx, &actor, &recorder).await? {
                    return Ok(Ok(answer));
                }
                let catalogue = Catalogue::read(tx).await?;
                let change = match lens(&catalogue) {
                    Ok(change) => change,
                    Err(refused) => return Ok(Err(refused)),
                };
                let number = make(tx, &surroundings, &recorder, &catalogue, change).await?;
                let found = groups::find(tx, actor.organization(), &store::GroupKey::Number(number)).await?;
                let first = First { organization: actor.organization(), sequence: found.version.sequence(), body: render(&found) };
                Repeat::keep(repeat, tx, &actor, &recorder, ("group", number.get()), first).await.map(Ok)
            })
        });
        made.await?
    }

    /// Changes a group as `lens` says of it. What is said already stands: then nothing is written at all.
    pub async fn update_group<E, L>(&self, actor: &Actor, key: GroupKey, demanded: Precondition, lens: L) -> Result<FoundGroup, E>
    where
        E: From<DirectoryError> + Send + 'static,
        L: FnOnce(&GroupBefore) -> Result<GroupChange, E> + Send + 'static,
    {
        actor.may(Action::Write, Object::Groups)?;
        let (actor, now) = (actor.clone(), self.now());
        let changed = self.write(actor.organization(), move |tx| {
            Box::pin(async move {
                let recorder = Recorder::begin(tx, &actor, now).await?;
                let before = stands(tx, key, &demanded).await?;
                let change = match lens(&before) {
                    Ok(change) => change,
                    Err(refused) => return Ok(Err(refused)),
                };
                let number = before.group.number;
                change_group(tx, &recorder, before, change).await?;
                groups::find(tx, actor.organization(), &store::GroupKey::Number(number)).await.map(Ok)
            })
        });
        changed.await?
    }

    /// Deletes a group. Its members stay what they are.
    pub async fn delete_group(&self, actor: &Actor, key: GroupKey, demanded: &Precondition) -> Result<(), DirectoryError> {
        actor.may(Action::Write, Object::Groups)?;
        let (actor, now, demanded) = (actor.clone(), self.now(), demanded.clone());
        self.write(actor.organization(), move |tx| {
            Box::pin(async move {
                let recorder = Recorder::begin(tx, &actor, now).await?;
                let group = demanded_group(tx, key, &demanded).await?;
                for membership in tx.memberships_of_group(group.number).await? {
                    recorder.delete_membership(tx, &membership).await?;
                }
                recorder.delete_group(tx, &group).await
            })
        })
        .await
    }

    /// Puts people into a group. Who is in it already stays as they are.
    pub async fn add_members(
        &self,
        actor: &Actor,
        key: GroupKey,
        demanded: Precondition,
        people: Vec<PersonReference>,
    ) -> Result<(), DirectoryError> {
        self.change_members(actor, key, demanded, people, |members, named| members.union(named).copied().collect()).await
    }

    /// Takes people out of a group. Who is not in it stays out.
    pub async fn remove_members(
        &self,
        actor: &Actor,
        key: GroupKey,
        demanded: Precondition,
        people: Vec<PersonReference>,
    ) -> Result<(), DirectoryError> {
        self.change_members(actor, key, demanded, people, |members, named| members.difference(named).copied().collect()).await
    }

    async fn change_members(
        &self,
        actor: &Actor,
        key: GroupKey,
        demanded: Precondition,
        people: Vec<PersonReference>,
        wanted: fn(&BTreeSet<PersonNumber>, &BTreeSet<PersonNumber>) -> BTreeSet<PersonNumber>,
    ) -> Result<(), DirectoryError> {
        actor.may(Action::Write, Object::Groups)?;
        let (actor, now) = (actor.clone(), self.now());
        self.write(actor.organization(), move |tx| {
            Box::pin(async move {
                let recorder = Recorder::begin(tx, &actor, now).await?;
                let group = demanded_group(tx, key, &demanded).await?.number;
                let named = resolve(tx, &people, "members").await?;
                let members: BTreeSet<_> = members_of(tx, group).await?.into_iter().collect();
                set_members(tx, &recorder, group, &members, &wanted(&members, &named)).await
            })
        })
        .await
    }
}

/// The group of a key as it stands, if it is as demanded.
async fn demanded_group(tx: &mut WriteTransaction, key: GroupKey, demanded: &Precondition) -> Result<Group, DirectoryError> {
    let key = key.into();
    let group = tx.group(&key).await?.ok_or(DirectoryError::NotFound)?;
    let sequence = sequence_of_group(tx, &key, demanded.shown).await?.ok_or(DirectoryError::NotFound)?;
    demanded.check(Version::new(tx.organization(), sequence))?;
    Ok(group)
}

/// The same, with its members and what a change may refer to.
async fn stands(tx: &mut WriteTransaction, key: GroupKey, demanded: &Precondition) -> Result<GroupBefore, DirectoryError> {
    let group = demanded_group(tx, key, demanded).await?;
    let members = members_of(tx, group.number).await?;
    Ok(GroupBefore { group, members, catalogue: Catalogue::read(tx).await? })
}

async fn members_of(tx: &mut WriteTransaction, group: GroupNumber) -> Result<Vec<PersonNumber>, DirectoryError> {
    Ok(tx.memberships_of_group(group).await?.iter().map(|membership| membership.person).collect())
}

async fn make(
    tx: &mut WriteTransaction,
    surroundings: &Surroundings,
    recorder: &Recorder,
    catalogue: &Catalogue,
    change: GroupChange,
) -> Result<GroupNumber, DirectoryError> {
    let Change::Set(name) = change.name.clone() else {
        return Err(DirectoryError::Invalid { field: "name".to_owned(), reason: "must not be empty".to_owned() });
    };
    let number = tx.next_number(Numbered::Group).await?.and_then(|number| GroupNumber::new(number).ok());
    let mut group = Group {
        id: GroupId::new(surroundings.new_id()),
        number: number.ok_or_else(|| DirectoryError::used_up("group"))?,
        external_id: None,
        name,
        description: None,
        email: None,
        responsible: None,
        additional_information: None,
        custom: Attributes::new(),
        created_at: recorder.at(),
        updated_at: recorder.at(),
    };
    let members = apply(tx, catalogue, &mut group, change).await?;
    recorder.create_group(tx, &group).await?;
    set_members(tx, recorder, group.number, &BTreeSet::new(), &members.unwrap_or_default()).await?;
    Ok(group.number)
}

async fn change_group(
    tx: &mut WriteTransaction,
    recorder: &Recorder,
    before: GroupBefore,
    change: GroupChange,
) -> Result<(), DirectoryError> {
    let GroupBefore { group: before, members, catalogue } = before;
    let mut group = before.clone();
    let wanted = apply(tx, &catalogue, &mut group, change).await?;
    recorder.update_group(tx, &before, &mut group).await?;
    match wanted {
        Some(wanted) => set_members(tx, recorder, group.number, &members.into_iter().collect(), &wanted).await,
        None => Ok(()),
    }
}

/// Carries out what a change says of a group itself, and finds the members that it names, if it names all of them.
async fn apply(
    tx: &mut WriteTransaction,
    catalogue: &Catalogue,
    group: &mut Group,
    change: GroupChange,
) -> Result<Option<BTreeSet<PersonNumber>>, DirectoryError> {
    check_custom(&catalogue.definitions, AttributeObject::Group, &change.custom)?;
    change.external_id.apply(&mut group.external_id);
    change.name.apply_to_present(&mut group.name);
    change.description.apply(&mut group.description);
    change.email.apply(&mut group.email);
    change.additional_information.apply(&mut group.additional_information);
    for (name, change) in change.custom {
        change.apply_to_entry(&mut group.custom, name);
    }
    match change.responsible {
        Change::Keep => {}
        Change::Clear => group.responsible = None,
        Change::Set(person) => group.responsible = resolve(tx, &[person], "responsible").await?.first().copied(),
    }
    match change.members {
        Change::Keep => Ok(None),
        Change::Clear => Ok(Some(BTreeSet::new())),
        Change::Set(people) => resolve(tx, &people, "members").await.map(Some),
    }
}

/// The people that are named; whoever is not there, or not surely meant, is refused by the place in the list.
async fn resolve(tx: &mut WriteTransaction, people: &[PersonReference], field: &str) -> Result<BTreeSet<PersonNumber>, DirectoryError> {
    let mut numbers = BTreeSet::new();
    for (place, reference) in people.iter().enumerate() {
        let key = match reference {
            PersonReference::Number(number) => PersonKey::Number(*number),
            PersonReference::Id(id) => PersonKey::Id(*id),
            PersonReference::Name(name) => PersonKey::AnyoneNamed(folded(name)),
        };
        let found = tx.people_with(&key).await?;
        let fault = match found.as_slice() {
            [person] => {
                numbers.insert(person.number);
                continue;
            }
            [] => "names nobody",
            [_, ..] => "names several people; name one by id",
        };
        let reason = if people.len() == 1 { fault.to_owned() } else { format!("{fault} at place {}", place + 1) };
        return Err(DirectoryError::Invalid { field: field.to_owned(), reason });
    }
    Ok(numbers)
}

async fn set_members(
    tx: &mut WriteTransaction,
    recorder: &Recorder,
    group: GroupNumber,
    members: &BTreeSet<PersonNumber>,
    wanted: &BTreeSet<PersonNumber>,
) -> Result<(), DirectoryError> {
    for person in members.difference(wanted) {
        if let Some(membership) = tx.membership(group, *person).await? {
            recorder.delete_membership(tx, &membership).await?;
        }
    }
    for person in wanted.difference(members) {
        recorder.put_membership(tx, None, &Membership { group, person: *person, title: None }).await?;
    }
    Ok(())
}
