//! What an application sends to the token endpoint: a form, a multipart form (as PHP's curl posts an array) or JSON.

use super::super::error::Error;
use super::super::media;
use crate::http::{AppState, Chosen, Members, admission};
use axum::extract::{FromRequest, Request};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use rollcall_core::directory::{DirectoryError, ShownCode};
use rollcall_core::domain::Slug;

const GRANT_TYPES: [&str; 3] = ["client_credentials", "authorization_code", "refresh_token"];

/// An application that asks for a token (RFC 6749, sections 4.1.3, 4.4 and 6).
#[derive(Clone)]
pub struct GrantRequest {
    pub client_id: String,
    pub client_secret: String,
    /// The organization that the path names.
    pub organization: Option<Slug>,
    pub grant: Grant,
}

/// What it has to show.
#[derive(Clone)]
pub enum Grant {
    /// Itself alone.
    ClientCredentials,
    /// A code that somebody got who has signed in.
    Code(ShownCode),
    /// A refresh token.
    Refresh(String),
}

impl std::fmt::Debug for GrantRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("GrantRequest").field("client_id", &self.client_id).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Grant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::ClientCredentials => "ClientCredentials",
            Self::Code(_) => "Code(…)",
            Self::Refresh(_) => "Refresh(…)",
        })
    }
}

impl FromRequest<AppState> for GrantRequest {
    type Rejection = Error;

    async fn from_request(request: Request, _: &AppState) -> Result<Self, Error> {
        let organization = request.extensions().get::<Chosen>().and_then(|chosen| chosen.path.clone());
        let (parts, body) = request.into_parts();
        let members = Members::read(parts.headers.get(CONTENT_TYPE), body).await?;
        media::check_reply(&parts.headers)?;
        let grant_type = required(&members, "grant_type")?;
        if !GRANT_TYPES.contains(&grant_type.as_str()) {
            return Err(Error::unsupported_grant_type(format!("The grant_type must be one of {}.", GRANT_TYPES.join(", "))));
        }
        let (client_id, client_secret) = client(&parts.headers, &members)?;
        let grant = match grant_type.as_str() {
            "authorization_code" => Grant::Code(ShownCode {
                code: required(&members, "code")?,
                redirect: required(&members, "redirect_uri")?,
                verifier: members.get("code_verifier")?.map(str::to_owned),
            }),
            "refresh_token" => Grant::Refresh(required(&members, "refresh_token")?),
            _ => Grant::ClientCredentials,
        };
        Ok(Self { client_id, client_secret, organization, grant })
    }
}

/// The application's id and secret: in the body, as this API documents it, or in HTTP Basic, as OAuth's libraries send
/// them (RFC 6749, section 2.3). Its bare id again harms nobody.
fn client(headers: &HeaderMap, members: &Members) -> Result<(String, String), Error> {
    let Some((id, secret)) = admission::client(headers).map_err(|_| Error::of_grant(DirectoryError::Unauthenticated))? else {
        return Ok((required(members, "client_id")?, required(members, "client_secret")?));
    };
    if members.get("client_secret")?.is_some() || members.get("client_id")?.is_some_and(|again| again != id) {
        return Err(Error::invalid_request(
            "The client_id and client_secret are given twice: in the Authorization header and in the body.",
        ));
    }
    Ok((id, secret))
}

fn required(members: &Members, name: &str) -> Result<String, Error> {
    members.get(name)?.map(str::to_owned).ok_or_else(|| Error::invalid_request(format!("The member {name} is missing.")))
}
