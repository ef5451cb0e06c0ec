//! The way back to the application: its own redirection endpoint, with what came of the sign-in (RFC 6749, 4.1.2).

use super::asked::Asked;
use super::visit::Visit;
use axum::http::header::{LOCATION, REFERRER_POLICY, SET_COOKIE};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

/// The address to which a browser is sent.
#[derive(Debug)]
pub struct Back(String);

impl Back {
    /// With the code that the application redeems.
    pub fn with_code(asked: &Asked, code: &str) -> Self {
        Self::to(asked, &[("code", code)])
    }

    /// The person did not sign in, or may not.
    pub fn denied(asked: &Asked, description: &str) -> Self {
        Self::refused(asked, "access_denied", description)
    }

    /// The application is at fault.
    pub fn refused(asked: &Asked, word: &str, description: &str) -> Self {
        Self::to(asked, &[("error", word), ("error_description", description)])
    }

    fn to(asked: &Asked, members: &[(&str, &str)]) -> Self {
        let registered = asked.client.redirect.as_str();
        let state = asked.state.as_deref().map(|state| ("state", state));
        // The endpoint's own query stays (RFC 6749, section 3.1.2).
        let sign = if registered.contains('?') { "&" } else { "?" };
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(members.iter().copied().chain(state));
        Self(format!("{registered}{sign}{}", query.finish()))
    }

    /// The answer that ends a visit: its cookie goes.
    pub fn leaving(self, visit: &Visit) -> Response {
        let mut response = self.into_response();
        // A form was sent, and it holds a password: none of it goes along (RFC 9700, section 4.12).
        *response.status_mut() = StatusCode::SEE_OTHER;
        if let Ok(gone) = HeaderValue::from_str(&visit.cookie_gone()) {
            response.headers_mut().insert(SET_COOKIE, gone);
        }
        response
    }
}

impl IntoResponse for Back {
    fn into_response(self) -> Response {
        // The address of this page holds the application's state, which is nobody else's business.
        let headers: [(HeaderName, HeaderValue); 2] = [
            // A registered endpoint is plain ASCII, and so is an encoded query.
            (LOCATION, HeaderValue::from_str(&self.0).unwrap_or(HeaderValue::from_static("/"))),
            (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
        ];
        (StatusCode::FOUND, headers).into_response()
    }
}
