//! The environment reader: `ROLLCALL_SECTION_KEY`, and an error for any other name that begins so.
//!
//! And the password of the database in the variable that every program of PostgreSQL reads it from.

use std::ffi::OsString;

use super::error::ConfigError;
use super::keys::{KEYS, Key, PREFIX};
use super::source::Source;
use super::values::Values;

const PASSWORD: &str = "PGPASSWORD";

/// Lays the settings of the environment over `values`.
pub(super) fn read(values: &mut Values, environment: &[(OsString, OsString)]) -> Result<(), ConfigError> {
    for (name, text) in environment {
        let name = name.to_string_lossy();
        if !name.starts_with(PREFIX) || is_service_link(&name) {
            continue;
        }
        let Some(key) = KEYS.iter().find(|key| key.variable() == name) else {
            return Err(ConfigError::UnknownVariable { name: name.into_owned(), known: known() });
        };
        let source = Source::Environment(name.into_owned());
        let Some(text) = text.to_str() else {
            return Err(ConfigError::Invalid { setting: key.name, reason: "must be UTF-8".to_owned(), at: source });
        };
        values.put_text(key.name, text, source)?;
    }
    Ok(())
}

/// The password for database URLs that have none: `PGPASSWORD`, where it is not empty.
pub(super) fn password(environment: &[(OsString, OsString)]) -> Result<Option<&str>, ConfigError> {
    let Some((_, text)) = environment.iter().find(|(name, _)| name == PASSWORD) else { return Ok(None) };
    let invalid =
        || ConfigError::Invalid { setting: PASSWORD, reason: "must be UTF-8".to_owned(), at: Source::Environment(PASSWORD.to_owned()) };
    Ok(Some(text.to_str().ok_or_else(invalid)?).filter(|text| !text.is_empty()))
}

fn known() -> String {
    KEYS.iter().map(Key::variable).collect::<Vec<_>>().join(", ")
}

/// Kubernetes puts `ROLLCALL_SERVICE_HOST`, `ROLLCALL_PORT` and the like into every container beside a service named
/// `rollcall`. They are not the operator's words, so they must not keep the program from starting.
fn is_service_link(name: &str) -> bool {
    let rest = name.strip_prefix(PREFIX).unwrap_or_default();
    rest == "PORT" || rest.starts_with("PORT_") || rest == "SERVICE_HOST" || rest == "SERVICE_PORT" || rest.starts_with("SERVICE_PORT_")
}
