//! Users, and `/Me`: the user that the caller's own credential belongs to (RFC 7644, section 3.11).
//!
//! Whoever writes is shown the answer, so a write needs the scope to read too, except for one's own record.

use super::super::caller::{Caller, Guards};
use super::super::error::Error;
use super::super::media::{Document, Written, no_content};
use super::super::params::{PersonPath, Wanted};
use super::super::people::{self, UserView};
use super::super::quirks::PATCH_NO_CONTENT;
use super::super::schema::ResourceType;
use crate::http::{AppState, Cause, IdempotencyKey};
use axum::extract::State;
use axum::http::header::LOCATION;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use rollcall_core::directory::{PackedList, PersonField, PersonKey, Shown};
use rollcall_core::domain::Scope;

/// POST /scim/v2/Users
pub async fn create(
    caller: Caller,
    key: IdempotencyKey,
    wanted: Wanted,
    State(app): State<AppState>,
    Document(document): Document,
) -> Result<Response, Error> {
    caller.actor.require(Scope::PeopleRead)?;
    let view = UserView::of(&app, &caller, &wanted).await?;
    let bytes = serde_json::to_vec(&document).map_err(|error| Error::failed(Cause::new(error)))?;
    let repeat = key.repeat(caller.actor.organization(), &bytes);
    let id = people::create(&app, &caller, document, repeat).await?;
    let listed = app.directory.list_packed_person(&caller.actor, PersonKey::Id(id), view.including(false)).await?;
    answer(StatusCode::CREATED, &caller, &view, &listed)
}

/// GET /scim/v2/Users/{id}
pub async fn single(
    caller: Caller,
    PersonPath(id): PersonPath,
    wanted: Wanted,
    Guards(conditions): Guards,
    State(app): State<AppState>,
) -> Result<Response, Error> {
    let key = PersonKey::Id(id);
    let tag = caller.tag(app.directory.person_version(&caller.actor, key, Shown::Record).await?);
    if let Some(known) = conditions.answer(&tag)? {
        return Ok(known);
    }
    shown(&app, &caller, key, &wanted).await
}

/// One user.
pub async fn shown(app: &AppState, caller: &Caller, key: PersonKey, wanted: &Wanted) -> Result<Response, Error> {
    let view = UserView::of(app, caller, wanted).await?;
    let listed = app.directory.list_packed_person(&caller.actor, key, view.including(false)).await?;
    answer(StatusCode::OK, caller, &view, &listed)
}

/// PUT /scim/v2/Users/{id}
pub async fn replace(
    caller: Caller,
    PersonPath(id): PersonPath,
    wanted: Wanted,
    Guards(conditions): Guards,
    State(app): State<AppState>,
    Document(document): Document,
) -> Result<Response, Error> {
    caller.actor.require(Scope::PeopleRead)?;
    let (key, view) = (PersonKey::Id(id), UserView::of(&app, &caller, &wanted).await?);
    people::replace(&app, &caller, key, conditions.precondition(Shown::Record), document).await?;
    let listed = app.directory.list_packed_person(&caller.actor, key, view.including(false)).await?;
    answer(StatusCode::OK, &caller, &view, &listed)
}

/// PATCH /scim/v2/Users/{id}
pub async fn modify(
    caller: Caller,
    PersonPath(id): PersonPath,
    wanted: Wanted,
    Guards(conditions): Guards,
    State(app): State<AppState>,
    Document(document): Document,
) -> Result<Response, Error> {
    caller.actor.require(Scope::PeopleRead)?;
    let (key, view) = (PersonKey::Id(id), UserView::of(&app, &caller, &wanted).await?);
    people::modify(&app, &caller, key, conditions.precondition(Shown::Record), document).await?;
    if PATCH_NO_CONTENT.applies(&caller.actor) {
        return Ok(no_content());
    }
    let listed = app.directory.list_packed_person(&caller.actor, key, view.including(false)).await?;
    answer(StatusCode::OK, &caller, &view, &listed)
}

/// DELETE /scim/v2/Users/{id}
pub async fn delete(
    caller: Caller,
    PersonPath(id): PersonPath,
    Guards(conditions): Guards,
    State(app): State<AppState>,
) -> Result<Response, Error> {
    app.directory.delete_person(&caller.actor, PersonKey::Id(id), &conditions.precondition(Shown::Record)).await?;
    Ok(no_content())
}

/// GET /scim/v2/Me
pub async fn me(caller: Caller, wanted: Wanted, Guards(conditions): Guards, State(app): State<AppState>) -> Result<Response, Error> {
    own(&caller)?;
    let view = UserView::of(&app, &caller, &wanted).await?;
    let listed = app.directory.list_packed_own(&caller.actor, view.including(false)).await?;
    let tag = listed.iter().next().map(|listed| caller.tag(listed.version));
    match tag.map(|tag| conditions.answer(&tag)).transpose()?.flatten() {
        Some(known) => Ok(known),
        None => answer(StatusCode::OK, &caller, &view, &listed),
    }
}

/// PUT /scim/v2/Me
pub async fn replace_me(
    caller: Caller,
    wanted: Wanted,
    Guards(conditions): Guards,
    State(app): State<AppState>,
    Document(document): Document,
) -> Result<Response, Error> {
    let (key, view) = (own(&caller)?, UserView::of(&app, &caller, &wanted).await?);
    people::replace(&app, &caller, key, conditions.precondition(Shown::Record), document).await?;
    let listed = app.directory.list_packed_own(&caller.actor, view.including(false)).await?;
    answer(StatusCode::OK, &caller, &view, &listed)
}

/// PATCH /scim/v2/Me
pub async fn modify_me(
    caller: Caller,
    wanted: Wanted,
    Guards(conditions): Guards,
    State(app): State<AppState>,
    Document(document): Document,
) -> Result<Response, Error> {
    let (key, view) = (own(&caller)?, UserView::of(&app, &caller, &wanted).await?);
    people::modify(&app, &caller, key, conditions.precondition(Shown::Record), document).await?;
    if PATCH_NO_CONTENT.applies(&caller.actor) {
        return Ok(no_content());
    }
    let listed = app.directory.list_packed_own(&caller.actor, view.including(false)).await?;
    answer(StatusCode::OK, &caller, &view, &listed)
}

/// DELETE /scim/v2/Me
pub async fn delete_me(caller: Caller, Guards(conditions): Guards, State(app): State<AppState>) -> Result<Response, Error> {
    app.directory.delete_person(&caller.actor, own(&caller)?, &conditions.precondition(Shown::Record)).await?;
    Ok(no_content())
}

/// The person behind the caller's credential.
fn own(caller: &Caller) -> Result<PersonKey, Error> {
    caller.actor.person().map(PersonKey::Number).ok_or_else(Error::nobody)
}

/// The one person of a list with the headers that go with it. An entity tag on the answer to a PUT is what RFC 7644, section
/// 3.5.1, shows.
fn answer(status: StatusCode, caller: &Caller, view: &UserView, list: &PackedList) -> Result<Response, Error> {
    let listed = list.iter().next().ok_or_else(Error::not_found)?;
    let mut bytes = Vec::with_capacity(2048);
    view.push(&mut bytes, caller, listed)?;
    let mut response = (status, Written(bytes)).into_response();
    let id = listed.person.text(PersonField::Id).unwrap_or_default();
    let location = caller.base.location(ResourceType::User.endpoint(), id);
    // A public URL is text that a header takes.
    if let Ok(location) = HeaderValue::from_str(&location) {
        response.headers_mut().insert(LOCATION, location);
    }
    Ok(caller.tag(listed.version).onto(response))
}
