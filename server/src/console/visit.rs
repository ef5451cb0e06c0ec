//! What a browser brings to every page: where the pages are for it, its language, its session, the key of its forms.
//!
//! Every form carries a key. For somebody who is signed in it is made of the session's secret; before that, it stands in a
//! cookie of its own. Another site can make a browser send a form here, but can read neither, so what comes with the key was typed
//! on our own page. Cookies are `SameSite=Lax` besides, and browsers that tell where a form comes from are believed.

use super::page::Trouble;
use super::texts::Texts;
use crate::http::{AppState, Chosen, admission};
use axum::extract::FromRequestParts;
use axum::http::header::{ACCEPT_LANGUAGE, COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, Method};
use rollcall_core::directory::{Actor, Credential, DirectoryError, random_word};
use rollcall_core::domain::{Scope, Slug};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use std::time::Duration;

const SESSION_COOKIE: &str = "rollcall_session";
const KEY_COOKIE: &str = "rollcall_form";
const JOURNEY_COOKIE: &str = "rollcall_journey";
const LANGUAGE_COOKIE: &str = "rollcall_language";
/// How long a page may be open, before sign-in, until it must be asked for again.
const KEY_TTL_SECONDS: u32 = 60 * 60;
/// As long as a session of the directory.
const SESSION_TTL_SECONDS: u32 = 12 * 60 * 60;
const PREFERENCE_TTL_SECONDS: u32 = 365 * 24 * 60 * 60;
const KEY_DIGITS: usize = 32;
/// Browsers say with it where a request comes from; programs can say what they like.
const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Anybody's browser.
#[derive(Clone, Debug)]
pub struct Visit {
    pub texts: &'static Texts,
    /// The path in front of every page: that of the public URL, and the organization's where the address names one.
    pub base: String,
    /// The path of the page, and its query, as they were asked for.
    pub here: String,
    /// The organization that the address names.
    pub slug: Option<Slug>,
    /// The key of this browser's forms.
    pub key: String,
    is_key_new: bool,
    pub is_from_elsewhere: bool,
    root: String,
    is_secure: bool,
}

/// Somebody who is signed in.
#[derive(Clone, Debug)]
pub struct SignedIn {
    pub visit: Visit,
    pub credential: Arc<Credential>,
}

/// Somebody in one organization.
#[derive(Clone, Debug)]
pub struct Member {
    pub visit: Visit,
    pub credential: Arc<Credential>,
    pub actor: Actor,
}

impl Visit {
    fn of(parts: &Parts, app: &AppState) -> Result<Self, DirectoryError> {
        let url = app.settings.public_url();
        let slug = parts.extensions.get::<Chosen>().and_then(|chosen| chosen.path.clone());
        let root = url.path().to_owned();
        let base = slug.as_ref().map_or_else(|| root.clone(), |slug| format!("{root}/{slug}"));
        let here = parts.uri.path_and_query().map_or(parts.uri.path(), |here| here.as_str());
        let known = cookie(&parts.headers, KEY_COOKIE).filter(|key| is_key(key)).map(str::to_owned);
        Ok(Self {
            texts: Texts::of(language(&parts.headers)),
            here: format!("{base}{here}"),
            base,
            slug,
            is_key_new: known.is_none(),
            key: known.map_or_else(random_word, Ok)?,
            is_from_elsewhere: parts.headers.get(SEC_FETCH_SITE).is_some_and(|site| site != "same-origin" && site != "none"),
            root,
            is_secure: url.is_secure(),
        })
    }

    /// Whether a form with this key is from this browser's own page.
    pub fn is_own(&self, key: Option<&str>) -> bool {
        !self.is_key_new && !self.is_from_elsewhere && key == Some(self.key.as_str())
    }

    /// The cookie that holds the key of forms before anybody is signed in.
    pub fn key_cookie(&self) -> String {
        self.cookie(KEY_COOKIE, &self.key, KEY_TTL_SECONDS)
    }

    pub fn session_cookie(&self, secret: &str) -> String {
        self.cookie(SESSION_COOKIE, secret, SESSION_TTL_SECONDS)
    }

    /// The cookie that ends the one of the session.
    pub fn session_cookie_gone(&self) -> String {
        self.cookie(SESSION_COOKIE, "", 0)
    }

    /// The cookie of somebody who is away at the issuer.
    pub fn journey_cookie(&self, sealed: &str, lifetime: Duration) -> String {
        self.cookie(JOURNEY_COOKIE, sealed, u32::try_from(lifetime.as_secs()).unwrap_or(u32::MAX))
    }

    pub fn journey_cookie_gone(&self) -> String {
        self.cookie(JOURNEY_COOKIE, "", 0)
    }

    /// What that cookie holds.
    pub fn journey(headers: &HeaderMap) -> Option<&str> {
        cookie(headers, JOURNEY_COOKIE)
    }

    pub fn language_cookie(&self, language: &str) -> String {
        self.cookie(LANGUAGE_COOKIE, language, PREFERENCE_TTL_SECONDS)
    }

    /// The cookie that holds what somebody prefers in this browser; the value is plain text without blanks and semicolons.
    pub fn preference_cookie(&self, name: &str, value: &str) -> String {
        self.cookie(name, value, PREFERENCE_TTL_SECONDS)
    }

    fn cookie(&self, name: &str, value: &str, seconds: u32) -> String {
        let secure = if self.is_secure { "; Secure" } else { "" };
        format!("{name}={value}; Path={}/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}", self.root)
    }

    /// The same page of another organization, or of none.
    pub fn base_of(&self, slug: &Slug) -> String {
        format!("{}/{slug}", self.root)
    }
}

impl FromRequestParts<AppState> for Visit {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, Trouble> {
        Self::of(parts, app).map_err(|error| Trouble::of(error, Texts::of(language(&parts.headers))))
    }
}

impl SignedIn {
    /// Whether they may do what this scope allows, in any organization.
    async fn of(parts: &Parts, app: &AppState) -> Result<Self, Trouble> {
        let mut visit = Visit::of(parts, app).map_err(|error| Trouble::of(error, Texts::of(language(&parts.headers))))?;
        let Some(secret) = cookie(&parts.headers, SESSION_COOKIE) else { return Err(Trouble::sign_in_first(visit, &parts.method)) };
        match admission::judged(&parts.extensions, app, app.directory.session(secret).await) {
            Ok(credential) => {
                visit.key = key_of(secret);
                visit.is_key_new = false;
                Ok(Self { visit, credential })
            }
            Err(DirectoryError::Unauthenticated) => Err(Trouble::sign_in_first(visit, &parts.method)),
            Err(error) => Err(Trouble::of(error, visit.texts)),
        }
    }
}

impl FromRequestParts<AppState> for SignedIn {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, Trouble> {
        Self::of(parts, app).await
    }
}

impl FromRequestParts<AppState> for Member {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, Trouble> {
        let SignedIn { visit, credential } = SignedIn::of(parts, app).await?;
        match admission::enter(parts, &credential, None) {
            Ok(actor) => Ok(Self { visit, credential, actor }),
            Err(denied) => Err(Trouble::of_denied(denied, &visit, &parts.method)),
        }
    }
}

impl Member {
    pub fn may(&self, scope: Scope) -> bool {
        self.actor.scopes().contains(scope)
    }
}

/// The key of a session's forms: whoever knows it does not know the secret.
fn key_of(secret: &str) -> String {
    let digest = Sha256::new().chain_update(b"key of forms\n").chain_update(secret).finalize();
    digest.iter().take(KEY_DIGITS / 2).map(|byte| format!("{byte:02x}")).collect()
}

fn is_key(text: &str) -> bool {
    text.len() == KEY_DIGITS && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The value of the first cookie of this name.
pub(super) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let cookies = headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok()).flat_map(|line| line.split(';'));
    cookies.filter_map(|cookie| cookie.trim().split_once('=')).find(|(given, _)| *given == name).map(|(_, value)| value)
}

/// The language that was chosen here, else the first that the browser names and we have.
fn language(headers: &HeaderMap) -> &str {
    let chosen = cookie(headers, LANGUAGE_COOKIE).filter(|language| Texts::LANGUAGES.contains(language));
    let accepted = || headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let primary = |range: &'static str| range;
    chosen.unwrap_or_else(|| {
        let ranges = accepted().split(',').map(|range| range.split([';', '-']).next().unwrap_or_default().trim());
        let known = ranges.filter_map(|range| Texts::LANGUAGES.into_iter().find(|language| language.eq_ignore_ascii_case(range)));
        known.map(primary).next().unwrap_or("en")
    })
}

/// Whether whoever asks wants a page, which may be asked for again.
pub(super) fn is_for_a_page(method: &Method) -> bool {
    method == Method::GET || method == Method::HEAD
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn headers(pairs: &[(HeaderName, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.clone(), HeaderValue::from_static(value))).collect()
    }

    #[test]
    fn a_cookie_is_found_among_others() {
        let headers = headers(&[(COOKIE, "a=b; rollcall_session=secret; c=d")]);

        assert_eq!(cookie(&headers, SESSION_COOKIE), Some("secret"));
        assert_eq!(cookie(&headers, "session"), None);
    }

    #[test]
    fn the_first_language_that_is_there_is_spoken() {
        for (accepted, spoken) in [("de-AT,de;q=0.9,en", "de"), ("fr,en;q=0.5,de;q=0.4", "en"), ("fr", "en"), ("", "en")] {
            assert_eq!(language(&headers(&[(ACCEPT_LANGUAGE, accepted)])), spoken, "{accepted}");
        }
    }

    #[test]
    fn a_language_that_was_chosen_counts_more_than_the_browsers() {
        assert_eq!(language(&headers(&[(ACCEPT_LANGUAGE, "en"), (COOKIE, "rollcall_language=de")])), "de");
        assert_eq!(language(&headers(&[(ACCEPT_LANGUAGE, "de"), (COOKIE, "rollcall_language=xx")])), "de");
    }

    #[test]
    fn the_key_of_forms_does_not_tell_the_secret() {
        let key = key_of("secret");

        assert!(is_key(&key) && key != key_of("another"));
    }
}
