//! `CustomAttributes` of a write: an object by variable name, as they are shown, or an array of such objects, as the
//! contract's type has them. Null erases the value of the attribute; attributes that are not named stay.

use super::body::Fault;
use rollcall_core::domain::{AttributeKind, AttributeObject, AttributeValue, Attributes, Change, Definition, Instant, VariableName};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The member that holds them.
pub const MEMBER: &str = "CustomAttributes";

/// One attribute of a write: what it is to be, or `None` to erase it.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribute {
    name: VariableName,
    value: Option<Value>,
}

/// Reads the member. Names of variables are compared with case, as they are shown.
pub fn read(value: Value) -> Result<Vec<Attribute>, Fault> {
    let shape = || Fault::invalid(MEMBER, "must be an object by variable name, or an array of such objects");
    let objects = match value {
        Value::Object(members) => vec![members],
        Value::Array(items) => items.into_iter().map(object).collect::<Option<Vec<_>>>().ok_or_else(shape)?,
        _ => return Err(shape()),
    };
    let mut read: Vec<Attribute> = Vec::new();
    for (name, value) in objects.into_iter().flatten() {
        let Ok(known) = VariableName::parse(&name) else { return Err(Fault::invalid(member(&name), UNKNOWN)) };
        if read.iter().any(|attribute| attribute.name == known) {
            return Err(Fault::doubled(member(&name)));
        }
        read.push(Attribute { name: known, value: Some(value).filter(|value| !value.is_null()) });
    }
    Ok(read)
}

/// What the attributes of a write change in those that stand. What is shown already is no change, even where its
/// definition has become stricter or is gone.
pub fn put(
    written: Vec<Attribute>,
    standing: &Attributes,
    object: AttributeObject,
    definitions: &[Definition],
    faults: &mut Vec<Fault>,
) -> BTreeMap<VariableName, Change<AttributeValue>> {
    let mut changes = BTreeMap::new();
    for Attribute { name, value } in written {
        let stands = standing.get(&name);
        if value.is_some() && stands.map(AttributeValue::to_json) == value {
            continue;
        }
        let definition = Definition::find(definitions, object, &name);
        match (value, definition) {
            (None, _) if stands.is_some() => drop(changes.insert(name, Change::Clear)),
            (None, Some(_)) => {}
            (Some(value), Some(definition)) => match definition.parse_json(&plain(definition, value)) {
                Ok(value) => drop(changes.insert(name, Change::Set(value))),
                Err(misfit) => faults.push(Fault::invalid(member(name.as_str()), misfit.reason)),
            },
            (_, None) => faults.push(Fault::invalid(member(name.as_str()), UNKNOWN)),
        }
    }
    changes
}

const UNKNOWN: &str = "is no attribute that this organization has defined";

/// Characters of a variable's name that an error repeats: as many as a name may have.
const NAME_SHOWN_MAX: usize = 100;

fn object(item: Value) -> Option<Map<String, Value>> {
    match item {
        Value::Object(members) => Some(members),
        _ => None,
    }
}

/// A moment of the product's older clients, `/Date(1486346400000-0200)/`, as everybody writes it. The milliseconds are
/// those since 1970 in UTC; the offset says where they were written and changes nothing.
fn plain(definition: &Definition, value: Value) -> Value {
    let text = value.as_str().filter(|_| definition.kind == AttributeKind::DateTime);
    let inside = text.and_then(|text| text.strip_prefix("/Date(")?.strip_suffix(")/"));
    let milliseconds = inside.and_then(|inside| {
        let offset = inside.get(1..)?.find(['+', '-']).map_or(inside.len(), |at| at + 1);
        inside[..offset].parse::<i64>().ok()
    });
    milliseconds.and_then(Instant::from_milliseconds).map_or(value, |moment| Value::from(moment.to_milliseconds_text()))
}

/// How an error names an attribute.
fn member(variable: &str) -> String {
    let shown: String = variable.chars().take(NAME_SHOWN_MAX).collect();
    format!("{MEMBER}.{shown}")
}
