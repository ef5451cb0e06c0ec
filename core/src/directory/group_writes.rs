//! Groups made, changed and deleted. What becomes of their members is `member_writes`' business.

use super::groups::{self, sequence_of_group};
use super::member_writes::{MemberChange, MemberStep, change_members, resolve};
use super::nesting::remove_from_nesting;
use super::recording::Recorder;
use super::repeat::{Answer, First, Repeat};
use super::rules::Catalogue;
use super::{Action, Actor, Directory, DirectoryError, FoundGroup, GroupKey, GroupView, Object, Precondition, Surroundings, Version};
use crate::domain::{
    AdditionalInformation, AttributeObject, AttributeValue, Attributes, Change, Description, Email, ExternalId, Group, GroupId,
    GroupNumber, LongLabel, NamedPerson, PersonId, PersonNumber, VariableName, check_custom,
};
use crate::query::WithMembers;
use crate::store::{self, Numbered, WriteTransaction};
use std::collections::BTreeMap;

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
    pub members: MemberChange,
}

/// A group as it stands, and what a change may refer to.
///
/// Its members are not read: a change says what is to become of them, and only the rows that it names are looked at.
#[derive(Clone, Debug)]
pub struct GroupBefore {
    pub group: Group,
    pub responsible: Option<NamedPerson>,
    pub catalogue: Catalogue,
}

impl Directory {
    /// Makes a group of what `lens` says. `render` makes the answer of what is viewed; it is kept for a client that asks
    /// again.
    pub async fn create_group<E, L, R>(
        &self,
        actor: &Actor,
        repeat: Option<Repeat>,
        view: GroupView,
        lens: L,
        render: R,
    ) -> Result<Answer, E>
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
                let found = groups::find(tx, &actor, &store::GroupKey::Number(number), view).await?;
                let first = First { organization: actor.organization(), sequence: found.version.sequence(), body: render(&found) };
                Repeat::keep(repeat, tx, &actor, &recorder, ("group", number.get()), first).await.map(Ok)
            })
        });
        made.await?
    }

    /// Changes a group as `lens` says of it. What is said already stands: then nothing is written at all. `members` are
    /// those that the answer needs.
    pub async fn update_group<E, L>(
        &self,
        actor: &Actor,
        key: GroupKey,
        demanded: Precondition,
        members: WithMembers,
        lens: L,
    ) -> Result<FoundGroup, E>
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
                let view = GroupView { shown: demanded.shown, members };
                groups::find(tx, &actor, &store::GroupKey::Number(number), view).await.map(Ok)
            })
        });
        changed.await?
    }

    /// Deletes a group. Its members stay what they are; groups that it was inside of lose it.
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
                remove_from_nesting(tx, &recorder, group.number).await?;
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
        self.step(actor, key, demanded, MemberStep::Add(people.into())).await
    }

    /// Takes people out of a group. Who is not in it stays out.
    pub async fn remove_members(
        &self,
        actor: &Actor,
        key: GroupKey,
        demanded: Precondition,
        people: Vec<PersonReference>,
    ) -> Result<(), DirectoryError> {
        self.step(actor, key, demanded, MemberStep::Remove(people.into())).await
    }

    async fn step(&self, actor: &Actor, key: GroupKey, demanded: Precondition, step: MemberStep) -> Result<(), DirectoryError> {
        actor.may(Action::Write, Object::Groups)?;
        let (actor, now) = (actor.clone(), self.now());
        self.write(actor.organization(), move |tx| {
            Box::pin(async move {
                let recorder = Recorder::begin(tx, &actor, now).await?;
                let group = demanded_group(tx, key, &demanded).await?.number;
                change_members(tx, &recorder, group, MemberChange::Steps(vec![step])).await
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

/// The same, with what a change may refer to.
async fn stands(tx: &mut WriteTransaction, key: GroupKey, demanded: &Precondition) -> Result<GroupBefore, DirectoryError> {
    let group = demanded_group(tx, key, demanded).await?;
    let responsible = match group.responsible {
        Some(number) => tx.person(&store::PersonKey::Number(number)).await?,
        None => None,
    };
    let responsible = responsible.as_ref().map(NamedPerson::from);
    Ok(GroupBefore { group, responsible, catalogue: Catalogue::read(tx).await? })
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
    refuse_taken(tx, None, &group).await?;
    recorder.create_group(tx, &group).await?;
    change_members(tx, recorder, group.number, members).await?;
    Ok(group.number)
}

async fn change_group(
    tx: &mut WriteTransaction,
    recorder: &Recorder,
    before: GroupBefore,
    change: GroupChange,
) -> Result<(), DirectoryError> {
    let GroupBefore { group: before, responsible: _, catalogue } = before;
    let mut group = before.clone();
    let members = apply(tx, &catalogue, &mut group, change).await?;
    refuse_taken(tx, Some(&before), &group).await?;
    recorder.update_group(tx, &before, &mut group).await?;
    change_members(tx, recorder, group.number, members).await
}

/// Refuses an external id that another group has.
async fn refuse_taken(tx: &mut WriteTransaction, before: Option<&Group>, group: &Group) -> Result<(), DirectoryError> {
    if let Some(id) = &group.external_id
        && before.and_then(|before| before.external_id.as_ref()) != Some(id)
        && tx.group_number(&store::GroupKey::ExternalId(id.clone())).await?.is_some()
    {
        return Err(DirectoryError::Conflict { field: "external_id", holder: None });
    }
    Ok(())
}

/// Carries out what a change says of a group itself. What it says of its members is left to be done.
async fn apply(
    tx: &mut WriteTransaction,
    catalogue: &Catalogue,
    group: &mut Group,
    change: GroupChange,
) -> Result<MemberChange, DirectoryError> {
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
    Ok(change.members)
}
