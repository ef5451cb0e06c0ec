//! People and groups put into groups and taken out: as steps that read and write only the rows they name, so that one
//! more in a group of a hundred thousand costs what it costs in a group of two.

use super::groups::sees_people;
use super::nesting::{put_subgroup, remove_subgroup};
use super::recording::Recorder;
use super::{Action, DirectoryError, Object, PersonReference};
use crate::domain::{GroupId, GroupNumber, MemberId, Membership, PersonId, PersonNumber, Subgroup, folded};
use crate::query::{Element, Equality, Filter, IdField};
use crate::store::{GroupKey, PersonKey, WriteTransaction};
use std::collections::BTreeSet;
use uuid::Uuid;

/// What a write asks of the members of a group.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum MemberChange {
    #[default]
    Keep,
    /// All the people: who is not named leaves. The groups in it stay, for an API that cannot see them.
    SetPeople(Vec<PersonReference>),
    /// One after another.
    Steps(Vec<MemberStep>),
}

/// One thing to be done to the members of a group.
#[derive(Clone, Debug, PartialEq)]
pub enum MemberStep {
    /// Who is in it already stays as they are.
    Add(MemberList),
    /// Who is not in it stays out.
    Remove(MemberList),
    /// All of them: who is not named leaves.
    Set(MemberList),
    /// Those that pass a filter over elements of a list are taken out. One that names them by id reads no other.
    RemoveWhere(Filter),
}

impl MemberStep {
    /// Whether every member has to be looked at.
    fn is_search(&self) -> bool {
        matches!(self, Self::RemoveWhere(filter) if named_ids(filter).is_none())
    }
}

/// Members that a write names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MemberList {
    pub members: Vec<MemberReference>,
    pub unknown: UnknownMember,
}

impl From<Vec<PersonReference>> for MemberList {
    /// People, all of whom must be there.
    fn from(people: Vec<PersonReference>) -> Self {
        Self { members: people.into_iter().map(MemberReference::Person).collect(), unknown: UnknownMember::Refused }
    }
}

/// What becomes of a member that is not there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UnknownMember {
    /// The write is refused, by the place in the list.
    #[default]
    Refused,
    /// It is left out.
    LeftOut,
}

/// A member that a write names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MemberReference {
    Person(PersonReference),
    Group(GroupId),
    /// A person's, or else a group's.
    Either(Uuid),
}

/// A member that is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Found {
    Person(PersonNumber),
    Group(GroupNumber),
}

/// How errors name the members of a group.
const MEMBERS: &str = "members";
/// Steps of one write that look at every member of the group: others wait to write meanwhile.
const SEARCHES_MAX: usize = 10;

/// Carries out what a write asks of the members of a group.
pub(super) async fn change_members(
    tx: &mut WriteTransaction,
    recorder: &Recorder,
    group: GroupNumber,
    change: MemberChange,
) -> Result<(), DirectoryError> {
    match change {
        MemberChange::Keep => Ok(()),
        MemberChange::SetPeople(people) => {
            let wanted = resolve(tx, &people, MEMBERS).await?.into_iter().map(Found::Person).collect();
            let held = people_of(tx, group).await?;
            set(tx, recorder, group, held, wanted).await
        }
        MemberChange::Steps(steps) => {
            if steps.iter().filter(|step| step.is_search()).count() > SEARCHES_MAX {
                let reason = format!("must not be searched through more than {SEARCHES_MAX} times in one write");
                return Err(DirectoryError::Invalid { field: MEMBERS.to_owned(), reason });
            }
            for step in steps {
                carry_out(tx, recorder, group, step).await?;
            }
            Ok(())
        }
    }
}

async fn carry_out(tx: &mut WriteTransaction, recorder: &Recorder, group: GroupNumber, step: MemberStep) -> Result<(), DirectoryError> {
    match step {
        MemberStep::Add(list) => {
            for member in find_all(tx, &list).await? {
                add(tx, recorder, group, member).await?;
            }
        }
        MemberStep::Remove(list) => {
            for member in find_all(tx, &list).await? {
                remove(tx, recorder, group, member).await?;
            }
        }
        MemberStep::Set(list) => {
            let wanted = find_all(tx, &list).await?;
            let mut held = people_of(tx, group).await?;
            held.extend(tx.subgroups_of(group).await?.into_iter().map(|subgroup| Found::Group(subgroup.subgroup)));
            set(tx, recorder, group, held, wanted).await?;
        }
        MemberStep::RemoveWhere(filter) => {
            for member in passing(tx, recorder, group, &filter).await? {
                remove(tx, recorder, group, member).await?;
            }
        }
    }
    Ok(())
}

/// The members of a group that pass a filter. What a filter asks of people but their ids is for who may see people: to
/// others it would tell who is meant, or take out everybody whose name it cannot see.
async fn passing(
    tx: &mut WriteTransaction,
    recorder: &Recorder,
    group: GroupNumber,
    filter: &Filter,
) -> Result<Vec<Found>, DirectoryError> {
    if !asks_ids_alone(filter) {
        recorder.actor().may(Action::Read, Object::People)?;
    }
    let sees_people = sees_people(recorder.actor());
    let mut members = Vec::new();
    match named_ids(filter) {
        Some(ids) => {
            for id in ids {
                members.extend(tx.shown_member(group, id, sees_people).await?);
            }
        }
        None => members = tx.shown_members(group, sees_people).await?,
    }
    let mut found = Vec::new();
    for member in members.iter().filter(|member| filter.matches(&Element::from(*member))) {
        found.extend(match member.id {
            MemberId::Person(id) => tx.numbers_with(&PersonKey::Id(id)).await?.first().copied().map(Found::Person),
            MemberId::Group(id) => tx.group_number(&GroupKey::Id(id)).await?.map(Found::Group),
        });
    }
    Ok(found)
}

fn asks_ids_alone(filter: &Filter) -> bool {
    match filter {
        Filter::Constant(_) | Filter::Id { .. } => true,
        Filter::Not(inner) => asks_ids_alone(inner),
        Filter::And(parts) | Filter::Or(parts) => parts.iter().all(asks_ids_alone),
        _ => false,
    }
}

/// The uuids outside of which no record passes a filter, where it says so.
fn named_ids(filter: &Filter) -> Option<BTreeSet<Uuid>> {
    match filter {
        Filter::Id { field: IdField::Id, equality: Equality::Equal, value: Some(id) } => Some(BTreeSet::from([*id])),
        Filter::Or(parts) => parts.iter().map(named_ids).collect::<Option<Vec<_>>>().map(|ids| ids.into_iter().flatten().collect()),
        Filter::And(parts) => parts.iter().find_map(named_ids),
        Filter::Constant(false) => Some(BTreeSet::new()),
        _ => None,
    }
}

async fn people_of(tx: &mut WriteTransaction, group: GroupNumber) -> Result<BTreeSet<Found>, DirectoryError> {
    Ok(tx.memberships_of_group(group).await?.into_iter().map(|membership| Found::Person(membership.person)).collect())
}

async fn set(
    tx: &mut WriteTransaction,
    recorder: &Recorder,
    group: GroupNumber,
    held: BTreeSet<Found>,
    wanted: BTreeSet<Found>,
) -> Result<(), DirectoryError> {
    for member in held.difference(&wanted) {
        remove(tx, recorder, group, *member).await?;
    }
    for member in wanted.difference(&held) {
        add(tx, recorder, group, *member).await?;
    }
    Ok(())
}

async fn add(tx: &mut WriteTransaction, recorder: &Recorder, group: GroupNumber, member: Found) -> Result<(), DirectoryError> {
    match member {
        Found::Person(person) if tx.membership(group, person).await?.is_some() => Ok(()),
        Found::Person(person) => recorder.put_membership(tx, None, &Membership { group, person, title: None }).await,
        Found::Group(subgroup) => put_subgroup(tx, recorder, Subgroup { group, subgroup }, MEMBERS).await.map(drop),
    }
}

async fn remove(tx: &mut WriteTransaction, recorder: &Recorder, group: GroupNumber, member: Found) -> Result<(), DirectoryError> {
    match member {
        Found::Person(person) => match tx.membership(group, person).await? {
            Some(membership) => recorder.delete_membership(tx, &membership).await,
            None => Ok(()),
        },
        Found::Group(subgroup) => remove_subgroup(tx, recorder, Subgroup { group, subgroup }).await,
    }
}

/// The members that are named, each once.
async fn find_all(tx: &mut WriteTransaction, list: &MemberList) -> Result<BTreeSet<Found>, DirectoryError> {
    let mut found = BTreeSet::new();
    for (place, reference) in list.members.iter().enumerate() {
        match find(tx, reference).await? {
            Ok(member) => drop(found.insert(member)),
            Err(Unresolved::Nobody | Unresolved::Nothing) if list.unknown == UnknownMember::LeftOut => {}
            Err(unresolved) => return Err(unresolved.refused(MEMBERS, place, list.members.len())),
        }
    }
    Ok(found)
}

async fn find(tx: &mut WriteTransaction, reference: &MemberReference) -> Result<Result<Found, Unresolved>, DirectoryError> {
    let (person, group) = match reference {
        MemberReference::Person(person) => (Some(person.clone()), None),
        MemberReference::Group(id) => (None, Some(*id)),
        MemberReference::Either(id) => (Some(PersonReference::Id(PersonId::new(*id))), Some(GroupId::new(*id))),
    };
    if let Some(person) = person {
        match find_person(tx, &person).await? {
            Ok(number) => return Ok(Ok(Found::Person(number))),
            Err(Unresolved::Nobody) if group.is_some() => {}
            Err(unresolved) => return Ok(Err(unresolved)),
        }
    }
    let found = match group {
        Some(id) => tx.group_number(&GroupKey::Id(id)).await?,
        None => None,
    };
    Ok(found.map(Found::Group).ok_or(Unresolved::Nothing))
}

/// The people that are named; whoever is not there, or not surely meant, is refused by the place in the list.
pub(super) async fn resolve(
    tx: &mut WriteTransaction,
    people: &[PersonReference],
    field: &str,
) -> Result<BTreeSet<PersonNumber>, DirectoryError> {
    let mut numbers = BTreeSet::new();
    for (place, reference) in people.iter().enumerate() {
        match find_person(tx, reference).await? {
            Ok(number) => drop(numbers.insert(number)),
            Err(unresolved) => return Err(unresolved.refused(field, place, people.len())),
        }
    }
    Ok(numbers)
}

/// Why a reference names no one record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unresolved {
    Nobody,
    Nothing,
    Several,
}

impl Unresolved {
    fn refused(self, field: &str, place: usize, of: usize) -> DirectoryError {
        let fault = match self {
            Self::Nobody => "names nobody",
            Self::Nothing => "names no person and no group",
            Self::Several => "names several people; name one by id",
        };
        let reason = if of == 1 { fault.to_owned() } else { format!("{fault} at place {}", place + 1) };
        DirectoryError::Invalid { field: field.to_owned(), reason }
    }
}

async fn find_person(tx: &mut WriteTransaction, reference: &PersonReference) -> Result<Result<PersonNumber, Unresolved>, DirectoryError> {
    let key = match reference {
        PersonReference::Number(number) => PersonKey::Number(*number),
        PersonReference::Id(id) => PersonKey::Id(*id),
        PersonReference::Name(name) => PersonKey::AnyoneNamed(folded(name)),
    };
    Ok(match tx.numbers_with(&key).await?.as_slice() {
        [person] => Ok(*person),
        [] => Err(Unresolved::Nobody),
        [_, ..] => Err(Unresolved::Several),
    })
}
