//! POST /scim/v2/Bulk: many operations in one request. Each of them asks for its own permission.

use super::super::bulk::request::Request;
use super::super::bulk::response::BulkResponse;
use super::super::bulk::run::run;
use super::super::caller::Caller;
use super::super::error::Error;
use super::super::media::{Document, Scim};
use crate::http::AppState;
use axum::extract::State;

/// POST /scim/v2/Bulk
pub async fn bulk(caller: Caller, State(app): State<AppState>, Document(document): Document) -> Result<Scim<BulkResponse>, Error> {
    let request = Request::read(document, &|quirk| caller.allows(quirk))?;
    Ok(Scim(run(&app, &caller, &request).await))
}
