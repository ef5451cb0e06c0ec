//! JSON or XML. The product speaks both and lets `Accept`, or else `Content-Type`, choose; this server speaks JSON alone,
//! and says so instead of sending what a client cannot read.

use super::error::Error;
use crate::http::Refusal;
use axum::http::HeaderMap;
use axum::http::header::{ACCEPT, CONTENT_TYPE, HeaderName};

/// Refuses a client that will take XML and nothing else.
pub fn check_reply(headers: &HeaderMap) -> Result<(), Error> {
    let accepted: Vec<String> = media_types(headers, ACCEPT).collect();
    let wanted = if accepted.is_empty() { media_types(headers, CONTENT_TYPE).collect() } else { accepted };
    let is_xml_alone = !wanted.is_empty() && wanted.iter().all(|kind| is_xml(kind));
    if is_xml_alone { Err(Error::not_acceptable()) } else { Ok(()) }
}

/// Refuses a body that is not JSON. Without a `Content-Type` it is taken for JSON.
pub fn check_body(headers: &HeaderMap) -> Result<(), Error> {
    let is_json = media_types(headers, CONTENT_TYPE).all(|kind| matches!(kind.as_str(), "application/json" | "text/json"));
    if is_json { Ok(()) } else { Err(Refusal::UnsupportedMediaType.into()) }
}

/// Refuses a write that comes as XML. For the reply, the sent kind chooses only where a client sends none that cannot be
/// read.
pub fn refuse_xml_body(headers: &HeaderMap) -> Result<(), Error> {
    if media_types(headers, CONTENT_TYPE).any(|kind| is_xml(&kind)) { Err(Refusal::UnsupportedMediaType.into()) } else { Ok(()) }
}

/// The media types in a header that is a list, in lower case and without parameters; those of quality 0 are not wanted.
fn media_types(headers: &HeaderMap, name: HeaderName) -> impl Iterator<Item = String> {
    let lines = headers.get_all(name).into_iter().filter_map(|line| line.to_str().ok());
    let types = lines.flat_map(|line| line.split(',')).filter_map(|item| {
        let mut parts = item.split(';').map(|part| part.trim().to_ascii_lowercase());
        let media_type = parts.next().filter(|media_type| !media_type.is_empty())?;
        let is_refused = parts.any(|part| part.strip_prefix("q=").is_some_and(|quality| quality.parse() == Ok(0.0)));
        (!is_refused).then_some(media_type)
    });
    types.collect::<Vec<_>>().into_iter()
}

fn is_xml(media_type: &str) -> bool {
    matches!(media_type, "application/xml" | "text/xml") || media_type.ends_with("+xml")
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn headers(lines: &[(HeaderName, &'static str)]) -> HeaderMap {
        lines.iter().map(|(name, value)| (name.clone(), HeaderValue::from_static(value))).collect()
    }

    fn is_answered(lines: &[(HeaderName, &'static str)]) -> bool {
        check_reply(&headers(lines)).is_ok()
    }

    #[test]
    fn a_body_is_json_unless_its_kind_says_otherwise() {
        let is_read = |kind| check_body(&headers(&[(CONTENT_TYPE, kind)])).is_ok();

        assert!(["application/json", "Application/JSON; charset=utf-8", "text/json", ""].into_iter().all(is_read));
        assert!(!["application/xml", "application/x-www-form-urlencoded", "text/plain", "json"].into_iter().any(is_read));
        assert!(check_body(&headers(&[])).is_ok());
    }

    #[test]
    fn a_client_that_takes_json_is_answered() {
        for accept in ["*/*", "application/json", "text/xml, application/json", "application/xml;q=0.9,*/*;q=0.8", "text/html", ""] {
            assert!(is_answered(&[(ACCEPT, accept)]), "{accept}");
        }
        assert!(is_answered(&[]));
    }

    #[test]
    fn a_client_that_takes_xml_alone_is_told() {
        for accept in ["application/xml", "Text/XML; charset=utf-8", "application/xml, text/xml", "application/xml, application/json;q=0"] {
            assert!(!is_answered(&[(ACCEPT, accept)]), "{accept}");
        }
    }

    #[test]
    fn the_content_type_chooses_where_nothing_is_accepted_expressly() {
        assert!(!is_answered(&[(CONTENT_TYPE, "application/xml")]));
        assert!(is_answered(&[(CONTENT_TYPE, "application/xml"), (ACCEPT, "application/json")]));
        assert!(is_answered(&[(CONTENT_TYPE, "application/json")]));
    }
}
