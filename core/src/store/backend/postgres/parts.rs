//! The text of a PostgreSQL URL, taken apart as `libpq` does, but without guessing what a slip may have meant.
//!
//! What its parameters mean is told by [`super::address`].

use percent_encoding::percent_decode_str;

/// What a URL says, decoded.
#[derive(Default)]
pub(super) struct Parts {
    pub(super) user: Option<String>,
    pub(super) password: Option<String>,
    /// Each with its port, where it says one.
    pub(super) hosts: Vec<(String, Option<u16>)>,
    pub(super) database: String,
    pub(super) parameters: Vec<(String, String)>,
}

/// Why a PostgreSQL URL cannot be used. Never quotes what may be a password.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidPostgresUrl {
    #[error("must begin with postgres:// or postgresql://")]
    Slashes,
    #[error("must name a database after the host, as in postgres://user@host/rollcall")]
    NoDatabase,
    #[error("has a / in the name of the database; write it %2F")]
    DatabasePath,
    #[error(
        "must name a host, as in postgres://user@host/rollcall, or the folder of a socket, as in postgres:///rollcall?host=/run/postgresql"
    )]
    NoHost,
    #[error("has an empty host")]
    EmptyHost,
    #[error("has a host that cannot be read; an IPv6 address stands in brackets, and a folder has each / written %2F")]
    Host,
    #[error("has a port that is not a number from 1 to 65535; a : in a password is written %3A, and a / is written %2F")]
    Port,
    #[error("has another number of ports than of hosts")]
    Ports,
    #[error("has an @ that does not stand before the host; elsewhere it is written %40, and in a password / is %2F and ? is %3F")]
    At,
    #[error("has a % that does not begin two hexadecimal digits, or one that makes no text; a % itself is written %25")]
    Escape,
    #[error("has a parameter without =")]
    NoValue,
    #[error("says {0} twice")]
    Twice(String),
    #[error("has the parameter {name}, which is not known; there are {known}")]
    Unknown {
        /// The parameter as it is written.
        name: String,
        /// Those that exist.
        known: String,
    },
    #[error("has the parameter {name}, which must be {rule}")]
    Value {
        /// The parameter.
        name: &'static str,
        /// What its value may be.
        rule: &'static str,
    },
    #[error("has sslmode=verify-ca; use verify-full, which looks at the name in the certificate too")]
    VerifyCa,
    #[error("has sslrootcert, which only sslmode=verify-full looks at")]
    UnusedRoots,
    #[error("must have both sslcert and sslkey, or neither")]
    HalfOfACertificate,
    #[error("has sslcert together with sslmode=disable")]
    UnusedCertificate,
}

impl Parts {
    pub(super) fn read(text: &str) -> Result<Self, InvalidPostgresUrl> {
        let rest = text.strip_prefix("postgres://").or_else(|| text.strip_prefix("postgresql://")).ok_or(InvalidPostgresUrl::Slashes)?;
        let (place, parameters) = rest.split_once('?').unwrap_or((rest, ""));
        // Before anything that an error could quote: the end of a password with a bare ? would look like a parameter.
        let (authority, database) = place.split_once('/').ok_or(InvalidPostgresUrl::NoDatabase)?;
        if parameters.contains('@') {
            return Err(InvalidPostgresUrl::At);
        }
        let mut parts = Self { database: database_name(database)?, ..Self::default() };
        parts.read_authority(authority)?;
        for parameter in parameters.split('&').filter(|parameter| !parameter.is_empty()) {
            let (name, value) = parameter.split_once('=').ok_or(InvalidPostgresUrl::NoValue)?;
            parts.parameters.push((decoded(name)?, decoded(value)?));
        }
        Ok(parts)
    }

    /// `user:password@host:port,host:port`
    fn read_authority(&mut self, authority: &str) -> Result<(), InvalidPostgresUrl> {
        let (login, hosts) = authority.split_once('@').map_or((None, authority), |(login, hosts)| (Some(login), hosts));
        if hosts.contains('@') {
            return Err(InvalidPostgresUrl::At);
        }
        if let Some(login) = login {
            let (user, password) = login.split_once(':').map_or((login, None), |(user, password)| (user, Some(password)));
            self.user = Some(decoded(user)?).filter(|user| !user.is_empty());
            self.password = password.map(decoded).transpose()?.filter(|password| !password.is_empty());
        }
        if !hosts.is_empty() {
            self.hosts = hosts.split(',').map(host_and_port).collect::<Result<_, _>>()?;
        }
        Ok(())
    }

    /// The value of a parameter, taken out.
    pub(super) fn take(&mut self, name: &str) -> Result<Option<String>, InvalidPostgresUrl> {
        let mut values = self.parameters.extract_if(.., |(of, _)| of == name).map(|(_, value)| value);
        let first = values.next();
        match values.next() {
            Some(_) => Err(InvalidPostgresUrl::Twice(name.to_owned())),
            None => Ok(first),
        }
    }
}

fn database_name(text: &str) -> Result<String, InvalidPostgresUrl> {
    match text {
        "" => Err(InvalidPostgresUrl::NoDatabase),
        text if text.contains('/') => Err(InvalidPostgresUrl::DatabasePath),
        text => decoded(text),
    }
}

fn host_and_port(text: &str) -> Result<(String, Option<u16>), InvalidPostgresUrl> {
    let (host, port) = match text.strip_prefix('[') {
        Some(rest) => {
            let (address, after) = rest.split_once(']').ok_or(InvalidPostgresUrl::Host)?;
            let port = match after.strip_prefix(':') {
                Some(port) => Some(port),
                None if after.is_empty() => None,
                None => return Err(InvalidPostgresUrl::Host),
            };
            (address, port)
        }
        None => text.split_once(':').map_or((text, None), |(host, port)| (host, Some(port))),
    };
    if host.is_empty() {
        return Err(InvalidPostgresUrl::EmptyHost);
    }
    Ok((decoded(host)?, port.map(port_number).transpose()?))
}

pub(super) fn port_number(text: &str) -> Result<u16, InvalidPostgresUrl> {
    text.parse().ok().filter(|port| *port > 0).ok_or(InvalidPostgresUrl::Port)
}

/// The text that percent signs stand for; none can hold a NUL.
fn decoded(text: &str) -> Result<String, InvalidPostgresUrl> {
    let is_escape = |rest: &str| rest.get(..2).is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
    if !text.split('%').skip(1).all(is_escape) {
        return Err(InvalidPostgresUrl::Escape);
    }
    let text = percent_decode_str(text).decode_utf8().map_err(|_| InvalidPostgresUrl::Escape)?;
    if text.contains('\0') { Err(InvalidPostgresUrl::Escape) } else { Ok(text.into_owned()) }
}
