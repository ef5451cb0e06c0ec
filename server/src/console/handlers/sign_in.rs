//! Signing in with a password, and out.

use super::super::form::Form;
use super::super::page::{Frame, Trouble, html, own_address, to, with_cookie};
use super::super::visit::{SignedIn, Visit};
use crate::http::{AppState, ClientAddress, QueryString};
use askama::Template;
use axum::Extension;
use axum::extract::{RawQuery, State};
use axum::http::header::{RETRY_AFTER, USER_AGENT};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use rollcall_core::directory::DirectoryError;

#[derive(Debug, Template)]
#[template(path = "sign_in.html")]
struct SignIn<'a> {
    frame: Frame,
    /// What was wrong with the last try.
    notice: Option<&'a str>,
    /// What was typed as the address then.
    email: &'a str,
    /// The page to come back to.
    next: &'a str,
    /// Whom people may sign in with beside, as they call it.
    issuer: Option<&'a str>,
}

/// GET /console/sign-in
pub async fn show(State(app): State<AppState>, visit: Visit, RawQuery(query): RawQuery) -> Result<Response, Trouble> {
    let query = QueryString::parse(query.as_deref()).map_err(|fault| Trouble::unreadable(&fault, visit.texts))?;
    let next = query.get("next").ok().flatten().unwrap_or_default();
    Ok(page(&app, &visit, StatusCode::OK, None, "", next))
}

/// POST /console/sign-in
pub async fn submit(
    State(app): State<AppState>,
    Extension(ClientAddress(address)): Extension<ClientAddress>,
    headers: HeaderMap,
    form: Form<Visit>,
) -> Result<Response, Trouble> {
    let visit = &form.sender;
    let (email, password, next) = (form.text("email")?, form.exact("password")?, form.text("next")?);
    if email.is_empty() || password.is_empty() {
        return Ok(page(&app, visit, StatusCode::BAD_REQUEST, Some(visit.texts.incomplete_login), email, next));
    }
    let attempt = match app.failed_logins.may_try(address, email) {
        Ok(attempt) => attempt,
        Err(seconds) => {
            let mut wait = page(&app, visit, StatusCode::TOO_MANY_REQUESTS, Some(visit.texts.too_many_attempts), email, next);
            wait.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
            return Ok(wait);
        }
    };
    let agent = headers.get(USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
    match app.directory.begin_session(email, password, agent).await {
        Ok(secret) => {
            attempt.succeeded();
            Ok(with_cookie(to(&own_address(visit, next)), visit.session_cookie(secret.reveal())))
        }
        Err(DirectoryError::Unauthenticated) => {
            attempt.failed();
            Ok(page(&app, visit, StatusCode::FORBIDDEN, Some(visit.texts.wrong_login), email, next))
        }
        Err(failure) => {
            attempt.dropped();
            Err(Trouble::of(failure, visit.texts))
        }
    }
}

/// POST /console/sign-out
pub async fn leave(State(app): State<AppState>, form: Form<SignedIn>) -> Result<Response, Trouble> {
    let SignedIn { visit, credential } = &form.sender;
    match app.directory.end_session(credential, credential.token()).await {
        // It may have been ended from elsewhere meanwhile.
        Ok(()) | Err(DirectoryError::NotFound) => {
            Ok(with_cookie(to(&format!("{}/console/sign-in", visit.base)), visit.session_cookie_gone()))
        }
        Err(failure) => Err(Trouble::of(failure, visit.texts)),
    }
}

fn page(app: &AppState, visit: &Visit, status: StatusCode, notice: Option<&str>, email: &str, next: &str) -> Response {
    with_cookie(
        html(
            status,
            &SignIn {
                frame: Frame::bare(visit),
                notice,
                email,
                next,
                issuer: app.settings.open_id.as_ref().map(|issuer| issuer.name.as_str()),
            },
        ),
        visit.key_cookie(),
    )
}
