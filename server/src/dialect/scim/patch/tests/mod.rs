//! What PATCH does, fact by fact.

mod bodies;
mod chosen;
mod laws;
mod lists;
mod members;
mod providers;
mod refusals;
mod singles;
mod whole;

use super::{apply, body};
use crate::dialect::scim::body::Allows;
use crate::dialect::scim::error::{Error, ScimType};
use crate::dialect::scim::schema::{CUSTOM_USER, ENTERPRISE_USER, ResourceSchema};
use rollcall_core::domain::{AttributeKind, AttributeNumber, AttributeObject, Definition, Instant, NewDefinition, VariableName};
use serde_json::{Map, Value, json};

/// A token without quirks.
const STRICT: Allows<'_> = &|_| false;

/// Jane, with one value of most sorts.
fn jane() -> Value {
    json!({
        "id": "0198c2a4-0000-7000-8000-000000000001",
        "externalId": "E-1",
        "meta": {"resourceType": "User", "version": "W/\"1\""},
        "userName": "jane",
        "name": {"givenName": "Jane", "familyName": "Doe"},
        "title": "Engineer",
        "active": true,
        "emails": [
            {"value": "jane@work.example", "type": "work", "primary": true},
            {"value": "jane@home.example", "type": "home", "display": "At home"}
        ],
        "roles": [{"value": "member", "display": "Member", "primary": true}],
        "groups": [{"value": "0198c2a4-0000-7000-8000-0000000000aa", "display": "Board", "type": "direct"}],
        ENTERPRISE_USER: {
            "department": "Sales",
            "manager": {"value": "0198c2a4-0000-7000-8000-000000000002", "$ref": "https://x.example/scim/v2/Users/0198c2a4-0000-7000-8000-000000000002", "displayName": "Omar"}
        }
    })
}

/// The attributes of users, two of them the organization's own.
fn schema() -> ResourceSchema {
    let definition = |number, name, kind| {
        let name = VariableName::parse(name).expect("a name");
        let new = NewDefinition { kind, ..NewDefinition::text(AttributeObject::Person, name) };
        let number = AttributeNumber::new(number).expect("a number");
        Definition::new(new, number, Instant::from_milliseconds(0).expect("an instant")).expect("a definition")
    };
    ResourceSchema::user(&[definition(1, "Tags", AttributeKind::ListOfOptions), definition(2, "Budget", AttributeKind::Number)])
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        other => panic!("no object: {other}"),
    }
}

/// Reads and does operations as a request has them.
fn patched(resource: Value, operations: Value) -> Result<Value, Error> {
    let body = object(json!({"schemas": [body::SCHEMA], "Operations": operations}));
    let operations = body::operations(body, STRICT)?;
    apply(&operations, &schema(), object(resource), STRICT).map(Value::Object)
}

/// Jane after operations that must succeed.
fn after(operations: Value) -> Value {
    patched(jane(), operations.clone()).unwrap_or_else(|error| panic!("{operations}: {error:?}"))
}

fn add(path: &str, value: Value) -> Value {
    after(json!([{"op": "add", "path": path, "value": value}]))
}

fn replace(path: &str, value: Value) -> Value {
    after(json!([{"op": "replace", "path": path, "value": value}]))
}

fn remove(path: &str) -> Value {
    after(json!([{"op": "remove", "path": path}]))
}

/// What one operation is refused with.
fn refused(operation: Value) -> (ScimType, String) {
    let error = patched(jane(), json!([operation.clone()])).err().unwrap_or_else(|| panic!("not refused: {operation}"));
    (error.scim_type().expect("a word"), error.detail().to_owned())
}

/// Jane with something else in a place.
fn jane_with(pointer: &str, value: Value) -> Value {
    let mut jane = jane();
    *jane.pointer_mut(pointer).unwrap_or_else(|| panic!("no {pointer}")) = value;
    jane
}

/// Jane without a member.
fn jane_without(member: &str) -> Value {
    let mut jane = jane();
    jane.as_object_mut().expect("an object").remove(member);
    jane
}
