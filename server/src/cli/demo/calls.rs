//! A call of each API, ready to be pasted into a shell.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// One call.
#[derive(Debug)]
pub(super) struct Call {
    /// The API, as its vendor calls it.
    pub(super) api: &'static str,
    pub(super) line: String,
}

/// A call of each API. Tokens are plain letters, digits and underscores, so single quotes hold them.
pub(super) fn all(address: SocketAddr, acme: &str, globex: &str) -> [Call; 5] {
    let base = format!("http://{address}");
    [
        Call { api: "24SevenOffice", line: format!("curl -s '{base}/v1/organization/people' -H 'Authorization: Bearer {acme}'") },
        Call {
            api: "Risk Manager",
            line: format!(
                "curl -s '{base}/api/Organization/people?$filter=substringof(%27Jane%27,Name)' -H 'Authorization: OAuth2 {acme}'"
            ),
        },
        Call {
            api: "Wethod",
            line: format!(
                "curl -s '{base}/api/persons' -H 'Authorization: Bearer {globex}' -H 'Wethod-Company: globex' \
                 -H 'Wethod-Version: 2024-06-15'"
            ),
        },
        Call { api: "ProofHub", line: format!("curl -s '{base}/api/v3/people' -H 'X-API-KEY: {globex}'") },
        Call {
            api: "SCIM",
            line: format!("curl -s '{base}/scim/v2/Users?filter=displayName%20co%20%22Jane%22' -H 'Authorization: Bearer {acme}'"),
        },
    ]
}

/// Where a program on this machine reaches a server that listens here: a server on every address is also on the
/// machine's own.
pub(super) fn reachable(address: SocketAddr) -> SocketAddr {
    let own = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(own, address.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_on_every_address_is_called_on_the_machines_own() {
        let reached = ["0.0.0.0:80", "[::]:80", "192.0.2.7:80"].map(|text| reachable(text.parse().unwrap()).to_string());

        assert_eq!(reached, ["127.0.0.1:80", "[::1]:80", "192.0.2.7:80"]);
    }
}
