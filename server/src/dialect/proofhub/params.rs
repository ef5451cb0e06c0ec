//! What a client asks for: a part of a list, or the id in a path.

use super::error::Error;
use crate::http::{AppState, QueryString, named_in_path};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use rollcall_core::query::Window;

/// Records in one answer to a client that asks for a part. Greater limits mean this one.
const LIMIT_MAX: u64 = 100;

/// Which part of a list is asked for: `start` and `limit`. Without either it is the whole list, as the contract's people
/// page has it; with one it is a part, as its other pages have it and as clients that walk through lists rely on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part(pub Window);

/// The id in a path. Text that is no id names nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PathId(pub i64);

impl FromRequestParts<AppState> for Part {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Error> {
        window(&QueryString::parse(parts.uri.query())?).map(Self)
    }
}

impl FromRequestParts<AppState> for PathId {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Error> {
        let named = named_in_path(parts).await.and_then(|text| id(&text));
        named.map(Self).ok_or_else(Error::not_found)
    }
}

pub(super) fn window(query: &QueryString) -> Result<Window, Error> {
    match (number(query, "start")?, number(query, "limit")?) {
        (None, None) => Ok(Window::everything()),
        (start, limit) => Ok(Window::new(start.unwrap_or(0), limit.unwrap_or(LIMIT_MAX).min(LIMIT_MAX))),
    }
}

/// A whole number. One too great for the machine is greater than every other.
fn number(query: &QueryString, name: &str) -> Result<Option<u64>, Error> {
    match query.get(name)? {
        None => Ok(None),
        Some(text) if is_digits(text) => Ok(Some(text.parse().unwrap_or(u64::MAX))),
        Some(_) => Err(Error::bad_request(format!("{name} must be a whole number from 0."))),
    }
}

pub(super) fn id(text: &str) -> Option<i64> {
    if is_digits(text) { text.parse().ok() } else { None }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> Option<Window> {
        window(&QueryString::parse(Some(query)).ok()?).ok()
    }

    #[test]
    fn a_list_is_whole_unless_a_part_is_asked_for() {
        assert_eq!(read(""), Some(Window::everything()));
        assert_eq!(read("other=1"), Some(Window::everything()));
        assert_eq!(read("start=90&limit=90"), Some(Window::new(90, 90)));
        assert_eq!(read("start=5"), Some(Window::new(5, 100)));
        assert_eq!(read("limit=5"), Some(Window::new(0, 5)));
        assert_eq!(read("start=0&limit=0"), Some(Window::new(0, 0)));
    }

    #[test]
    fn a_greater_limit_means_a_hundred() {
        assert_eq!(read("limit=101"), Some(Window::new(0, 100)));
        assert_eq!(read("limit=99999999999999999999&start=99999999999999999999"), Some(Window::new(u64::MAX, 100)));
    }

    #[test]
    fn what_is_no_whole_number_is_refused() {
        for query in ["start=-1", "limit=-1", "start=x", "limit=", "start=1.5", "limit=%2B1", "start=1&start=2"] {
            assert_eq!(read(query), None, "{query}");
        }
    }

    #[test]
    fn an_id_is_digits() {
        assert_eq!(["12009183", "9000000001"].map(id), [Some(12_009_183), Some(9_000_000_001)]);
        assert!(["-1", "+1", "", "me", "99999999999999999999"].iter().all(|text| id(text).is_none()));
    }
}
