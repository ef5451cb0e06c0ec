//! Groups, and the built-in group of everybody in front of them.

use super::super::body::Written;
use super::super::caller::Caller;
use super::super::error::Error;
use super::super::lens::GroupWrite;
use super::super::params::{Part, PathId};
use super::super::wire;
use super::{created, deleted, rendered};
use crate::http::{AppState, Conditions, IdempotencyKey};
use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use rollcall_core::directory::{FoundGroup, GroupBefore, GroupKey, GroupView, Shown};
use rollcall_core::domain::{GroupNumber, Scope};
use rollcall_core::query::{GroupQuery, Window, WithMembers};

/// What is shown of a group here.
const VIEW: GroupView = GroupView { shown: Shown::Record, members: WithMembers::People };

/// GET /api/v3/groups
pub async fn list(caller: Caller, Part(window): Part, conditions: Conditions, State(app): State<AppState>) -> Result<Response, Error> {
    // Taken before everything that is read, the tag can be too old for it and never too new.
    let tag = caller.tag(app.directory.version(&caller.actor).await?);
    if let Some(known) = conditions.answer(&tag)? {
        return Ok(known);
    }
    let (shows_everybody, window) = behind_everybody(window);
    let query = GroupQuery { window, members: WithMembers::People, ..GroupQuery::default() };
    let page = app.directory.groups(&caller.actor, &query).await?;
    let mut groups = Vec::with_capacity(page.groups.len() + 1);
    if shows_everybody {
        groups.push(wire::Group::everybody(&app.directory.everybody(&caller.actor).await?));
    }
    groups.extend(page.groups.iter().map(|group| wire::Group::new(group, page.people_of(group.number))));
    Ok(tag.onto(Json(groups).into_response()))
}

/// GET /api/v3/groups/{id}
pub async fn single(caller: Caller, PathId(id): PathId, conditions: Conditions, State(app): State<AppState>) -> Result<Response, Error> {
    if id == wire::EVERYBODY {
        return everybody(&caller, &conditions, &app).await;
    }
    let key = key(id)?;
    let tag = caller.tag(app.directory.group_version(&caller.actor, key, VIEW.shown).await?);
    if let Some(known) = conditions.answer(&tag)? {
        return Ok(known);
    }
    let found = app.directory.group(&caller.actor, key, VIEW).await?;
    Ok(caller.tag(found.version).onto(Json(wire::Group::new(&found.group, &found.people)).into_response()))
}

/// POST /api/v3/groups
pub async fn create(caller: Caller, key: IdempotencyKey, State(app): State<AppState>, written: Written) -> Result<Response, Error> {
    let repeat = key.repeat(caller.actor.organization(), &written.bytes);
    let lens = move |_: &_| Ok::<_, Error>(GroupWrite::read_new(written.members)?.create());
    let render = |found: &FoundGroup| rendered(&wire::Group::new(&found.group, &found.people));
    let answer = app.directory.create_group(&caller.actor, repeat, VIEW, lens, render).await?;
    Ok(created(&caller, answer))
}

/// PUT /api/v3/groups/{id}
pub async fn update(
    caller: Caller,
    PathId(id): PathId,
    conditions: Conditions,
    State(app): State<AppState>,
    written: Written,
) -> Result<Response, Error> {
    // The answer shows the group, so none is changed for a caller who may not see it.
    caller.actor.require(Scope::GroupsRead)?;
    let lens = move |before: &GroupBefore| Ok::<_, Error>(GroupWrite::read(written.members)?.put(before)?);
    let demanded = conditions.precondition(VIEW.shown);
    let found = app.directory.update_group(&caller.actor, changeable(id)?, demanded, VIEW.members, lens).await?;
    Ok(Json(wire::Group::new(&found.group, &found.people)).into_response())
}

/// DELETE /api/v3/groups/{id}
pub async fn delete(caller: Caller, PathId(id): PathId, conditions: Conditions, State(app): State<AppState>) -> Result<Response, Error> {
    app.directory.delete_group(&caller.actor, changeable(id)?, &conditions.precondition(VIEW.shown)).await?;
    Ok(deleted())
}

/// The built-in group. It changes with everybody who comes or goes.
async fn everybody(caller: &Caller, conditions: &Conditions, app: &AppState) -> Result<Response, Error> {
    let tag = caller.tag(app.directory.version(&caller.actor).await?);
    if let Some(known) = conditions.answer(&tag)? {
        return Ok(known);
    }
    let people = app.directory.everybody(&caller.actor).await?;
    Ok(tag.onto(Json(wire::Group::everybody(&people)).into_response()))
}

fn key(id: i64) -> Result<GroupKey, Error> {
    GroupNumber::new(id).map(GroupKey::Number).map_err(|_| Error::not_found())
}

fn changeable(id: i64) -> Result<GroupKey, Error> {
    if id == wire::EVERYBODY { Err(Error::everybody_is_fixed()) } else { key(id) }
}

/// Whether the group of everybody is in this part of the list, and which part of the other groups is.
fn behind_everybody(window: Window) -> (bool, Window) {
    let shows_everybody = window.offset == 0 && window.limit != Some(0);
    let limit = window.limit.map(|limit| limit - u64::from(shows_everybody));
    (shows_everybody, Window { offset: window.offset.saturating_sub(1), limit })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_the_list_join_without_a_gap() {
        assert_eq!(behind_everybody(Window::everything()), (true, Window::everything()));
        assert_eq!(behind_everybody(Window::new(0, 3)), (true, Window::new(0, 2)));
        assert_eq!(behind_everybody(Window::new(3, 3)), (false, Window::new(2, 3)));
        assert_eq!(behind_everybody(Window::new(1, 3)), (false, Window::new(0, 3)));
        assert_eq!(behind_everybody(Window::new(0, 1)), (true, Window::new(0, 0)));
        assert_eq!(behind_everybody(Window::new(0, 0)), (false, Window::new(0, 0)));
    }
}
