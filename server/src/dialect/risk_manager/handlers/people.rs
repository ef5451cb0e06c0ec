//! People.

use super::super::caller::Caller;
use super::super::error::Error;
use super::super::lens::{NewPerson, PersonEdit};
use super::super::params::{CountParams, PeopleParams, PersonPath, Written};
use super::super::wire;
use super::made;
use crate::http::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use rollcall_core::directory::{self, Catalogue, FoundPerson, PersonBefore, PersonKey, PersonUpdate, Precondition};

/// GET /api/Organization/people
pub async fn list(caller: Caller, PeopleParams(query): PeopleParams, State(app): State<AppState>) -> Result<Response, Error> {
    let page = app.directory.people(&caller.actor, &query).await?;
    let people: Vec<_> = page.people.iter().map(wire::Person::listed).collect();
    Ok(Json(people).into_response())
}

/// GET /api/Organization/people/count
pub async fn count(caller: Caller, CountParams(filter): CountParams, State(app): State<AppState>) -> Result<Json<u64>, Error> {
    Ok(Json(app.directory.count_people(&caller.actor, &filter).await?))
}

/// GET /api/Organization/people/{id}
pub async fn single(caller: Caller, PersonPath(id): PersonPath, State(app): State<AppState>) -> Result<Response, Error> {
    let (found, groups) = app.directory.person_with_groups(&caller.actor, PersonKey::Id(id)).await?;
    Ok(Json(wire::Person::single(&found.person, &groups)).into_response())
}

/// POST /api/Organization/people
pub async fn create(caller: Caller, State(app): State<AppState>, written: Written<NewPerson>) -> Result<Response, Error> {
    let lens = |catalogue: &Catalogue| written.write.create(&catalogue.definitions).map_err(Error::from);
    let render = |found: &FoundPerson| wire::bare_id(found.person.id.uuid());
    let answer = app.directory.create_person(&caller.actor, directory::NewPerson::default(), lens, render).await?;
    Ok(made(answer))
}

/// PUT /api/Organization/people/{id}
pub async fn edit(
    caller: Caller,
    PersonPath(id): PersonPath,
    State(app): State<AppState>,
    Written { write, .. }: Written<PersonEdit>,
) -> Result<StatusCode, Error> {
    if write.has_groups() {
        let (_, groups) = app.directory.person_with_groups(&caller.actor, PersonKey::Id(id)).await?;
        write.check_groups(groups.iter().map(|group| group.id))?;
    }
    let lens = |before: &PersonBefore| write.put(&before.person, &before.catalogue.definitions).map_err(Error::from);
    app.directory.update_person(&caller.actor, PersonKey::Id(id), PersonUpdate::default(), lens).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// DELETE /api/Organization/people/{id}
pub async fn delete(caller: Caller, PersonPath(id): PersonPath, State(app): State<AppState>) -> Result<StatusCode, Error> {
    app.directory.delete_person(&caller.actor, PersonKey::Id(id), &Precondition::default()).await?;
    Ok(StatusCode::NO_CONTENT)
}
