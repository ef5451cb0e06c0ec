//! `Idempotency-Key`: a create that may be sent again without making a second record.
//!
//! The key stands as it is or as a string of structured fields, in quotation marks (draft-ietf-httpapi-idempotency-key-header).
//! The directory keeps the first answer under the key; the fingerprint tells a repetition from another request.

use super::again::Tries;
use super::refusal::Refusal;
use super::room;
use super::state::AppState;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, Method, Uri};
use axum::response::Response;
use rollcall_core::directory::Repeat;
use rollcall_core::domain::OrganizationId;
use sha2::{Digest, Sha256};

/// The header that carries a key.
pub const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// As many as one indexed column should bear; a UUID has 36.
const KEY_CHARACTERS_MAX: usize = 255;

/// The key of a request, if it has one: an extractor for creates. Put it after the room's `Caller`.
#[derive(Clone, Debug)]
pub struct IdempotencyKey {
    key: Option<String>,
    method: Method,
    target: Uri,
}

impl IdempotencyKey {
    /// What the directory needs to tell this request from others that come with the same key.
    pub fn repeat(self, organization: OrganizationId, body: &[u8]) -> Option<Repeat> {
        let target = self.target.path_and_query().map_or("", |target| target.as_str());
        let fingerprint = fingerprint(&[self.method.as_str().as_bytes(), target.as_bytes(), &organization.get().to_be_bytes(), body]);
        self.key.map(|key| Repeat { key, fingerprint })
    }

    fn of(headers: &HeaderMap) -> Result<Option<String>, Refusal> {
        let mut lines = headers.get_all(IDEMPOTENCY_KEY).iter();
        let key = match (lines.next(), lines.next()) {
            (None, _) => return Ok(None),
            (Some(line), None) => unquoted(line.as_bytes().trim_ascii()),
            (Some(_), Some(_)) => None,
        };
        key.map(Some).ok_or_else(|| {
            Refusal::bad_request(format!(
                "The header Idempotency-Key must be given once, with 1 to {KEY_CHARACTERS_MAX} visible ASCII characters."
            ))
        })
    }
}

/// A key without its quotation marks. Inside of them a backslash keeps the meaning of the sign that follows (RFC 8941,
/// section 3.3.3).
fn unquoted(text: &[u8]) -> Option<String> {
    let Some(inside) = text.strip_prefix(b"\"") else { return sane(text.to_owned()) };
    let inside = inside.strip_suffix(b"\"")?;
    let mut key = Vec::with_capacity(inside.len());
    let mut signs = inside.iter();
    while let Some(sign) = signs.next() {
        key.push(match sign {
            b'"' => return None,
            b'\\' => *signs.next().filter(|escaped| matches!(escaped, b'"' | b'\\'))?,
            sign => *sign,
        });
    }
    sane(key)
}

fn sane(key: Vec<u8>) -> Option<String> {
    let is_sane = (1..=KEY_CHARACTERS_MAX).contains(&key.len()) && key.iter().all(u8::is_ascii_graphic);
    String::from_utf8(key).ok().filter(|_| is_sane)
}

/// The hash of parts, each with its length in front, so that no two lists of parts read the same.
fn fingerprint(parts: &[&[u8]]) -> [u8; 32] {
    let hash = parts.iter().fold(Sha256::new(), |hash, part| hash.chain_update((part.len() as u64).to_be_bytes()).chain_update(part));
    hash.finalize().into()
}

impl FromRequestParts<AppState> for IdempotencyKey {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Response> {
        let key = Self::of(&parts.headers).map_err(|refusal| room::refused_in(&parts.extensions, refusal))?;
        if key.is_some() {
            Tries::are_done_once(&parts.extensions);
        }
        Ok(Self { key, method: parts.method.clone(), target: parts.uri.clone() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn read(lines: &[&str]) -> Result<Option<String>, Refusal> {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(IDEMPOTENCY_KEY, HeaderValue::from_bytes(line.as_bytes()).expect("a value"));
        }
        IdempotencyKey::of(&headers)
    }

    fn repeat(method: Method, target: &'static str, organization: i64, body: &[u8]) -> Repeat {
        let key = IdempotencyKey { key: Some("a".to_owned()), method, target: Uri::from_static(target) };
        key.repeat(OrganizationId::new(organization), body).expect("a repeat")
    }

    #[test]
    fn a_key_is_read_with_and_without_quotation_marks() {
        for text in [r"8e03-f4", r#""8e03-f4""#, r#"  "8e03-f4" "#] {
            assert_eq!(read(&[text]), Ok(Some("8e03-f4".to_owned())), "{text}");
        }
        assert_eq!(read(&[r#""a\"b\\c""#]), Ok(Some(r#"a"b\c"#.to_owned())));
        assert_eq!(read(&[]), Ok(None));
    }

    #[test]
    fn a_key_has_1_to_255_visible_characters() {
        assert!(read(&[&"x".repeat(255)]).is_ok());
        for text in ["", "\"\"", &"x".repeat(256), "two words", "\"two words\"", "é", "\"a", "\"a\"b\"", r#""a\b""#, r#""a\""#, "\"a\";b=1"]
        {
            assert!(read(&[text]).is_err(), "{text}");
        }
    }

    #[test]
    fn a_key_is_given_once() {
        assert!(read(&["a", "a"]).is_err());
    }

    #[test]
    fn a_request_without_a_key_has_no_repetition() {
        let key = IdempotencyKey { key: None, method: Method::POST, target: Uri::from_static("/a") };

        assert!(key.repeat(OrganizationId::new(1), b"").is_none());
    }

    #[test]
    fn the_same_request_has_the_same_fingerprint_and_any_other_another() {
        let request = || repeat(Method::POST, "/a?b=c", 1, b"{}");
        let others = [
            repeat(Method::PUT, "/a?b=c", 1, b"{}"),
            repeat(Method::POST, "/a", 1, b"{}"),
            repeat(Method::POST, "/a?b=c", 2, b"{}"),
            repeat(Method::POST, "/a?b=c", 1, b"{} "),
        ];

        assert_eq!(request(), request());
        assert!(others.iter().all(|other| *other != request()));
    }
}
