//! Which schemas a body says that it has (RFC 7643, section 3).

use super::super::error::Error;
use super::super::quirks::MISSING_SCHEMAS;
use super::super::schema::ResourceSchema;
use super::object::shown;
use super::{Allows, Schema};
use serde_json::{Map, Value};

/// The member that says so.
pub(super) const NAME: &str = "schemas";

/// The URNs in their canonical spelling. The resource's own schema must be among them.
///
/// One that is unknown here is passed over: Entra names a schema of its own with every group, and sends nothing of it. What
/// a body has of an unknown schema is an unknown attribute's case.
pub(super) fn read(written: Value, schema: &ResourceSchema) -> Result<Value, Error> {
    let no_list = || Error::invalid_syntax("`schemas` must be a list of URNs.");
    let Value::Array(written) = written else { return Err(no_list()) };
    let mut urns: Vec<&str> = Vec::with_capacity(written.len());
    for urn in &written {
        let urn = urn.as_str().ok_or_else(no_list)?;
        match schema.schema(urn).map(|schema: &Schema| schema.id) {
            Some(known) if !urns.contains(&known) => urns.push(known),
            Some(_) | None => {}
        }
    }
    let core = schema.core().id;
    if !urns.contains(&core) {
        return Err(Error::invalid_syntax(format!("`schemas` must hold {}.", shown(core))));
    }
    Ok(urns.into())
}

/// Refuses a body that does not say.
pub(super) fn check_said(resource: &Map<String, Value>, allows: Allows<'_>) -> Result<(), Error> {
    if resource.contains_key(NAME) || allows(&MISSING_SCHEMAS) {
        return Ok(());
    }
    Err(Error::invalid_syntax("`schemas` is missing: the URNs of the schemas whose attributes are written."))
}
