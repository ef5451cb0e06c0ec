//! How this room says no. The contract gives statuses and no body; ours is one small object:
//! `{"code":404,"status":"error","message":"…"}`.

use super::lens::Faults;
use crate::http::admission::Denied;
use crate::http::{Cause, QueryFault, Refusal};
use axum::Json;
use axum::http::header::WWW_AUTHENTICATE;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use rollcall_core::directory::DirectoryError;
use serde::Serialize;

/// Why a request is not answered as it was asked.
#[derive(Debug)]
pub struct Error {
    status: StatusCode,
    message: String,
    /// What it was in the front's words, which know the headers that it needs.
    refusal: Option<Refusal>,
    /// For the log alone.
    cause: Option<Cause>,
}

/// The error object.
#[derive(Serialize)]
struct Body<'a> {
    code: u16,
    status: &'static str,
    message: &'a str,
}

impl Error {
    /// A request that cannot be understood.
    pub fn bad_request(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, message)
    }

    /// Nothing that this caller may know of has this id.
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "There is no such record.")
    }

    /// A body that is not announced as JSON.
    pub fn no_json() -> Self {
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "Send a JSON object, and the header Content-Type: application/json with it.")
    }

    /// A write to the group that is everybody, whatever one writes.
    pub fn everybody_is_fixed() -> Self {
        Self::new(StatusCode::FORBIDDEN, "The group \"All people\" is built in: everybody is in it, and it cannot be changed or deleted.")
    }

    /// A client that does not say what it is.
    pub fn no_user_agent() -> Self {
        Self::bad_request(
            "The User-Agent header is missing: send the name of your application and an address, as in MyApp (me@example.com).",
        )
    }

    fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self { status, message: message.into(), refusal: None, cause: None }
    }

    fn body(&self) -> Body<'_> {
        Body { code: self.status.as_u16(), status: "error", message: &self.message }
    }
}

impl From<DirectoryError> for Error {
    fn from(error: DirectoryError) -> Self {
        match error {
            DirectoryError::Unauthenticated => {
                Self::new(StatusCode::UNAUTHORIZED, "The key in the X-API-KEY header is missing, unknown, expired or revoked.")
            }
            DirectoryError::Forbidden(scope) => Self::new(StatusCode::FORBIDDEN, format!("This needs a key with the scope {scope}.")),
            DirectoryError::NoIdentity => Self::new(StatusCode::FORBIDDEN, "This needs the key of an identity."),
            DirectoryError::NoPerson => Self::new(StatusCode::FORBIDDEN, "This needs a person's own key."),
            DirectoryError::NotFound => Self::not_found(),
            DirectoryError::ChooseOrganization => Self::bad_request(
                "This key enters several organizations. Choose one by its slug: in front of the path, as in \
                 /{slug}/api/v3/people, or as the first part of the host's name.",
            ),
            DirectoryError::Invalid { field, reason } => Self::bad_request(format!("{} {reason}.", member(&field))),
            DirectoryError::Conflict { field, .. } => {
                Self::new(StatusCode::CONFLICT, format!("{} is taken by another record.", member(field)))
            }
            DirectoryError::LastOwner => {
                Self::new(StatusCode::CONFLICT, "The last owner of an organization must stay one, and able to sign in.")
            }
            DirectoryError::PreconditionFailed => Refusal::PreconditionFailed.into(),
            DirectoryError::KeyReused => Refusal::KeyReused.into(),
            DirectoryError::TooManyAttempts { seconds } => Refusal::TooManyRequests { seconds }.into(),
            cause @ DirectoryError::Unwritable(_) => Self { cause: Some(Cause::new(cause)), ..Refusal::Unwritable.into() },
            cause @ DirectoryError::Unavailable(_) => Self { cause: Some(Cause::new(cause)), ..Refusal::Unavailable.into() },
            cause @ DirectoryError::Uncertain(_) => Self { cause: Some(Cause::new(cause)), ..Refusal::Uncertain.into() },
            DirectoryError::Busy => Self::new(StatusCode::SERVICE_UNAVAILABLE, "The server has too much to do; try again soon."),
            DirectoryError::Store(cause) => Self {
                cause: Some(Cause::new(DirectoryError::Store(cause))),
                ..Self::new(StatusCode::INTERNAL_SERVER_ERROR, "The server failed; its log has the reason.")
            },
        }
    }
}

impl From<Faults> for Error {
    fn from(faults: Faults) -> Self {
        Self::bad_request(faults.to_string())
    }
}

/// What this API calls a field of the directory.
fn member(field: &str) -> &str {
    match field {
        "given_name" => "first_name",
        "family_name" => "last_name",
        "time_zone" => "timezone",
        "photo" => "image_url",
        "account" | "archived" => "suspended",
        "members" => "assigned",
        field => field,
    }
}

impl From<Denied> for Error {
    fn from(denied: Denied) -> Self {
        match denied {
            Denied::Directory(error) => error.into(),
            Denied::TooManyRequests { seconds } => Refusal::TooManyRequests { seconds }.into(),
            Denied::TwoOrganizations => Self::bad_request("The path and the host name two different organizations."),
        }
    }
}

impl From<QueryFault> for Error {
    fn from(fault: QueryFault) -> Self {
        Self::bad_request(format!("In this request, {fault}."))
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self { refusal: Some(refusal.clone()), ..Self::new(refusal.status(), refusal.message()) }
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(self.body())).into_response();
        if self.status == StatusCode::UNAUTHORIZED {
            // HTTP wants a challenge with every 401, and no registered scheme stands for a header of one's own.
            response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("X-API-KEY"));
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

#[cfg(test)]
mod tests {
    use super::*;

    fn written(error: impl Into<Error>) -> String {
        serde_json::to_string(&error.into().body()).unwrap()
    }

    #[test]
    fn every_error_is_an_object_of_three_members() {
        let expected = r#"{"code":404,"status":"error","message":"There is no such record."}"#;

        assert_eq!(written(DirectoryError::NotFound), expected);
        assert!(written(Refusal::Panicked).starts_with(r#"{"code":500,"status":"error","message":"#));
        assert!(written(Denied::TwoOrganizations).starts_with(r#"{"code":400,"#));
        assert!(written(QueryFault::Doubled { key: "start".to_owned() }).contains("start"));
    }

    #[test]
    fn a_busy_directory_is_a_503() {
        assert_eq!(Error::from(DirectoryError::Busy).into_response().status(), 503);
    }

    #[test]
    fn a_lost_database_is_a_503_that_says_whether_anything_was_done() {
        let cases = [
            (DirectoryError::Unavailable("away".into()), "The database cannot be reached; nothing was done."),
            (DirectoryError::Uncertain("lost".into()), "look whether it was made before you send it again."),
        ];

        for (failure, words) in cases {
            let error = Error::from(failure);
            assert!(error.status == StatusCode::SERVICE_UNAVAILABLE && error.body().message.ends_with(words) && error.cause.is_some());
        }
    }

    #[test]
    fn what_failed_inside_is_not_told() {
        assert!(!written(DirectoryError::Store("disk I/O error".into())).contains("disk"));
    }
}
