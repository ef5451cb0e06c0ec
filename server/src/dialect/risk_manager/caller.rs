//! Who is asking: a token in `Authorization`, and the organization that it or the path chooses.

use super::error::Error;
use super::media;
use crate::http::{AppState, Tag, admission};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use rollcall_core::directory::{Actor, Version};

/// The schemes that a token may stand behind. The token endpoint announces `bearer`, and clients send `OAuth2`.
pub(super) const SCHEMES: [&str; 2] = ["OAuth2", "Bearer"];

/// Somebody who may ask, and who can read the JSON that the answer will be. Comes first in every handler, so that a
/// request without a good credential learns nothing else.
#[derive(Clone, Debug)]
pub struct Caller {
    pub actor: Actor,
}

impl Caller {
    /// The `ETag` of an answer to this caller.
    pub fn tag(&self, version: Version) -> Tag {
        Tag::new(version, self.actor.scopes(), "authorization")
    }
}

impl FromRequestParts<AppState> for Caller {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, Error> {
        let secret = admission::authorization(&parts.headers, &SCHEMES, true);
        let credential = admission::credential(parts, app, secret).await?;
        let actor = admission::enter(parts, &credential, None)?;
        if !parts.method.is_safe() {
            media::refuse_xml_body(&parts.headers)?;
        }
        media::check_reply(&parts.headers)?;
        Ok(Self { actor })
    }
}
