//! Refusals of the token endpoint, in OAuth's own shape: `{"error", "error_description"}` (RFC 6749, section 5.2).

use crate::http::{Cause, Refusal};
use axum::Json;
use axum::http::header::{CACHE_CONTROL, PRAGMA, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use rollcall_core::directory::DirectoryError;
use serde_json::json;

/// Why there is no token.
#[derive(Debug)]
pub enum TokenError {
    /// Something is missing, doubled or malformed.
    InvalidRequest(String),
    /// Another grant than client credentials.
    UnsupportedGrantType,
    /// A scope that is none, or that the application has not.
    InvalidScope(&'static str),
    /// No such application, or not its secret: the two are indistinguishable.
    InvalidClient,
    /// The application may not enter the organization, be it there or not.
    AccessDenied,
    Busy,
    /// Nothing can be written now: for the log.
    Unwritable(DirectoryError),
    /// Something failed inside: for the log.
    Failed(DirectoryError),
    Refused(Refusal),
}

impl TokenError {
    fn status(&self) -> StatusCode {
        match self {
            Self::InvalidRequest(_) | Self::UnsupportedGrantType | Self::InvalidScope(_) => StatusCode::BAD_REQUEST,
            Self::InvalidClient => StatusCode::UNAUTHORIZED,
            Self::AccessDenied => StatusCode::FORBIDDEN,
            Self::Busy | Self::Unwritable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Failed(_) => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Refused(refusal) => refusal.status(),
        }
    }

    /// OAuth's word, and a sentence.
    fn words(&self) -> (&'static str, String) {
        match self {
            Self::InvalidRequest(message) => ("invalid_request", message.clone()),
            Self::UnsupportedGrantType => ("unsupported_grant_type", "The grant_type must be client_credentials.".to_owned()),
            Self::InvalidScope(message) => ("invalid_scope", (*message).to_owned()),
            Self::InvalidClient => ("invalid_client", "The client id or the client secret is wrong.".to_owned()),
            Self::AccessDenied => ("access_denied", "The client may not enter this organization.".to_owned()),
            Self::Busy => ("temporarily_unavailable", Refusal::Overloaded.message()),
            Self::Unwritable(_) => ("temporarily_unavailable", Refusal::Unwritable.message()),
            Self::Failed(_) => ("server_error", Refusal::Panicked.message()),
            Self::Refused(refusal) => ("invalid_request", refusal.message()),
        }
    }
}

impl IntoResponse for TokenError {
    fn into_response(self) -> Response {
        let (error, description) = self.words();
        let body = Json(json!({ "error": error, "error_description": description }));
        let mut response = (self.status(), [(CACHE_CONTROL, "no-store"), (PRAGMA, "no-cache")], body).into_response();
        match self {
            // RFC 6749 asks for the challenge where the client used HTTP Basic, RFC 9110 with every 401.
            Self::InvalidClient => {
                drop(response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Basic realm=\"Rollcall\"")))
            }
            Self::Failed(error) | Self::Unwritable(error) => drop(response.extensions_mut().insert(Cause::new(error))),
            Self::Refused(refusal) => refusal.complete(&mut response),
            _ => {}
        }
        response
    }
}

impl From<DirectoryError> for TokenError {
    fn from(error: DirectoryError) -> Self {
        match error {
            DirectoryError::Unauthenticated => Self::InvalidClient,
            DirectoryError::Forbidden(_) => Self::InvalidScope("The client has no such scope."),
            DirectoryError::NotFound
            | DirectoryError::NoIdentity
            | DirectoryError::NoPerson
            | DirectoryError::Conflict { .. } => Self::AccessDenied,
            DirectoryError::ChooseOrganization => Self::InvalidRequest(
                "The client enters several organizations: name one by its id or short name in login_organization, or put its short name in front of the path."
                    .to_owned(),
            ),
            DirectoryError::Invalid { field, reason } => Self::InvalidRequest(format!("{field} {reason}.")),
            DirectoryError::LastOwner | DirectoryError::PreconditionFailed | DirectoryError::KeyReused => Self::AccessDenied,
            DirectoryError::TooManyAttempts { seconds } => Self::Refused(Refusal::TooManyRequests { seconds }),
            DirectoryError::Busy | DirectoryError::Unavailable(_) | DirectoryError::Uncertain(_) => Self::Busy,
            failure @ DirectoryError::Unwritable(_) => Self::Unwritable(failure),
            failure @ DirectoryError::Store(_) => Self::Failed(failure),
        }
    }
}

impl From<Refusal> for TokenError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::BadRequest { message } => Self::InvalidRequest(message),
            other => Self::Refused(other),
        }
    }
}
