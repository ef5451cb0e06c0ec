//! Tokens for applications (OAuth 2.0 client credentials).

use super::super::error::Error;
use super::super::params::GrantRequest;
use super::super::wire;
use crate::http::{AppState, admission};
use axum::Json;
use axum::extract::State;
use axum::http::Extensions;
use axum::http::header::PRAGMA;
use axum::response::{IntoResponse, Response};
use rollcall_core::directory::{AccessRequest, DirectoryError, Entry};
use rollcall_core::domain::Slug;

/// A day, as the contract's example has it.
const TOKEN_TTL_SECONDS: i64 = 86_400;

/// POST /APIIntegration/token
pub async fn grant(State(app): State<AppState>, extensions: Extensions, request: GrantRequest) -> Result<Response, Error> {
    let GrantRequest { client_id, client_secret, organization } = request;
    let choose = |entries: &[Entry]| choose(entries, organization.as_ref());
    let asked = AccessRequest { lifetime_seconds: TOKEN_TTL_SECONDS, scopes: None };
    let granted = app.directory.grant_access(&client_id, &client_secret, asked, choose).await;
    let token = admission::judged(&extensions, &app, granted).map_err(Error::of_grant)?;
    // RFC 6749, section 5.1, asks for this header beside Cache-Control, which every answer has.
    Ok(([(PRAGMA, "no-cache")], Json(wire::Token::from(&token))).into_response())
}

/// The organization that the path names, or the application's only one.
fn choose(entries: &[Entry], named: Option<&Slug>) -> Result<Entry, DirectoryError> {
    let chosen = match (named, entries) {
        (Some(named), _) => entries.iter().find(|entry| entry.slug == *named),
        (None, [_, _, ..]) => return Err(DirectoryError::ChooseOrganization),
        (None, entries) => entries.first(),
    };
    chosen.cloned().ok_or(DirectoryError::NotFound)
}
