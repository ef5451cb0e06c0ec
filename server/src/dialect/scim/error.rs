//! The error object (RFC 7644, section 3.12): every failure of this API, always as JSON of one shape.
//!
//! `status` is text, `scimType` is there only where a specification has a word for what is wrong, and `detail` says it to
//! people.

mod attribute;
mod scim_type;

#[cfg(test)]
mod tests;

pub use scim_type::ScimType;

use super::media::SCIM_JSON;
use crate::http::admission::Denied;
use crate::http::{Cause, QueryFault, Refusal};
use attribute::attribute;
use axum::http::header::{CONTENT_TYPE, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use rollcall_core::directory::DirectoryError;
use serde::Serialize;

/// The URN of the error object.
const SCHEMA: &str = "urn:ietf:params:scim:api:messages:2.0:Error";
/// How to choose among the organizations of a credential.
const CHOOSE: &str = "This credential enters several organizations. Choose one by its slug in front of the path, as in \
                      /{slug}/scim/v2/Users.";

/// Why a request, or one operation of a bulk request, is not answered as it was asked.
#[derive(Debug)]
pub struct Error {
    status: StatusCode,
    scim_type: Option<ScimType>,
    detail: String,
    /// What it was in the front's words, which know the headers that it needs.
    refusal: Option<Box<Refusal>>,
    /// For the log alone.
    cause: Option<Cause>,
}

/// The error object.
#[derive(Debug, Serialize)]
pub struct ErrorDocument<'a> {
    schemas: [&'static str; 1],
    status: String,
    #[serde(rename = "scimType", skip_serializing_if = "Option::is_none")]
    scim_type: Option<ScimType>,
    detail: &'a str,
}

impl Error {
    /// 400, with the word for what is wrong.
    pub fn bad_request(scim_type: ScimType, detail: impl Into<String>) -> Self {
        Self { scim_type: Some(scim_type), ..Self::new(StatusCode::BAD_REQUEST, detail) }
    }

    /// A body that is not what it must be.
    pub fn invalid_syntax(detail: impl Into<String>) -> Self {
        Self::bad_request(ScimType::InvalidSyntax, detail)
    }

    /// A value that its attribute does not take.
    pub fn invalid_value(detail: impl Into<String>) -> Self {
        Self::bad_request(ScimType::InvalidValue, detail)
    }

    /// A path of an attribute that cannot be read, or names none.
    pub fn invalid_path(detail: impl Into<String>) -> Self {
        Self::bad_request(ScimType::InvalidPath, detail)
    }

    /// A filter that cannot be read, or asks what cannot be asked.
    pub fn invalid_filter(detail: impl Into<String>) -> Self {
        Self::bad_request(ScimType::InvalidFilter, detail)
    }

    /// A path that names nothing, where something must be there (RFC 7644, section 3.5.2).
    pub fn no_target(detail: impl Into<String>) -> Self {
        Self::bad_request(ScimType::NoTarget, detail)
    }

    /// A write to what clients cannot write, or a removal of what must be there.
    pub fn mutability(detail: impl Into<String>) -> Self {
        Self::bad_request(ScimType::Mutability, detail)
    }

    /// Something that would be there twice.
    pub fn uniqueness(detail: impl Into<String>) -> Self {
        Self { scim_type: Some(ScimType::Uniqueness), ..Self::new(StatusCode::CONFLICT, detail) }
    }

    /// 409 that no word says more of.
    pub fn conflict(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, detail)
    }

    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "There is no such resource.")
    }

    /// `/Me`, asked with a credential that belongs to no person (RFC 7644, section 3.11).
    pub fn nobody() -> Self {
        Self::new(StatusCode::NOT_FOUND, "The token used is no person's own, so there is no `/Me` for it.")
    }

    pub fn forbidden(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, detail)
    }

    /// More than one request may ask (RFC 7644, section 3.7.4).
    pub fn too_large(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, detail)
    }

    pub fn unsupported_media_type() -> Self {
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "The body must be application/scim+json or application/json.")
    }

    /// Something failed inside; why is for the log.
    pub fn failed(cause: Cause) -> Self {
        Self { cause: Some(cause), ..Refusal::Panicked.into() }
    }

    /// The same, where something was done before it failed: then it is not told that nothing was.
    #[must_use]
    pub fn after_a_change(self) -> Self {
        match &self.refusal {
            Some(refusal) if **refusal == Refusal::Unavailable => Self { cause: self.cause, ..Refusal::Uncertain.into() },
            _ => self,
        }
    }

    /// The same, with where it was before the detail.
    #[must_use]
    pub fn within(self, place: &str) -> Self {
        Self { detail: format!("{place}: {}", self.detail), ..self }
    }

    fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Self { status, scim_type: None, detail: detail.into(), refusal: None, cause: None }
    }

    pub const fn status(&self) -> StatusCode {
        self.status
    }

    pub const fn scim_type(&self) -> Option<ScimType> {
        self.scim_type
    }

    pub fn detail(&self) -> &str {
        &self.detail
    }

    /// The error object, for where it is part of an answer.
    pub fn document(&self) -> ErrorDocument<'_> {
        ErrorDocument { schemas: [SCHEMA], status: self.status.as_str().to_owned(), scim_type: self.scim_type, detail: &self.detail }
    }
}

impl From<DirectoryError> for Error {
    fn from(error: DirectoryError) -> Self {
        match error {
            DirectoryError::Unauthenticated => {
                Self::new(StatusCode::UNAUTHORIZED, "The access token is missing, unknown, expired or revoked.")
            }
            DirectoryError::Forbidden(scope) => Self::forbidden(format!("This needs an access token with the scope {scope}.")),
            DirectoryError::NoIdentity => Self::forbidden("This needs the token of an identity."),
            DirectoryError::NoPerson => Self::forbidden("This needs a person's own token; the token used belongs to nobody."),
            DirectoryError::NotFound => Self::not_found(),
            DirectoryError::ChooseOrganization => Self::new(StatusCode::BAD_REQUEST, CHOOSE),
            DirectoryError::Invalid { field, reason } => Self::invalid_value(format!("{} {reason}.", attribute(&field))),
            DirectoryError::Conflict { field, .. } => Self::uniqueness(format!("{} is taken by another resource.", attribute(field))),
            DirectoryError::LastOwner => {
                Self::new(StatusCode::CONFLICT, "The last owner of an organization must stay one, and able to sign in.")
            }
            DirectoryError::PreconditionFailed => Refusal::PreconditionFailed.into(),
            DirectoryError::KeyReused => Refusal::KeyReused.into(),
            DirectoryError::TooManyAttempts { seconds } => Refusal::TooManyRequests { seconds }.into(),
            DirectoryError::Busy => Refusal::Overloaded.into(),
            cause @ DirectoryError::Unwritable(_) => Self { cause: Some(Cause::new(cause)), ..Refusal::Unwritable.into() },
            cause @ DirectoryError::Unavailable(_) => Self { cause: Some(Cause::new(cause)), ..Refusal::Unavailable.into() },
            cause @ DirectoryError::Uncertain(_) => Self { cause: Some(Cause::new(cause)), ..Refusal::Uncertain.into() },
            cause @ DirectoryError::Store(_) => Self::failed(Cause::new(cause)),
        }
    }
}

impl From<Denied> for Error {
    fn from(denied: Denied) -> Self {
        match denied {
            Denied::Directory(error) => error.into(),
            Denied::TooManyRequests { seconds } => Refusal::TooManyRequests { seconds }.into(),
            Denied::TwoOrganizations => Self::new(StatusCode::BAD_REQUEST, "The request names two different organizations."),
        }
    }
}

impl From<QueryFault> for Error {
    fn from(fault: QueryFault) -> Self {
        let scim_type = if fault.key().eq_ignore_ascii_case("filter") { ScimType::InvalidFilter } else { ScimType::InvalidValue };
        Self::bad_request(scim_type, format!("{fault}."))
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        let scim_type = match refusal {
            Refusal::BadRequest { .. }
            | Refusal::NotFound
            | Refusal::MethodNotAllowed { .. }
            | Refusal::HeaderTimedOut
            | Refusal::BodyTooLarge
            | Refusal::PreconditionFailed
            | Refusal::KeyReused
            | Refusal::TooManyRequests { .. }
            | Refusal::UnsupportedMediaType
            | Refusal::HeadTooLarge
            | Refusal::Panicked
            | Refusal::TimedOut
            | Refusal::Overloaded
            | Refusal::Unwritable
            | Refusal::Unavailable
            | Refusal::Uncertain => None,
        };
        Self { scim_type, refusal: Some(Box::new(refusal.clone())), ..Self::new(refusal.status(), refusal.message()) }
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        // An object of texts is always JSON.
        let body = serde_json::to_vec(&self.document()).unwrap_or_default();
        let mut response = (self.status, [(CONTENT_TYPE, SCIM_JSON)], body).into_response();
        if self.status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(refusal) = self.refusal {
            refusal.complete(&mut response);
        }
        if let Some(cause) = self.cause {
            response.extensions_mut().insert(cause);
        }
        response
    }
}
