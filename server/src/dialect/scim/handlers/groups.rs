//! Groups.
//!
//! Whoever writes is shown the answer, so a write needs the scope to read too.

use super::super::caller::{Caller, Guards};
use super::super::error::Error;
use super::super::groups::{self, GroupView};
use super::super::media::{Document, Scim, no_content};
use super::super::params::{GroupPath, Wanted};
use super::super::quirks::PATCH_NO_CONTENT;
use super::super::schema::ResourceType;
use crate::http::{AppState, Cause, IdempotencyKey};
use axum::extract::State;
use axum::http::header::LOCATION;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use rollcall_core::directory::{GroupKey, ListedGroup, Shown};
use rollcall_core::domain::Scope;
use rollcall_core::query::WithMembers;

/// POST /scim/v2/Groups
pub async fn create(
    caller: Caller,
    key: IdempotencyKey,
    wanted: Wanted,
    State(app): State<AppState>,
    Document(document): Document,
) -> Result<Response, Error> {
    caller.actor.require(Scope::GroupsRead)?;
    let view = GroupView::of(&app, &caller, &wanted).await?;
    let bytes = serde_json::to_vec(&document).map_err(|error| Error::failed(Cause::new(error)))?;
    let repeat = key.repeat(caller.actor.organization(), &bytes);
    let id = groups::create(&app, &caller, document, repeat).await?;
    let listed = view.read(&app, &caller, id, view.members()).await?;
    Ok(answer(StatusCode::CREATED, &caller, &view, &listed))
}

/// GET /scim/v2/Groups/{id}
pub async fn single(
    caller: Caller,
    GroupPath(id): GroupPath,
    wanted: Wanted,
    Guards(conditions): Guards,
    State(app): State<AppState>,
) -> Result<Response, Error> {
    let tag = caller.tag(app.directory.group_version(&caller.actor, GroupKey::Id(id), Shown::Nested).await?);
    if let Some(known) = conditions.answer(&tag)? {
        return Ok(known);
    }
    let view = GroupView::of(&app, &caller, &wanted).await?;
    let listed = view.read(&app, &caller, id, view.members()).await?;
    Ok(answer(StatusCode::OK, &caller, &view, &listed))
}

/// PUT /scim/v2/Groups/{id}
pub async fn replace(
    caller: Caller,
    GroupPath(id): GroupPath,
    wanted: Wanted,
    Guards(conditions): Guards,
    State(app): State<AppState>,
    Document(document): Document,
) -> Result<Response, Error> {
    caller.actor.require(Scope::GroupsRead)?;
    let view = GroupView::of(&app, &caller, &wanted).await?;
    groups::replace(&app, &caller, GroupKey::Id(id), conditions.precondition(Shown::Nested), document).await?;
    let listed = view.read(&app, &caller, id, view.members()).await?;
    Ok(answer(StatusCode::OK, &caller, &view, &listed))
}

/// PATCH /scim/v2/Groups/{id}
///
/// A large group is not sent back unless its attributes are asked for: RFC 7644, section 3.5.2, lets a server choose
/// between 200 with the resource and 204 where they are not.
pub async fn modify(
    caller: Caller,
    GroupPath(id): GroupPath,
    wanted: Wanted,
    Guards(conditions): Guards,
    State(app): State<AppState>,
    Document(document): Document,
) -> Result<Response, Error> {
    caller.actor.require(Scope::GroupsRead)?;
    let view = GroupView::of(&app, &caller, &wanted).await?;
    groups::modify(&app, &caller, GroupKey::Id(id), conditions.precondition(Shown::Nested), document).await?;
    if PATCH_NO_CONTENT.applies(&caller.actor) {
        return Ok(no_content());
    }
    let members = view.members_after_patch();
    let listed = view.read(&app, &caller, id, members).await?;
    let is_too_large = listed.members.is_none() && matches!(members, WithMembers::AtMost(_));
    Ok(if is_too_large { no_content() } else { answer(StatusCode::OK, &caller, &view, &listed) })
}

/// DELETE /scim/v2/Groups/{id}
pub async fn delete(
    caller: Caller,
    GroupPath(id): GroupPath,
    Guards(conditions): Guards,
    State(app): State<AppState>,
) -> Result<Response, Error> {
    app.directory.delete_group(&caller.actor, GroupKey::Id(id), &conditions.precondition(Shown::Nested)).await?;
    Ok(no_content())
}

/// One group with the headers that go with it.
fn answer(status: StatusCode, caller: &Caller, view: &GroupView, listed: &ListedGroup) -> Response {
    let mut response = (status, Scim(view.resource(caller, listed))).into_response();
    let location = caller.base.location(ResourceType::Group.endpoint(), listed.group.id);
    // A public URL is text that a header takes.
    if let Ok(location) = HeaderValue::from_str(&location) {
        response.headers_mut().insert(LOCATION, location);
    }
    caller.tag(listed.version).onto(response)
}
