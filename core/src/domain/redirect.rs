//! Where an application has people sent back to after they have signed in.

use core::net::{Ipv4Addr, Ipv6Addr};
use std::fmt;

/// Bytes of the longest one: longer ones do not fit the head of every request.
const BYTES_MAX: usize = 2048;

/// A redirection endpoint (RFC 6749, section 3.1.2): an absolute URI without a fragment, compared byte for byte. It is
/// `https`, or `http` to the user's own machine (RFC 8252, section 7.3).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RedirectUri(Box<str>);

/// A text that is no redirection endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must be https://… or http:// to 127.0.0.1, [::1] or localhost, with no login and no fragment, in ASCII, up to {BYTES_MAX} bytes")]
pub struct InvalidRedirectUri;

impl RedirectUri {
    pub fn parse(text: &str) -> Result<Self, InvalidRedirectUri> {
        let has_signs = text
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}' | b'#'));
        if !has_signs || text.len() > BYTES_MAX {
            return Err(InvalidRedirectUri);
        }
        let is_good = match split(text) {
            Some(("https", host)) => is_host(host),
            Some(("http", host)) => is_host(host) && is_own_machine(host),
            _ => false,
        };
        if is_good { Ok(Self(text.into())) } else { Err(InvalidRedirectUri) }
    }

    /// One that was parsed before it was stored.
    pub(crate) fn stored(text: &str) -> Self {
        Self(text.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The scheme, the host and the port: `https://app.example.com:8443`.
    pub fn origin(&self) -> &str {
        let start = self.0.find("://").map_or(0, |at| at + 3);
        let end = self.0[start..].find(['/', '?']).map_or(self.0.len(), |at| start + at);
        &self.0[..end]
    }
}

impl fmt::Display for RedirectUri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The scheme and the host, whose port, if any, is one.
fn split(text: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = text.split_once("://")?;
    let authority = rest.split(['/', '?']).next()?;
    let (host, port) = match authority.rfind(':') {
        Some(at) if !authority[at..].contains(']') => (&authority[..at], Some(&authority[at + 1..])),
        _ => (authority, None),
    };
    let is_port = |port: &str| !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok();
    port.is_none_or(is_port).then_some((scheme, host))
}

fn is_host(host: &str) -> bool {
    match host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        Some(address) => address.parse::<Ipv6Addr>().is_ok(),
        None => !host.is_empty() && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_')),
    }
}

fn is_own_machine(host: &str) -> bool {
    host == "localhost" || host == "[::1]" || host.parse::<Ipv4Addr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn https_goes_anywhere_and_http_to_ones_own_machine() {
        let good = [
            "https://app.example.com/back",
            "https://app.example.com",
            "https://app.example.com:8443/back?from=rollcall&x=%20",
            "https://[2001:db8::1]/",
            "http://127.0.0.1:4321/back",
            "http://[::1]:4321/",
            "http://localhost/back",
        ];

        assert!(good.iter().all(|text| RedirectUri::parse(text).is_ok_and(|uri| uri.as_str() == *text)));
    }

    #[test]
    fn what_could_lead_elsewhere_is_refused() {
        let bad = [
            "",
            "app.example.com/back",
            "/back",
            "http://app.example.com/back",
            "http://localhost.example.com/",
            "http://127.0.0.1.example.com/",
            "http://10.0.0.1/",
            "javascript://x/%0aalert(1)",
            "myapp://back",
            "https:///back",
            "https://app.example.com/back#part",
            "https://user@app.example.com/",
            "https://127.0.0.1:4321@evil.example.com/",
            "https://app.example.com:/",
            "https://app.example.com:99999/",
            "https://app.example.com;x/",
            "https://app example.com/",
            "https://app.example.com/\u{e9}",
            "https://app.example.com/\r\nSet-Cookie: a=b",
            "https://app.example.com\\@evil.example.com/",
        ];

        for text in bad {
            assert_eq!(RedirectUri::parse(text), Err(InvalidRedirectUri), "{text}");
        }
        assert!(RedirectUri::parse(&format!("https://a/{}", "x".repeat(BYTES_MAX))).is_err());
    }

    #[test]
    fn an_origin_ends_where_the_path_or_the_query_begins() {
        let origins =
            ["https://a.b:1/c?d=/", "https://a.b?c=/d", "http://[::1]:8/"].map(|text| RedirectUri::stored(text).origin().to_owned());

        assert_eq!(origins, ["https://a.b:1", "https://a.b", "http://[::1]:8"]);
    }
}
