//! What the front itself may refuse with. No room's words: each room puts them into its own shape.

use axum::http::header::{ALLOW, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// Why the front did not let a request through, or could not wait for its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The request is not HTTP, or cannot mean one thing only.
    BadRequest { message: String },
    /// Nothing is at this path.
    NotFound,
    /// Something is at this path, which knows the methods in `allow` alone.
    MethodNotAllowed { allow: String },
    /// The client took too long to send the head of its request.
    HeaderTimedOut,
    /// The body has more bytes than a body may have.
    BodyTooLarge,
    /// The record is not what the request's conditions say (RFC 9110, section 13).
    PreconditionFailed,
    /// An `Idempotency-Key` that was sent before with another request.
    KeyReused,
    /// More requests, or more failed attempts, than a client may make.
    TooManyRequests { seconds: u64 },
    /// The body is of a kind that is not read here.
    UnsupportedMediaType,
    /// The head has more bytes or more headers than a head may have.
    HeadTooLarge,
    /// A handler panicked.
    Panicked,
    /// No answer within the time for one request.
    TimedOut,
    /// Too many requests are in work.
    Overloaded,
    /// Nothing can be written now: the disk is full or cannot be written.
    Unwritable,
    /// The database cannot be reached: surely nothing was done.
    Unavailable,
    /// The database was lost while a change was being kept: it may have been made, and it may not.
    Uncertain,
}

impl Refusal {
    /// A request that is not HTTP, or cannot mean one thing only.
    pub fn bad_request(message: impl Into<String>) -> Self {
        Self::BadRequest { message: message.into() }
    }

    pub const fn status(&self) -> StatusCode {
        match self {
            Self::BadRequest { .. } => StatusCode::BAD_REQUEST,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed { .. } => StatusCode::METHOD_NOT_ALLOWED,
            Self::HeaderTimedOut => StatusCode::REQUEST_TIMEOUT,
            Self::BodyTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::PreconditionFailed => StatusCode::PRECONDITION_FAILED,
            Self::KeyReused => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooManyRequests { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::HeadTooLarge => StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
            Self::Panicked => StatusCode::INTERNAL_SERVER_ERROR,
            Self::TimedOut | Self::Overloaded | Self::Unwritable | Self::Unavailable | Self::Uncertain => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// One word for programs, for rooms that have no word of their own.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::BadRequest { .. } => "bad_request",
            Self::NotFound => "not_found",
            Self::MethodNotAllowed { .. } => "method_not_allowed",
            Self::HeaderTimedOut => "request_timeout",
            Self::BodyTooLarge => "body_too_large",
            Self::PreconditionFailed => "precondition_failed",
            Self::KeyReused => "idempotency_key_reused",
            Self::TooManyRequests { .. } => "too_many_requests",
            Self::UnsupportedMediaType => "unsupported_media_type",
            Self::HeadTooLarge => "headers_too_large",
            Self::Panicked => "internal_error",
            Self::TimedOut => "timed_out",
            Self::Overloaded => "overloaded",
            Self::Unwritable => "unwritable",
            Self::Unavailable => "unavailable",
            Self::Uncertain => "uncertain",
        }
    }

    /// A sentence for the client.
    pub fn message(&self) -> String {
        match self {
            Self::BadRequest { message } => message.clone(),
            Self::NotFound => "There is nothing at this address.".to_owned(),
            Self::MethodNotAllowed { allow } => format!("This address answers {allow} only."),
            Self::HeaderTimedOut => "The request's headers did not arrive in time.".to_owned(),
            Self::BodyTooLarge => "The body is larger than this server accepts.".to_owned(),
            Self::PreconditionFailed => "The record has changed since it was read; read it again.".to_owned(),
            Self::KeyReused => "This Idempotency-Key came with another request before.".to_owned(),
            Self::TooManyRequests { seconds: 1 } => "Too many requests; try again in a second.".to_owned(),
            Self::TooManyRequests { seconds } => format!("Too many requests; try again in {seconds} seconds."),
            Self::UnsupportedMediaType => "The body's Content-Type is not one that is read here; JSON is application/json.".to_owned(),
            Self::HeadTooLarge => "The address and headers are larger than this server accepts.".to_owned(),
            Self::Panicked => "The server failed at this request; its log has the reason under the request's id.".to_owned(),
            Self::TimedOut => "The request took too long.".to_owned(),
            Self::Overloaded => "The server has too much to do; try again soon.".to_owned(),
            Self::Unwritable => "The server cannot write at present; try again later.".to_owned(),
            Self::Unavailable => "The database cannot be reached; nothing was done.".to_owned(),
            Self::Uncertain => "The connection to the database was lost while the change was being kept: look whether it was made before \
                                you send it again."
                .to_owned(),
        }
    }

    /// Adds the headers that a refusal needs in whatever shape a room gives it.
    pub fn complete(&self, response: &mut Response) {
        let headers = response.headers_mut();
        match self {
            Self::MethodNotAllowed { allow } => {
                if let Ok(allow) = HeaderValue::from_str(allow) {
                    headers.insert(ALLOW, allow);
                }
            }
            Self::TooManyRequests { seconds } => drop(headers.insert(RETRY_AFTER, HeaderValue::from(*seconds))),
            _ => {}
        }
    }
}

/// The shape for paths that no room claims.
impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let body = json!({ "error": self.code(), "message": self.message() });
        let mut response = (self.status(), axum::Json(body)).into_response();
        self.complete(&mut response);
        response
    }
}
