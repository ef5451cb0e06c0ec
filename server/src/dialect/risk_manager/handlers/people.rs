//! People.

use super::super::caller::Caller;
use super::super::error::Error;
use super::super::params::{CountParams, PeopleParams, PersonPath};
use super::super::wire;
use crate::http::AppState;
use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use rollcall_core::directory::{DirectoryError, PersonKey};

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
    let (person, _) = app.directory.person(&caller.actor, PersonKey::Id(id)).await?;
    let groups = match app.directory.groups_of_person(&caller.actor, person.number).await {
        // Who may not see groups sees a person without them.
        Err(DirectoryError::Forbidden(_)) => Vec::new(),
        groups => groups?,
    };
    Ok(Json(wire::Person::single(&person, &groups)).into_response())
}
