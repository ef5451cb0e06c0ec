//! The browsers that somebody is signed in with.

use super::super::form::Form;
use super::super::page::{Frame, Trouble, html, to, with_cookie};
use super::super::visit::SignedIn;
use crate::http::AppState;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use rollcall_core::domain::{Instant, TokenId};

#[derive(Debug, Template)]
#[template(path = "sessions.html")]
struct Sessions {
    frame: Frame,
    sessions: Vec<Session>,
}

#[derive(Debug)]
struct Session {
    id: TokenId,
    agent: String,
    created_at: String,
    last_used_at: String,
    expires_at: String,
    is_this: bool,
}

/// GET /console/sessions
pub async fn list(State(app): State<AppState>, signed_in: SignedIn) -> Result<Response, Trouble> {
    let texts = signed_in.visit.texts;
    let sessions = app.directory.sessions(&signed_in.credential).await.map_err(|error| Trouble::of(error, texts))?;
    let sessions = sessions.into_iter().map(|session| Session {
        id: session.id,
        agent: if session.agent.is_empty() { texts.unknown_browser.to_owned() } else { session.agent },
        created_at: session.created_at.to_string(),
        last_used_at: session.last_used_at.as_ref().map(Instant::to_string).unwrap_or_default(),
        expires_at: session.expires_at.as_ref().map(Instant::to_string).unwrap_or_default(),
        is_this: session.id == signed_in.credential.token(),
    });
    Ok(html(StatusCode::OK, &Sessions { frame: Frame::of(&signed_in), sessions: sessions.collect() }))
}

/// POST /console/sessions/{id}/end
pub async fn end(State(app): State<AppState>, Path(id): Path<String>, form: Form<SignedIn>) -> Result<Response, Trouble> {
    let SignedIn { visit, credential } = &form.sender;
    let id: TokenId = id.parse().map_err(|_| Trouble::not_found(visit))?;
    app.directory.end_session(credential, id).await.map_err(|error| Trouble::of(error, visit.texts))?;
    if id == credential.token() {
        return Ok(with_cookie(to(&format!("{}/console/sign-in", visit.base)), visit.session_cookie_gone()));
    }
    Ok(to(&format!("{}/console/sessions", visit.base)))
}
