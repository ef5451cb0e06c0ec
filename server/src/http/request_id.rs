//! A name for each request, in the answer and in the log.

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use std::cell::Cell;
use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::time::{SystemTime, UNIX_EPOCH};
use uuid::{Builder, Uuid};

/// The header that carries it, both ways.
pub const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Longer ones would only fill the log.
const REQUEST_ID_BYTES_MAX: usize = 128;

/// The name of one request: the client's own if it sent a sane one, otherwise a new one. In every request's extensions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestId(HeaderValue);

impl RequestId {
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let mut sent = headers.get_all(X_REQUEST_ID).iter();
        match (sent.next(), sent.next()) {
            (Some(id), None) if is_sane(id.as_bytes()) => Self(id.clone()),
            _ => Self::new(),
        }
    }

    /// The one that a header gave, if it is sane.
    pub(super) fn sent(id: Option<&str>) -> Self {
        let sent = id.filter(|id| is_sane(id.as_bytes())).and_then(|id| HeaderValue::from_str(id).ok());
        sent.map_or_else(Self::new, Self)
    }

    fn new() -> Self {
        let mut text = Uuid::encode_buffer();
        let id = unique().hyphenated().encode_lower(&mut text);
        Self(HeaderValue::from_str(id).unwrap_or(HeaderValue::from_static("unnamed")))
    }

    pub fn as_str(&self) -> &str {
        self.0.to_str().unwrap_or_default()
    }

    pub(crate) fn as_header(&self) -> HeaderValue {
        self.0.clone()
    }
}

thread_local! {
    /// The secret of one thread, and how many names it has given.
    static NAMING: (RandomState, Cell<u64>) = (RandomState::new(), const { Cell::new(0) });
}

/// A version 7 uuid whose random part comes of a count, so that nothing is asked of the system for each request.
#[expect(clippy::disallowed_methods, reason = "a name for the log, which nothing stores or compares")]
fn unique() -> Uuid {
    let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let milliseconds = u64::try_from(since_1970.as_millis()).unwrap_or_default();
    let (high, low) = NAMING.with(|(secret, count)| {
        count.set(count.get().wrapping_add(1));
        (secret.hash_one((count.get(), 0)), secret.hash_one((count.get(), 1)))
    });
    let mut random = [0; 10];
    random[..8].copy_from_slice(&high.to_le_bytes());
    random[8..].copy_from_slice(&low.to_le_bytes()[..2]);
    Builder::from_unix_timestamp_millis(milliseconds, &random).into_uuid()
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Visible ASCII, not too much of it.
fn is_sane(id: &[u8]) -> bool {
    (1..=REQUEST_ID_BYTES_MAX).contains(&id.len()) && id.iter().all(u8::is_ascii_graphic)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(sent: &str) -> RequestId {
        RequestId::of(&HeaderMap::from_iter([(X_REQUEST_ID, HeaderValue::from_str(sent).unwrap())]))
    }

    #[test]
    fn a_sane_id_of_the_client_is_kept() {
        assert_eq!(of("trace-42").as_str(), "trace-42");
    }

    #[test]
    fn an_id_with_blanks_or_without_end_is_replaced() {
        assert!(["two words", "", &"x".repeat(129)].iter().all(|sent| of(sent).as_str().len() == 36));
    }
}
