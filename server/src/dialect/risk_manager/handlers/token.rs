//! Tokens for applications (OAuth 2.0): their own, and those of people who have signed in.

use super::super::error::Error;
use super::super::params::{Grant, GrantRequest};
use super::super::wire;
use crate::http::{AppState, admission};
use axum::Json;
use axum::extract::State;
use axum::http::Extensions;
use axum::http::header::PRAGMA;
use axum::response::{IntoResponse, Response};
use rollcall_core::directory::{AccessRequest, AccessToken, DirectoryError, Entry, GrantError, Lifetimes, Secret, SignInTokens};
use rollcall_core::domain::Slug;

/// A day, as the contract's example has it.
const TOKEN_TTL_SECONDS: i64 = 86_400;
/// Half a year, as the contract's example has it; and a refresh token gives another one in its place.
const REFRESH_TTL_SECONDS: i64 = 15_552_000;
const LIFETIMES: Lifetimes = Lifetimes { access_seconds: TOKEN_TTL_SECONDS, refresh_seconds: REFRESH_TTL_SECONDS };

/// POST /APIIntegration/token
pub async fn grant(State(app): State<AppState>, extensions: Extensions, request: GrantRequest) -> Result<Response, Error> {
    let GrantRequest { client_id, client_secret, organization, grant } = request;
    let (client, chosen) = ((client_id.as_str(), client_secret.as_str()), organization.as_ref());
    let given = match grant {
        Grant::ClientCredentials => {
            let asked = AccessRequest { lifetime_seconds: TOKEN_TTL_SECONDS, scopes: None };
            let granted = app.directory.grant_access(client.0, client.1, asked, |entries| choose(entries, chosen)).await;
            granted.map(|access| (access, None))
        }
        Grant::Code(shown) => of_person(app.directory.redeem_code(client, chosen, shown, LIFETIMES).await)?,
        Grant::Refresh(token) => of_person(app.directory.refresh(client, chosen, &token, LIFETIMES).await)?,
    };
    let (access, refresh) = admission::judged(&extensions, &app, given).map_err(Error::of_grant)?;
    // RFC 6749, section 5.1, asks for this header beside Cache-Control, which every answer has.
    Ok(([(PRAGMA, "no-cache")], Json(wire::Token::new(&access, refresh.as_ref()))).into_response())
}

/// The tokens of somebody who has signed in.
type Given = Result<(AccessToken, Option<Secret>), DirectoryError>;

fn of_person(given: Result<SignInTokens, GrantError>) -> Result<Given, Error> {
    match given {
        Ok(tokens) => Ok(Ok((tokens.access, Some(tokens.refresh)))),
        Err(GrantError::InvalidGrant) => Err(Error::invalid_grant()),
        Err(GrantError::Directory(error)) => Ok(Err(error)),
    }
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
