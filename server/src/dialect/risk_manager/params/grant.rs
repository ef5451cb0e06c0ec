//! What an application sends to the token endpoint: a form, a multipart form (as PHP's curl posts an array) or JSON.

use super::super::error::Error;
use super::super::media;
use crate::http::{AppState, Chosen, Members};
use axum::extract::{FromRequest, Request};
use axum::http::header::CONTENT_TYPE;
use rollcall_core::domain::Slug;

/// An application that asks for a token of its own (RFC 6749, section 4.4).
#[derive(Clone, PartialEq, Eq)]
pub struct GrantRequest {
    pub client_id: String,
    pub client_secret: String,
    /// The organization that the path names.
    pub organization: Option<Slug>,
}

impl std::fmt::Debug for GrantRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("GrantRequest").field("client_id", &self.client_id).finish_non_exhaustive()
    }
}

impl FromRequest<AppState> for GrantRequest {
    type Rejection = Error;

    async fn from_request(request: Request, _: &AppState) -> Result<Self, Error> {
        let organization = request.extensions().get::<Chosen>().and_then(|chosen| chosen.path.clone());
        let (parts, body) = request.into_parts();
        let members = Members::read(parts.headers.get(CONTENT_TYPE), body).await?;
        media::check_reply(&parts.headers)?;
        match required(&members, "grant_type")? {
            "client_credentials" => {}
            "authorization_code" | "refresh_token" => {
                return Err(Error::unsupported_grant_type("Tokens of users are not given out here yet: use client_credentials."));
            }
            _ => return Err(Error::unsupported_grant_type("The grant_type must be client_credentials.")),
        }
        let (client_id, client_secret) = (required(&members, "client_id")?.to_owned(), required(&members, "client_secret")?.to_owned());
        Ok(Self { client_id, client_secret, organization })
    }
}

fn required<'a>(members: &'a Members, name: &str) -> Result<&'a str, Error> {
    members.get(name)?.ok_or_else(|| Error::invalid_request(format!("The member {name} is missing.")))
}
