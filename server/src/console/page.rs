//! Pages as HTML: what stands around all of them, and what goes wrong with one.

use super::assets::NAMES;
use super::texts::Texts;
use super::visit::{Member, SignedIn, Visit, is_for_a_page};
use crate::http::admission::Denied;
use crate::http::{Cause, QueryFault, Refusal};
use askama::Template;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION, REFERRER_POLICY, SET_COOKIE, X_FRAME_OPTIONS};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use rollcall_core::directory::DirectoryError;
use rollcall_core::domain::{Scope, Slug};
use std::fmt::Display;

/// Everything is our own; nothing is inline, nothing is framed, forms go nowhere else.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; \
                      form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// What stands around a page.
#[derive(Clone, Debug)]
pub struct Frame {
    pub texts: &'static Texts,
    pub base: String,
    pub key: String,
    /// Where the page is, to come back to it.
    pub here: String,
    /// Whether somebody is signed in.
    pub is_signed_in: bool,
    /// The organization that is shown, if one is.
    pub organization: Option<Slug>,
    /// Whether others may be chosen.
    pub has_others: bool,
    /// The parts of the console that this person may see: the word in the address, and what it is called.
    pub sections: Vec<Section>,
    pub style: &'static str,
    pub script: &'static str,
}

/// One part of the console, in the navigation.
#[derive(Clone, Copy, Debug)]
pub struct Section {
    pub word: &'static str,
    pub name: &'static str,
    pub is_current: bool,
}

impl Frame {
    /// Around a page for anybody.
    pub fn bare(visit: &Visit) -> Self {
        Self {
            texts: visit.texts,
            base: visit.base.clone(),
            key: visit.key.clone(),
            here: visit.here.clone(),
            is_signed_in: false,
            organization: None,
            has_others: false,
            sections: Vec::new(),
            style: &NAMES.style,
            script: &NAMES.script,
        }
    }

    /// Around a page for whoever is signed in.
    pub fn of(signed_in: &SignedIn) -> Self {
        Self { is_signed_in: true, has_others: signed_in.credential.entries().len() > 1, ..Self::bare(&signed_in.visit) }
    }

    /// Around a page of one organization; `current` is the word of its part of the console.
    pub fn within(member: &Member, current: &'static str) -> Self {
        let texts = member.visit.texts;
        let parts: [(&str, &str, Scope); 2] =
            [("people", texts.people, Scope::PeopleRead), ("groups", texts.group.groups, Scope::GroupsRead)];
        let sections = parts.into_iter().filter(|(_, _, scope)| member.may(*scope));
        Self {
            is_signed_in: true,
            organization: Some(member.actor.slug().clone()),
            has_others: member.credential.entries().len() > 1,
            sections: sections.map(|(word, name, _)| Section { word, name, is_current: word == current }).collect(),
            ..Self::bare(&member.visit)
        }
    }

    /// Around a page of which nothing is known, not even who asked.
    fn of_nobody(texts: &'static Texts) -> Self {
        Self {
            texts,
            base: String::new(),
            key: String::new(),
            here: String::new(),
            is_signed_in: false,
            organization: None,
            has_others: false,
            sections: Vec::new(),
            style: &NAMES.style,
            script: &NAMES.script,
        }
    }
}

/// A page that says what went wrong.
#[derive(Debug, Template)]
#[template(path = "trouble.html")]
struct TroublePage {
    frame: Frame,
    heading: &'static str,
    words: String,
}

/// Why somebody is shown another page than the one asked for.
#[derive(Debug)]
pub struct Trouble(Box<Response>);

impl Trouble {
    /// What the directory said.
    pub fn of(error: DirectoryError, texts: &'static Texts) -> Self {
        let (status, heading, words) = described(&error, texts);
        let mut response = html(status, &TroublePage { frame: Frame::of_nobody(texts), heading, words });
        if status.is_server_error() {
            response.extensions_mut().insert(Cause::new(error));
        }
        Self(Box::new(response))
    }

    /// What the front's readers said.
    pub fn refused(refusal: Refusal, texts: &'static Texts) -> Self {
        let mut response =
            html(refusal.status(), &TroublePage { frame: Frame::of_nobody(texts), heading: texts.page_failed, words: refusal.message() });
        refusal.complete(&mut response);
        Self(Box::new(response))
    }

    /// A query string that cannot be read.
    pub fn unreadable(fault: &QueryFault, texts: &'static Texts) -> Self {
        Self::refused(Refusal::bad_request(format!("{fault}.")), texts)
    }

    pub fn not_found(visit: &Visit) -> Self {
        Self::of(DirectoryError::NotFound, visit.texts)
    }

    /// What stands in the way of what was asked.
    pub fn conflict(visit: &Visit, words: &str) -> Self {
        let page = TroublePage { frame: Frame::bare(visit), heading: visit.texts.page_failed, words: words.to_owned() };
        Self(Box::new(html(StatusCode::CONFLICT, &page)))
    }

    /// Somebody may not see a page, and why.
    pub fn forbidden(visit: &Visit, words: &str) -> Self {
        let page = TroublePage { frame: Frame::bare(visit), heading: visit.texts.page_forbidden, words: words.to_owned() };
        Self(Box::new(html(StatusCode::FORBIDDEN, &page)))
    }

    /// A form that is not from one of our own pages, or from one that was open for too long.
    pub fn stale(visit: &Visit) -> Self {
        let page = TroublePage { frame: Frame::bare(visit), heading: visit.texts.page_failed, words: visit.texts.stale_form.to_owned() };
        Self(Box::new(html(StatusCode::FORBIDDEN, &page)))
    }

    /// Nobody is signed in: they are shown the way, and come back here if this is a page.
    pub fn sign_in_first(visit: Visit, method: &Method) -> Self {
        let next = if is_for_a_page(method) {
            let query: String = form_urlencoded::Serializer::new(String::new()).append_pair("next", &visit.here).finish();
            format!("?{query}")
        } else {
            String::new()
        };
        Self(Box::new(to(&format!("{}/console/sign-in{next}", visit.base))))
    }

    /// Why somebody is not let into an organization. Who has not chosen one is shown which there are.
    pub fn of_denied(denied: Denied, visit: &Visit, method: &Method) -> Self {
        match denied {
            Denied::Directory(DirectoryError::ChooseOrganization) if is_for_a_page(method) => {
                Self(Box::new(to(&format!("{}/console", visit.base))))
            }
            Denied::Directory(error) => Self::of(error, visit.texts),
            Denied::TooManyRequests { seconds } => Self::refused(Refusal::TooManyRequests { seconds }, visit.texts),
            Denied::TwoOrganizations => Self::refused(Refusal::NotFound, visit.texts),
        }
    }
}

impl IntoResponse for Trouble {
    fn into_response(self) -> Response {
        *self.0
    }
}

fn described(error: &DirectoryError, texts: &'static Texts) -> (StatusCode, &'static str, String) {
    match error {
        DirectoryError::NotFound | DirectoryError::NoPerson => (StatusCode::NOT_FOUND, texts.page_not_found, String::new()),
        DirectoryError::Forbidden(scope) => (StatusCode::FORBIDDEN, texts.page_forbidden, format!("{} {scope}.", texts.forbidden_words)),
        DirectoryError::Invalid { .. } => (StatusCode::BAD_REQUEST, texts.page_failed, error.to_string()),
        DirectoryError::Conflict { .. } => (StatusCode::CONFLICT, texts.page_failed, error.to_string()),
        DirectoryError::TooManyAttempts { .. } => (StatusCode::TOO_MANY_REQUESTS, texts.page_failed, texts.too_many_attempts.to_owned()),
        DirectoryError::Busy => with(&Refusal::Overloaded, texts),
        DirectoryError::Unwritable(_) => with(&Refusal::Unwritable, texts),
        DirectoryError::Unavailable(_) => with(&Refusal::Unavailable, texts),
        DirectoryError::Uncertain(_) => with(&Refusal::Uncertain, texts),
        _ => with(&Refusal::Panicked, texts),
    }
}

fn with(refusal: &Refusal, texts: &'static Texts) -> (StatusCode, &'static str, String) {
    (refusal.status(), texts.page_failed, refusal.message())
}

/// A refusal by the front. Who asked is not known, so it is in English.
pub fn refused(refusal: &Refusal) -> Response {
    let texts = Texts::of("en");
    let heading = if *refusal == Refusal::NotFound { texts.page_not_found } else { texts.page_failed };
    html(refusal.status(), &TroublePage { frame: Frame::of_nobody(texts), heading, words: refusal.message() })
}

/// A whole page.
pub fn html(status: StatusCode, page: &impl Template) -> Response {
    let mut response = match page.render() {
        Ok(body) => (status, body).into_response(),
        // Templates only fail where what they show fails to be shown.
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    };
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    headers.insert(HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin"));
    response
}

/// An address that was sent along, if it is one of our own pages; else the beginning. Nobody is sent elsewhere by a link.
pub fn own_address(visit: &Visit, asked: &str) -> String {
    let is_own = |path: &str| path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', '\r', '\n', '\t']);
    if is_own(asked) { asked.to_owned() } else { format!("{}/console", visit.base) }
}

/// Sends a browser to another page, with GET.
pub fn to(address: &str) -> Response {
    // Our own addresses are made of plain ASCII; what was typed in is encoded.
    let location = HeaderValue::from_str(address).unwrap_or(HeaderValue::from_static("/console"));
    (StatusCode::SEE_OTHER, [(LOCATION, location)]).into_response()
}

/// The same answer with one more cookie.
pub fn with_cookie(mut response: Response, cookie: impl Display) -> Response {
    if let Ok(cookie) = HeaderValue::from_str(&cookie.to_string()) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}
