//! The names of all settings: the one list that files, the environment and the table are held against.

use super::value::Kind;

/// The beginning of every environment variable that is a setting.
pub(super) const PREFIX: &str = "ROLLCALL_";

/// One setting's name and kind.
#[derive(Debug)]
pub(super) struct Key {
    /// The name with its section, such as `http.listen`.
    pub name: &'static str,
    /// What its value is made of.
    pub kind: Kind,
}

/// Every setting, in the order of the default file.
pub(super) static KEYS: &[Key] = &[
    Key { name: "http.listen", kind: Kind::Text },
    Key { name: "http.public_url", kind: Kind::Text },
    Key { name: "http.trusted_proxies", kind: Kind::List },
    Key { name: "http.max_connections", kind: Kind::Integer },
    Key { name: "http.max_requests", kind: Kind::Integer },
    Key { name: "http.header_timeout_seconds", kind: Kind::Integer },
    Key { name: "http.idle_timeout_seconds", kind: Kind::Integer },
    Key { name: "http.request_timeout_seconds", kind: Kind::Integer },
    Key { name: "http.drain_timeout_seconds", kind: Kind::Integer },
    Key { name: "http.body_bytes_max", kind: Kind::Integer },
    Key { name: "http.answers_bytes_max", kind: Kind::Integer },
    Key { name: "http.metrics", kind: Kind::Text },
    Key { name: "database.url", kind: Kind::Text },
    Key { name: "database.replicas", kind: Kind::Urls },
    Key { name: "database.connections", kind: Kind::Integer },
    Key { name: "database.statement_timeout_seconds", kind: Kind::Integer },
    Key { name: "database.start_wait_seconds", kind: Kind::Integer },
    Key { name: "limits.vendor_rates", kind: Kind::Boolean },
    Key { name: "limits.24sevenoffice_rate", kind: Kind::Text },
    Key { name: "limits.risk_manager_rate", kind: Kind::Text },
    Key { name: "limits.wethod_rate", kind: Kind::Text },
    Key { name: "limits.proofhub_rate", kind: Kind::Text },
    Key { name: "limits.scim_rate", kind: Kind::Text },
    Key { name: "limits.failed_logins_per_minute", kind: Kind::Integer },
    Key { name: "sign_in.issuer", kind: Kind::Text },
    Key { name: "sign_in.client_id", kind: Kind::Text },
    Key { name: "sign_in.client_secret_file", kind: Kind::Text },
    Key { name: "sign_in.name", kind: Kind::Text },
    Key { name: "log.level", kind: Kind::Text },
    Key { name: "log.format", kind: Kind::Text },
];

impl Key {
    /// The section and the name in it.
    pub(super) fn parts(&self) -> (&'static str, &'static str) {
        self.name.split_once('.').unwrap_or(("", self.name))
    }

    /// The environment variable that gives this setting.
    pub(super) fn variable(&self) -> String {
        format!("{PREFIX}{}", self.name.replace('.', "_").to_ascii_uppercase())
    }
}

/// The setting of this name.
pub(super) fn by_name(name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.name == name)
}

/// The sections, in order, separated by commas.
pub(super) fn sections() -> String {
    let mut names: Vec<&str> = KEYS.iter().map(|key| key.parts().0).collect();
    names.dedup();
    names.join(", ")
}

/// The settings of one section without its name, separated by commas; empty when there is no such section.
pub(super) fn of_section(section: &str) -> String {
    let names: Vec<&str> = KEYS.iter().map(Key::parts).filter(|(of, _)| *of == section).map(|(_, name)| name).collect();
    names.join(", ")
}
