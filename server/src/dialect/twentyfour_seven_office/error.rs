//! Every refusal of this API but those of the token endpoint: `{"error": {"name", "message"}, "trackingId"}`.
//!
//! The tracking id is the request's, which an error does not know; so an error becomes an answer without a body that
//! carries its words, and [`finish`] writes them down.

use super::wire::{ErrorDetail, ErrorDocument, Payload, RequestFault, ValidationFault};
use crate::http::admission::Denied;
use crate::http::{Cause, JsonFault, QueryFault, Refusal, RequestId};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, WWW_AUTHENTICATE};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use rollcall_core::directory::DirectoryError;
use rollcall_core::domain::Vendor;

/// The header by which the vendor's support and its clients name a request.
const X_TRACE_ID: HeaderName = HeaderName::from_static("x-trace-id");

/// Why there is no other answer.
#[derive(Debug)]
pub enum Error {
    Unauthorized,
    Forbidden {
        message: String,
    },
    NotFound,
    Conflict {
        message: String,
    },
    /// Parts of the request break their schema.
    Validation(Vec<ValidationFault>),
    /// The request as a whole is wrong.
    BadRequest(RequestFault),
    Busy,
    /// The database cannot do it now: in the front's words, and for the log.
    Away(Refusal, DirectoryError),
    /// Something failed inside: for the log.
    Failed(DirectoryError),
    Refused(Refusal),
}

impl Error {
    fn bad_request(kind: &'static str, message: impl Into<String>) -> Self {
        Self::BadRequest(RequestFault { kind, message: message.into(), arguments: Vec::new() })
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::Unauthorized => StatusCode::UNAUTHORIZED,
            Self::Forbidden { .. } => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Conflict { .. } => StatusCode::CONFLICT,
            Self::Validation(_) | Self::BadRequest(_) => StatusCode::BAD_REQUEST,
            Self::Busy | Self::Away(..) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Failed(_) => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Refused(refusal) => refusal.status(),
        }
    }

    fn detail(&self) -> ErrorDetail {
        let plain = |message: &str| ErrorDetail { name: name(self.status()), message: message.to_owned(), payload: None };
        match self {
            Self::Unauthorized => plain("The access token is missing, unknown, expired or revoked."),
            Self::Forbidden { message } | Self::Conflict { message } => plain(message),
            Self::NotFound => plain("There is no such record."),
            Self::Validation(faults) => ErrorDetail {
                name: "ValidationError",
                message: "The request does not match its schema; the payload says where.".to_owned(),
                payload: Some(Payload::ValidationErrors(faults.clone())),
            },
            Self::BadRequest(fault) => ErrorDetail { payload: Some(Payload::Errors(vec![fault.clone()])), ..plain(&fault.message) },
            Self::Busy => plain(&Refusal::Overloaded.message()),
            Self::Away(refusal, _) => plain(&refusal.message()),
            Self::Failed(_) => plain(&Refusal::Panicked.message()),
            Self::Refused(refusal) => plain(&refusal.message()),
        }
    }
}

/// The vendor documents `BadRequestError` and `ValidationError`; the other names follow their pattern.
const fn name(status: StatusCode) -> &'static str {
    match status {
        StatusCode::BAD_REQUEST => "BadRequestError",
        StatusCode::UNAUTHORIZED => "UnauthorizedError",
        StatusCode::FORBIDDEN => "ForbiddenError",
        StatusCode::NOT_FOUND => "NotFoundError",
        StatusCode::METHOD_NOT_ALLOWED => "MethodNotAllowedError",
        StatusCode::REQUEST_TIMEOUT => "RequestTimeoutError",
        StatusCode::CONFLICT => "ConflictError",
        StatusCode::PRECONDITION_FAILED => "PreconditionFailedError",
        StatusCode::PAYLOAD_TOO_LARGE => "PayloadTooLargeError",
        StatusCode::UNSUPPORTED_MEDIA_TYPE => "UnsupportedMediaTypeError",
        StatusCode::UNPROCESSABLE_ENTITY => "UnprocessableEntityError",
        StatusCode::TOO_MANY_REQUESTS => "TooManyRequestsError",
        StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE => "HeaderFieldsTooLargeError",
        StatusCode::SERVICE_UNAVAILABLE => "ServiceUnavailableError",
        _ => "InternalServerError",
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let (status, detail) = (self.status(), self.detail());
        let mut response = status.into_response();
        response.extensions_mut().insert(detail);
        match self {
            Self::Unauthorized => drop(response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))),
            Self::Failed(error) | Self::Away(_, error) => drop(response.extensions_mut().insert(Cause::new(error))),
            Self::Refused(refusal) => refusal.complete(&mut response),
            _ => {}
        }
        response
    }
}

/// Gives every answer its trace id, and a refusal its body.
pub fn finish(id: &RequestId, response: &mut Response) {
    response.headers_mut().insert(X_TRACE_ID, id.as_header());
    let Some(detail) = response.extensions_mut().remove::<ErrorDetail>() else { return };
    // A document of texts alone always serializes.
    let body = serde_json::to_vec(&ErrorDocument { error: &detail, tracking_id: id.as_str() }).unwrap_or_default();
    *response.body_mut() = body.into();
    // It was that of the empty body.
    response.headers_mut().remove(CONTENT_LENGTH);
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
}

impl From<DirectoryError> for Error {
    fn from(error: DirectoryError) -> Self {
        match error {
            DirectoryError::Unauthenticated => Self::Unauthorized,
            DirectoryError::Forbidden(scope) => {
                let word = Vendor::TwentyFourSevenOffice.word(scope).unwrap_or(scope.as_str());
                Self::Forbidden { message: format!("This needs the scope {word}.") }
            }
            DirectoryError::NoIdentity => Self::Forbidden { message: "This needs the access token of an identity.".to_owned() },
            DirectoryError::NoPerson => Self::Forbidden { message: "This needs the access token of a person.".to_owned() },
            DirectoryError::NotFound => Self::NotFound,
            DirectoryError::ChooseOrganization => Self::bad_request(
                "ChooseOrganization",
                "This access token enters several organizations: put the short name of one in front of the path, as in /acme/v1/organization/people.",
            ),
            DirectoryError::Invalid { field, reason } => {
                Self::BadRequest(RequestFault { kind: "Invalid", message: format!("{field} {reason}"), arguments: vec![field] })
            }
            DirectoryError::Conflict { field, .. } => Self::Conflict { message: format!("{field} is taken by another record.") },
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
            Denied::TwoOrganizations => Self::bad_request("TwoOrganizations", "The request names two different organizations."),
        }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::BadRequest { message } => Self::bad_request("BadRequest", message),
            other => Self::Refused(other),
        }
    }
}

impl From<QueryFault> for Error {
    fn from(fault: QueryFault) -> Self {
        Self::Validation(vec![fault.into()])
    }
}

impl From<JsonFault> for Error {
    fn from(fault: JsonFault) -> Self {
        Self::bad_request("Json", format!("The body is no acceptable JSON: {fault}."))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderMap;
    use http_body_util::BodyExt;
    use rollcall_core::domain::Scope;

    async fn said(error: impl Into<Error>) -> (u16, HeaderMap, String) {
        let id = RequestId::of(&HeaderMap::from_iter([(HeaderName::from_static("x-request-id"), HeaderValue::from_static("trace-1"))]));
        let mut response = error.into().into_response();
        finish(&id, &mut response);
        let (parts, body) = response.into_parts();
        let body = body.collect().await.expect("a body").to_bytes();
        (parts.status.as_u16(), parts.headers, String::from_utf8(body.to_vec()).expect("text"))
    }

    #[tokio::test]
    async fn a_refusal_has_its_name_its_words_and_the_request_s_id() {
        let (status, headers, body) = said(DirectoryError::NotFound).await;

        assert_eq!(status, 404);
        assert_eq!(headers["x-trace-id"], "trace-1");
        assert_eq!(headers["content-type"], "application/json");
        assert_eq!(body, r#"{"error":{"name":"NotFoundError","message":"There is no such record."},"trackingId":"trace-1"}"#);
    }

    #[tokio::test]
    async fn a_validation_error_lists_paths_and_keywords() {
        let (status, _, body) = said(Error::Validation(vec![ValidationFault { path: "personType".to_owned(), keyword: "enum" }])).await;

        assert_eq!(status, 400);
        assert!(body.contains(r#""name":"ValidationError""#), "{body}");
        assert!(body.contains(r#""payload":{"validationErrors":[{"path":"personType","keyword":"enum"}]}"#), "{body}");
    }

    #[tokio::test]
    async fn a_bad_request_lists_errors() {
        let (_, _, body) = said(Refusal::bad_request("No.")).await;

        assert!(body.contains(
            r#""name":"BadRequestError","message":"No.","payload":{"errors":[{"type":"BadRequest","message":"No.","arguments":[]}]}"#
        ));
    }

    #[tokio::test]
    async fn a_missing_scope_is_named_in_the_vendor_s_word() {
        let (status, _, body) = said(DirectoryError::Forbidden(Scope::PeopleRead)).await;

        assert_eq!(status, 403);
        assert!(body.contains("api.organization.person:read"), "{body}");
    }

    #[tokio::test]
    async fn a_busy_directory_is_a_503() {
        assert_eq!(said(DirectoryError::Busy).await.0, 503);
    }

    #[tokio::test]
    async fn a_lost_database_is_a_503_that_says_whether_anything_was_done() {
        let cases = [
            (DirectoryError::Unavailable("away".into()), "The database cannot be reached; nothing was done."),
            (DirectoryError::Uncertain("lost".into()), "look whether it was made before you send it again."),
        ];

        for (failure, words) in cases {
            let (status, _, body) = said(failure).await;
            assert!(status == 503 && body.contains(words) && body.contains("ServiceUnavailableError"), "{body}");
        }
    }

    #[tokio::test]
    async fn an_inner_failure_keeps_its_words_for_the_log() {
        let response = Error::from(DirectoryError::Store("the disk is full".into())).into_response();

        let (status, _, body) = said(DirectoryError::Store("the disk is full".into())).await;

        assert!(response.extensions().get::<Cause>().is_some_and(|cause| cause.to_string().ends_with("the disk is full")));
        assert_eq!(status, 500);
        assert!(!body.contains("disk"), "{body}");
    }
}
