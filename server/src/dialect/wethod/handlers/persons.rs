//! The team: read, and changed one by one.

use crate::dialect::wethod::body::PersonBody;
use crate::dialect::wethod::caller::Caller;
use crate::dialect::wethod::error::Error;
use crate::dialect::wethod::params::{Id, Params, PersonParams};
use crate::dialect::wethod::wire::{RoleCodes, push_person};
use crate::http::json_bytes::push_array;
use crate::http::{AppState, Conditions};
use axum::extract::State;
use axum::http::HeaderValue;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use rollcall_core::directory::{Beside, PackedPerson, PackedRecord, PersonKey, PersonUpdate, Shown, Version};
use rollcall_core::domain::{PersonNumber, Scope};

/// About what one person takes.
const PERSON_BYTES: usize = 448;

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
    listed(&app, &caller, params).await
}

/// The part of the team that is asked for.
pub async fn listed(app: &AppState, caller: &Caller, params: PersonParams) -> Result<Response, Error> {
    let page = app.directory.packed_people(&caller.actor, &params.into_query(), false).await?;
    let codes = RoleCodes::new(&app.directory.vocabulary(&caller.actor).await?.roles);
    let mut persons = Vec::with_capacity(page.people.len() * PERSON_BYTES);
    push_array(&mut persons, page.people.iter(), |bytes, person| push_person(bytes, &person, &codes));
    Ok(caller.tag(page.version).onto(json(persons)))
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
    found(&app, &caller, key).await
}

/// One person of the team.
pub async fn found(app: &AppState, caller: &Caller, key: PersonKey) -> Result<Response, Error> {
    let found = app.directory.packed_person(&caller.actor, key, Beside::Nothing).await?;
    shown(caller, app, &found.record.packed(), found.version).await
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
    shown(&caller, &app, &PackedRecord::new(&found.person).packed(), found.version).await
}

/// One person as it stands.
async fn shown(caller: &Caller, app: &AppState, person: &PackedPerson<'_>, version: Version) -> Result<Response, Error> {
    let codes = RoleCodes::new(&app.directory.vocabulary(&caller.actor).await?.roles);
    let mut bytes = Vec::with_capacity(PERSON_BYTES);
    push_person(&mut bytes, person, &codes);
    Ok(caller.tag(version).onto(json(bytes)))
}

fn json(bytes: Vec<u8>) -> Response {
    ([(CONTENT_TYPE, HeaderValue::from_static("application/json"))], bytes).into_response()
}
