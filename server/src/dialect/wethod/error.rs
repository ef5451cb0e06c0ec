//! Every refusal of this API: `{"key", "message"}`, and with `invalid_data` the `failures`, one for each bad parameter.

use super::wire::{ErrorDocument, FieldFailure};
use crate::http::admission::Denied;
use crate::http::{Cause, JsonFault, QueryFault, Refusal, RequestId};
use axum::Json;
use axum::http::header::{RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use rollcall_core::directory::DirectoryError;
use rollcall_core::domain::{Scope, Vendor};

/// Where the vendor's clients look for the seconds to wait after a 429.
const X_RATELIMIT_RETRY_AFTER: HeaderName = HeaderName::from_static("x-ratelimit-retry-after");

/// Why there is no other answer.
#[derive(Debug)]
pub enum Error {
    Unauthorized,
    Forbidden {
        message: String,
    },
    NotFound,
    /// Parameters or members that break their rules, all of them.
    InvalidData(Vec<FieldFailure>),
    /// The request as a whole is wrong.
    BadRequest {
        key: &'static str,
        message: String,
    },
    Conflict {
        message: String,
    },
    Busy,
    /// The database cannot do it now: in the front's words, and for the log.
    Away(Refusal, DirectoryError),
    /// Something failed inside: for the log.
    Failed(DirectoryError),
    Refused(Refusal),
}

impl Error {
    pub fn missing_headers(names: &[&str]) -> Self {
        Self::BadRequest { key: "missing_header", message: format!("Missing headers: {}.", names.join(", ")) }
    }

    pub fn invalid_header(name: &str, reason: &str) -> Self {
        Self::BadRequest { key: "invalid_header", message: format!("The header {name} {reason}.") }
    }

    pub fn no_object() -> Self {
        Self::BadRequest { key: "invalid_json", message: "The body must be a JSON object.".to_owned() }
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::Unauthorized => StatusCode::UNAUTHORIZED,
            Self::Forbidden { .. } => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::InvalidData(_) | Self::BadRequest { .. } => StatusCode::BAD_REQUEST,
            Self::Conflict { .. } => StatusCode::CONFLICT,
            Self::Busy | Self::Away(..) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Failed(_) => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Refused(refusal) => refusal.status(),
        }
    }

    /// The key, which programs read, and a sentence for people.
    fn words(&self) -> (&'static str, String) {
        match self {
            Self::Unauthorized => ("unauthorized", "The access token is missing, unknown, expired or revoked.".to_owned()),
            Self::Forbidden { message } => ("forbidden", message.clone()),
            Self::NotFound => ("not_found", "There is no such record.".to_owned()),
            Self::InvalidData(_) => ("invalid_data", "You provided invalid data. Check 'failures' for details.".to_owned()),
            Self::BadRequest { key, message } => (key, message.clone()),
            Self::Conflict { message } => ("conflict", message.clone()),
            Self::Busy => (Refusal::Overloaded.code(), Refusal::Overloaded.message()),
            Self::Away(refusal, _) => (refusal.code(), refusal.message()),
            Self::Failed(_) => (Refusal::Panicked.code(), Refusal::Panicked.message()),
            Self::Refused(refusal) => (refusal.code(), refusal.message()),
        }
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let (key, message) = self.words();
        let failures = if let Self::InvalidData(failures) = &self { failures.as_slice() } else { &[] };
        let mut response = (self.status(), Json(ErrorDocument { key, message: &message, failures })).into_response();
        match self {
            Self::Unauthorized => drop(response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))),
            Self::Failed(error) | Self::Away(_, error) => drop(response.extensions_mut().insert(Cause::new(error))),
            Self::Refused(refusal) => refusal.complete(&mut response),
            _ => {}
        }
        response
    }
}

/// Says when to come back in the vendor's own header too.
pub fn finish(_: &RequestId, response: &mut Response) {
    if response.status() != StatusCode::TOO_MANY_REQUESTS {
        return;
    }
    if let Some(seconds) = response.headers().get(RETRY_AFTER).cloned() {
        response.headers_mut().insert(X_RATELIMIT_RETRY_AFTER, seconds);
    }
}

/// The member of a person that shows a canonical field.
fn member(field: &str) -> &str {
    match field {
        "given_name" | "display_name" => "name",
        "family_name" => "surname",
        "role" => "role_id",
        "level" => "level_id",
        "price_list" => "price_list_id",
        "job_title" => "job_title_id",
        "manager" => "allocation_manager_id",
        "archived" => "is_archived",
        other => other,
    }
}

/// What a caller lacks, with Wethod's own word where it has one.
fn permission(scope: Scope) -> String {
    match Vendor::Wethod.word(scope) {
        Some(word) => format!("This needs the permission {word}, which is the scope {scope}."),
        None => format!("This needs the scope {scope}."),
    }
}

impl From<DirectoryError> for Error {
    fn from(error: DirectoryError) -> Self {
        match error {
            DirectoryError::Unauthenticated => Self::Unauthorized,
            DirectoryError::Forbidden(scope) => Self::Forbidden { message: permission(scope) },
            DirectoryError::NoIdentity => Self::Forbidden { message: "This needs the token of an identity.".to_owned() },
            DirectoryError::NoPerson => Self::Forbidden { message: "This needs the token of a person.".to_owned() },
            DirectoryError::NotFound => Self::NotFound,
            DirectoryError::ChooseOrganization => Self::missing_headers(&["Wethod-Company"]),
            DirectoryError::Invalid { field, reason } => {
                Self::InvalidData(vec![FieldFailure { field: member(&field).to_owned(), message: reason }])
            }
            DirectoryError::Conflict { field, .. } => Self::Conflict { message: format!("{} is taken by another record.", member(field)) },
            DirectoryError::LastOwner => {
                Self::Conflict { message: "The last owner of an organization must stay one, and able to sign in.".to_owned() }
            }
            DirectoryError::PreconditionFailed => Refusal::PreconditionFailed.into(),
            DirectoryError::KeyReused => Refusal::KeyReused.into(),
            DirectoryError::TooManyAttempts { seconds } => Refusal::TooManyRequests { seconds }.into(),
            DirectoryError::Busy => Self::Busy,
            failure @ DirectoryError::Unwritable(_) => Self::Away(Refusal::Unwritable, failure),
            failure @ DirectoryError::Unavailable(_) => Self::Away(Refusal::Unavailable, failure),
            failure @ DirectoryError::Uncertain(_) => Self::Away(Refusal::Uncertain, failure),
            failure @ DirectoryError::Store(_) => Self::Failed(failure),
        }
    }
}

impl From<Denied> for Error {
    fn from(denied: Denied) -> Self {
        match denied {
            Denied::Directory(error) => error.into(),
            Denied::TooManyRequests { seconds } => Refusal::TooManyRequests { seconds }.into(),
            Denied::TwoOrganizations => Self::invalid_header("Wethod-Company", "names another company than the path"),
        }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<QueryFault> for Error {
    fn from(fault: QueryFault) -> Self {
        Self::InvalidData(vec![fault.into()])
    }
}

impl From<JsonFault> for Error {
    fn from(fault: JsonFault) -> Self {
        Self::BadRequest { key: "invalid_json", message: format!("The body is no acceptable JSON: {fault}.") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http_body_util::BodyExt;

    async fn said(error: impl Into<Error>) -> (u16, String) {
        let (parts, body) = error.into().into_response().into_parts();
        let body = body.collect().await.expect("a body").to_bytes();
        (parts.status.as_u16(), String::from_utf8(body.to_vec()).expect("text"))
    }

    #[tokio::test]
    async fn a_refusal_is_a_key_and_a_message() {
        let body = r#"{"key":"not_found","message":"There is no such record."}"#;

        assert_eq!(said(DirectoryError::NotFound).await, (404, body.to_owned()));
    }

    #[tokio::test]
    async fn invalid_data_is_the_vendor_s_example_to_the_letter() {
        let failure = FieldFailure { field: "string".to_owned(), message: "string".to_owned() };

        let (status, body) = said(Error::InvalidData(vec![failure])).await;

        let example = r#"{"key":"invalid_data","message":"You provided invalid data. Check 'failures' for details.","failures":[{"field":"string","message":"string"}]}"#;
        assert_eq!((status, body.as_str()), (400, example));
    }

    #[tokio::test]
    async fn a_missing_permission_is_named_in_the_vendor_s_word() {
        let (status, body) = said(DirectoryError::Forbidden(Scope::PeopleRead)).await;

        assert_eq!(status, 403);
        assert!(body.contains("settings.team"), "{body}");
    }

    #[tokio::test]
    async fn an_inner_failure_keeps_its_words_for_the_log() {
        let response = Error::from(DirectoryError::Store("the disk is full".into())).into_response();

        let (status, body) = said(DirectoryError::Store("the disk is full".into())).await;

        assert!(response.extensions().get::<Cause>().is_some_and(|cause| cause.to_string().ends_with("the disk is full")));
        assert_eq!(status, 500);
        assert!(!body.contains("disk"), "{body}");
    }

    #[test]
    fn a_busy_directory_is_a_503() {
        assert_eq!(Error::from(DirectoryError::Busy).into_response().status(), 503);
    }

    #[tokio::test]
    async fn a_lost_database_is_a_503_that_says_whether_anything_was_done() {
        let cases = [
            (DirectoryError::Unavailable("away".into()), "The database cannot be reached; nothing was done."),
            (DirectoryError::Uncertain("lost".into()), "look whether it was made before you send it again."),
        ];

        for (failure, words) in cases {
            let (status, body) = said(failure).await;
            assert!(status == 503 && body.contains(words), "{body}");
        }
    }
}
