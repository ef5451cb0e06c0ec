//! Attributes that have one value: simple ones, complex ones, and those that refer to another resource.

use super::super::error::Error;
use super::super::schema::Attribute;
use super::value::{Unknown, alone, object, parts, simple};
use serde_json::{Map, Value};

/// Adds or replaces the value, which is the same thing: of a complex value the parts that are said.
pub(super) fn set(holder: &mut Map<String, Value>, attribute: &Attribute, written: &Value, unknown: &mut Unknown<'_>) -> Result<(), Error> {
    if attribute.sub_attributes.is_empty() {
        let value = simple(&attribute.name, attribute, written)?;
        return put(holder, attribute, value);
    }
    let Some(written) = alone(written) else { return clear(holder, attribute) };
    let parts = parts(&attribute.name, attribute, written, unknown)?;
    if refers(attribute) {
        return refer(holder, attribute, &object(parts));
    }
    let mut value = parts_of(holder, attribute);
    for (sub, part) in parts {
        put(&mut value, sub, part)?;
    }
    put(holder, attribute, (!value.is_empty()).then_some(Value::Object(value)))
}

/// Adds, replaces or (without anything written) removes a part of the value.
pub(super) fn set_part(holder: &mut Map<String, Value>, attribute: &Attribute, sub: &Attribute, written: &Value) -> Result<(), Error> {
    let part = simple(&format!("{}.{}", attribute.name, sub.name), sub, written)?;
    if refers(attribute) {
        return refer(holder, attribute, &object(vec![(sub, part)]));
    }
    let mut value = parts_of(holder, attribute);
    put(&mut value, sub, part)?;
    put(holder, attribute, (!value.is_empty()).then_some(Value::Object(value)))
}

/// Takes the value away.
pub(super) fn clear(holder: &mut Map<String, Value>, attribute: &Attribute) -> Result<(), Error> {
    put(holder, attribute, None)
}

/// Puts a whole value in its place; what is required stays.
pub(super) fn put(holder: &mut Map<String, Value>, attribute: &Attribute, value: Option<Value>) -> Result<(), Error> {
    match value {
        Some(value) => drop(holder.insert(attribute.name.to_string(), value)),
        None if attribute.required => {
            return Err(Error::mutability(format!("`{}` is required: it can be replaced, not taken away.", attribute.name)));
        }
        None => drop(holder.remove(attribute.name.as_ref())),
    }
    Ok(())
}

fn parts_of(holder: &Map<String, Value>, attribute: &Attribute) -> Map<String, Value> {
    holder.get(attribute.name.as_ref()).and_then(Value::as_object).cloned().unwrap_or_default()
}

/// Whether the value is another resource, by its id and its address, such as a manager.
fn refers(attribute: &Attribute) -> bool {
    attribute.sub_attribute("value").is_some() && attribute.sub_attribute("$ref").is_some()
}

/// Refers to another resource: by its id, else by the end of its address. What else is shown of it follows from that, so
/// nothing of the one before stays.
fn refer(holder: &mut Map<String, Value>, attribute: &Attribute, said: &Map<String, Value>) -> Result<(), Error> {
    let address = said.get("$ref").and_then(Value::as_str);
    let id = said.get("value").cloned().or_else(|| Some(Value::from(address?.rsplit('/').next()?)));
    let standing = holder.get(attribute.name.as_ref()).and_then(|value| value.get("value"));
    match id {
        Some(id) if standing == Some(&id) => Ok(()),
        Some(id) => put(holder, attribute, Some(Value::Object(Map::from_iter([("value".to_owned(), id)])))),
        None => clear(holder, attribute),
    }
}
