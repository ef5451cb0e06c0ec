//! What a person's browser brings to the page: where the page is, and the key of its form.
//!
//! The key is in a cookie and in the form, and must be the same in both. Another site can make a browser send a form
//! here, but can read neither; so what comes with both was typed on our own page.

use super::page::Trouble;
use crate::http::{AppState, Chosen, Members};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::header::{CONTENT_TYPE, COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName};
use rollcall_core::directory::random_word;

const COOKIE_NAME: &str = "rollcall_sign_in";
/// How long a page may be open before it must be asked for again.
const COOKIE_TTL_SECONDS: u32 = 60 * 60;
const KEY_DIGITS: usize = 32;
/// Browsers say with it where a request comes from; programs can say what they like.
const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// One browser at the page.
#[derive(Debug)]
pub struct Visit {
    /// The page's path, with what stands before it in the public URL.
    path: String,
    /// The address of the page with the query that the application gave.
    pub action: String,
    /// The key that is in the browser's cookie, or else a new one.
    pub key: String,
    is_new: bool,
    is_from_elsewhere: bool,
    is_secure: bool,
}

/// What was typed into the page.
pub struct Form {
    key: Option<String>,
    pub email: Option<String>,
    pub password: Option<String>,
    pub is_cancelled: bool,
}

/// Without what was typed: it holds a password.
impl std::fmt::Debug for Form {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Form").field("is_cancelled", &self.is_cancelled).finish_non_exhaustive()
    }
}

impl Visit {
    /// Whether the form is from this browser's own page.
    pub fn is_own(&self, form: &Form) -> bool {
        !self.is_new && !self.is_from_elsewhere && form.key.as_deref() == Some(self.key.as_str())
    }

    pub fn cookie(&self) -> String {
        self.cookie_with(&self.key, COOKIE_TTL_SECONDS)
    }

    /// The cookie that ends the one before.
    pub fn cookie_gone(&self) -> String {
        self.cookie_with("", 0)
    }

    fn cookie_with(&self, value: &str, seconds: u32) -> String {
        let secure = if self.is_secure { "; Secure" } else { "" };
        format!("{COOKIE_NAME}={value}; Path={}; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}", self.path)
    }
}

impl FromRequestParts<AppState> for Visit {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, Trouble> {
        let url = app.settings.public_url();
        let slug = parts.extensions.get::<Chosen>().and_then(|chosen| chosen.path.as_ref());
        let slug = slug.map(|slug| format!("/{slug}")).unwrap_or_default();
        // Cookies know the case of paths, so the page has one spelling wherever it was asked for.
        let path = format!("{}{slug}/APIIntegration/AuthorizeFeatures", url.path());
        let known = key_in(&parts.headers);
        Ok(Self {
            action: format!("{path}?{}", parts.uri.query().unwrap_or_default()),
            path,
            is_new: known.is_none(),
            key: known.map_or_else(random_word, Ok)?,
            is_from_elsewhere: is_from_elsewhere(&parts.headers),
            is_secure: url.is_secure(),
        })
    }
}

impl FromRequest<AppState> for Form {
    type Rejection = Trouble;

    async fn from_request(request: Request, _: &AppState) -> Result<Self, Trouble> {
        let (parts, body) = request.into_parts();
        let members = Members::read(parts.headers.get(CONTENT_TYPE), body).await?;
        let member = |name| members.get(name).map(|value| value.map(str::to_owned));
        Ok(Self {
            key: member("form_key")?,
            email: member("email")?,
            password: member("password")?,
            is_cancelled: member("action")?.as_deref() == Some("cancel"),
        })
    }
}

/// The key in the cookie, if there is one of the right form.
fn key_in(headers: &HeaderMap) -> Option<String> {
    let cookies = headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok()).flat_map(|line| line.split(';'));
    let mut keys = cookies.filter_map(|cookie| cookie.trim().strip_prefix(COOKIE_NAME)?.strip_prefix('='));
    keys.find(|key| key.len() == KEY_DIGITS && key.bytes().all(|byte| byte.is_ascii_hexdigit())).map(str::to_owned)
}

fn is_from_elsewhere(headers: &HeaderMap) -> bool {
    headers.get(SEC_FETCH_SITE).is_some_and(|site| site != "same-origin" && site != "none")
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    const KEY: &str = "0123456789abcdef0123456789abcdef";

    fn found(cookies: &str) -> Option<String> {
        key_in(&HeaderMap::from_iter([(COOKIE, HeaderValue::from_str(cookies).unwrap())]))
    }

    #[test]
    fn a_key_is_found_among_other_cookies() {
        assert_eq!(found(&format!("a=b; {COOKIE_NAME}={KEY}; c=d")).as_deref(), Some(KEY));
        assert_eq!(found(&format!("{COOKIE_NAME}=short; {COOKIE_NAME}={KEY}")).as_deref(), Some(KEY));
    }

    #[test]
    fn what_is_no_key_is_not_taken_for_one() {
        for cookies in ["", "a=b", "rollcall_sign_in=", "rollcall_sign_in_x=0123456789abcdef0123456789abcdef", "rollcall_sign_in=<script>"]
        {
            assert_eq!(found(cookies), None, "{cookies}");
        }
    }
}
