//! What people refer to: roles, and the vendor's own lists of languages and time zones.

use super::super::caller::Caller;
use super::super::error::Error;
use super::super::languages::{LANGUAGES, Language};
use super::super::params::{Part, PathId};
use super::super::wire;
use super::super::zones::ZONES;
use crate::http::AppState;
use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};

/// GET /api/v3/roles
pub async fn roles(caller: Caller, Part(window): Part, State(app): State<AppState>) -> Result<Response, Error> {
    let roles = window.cut(app.directory.roles(&caller.actor).await?);
    Ok(Json(roles.iter().map(wire::Role::from).collect::<Vec<_>>()).into_response())
}

/// GET /api/v3/roles/{id}
pub async fn role(caller: Caller, PathId(id): PathId, State(app): State<AppState>) -> Result<Response, Error> {
    let roles = app.directory.roles(&caller.actor).await?;
    let role = roles.iter().find(|role| role.number.get() == id).ok_or_else(Error::not_found)?;
    Ok(Json(wire::Role::from(role)).into_response())
}

/// GET /api/v3/languages
pub async fn languages(_: Caller) -> Json<&'static [Language]> {
    Json(LANGUAGES)
}

/// GET /api/v3/timezones
pub async fn timezones(_: Caller) -> Json<Vec<wire::Timezone>> {
    Json(ZONES.iter().map(wire::Timezone::from).collect())
}
