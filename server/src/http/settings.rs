//! What an operator may choose about HTTP. A plain value: whoever reads the configuration fills it.

use super::limits::LimitSettings;
use super::metrics::MetricsAccess;
use super::networks::Network;
use super::open_id::OpenIdSettings;
use super::public_url::PublicUrl;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

/// What an operator may choose about HTTP.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpSettings {
    /// The address to listen on.
    pub listen: SocketAddr,
    /// What absolute links start with; the listen address unless set. The `Host` of a request never decides this.
    pub public_url: Option<PublicUrl>,
    /// Whose `X-Forwarded-…` headers count.
    pub trusted_proxies: Vec<Network>,
    /// Connections at once. Further ones wait in the system's queue until one ends.
    pub max_connections: usize,
    /// Requests in work at once. Further ones are answered 503, so that those in work finish in time.
    pub max_requests: usize,
    /// How long a client may take to send one head, the request line and headers.
    pub header_timeout: Duration,
    /// Bytes of one head.
    pub header_bytes_max: usize,
    /// How long a connection may be open without a request.
    pub idle_timeout: Duration,
    /// How long one request may take, its body included.
    pub request_timeout: Duration,
    /// How long a client may take nothing of an answer that is ready for it.
    pub write_timeout: Duration,
    /// How long requests in work may go on after the server was told to stop.
    pub drain_timeout: Duration,
    /// Bytes of one body.
    pub body_bytes_max: usize,
    /// Bytes of answers that are kept for as long as their organization does not change; 0 keeps none.
    pub answers_bytes_max: usize,
    /// Who may see what is counted.
    pub metrics: MetricsAccess,
    /// How often one client may ask, and be wrong.
    pub limits: LimitSettings,
    /// Whom people may sign in with at the console, beside their passwords.
    pub open_id: Option<OpenIdSettings>,
}

impl HttpSettings {
    pub const LISTEN: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 8080);
    /// Each costs a descriptor and, when idle, a few KiB; the server raises its own limit of descriptors for them.
    pub const MAX_CONNECTIONS: usize = 4096;
    /// More than two cores can have in work within the time-out, few enough to hold in memory with full bodies.
    pub const MAX_REQUESTS: usize = 512;
    /// A head is one or two packets; ten seconds forgive a lost one and bound a client that dribbles.
    pub const HEADER_TIMEOUT: Duration = Duration::from_secs(10);
    /// A filter of 4 KiB, percent-encoded, takes 12 KiB; the rest is for cookies and proxies.
    pub const HEADER_BYTES_MAX: usize = 32 * 1024;
    /// Longer than the 60 s of common proxies, so that they close first and never meet a closing connection.
    pub const IDLE_TIMEOUT: Duration = Duration::from_secs(75);
    /// Clients give up at about this time.
    pub const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);
    pub const WRITE_TIMEOUT: Duration = Duration::from_secs(30);
    /// Service managers kill after 30 s; the store needs some of them to close.
    pub const DRAIN_TIMEOUT: Duration = Duration::from_secs(20);
    /// A person is about 1 KiB; the largest honest body is a bulk request.
    pub const BODY_BYTES_MAX: usize = 1024 * 1024;
    /// Some two thousand pages of a hundred people.
    pub const ANSWERS_BYTES_MAX: usize = 128 * 1024 * 1024;

    /// What absolute links start with.
    pub fn public_url(&self) -> PublicUrl {
        self.public_url.clone().unwrap_or_else(|| PublicUrl::of_address(self.listen))
    }
}

impl Default for HttpSettings {
    fn default() -> Self {
        Self {
            listen: Self::LISTEN,
            public_url: None,
            trusted_proxies: Vec::new(),
            max_connections: Self::MAX_CONNECTIONS,
            max_requests: Self::MAX_REQUESTS,
            header_timeout: Self::HEADER_TIMEOUT,
            header_bytes_max: Self::HEADER_BYTES_MAX,
            idle_timeout: Self::IDLE_TIMEOUT,
            request_timeout: Self::REQUEST_TIMEOUT,
            write_timeout: Self::WRITE_TIMEOUT,
            drain_timeout: Self::DRAIN_TIMEOUT,
            body_bytes_max: Self::BODY_BYTES_MAX,
            answers_bytes_max: Self::ANSWERS_BYTES_MAX,
            metrics: MetricsAccess::default(),
            limits: LimitSettings::default(),
            open_id: None,
        }
    }
}
