//! The host of a request: which organization its name chooses, and whose word counts about it.
//!
//! `Host` never makes a link and never lets anybody in: it only chooses among the organizations of a credential.
//! `X-Forwarded-Host` and `X-Forwarded-For` count from trusted proxies alone, and of several values the last, because
//! that one the trusted proxy wrote itself. `X-Forwarded-Proto` has nothing to decide: links come from the public URL.

use super::refusal::Refusal;
use super::settings::HttpSettings;
use axum::http::header::HOST;
use axum::http::request::Parts;
use axum::http::uri::Authority;
use axum::http::{HeaderMap, Version};
use rollcall_core::domain::Slug;
use std::net::IpAddr;

/// Which organization the address of a request names. In every request's extensions; which of the two counts in which
/// API, and what follows when they disagree, is the room's business.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chosen {
    /// The first segment of the path, which is no longer in it.
    pub path: Option<Slug>,
    /// The first label of the host's name, in lower case. It may be no slug at all.
    pub host: Option<String>,
}

/// Where a request comes from, past the trusted proxies. In every request's extensions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

/// The organization that the request's host chooses, if it does.
pub(super) fn chosen_by_host(parts: &Parts, peer: IpAddr, settings: &HttpSettings) -> Result<Option<String>, Refusal> {
    let sent = sent_host(parts)?;
    let forwarded = if is_trusted(peer, settings) { last_value(&parts.headers, "x-forwarded-host") } else { None };
    let named = match forwarded {
        Some(name) => Some(host_name(name)?),
        None => sent,
    };
    Ok(named.filter(|name| name != settings.public_url().host()).and_then(|name| first_label(&name)))
}

/// The organization that a host chooses which is plainly a name or an address, without anything that could be refused.
/// `None`: it has to be looked at more closely.
pub(super) fn chosen_plainly(host: &str, public_host: &str) -> Option<Option<String>> {
    let (name, port) = host.split_once(':').map_or((host, None), |(name, port)| (name, Some(port)));
    let is_plain =
        !name.is_empty() && !name.ends_with('.') && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte));
    let is_port = port.is_none_or(|port| !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok());
    if !is_plain || !is_port {
        return None;
    }
    let may_choose = name.bytes().filter(|byte| *byte == b'.').count() >= 2 && !name.eq_ignore_ascii_case(public_host);
    Some(if may_choose { first_label(&name.to_ascii_lowercase()) } else { None })
}

/// The address that the request comes from: the last one that no trusted proxy has.
pub(super) fn client_address(headers: &HeaderMap, peer: IpAddr, settings: &HttpSettings) -> ClientAddress {
    let mut client = peer.to_canonical();
    let hops: Vec<&str> = values(headers, "x-forwarded-for").collect();
    for hop in hops.into_iter().rev() {
        if !is_trusted(client, settings) {
            break;
        }
        let Ok(address) = hop.parse::<IpAddr>() else { break };
        client = address.to_canonical();
    }
    ClientAddress(client)
}

/// The host as the client sent it, without its port. HTTP/1.0 knows no `Host`, so it may be missing there.
fn sent_host(parts: &Parts) -> Result<Option<String>, Refusal> {
    let mut hosts = parts.headers.get_all(HOST).iter();
    let host = match (hosts.next(), hosts.next()) {
        (Some(host), None) => host.to_str().map_err(|_| malformed())?,
        (None, _) if parts.version == Version::HTTP_10 => return Ok(None),
        (None, _) => return Err(Refusal::bad_request("The request has no Host header.")),
        (Some(_), Some(_)) => return Err(Refusal::bad_request("The request has more than one Host header.")),
    };
    // RFC 9112, 3.2.2: an absolute target wins over the header.
    match parts.uri.authority() {
        Some(authority) => host_name(authority.as_str()).map(Some),
        None if host.is_empty() => Ok(None),
        None => host_name(host).map(Some),
    }
}

/// The name in `name:port`, in lower case and without the dot that may end it.
fn host_name(text: &str) -> Result<String, Refusal> {
    let authority: Authority = text.parse().map_err(|_| malformed())?;
    let host = authority.host();
    // A login would stand in front of it.
    let port = text.strip_prefix(host).ok_or_else(malformed)?;
    let is_name = host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte));
    let is_port = port.is_empty() || port == ":" || authority.port_u16().is_some();
    if host.is_empty() || !(is_name || host.starts_with('[')) || !is_port {
        return Err(malformed());
    }
    let name = host.to_ascii_lowercase();
    Ok(name.strip_suffix('.').map(str::to_owned).unwrap_or(name))
}

/// The first of three or more labels. An address has no labels.
fn first_label(name: &str) -> Option<String> {
    let is_address = name.starts_with('[') || name.parse::<IpAddr>().is_ok();
    let mut labels = name.split('.');
    let first = labels.next().filter(|first| !first.is_empty())?;
    (!is_address && labels.count() >= 2).then(|| first.to_owned())
}

fn is_trusted(address: IpAddr, settings: &HttpSettings) -> bool {
    settings.trusted_proxies.iter().any(|network| network.contains(address))
}

fn last_value<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    values(headers, name).last()
}

/// The values of a header that is a list, over all of its lines.
fn values<'a>(headers: &'a HeaderMap, name: &str) -> impl Iterator<Item = &'a str> {
    let lines = headers.get_all(name).into_iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(',')).map(str::trim).filter(|value| !value.is_empty())
}

fn malformed() -> Refusal {
    Refusal::bad_request("The Host header is not a host name.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::public_url::PublicUrl;
    use axum::http::Request;

    const CLIENT: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(203, 0, 113, 9));
    const PROXY: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(10, 0, 0, 1));

    fn settings() -> HttpSettings {
        let public_url = PublicUrl::parse("https://people.example.org").ok();
        HttpSettings { public_url, trusted_proxies: vec!["10.0.0.0/8".parse().unwrap()], ..HttpSettings::default() }
    }

    fn parts(headers: &[(&str, &str)]) -> Parts {
        let request = headers.iter().fold(Request::get("/"), |request, (name, value)| request.header(*name, *value));
        request.body(()).unwrap().into_parts().0
    }

    fn chosen(peer: IpAddr, headers: &[(&str, &str)]) -> Option<String> {
        chosen_by_host(&parts(headers), peer, &settings()).unwrap()
    }

    #[test]
    fn a_name_of_three_labels_chooses_by_its_first() {
        assert_eq!(chosen(CLIENT, &[("host", "Senate.example.org:8080")]).as_deref(), Some("senate"));
    }

    #[test]
    fn an_address_a_short_name_and_the_public_name_choose_nothing() {
        let hosts = ["127.0.0.1:8080", "[::1]:8080", "localhost", "example.org", "example.org.", "People.Example.org:443", ""];

        assert!(hosts.iter().all(|host| chosen(CLIENT, &[("host", host)]).is_none()));
    }

    #[test]
    fn a_forwarded_host_counts_from_a_trusted_proxy() {
        let headers = [("host", "inner"), ("x-forwarded-host", "forged.example.org, senate.example.org")];

        assert_eq!(chosen(PROXY, &headers).as_deref(), Some("senate"));
    }

    #[test]
    fn a_forwarded_host_from_anybody_else_is_ignored() {
        assert_eq!(chosen(CLIENT, &[("host", "inner"), ("x-forwarded-host", "senate.example.org")]), None);
    }

    #[test]
    fn a_missing_doubled_or_malformed_host_is_refused() {
        let names =
            ["a b", "u@a.b.c", "a/b", "a.b.c,d.e.f", "%61.b.c", "a.b.c:port", "a.b.c:99999", "[::1", "é"].map(|name| vec![("host", name)]);
        let refused = [vec![], vec![("host", "a"), ("host", "a")]];

        for headers in refused.iter().chain(&names) {
            assert!(chosen_by_host(&parts(headers), CLIENT, &settings()).is_err(), "{headers:?}");
        }
    }

    #[test]
    fn the_old_version_may_come_without_a_host() {
        let mut parts = parts(&[]);
        parts.version = Version::HTTP_10;

        assert_eq!(chosen_by_host(&parts, CLIENT, &settings()), Ok(None));
    }

    #[test]
    fn the_client_is_the_last_address_that_is_no_trusted_proxy() {
        let headers = parts(&[("x-forwarded-for", "198.51.100.1, 203.0.113.7"), ("x-forwarded-for", "10.9.9.9")]).headers;

        let seen = [PROXY, CLIENT].map(|peer| client_address(&headers, peer, &settings()).0.to_string());

        assert_eq!(seen, ["203.0.113.7", "203.0.113.9"]);
    }
}
