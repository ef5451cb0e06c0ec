//! Which schemas a body says that it has (RFC 7643, section 3).

use super::super::error::Error;
use super::super::quirks::MISSING_SCHEMAS;
use super::super::schema::ResourceSchema;
use super::Allows;
use serde_json::{Map, Value};

/// The member that says so.
pub(super) const NAME: &str = "schemas";

/// The URNs that are known here, in their canonical spelling. The resource's own schema must be among them. Others are
/// passed over, because Entra names some of which it sends no attribute; an attribute of one would be refused.
pub(super) fn read(written: &Value, schema: &ResourceSchema) -> Result<Value, Error> {
    let no_list = || Error::invalid_syntax("`schemas` must be a list of URNs.");
    let Value::Array(written) = written else { return Err(no_list()) };
    let mut urns: Vec<&str> = Vec::new();
    for urn in written {
        let known = schema.schema(urn.as_str().ok_or_else(no_list)?).map(|schema| schema.id);
        urns.extend(known.filter(|known| !urns.contains(known)));
    }
    let core = schema.core().id;
    if !urns.contains(&core) {
        return Err(Error::invalid_syntax(format!("`schemas` must hold {core}.")));
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
