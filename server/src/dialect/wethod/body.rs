//! The body of a write: JSON, an object, read strictly.

use super::error::Error;
use super::lens::PersonWrite;
use crate::http::{AppState, Refusal, body, strict_json};
use axum::extract::{FromRequest, Request};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use serde_json::Value;

/// What a client writes of a person. Put it last: the body is read after everything else is in order.
#[derive(Debug)]
pub struct PersonBody(pub PersonWrite);

impl FromRequest<AppState> for PersonBody {
    type Rejection = Error;

    async fn from_request(request: Request, _: &AppState) -> Result<Self, Error> {
        if !is_json(request.headers()) {
            return Err(Refusal::UnsupportedMediaType.into());
        }
        match strict_json(&body::read(request.into_body()).await?)? {
            Value::Object(members) => Ok(Self(PersonWrite::read(members))),
            _ => Err(Error::no_object()),
        }
    }
}

/// Whether the body is called JSON, or nothing at all.
fn is_json(headers: &HeaderMap) -> bool {
    let mut kinds = headers.get_all(CONTENT_TYPE).iter();
    let (kind, another) = (kinds.next(), kinds.next());
    let essence = kind.map(|kind| kind.to_str().unwrap_or("unreadable").split(';').next().unwrap_or_default().trim().to_ascii_lowercase());
    another.is_none() && matches!(essence.as_deref(), None | Some("application/json" | "application/merge-patch+json"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn announced(kinds: &[&'static str]) -> bool {
        is_json(&kinds.iter().map(|kind| (CONTENT_TYPE, HeaderValue::from_static(kind))).collect())
    }

    #[test]
    fn a_body_is_announced_as_json_or_not_at_all() {
        assert!(
            ["application/json", "Application/JSON ; charset=utf-8", "application/merge-patch+json"].iter().all(|kind| announced(&[kind]))
        );
        assert!(announced(&[]));
    }

    #[test]
    fn a_body_of_another_kind_is_not_json() {
        assert!(
            ["", "text/json", "application/jsonp", "application/json, text/plain", "application"].iter().all(|kind| !announced(&[kind]))
        );
    }
}
