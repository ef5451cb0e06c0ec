//! The team: read, and changed one by one.

use crate::dialect::wethod::body::PersonBody;
use crate::dialect::wethod::caller::Caller;
use crate::dialect::wethod::error::Error;
use crate::dialect::wethod::params::{Id, Params, PersonParams};
use crate::dialect::wethod::wire::{PersonDocument, codes};
use crate::http::{AppState, Conditions};
use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use rollcall_core::directory::{FoundPerson, PersonKey, PersonUpdate, Shown};
use rollcall_core::domain::{PersonNumber, Scope};

/// GET /api/persons
pub async fn list(
    caller: Caller,
    conditions: Conditions,
    Params(params): Params<PersonParams>,
    State(app): State<AppState>,
) -> Result<Response, Error> {
    let version = app.directory.version(&caller.actor).await?;
    if let Some(known) = conditions.answer(&caller.tag(version))? {
        return Ok(known);
    }
    let page = app.directory.people(&caller.actor, &params.into_query()).await?;
    let roles = app.directory.roles(&caller.actor).await?;
    let codes = codes(&roles);
    let persons: Vec<_> = page.people.iter().map(|person| PersonDocument::new(person, &codes)).collect();
    Ok(caller.tag(page.version).onto(Json(persons).into_response()))
}

/// GET /api/persons/{id}
pub async fn one(
    caller: Caller,
    conditions: Conditions,
    Id(number): Id<PersonNumber>,
    State(app): State<AppState>,
) -> Result<Response, Error> {
    let key = PersonKey::Number(number);
    let version = app.directory.person_version(&caller.actor, key, Shown::Record).await?;
    if let Some(known) = conditions.answer(&caller.tag(version))? {
        return Ok(known);
    }
    let found = app.directory.person(&caller.actor, key).await?;
    shown(&caller, &app, &found).await
}

/// PATCH /api/persons/{id}
pub async fn change(
    caller: Caller,
    conditions: Conditions,
    Id(number): Id<PersonNumber>,
    State(app): State<AppState>,
    PersonBody(write): PersonBody,
) -> Result<Response, Error> {
    // The answer shows the person, so nobody is changed for a caller who may not see them.
    caller.actor.require(Scope::PeopleRead)?;
    let update = PersonUpdate { precondition: conditions.precondition(Shown::Record), ..PersonUpdate::default() };
    let lens = move |before: &_| write.put(before).map_err(Error::InvalidData);
    let found = app.directory.update_person(&caller.actor, PersonKey::Number(number), update, lens).await?;
    shown(&caller, &app, &found).await
}

/// One person as it stands.
async fn shown(caller: &Caller, app: &AppState, found: &FoundPerson) -> Result<Response, Error> {
    let roles = app.directory.roles(&caller.actor).await?;
    let document = Json(PersonDocument::new(&found.person, &codes(&roles)));
    Ok(caller.tag(found.version).onto(document.into_response()))
}
