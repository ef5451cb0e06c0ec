//! People.

use super::super::body::Written;
use super::super::caller::Caller;
use super::super::error::Error;
use super::super::lens::PersonWrite;
use super::super::params::{Part, PathId};
use super::super::wire;
use super::{created, deleted, json};
use crate::http::json_bytes::push_array;
use crate::http::{AppState, Conditions, IdempotencyKey};
use axum::extract::State;
use axum::response::Response;
use rollcall_core::directory::{
    Actor, Beside, EmailRule, FoundPerson, NewPerson, PackedRecord, PersonBefore, PersonField, PersonKey, PersonUpdate, Shown,
};
use rollcall_core::domain::{PersonNumber, RoleNumber, Scope};
use rollcall_core::query::{PersonQuery, Window};

/// About what one person takes.
const PERSON_BYTES: usize = 640;

/// GET /api/v3/people
pub async fn list(caller: Caller, Part(window): Part, conditions: Conditions, State(app): State<AppState>) -> Result<Response, Error> {
    let tag = caller.tag(app.directory.version(&caller.actor).await?);
    if let Some(known) = conditions.answer(&tag)? {
        return Ok(known);
    }
    listed(&app, &caller, window).await
}

/// A part of the list.
pub async fn listed(app: &AppState, caller: &Caller, window: Window) -> Result<Response, Error> {
    let query = PersonQuery { window, with_groups: true, ..PersonQuery::default() };
    let page = app.directory.packed_people(&caller.actor, &query, false).await?;
    let role = if page.people.iter().all(|person| person.has(PersonField::Role)) { None } else { default_role(app, &caller.actor).await? };
    let mut people = Vec::with_capacity(page.people.len() * PERSON_BYTES);
    push_array(&mut people, page.people.iter(), |bytes, person| {
        let number = person.number(PersonField::Number).and_then(|number| PersonNumber::new(number).ok());
        wire::push_person(bytes, &person, number.map_or(&[], |number| page.groups_of(number)), role);
    });
    Ok(caller.tag(page.version).onto(json(people)))
}

/// GET /api/v3/people/{id}
pub async fn single(caller: Caller, PathId(id): PathId, conditions: Conditions, State(app): State<AppState>) -> Result<Response, Error> {
    let key = key(id)?;
    let tag = caller.tag(app.directory.person_version(&caller.actor, key, Shown::Record).await?);
    if let Some(known) = conditions.answer(&tag)? {
        return Ok(known);
    }
    shown(&app, &caller, key).await
}

/// One person.
pub async fn shown(app: &AppState, caller: &Caller, key: PersonKey) -> Result<Response, Error> {
    let found = app.directory.packed_person(&caller.actor, key, Beside::Groups).await?;
    let person = found.record.packed();
    let role = if person.has(PersonField::Role) { None } else { default_role(app, &caller.actor).await? };
    let mut bytes = Vec::with_capacity(PERSON_BYTES);
    wire::push_person(&mut bytes, &person, &found.groups, role);
    Ok(caller.tag(found.version).onto(json(bytes)))
}

/// POST /api/v3/people
pub async fn create(caller: Caller, key: IdempotencyKey, State(app): State<AppState>, written: Written) -> Result<Response, Error> {
    let new =
        NewPerson { email: EmailRule::Unique, repeat: key.repeat(caller.actor.organization(), &written.bytes), ..NewPerson::default() };
    let lens = move |_: &_| Ok::<_, Error>(PersonWrite::read_new(written.members)?.create());
    // Whoever is made has a role of their own, so nothing falls back to the default one.
    let render = |found: &FoundPerson| person_bytes(found, None);
    let answer = app.directory.create_person(&caller.actor, new, lens, render).await?;
    Ok(created(&caller, answer))
}

/// PUT /api/v3/people/{id}
pub async fn update(
    caller: Caller,
    PathId(id): PathId,
    conditions: Conditions,
    State(app): State<AppState>,
    written: Written,
) -> Result<Response, Error> {
    // The answer shows the person, so nobody is changed for a caller who may not see them.
    caller.actor.require(Scope::PeopleRead)?;
    let update = PersonUpdate { email: EmailRule::Unique, precondition: conditions.precondition(Shown::Record), ..PersonUpdate::default() };
    let lens = move |before: &PersonBefore| Ok::<_, Error>(PersonWrite::read(written.members)?.put(before)?);
    let found = app.directory.update_person(&caller.actor, key(id)?, update, lens).await?;
    as_it_stands(&app, &caller.actor, &found).await
}

/// DELETE /api/v3/people/{id}
pub async fn delete(caller: Caller, PathId(id): PathId, conditions: Conditions, State(app): State<AppState>) -> Result<Response, Error> {
    app.directory.delete_person(&caller.actor, key(id)?, &conditions.precondition(Shown::Record)).await?;
    Ok(deleted())
}

/// What names a person with this id.
pub fn key(id: i64) -> Result<PersonKey, Error> {
    PersonNumber::new(id).map(PersonKey::Number).map_err(|_| Error::not_found())
}

/// One person as it stands.
async fn as_it_stands(app: &AppState, actor: &Actor, found: &FoundPerson) -> Result<Response, Error> {
    let role = if found.person.role.is_some() { None } else { default_role(app, actor).await? };
    Ok(json(person_bytes(found, role)))
}

fn person_bytes(found: &FoundPerson, default_role: Option<RoleNumber>) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(PERSON_BYTES);
    wire::push_person(&mut bytes, &PackedRecord::new(&found.person).packed(), &found.groups, default_role);
    bytes
}

/// The role of whoever has none of their own.
async fn default_role(app: &AppState, actor: &Actor) -> Result<Option<RoleNumber>, Error> {
    let vocabulary = app.directory.vocabulary(actor).await?;
    Ok(vocabulary.roles.iter().find(|role| role.is_default).map(|role| role.number))
}
