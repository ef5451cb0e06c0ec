//! Who is asking: a token in `Authorization: Bearer`, and the organization that it or the path chooses.

use super::BASE;
use super::error::Error;
use crate::http::{AppState, Chosen, Conditions, Quirk, Tag, admission};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::Response;
use rollcall_core::directory::{Actor, Version};
use std::fmt::Display;

/// Somebody who may ask. Comes first in every handler, so that a request without a good credential learns nothing else.
#[derive(Clone, Debug)]
pub struct Caller {
    pub actor: Actor,
    pub base: Base,
}

/// What every address of a resource begins with, for one caller: the server's public address, the organization where the
/// request's own path named it, and `/scim/v2`. Never the request's `Host`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base(String);

/// The conditions of a request, where resources have weak tags (RFC 7644, section 3.14): an extractor.
#[derive(Clone, Debug)]
pub struct Guards(pub Conditions);

impl Caller {
    /// The `ETag` of an answer to this caller, which is the `meta.version` of a resource that is the whole answer.
    pub fn tag(&self, version: Version) -> Tag {
        Tag::new(version, self.actor.scopes(), "authorization").weak()
    }

    /// Whether something that is refused otherwise is let pass for this caller, which is written to the log.
    pub fn allows(&self, quirk: &Quirk) -> bool {
        quirk.applies(&self.actor)
    }
}

impl Guards {
    /// What an `If-Match` with this text would demand.
    pub fn of_version(version: Option<&str>) -> Result<Self, Error> {
        Ok(Self(Conditions::if_match(version)?.compared_weakly()))
    }
}

impl Base {
    fn of(parts: &Parts, app: &AppState) -> Self {
        let slug = parts.extensions.get::<Chosen>().and_then(|chosen| chosen.path.as_ref());
        Self::new(app.settings.public_url().as_str(), slug.map(|slug| slug.as_str()))
    }

    pub(super) fn new(public_url: &str, slug: Option<&str>) -> Self {
        let slug = slug.map(|slug| format!("/{slug}")).unwrap_or_default();
        Self(format!("{public_url}{slug}{BASE}"))
    }

    /// The address of an endpoint, such as `/Users`.
    pub fn endpoint(&self, endpoint: &str) -> String {
        format!("{}{endpoint}", self.0)
    }

    /// The address of one resource: `…/Users/0198c2a4-…` for the endpoint `/Users`.
    pub fn location(&self, endpoint: &str, id: impl Display) -> String {
        format!("{}{endpoint}/{id}", self.0)
    }
}

impl FromRequestParts<AppState> for Caller {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, Error> {
        let secret = admission::authorization(&parts.headers, &["Bearer"], false);
        let credential = admission::credential(parts, app, secret).await?;
        let actor = admission::enter(parts, &credential, None)?;
        Ok(Self { actor, base: Base::of(parts, app) })
    }
}

impl FromRequestParts<AppState> for Guards {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, Response> {
        Conditions::from_request_parts(parts, app).await.map(|conditions| Self(conditions.compared_weakly()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_begins_with_the_public_url_and_keeps_the_organization_of_the_path() {
        let locations = [None, Some("senate")].map(|slug| Base::new("https://people.example.org/x", slug).location("/Users", 7));

        assert_eq!(locations, ["https://people.example.org/x/scim/v2/Users/7", "https://people.example.org/x/senate/scim/v2/Users/7"]);
    }
}
