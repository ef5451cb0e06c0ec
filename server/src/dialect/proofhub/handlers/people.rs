//! People.

use super::super::caller::Caller;
use super::super::error::Error;
use super::super::params::{Part, PathId};
use super::super::wire;
use crate::http::AppState;
use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use rollcall_core::directory::{Actor, PersonKey};
use rollcall_core::domain::{Person, PersonNumber, RoleNumber};
use rollcall_core::query::PersonQuery;

/// GET /api/v3/people
pub async fn list(caller: Caller, Part(window): Part, State(app): State<AppState>) -> Result<Response, Error> {
    let query = PersonQuery { window, with_groups: true, ..PersonQuery::default() };
    let page = app.directory.people(&caller.actor, &query).await?;
    let role = default_role(&app, &caller.actor, &page.people).await?;
    let people = page.people.iter().map(|person| wire::Person::new(person, page.groups_of(person.number), role));
    Ok(Json(people.collect::<Vec<_>>()).into_response())
}

/// GET /api/v3/people/{id}
pub async fn single(caller: Caller, PathId(id): PathId, State(app): State<AppState>) -> Result<Response, Error> {
    let number = PersonNumber::new(id).map_err(|_| Error::not_found())?;
    let found = app.directory.person(&caller.actor, PersonKey::Number(number)).await?;
    let role = default_role(&app, &caller.actor, std::slice::from_ref(&found.person)).await?;
    Ok(Json(wire::Person::new(&found.person, &found.groups, role)).into_response())
}

/// The organization's default role, if one of these people has none.
async fn default_role(app: &AppState, actor: &Actor, people: &[Person]) -> Result<Option<RoleNumber>, Error> {
    if people.iter().all(|person| person.role.is_some()) {
        return Ok(None);
    }
    let roles = app.directory.roles(actor).await?;
    Ok(roles.iter().find(|role| role.is_default).map(|role| role.number))
}
