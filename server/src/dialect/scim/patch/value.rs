//! Values as clients write them → values as the schema has them.
//!
//! Beside the types of the schema these are taken, because identity providers send them: `"True"` and `"False"` for a
//! boolean; `""` and null for no value; a bare text or number for a complex value whose `value` it is; and a list of one
//! where there is one value.

use super::super::error::Error;
use super::super::schema::{Attribute, Kind};
use serde_json::{Map, Value};

/// What becomes of names that mean nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unknown {
    Refused,
    /// They are passed over, and kept here for the log.
    PassedOver(Vec<String>),
}

impl Unknown {
    /// Meets a name.
    pub(super) fn meet(&mut self, name: impl Into<String>) -> Result<(), Error> {
        match self {
            Self::Refused => Err(Error::invalid_path(format!("There is no attribute `{}`.", name.into()))),
            Self::PassedOver(names) => {
                names.push(name.into());
                Ok(())
            }
        }
    }
}

/// Whether nothing is said: null and the empty text both take a value away.
pub(super) fn is_nothing(written: &Value) -> bool {
    matches!(written, Value::Null) || written.as_str() == Some("")
}

/// The one value of an attribute that is no list; `None` takes it away.
pub(super) fn alone(written: &Value) -> Option<&Value> {
    let written = match written {
        Value::Array(list) if list.len() <= 1 => list.first()?,
        written => written,
    };
    (!is_nothing(written)).then_some(written)
}

/// A value that has no parts; `None` takes it away. `named` is for messages.
pub(super) fn simple(named: &str, attribute: &Attribute, written: &Value) -> Result<Option<Value>, Error> {
    let Some(written) = alone(written).map(unwrapped).filter(|written| !is_nothing(written)) else { return Ok(None) };
    let (read, wanted) = match attribute.kind {
        Kind::String | Kind::Reference => (written.is_string().then(|| written.clone()), "a text"),
        Kind::Binary => (written.is_string().then(|| written.clone()), "a text in base64"),
        Kind::DateTime => (written.is_string().then(|| written.clone()), "a moment, such as \"2026-02-01T09:30:00Z\""),
        Kind::Boolean => (boolean(written).map(Value::Bool), "true or false"),
        Kind::Integer => (written.is_i64().then(|| written.clone()), "a whole number"),
        Kind::Decimal => (written.is_number().then(|| written.clone()), "a number"),
        Kind::Complex => (None, "an object"),
    };
    read.map(Some).ok_or_else(|| Error::invalid_value(format!("`{named}` must be {wanted}.")))
}

/// An older Entra sends `[{"$ref": null, "value": "x"}]` for any attribute.
fn unwrapped(written: &Value) -> &Value {
    let is_wrapping = |(name, value): (&String, &Value)| name == "value" || (name == "$ref" && value.is_null());
    match written {
        Value::Object(members) if members.iter().all(is_wrapping) => members.get("value").unwrap_or(written),
        written => written,
    }
}

/// True or false, also as Entra writes them.
pub(super) fn boolean(written: &Value) -> Option<bool> {
    match written {
        Value::Bool(said) => Some(*said),
        Value::String(word) if word.eq_ignore_ascii_case("true") => Some(true),
        Value::String(word) if word.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}

/// What a complex value says of its parts, each by its sub-attribute; a part without a value is to be taken away. Read-only
/// parts are left out: the server tells them.
pub(super) fn parts<'a>(
    named: &str,
    attribute: &'a Attribute,
    written: &Value,
    unknown: &mut Unknown,
) -> Result<Vec<(&'a Attribute, Option<Value>)>, Error> {
    let members = match (written, attribute.sub_attribute("value")) {
        (Value::Object(members), _) => members,
        (Value::Array(_) | Value::Null, _) | (_, None) => return Err(Error::invalid_value(format!("`{named}` must be an object."))),
        (bare, Some(value)) => return Ok(vec![(value, simple(named, value, bare)?)]),
    };
    let mut parts = Vec::with_capacity(members.len());
    for (name, written) in members {
        match attribute.sub_attribute(name) {
            Some(sub) if sub.is_read_only() => {}
            Some(sub) => parts.push((sub, simple(&format!("{named}.{}", sub.name), sub, written)?)),
            // Entra sends it with every value, whether there is an address or not.
            None if name.eq_ignore_ascii_case("$ref") && written.is_null() => {}
            None => unknown.meet(format!("{named}.{name}"))?,
        }
    }
    Ok(parts)
}

/// An object of the parts that have a value.
pub(super) fn object(parts: Vec<(&Attribute, Option<Value>)>) -> Map<String, Value> {
    parts.into_iter().filter_map(|(sub, value)| Some((sub.name.to_string(), value?))).collect()
}
