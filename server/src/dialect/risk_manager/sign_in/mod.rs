//! Signing in: the page to which an application sends people, so that it may act for them (RFC 6749, section 4.1).
//!
//! | module | what it is |
//! | --- | --- |
//! | [`asked`] | what the application asks, from the address; and what goes wrong with that |
//! | [`visit`] | what the person's browser brings: the key of the form, in a cookie and in the form |
//! | [`page`] | the pages, as HTML |
//! | [`back`] | the way back to the application |
//!
//! Nobody is ever sent to an address that is not registered for the application, to the letter: what is wrong with the
//! application or that address is told on a page here, everything else to the application. The tokens themselves are
//! given out by [`handlers::token`](super::handlers::token).

mod asked;
mod back;
mod page;
mod visit;

use crate::http::{AppState, ClientAddress};
use asked::Asked;
use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use back::Back;
use page::{Login, Trouble};
use rollcall_core::directory::DirectoryError;
use visit::{Form, Visit};

const WRONG: &str = "The e-mail address or the password is wrong.";
const INCOMPLETE: &str = "Give both your e-mail address and your password.";
const STALE: &str = "This page had been open for too long, or was opened twice. Sign in again.";

/// GET /APIIntegration/AuthorizeFeatures
pub async fn show(asked: Asked, visit: Visit) -> Response {
    Login { asked: &asked, visit: &visit, status: StatusCode::OK, notice: None, email: "" }.into_response()
}

/// POST /APIIntegration/AuthorizeFeatures
pub async fn submit(
    State(app): State<AppState>,
    Extension(ClientAddress(address)): Extension<ClientAddress>,
    asked: Asked,
    visit: Visit,
    form: Form,
) -> Result<Response, Trouble> {
    let again = |status, notice: &str| {
        Login { asked: &asked, visit: &visit, status, notice: Some(notice), email: form.email.as_deref().unwrap_or_default() }
            .into_response()
    };
    if !visit.is_own(&form) {
        return Ok(again(StatusCode::FORBIDDEN, STALE));
    }
    if form.is_cancelled {
        return Ok(Back::denied(&asked, "The person did not want to sign in.").leaving(&visit));
    }
    let (Some(email), Some(password)) = (&form.email, &form.password) else {
        return Ok(again(StatusCode::BAD_REQUEST, INCOMPLETE));
    };
    let attempt = match app.failed_logins.may_try(address, email) {
        Ok(attempt) => attempt,
        Err(seconds) => return Ok(page::wait(again(StatusCode::TOO_MANY_REQUESTS, &page::wait_words(seconds)), seconds)),
    };
    match app.directory.sign_in(&asked.client, asked.challenge, email, password).await {
        Ok(code) => {
            attempt.succeeded();
            Ok(Back::with_code(&asked, &code).leaving(&visit))
        }
        Err(DirectoryError::NotFound) => {
            attempt.succeeded();
            Ok(Back::denied(&asked, "The person may enter none of the application's organizations.").leaving(&visit))
        }
        Err(DirectoryError::Unauthenticated) => {
            attempt.failed();
            Ok(again(StatusCode::FORBIDDEN, WRONG))
        }
        Err(failure) => {
            attempt.dropped();
            Err(failure.into())
        }
    }
}
