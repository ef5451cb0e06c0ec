//! Lists and searches, of one type of resource or of both.

use super::super::caller::Caller;
use super::super::error::Error;
use super::super::lists::{self, Asked};
use super::super::media::Document;
use super::super::schema::ResourceType;
use crate::http::{AppState, Quirk};
use axum::extract::State;
use axum::response::Response;

const USERS: &[ResourceType] = &[ResourceType::User];
const GROUPS: &[ResourceType] = &[ResourceType::Group];

/// GET /scim/v2/Users
pub async fn users(caller: Caller, asked: Asked, State(app): State<AppState>) -> Result<Response, Error> {
    lists::answer(&app, &caller, USERS, "/Users", &asked).await
}

/// GET /scim/v2/Groups
pub async fn groups(caller: Caller, asked: Asked, State(app): State<AppState>) -> Result<Response, Error> {
    lists::answer(&app, &caller, GROUPS, "/Groups", &asked).await
}

/// GET /scim/v2
pub async fn everything(caller: Caller, asked: Asked, State(app): State<AppState>) -> Result<Response, Error> {
    lists::answer(&app, &caller, &readable(&caller)?, "/", &asked).await
}

/// POST /scim/v2/Users/.search
pub async fn search_users(caller: Caller, State(app): State<AppState>, Document(body): Document) -> Result<Response, Error> {
    lists::answer(&app, &caller, USERS, "/Users", &searched(&caller, body)?).await
}

/// POST /scim/v2/Groups/.search
pub async fn search_groups(caller: Caller, State(app): State<AppState>, Document(body): Document) -> Result<Response, Error> {
    lists::answer(&app, &caller, GROUPS, "/Groups", &searched(&caller, body)?).await
}

/// POST /scim/v2/.search
pub async fn search_everything(caller: Caller, State(app): State<AppState>, Document(body): Document) -> Result<Response, Error> {
    let kinds = readable(&caller)?;
    lists::answer(&app, &caller, &kinds, "/", &searched(&caller, body)?).await
}

/// The types that the caller may see; one at least.
fn readable(caller: &Caller) -> Result<Vec<ResourceType>, Error> {
    let may = |kind: &ResourceType| caller.actor.scopes().contains(kind.read());
    let kinds: Vec<ResourceType> = ResourceType::ALL.into_iter().filter(may).collect();
    if kinds.is_empty() {
        caller.actor.require(ResourceType::User.read())?;
    }
    Ok(kinds)
}

fn searched(caller: &Caller, body: serde_json::Map<String, serde_json::Value>) -> Result<Asked, Error> {
    Asked::of_body(body, &|quirk: &Quirk| quirk.applies(&caller.actor))
}
