//! Who is asking, and what they may do.

use super::super::caller::Caller;
use super::super::error::Error;
use super::super::wire;
use crate::http::{AppState, Conditions};
use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};

/// GET /api/info/me
pub async fn person(caller: Caller, conditions: Conditions, State(app): State<AppState>) -> Result<Response, Error> {
    let found = app.directory.own_person(&caller.actor).await?;
    let tag = caller.tag(found.version);
    match conditions.answer(&tag)? {
        Some(known) => Ok(known),
        None => Ok(tag.onto(Json(wire::Me::from(&found.person)).into_response())),
    }
}

/// GET /api/info/me/privileges
pub async fn privileges(caller: Caller, conditions: Conditions, State(app): State<AppState>) -> Result<Response, Error> {
    let tag = caller.tag(app.directory.version(&caller.actor).await?);
    if let Some(known) = conditions.answer(&tag)? {
        return Ok(known);
    }
    let privileges: Vec<_> = caller.actor.scopes().iter().map(wire::Privilege::from).collect();
    Ok(tag.onto(Json(privileges).into_response()))
}

/// GET /api/info/me/profiles
pub async fn profiles(caller: Caller, conditions: Conditions, State(app): State<AppState>) -> Result<Response, Error> {
    let tag = caller.tag(app.directory.version(&caller.actor).await?);
    let role = app.directory.own_role(&caller.actor).await?;
    match conditions.answer(&tag)? {
        Some(known) => Ok(known),
        None => Ok(tag.onto(Json(role.iter().map(wire::Profile::from).collect::<Vec<_>>()).into_response())),
    }
}
