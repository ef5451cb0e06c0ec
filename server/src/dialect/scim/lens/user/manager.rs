//! `manager`: whom a person reports to, by id.

use super::super::reference::person_id;
use super::super::{Compared, Fault};
use rollcall_core::directory::{Catalogue, References};
use rollcall_core::domain::{Change, PersonId, PersonNumber};
use serde_json::{Map, Value};

const MANAGER: &str = "manager";

/// People that one write may name, so that a body full of ids is no work. One is the manager; the rest were replaced in
/// the same request.
const REFERENCES_MAX: usize = 100;

/// What becomes of the manager. Only the id counts: the rest of the object is for reading.
pub fn change(enterprise: Compared<'_>, catalogue: &Catalogue) -> Result<Change<PersonNumber>, Fault> {
    let written =
        enterprise.written(MANAGER).map_or(Ok(None), |value| person_id(value).map_err(|reason| Fault::new("manager.value", reason)))?;
    let shown = enterprise.shown(MANAGER).and_then(|value| person_id(value).ok().flatten());
    match written {
        written if written == shown => Ok(Change::Keep),
        None => Ok(Change::Clear),
        Some(id) => {
            let known = catalogue.person(id).map(Change::Set);
            known.ok_or_else(|| Fault::new("manager.value", "names nobody of this organization"))
        }
    }
}

/// The people whom a body may name as a manager: a resource, or operations on one. The directory finds them in the
/// transaction of the write.
pub fn references(body: &Map<String, Value>) -> References {
    let mut people = Vec::new();
    for (name, value) in body {
        if name.eq_ignore_ascii_case("operations") {
            value.as_array().into_iter().flatten().for_each(|operation| of_operation(operation, &mut people));
        } else {
            of_member(name, value, &mut people);
        }
    }
    References { people, manager: true }
}

fn of_operation(operation: &Value, people: &mut Vec<PersonId>) {
    let member = |wanted: &str| {
        let found = operation.as_object().into_iter().flatten().find(|(name, _)| name.eq_ignore_ascii_case(wanted));
        found.map(|(_, value)| value)
    };
    let path = member("path").and_then(Value::as_str).unwrap_or_default();
    if let Some(value) = member("value") {
        of_member(path, value, people);
    }
}

/// A manager's value names people everywhere in it; another object may hold a manager.
fn of_member(name: &str, value: &Value, people: &mut Vec<PersonId>) {
    if name.to_ascii_lowercase().contains(MANAGER) {
        everywhere(value, people);
    } else if let Value::Object(members) = value {
        members.iter().for_each(|(name, value)| of_member(name, value, people));
    }
}

fn everywhere(value: &Value, people: &mut Vec<PersonId>) {
    match value {
        Value::String(text) => {
            let id = text.rsplit('/').next().and_then(|text| text.trim().parse().ok());
            let is_new = |id: &PersonId| people.len() < REFERENCES_MAX && !people.contains(id);
            people.extend(id.filter(is_new));
        }
        Value::Array(items) => items.iter().for_each(|item| everywhere(item, people)),
        Value::Object(members) => members.values().for_each(|member| everywhere(member, people)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
