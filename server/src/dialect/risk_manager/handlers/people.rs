//! People.

use super::super::caller::Caller;
use super::super::error::Error;
use super::super::lens::{NewPerson, PersonEdit};
use super::super::params::{CountParams, PeopleParams, PersonPath, Written};
use super::super::wire;
use super::{PERSON_BYTES, all_of, json, made};
use crate::http::{AppState, Conditions, IdempotencyKey};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use rollcall_core::directory::{self, Catalogue, DirectoryError, FoundPerson, PersonBefore, PersonKey, PersonUpdate, Shown};
use rollcall_core::query::PersonQuery;

/// GET /api/Organization/people
pub async fn list(
    caller: Caller,
    PeopleParams(query): PeopleParams,
    conditions: Conditions,
    State(app): State<AppState>,
) -> Result<Response, Error> {
    let tag = caller.tag(app.directory.version(&caller.actor).await?);
    if let Some(known) = conditions.answer(&tag)? {
        return Ok(known);
    }
    listed(&app, &caller, &query).await
}

/// The people of a query.
pub async fn listed(app: &AppState, caller: &Caller, query: &PersonQuery) -> Result<Response, Error> {
    let page = app.directory.packed_people(&caller.actor, query, false).await?;
    Ok(caller.tag(page.version).onto(all_of(&page.people)?))
}

/// GET /api/Organization/people/count
pub async fn count(
    caller: Caller,
    CountParams(filter): CountParams,
    conditions: Conditions,
    State(app): State<AppState>,
) -> Result<Response, Error> {
    let tag = caller.tag(app.directory.version(&caller.actor).await?);
    if let Some(known) = conditions.answer(&tag)? {
        return Ok(known);
    }
    let count = app.directory.count_people(&caller.actor, &filter).await?;
    Ok(tag.onto(Json(count).into_response()))
}

/// GET /api/Organization/people/{id}
pub async fn single(
    caller: Caller,
    PersonPath(id): PersonPath,
    conditions: Conditions,
    State(app): State<AppState>,
) -> Result<Response, Error> {
    let tag = caller.tag(app.directory.person_version(&caller.actor, PersonKey::Id(id), Shown::GroupNames).await?);
    if let Some(known) = conditions.answer(&tag)? {
        return Ok(known);
    }
    shown(&app, &caller, PersonKey::Id(id)).await
}

/// One person, with its groups.
pub async fn shown(app: &AppState, caller: &Caller, key: PersonKey) -> Result<Response, Error> {
    let (found, groups) = app.directory.packed_person_with_groups(&caller.actor, key).await?;
    let mut person = Vec::with_capacity(PERSON_BYTES);
    wire::push_single(&mut person, &found.record.packed(), &groups).map_err(DirectoryError::from)?;
    Ok(caller.tag(found.version).onto(json(person)))
}

/// POST /api/Organization/people
pub async fn create(
    caller: Caller,
    key: IdempotencyKey,
    State(app): State<AppState>,
    Written { write, bytes }: Written<NewPerson>,
) -> Result<Response, Error> {
    // An address may be several people's, as the contract says nothing else.
    let new = directory::NewPerson { repeat: key.repeat(caller.actor.organization(), &bytes), ..directory::NewPerson::default() };
    let lens = |catalogue: &Catalogue| write.create(&catalogue.definitions).map_err(Error::from);
    let render = |found: &FoundPerson| wire::bare_id(found.person.id.uuid());
    let answer = app.directory.create_person(&caller.actor, new, lens, render).await?;
    Ok(made(answer))
}

/// PUT /api/Organization/people/{id}
pub async fn edit(
    caller: Caller,
    PersonPath(id): PersonPath,
    conditions: Conditions,
    State(app): State<AppState>,
    Written { write, .. }: Written<PersonEdit>,
) -> Result<StatusCode, Error> {
    if write.has_groups() {
        let (_, groups) = app.directory.person_with_groups(&caller.actor, PersonKey::Id(id)).await?;
        write.check_groups(groups.iter().map(|group| group.id))?;
    }
    let update = PersonUpdate { precondition: conditions.precondition(Shown::GroupNames), ..PersonUpdate::default() };
    let lens = |before: &PersonBefore| write.put(&before.person, &before.catalogue.definitions).map_err(Error::from);
    app.directory.update_person(&caller.actor, PersonKey::Id(id), update, lens).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// DELETE /api/Organization/people/{id}
pub async fn delete(
    caller: Caller,
    PersonPath(id): PersonPath,
    conditions: Conditions,
    State(app): State<AppState>,
) -> Result<StatusCode, Error> {
    let demanded = conditions.precondition(Shown::GroupNames);
    app.directory.delete_person(&caller.actor, PersonKey::Id(id), &demanded).await?;
    Ok(StatusCode::NO_CONTENT)
}
