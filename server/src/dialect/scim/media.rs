//! `application/scim+json` (RFC 7644, section 8.1): every answer is it, errors included, whatever a client accepts; a body
//! may be called `application/json` too, as most identity providers call theirs.

use super::error::Error;
use crate::http::{AppState, Cause, JsonFault, body, strict_json};
use axum::extract::{FromRequest, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::{Map, Value};

/// What the answers are.
pub const SCIM_JSON: HeaderValue = HeaderValue::from_static("application/scim+json");

/// An answer with a body.
#[derive(Clone, Debug)]
pub struct Scim<T>(pub T);

/// The object in a request's body, read strictly. Put it last: the body is read after everything else is in order.
#[derive(Clone, Debug)]
pub struct Document(pub Map<String, Value>);

impl<T: Serialize> IntoResponse for Scim<T> {
    fn into_response(self) -> Response {
        match serde_json::to_vec(&self.0) {
            Ok(bytes) => ([(CONTENT_TYPE, SCIM_JSON)], bytes).into_response(),
            Err(failure) => Error::failed(Cause::new(failure)).into_response(),
        }
    }
}

/// An answer whose bytes are written already.
#[derive(Clone, Debug)]
pub struct Written(pub Vec<u8>);

impl IntoResponse for Written {
    fn into_response(self) -> Response {
        ([(CONTENT_TYPE, SCIM_JSON)], self.0).into_response()
    }
}

impl FromRequest<AppState> for Document {
    type Rejection = Error;

    async fn from_request(request: Request, _: &AppState) -> Result<Self, Error> {
        if !is_scim(request.headers()) {
            return Err(Error::unsupported_media_type());
        }
        Self::read(&body::read(request.into_body()).await?)
    }
}

impl Document {
    /// The object that fills the whole text.
    pub fn read(bytes: &[u8]) -> Result<Self, Error> {
        match strict_json(bytes).map_err(unreadable)? {
            Value::Object(members) => Ok(Self(members)),
            _ => Err(Error::invalid_syntax("The body must be a JSON object.")),
        }
    }
}

fn unreadable(fault: JsonFault) -> Error {
    Error::invalid_syntax(format!("The body is no acceptable JSON: {fault}."))
}

/// Whether the body is called SCIM, JSON, or nothing at all.
fn is_scim(headers: &HeaderMap) -> bool {
    let mut kinds = headers.get_all(CONTENT_TYPE).iter();
    let (kind, another) = (kinds.next(), kinds.next());
    let essence = kind.map(|kind| kind.to_str().unwrap_or("unreadable").split(';').next().unwrap_or_default().trim().to_ascii_lowercase());
    another.is_none() && matches!(essence.as_deref(), None | Some("application/scim+json" | "application/json"))
}

/// The status alone: 204 for what was deleted, or changed where the connection wants no body.
pub fn no_content() -> Response {
    StatusCode::NO_CONTENT.into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn announced(kinds: &[&'static str]) -> bool {
        is_scim(&kinds.iter().map(|kind| (CONTENT_TYPE, HeaderValue::from_static(kind))).collect())
    }

    #[test]
    fn a_body_is_announced_as_scim_or_json_or_not_at_all() {
        for kind in ["application/scim+json", "Application/SCIM+JSON ; charset=utf-8", "application/json", "application/json;v=1"] {
            assert!(announced(&[kind]), "{kind}");
        }
        assert!(announced(&[]));
    }

    #[test]
    fn a_body_of_another_kind_is_not_read() {
        for kind in ["", "text/json", "application/scim", "application/json, text/plain", "application/xml"] {
            assert!(!announced(&[kind]), "{kind}");
        }
        assert!(!announced(&["application/json", "application/json"]));
    }

    #[test]
    fn a_document_is_one_object() {
        assert!(Document::read(br#"{"schemas": []}"#).is_ok());
        for text in ["[]", "1", "\"{}\"", "null", "", "{}{}", r#"{"a":1,"a":2}"#] {
            assert!(Document::read(text.as_bytes()).is_err(), "{text}");
        }
    }
}
