//! Groups and their members.

use super::super::caller::Caller;
use super::super::error::Error;
use super::super::lens::{GroupEdit, Members, NewGroup};
use super::super::params::{GroupPath, GroupsParams, PeopleParams, Written};
use super::super::wire;
use super::{all_of, made};
use crate::http::{AppState, Conditions, IdempotencyKey};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use rollcall_core::directory::{Actor, Catalogue, FoundGroup, GroupBefore, GroupKey, GroupView, Shown};
use rollcall_core::domain::Scope;
use rollcall_core::query::{PersonQuery, WithMembers};

/// What is shown of a group here: its members have a list of their own.
const VIEW: GroupView = GroupView { shown: Shown::Responsible, members: WithMembers::Nobody };

/// GET /api/Organization/groups
pub async fn list(
    caller: Caller,
    GroupsParams(query): GroupsParams,
    conditions: Conditions,
    State(app): State<AppState>,
) -> Result<Response, Error> {
    let tag = caller.tag(app.directory.version(&caller.actor).await?);
    if let Some(known) = conditions.answer(&tag)? {
        return Ok(known);
    }
    let page = app.directory.groups(&caller.actor, &query).await?;
    let shows_contact = sees_people(&caller.actor);
    let groups = page.groups.iter().map(|group| wire::Group::new(group, page.responsible_for(group), shows_contact));
    Ok(caller.tag(page.version).onto(Json(groups.collect::<Vec<_>>()).into_response()))
}

/// GET /api/Organization/groups/{id}
pub async fn single(
    caller: Caller,
    GroupPath(id): GroupPath,
    conditions: Conditions,
    State(app): State<AppState>,
) -> Result<Response, Error> {
    let tag = caller.tag(app.directory.group_version(&caller.actor, GroupKey::Id(id), VIEW.shown).await?);
    if let Some(known) = conditions.answer(&tag)? {
        return Ok(known);
    }
    let found = app.directory.group(&caller.actor, GroupKey::Id(id), VIEW).await?;
    let group = wire::Group::new(&found.group, found.responsible.as_ref(), sees_people(&caller.actor));
    Ok(caller.tag(found.version).onto(Json(group).into_response()))
}

/// GET /api/Organization/groups/{id}/members
pub async fn members(
    caller: Caller,
    GroupPath(id): GroupPath,
    PeopleParams(query): PeopleParams,
    conditions: Conditions,
    State(app): State<AppState>,
) -> Result<Response, Error> {
    // Asked first, so that a group that is gone is told as that whatever the client has.
    app.directory.group_version(&caller.actor, GroupKey::Id(id), Shown::Record).await?;
    let tag = caller.tag(app.directory.version(&caller.actor).await?);
    if let Some(known) = conditions.answer(&tag)? {
        return Ok(known);
    }
    let found = app.directory.group(&caller.actor, GroupKey::Id(id), VIEW).await?;
    let query = PersonQuery { member_of: Some(found.group.number), ..query };
    let page = app.directory.packed_people(&caller.actor, &query, false).await?;
    Ok(caller.tag(page.version).onto(all_of(&page.people)?))
}

/// POST /api/Organization/groups
pub async fn create(
    caller: Caller,
    key: IdempotencyKey,
    State(app): State<AppState>,
    Written { write, bytes }: Written<NewGroup>,
) -> Result<Response, Error> {
    let repeat = key.repeat(caller.actor.organization(), &bytes);
    let lens = |catalogue: &Catalogue| write.create(&catalogue.definitions).map_err(Error::from);
    let render = |found: &FoundGroup| wire::bare_id(found.group.id.uuid());
    Ok(made(app.directory.create_group(&caller.actor, repeat, VIEW, lens, render).await?))
}

/// PUT /api/Organization/groups/{id}
pub async fn edit(
    caller: Caller,
    GroupPath(id): GroupPath,
    conditions: Conditions,
    State(app): State<AppState>,
    Written { write, .. }: Written<GroupEdit>,
) -> Result<StatusCode, Error> {
    let lens = |before: &GroupBefore| write.put(&before.group, &before.catalogue.definitions).map_err(Error::from);
    let demanded = conditions.precondition(VIEW.shown);
    app.directory.update_group(&caller.actor, GroupKey::Id(id), demanded, VIEW.members, lens).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// DELETE /api/Organization/groups/{id}
pub async fn delete(
    caller: Caller,
    GroupPath(id): GroupPath,
    conditions: Conditions,
    State(app): State<AppState>,
) -> Result<StatusCode, Error> {
    app.directory.delete_group(&caller.actor, GroupKey::Id(id), &conditions.precondition(VIEW.shown)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// POST /api/Organization/groups/{id}/members
///
/// The tag that a condition names is the group's own, which moves with its members; that of the list of its members is
/// the organization's.
pub async fn add_members(
    caller: Caller,
    GroupPath(id): GroupPath,
    conditions: Conditions,
    State(app): State<AppState>,
    Written { write: Members(people), .. }: Written<Members>,
) -> Result<StatusCode, Error> {
    app.directory.add_members(&caller.actor, GroupKey::Id(id), conditions.precondition(VIEW.shown), people).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// DELETE /api/Organization/groups/{id}/members
pub async fn remove_members(
    caller: Caller,
    GroupPath(id): GroupPath,
    conditions: Conditions,
    State(app): State<AppState>,
    Written { write: Members(people), .. }: Written<Members>,
) -> Result<StatusCode, Error> {
    app.directory.remove_members(&caller.actor, GroupKey::Id(id), conditions.precondition(VIEW.shown), people).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn sees_people(actor: &Actor) -> bool {
    actor.require(Scope::PeopleRead).is_ok()
}
