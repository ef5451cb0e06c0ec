//! References to what another operation of the same request creates: `bulkId:` and its `bulkId`, in place of an id.
//!
//! They stand in paths, and in data wherever an id may stand: in a `value`, in the attributes that refer to resources,
//! which may be written as the bare id, and between the quotation marks of an operation's path, as in
//! `members[value eq "bulkId:ann"]`. The same letters in a name or a note are those letters.

use super::super::schema::ENTERPRISE_USER;
use serde_json::{Map, Value, json};
use std::collections::{BTreeSet, HashMap};

const PREFIX: &str = "bulkId:";

/// Attributes and parts of them that hold ids, whatever stands in front of their names.
const HOLDERS: [&str; 4] = ["value", "manager", "members", "responsible"];

/// The `bulkId`s that a path and data refer to. The data stays as it is: it is found by the walk that fills it, too.
pub fn of(path: &str, data: &mut Map<String, Value>) -> BTreeSet<String> {
    let mut found: BTreeSet<String> = in_path(path).map(str::to_owned).into_iter().collect();
    walk(data, &mut |text| found.extend(text.strip_prefix(PREFIX).map(str::to_owned)));
    found
}

/// The `bulkId` that stands in the place of the id of a path.
pub fn in_path(path: &str) -> Option<&str> {
    path.rsplit('/').next()?.strip_prefix(PREFIX)
}

/// The path with the id of what was created in place of a reference.
pub fn filled_path(path: &str, created: &HashMap<String, String>) -> String {
    match in_path(path).and_then(|name| Some((name, created.get(name)?))) {
        Some((name, id)) => format!("{}{id}", &path[..path.len() - PREFIX.len() - name.len()]),
        None => path.to_owned(),
    }
}

/// Puts the ids of what was created in place of the references to it.
pub fn fill(data: &mut Map<String, Value>, created: &HashMap<String, String>) {
    walk(data, &mut |text| {
        if let Some(id) = text.strip_prefix(PREFIX).and_then(|name| created.get(name)) {
            text.clone_from(id);
        }
    });
}

/// Takes the one reference out of a new user that can be given later, as the PATCH that gives it.
pub fn take_manager(data: &mut Map<String, Value>) -> Option<Map<String, Value>> {
    let extension = data.iter_mut().find(|(name, _)| name.eq_ignore_ascii_case(ENTERPRISE_USER))?.1.as_object_mut()?;
    let name = extension.keys().find(|name| name.eq_ignore_ascii_case("manager"))?.clone();
    let operation = json!({ "op": "add", "path": format!("{ENTERPRISE_USER}:manager"), "value": extension.remove(&name)? });
    let patch = [("schemas", json!([super::super::patch::body::SCHEMA])), ("Operations", json!([operation]))];
    Some(patch.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

/// What is referred to where ids stand, changed by `change`.
fn walk(members: &mut Map<String, Value>, change: &mut impl FnMut(&mut String)) {
    let is_operation = members.keys().any(|name| name.eq_ignore_ascii_case("op"));
    for (name, value) in members.iter_mut() {
        if let Value::String(path) = value
            && is_operation
            && name.eq_ignore_ascii_case("path")
        {
            walk_quoted(path, change);
            continue;
        }
        let last = name.rsplit([':', '.']).next().unwrap_or_default();
        walk_value(value, HOLDERS.iter().any(|holder| holder.eq_ignore_ascii_case(last)), change);
    }
}

/// The texts of a filter: what stands between quotation marks.
fn walk_quoted(path: &mut String, change: &mut impl FnMut(&mut String)) {
    let mut parts: Vec<String> = path.split('"').map(str::to_owned).collect();
    parts.iter_mut().skip(1).step_by(2).for_each(change);
    *path = parts.join("\"");
}

fn walk_value(value: &mut Value, holds_ids: bool, change: &mut impl FnMut(&mut String)) {
    match value {
        Value::String(text) if holds_ids => change(text),
        Value::Array(items) => items.iter_mut().for_each(|item| walk_value(item, holds_ids, change)),
        Value::Object(members) => walk(members, change),
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
