//! Attributes that refer to a person by id.

use rollcall_core::domain::PersonId;
use serde_json::Value;

/// The id of a person, as an object with a value, as the id alone, or as a list of one of these, which Entra sends. `None`:
/// nobody.
pub fn person_id(value: &Value) -> Result<Option<PersonId>, &'static str> {
    const NO_ID: &str = "must be the id of a person";
    match value {
        Value::Null => Ok(None),
        Value::String(text) if text.trim().is_empty() => Ok(None),
        Value::String(text) => text.trim().parse().map(Some).map_err(|_| NO_ID),
        Value::Array(one) => match one.as_slice() {
            [] => Ok(None),
            [value] => person_id(value),
            _ => Err("must be one person at most"),
        },
        Value::Object(members) => match (members.get("value"), members.get("$ref").and_then(Value::as_str)) {
            (None | Some(Value::Null), Some(reference)) => {
                let last = reference.rsplit('/').next().unwrap_or_default();
                last.parse().map(Some).map_err(|_| NO_ID)
            }
            (Some(value @ Value::String(_)), _) => person_id(value),
            (None | Some(Value::Null), None) => Ok(None),
            (Some(_), _) => Err(NO_ID),
        },
        Value::Bool(_) | Value::Number(_) => Err(NO_ID),
    }
}
