//! Conditional requests, the same in every API: reads that the client has already, and writes of what it has read.
//!
//! Every answer about one organization may carry a [`Tag`]: an `ETag`, strong unless the API's are weak, that is the
//! version of what is shown, then what else the shape of the answer depends on. `If-None-Match` on a read compares whole
//! tags, weakly; a read that is known already is a 304 without a body. `If-Match` compares only the version, strongly
//! where tags are strong: whoever has read the record with one token may write it with another.
//!
//! The order is that of RFC 9110, section 13.2.2: `If-Match` first, then `If-None-Match`. Conditions by date are ignored,
//! because no answer says a date of its last change. A header that cannot be read is a 400: ignoring it would carry
//! out a write that was to be guarded.

mod entity_tags;

use super::again::Tries;
use super::refusal::Refusal;
use super::room;
use super::state::AppState;
use axum::extract::FromRequestParts;
use axum::http::header::{CACHE_CONTROL, ETAG, IF_MATCH, IF_NONE_MATCH, VARY};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use entity_tags::EntityTags;
use rollcall_core::directory::{Precondition, Shown, Version, Versions};
use rollcall_core::domain::Scopes;

/// A private cache may keep the answer, and asks before each use whether it still holds.
const KEPT_AND_ASKED_FOR: HeaderValue = HeaderValue::from_static("private, no-cache");

/// The conditions of a request: an extractor. Put it after the room's `Caller`, so that a stranger gets a 401.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conditions {
    if_match: Option<EntityTags>,
    if_none_match: Option<EntityTags>,
    /// Whether weak tags in `If-Match` count too.
    is_weak: bool,
}

impl Conditions {
    /// What a read needs to say beside its rows: `Some` is a whole answer, the 304 for what the client has already;
    /// an error, that the client wanted a version that is gone. Ask before the rows are read.
    pub fn answer(&self, tag: &Tag) -> Result<Option<Response>, Refusal> {
        let is_wanted = self.matching().is_none_or(|wanted| match wanted {
            Versions::Any => true,
            Versions::OneOf(versions) => versions.contains(&tag.version),
        });
        if !is_wanted {
            return Err(Refusal::PreconditionFailed);
        }
        Ok(self.has_already(tag).then(|| tag.onto(StatusCode::NOT_MODIFIED.into_response())))
    }

    /// What a write demands of the record, for the directory to check together with the write.
    pub fn precondition(&self, shown: Shown) -> Precondition {
        Precondition { matches: self.matching(), differs: self.differing(), shown }
    }

    /// The same for an API whose tags are weak and yet guard its writes, as in RFC 7644, section 3.14.
    #[must_use]
    pub fn compared_weakly(self) -> Self {
        Self { is_weak: true, ..self }
    }

    /// What an `If-Match` with this text demands, where something else than a header carries it.
    pub fn if_match(text: Option<&str>) -> Result<Self, Refusal> {
        let mut headers = HeaderMap::new();
        if let Some(text) = text {
            let malformed = |_| Refusal::bad_request("The version is no entity tag.");
            headers.insert(IF_MATCH, HeaderValue::from_str(text).map_err(malformed)?);
        }
        Self::of(&headers)
    }

    /// Whether `If-None-Match` names the tag.
    fn has_already(&self, tag: &Tag) -> bool {
        self.if_none_match.as_ref().is_some_and(|known| known.names(&tag.opaque()))
    }

    /// Only strong tags can match, unless the API compares weakly; tags that are not ours match nothing.
    fn matching(&self) -> Option<Versions> {
        self.if_match.as_ref().map(|tags| versions(tags, |is_weak| self.is_weak || !is_weak))
    }

    fn differing(&self) -> Option<Versions> {
        self.if_none_match.as_ref().map(|tags| versions(tags, |_| true))
    }

    fn of(headers: &HeaderMap) -> Result<Self, Refusal> {
        Ok(Self { if_match: tags(headers, &IF_MATCH)?, if_none_match: tags(headers, &IF_NONE_MATCH)?, is_weak: false })
    }
}

fn tags(headers: &HeaderMap, name: &HeaderName) -> Result<Option<EntityTags>, Refusal> {
    let malformed =
        |_| Refusal::bad_request(format!("The header {name} is neither an asterisk nor a list of entity tags in quotation marks."));
    EntityTags::of(headers, name).map_err(malformed)
}

fn versions(tags: &EntityTags, counts: impl Fn(bool) -> bool) -> Versions {
    match tags {
        EntityTags::Any => Versions::Any,
        EntityTags::List(tags) => {
            Versions::OneOf(tags.iter().filter(|tag| counts(tag.is_weak())).filter_map(|tag| tag.version()).collect())
        }
    }
}

impl FromRequestParts<AppState> for Conditions {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Response> {
        let conditions = Self::of(&parts.headers).map_err(|refusal| room::refused_in(&parts.extensions, refusal))?;
        // What is meant for one version finds another once it is done.
        if matches!(conditions.if_match, Some(EntityTags::List(_))) {
            Tries::are_done_once(&parts.extensions);
        }
        Ok(conditions)
    }
}

/// The `ETag` of one answer, with the headers that go with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    version: Version,
    scopes: Scopes,
    form: Option<&'static str>,
    is_weak: bool,
    vary: &'static str,
}

impl Tag {
    /// Of an answer that shows this version to a caller with these scopes, because what is shown may depend on them.
    /// `vary` names the headers that the answer depends on: the room's credential, and whatever chooses a company.
    pub const fn new(version: Version, scopes: Scopes, vary: &'static str) -> Self {
        Self { version, scopes, form: None, is_weak: false, vary }
    }

    /// Where one address answers in several forms, such as media types: no two may have the same strong tag (RFC 9110,
    /// section 8.8.1). Letters and digits alone.
    #[must_use]
    pub const fn in_form(self, form: &'static str) -> Self {
        Self { form: Some(form), ..self }
    }

    /// For an API whose answers about one version need not be the same to the byte.
    #[must_use]
    pub const fn weak(self) -> Self {
        Self { is_weak: true, ..self }
    }

    /// The tag as the header has it, and as a body may repeat it.
    pub fn to_text(&self) -> String {
        let weak = if self.is_weak { "W/" } else { "" };
        format!("{weak}\"{}\"", self.opaque())
    }

    /// What of [`Self::to_text`] stands before and behind the digits of the version's sequence, which are all that differs
    /// between the records of one answer.
    pub fn around_sequence(&self) -> (String, String) {
        let text = self.to_text();
        let sequence = format!("{:x}", self.version.sequence());
        let (before, behind) = text.split_once('-').unwrap_or((&text, ""));
        (format!("{before}-"), behind.strip_prefix(&sequence).unwrap_or(behind).to_owned())
    }

    /// The answer with its `ETag`, `Cache-Control` and `Vary`. An answer to PUT must have none of them unless it stored
    /// the body byte for byte (RFC 9110, section 9.3.4).
    pub fn onto(&self, mut response: Response) -> Response {
        let headers = response.headers_mut();
        // Hex digits and letters are always a header's value.
        if let Ok(tag) = HeaderValue::from_str(&self.to_text()) {
            headers.insert(ETAG, tag);
        }
        headers.insert(CACHE_CONTROL, KEPT_AND_ASKED_FOR);
        headers.insert(VARY, HeaderValue::from_static(self.vary));
        response
    }

    fn opaque(&self) -> String {
        let (version, scopes) = (self.version, self.scopes.bits());
        match self.form {
            Some(form) => format!("{version}-{scopes:x}-{form}"),
            None => format!("{version}-{scopes:x}"),
        }
    }
}

#[cfg(test)]
mod tests;
