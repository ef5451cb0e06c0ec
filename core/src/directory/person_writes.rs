//! People made and changed, for every API.
//!
//! A room says what it wants as a [`PersonChange`], made by its lens from the person as it stands; what is allowed, what
//! is unique and what is remembered is decided here, in one transaction.

use super::people::{self, sequence_shown};
use super::recording::Recorder;
use super::repeat::{Answer, First, Repeat};
use super::rules::{self, Catalogue, References};
use super::{Action, Actor, Directory, DirectoryError, FoundPerson, Object, PersonKey, Precondition, Surroundings, Version};
use crate::domain::{Change, GroupNumber, Membership, Person, PersonChange, PersonId, PersonNumber};
use crate::store::{self, Numbered, WriteTransaction};

/// Whether an e-mail address may be several people's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EmailRule {
    #[default]
    Shared,
    /// The API makes people by their address: a second person with it is a conflict.
    Unique,
}

/// How a person is to be made.
#[derive(Clone, Debug, Default)]
pub struct NewPerson {
    pub email: EmailRule,
    pub repeat: Option<Repeat>,
    pub references: References,
}

/// How a person is to be changed.
#[derive(Clone, Debug, Default)]
pub struct PersonUpdate {
    pub email: EmailRule,
    pub precondition: Precondition,
    pub references: References,
}

/// A person as it stands, and what a change may refer to.
#[derive(Clone, Debug)]
pub struct PersonBefore {
    pub person: Person,
    /// Ascending.
    pub groups: Vec<GroupNumber>,
    pub catalogue: Catalogue,
}

impl Directory {
    /// Makes a person of what `lens` says. `render` makes the answer, which is kept for a client that asks again.
    pub async fn create_person<E, L, R>(&self, actor: &Actor, new: NewPerson, lens: L, render: R) -> Result<Answer, E>
    where
        E: From<DirectoryError> + Send + 'static,
        L: FnOnce(&Catalogue) -> Result<PersonChange, E> + Send + 'static,
        R: FnOnce(&FoundPerson) -> Vec<u8> + Send + 'static,
    {
        actor.may(Action::Write, Object::People)?;
        let (actor, surroundings) = (actor.clone(), self.surroundings.clone());
        let made = self.write(actor.organization(), move |tx| {
            Box::pin(async move {
                let recorder = Recorder::begin(tx, &actor, surroundings.now()).await?;
                if let Some(answer) = Repeat::answered(new.repeat.as_ref(), tx, &actor, &recorder).await? {
                    return Ok(Ok(answer));
                }
                let catalogue = Catalogue::read_with(tx, &new.references, None).await?;
                let change = match lens(&catalogue) {
                    Ok(change) => change,
                    Err(refused) => return Ok(Err(refused)),
                };
                let found = make(tx, &actor, &surroundings, &recorder, &catalogue, change, new.email).await?;
                let number = found.person.number;
                let first = First { organization: actor.organization(), sequence: found.version.sequence(), body: render(&found) };
                Repeat::keep(new.repeat, tx, &actor, &recorder, ("person", number.get()), first).await.map(Ok)
            })
        });
        made.await?
    }

    /// Changes a person as `lens` says of it. What is said already stands: then nothing is written at all.
    pub async fn update_person<E, L>(&self, actor: &Actor, key: PersonKey, update: PersonUpdate, lens: L) -> Result<FoundPerson, E>
    where
        E: From<DirectoryError> + Send + 'static,
        L: FnOnce(&PersonBefore) -> Result<PersonChange, E> + Send + 'static,
    {
        actor.may(Action::Write, Object::People)?;
        let (actor, now) = (actor.clone(), self.now());
        let changed = self.write(actor.organization(), move |tx| {
            Box::pin(async move {
                let recorder = Recorder::begin(tx, &actor, now).await?;
                let before = stands(tx, &actor, key, &update.precondition, &update.references).await?;
                let change = match lens(&before) {
                    Ok(change) => change,
                    Err(refused) => return Ok(Err(refused)),
                };
                change_person(tx, &actor, &recorder, before, change, update.email).await.map(Ok)
            })
        });
        changed.await?
    }
}

/// The person of a key as it stands, if what the actor is shown of it is as demanded.
pub(super) async fn stands(
    tx: &mut WriteTransaction,
    actor: &Actor,
    key: PersonKey,
    demanded: &Precondition,
    references: &References,
) -> Result<PersonBefore, DirectoryError> {
    let (person, own) = tx.person_with_sequence(&key.into()).await?.ok_or(DirectoryError::NotFound)?;
    let sequence = sequence_shown(tx, person.number, own, people::shown_to(actor, demanded.shown)).await?;
    demanded.check(Version::new(tx.organization(), sequence))?;
    let groups = tx.groups_of_person(person.number).await?;
    let catalogue = Catalogue::read_with(tx, references, Some(&person)).await?;
    Ok(PersonBefore { person, groups, catalogue })
}

async fn make(
    tx: &mut WriteTransaction,
    actor: &Actor,
    surroundings: &Surroundings,
    recorder: &Recorder,
    catalogue: &Catalogue,
    mut change: PersonChange,
    email: EmailRule,
) -> Result<FoundPerson, DirectoryError> {
    rules::refuse_unknown(tx, catalogue, &change).await?;
    let groups = std::mem::take(&mut change.groups);
    let number = tx.next_number(Numbered::Person).await?.and_then(|number| PersonNumber::new(number).ok());
    let number = number.ok_or_else(|| DirectoryError::used_up("person"))?;
    let mut person = Person::new(PersonId::new(surroundings.new_id()), number, recorder.at());
    person.role = catalogue.default_role().map(|role| role.number);
    change.apply(&mut person);
    refuse_nameless(&person)?;
    refuse_own_manager(&person)?;
    rules::refuse_greater_role(actor, catalogue, None, &person)?;
    rules::refuse_taken(tx, None, &person, email).await?;
    let sequence = recorder.create_person(tx, person.clone()).await?;
    let is_moved = set_groups(tx, actor, recorder, number, &[], groups).await?;
    as_written(tx, person, Vec::new(), Some(sequence).filter(|_| !is_moved)).await
}

async fn change_person(
    tx: &mut WriteTransaction,
    actor: &Actor,
    recorder: &Recorder,
    before: PersonBefore,
    mut change: PersonChange,
    email: EmailRule,
) -> Result<FoundPerson, DirectoryError> {
    let PersonBefore { person: before, groups: held, catalogue } = before;
    rules::refuse_unknown(tx, &catalogue, &change).await?;
    let groups = std::mem::take(&mut change.groups);
    let mut person = before.clone();
    change.apply(&mut person);
    if !before.name().is_empty() {
        refuse_nameless(&person)?;
    }
    // Files may say so, and then whatever else changes has nothing to do with it.
    if person.manager != before.manager {
        refuse_own_manager(&person)?;
    }
    rules::refuse_greater_role(actor, &catalogue, Some(&before), &person)?;
    rules::refuse_taken(tx, Some(&before), &person, email).await?;
    rules::refuse_losing_last_owner(tx, &catalogue.roles, &before, Some(&person)).await?;
    let sequence = recorder.update_person(tx, &before, &mut person).await?;
    let is_moved = set_groups(tx, actor, recorder, before.number, &held, groups).await?;
    as_written(tx, person, held, sequence.filter(|_| !is_moved)).await
}

/// A person after a write, which is known where the write was the `last` change of all that is shown of it; else it is read.
async fn as_written(
    tx: &mut WriteTransaction,
    person: Person,
    groups: Vec<GroupNumber>,
    last: Option<i64>,
) -> Result<FoundPerson, DirectoryError> {
    let organization = tx.organization();
    match last {
        Some(sequence) => Ok(FoundPerson { person, groups, version: Version::new(organization, sequence) }),
        None => people::find(tx, organization, &store::PersonKey::Number(person.number)).await,
    }
}

/// Every API calls a person something, and a file without it cannot be read again.
fn refuse_nameless(person: &Person) -> Result<(), DirectoryError> {
    if person.name().is_empty() {
        let reason = "must be given, or an e-mail address or a login".to_owned();
        return Err(DirectoryError::Invalid { field: "name".to_owned(), reason });
    }
    Ok(())
}

fn refuse_own_manager(person: &Person) -> Result<(), DirectoryError> {
    if person.manager == Some(person.number) {
        return Err(DirectoryError::Invalid { field: "manager".to_owned(), reason: "must be somebody else".to_owned() });
    }
    Ok(())
}

/// Puts a person into the groups that it is to be in, and takes it out of the others. Whether there was anything to do.
async fn set_groups(
    tx: &mut WriteTransaction,
    actor: &Actor,
    recorder: &Recorder,
    person: PersonNumber,
    held: &[GroupNumber],
    wanted: Change<Vec<GroupNumber>>,
) -> Result<bool, DirectoryError> {
    let mut wanted = match wanted {
        Change::Keep => return Ok(false),
        Change::Set(wanted) => wanted,
        Change::Clear => Vec::new(),
    };
    wanted.sort_unstable();
    wanted.dedup();
    if wanted == held {
        return Ok(false);
    }
    actor.may(Action::Write, Object::Groups)?;
    rules::refuse_unknown_groups(tx, &wanted).await?;
    for group in held.iter().filter(|group| !wanted.contains(group)) {
        if let Some(membership) = tx.membership(*group, person).await? {
            recorder.delete_membership(tx, &membership).await?;
        }
    }
    for group in wanted.into_iter().filter(|group| !held.contains(group)) {
        recorder.put_membership(tx, None, &Membership { group, person, title: None }).await?;
    }
    Ok(true)
}
