//! People.

use super::super::caller::Caller;
use super::super::error::Error;
use super::super::params::{CountParams, PeopleParams, PersonPath};
use super::super::wire;
use crate::http::AppState;
use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use rollcall_core::directory::PersonKey;

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
