//! Who is asking: a key in `X-API-KEY`, and the organization that it, the path or the host chooses.

use super::error::Error;
use crate::http::{AppState, Chosen, Tag, admission};
use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::header::USER_AGENT;
use axum::http::request::Parts;
use rollcall_core::directory::{Actor, Version};

const X_API_KEY: &str = "x-api-key";

/// Somebody who may ask. Comes first in every handler, so that a request without a good key learns nothing else.
#[derive(Clone, Debug)]
pub struct Caller {
    pub actor: Actor,
}

impl Caller {
    /// The `ETag` of an answer to this caller.
    pub fn tag(&self, version: Version) -> Tag {
        Tag::new(version, self.actor.scopes(), X_API_KEY)
    }
}

impl FromRequestParts<AppState> for Caller {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, Error> {
        let credential = admission::credential(parts, app, key(&parts.headers)).await?;
        if !has_user_agent(&parts.headers) {
            return Err(Error::no_user_agent());
        }
        let host = parts.extensions.get::<Chosen>().and_then(|chosen| chosen.host.as_deref());
        let actor = admission::enter(parts, &credential, host)?;
        Ok(Self { actor })
    }
}

/// The key. Two headers are none.
fn key(headers: &HeaderMap) -> Option<&str> {
    let mut keys = headers.get_all(X_API_KEY).iter();
    match (keys.next(), keys.next()) {
        (Some(key), None) => key.to_str().ok().map(str::trim),
        _ => None,
    }
}

/// The contract wants `AppName (mail)`, but real clients send an address alone or their library's own name.
fn has_user_agent(headers: &HeaderMap) -> bool {
    headers.get_all(USER_AGENT).iter().any(|agent| !agent.as_bytes().trim_ascii().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::{HeaderName, HeaderValue};

    fn headers(lines: &[(&'static str, &'static str)]) -> HeaderMap {
        lines.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value))).collect()
    }

    #[test]
    fn a_key_is_given_once() {
        assert_eq!(key(&headers(&[("x-api-key", "abc ")])), Some("abc"));
        assert_eq!(key(&headers(&[("authorization", "Bearer abc")])), None);

        let mut two = headers(&[("x-api-key", "a")]);
        two.append(X_API_KEY, HeaderValue::from_static("b"));
        assert_eq!(key(&two), None);
    }

    #[test]
    fn any_user_agent_will_do_but_an_empty_one() {
        assert!(has_user_agent(&headers(&[("user-agent", "me@example.com")])));
        assert!(!has_user_agent(&headers(&[("user-agent", " ")])));
        assert!(!has_user_agent(&headers(&[])));
    }
}
