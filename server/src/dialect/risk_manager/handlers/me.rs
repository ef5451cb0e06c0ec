//! Who is asking, and what they may do.

use super::super::caller::Caller;
use super::super::error::Error;
use super::super::wire;
use crate::http::AppState;
use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};

/// GET /api/info/me
pub async fn person(caller: Caller, State(app): State<AppState>) -> Result<Response, Error> {
    let person = app.directory.own_person(&caller.actor).await?.person;
    Ok(Json(wire::Me::from(&person)).into_response())
}

/// GET /api/info/me/privileges
pub async fn privileges(caller: Caller) -> Json<Vec<wire::Privilege>> {
    Json(caller.actor.scopes().iter().map(wire::Privilege::from).collect())
}

/// GET /api/info/me/profiles
pub async fn profiles(caller: Caller, State(app): State<AppState>) -> Result<Response, Error> {
    let role = app.directory.own_role(&caller.actor).await?;
    Ok(Json(role.iter().map(wire::Profile::from).collect::<Vec<_>>()).into_response())
}
