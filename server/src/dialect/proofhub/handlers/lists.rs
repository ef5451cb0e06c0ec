//! What people refer to: roles, and the vendor's own lists of languages and time zones.

use super::super::caller::Caller;
use super::super::error::Error;
use super::super::languages::LANGUAGES;
use super::super::params::{Part, PathId};
use super::super::wire;
use super::super::zones::ZONES;
use crate::http::{AppState, Conditions};
use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// GET /api/v3/roles
pub async fn roles(caller: Caller, Part(window): Part, conditions: Conditions, State(app): State<AppState>) -> Result<Response, Error> {
    let tag = caller.tag(app.directory.version(&caller.actor).await?);
    if let Some(known) = conditions.answer(&tag)? {
        return Ok(known);
    }
    let roles = window.cut(app.directory.roles(&caller.actor).await?);
    Ok(tag.onto(Json(roles.iter().map(wire::Role::from).collect::<Vec<_>>()).into_response()))
}

/// GET /api/v3/roles/{id}
pub async fn role(caller: Caller, PathId(id): PathId, conditions: Conditions, State(app): State<AppState>) -> Result<Response, Error> {
    let tag = caller.tag(app.directory.version(&caller.actor).await?);
    let roles = app.directory.roles(&caller.actor).await?;
    let role = roles.iter().find(|role| role.number.get() == id).ok_or_else(Error::not_found)?;
    let known = conditions.answer(&tag)?;
    Ok(known.unwrap_or_else(|| tag.onto(Json(wire::Role::from(role)).into_response())))
}

/// GET /api/v3/languages
pub async fn languages(caller: Caller, conditions: Conditions, State(app): State<AppState>) -> Result<Response, Error> {
    fixed(&caller, &conditions, &app, LANGUAGES).await
}

/// GET /api/v3/timezones
pub async fn timezones(caller: Caller, conditions: Conditions, State(app): State<AppState>) -> Result<Response, Error> {
    fixed(&caller, &conditions, &app, &ZONES.iter().map(wire::Timezone::from).collect::<Vec<_>>()).await
}

/// A list that never changes is still tagged like the others, so that a client may treat all of them alike.
async fn fixed(caller: &Caller, conditions: &Conditions, app: &AppState, list: &(impl Serialize + ?Sized)) -> Result<Response, Error> {
    let tag = caller.tag(app.directory.version(&caller.actor).await?);
    let known = conditions.answer(&tag)?;
    Ok(known.unwrap_or_else(|| tag.onto(Json(list).into_response())))
}
