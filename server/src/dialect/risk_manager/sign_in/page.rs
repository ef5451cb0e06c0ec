//! The pages, as HTML: plain forms and words, no script, nothing from elsewhere.

use super::asked::Asked;
use super::visit::Visit;
use crate::http::{Cause, Refusal};
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, RETRY_AFTER, SET_COOKIE, X_FRAME_OPTIONS};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use rollcall_core::directory::{DirectoryError, random_word};
use rollcall_core::domain::RedirectUri;

const STYLE: &str = include_str!("page.css");

/// The page that asks for an address and a password.
#[derive(Debug)]
pub struct Login<'a> {
    pub asked: &'a Asked,
    pub visit: &'a Visit,
    pub status: StatusCode,
    /// What was wrong with the last try.
    pub notice: Option<&'a str>,
    /// What was typed as the address then.
    pub email: &'a str,
}

/// Why there is a page of words only, and nobody is sent anywhere.
#[derive(Debug)]
pub enum Trouble {
    /// No such application, not its redirection endpoint, or not its organization: which of them is not told.
    UnknownClient,
    /// The address cannot be read, or says something twice that decides where people are sent.
    Unreadable,
    /// The form that was sent is none.
    Refused(Refusal),
    /// The directory could not answer.
    Failed(DirectoryError),
}

impl Trouble {
    /// What the directory said about an application.
    pub fn of_client(error: DirectoryError) -> Self {
        match error {
            DirectoryError::NotFound => Self::UnknownClient,
            failure => Self::Failed(failure),
        }
    }

    fn refusal(&self) -> Refusal {
        match self {
            Self::UnknownClient => Refusal::bad_request(
                "The application that sent you here is not registered with this address to return to, or not for this \
                 organization. Nothing was sent back to it. Tell whoever runs the application: its client_id and its \
                 redirect_uri must be registered, to the letter.",
            ),
            Self::Unreadable => Refusal::bad_request(
                "The address that brought you here cannot be read: something in it is not encoded as it must be, or is \
                 given twice. Nothing was sent back to the application. Tell whoever runs it.",
            ),
            Self::Refused(refusal) => refusal.clone(),
            Self::Failed(DirectoryError::Busy) => Refusal::Overloaded,
            Self::Failed(DirectoryError::Unwritable(_)) => Refusal::Unwritable,
            Self::Failed(DirectoryError::Unavailable(_)) => Refusal::Unavailable,
            Self::Failed(DirectoryError::Uncertain(_)) => Refusal::Uncertain,
            Self::Failed(DirectoryError::TooManyAttempts { seconds }) => Refusal::TooManyRequests { seconds: *seconds },
            Self::Failed(_) => Refusal::Panicked,
        }
    }
}

impl IntoResponse for Login<'_> {
    fn into_response(self) -> Response {
        let mut response = html(self.status, "Sign in", &self.main(), Some(&self.asked.client.redirect));
        if let Ok(cookie) = HeaderValue::from_str(&self.visit.cookie()) {
            response.headers_mut().insert(SET_COOKIE, cookie);
        }
        response
    }
}

impl Login<'_> {
    fn main(&self) -> String {
        let client = &self.asked.client;
        let name = if client.name.trim().is_empty() { "An application" } else { client.name.as_str() };
        let notice = self.notice.map(|notice| format!("<p class=\"notice\" role=\"alert\">{}</p>\n", escaped(notice))).unwrap_or_default();
        format!(
            "<h1>Sign in</h1>\n\
             <p><strong>{name}</strong> asks to act for you in the people directory. You will be sent back to \
             <strong>{place}</strong>.</p>\n\
             {notice}<form method=\"post\" action=\"{action}\">\n\
             <input type=\"hidden\" name=\"form_key\" value=\"{key}\">\n\
             <p><label for=\"email\">E-mail address</label>\n\
             <input id=\"email\" name=\"email\" type=\"email\" value=\"{email}\" autocomplete=\"username\" required></p>\n\
             <p><label for=\"password\">Password</label>\n\
             <input id=\"password\" name=\"password\" type=\"password\" autocomplete=\"current-password\" required></p>\n\
             <p class=\"buttons\"><button type=\"submit\" name=\"action\" value=\"sign_in\">Sign in</button>\n\
             <button type=\"submit\" name=\"action\" value=\"cancel\" formnovalidate>Cancel</button></p>\n\
             </form>\n",
            name = escaped(name),
            place = escaped(client.redirect.origin()),
            action = escaped(&self.visit.action),
            key = escaped(&self.visit.key),
            email = escaped(self.email),
        )
    }
}

impl IntoResponse for Trouble {
    fn into_response(self) -> Response {
        let refusal = self.refusal();
        let main = format!("<h1>You cannot sign in here now</h1>\n<p>{}</p>\n", escaped(&refusal.message()));
        let mut response = html(refusal.status(), "You cannot sign in here now", &main, None);
        refusal.complete(&mut response);
        match self {
            Self::Failed(DirectoryError::Busy | DirectoryError::TooManyAttempts { .. }) => {}
            Self::Failed(failure) => drop(response.extensions_mut().insert(Cause::new(failure))),
            Self::UnknownClient | Self::Unreadable | Self::Refused(_) => {}
        }
        response
    }
}

/// What is told of too many attempts.
pub fn wait_words(seconds: u64) -> String {
    format!("Too many attempts have failed. Try again in {seconds} seconds.")
}

/// The page with the time after which it is worth another try.
pub fn wait(mut page: Response, seconds: u64) -> Response {
    page.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    page
}

/// A whole page. Browsers hold it to its own style and, where it has a form, to this way out.
fn html(status: StatusCode, title: &str, main: &str, way_out: Option<&RedirectUri>) -> Response {
    // A page without its style is a page still.
    let nonce = random_word().unwrap_or_default();
    let body = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <style nonce=\"{nonce}\">\n{STYLE}</style>\n</head>\n<body>\n<main>\n{main}</main>\n</body>\n</html>\n",
    );
    let mut response = (status, body).into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    // What cannot be said is not allowed either.
    let policy = HeaderValue::from_str(&policy(&nonce, way_out)).unwrap_or(HeaderValue::from_static("default-src 'none'"));
    headers.insert(CONTENT_SECURITY_POLICY, policy);
    response
}

fn policy(nonce: &str, way_out: Option<&RedirectUri>) -> String {
    // Chromium holds every redirect that follows a form to this, those of the application's own pages too; and where
    // these lead is the application's business. An encrypted way out never leads to a bare one.
    let form = match way_out {
        Some(uri) if uri.as_str().starts_with("http:") => "'self' https: http:",
        Some(_) => "'self' https:",
        None => "'none'",
    };
    format!("default-src 'none'; style-src 'nonce-{nonce}'; form-action {form}; frame-ancestors 'none'; base-uri 'none'")
}

/// Text that means nothing but itself in HTML, between tags and in quoted attributes.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            sign => safe.push(sign),
        }
    }
    safe
}

impl From<Refusal> for Trouble {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<DirectoryError> for Trouble {
    fn from(failure: DirectoryError) -> Self {
        Self::Failed(failure)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_means_nothing_but_itself() {
        assert_eq!(escaped("<b> & \"x\" 'y'"), "&lt;b&gt; &amp; &quot;x&quot; &#39;y&#39;");
    }

    #[test]
    fn a_lost_database_is_a_page_that_says_whether_anything_was_done() {
        let refusals = [DirectoryError::Unavailable("away".into()), DirectoryError::Uncertain("lost".into())]
            .map(|failure| Trouble::from(failure).refusal());

        assert_eq!(refusals, [Refusal::Unavailable, Refusal::Uncertain]);
    }

    #[test]
    fn a_form_may_lead_to_wherever_the_application_leads_on() {
        let form_action = |text: &str| {
            let uri = RedirectUri::parse(text).unwrap();
            policy("n", Some(&uri)).split("; ").find(|part| part.starts_with("form-action")).unwrap().to_owned()
        };

        assert_eq!(form_action("https://a.b:8/c?d"), "form-action 'self' https:");
        assert_eq!(form_action("http://[::1]:8/c"), "form-action 'self' https: http:");
        assert!(policy("n", None).contains("form-action 'none'"));
    }
}
