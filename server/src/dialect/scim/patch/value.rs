//! Values as clients write them → values as the schema has them.
//!
//! Beside the types of the schema these are taken, because identity providers send them: `"True"` and `"False"` for a
//! boolean; `""` and null for no value; a bare text or number for a complex value whose `value` it is; and a list of one
//! where there is one value.

use super::super::body::{self, Allows};
use super::super::error::Error;
use super::super::quirks::IGNORE_UNKNOWN_ATTRIBUTES;
use super::super::schema::Attribute;
use serde_json::{Map, Value};
use std::collections::HashSet;

/// Characters of a written name that an error repeats.
const NAME_SHOWN_MAX: usize = 100;

/// What becomes of names that mean nothing.
pub(super) struct Unknown<'a> {
    allows: Allows<'a>,
    /// Asked once, because asking is written to the log.
    are_ignored: Option<bool>,
}

impl<'a> Unknown<'a> {
    pub(super) const fn new(allows: Allows<'a>) -> Self {
        Self { allows, are_ignored: None }
    }

    /// Meets a name.
    pub(super) fn meet(&mut self, name: &str) -> Result<(), Error> {
        let are_ignored = *self.are_ignored.get_or_insert_with(|| (self.allows)(&IGNORE_UNKNOWN_ATTRIBUTES));
        if are_ignored { Ok(()) } else { Err(Error::invalid_path(format!("There is no attribute `{}`.", shown(name)))) }
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
    body::simple(named, attribute.kind, written.clone())
}

/// An older Entra sends `[{"$ref": null, "value": "x"}]` for any attribute.
fn unwrapped(written: &Value) -> &Value {
    let is_wrapping = |(name, value): (&String, &Value)| name == "value" || (name == "$ref" && value.is_null());
    match written {
        Value::Object(members) if members.iter().all(is_wrapping) => members.get("value").unwrap_or(written),
        written => written,
    }
}

/// What a complex value says of its parts, each by its sub-attribute; a part without a value is to be taken away. Read-only
/// parts are left out: the server tells them.
pub(super) fn parts<'a>(
    named: &str,
    attribute: &'a Attribute,
    written: &Value,
    unknown: &mut Unknown<'_>,
) -> Result<Vec<(&'a Attribute, Option<Value>)>, Error> {
    let members = match (written, attribute.sub_attribute("value")) {
        (Value::Object(members), _) => members,
        (Value::Array(_) | Value::Null, _) | (_, None) => return Err(Error::invalid_value(format!("`{named}` must be an object."))),
        (bare, Some(value)) => return Ok(vec![(value, simple(named, value, bare)?)]),
    };
    check_once(members)?;
    let mut parts = Vec::with_capacity(members.len());
    for (name, written) in members {
        match attribute.sub_attribute(name) {
            Some(sub) if sub.is_read_only() => {}
            Some(sub) => parts.push((sub, simple(&format!("{named}.{}", sub.name), sub, written)?)),
            // Entra sends it with every value, whether there is an address or not.
            None if name.eq_ignore_ascii_case("$ref") && written.is_null() => {}
            None => unknown.meet(&format!("{named}.{name}"))?,
        }
    }
    Ok(parts)
}

/// Refuses an object that has two members of one name, in different cases.
pub(super) fn check_once(members: &Map<String, Value>) -> Result<(), Error> {
    let mut names = HashSet::with_capacity(members.len());
    match members.keys().find(|name| !names.insert(name.to_ascii_lowercase())) {
        Some(name) => Err(Error::invalid_syntax(format!("`{}` is given twice, in different cases.", shown(name)))),
        None => Ok(()),
    }
}

fn shown(name: &str) -> String {
    name.chars().take(NAME_SHOWN_MAX).collect()
}

/// An object of the parts that have a value.
pub(super) fn object(parts: Vec<(&Attribute, Option<Value>)>) -> Map<String, Value> {
    parts.into_iter().filter_map(|(sub, value)| Some((sub.name.to_string(), value?))).collect()
}
