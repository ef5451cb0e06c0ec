//! What absolute links start with.

use axum::http::Uri;
use std::fmt;
use std::net::SocketAddr;

/// `http` or `https`, a host, perhaps a port and a path; no trailing slash, no query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl {
    text: String,
    host: String,
}

/// A text that cannot start absolute links; the rule that it breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct InvalidPublicUrl(&'static str);

impl PublicUrl {
    /// Reads an address and takes closing slashes off its path.
    pub fn parse(text: &str) -> Result<Self, InvalidPublicUrl> {
        let wrong = |reason| Err(InvalidPublicUrl(reason));
        let text = text.trim();
        // `Uri` drops a fragment in silence.
        if text.contains(['?', '#']) {
            return wrong("must have no query and no fragment");
        }
        let Ok(uri) = text.parse::<Uri>() else {
            return wrong("must be an address such as https://people.example.com");
        };
        let (Some("http" | "https"), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return wrong("must begin with http:// or https:// and a host");
        };
        if authority.as_str().contains('@') {
            return wrong("must hold no login");
        }
        if authority.as_str() != authority.host() && authority.port_u16().is_none() {
            return wrong("must have a port from 0 to 65535 after the colon, or none");
        }
        Ok(Self { text: text.trim_end_matches('/').to_owned(), host: authority.host().to_ascii_lowercase() })
    }

    /// The URL of a server that nobody gave a name.
    pub fn of_address(address: SocketAddr) -> Self {
        Self { text: format!("http://{address}"), host: address.ip().to_string() }
    }

    /// The host alone, in lower case.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Whether browsers reach it over TLS.
    pub fn is_secure(&self) -> bool {
        self.text.get(..8).is_some_and(|start| start.eq_ignore_ascii_case("https://"))
    }

    /// The path in front of every path of this server; empty when there is none.
    pub fn path(&self) -> &str {
        let authority = self.text.find("://").map_or(0, |at| at + 3);
        self.text[authority..].find('/').map_or("", |at| &self.text[authority + at..])
    }

    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_url_loses_its_trailing_slash_and_keeps_its_path() {
        let url = PublicUrl::parse("https://People.example.org:8443/rollcall/").unwrap();

        assert_eq!((url.as_str(), url.host()), ("https://People.example.org:8443/rollcall", "people.example.org"));
        assert_eq!(PublicUrl::parse("http://[::1]:8080").unwrap().as_str(), "http://[::1]:8080");
    }

    #[test]
    fn a_public_url_says_what_stands_before_every_path_and_whether_it_is_safe() {
        let said = ["https://a.b/x/y/", "HTTPS://a.b", "http://[::1]:80"].map(|text| {
            let url = PublicUrl::parse(text).unwrap();
            (url.path().to_owned(), url.is_secure())
        });

        assert_eq!(said, [("/x/y".to_owned(), true), (String::new(), true), (String::new(), false)]);
    }

    #[test]
    fn what_cannot_start_a_link_is_no_public_url() {
        let words = ["", "people", "people.example.org", "ftp://a.b", "https://", "https:///x", "/path", "https://a b"];
        let parts = ["https://a.b?x=1", "https://a.b#x", "https://u@a.b", "https://u:p@a.b", "https://a.b:", "https://a.b:99999"];

        for text in words.iter().chain(&parts) {
            assert!(PublicUrl::parse(text).is_err(), "{text}");
        }
    }
}
