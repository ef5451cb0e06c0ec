//! Groups and their members.

use super::super::caller::Caller;
use super::super::error::Error;
use super::super::params::{GroupPath, GroupsParams, PeopleParams};
use super::super::wire;
use crate::http::AppState;
use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use rollcall_core::directory::{Actor, GroupKey};
use rollcall_core::domain::Scope;
use rollcall_core::query::PersonQuery;

/// GET /api/Organization/groups
pub async fn list(caller: Caller, GroupsParams(query): GroupsParams, State(app): State<AppState>) -> Result<Response, Error> {
    let page = app.directory.groups(&caller.actor, &query).await?;
    let shows_contact = sees_people(&caller.actor);
    let groups = page.groups.iter().map(|group| wire::Group::new(group, page.responsible_for(group), shows_contact));
    Ok(Json(groups.collect::<Vec<_>>()).into_response())
}

/// GET /api/Organization/groups/{id}
pub async fn single(caller: Caller, GroupPath(id): GroupPath, State(app): State<AppState>) -> Result<Response, Error> {
    let found = app.directory.group(&caller.actor, GroupKey::Id(id)).await?;
    let group = wire::Group::new(&found.group, found.responsible.as_ref(), sees_people(&caller.actor));
    Ok(Json(group).into_response())
}

/// GET /api/Organization/groups/{id}/members
pub async fn members(
    caller: Caller,
    GroupPath(id): GroupPath,
    PeopleParams(query): PeopleParams,
    State(app): State<AppState>,
) -> Result<Response, Error> {
    let found = app.directory.group(&caller.actor, GroupKey::Id(id)).await?;
    let query = PersonQuery { member_of: Some(found.group.number), ..query };
    let page = app.directory.people(&caller.actor, &query).await?;
    let people: Vec<_> = page.people.iter().map(wire::Person::listed).collect();
    Ok(Json(people).into_response())
}

fn sees_people(actor: &Actor) -> bool {
    actor.require(Scope::PeopleRead).is_ok()
}
