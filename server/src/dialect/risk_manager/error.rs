//! The error object: every failure of this API, always as JSON of one shape.

use super::lens::{self, Fault, Unreadable};
use super::odata;
use crate::http::admission::Denied;
use crate::http::{Cause, QueryFault, Refusal};
use axum::Json;
use axum::http::header::WWW_AUTHENTICATE;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use rollcall_core::directory::DirectoryError;
use serde::Serialize;

/// Characters of a sent value that an error repeats.
const SHOWN_CHARACTERS_MAX: usize = 60;
/// How to choose among the organizations of a credential.
const CHOOSE: &str = "This credential enters several organizations. Choose one by its slug in front of the path, as in \
                      /{slug}/api/Organization/people and /{slug}/APIIntegration/token.";

/// Why a request is not answered as it was asked.
#[derive(Debug)]
pub struct Error {
    status: StatusCode,
    /// A word of RFC 6749 or 6750 where one fits.
    word: &'static str,
    description: String,
    /// The parts of the description, where it has several.
    details: Vec<String>,
    app_errors: Vec<AppError>,
    /// What it was in the front's words, which know the headers that it needs.
    refusal: Option<Box<Refusal>>,
    /// For the log alone.
    cause: Option<Cause>,
}

/// What is wrong with one parameter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct AppError {
    error_code: &'static str,
    parameter_name: String,
    values: Vec<String>,
}

/// The error object.
#[derive(Serialize)]
struct Body<'a> {
    error: &'a str,
    error_description: &'a str,
    error_uri: &'a str,
    error_details: Vec<&'a str>,
    app_errors: &'a [AppError],
}

impl Error {
    /// One request cannot be understood as a whole.
    pub fn invalid_request(description: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalid_request", description)
    }

    /// One parameter is wrong: `description` says how, `values` show what of it.
    pub fn invalid_parameter(code: &'static str, name: &str, description: String, values: Vec<String>) -> Self {
        let app_error = AppError { error_code: code, parameter_name: name.to_owned(), values };
        Self { app_errors: vec![app_error], ..Self::invalid_request(description) }
    }

    /// A `$filter` or `$orderby` that cannot be read. Its value in `app_errors` is the position.
    pub fn unreadable(code: &'static str, name: &str, fault: &odata::Error) -> Self {
        Self::invalid_parameter(code, name, format!("{name}: {fault}"), vec![fault.position.to_string()])
    }

    /// A parameter of which something else was sent than it takes.
    pub fn out_of_range(name: &str, takes: &str, sent: &str) -> Self {
        let shown = sent.chars().take(SHOWN_CHARACTERS_MAX).collect();
        Self::invalid_parameter("invalid_value", name, format!("{name} must be {takes}"), vec![shown])
    }

    /// A grant that this server does not give.
    pub fn unsupported_grant_type(description: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "unsupported_grant_type", description)
    }

    /// A code or a refresh token that is not good.
    pub fn invalid_grant() -> Self {
        let description = "The code or the refresh token is unknown, used, expired or revoked, was asked for with another redirect_uri, \
                           client or code_challenge, or whoever it is for may no longer enter.";
        Self::new(StatusCode::BAD_REQUEST, "invalid_grant", description)
    }

    /// The client takes XML alone.
    pub fn not_acceptable() -> Self {
        Self::new(StatusCode::NOT_ACCEPTABLE, "not_acceptable", "This server answers in JSON only: send Accept: application/json.")
    }

    /// What the directory said about an application that asked for a token.
    pub fn of_grant(error: DirectoryError) -> Self {
        match error {
            DirectoryError::Unauthenticated => {
                Self::new(StatusCode::UNAUTHORIZED, "invalid_client", "The client_id or the client_secret is wrong.")
            }
            other => other.into(),
        }
    }

    fn new(status: StatusCode, word: &'static str, description: impl Into<String>) -> Self {
        let (details, app_errors) = (Vec::new(), Vec::new());
        Self { status, word, description: description.into(), details, app_errors, refusal: None, cause: None }
    }

    fn body(&self) -> Body<'_> {
        Body {
            error: self.word,
            error_description: &self.description,
            error_uri: "",
            error_details: if self.details.is_empty() {
                vec![&self.description]
            } else {
                self.details.iter().map(String::as_str).collect()
            },
            app_errors: &self.app_errors,
        }
    }
}

impl From<DirectoryError> for Error {
    fn from(error: DirectoryError) -> Self {
        match error {
            DirectoryError::Unauthenticated => {
                Self::new(StatusCode::UNAUTHORIZED, "invalid_token", "The access token is missing, unknown, expired or revoked.")
            }
            DirectoryError::Forbidden(scope) => {
                Self::new(StatusCode::FORBIDDEN, "insufficient_scope", format!("This needs an access token with the scope {scope}."))
            }
            DirectoryError::NoIdentity => Self::new(StatusCode::FORBIDDEN, "access_denied", "This needs the token of an identity."),
            DirectoryError::NoPerson => {
                Self::new(StatusCode::FORBIDDEN, "access_denied", "This needs a person's own token; the token used belongs to nobody.")
            }
            DirectoryError::NotFound => Self::new(StatusCode::NOT_FOUND, "not_found", "There is no such object."),
            DirectoryError::ChooseOrganization => Self::invalid_request(CHOOSE),
            DirectoryError::Invalid { field, reason } => {
                let member = lens::member(&field);
                Self::invalid_parameter("invalid_value", &member, format!("{member} {reason}"), Vec::new())
            }
            DirectoryError::Conflict { field, .. } => {
                let member = lens::member(field);
                let description = format!("{member} is taken by another object");
                let app_error = AppError { error_code: "conflict", parameter_name: member, values: Vec::new() };
                Self { app_errors: vec![app_error], ..Self::new(StatusCode::CONFLICT, "conflict", description) }
            }
            DirectoryError::LastOwner => {
                Self::new(StatusCode::CONFLICT, "conflict", "The last owner of an organization must stay one, and able to sign in.")
            }
            DirectoryError::PreconditionFailed => Refusal::PreconditionFailed.into(),
            DirectoryError::KeyReused => Refusal::KeyReused.into(),
            DirectoryError::TooManyAttempts { seconds } => Refusal::TooManyRequests { seconds }.into(),
            cause @ DirectoryError::Unwritable(_) => Self { cause: Some(Cause::new(cause)), ..Refusal::Unwritable.into() },
            cause @ DirectoryError::Unavailable(_) => Self { cause: Some(Cause::new(cause)), ..Refusal::Unavailable.into() },
            cause @ DirectoryError::Uncertain(_) => Self { cause: Some(Cause::new(cause)), ..Refusal::Uncertain.into() },
            DirectoryError::Busy => {
                Self::new(StatusCode::SERVICE_UNAVAILABLE, "temporarily_unavailable", "The server has too much to do; try again soon.")
            }
            DirectoryError::Store(cause) => {
                let failed = Self::new(StatusCode::INTERNAL_SERVER_ERROR, "server_error", "The server failed; its log has the reason.");
                Self { cause: Some(Cause::new(DirectoryError::Store(cause))), ..failed }
            }
        }
    }
}

impl From<Denied> for Error {
    fn from(denied: Denied) -> Self {
        match denied {
            Denied::Directory(error) => error.into(),
            Denied::TooManyRequests { seconds } => Refusal::TooManyRequests { seconds }.into(),
            Denied::TwoOrganizations => Self::invalid_request("The request names two different organizations."),
        }
    }
}

impl From<Unreadable> for Error {
    fn from(unreadable: Unreadable) -> Self {
        match unreadable {
            Unreadable::Body(sentence) => Self::invalid_request(sentence),
            Unreadable::Members(faults) => {
                let details: Vec<String> = faults.iter().map(|fault| format!("{} {}", fault.member, fault.reason)).collect();
                let app_error = |fault: Fault| AppError { error_code: fault.code, parameter_name: fault.member, values: Vec::new() };
                let app_errors = faults.into_iter().map(app_error).collect();
                Self { app_errors, details: details.clone(), ..Self::invalid_request(details.join("; ")) }
            }
        }
    }
}

impl From<QueryFault> for Error {
    fn from(fault: QueryFault) -> Self {
        let code = match fault {
            QueryFault::Malformed { .. } | QueryFault::ZeroByte { .. } => "malformed",
            QueryFault::Doubled { .. } => "doubled",
        };
        Self::invalid_parameter(code, fault.key(), fault.to_string(), Vec::new())
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        let word = match refusal {
            Refusal::BadRequest { .. } => "invalid_request",
            Refusal::Panicked => "server_error",
            Refusal::TimedOut | Refusal::Overloaded | Refusal::Unwritable | Refusal::Unavailable | Refusal::Uncertain => {
                "temporarily_unavailable"
            }
            Refusal::NotFound
            | Refusal::MethodNotAllowed { .. }
            | Refusal::HeaderTimedOut
            | Refusal::BodyTooLarge
            | Refusal::PreconditionFailed
            | Refusal::KeyReused
            | Refusal::TooManyRequests { .. }
            | Refusal::UnsupportedMediaType
            | Refusal::HeadTooLarge => refusal.code(),
        };
        Self { refusal: Some(Box::new(refusal.clone())), ..Self::new(refusal.status(), word, refusal.message()) }
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(self.body())).into_response();
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

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn object(error: impl Into<Error>) -> Value {
        serde_json::to_value(error.into().body()).unwrap()
    }

    #[test]
    fn an_error_object_has_its_five_members_whatever_failed() {
        let objects = [
            object(DirectoryError::NotFound),
            object(Refusal::NotFound),
            object(QueryFault::Doubled { key: "page".to_owned() }),
            object(Denied::TwoOrganizations),
        ];

        for object in objects {
            let members: Vec<_> = object.as_object().unwrap().keys().cloned().collect();
            assert_eq!(members, ["app_errors", "error", "error_description", "error_details", "error_uri"]);
        }
    }

    #[test]
    fn a_filter_that_cannot_be_read_is_named_with_its_place() {
        let fault = odata::filter("Nome eq 'a'", &odata::Fields::PEOPLE).unwrap_err();

        let object = object(Error::unreadable("invalid_filter", "$filter", &fault));

        assert!(object["error_description"].as_str().unwrap().starts_with("$filter: unknown field `Nome`"));
        assert_eq!(object["app_errors"], json!([{ "error_code": "invalid_filter", "parameter_name": "$filter", "values": ["0"] }]));
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
            assert!(error.status == StatusCode::SERVICE_UNAVAILABLE && error.description.ends_with(words) && error.cause.is_some());
            assert_eq!(error.word, "temporarily_unavailable");
        }
    }

    #[test]
    fn what_failed_inside_is_not_told() {
        let error = Error::from(DirectoryError::Store("disk I/O error".into()));

        assert_eq!(error.status, StatusCode::INTERNAL_SERVER_ERROR);
        assert!(!object(error).to_string().contains("disk"));
    }
}
