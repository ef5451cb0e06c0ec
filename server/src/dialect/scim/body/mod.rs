//! The body of a POST or a PUT, held against the schemas: what comes out has the canonical spelling of every name, values
//! of their attributes' types, and nothing that a client does not write.
//!
//! Names are compared without case. What is unknown is refused by its name, what is read-only is left out, and null, an
//! empty list and an empty object are no value (RFC 7643, section 2.5). Beside the types of the schema these are taken,
//! because identity providers send them: `"True"` and `"False"` for a boolean; a bare text for a complex value whose `value`
//! it is, and an empty one for none; a list of one where there is one such value; `schemas` inside of an extension. A `password` is left out unread: this server does not set passwords through SCIM, and stores none.
//!
//! | file | what it reads |
//! | --- | --- |
//! | here | the whole body |
//! | `object` | the members of one object, by the attributes that it may have |
//! | `value` | one value, by its attribute |
//! | `schemas` | which schemas the body says that it has |

mod object;
mod schemas;
mod value;

#[cfg(test)]
mod tests;

use super::error::Error;
use super::schema::{Attribute, Kind, ResourceSchema, ResourceType, Schema};
use crate::http::Quirk;
use object::Reader;
use serde_json::{Map, Value};
pub(super) use value::{boolean, simple};

/// Whether something that is refused otherwise is let pass for this caller.
pub type Allows<'a> = &'a dyn Fn(&Quirk) -> bool;

/// Reads a whole resource as a client writes it.
///
/// `schemas` in what comes out has the URNs that the body names, in their canonical spelling. An extension that is in the
/// body is in what comes out, empty or not: so whoever replaces a resource knows what the client knows of. So does a list
/// that the body says to be empty.
pub fn read(document: Map<String, Value>, schema: &ResourceSchema, allows: Allows<'_>) -> Result<Map<String, Value>, Error> {
    let mut reader = Reader::new(allows);
    let mut resource = Map::new();
    for (written, value) in document {
        if is_password(schema.kind(), &written) {
            continue;
        }
        let (name, read) = if let Some(extension) = schema.extension(&written) {
            (extension.id.to_owned(), Some(extended(&mut reader, extension, value)?))
        } else if let Some(attribute) = schema.bare().find(|attribute| attribute.is_named(&written)) {
            (attribute.name.to_string(), member(&mut reader, schema, attribute, value)?)
        } else {
            reader.unknown(&written)?;
            continue;
        };
        object::put(&mut resource, &name, read)?;
    }
    schemas::check_said(&resource, allows)?;
    check_required(&resource, schema)?;
    resource.retain(|_, value| !value.is_null());
    Ok(resource)
}

fn member(reader: &mut Reader<'_>, schema: &ResourceSchema, attribute: &Attribute, value: Value) -> Result<Option<Value>, Error> {
    if attribute.is_named(schemas::NAME) {
        return schemas::read(&value, schema).map(Some);
    }
    let read = reader.value(attribute, value)?;
    let is_said_to_be_empty = read.is_none() && attribute.multi_valued && !attribute.is_read_only();
    Ok(if is_said_to_be_empty { Some(Value::Array(Vec::new())) } else { read })
}

/// The attributes of an extension. Null says that none has a value.
fn extended(reader: &mut Reader<'_>, extension: &Schema, value: Value) -> Result<Value, Error> {
    match value {
        Value::Null => Ok(Value::Object(Map::new())),
        Value::Object(mut members) => {
            members.retain(|name, _| !name.eq_ignore_ascii_case(schemas::NAME));
            Ok(Value::Object(reader.members(&extension.attributes, members, &format!("{}:", extension.id))?))
        }
        _ => Err(Error::invalid_syntax(format!("`{}` must be an object.", extension.id))),
    }
}

/// Refuses a body without what a resource must have. `active` has a value whether a client says it or not.
fn check_required(resource: &Map<String, Value>, schema: &ResourceSchema) -> Result<(), Error> {
    let is_said = |attribute: &Attribute| resource.get(attribute.name.as_ref()).is_some_and(|value| !value.is_null());
    let is_missing = |attribute: &&Attribute| attribute.required && attribute.kind != Kind::Boolean && !is_said(attribute);
    match schema.core().attributes.iter().find(is_missing) {
        Some(attribute) => Err(Error::invalid_value(format!("`{}` is required.", attribute.name))),
        None => Ok(()),
    }
}

fn is_password(kind: ResourceType, name: &str) -> bool {
    kind == ResourceType::User && name.eq_ignore_ascii_case("password")
}
