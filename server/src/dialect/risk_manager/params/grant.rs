//! What an application sends to the token endpoint: a form, a multipart form (as PHP's curl posts an array) or JSON.

use super::super::error::Error;
use super::super::media::{self, BodyKind};
use crate::http::{AppState, Chosen, QueryString, body, strict_json};
use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use rollcall_core::domain::Slug;
use serde_json::{Map, Value};

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
        let kind = media::body_kind(request.headers())?;
        media::check_reply(request.headers())?;
        let organization = request.extensions().get::<Chosen>().and_then(|chosen| chosen.path.clone());
        let (parts, body) = request.into_parts();
        let bytes = body::read(body).await?;
        let members = match kind {
            BodyKind::Form => Members::of_form(&bytes)?,
            BodyKind::Multipart => Members::of_multipart(&parts.headers, bytes).await?,
            BodyKind::Json => Members::of_json(&bytes)?,
        };
        members.into_request(organization)
    }
}

/// Names and values, in the order in which they were sent.
struct Members(Vec<(String, String)>);

impl Members {
    fn of_form(bytes: &[u8]) -> Result<Self, Error> {
        let unreadable = |_| Error::invalid_request("The body is not a form in UTF-8.");
        let text = std::str::from_utf8(bytes).map_err(unreadable)?;
        let form = QueryString::parse(Some(text)).map_err(|fault| {
            Error::invalid_request(format!("The member {:?} of the form is not percent-encoded UTF-8 without zero bytes.", fault.key()))
        })?;
        let mut members = Vec::new();
        for key in form.keys() {
            let value = form.get(key).map_err(|_| doubled(key))?;
            members.push((key.to_owned(), value.unwrap_or_default().to_owned()));
        }
        Ok(Self(members))
    }

    fn of_json(bytes: &[u8]) -> Result<Self, Error> {
        let object: Map<String, Value> =
            strict_json(bytes).map_err(|fault| Error::invalid_request(format!("The body is no JSON object of texts: {fault}.")))?;
        let text = |(name, value)| match value {
            Value::String(text) => Ok((name, text)),
            Value::Null => Ok((name, String::new())),
            _ => Err(Error::invalid_request(format!("The member {name:?} must be a text."))),
        };
        object.into_iter().map(text).collect::<Result<_, _>>().map(Self)
    }

    async fn of_multipart(headers: &HeaderMap, bytes: Bytes) -> Result<Self, Error> {
        let unreadable = || Error::invalid_request("The body is not a multipart form of texts in UTF-8.");
        let mut request = Request::new(Body::from(bytes));
        request.headers_mut().extend(headers.get(CONTENT_TYPE).map(|kind| (CONTENT_TYPE, kind.clone())));
        let mut form = Multipart::from_request(request, &()).await.map_err(|_| unreadable())?;
        let mut members: Vec<(String, String)> = Vec::new();
        while let Some(field) = form.next_field().await.map_err(|_| unreadable())? {
            let Some(name) = field.name().map(str::to_owned) else { continue };
            let value = field.bytes().await.map_err(|_| unreadable())?;
            let value = String::from_utf8(value.into()).map_err(|_| unreadable())?;
            if members.iter().any(|(earlier, _)| *earlier == name) {
                return Err(doubled(&name));
            }
            members.push((name, value));
        }
        Ok(Self(members))
    }

    /// An empty member is a missing one (RFC 6749, section 3.2).
    fn required(&self, name: &str) -> Result<&str, Error> {
        let found = self.0.iter().find(|(given, value)| given == name && !value.is_empty());
        found.map(|(_, value)| value.as_str()).ok_or_else(|| Error::invalid_request(format!("The member {name} is missing.")))
    }

    fn into_request(self, organization: Option<Slug>) -> Result<GrantRequest, Error> {
        match self.required("grant_type")? {
            "client_credentials" => {}
            "authorization_code" | "refresh_token" => {
                return Err(Error::unsupported_grant_type("Tokens of users are not given out here yet: use client_credentials."));
            }
            _ => return Err(Error::unsupported_grant_type("The grant_type must be client_credentials.")),
        }
        let (client_id, client_secret) = (self.required("client_id")?.to_owned(), self.required("client_secret")?.to_owned());
        Ok(GrantRequest { client_id, client_secret, organization })
    }
}

fn doubled(name: &str) -> Error {
    Error::invalid_request(format!("The member {name:?} is given more than once."))
}
