//! Which PostgreSQL database: a URL with the parameters of `libpq`, read strictly.
//!
//! How its text is taken apart is told by [`super::parts`], and how it is connected to by [`super::connector`].

use super::parts::{InvalidPostgresUrl, Parts, port_number};
use super::tls::{ClientCertificate, Roots, Security};
use crate::store::backend::DatabaseUrl;
use std::fmt;
use std::path::PathBuf;
use std::time::Duration;
use tokio_postgres::Config;
use tokio_postgres::config::{ChannelBinding, TargetSessionAttrs};

/// How long one host may take to let somebody in, unless the URL says otherwise; and what it may say.
const CONNECT: Duration = Duration::from_secs(5);
const CONNECT_SECONDS_MAX: u64 = 3600;
/// A host that is gone without a word is noticed after this and three times the interval.
const KEEPALIVE_IDLE: Duration = Duration::from_secs(30);
const KEEPALIVE_INTERVAL: Duration = Duration::from_secs(10);
const KEEPALIVE_RETRIES: u32 = 3;
/// How long what was sent may stay without an answer of the other host's system.
const UNACKNOWLEDGED_MAX: Duration = Duration::from_secs(30);
/// The port of PostgreSQL.
const PORT: u16 = 5432;

/// The parameters that a URL may have.
const PARAMETERS: [&str; 13] = [
    "host",
    "port",
    "user",
    "password",
    "sslmode",
    "sslrootcert",
    "sslcert",
    "sslkey",
    "channel_binding",
    "target_session_attrs",
    "application_name",
    "connect_timeout",
    "options",
];

/// The address of a PostgreSQL database. Neither `Display` nor `Debug` shows its password.
#[derive(Clone, PartialEq, Eq)]
pub struct PostgresAddress {
    pub(super) hosts: Vec<Host>,
    /// Everything but the hosts and what TLS is asked for.
    pub(super) config: Config,
    pub(super) security: Security,
    /// What the session must be like, where the URL says so.
    pub(super) session: Option<TargetSessionAttrs>,
    /// How long one of the hosts may take.
    pub(super) connect_timeout: Duration,
    shown: String,
}

/// A server: a name or an IP address, or a folder with the server's socket; and the port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Host {
    pub(super) name: String,
    pub(super) port: u16,
}

impl Host {
    /// Whether it is a folder. Nobody else listens there, so there is no TLS.
    pub(super) fn is_local(&self) -> bool {
        self.name.starts_with('/')
    }
}

impl fmt::Display for PostgresAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

impl fmt::Debug for PostgresAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl PostgresAddress {
    /// Reads a `postgres://` URL. Opens no file.
    pub(in crate::store::backend) fn parse(text: &str) -> Result<Self, InvalidPostgresUrl> {
        let mut parts = Parts::read(text)?;
        if let Some((name, _)) = parts.parameters.iter().find(|(name, _)| !PARAMETERS.contains(&name.as_str())) {
            return Err(InvalidPostgresUrl::Unknown { name: name.clone(), known: PARAMETERS.join(", ") });
        }
        let hosts = hosts(&mut parts)?;
        let security = security(&mut parts)?;
        let connect_timeout = connect_timeout(&mut parts)?;
        let session = session(parts.take("target_session_attrs")?.as_deref())?;
        let config = config(&mut parts, connect_timeout)?;
        Ok(Self { hosts, config, security, session, connect_timeout, shown: DatabaseUrl::masked(text) })
    }

    /// The same with a password, where the URL has none.
    pub(in crate::store::backend) fn with_default_password(mut self, password: &str) -> Self {
        if self.config.get_password().is_none() {
            self.config.password(password);
        }
        self
    }
}

/// From before the path, or from the parameter, in which a folder needs no escapes.
fn hosts(parts: &mut Parts) -> Result<Vec<Host>, InvalidPostgresUrl> {
    let mut named = std::mem::take(&mut parts.hosts);
    if let Some(names) = parts.take("host")? {
        if !named.is_empty() {
            return Err(InvalidPostgresUrl::Twice("the host".to_owned()));
        }
        named = names.split(',').map(|name| (name.to_owned(), None)).collect();
    }
    if named.is_empty() {
        return Err(InvalidPostgresUrl::NoHost);
    }
    if named.iter().any(|(name, _)| name.is_empty()) {
        return Err(InvalidPostgresUrl::EmptyHost);
    }
    let ports = ports(parts, &named)?;
    Ok(named.into_iter().zip(ports).map(|((name, own), port)| Host { name, port: own.unwrap_or(port) }).collect())
}

/// A port for each host that says none itself.
fn ports(parts: &mut Parts, hosts: &[(String, Option<u16>)]) -> Result<Vec<u16>, InvalidPostgresUrl> {
    let Some(text) = parts.take("port")? else { return Ok(vec![PORT; hosts.len()]) };
    if hosts.iter().any(|(_, own)| own.is_some()) {
        return Err(InvalidPostgresUrl::Twice("the port".to_owned()));
    }
    let ports: Vec<u16> = text.split(',').map(port_number).collect::<Result<_, _>>()?;
    match ports.as_slice() {
        [one] => Ok(vec![*one; hosts.len()]),
        several if several.len() == hosts.len() => Ok(ports),
        _ => Err(InvalidPostgresUrl::Ports),
    }
}

fn security(parts: &mut Parts) -> Result<Security, InvalidPostgresUrl> {
    let mode = parts.take("sslmode")?;
    let roots = parts.take("sslrootcert")?.map(|roots| if roots == "system" { Roots::System } else { Roots::File(roots.into()) });
    let client = match (parts.take("sslcert")?, parts.take("sslkey")?) {
        (Some(certificate), Some(key)) => Some(ClientCertificate { certificate: certificate.into(), key: PathBuf::from(key) }),
        (None, None) => None,
        _ => return Err(InvalidPostgresUrl::HalfOfACertificate),
    };
    match mode.as_deref() {
        Some("verify-full") => Ok(Security::Verified { roots: roots.unwrap_or(Roots::System), client }),
        Some("verify-ca") => Err(InvalidPostgresUrl::VerifyCa),
        _ if roots.is_some() => Err(InvalidPostgresUrl::UnusedRoots),
        Some("disable") if client.is_some() => Err(InvalidPostgresUrl::UnusedCertificate),
        Some("disable") => Ok(Security::None),
        Some("prefer") | None => Ok(Security::Preferred { client }),
        Some("require") => Ok(Security::Encrypted { client }),
        Some(_) => Err(InvalidPostgresUrl::Value { name: "sslmode", rule: "disable, prefer, require or verify-full" }),
    }
}

fn connect_timeout(parts: &mut Parts) -> Result<Duration, InvalidPostgresUrl> {
    let Some(text) = parts.take("connect_timeout")? else { return Ok(CONNECT) };
    let seconds = text.parse().ok().filter(|seconds| (1..=CONNECT_SECONDS_MAX).contains(seconds));
    seconds
        .map(Duration::from_secs)
        .ok_or(InvalidPostgresUrl::Value { name: "connect_timeout", rule: "a whole number of seconds from 1 to 3600" })
}

/// The rest: who is who, and how a host that is gone is noticed.
fn config(parts: &mut Parts, connect_timeout: Duration) -> Result<Config, InvalidPostgresUrl> {
    let mut config = Config::new();
    config
        .dbname(&parts.database)
        .application_name(parts.take("application_name")?.unwrap_or_else(|| "rollcall".to_owned()))
        .channel_binding(channel_binding(parts.take("channel_binding")?.as_deref())?)
        .connect_timeout(connect_timeout)
        .keepalives_idle(KEEPALIVE_IDLE)
        .keepalives_interval(KEEPALIVE_INTERVAL)
        .keepalives_retries(KEEPALIVE_RETRIES)
        .tcp_user_timeout(UNACKNOWLEDGED_MAX);
    if let Some(options) = parts.take("options")? {
        config.options(options);
    }
    if let Some(user) = either(parts.user.take(), parts.take("user")?, "the user")? {
        config.user(user);
    }
    if let Some(password) = either(parts.password.take(), parts.take("password")?, "the password")? {
        config.password(password);
    }
    Ok(config)
}

fn either(one: Option<String>, other: Option<String>, what: &str) -> Result<Option<String>, InvalidPostgresUrl> {
    match (one, other) {
        (Some(_), Some(_)) => Err(InvalidPostgresUrl::Twice(what.to_owned())),
        (one, other) => Ok(one.or(other)),
    }
}

fn session(text: Option<&str>) -> Result<Option<TargetSessionAttrs>, InvalidPostgresUrl> {
    match text {
        Some("any") => Ok(Some(TargetSessionAttrs::Any)),
        Some("read-write") => Ok(Some(TargetSessionAttrs::ReadWrite)),
        Some("read-only") => Ok(Some(TargetSessionAttrs::ReadOnly)),
        Some(_) => Err(InvalidPostgresUrl::Value { name: "target_session_attrs", rule: "any, read-write or read-only" }),
        None => Ok(None),
    }
}

fn channel_binding(text: Option<&str>) -> Result<ChannelBinding, InvalidPostgresUrl> {
    match text {
        Some("disable") => Ok(ChannelBinding::Disable),
        Some("prefer") | None => Ok(ChannelBinding::Prefer),
        Some("require") => Ok(ChannelBinding::Require),
        Some(_) => Err(InvalidPostgresUrl::Value { name: "channel_binding", rule: "disable, prefer or require" }),
    }
}

#[cfg(test)]
mod tests;
