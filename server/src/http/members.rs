//! The body of a small request: members, each with a text, as a form, a multipart form or a JSON object.
//!
//! What nobody asks for is not judged, beyond being readable: OAuth 2.0 wants unknown members ignored.

use super::body;
use super::json::strict_json;
use super::query_string::QueryString;
use super::refusal::Refusal;
use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::HeaderValue;
use axum::http::header::CONTENT_TYPE;
use serde_json::{Map, Value};

/// The members of a body, in the order in which they were sent.
pub struct Members(Vec<(String, Member)>);

enum Member {
    Text(String),
    /// JSON that no text can stand for.
    NoText,
}

/// Names alone: what they name may be a secret.
impl std::fmt::Debug for Members {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.0.iter().map(|(name, _)| name)).finish()
    }
}

impl Members {
    /// Reads the whole body of a request, as its `Content-Type` says; without one it is a form.
    pub async fn read(kind: Option<&HeaderValue>, body: Body) -> Result<Self, Refusal> {
        let essence =
            kind.map(|kind| kind.to_str().unwrap_or("unreadable").split(';').next().unwrap_or_default().trim().to_ascii_lowercase());
        match (essence.as_deref(), kind) {
            (None | Some("" | "application/x-www-form-urlencoded"), _) => Self::of_form(&body::read(body).await?),
            (Some("application/json" | "text/json"), _) => Self::of_json(&body::read(body).await?),
            (Some("multipart/form-data"), Some(kind)) => Self::of_multipart(kind, body::read(body).await?).await,
            (Some(_), _) => Err(Refusal::UnsupportedMediaType),
        }
    }

    /// The text of a member that may be given once. An empty one is one that was not sent (RFC 6749, section 3.2).
    pub fn get(&self, name: &str) -> Result<Option<&str>, Refusal> {
        let mut given = self.0.iter().filter(|(given, _)| given == name).map(|(_, member)| member);
        match (given.next(), given.next()) {
            (None, _) => Ok(None),
            (Some(Member::Text(text)), None) => Ok(Some(text.as_str()).filter(|text| !text.is_empty())),
            (Some(Member::NoText), None) => Err(Refusal::bad_request(format!("The member {name:?} must be text."))),
            (Some(_), Some(_)) => Err(Refusal::bad_request(format!("The member {name:?} is given more than once."))),
        }
    }

    fn of_form(bytes: &[u8]) -> Result<Self, Refusal> {
        let text = std::str::from_utf8(bytes).map_err(|_| Refusal::bad_request("The body is not a form in UTF-8."))?;
        let form = QueryString::parse(Some(text)).map_err(|fault| {
            Refusal::bad_request(format!("The member {:?} of the form is not percent-encoded UTF-8 without zero bytes.", fault.key()))
        })?;
        Ok(Self(form.into_pairs().into_iter().map(|(name, text)| (name, Member::Text(text))).collect()))
    }

    fn of_json(bytes: &[u8]) -> Result<Self, Refusal> {
        let object: Map<String, Value> =
            strict_json(bytes).map_err(|fault| Refusal::bad_request(format!("The body is no acceptable JSON object: {fault}.")))?;
        let member = |value| match value {
            Value::String(text) => Member::Text(text),
            Value::Null => Member::Text(String::new()),
            // Some clients send the id of an organization as the number that it is.
            Value::Number(number) if number.is_i64() => Member::Text(number.to_string()),
            _ => Member::NoText,
        };
        Ok(Self(object.into_iter().map(|(name, value)| (name, member(value))).collect()))
    }

    async fn of_multipart(kind: &HeaderValue, bytes: Bytes) -> Result<Self, Refusal> {
        let unreadable = || Refusal::bad_request("The body is not a multipart form of texts in UTF-8 without zero bytes.");
        let mut request = Request::new(Body::from(bytes));
        request.headers_mut().insert(CONTENT_TYPE, kind.clone());
        let mut form = Multipart::from_request(request, &()).await.map_err(|_| unreadable())?;
        let mut members = Vec::new();
        while let Some(field) = form.next_field().await.map_err(|_| unreadable())? {
            let Some(name) = field.name().map(str::to_owned) else { continue };
            let text = String::from_utf8(field.bytes().await.map_err(|_| unreadable())?.into()).map_err(|_| unreadable())?;
            if name.contains('\0') || text.contains('\0') {
                return Err(unreadable());
            }
            members.push((name, Member::Text(text)));
        }
        Ok(Self(members))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn read(kind: Option<&'static str>, body: &str) -> Result<Members, Refusal> {
        Members::read(kind.map(HeaderValue::from_static).as_ref(), Body::from(body.to_owned())).await
    }

    async fn status(kind: &'static str, body: &str) -> Option<u16> {
        read(Some(kind), body).await.err().map(|refusal| refusal.status().as_u16())
    }

    fn part(name: &str, text: &str) -> String {
        format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n")
    }

    #[tokio::test]
    async fn a_form_a_multipart_form_and_json_say_the_same() {
        let multipart = format!("{}{}--x--\r\n", part("id", "12"), part("name", "é +"));
        let bodies = [
            (None, "id=12&name=%C3%A9+%2B"),
            (Some(""), "id=12&name=%C3%A9+%2B"),
            (Some("application/x-www-form-urlencoded; charset=UTF-8"), "name=%c3%a9%20%2b&id=12&"),
            (Some("multipart/form-data; boundary=x"), multipart.as_str()),
            (Some("Application/JSON"), r#"{"id":12,"name":"é +","other":[1]}"#),
        ];

        for (kind, body) in bodies {
            let members = read(kind, body).await.unwrap_or_else(|refusal| panic!("{kind:?}: {refusal:?}"));
            assert_eq!((members.get("id"), members.get("name")), (Ok(Some("12")), Ok(Some("é +"))), "{kind:?}");
        }
    }

    #[tokio::test]
    async fn a_member_without_text_is_one_that_was_not_sent() {
        for (kind, body) in [(None, "id=&name"), (Some("application/json"), r#"{"id":null,"name":""}"#)] {
            let members = read(kind, body).await.unwrap_or_else(|refusal| panic!("{kind:?}: {refusal:?}"));
            assert_eq!((members.get("id"), members.get("name")), (Ok(None), Ok(None)), "{kind:?}");
        }
    }

    #[tokio::test]
    async fn a_member_that_is_asked_for_is_given_once_and_as_text() {
        let multipart = format!("{}{}--x--\r\n", part("id", "a"), part("id", "a"));
        let bodies = [
            (None, "id=a&id=a"),
            (Some("multipart/form-data; boundary=x"), multipart.as_str()),
            (Some("application/json"), r#"{"id":["a"]}"#),
            (Some("application/json"), r#"{"id":1.5}"#),
        ];

        for (kind, body) in bodies {
            let members = read(kind, body).await.unwrap_or_else(|refusal| panic!("{kind:?}: {refusal:?}"));
            assert!(members.get("id").is_err(), "{body}");
            assert_eq!(members.get("name"), Ok(None));
        }
    }

    #[tokio::test]
    async fn a_body_that_cannot_be_read_is_a_bad_request() {
        let zero = format!("{}--x--\r\n", part("id", "a\0b"));
        let multipart = "multipart/form-data; boundary=x";
        let bodies = [
            ("application/x-www-form-urlencoded", "id=%zz"),
            ("application/x-www-form-urlencoded", "id=a&x=%00"),
            ("application/json", r#"{"id":"a","id":"a"}"#),
            ("application/json", "[]"),
            ("application/json", "\u{feff}{}"),
            (multipart, zero.as_str()),
            (multipart, "--x\r\n"),
            ("multipart/form-data", "--x--\r\n"),
        ];

        for (kind, body) in bodies {
            assert_eq!(status(kind, body).await, Some(400), "{kind} {body:?}");
        }
    }

    #[tokio::test]
    async fn a_body_of_another_kind_is_not_read() {
        for kind in ["text/xml", "text", "multipart/mixed; boundary=x", "application/json, text/xml"] {
            assert_eq!(status(kind, "{}").await, Some(415), "{kind}");
        }
    }
}
