//! The method that a client means: some can send GET and POST alone, and say in a header what a POST stands for.

use crate::http::Refusal;
use axum::http::{HeaderMap, HeaderName, Method};

const X_HTTP_METHOD_OVERRIDE: HeaderName = HeaderName::from_static("x-http-method-override");

/// What a POST may stand for.
const METHODS: [Method; 3] = [Method::POST, Method::PUT, Method::DELETE];

/// The method that a POST stands for, in any case. A word that is none of them is refused, because carrying out a plain
/// POST in its place would make something. On other methods the header means nothing.
pub fn meant(sent: &Method, headers: &HeaderMap) -> Result<Option<Method>, Refusal> {
    if *sent != Method::POST {
        return Ok(None);
    }
    let mut lines = headers.get_all(X_HTTP_METHOD_OVERRIDE).iter();
    let word = match (lines.next(), lines.next()) {
        (None, _) => return Ok(None),
        (Some(line), None) => line.to_str().ok().map(str::trim),
        (Some(_), Some(_)) => None,
    };
    let method = word.and_then(|word| METHODS.into_iter().find(|method| method.as_str().eq_ignore_ascii_case(word)));
    method.map(Some).ok_or_else(|| Refusal::bad_request("The header X-HTTP-Method-Override must be given once, as POST, PUT or DELETE."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn meaning(sent: Method, words: &[&'static str]) -> Result<Option<Method>, Refusal> {
        let mut headers = HeaderMap::new();
        for word in words {
            headers.append(X_HTTP_METHOD_OVERRIDE, HeaderValue::from_static(word));
        }
        meant(&sent, &headers)
    }

    #[test]
    fn a_post_stands_for_what_the_header_says_in_any_case() {
        for (word, method) in [("PUT", Method::PUT), ("put", Method::PUT), (" Delete ", Method::DELETE), ("post", Method::POST)] {
            assert_eq!(meaning(Method::POST, &[word]), Ok(Some(method)), "{word}");
        }
        assert_eq!(meaning(Method::POST, &[]), Ok(None));
    }

    #[test]
    fn a_word_that_is_no_method_is_refused() {
        for words in [&["GET"] as &[_], &["PATCH"], &[""], &["PUT, DELETE"], &["PUT", "PUT"]] {
            assert!(meaning(Method::POST, words).is_err(), "{words:?}");
        }
    }

    #[test]
    fn only_a_post_stands_for_anything() {
        for sent in [Method::GET, Method::PUT, Method::DELETE] {
            assert_eq!(meaning(sent, &["nonsense"]), Ok(None));
        }
    }
}
