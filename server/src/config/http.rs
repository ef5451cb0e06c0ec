//! `[http]`: what is read here is the front's own [`HttpSettings`]. Nothing here listens.

use std::net::SocketAddr;
use std::time::Duration;

use super::error::ConfigError;
use super::values::Values;
use crate::http::{HttpSettings, MetricsAccess, Network, PublicUrl};

/// A day, in seconds: longer than anybody waits.
const SECONDS_MAX: u64 = 24 * 60 * 60;

/// More answers than any machine of today holds.
const ANSWERS_BYTES_MAX: u64 = 1 << 40;

/// Reads the section; what has no setting keeps the front's own value.
pub(super) fn bind(values: &Values) -> Result<HttpSettings, ConfigError> {
    let seconds = |setting| values.integer(setting, 1..=SECONDS_MAX).map(Duration::from_secs);
    Ok(HttpSettings {
        listen: values.text("http.listen", parse_listen)?,
        public_url: values.text("http.public_url", parse_public_url)?,
        trusted_proxies: values.list("http.trusted_proxies", parse_network)?,
        max_connections: values.integer("http.max_connections", 1..=1_000_000)?,
        max_requests: values.integer("http.max_requests", 1..=100_000)?,
        header_timeout: seconds("http.header_timeout_seconds")?,
        idle_timeout: seconds("http.idle_timeout_seconds")?,
        request_timeout: seconds("http.request_timeout_seconds")?,
        drain_timeout: seconds("http.drain_timeout_seconds")?,
        body_bytes_max: values.integer("http.body_bytes_max", 1024..=64 * 1024 * 1024)?,
        answers_bytes_max: values.integer("http.answers_bytes_max", 0..=ANSWERS_BYTES_MAX)?,
        metrics: values.text("http.metrics", parse_metrics)?,
        ..HttpSettings::default()
    })
}

fn parse_listen(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| "must be an IP address and a port, such as 127.0.0.1:8080 or [::1]:8080".to_owned())
}

fn parse_public_url(text: &str) -> Result<Option<PublicUrl>, String> {
    if text.is_empty() { Ok(None) } else { PublicUrl::parse(text).map(Some).map_err(|error| error.to_string()) }
}

fn parse_metrics(text: &str) -> Result<MetricsAccess, String> {
    match text {
        "local" => Ok(MetricsAccess::Local),
        "admin" => Ok(MetricsAccess::Admin),
        "open" => Ok(MetricsAccess::Open),
        "off" => Ok(MetricsAccess::Off),
        _ => Err("must be local, admin, open or off".to_owned()),
    }
}

fn parse_network(text: &str) -> Result<Network, String> {
    text.parse().map_err(|error| format!("has {text:?}, where each item {error}"))
}
