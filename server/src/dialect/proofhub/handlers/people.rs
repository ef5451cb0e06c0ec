//! People.

use super::super::body::Written;
use super::super::caller::Caller;
use super::super::error::Error;
use super::super::lens::PersonWrite;
use super::super::params::{Part, PathId};
use super::super::wire;
use super::{created, deleted, rendered};
use crate::http::{AppState, Conditions, IdempotencyKey};
use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use rollcall_core::directory::{Actor, EmailRule, FoundPerson, NewPerson, PersonBefore, PersonKey, PersonUpdate, Shown};
use rollcall_core::domain::{Person, PersonNumber, RoleNumber, Scope};
use rollcall_core::query::PersonQuery;

/// GET /api/v3/people
pub async fn list(caller: Caller, Part(window): Part, conditions: Conditions, State(app): State<AppState>) -> Result<Response, Error> {
    let tag = caller.tag(app.directory.version(&caller.actor).await?);
    if let Some(known) = conditions.answer(&tag)? {
        return Ok(known);
    }
    let query = PersonQuery { window, with_groups: true, ..PersonQuery::default() };
    let page = app.directory.people(&caller.actor, &query).await?;
    let role = role_of_the_rest(&app, &caller.actor, &page.people).await?;
    let people = page.people.iter().map(|person| wire::Person::new(person, page.groups_of(person.number), role));
    Ok(caller.tag(page.version).onto(Json(people.collect::<Vec<_>>()).into_response()))
}

/// GET /api/v3/people/{id}
pub async fn single(caller: Caller, PathId(id): PathId, conditions: Conditions, State(app): State<AppState>) -> Result<Response, Error> {
    let key = key(id)?;
    let tag = caller.tag(app.directory.person_version(&caller.actor, key, Shown::Record).await?);
    if let Some(known) = conditions.answer(&tag)? {
        return Ok(known);
    }
    let found = app.directory.person(&caller.actor, key).await?;
    let role = role_of_the_rest(&app, &caller.actor, std::slice::from_ref(&found.person)).await?;
    Ok(caller.tag(found.version).onto(Json(wire::Person::new(&found.person, &found.groups, role)).into_response()))
}

/// POST /api/v3/people
pub async fn create(caller: Caller, key: IdempotencyKey, State(app): State<AppState>, written: Written) -> Result<Response, Error> {
    let new =
        NewPerson { email: EmailRule::Unique, repeat: key.repeat(caller.actor.organization(), &written.bytes), ..NewPerson::default() };
    let lens = move |_: &_| Ok::<_, Error>(PersonWrite::read_new(written.members)?.create());
    // Whoever is made has a role of their own, so nothing falls back to the default one.
    let render = |found: &FoundPerson| rendered(&wire::Person::new(&found.person, &found.groups, None));
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
    let role = role_of_the_rest(&app, &caller.actor, std::slice::from_ref(&found.person)).await?;
    Ok(Json(wire::Person::new(&found.person, &found.groups, role)).into_response())
}

/// DELETE /api/v3/people/{id}
pub async fn delete(caller: Caller, PathId(id): PathId, conditions: Conditions, State(app): State<AppState>) -> Result<Response, Error> {
    app.directory.delete_person(&caller.actor, key(id)?, &conditions.precondition(Shown::Record)).await?;
    Ok(deleted())
}

fn key(id: i64) -> Result<PersonKey, Error> {
    PersonNumber::new(id).map(PersonKey::Number).map_err(|_| Error::not_found())
}

/// The organization's default role, if one of these people has none.
async fn role_of_the_rest(app: &AppState, actor: &Actor, people: &[Person]) -> Result<Option<RoleNumber>, Error> {
    if people.iter().all(|person| person.role.is_some()) {
        return Ok(None);
    }
    let roles = app.directory.roles(actor).await?;
    Ok(roles.iter().find(|role| role.is_default).map(|role| role.number))
}
