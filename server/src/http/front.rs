//! The path of a request: one spelling of it, and the organization in front of it.

use super::refusal::Refusal;
use axum::http::uri::PathAndQuery;
use axum::http::{Request, Uri};
use percent_encoding::percent_decode_str;
use rollcall_core::domain::Slug;
use std::fmt::Write;

/// A path in its one spelling, without the organization that stood in front.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub slug: Option<Slug>,
    pub path: String,
}

impl Place {
    /// Doubled slashes become one, trailing ones go, and the first segment goes too if it can name an organization.
    /// A percent-encoded slash is no separator, here or later.
    pub fn of(uri: &Uri) -> Result<Self, Refusal> {
        let path = uri.path();
        // An asterisk or an authority stands where a path should: nothing is there.
        if !path.starts_with('/') {
            return Err(Refusal::NotFound);
        }
        segments(path).map(spelled).collect::<Result<_, _>>().map(Self::of_segments)
    }

    /// The place of a path that cannot be read, as well as it can be told: whose it is, not what is there.
    pub fn guess(uri: &Uri) -> Self {
        Self::of_segments(segments(uri.path()).map(str::to_owned).collect())
    }

    fn of_segments(mut segments: Vec<String>) -> Self {
        let slug = segments.first().and_then(|first| Slug::parse(first).ok());
        if slug.is_some() {
            segments.remove(0);
        }
        Self { slug, path: format!("/{}", segments.join("/")) }
    }
}

/// Gives the request another path. Its query string and its host, if it names one, stay as they were sent.
pub(super) fn rewrite<B>(request: &mut Request<B>, path: &str) -> Result<(), Refusal> {
    let malformed = || Refusal::bad_request("The address holds a character that must be encoded.");
    let target = match request.uri().query() {
        Some(query) => format!("{path}?{query}"),
        None => path.to_owned(),
    };
    let mut parts = request.uri().clone().into_parts();
    parts.path_and_query = Some(PathAndQuery::try_from(target).map_err(|_| malformed())?);
    *request.uri_mut() = Uri::from_parts(parts).map_err(|_| malformed())?;
    Ok(())
}

fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter(|segment| !segment.is_empty())
}

/// One segment in its one spelling: what need not be encoded is bare, everything else that was encoded stays so, and
/// what is not ASCII is encoded.
fn spelled(segment: &str) -> Result<String, Refusal> {
    let decoded = percent_decode_str(segment).decode_utf8();
    let decoded = decoded.map_err(|_| Refusal::bad_request("The address is not UTF-8 when its percent signs are decoded."))?;
    if decoded.contains('\0') {
        return Err(Refusal::bad_request("The address holds a zero byte."));
    }
    let mut spelled = String::with_capacity(segment.len());
    let mut bytes = segment.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let encoded = bytes.next().and_then(hex).zip(bytes.next().and_then(hex)).map(|(high, low)| high * 16 + low);
            let encoded =
                encoded.ok_or_else(|| Refusal::bad_request("The address holds a percent sign without two hexadecimal digits."))?;
            push(&mut spelled, encoded, !is_unreserved(encoded));
        } else {
            push(&mut spelled, byte, !byte.is_ascii());
        }
    }
    Ok(spelled)
}

fn push(text: &mut String, byte: u8, is_encoded: bool) {
    if is_encoded {
        // Writing into a String cannot fail.
        let _ = write!(text, "%{byte:02X}");
    } else {
        text.push(char::from(byte));
    }
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

/// RFC 3986, 2.3: encoding these changes nothing.
const fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(path: &str) -> (Option<String>, String) {
        let place = Place::of(&path.parse().unwrap()).unwrap();
        (place.slug.map(|slug| slug.to_string()), place.path)
    }

    fn path(path: &str) -> String {
        place(path).1
    }

    #[test]
    fn a_first_segment_that_can_name_an_organization_leaves_the_path() {
        assert_eq!(place("/senate/api/persons"), (Some("senate".to_owned()), "/api/persons".to_owned()));
        assert_eq!(place("/%73enate"), (Some("senate".to_owned()), "/".to_owned()));
    }

    #[test]
    fn a_segment_that_rollcall_uses_stays_in_the_path() {
        assert_eq!(place("/api/persons"), (None, "/api/persons".to_owned()));
        assert_eq!(place("/API/Organization"), (None, "/API/Organization".to_owned()));
    }

    #[test]
    fn doubled_and_trailing_slashes_go() {
        assert_eq!(path("//api///persons//"), "/api/persons");
        assert_eq!(path("/"), "/");
    }

    #[test]
    fn an_encoded_slash_stays_encoded() {
        assert_eq!(path("/api/a%2fb/%2F"), "/api/a%2Fb/%2F");
    }

    #[test]
    fn what_need_not_be_encoded_is_decoded() {
        assert_eq!(path("/api/%70ersons/%7e%20é"), "/api/persons/~%20%C3%A9");
    }

    #[test]
    fn a_path_that_cannot_be_read_is_refused() {
        let refused = ["/api/%ff", "/api/%00", "/api/%", "/api/%4", "/api/%zz"].map(|path| Place::of(&path.parse().unwrap()).is_err());

        assert_eq!(refused, [true; 5]);
    }

    #[test]
    fn a_rewritten_request_keeps_its_query_as_it_was_sent() {
        let mut request = Request::get("/senate//api?$filter=a+eq+%27b%27&x=%2F").body(()).unwrap();

        rewrite(&mut request, "/api").unwrap();

        assert_eq!(request.uri().to_string(), "/api?$filter=a+eq+%27b%27&x=%2F");
    }
}
