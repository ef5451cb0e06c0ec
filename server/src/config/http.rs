//! `[http]`: addresses, proxies and limits of the network side. Nothing here listens.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use axum::http::Uri;

use super::error::ConfigError;
use super::values::Values;

/// The settings of `[http]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpSettings {
    /// Where to listen; port 0 takes any free port.
    pub listen: SocketAddr,
    /// The address that clients use; `None` is the listen address over plain http.
    pub public_url: Option<PublicUrl>,
    /// The proxies whose `X-Forwarded-*` headers count.
    pub trusted_proxies: Vec<Network>,
    /// How many connections may be open at once.
    pub max_connections: usize,
    /// How long a client may take to send a request's head.
    pub header_timeout: Duration,
    /// How long a request may take in all.
    pub request_timeout: Duration,
    /// The longest request body, in bytes.
    pub body_bytes_max: usize,
}

/// An absolute http or https address without query, fragment, login or closing slash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl(String);

/// An IP address with the length of the prefix that must agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    prefix: u32,
}

impl HttpSettings {
    pub(super) fn bind(values: &Values) -> Result<Self, ConfigError> {
        Ok(Self {
            listen: values.text("http.listen", parse_listen)?,
            public_url: values.text("http.public_url", parse_public_url)?,
            trusted_proxies: values.list("http.trusted_proxies", Network::parse)?,
            max_connections: values.integer("http.max_connections", 1..=1_000_000)?,
            header_timeout: Duration::from_secs(values.integer("http.header_timeout_seconds", 1..=3600)?),
            request_timeout: Duration::from_secs(values.integer("http.request_timeout_seconds", 1..=3600)?),
            body_bytes_max: values.integer("http.body_bytes_max", 1024..=64 * 1024 * 1024)?,
        })
    }
}

impl PublicUrl {
    /// Reads an address and takes closing slashes off its path.
    ///
    /// # Errors
    /// The rule that the text breaks.
    pub fn parse(text: &str) -> Result<Self, String> {
        let wrong = |reason: &str| Err(reason.to_owned());
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
        Ok(Self(text.trim_end_matches('/').to_owned()))
    }

    /// The address, without a closing slash.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Network {
    /// Reads an IP address, or a CIDR block such as `10.0.0.0/8`.
    ///
    /// # Errors
    /// The rule that the text breaks, with the text.
    pub fn parse(text: &str) -> Result<Self, String> {
        let wrong = || format!("must hold IP addresses or blocks such as 10.0.0.0/8, but has {text:?}");
        let (address, prefix) = text.split_once('/').map_or((text, None), |(address, prefix)| (address, Some(prefix)));
        let address: IpAddr = address.parse().map_err(|_| wrong())?;
        let address = if prefix.is_none() { address.to_canonical() } else { address };
        let width = if address.is_ipv4() { 32 } else { 128 };
        let prefix = prefix.map_or(Ok(width), str::parse).ok().filter(|prefix| *prefix <= width).ok_or_else(wrong)?;
        Ok(Self { address, prefix })
    }

    /// Whether `peer` lies in this block. An IPv4 peer on an IPv6 socket (`::ffff:10.0.0.1`) is its IPv4 address.
    #[must_use]
    pub fn contains(&self, peer: IpAddr) -> bool {
        match (self.address, peer.to_canonical()) {
            (IpAddr::V4(own), IpAddr::V4(peer)) => (own.to_bits() ^ peer.to_bits()).checked_shr(32 - self.prefix).unwrap_or(0) == 0,
            (IpAddr::V6(own), IpAddr::V6(peer)) => (own.to_bits() ^ peer.to_bits()).checked_shr(128 - self.prefix).unwrap_or(0) == 0,
            _ => false,
        }
    }
}

fn parse_listen(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| "must be an IP address and a port, such as 127.0.0.1:8080 or [::1]:8080".to_owned())
}

fn parse_public_url(text: &str) -> Result<Option<PublicUrl>, String> {
    if text.is_empty() { Ok(None) } else { PublicUrl::parse(text).map(Some) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contains(block: &str, peer: &str) -> bool {
        Network::parse(block).unwrap().contains(peer.parse().unwrap())
    }

    #[test]
    fn a_block_holds_the_addresses_with_its_prefix_and_no_others() {
        assert!(contains("10.0.0.0/8", "10.255.0.1") && !contains("10.0.0.0/8", "11.0.0.1"));
        assert!(contains("192.0.2.7", "192.0.2.7") && !contains("192.0.2.7", "192.0.2.8"));
        assert!(contains("2001:db8::/32", "2001:db8:1::1") && !contains("2001:db8::/32", "2001:db9::1"));
        assert!(contains("0.0.0.0/0", "203.0.113.9") && !contains("0.0.0.0/0", "::1"));
    }

    #[test]
    fn an_ipv4_peer_on_an_ipv6_socket_is_its_ipv4_address() {
        assert!(contains("10.0.0.0/8", "::ffff:10.1.2.3"));
        assert!(contains("::ffff:10.1.2.3", "10.1.2.3"));
    }

    #[test]
    fn what_is_no_block_is_refused() {
        for text in ["", "proxy", "10.0.0.0/33", "10.0.0/8", "::1/129", "10.0.0.0/-1", "10.0.0.0/"] {
            assert!(Network::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_public_url_loses_its_closing_slash_and_keeps_its_path() {
        assert_eq!(PublicUrl::parse("https://people.example.com/").unwrap().as_str(), "https://people.example.com");
        assert_eq!(PublicUrl::parse("http://[::1]:8080/rollcall/").unwrap().as_str(), "http://[::1]:8080/rollcall");
    }

    #[test]
    fn what_is_no_public_url_is_refused() {
        for text in [
            "people",
            "ftp://h",
            "https://",
            "https:///x",
            "https://h?x=1",
            "https://h#x",
            "https://a:b@h",
            "https://h:",
            "https://h:99999",
            "https://a b",
        ] {
            assert!(PublicUrl::parse(text).is_err(), "{text}");
        }
    }
}
