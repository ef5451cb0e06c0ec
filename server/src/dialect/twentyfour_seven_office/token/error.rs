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
    /// The database cannot do it now: in the front's words, and for the log.
    Away(Refusal, DirectoryError),
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
            Self::Busy | Self::Away(..) => StatusCode::SERVICE_UNAVAILABLE,
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
            Self::Away(refusal, _) => ("temporarily_unavailable", refusal.message()),
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
            Self::Failed(error) | Self::Away(_, error) => drop(response.extensions_mut().insert(Cause::new(error))),
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
            DirectoryError::Busy => Self::Busy,
            failure @ DirectoryError::Unwritable(_) => Self::Away(Refusal::Unwritable, failure),
            failure @ DirectoryError::Unavailable(_) => Self::Away(Refusal::Unavailable, failure),
            failure @ DirectoryError::Uncertain(_) => Self::Away(Refusal::Uncertain, failure),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lost_database_is_a_503_that_says_whether_anything_was_done() {
        let cases = [
            (DirectoryError::Unavailable("away".into()), "The database cannot be reached; nothing was done."),
            (DirectoryError::Uncertain("lost".into()), "look whether it was made before you send it again."),
        ];

        for (failure, words) in cases {
            let error = TokenError::from(failure);
            assert_eq!((error.status(), error.words().0), (StatusCode::SERVICE_UNAVAILABLE, "temporarily_unavailable"));
            assert!(error.words().1.ends_with(words));
        }
    }
}
