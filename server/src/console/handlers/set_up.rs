//! The first run: whoever has the link that the server prints makes the first organization and its owner.

use super::super::form::Form;
use super::super::page::{Frame, Trouble, html, to, with_cookie};
use super::super::visit::Visit;
use crate::http::{AppState, PublicUrl, QueryString};
use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rollcall_core::directory::{Directory, DirectoryError, FirstOwner};
use rollcall_core::domain::{Email, LongLabel, Name, Slug};
use std::fmt::Display;
use std::time::Duration;

/// What the key of a link is sealed for.
const PURPOSE: &str = "console set-up";
/// Long enough to look at the log; a link in an old log is none.
const LINK_TTL: Duration = Duration::from_secs(24 * 60 * 60);

#[derive(Debug, Template)]
#[template(path = "set_up.html")]
struct SetUp<'a> {
    frame: Frame,
    key: &'a str,
    notice: Option<String>,
    typed: Typed<'a>,
}

/// What was typed last, to be shown again. Never the password.
#[derive(Clone, Copy, Debug, Default)]
struct Typed<'a> {
    organization_name: &'a str,
    organization: &'a str,
    name: &'a str,
    email: &'a str,
}

/// The link to set a directory up, as long as nobody can sign in.
pub async fn link(directory: &Directory, url: &PublicUrl) -> Result<Option<String>, DirectoryError> {
    if !directory.is_to_be_set_up().await? {
        return Ok(None);
    }
    let key = directory.seal(PURPOSE, &[], LINK_TTL).await?;
    Ok(Some(format!("{url}/console/set-up?key={}", URL_SAFE_NO_PAD.encode(key))))
}

/// GET /console/set-up
pub async fn show(State(app): State<AppState>, visit: Visit, RawQuery(query): RawQuery) -> Result<Response, Trouble> {
    let query = QueryString::parse(query.as_deref()).map_err(|fault| Trouble::unreadable(&fault, visit.texts))?;
    let key = query.get("key").ok().flatten().unwrap_or_default();
    check(&app, &visit, key).await?;
    Ok(page(&visit, StatusCode::OK, key, None, Typed::default()))
}

/// POST /console/set-up
pub async fn submit(State(app): State<AppState>, form: Form<Visit>) -> Result<Response, Trouble> {
    let (visit, key) = (&form.sender, form.text("key")?);
    check(&app, visit, key).await?;
    let typed = Typed {
        organization_name: form.text("organization_name")?,
        organization: form.text("organization")?,
        name: form.text("name")?,
        email: form.text("email")?,
    };
    let again = |words: String| page(visit, StatusCode::BAD_REQUEST, key, Some(words), typed);
    let first = match first_owner(typed, form.exact("password")?, visit) {
        Ok(first) => first,
        Err(words) => return Ok(again(words)),
    };
    match app.directory.set_up(first).await {
        Ok(()) => Ok(to(&format!("{}/console/sign-in", visit.base))),
        Err(error @ (DirectoryError::Invalid { .. } | DirectoryError::Conflict { .. })) => Ok(again(error.to_string())),
        Err(DirectoryError::NotFound) => Err(Trouble::forbidden(visit, visit.texts.set_up_over)),
        Err(failure) => Err(Trouble::of(failure, visit.texts)),
    }
}

/// Refuses a key that is not good, and every key once the directory is set up.
async fn check(app: &AppState, visit: &Visit, key: &str) -> Result<(), Trouble> {
    let is_good = match URL_SAFE_NO_PAD.decode(key) {
        Ok(sealed) => app.directory.unseal(PURPOSE, &sealed).await.is_ok(),
        Err(_) => false,
    };
    let is_to_be = app.directory.is_to_be_set_up().await.map_err(|error| Trouble::of(error, visit.texts))?;
    if is_good && is_to_be { Ok(()) } else { Err(Trouble::forbidden(visit, visit.texts.set_up_over)) }
}

fn first_owner(typed: Typed<'_>, password: &str, visit: &Visit) -> Result<FirstOwner, String> {
    fn wrong<E: Display>(label: &'static str) -> impl Fn(E) -> String {
        move |error| format!("{label}: {error}")
    }
    let texts = visit.texts;
    Ok(FirstOwner {
        organization_name: LongLabel::parse(typed.organization_name).map_err(wrong(texts.organization_name))?,
        organization: Slug::parse(typed.organization).map_err(wrong(texts.organization_slug))?,
        name: Name::parse(typed.name).map_err(wrong(texts.your_name))?,
        email: Email::parse(typed.email).map_err(wrong(texts.email))?,
        password: password.to_owned(),
    })
}

fn page(visit: &Visit, status: StatusCode, key: &str, notice: Option<String>, typed: Typed<'_>) -> Response {
    with_cookie(html(status, &SetUp { frame: Frame::bare(visit), key, notice, typed }), visit.key_cookie())
}
