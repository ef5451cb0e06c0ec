//! The bin: people deleted, brought back, and erased.
//!
//! Whoever is in the bin is gone from every API at once, and holds no login, address or other key. Numbers and ids are
//! never given again. What referred to the person is let go, remembered, and taken up again when the person comes back.

use super::fields::person_fields;
use super::person_writes::stands;
use super::recording::Recorder;
use super::rules::{Catalogue, References};
use super::{Action, Actor, Directory, DirectoryError, EmailRule, Object, PersonKey, Precondition, rules};
use crate::domain::{Person, PersonNumber, Scope};
use crate::store::{self, BinnedPerson, GroupKey, Places, WriteTransaction};

impl Directory {
    /// Moves a person to the bin.
    pub async fn delete_person(&self, actor: &Actor, key: PersonKey, demanded: &Precondition) -> Result<(), DirectoryError> {
        actor.may(Action::Write, Object::People)?;
        let (actor, now, demanded) = (actor.clone(), self.now(), demanded.clone());
        self.write(actor.organization(), move |tx| {
            Box::pin(async move {
                let recorder = Recorder::begin(tx, &actor, now).await?;
                let before = stands(tx, &actor, key, &demanded, &References::default()).await?;
                rules::refuse_losing_last_owner(tx, &before.catalogue.roles, &before.person, None).await?;
                discard(tx, &recorder, &before.person).await
            })
        })
        .await
    }

    /// Brings a person back from the bin: whole, and to every place that is still there and free.
    ///
    /// A login, external id or identity that somebody else has taken meanwhile is a conflict, which names the holder.
    pub async fn restore_person(&self, actor: &Actor, number: PersonNumber) -> Result<(), DirectoryError> {
        actor.require(Scope::OrganizationAdmin)?;
        let (actor, now) = (actor.clone(), self.now());
        self.write(actor.organization(), move |tx| {
            Box::pin(async move {
                let recorder = Recorder::begin(tx, &actor, now).await?;
                let binned = tx.binned_person(number).await?.ok_or(DirectoryError::NotFound)?;
                let person = binned.person.ok_or(DirectoryError::NotFound)?;
                rules::refuse_greater_role(&actor, &Catalogue::read(tx).await?, None, &person)?;
                bring_back(tx, &recorder, person, binned.places).await
            })
        })
        .await
    }

    /// Erases a person in the bin: the record, what the history says of it, the answers kept for clients, its tokens,
    /// what its identity is known by if that enters no other organization, and what the search index and the database's
    /// log still hold. A tombstone of number and id stays.
    ///
    /// The index is written anew, so that this takes longer the more people there are.
    pub async fn purge_person(&self, actor: &Actor, number: PersonNumber) -> Result<(), DirectoryError> {
        actor.require(Scope::OrganizationAdmin)?;
        let (actor, now) = (actor.clone(), self.now());
        self.write(actor.organization(), move |tx| {
            Box::pin(async move {
                let recorder = Recorder::begin(tx, &actor, now).await?;
                let person = tx.binned_person(number).await?.and_then(|binned| binned.person).ok_or(DirectoryError::NotFound)?;
                recorder.note_person(tx, "erase", &person, None, None).await?;
                tx.erase_in_bin(number).await?;
                tx.erase_changes(number).await?;
                tx.forget_repeats(number).await?;
                if let Some(identity) = person.identity {
                    tx.erase_unlinked_identity(identity).await?;
                }
                tx.silence_tokens_of_person(number, recorder.at()).await?;
                Ok(tx.forget_deleted_people().await?)
            })
        })
        .await?;
        self.empty_log().await;
        Ok(())
    }

    /// The person is erased by now, whatever comes of this.
    async fn empty_log(&self) {
        match self.store.empty_log().await {
            Ok(true) => {}
            Ok(false) => tracing::warn!("the database's log is being read, and holds what was erased until it is written over"),
            Err(error) => tracing::warn!(%error, "the database's log was not emptied, and holds what was erased until it is written over"),
        }
    }
}

/// Lets go of everything that refers to a person, and puts the person into the bin.
pub(super) async fn discard(tx: &mut WriteTransaction, recorder: &Recorder, person: &Person) -> Result<(), DirectoryError> {
    let mut places = Places { memberships: tx.memberships_of_person(person.number).await?, ..Places::default() };
    for membership in &places.memberships {
        recorder.delete_membership(tx, membership).await?;
    }
    // Who is their own manager, as files may say, stays so.
    for before in tx.reports_of(person.number).await?.into_iter().filter(|report| report.number != person.number) {
        places.reports.push(before.number);
        recorder.update_person(tx, &before, &mut Person { manager: None, ..before.clone() }).await?;
    }
    for group in tx.responsibilities_of(person.number).await? {
        places.responsible_for.push(group);
        set_responsible(tx, recorder, &GroupKey::Number(group), None).await?;
    }
    if let Some(identity) = person.identity {
        tx.unlink_identity(identity).await?;
    }
    recorder.note_person(tx, "delete", person, Some(person_fields(person)), None).await?;
    tx.delete_person(person.number).await?;
    Ok(tx.put_into_bin(person, &places, recorder.at()).await?)
}

async fn bring_back(tx: &mut WriteTransaction, recorder: &Recorder, mut person: Person, places: Places) -> Result<(), DirectoryError> {
    rules::refuse_taken(tx, None, &person, EmailRule::Shared).await?;
    // Whoever has no login is shown by the id, which somebody may have taken as theirs.
    if let Some(holder) = tx.person(&store::PersonKey::Login(person.id.to_string())).await? {
        return Err(DirectoryError::Conflict { field: "login", holder: Some(holder.number) });
    }
    if let Some(manager) = person.manager.filter(|manager| *manager != person.number)
        && tx.person(&store::PersonKey::Number(manager)).await?.is_none()
    {
        person.manager = None;
        await_manager(tx, manager, person.number).await?;
    }
    person.updated_at = recorder.at();
    let sequence = recorder.note_person(tx, "restore", &person, None, Some(person_fields(&person))).await?;
    tx.take_out_of_bin(person.number).await?;
    tx.insert_person(&person, sequence).await?;
    if let Some(identity) = person.identity {
        tx.link_identity(identity, person.number).await?;
    }
    for membership in &places.memberships {
        if tx.group(&GroupKey::Number(membership.group)).await?.is_some() {
            recorder.put_membership(tx, None, membership).await?;
        }
    }
    for report in places.reports {
        take_up_report(tx, recorder, report, person.number).await?;
    }
    for group in places.responsible_for {
        set_responsible(tx, recorder, &GroupKey::Number(group), Some(person.number)).await?;
    }
    Ok(())
}

/// Has somebody in the bin remember a report who is back already.
async fn await_manager(tx: &mut WriteTransaction, manager: PersonNumber, report: PersonNumber) -> Result<(), DirectoryError> {
    let Some(BinnedPerson { person: Some(_), mut places }) = tx.binned_person(manager).await? else { return Ok(()) };
    if !places.reports.contains(&report) {
        places.reports.push(report);
        tx.update_places_in_bin(manager, &places).await?;
    }
    Ok(())
}

/// Makes somebody the manager of a report who has none, be the report there or in the bin.
async fn take_up_report(
    tx: &mut WriteTransaction,
    recorder: &Recorder,
    report: PersonNumber,
    manager: PersonNumber,
) -> Result<(), DirectoryError> {
    let taken_up = |before: &Person| Person { manager: Some(manager), ..before.clone() };
    if let Some(before) = tx.person(&store::PersonKey::Number(report)).await? {
        if before.manager.is_none() {
            recorder.update_person(tx, &before, &mut taken_up(&before)).await?;
        }
    } else if let Some(before) = tx.binned_person(report).await?.and_then(|binned| binned.person)
        && before.manager.is_none()
    {
        recorder.update_binned_person(tx, &before, &taken_up(&before)).await?;
    }
    Ok(())
}

/// Lets a person go from a group that it is responsible for, or take up one that nobody is.
async fn set_responsible(
    tx: &mut WriteTransaction,
    recorder: &Recorder,
    key: &GroupKey,
    responsible: Option<PersonNumber>,
) -> Result<(), DirectoryError> {
    let Some(before) = tx.group(key).await? else { return Ok(()) };
    if responsible.is_some() && before.responsible.is_some() {
        return Ok(());
    }
    recorder.update_group(tx, &before, &mut crate::domain::Group { responsible, ..before.clone() }).await?;
    Ok(())
}
