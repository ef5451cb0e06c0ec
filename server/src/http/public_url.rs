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

/// A text that cannot start absolute links.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a public URL looks like https://people.example.org, without a query")]
pub struct InvalidPublicUrl;

impl PublicUrl {
    pub fn parse(text: &str) -> Result<Self, InvalidPublicUrl> {
        let text = text.trim().trim_end_matches('/');
        let uri: Uri = text.parse().map_err(|_| InvalidPublicUrl)?;
        let has_scheme = matches!(uri.scheme_str(), Some("http" | "https"));
        match uri.host() {
            Some(host) if has_scheme && !host.is_empty() && uri.query().is_none() && !text.contains(['#', '@']) => {
                Ok(Self { text: text.to_owned(), host: host.to_ascii_lowercase() })
            }
            _ => Err(InvalidPublicUrl),
        }
    }

    /// The URL of a server that nobody gave a name.
    pub fn of_address(address: SocketAddr) -> Self {
        Self { text: format!("http://{address}"), host: address.ip().to_string() }
    }

    /// The host alone, in lower case.
    pub fn host(&self) -> &str {
        &self.host
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
    }

    #[test]
    fn what_cannot_start_a_link_is_no_public_url() {
        let refused = ["", "people.example.org", "ftp://a.b", "https://", "https://a.b?x=1", "https://u@a.b", "/path"];

        assert!(refused.iter().all(|text| PublicUrl::parse(text).is_err()));
    }
}
