//! The body of a write: one JSON object, and announced as JSON.

use super::error::Error;
use crate::http::{AppState, body, strict_json};
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use serde_json::{Map, Value};

/// The object that a client sends. Comes last in a handler, so that everything else is refused first.
#[derive(Debug)]
pub struct Written {
    pub members: Map<String, Value>,
    /// As they came, to tell a repeated request from another one.
    pub bytes: Bytes,
}

impl FromRequest<AppState> for Written {
    type Rejection = Error;

    async fn from_request(request: Request, _: &AppState) -> Result<Self, Error> {
        if !is_json(request.headers()) {
            return Err(Error::no_json());
        }
        let bytes = body::read(request.into_body()).await?;
        let members =
            strict_json(&bytes).map_err(|fault| Error::bad_request(format!("The body is no acceptable JSON object: {fault}.")))?;
        Ok(Self { members, bytes })
    }
}

/// The contract wants the header on every write and answers 415 without it.
fn is_json(headers: &HeaderMap) -> bool {
    let mut kinds = headers.get_all(CONTENT_TYPE).iter();
    let (Some(kind), None) = (kinds.next(), kinds.next()) else { return false };
    let essence = kind.to_str().ok().and_then(|kind| kind.split(';').next());
    essence.is_some_and(|essence| essence.trim().eq_ignore_ascii_case("application/json"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn announced(kinds: &[&'static str]) -> bool {
        is_json(&kinds.iter().map(|kind| (CONTENT_TYPE, HeaderValue::from_static(kind))).collect())
    }

    #[test]
    fn a_body_is_announced_as_json_with_any_parameters() {
        assert!(["application/json", "Application/JSON ; charset=utf-8"].iter().all(|kind| announced(&[kind])));
    }

    #[test]
    fn a_body_of_another_kind_or_of_none_is_not_json() {
        assert!(
            ["", "text/json", "application/jsonp", "application/json, text/plain", "application"].iter().all(|kind| !announced(&[kind]))
        );
        assert!(!announced(&[]));
    }
}
