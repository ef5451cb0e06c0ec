//! Who is asking: `Authorization: Bearer <token>`, and nothing else.
//!
//! The organization is the token's, or the one that the path names. `X-Tfso-License`, the header that chose one in
//! older APIs, is not read.

use super::error::Error;
use super::media::Media;
use crate::http::{AppState, Chosen, Tag, admission};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use rollcall_core::directory::{Actor, Credential, Version};
use std::sync::Arc;

/// Somebody inside one organization.
#[derive(Debug)]
pub struct Caller {
    pub actor: Actor,
}

/// Somebody with a login, in whatever organizations that may be.
#[derive(Debug)]
pub struct LoggedIn {
    pub credential: Arc<Credential>,
    /// In the organization that the path names, or else in the first one by id; nowhere if the login enters none.
    pub actor: Option<Actor>,
}

impl Caller {
    /// The `ETag` of what this caller is shown of one version as one media type.
    pub const fn tag(&self, version: Version, media: Media) -> Tag {
        let tag = Tag::new(version, self.actor.scopes(), "Authorization, Accept");
        match media {
            Media::Json => tag,
            Media::PlainText => tag.in_form("plain"),
            Media::TextJson => tag.in_form("text"),
        }
    }
}

impl FromRequestParts<AppState> for Caller {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, Error> {
        let credential = credential(parts, app).await?;
        Ok(Self { actor: admission::enter(parts, &credential, None)? })
    }
}

impl FromRequestParts<AppState> for LoggedIn {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, Error> {
        let credential = credential(parts, app).await?;
        let is_chosen = parts.extensions.get::<Chosen>().is_some_and(|chosen| chosen.path.is_some());
        let actor = match credential.entries().iter().min_by_key(|entry| entry.organization) {
            _ if is_chosen => Some(admission::enter(parts, &credential, None)?),
            Some(first) => Some(credential.enter(Some(first.slug.as_str()))?),
            None => None,
        };
        Ok(Self { credential, actor })
    }
}

async fn credential(parts: &Parts, app: &AppState) -> Result<Arc<Credential>, Error> {
    let secret = admission::authorization(&parts.headers, &["Bearer"], false);
    Ok(admission::credential(parts, app, secret).await?)
}
