//! What the organization has defined for its records.

use super::super::schema::CustomAttribute;
use super::{Compared, Difference, Fault};
use rollcall_core::domain::{AttributeKind, AttributeValue, Change, Definition, VariableName};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The changes of one extension of such attributes. What is shown already is no change, even where its definition has
/// become stricter.
pub fn changes(compared: Compared<'_>, defined: &[CustomAttribute]) -> Result<BTreeMap<VariableName, Change<AttributeValue>>, Fault> {
    let mut changes = BTreeMap::new();
    for CustomAttribute { name, definition } in defined {
        let change = match compared.difference(name) {
            Difference::Same => continue,
            Difference::Gone => Change::Clear,
            Difference::Differs(value) => read(definition, value).map_err(|reason| compared.fault(name, reason))?,
        };
        changes.insert(definition.name.clone(), change);
    }
    Ok(changes)
}

/// An empty text that the attribute does not take is no value.
fn read(definition: &Definition, value: &Value) -> Result<Change<AttributeValue>, String> {
    let plain = plain(definition.kind, value)?;
    match definition.parse_json(&plain) {
        Ok(value) => Ok(Change::Set(value)),
        Err(_) if value.as_str().is_some_and(|text| text.trim().is_empty()) => Ok(Change::Clear),
        Err(misfit) => Err(misfit.reason),
    }
}

/// The value in the spelling of the directory.
fn plain(kind: AttributeKind, value: &Value) -> Result<Value, String> {
    Ok(match (kind, value) {
        (AttributeKind::Relationship, Value::Object(members)) => {
            let related = [("Id", "id"), ("Caption", "caption")];
            related.into_iter().filter_map(|(own, name)| Some((own, members.get(name)?.clone()))).collect()
        }
        (AttributeKind::Attachment | AttributeKind::Image, Value::Array(files)) => {
            let file = |file: &Value| file.as_str().and_then(|text| serde_json::from_str::<Map<String, Value>>(text).ok());
            let files: Option<Vec<_>> = files.iter().map(file).collect();
            json!(files.ok_or("must be a list of texts, each of which is a JSON object")?)
        }
        (_, value) => value.clone(),
    })
}
