//! Signing in with an issuer: the way there, and back.

use super::super::oidc::journey::{self, Journey};
use super::super::oidc::{OpenIdError, issuer, token};
use super::super::page::{Trouble, own_address, to, with_cookie};
use super::super::visit::Visit;
use crate::http::{AppState, OpenIdSettings, QueryString};
use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use axum::http::header::USER_AGENT;
use axum::response::Response;
use rollcall_core::directory::DirectoryError;
use rollcall_core::domain::Email;
use tracing::warn;

/// GET /console/sign-in/issuer
pub async fn leave(State(app): State<AppState>, visit: Visit, RawQuery(query): RawQuery) -> Result<Response, Trouble> {
    let query = QueryString::parse(query.as_deref()).map_err(|fault| Trouble::unreadable(&fault, visit.texts))?;
    let settings = settings(&app, &visit)?;
    let next = own_address(&visit, query.get("next").ok().flatten().unwrap_or_default());
    let failed = |error| Trouble::of(error, visit.texts);
    let journey = Journey::begin(&next).map_err(failed)?;
    let asked = settings.clone();
    let learned = blocking(move || issuer::learned(&asked)).await.map_err(|error| refused(&visit, &error))?;
    let sealed = journey.sealed(&app.directory).await.map_err(failed)?;
    Ok(with_cookie(
        to(&address(&learned.metadata.authorization_endpoint, settings, &journey, &back(&app))),
        visit.journey_cookie(&sealed, journey::TTL),
    ))
}

/// GET /console/sign-in/issuer/back
pub async fn arrive(State(app): State<AppState>, visit: Visit, headers: HeaderMap, RawQuery(query): RawQuery) -> Result<Response, Trouble> {
    let query = QueryString::parse(query.as_deref()).map_err(|fault| Trouble::unreadable(&fault, visit.texts))?;
    let settings = settings(&app, &visit)?;
    let journey = match Visit::journey(&headers) {
        Some(cookie) => Journey::unsealed(&app.directory, cookie).await,
        None => None,
    };
    let only = |name| query.get(name).ok().flatten().map(str::to_owned);
    let Some(journey) = journey.filter(|journey| only("state").as_deref() == Some(journey.state.as_str())) else {
        return Err(Trouble::stale(&visit));
    };
    let Some(code) = only("code") else { return Err(Trouble::forbidden(&visit, visit.texts.issuer_refused)) };
    let email = vouched_for(settings.clone(), code, &journey, back(&app)).await.map_err(|error| refused(&visit, &error))?;
    let agent = headers.get(USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
    match app.directory.begin_session_of(&email, agent).await {
        Ok(secret) => {
            let answer = with_cookie(to(&own_address(&visit, &journey.next)), visit.session_cookie(secret.reveal()));
            Ok(with_cookie(answer, visit.journey_cookie_gone()))
        }
        Err(DirectoryError::Unauthenticated) => Err(Trouble::forbidden(&visit, visit.texts.issuer_unknown)),
        Err(failure) => Err(Trouble::of(failure, visit.texts)),
    }
}

/// The address at which the issuer asks who somebody is (OpenID Connect Core 1.0, section 3.1.2.1).
fn address(endpoint: &str, settings: &OpenIdSettings, journey: &Journey, back: &str) -> String {
    let challenge = journey.challenge();
    let asked = [
        ("response_type", "code"),
        ("scope", "openid email"),
        ("client_id", &settings.client_id),
        ("redirect_uri", back),
        ("state", &journey.state),
        ("nonce", &journey.nonce),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
    ];
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(asked).finish();
    let sign = if endpoint.contains('?') { '&' } else { '?' };
    format!("{endpoint}{sign}{query}")
}

fn settings<'a>(app: &'a AppState, visit: &Visit) -> Result<&'a OpenIdSettings, Trouble> {
    app.settings.open_id.as_ref().ok_or_else(|| Trouble::not_found(visit))
}

/// Where the issuer sends people back to. It is registered there, to the letter.
fn back(app: &AppState) -> String {
    format!("{}/console/sign-in/issuer/back", app.settings.public_url())
}

/// Whose address it is, as the issuer says for a code.
async fn vouched_for(settings: OpenIdSettings, code: String, journey: &Journey, back: String) -> Result<Email, OpenIdError> {
    let (verifier, nonce) = (journey.verifier.clone(), journey.nonce.clone());
    blocking(move || {
        let learned = issuer::learned(&settings)?;
        let token = issuer::exchange(&settings, &learned, &code, &verifier, &back)?;
        token::email(&settings, &learned, &token, &nonce)
    })
    .await
}

/// Asking an issuer takes its time, off the threads that answer.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T, OpenIdError> + Send + 'static) -> Result<T, OpenIdError> {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|failure| Err(OpenIdError::Unreachable(failure.to_string())))
}

fn refused(visit: &Visit, error: &OpenIdError) -> Trouble {
    warn!("a sign-in with the issuer failed: {error}");
    Trouble::forbidden(visit, visit.texts.issuer_failed)
}
