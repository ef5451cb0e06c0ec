//! What an organization has defined for its records.

use super::super::schema::CustomAttribute;
use super::members::Members;
use rollcall_core::domain::{AttributeValue, Attributes};
use serde_json::Value;

/// The values of one record, each by its name in SCIM. A value that is defined no more is not shown.
pub fn shown(values: &Attributes, defined: &[CustomAttribute]) -> Members {
    defined
        .iter()
        .fold(Members::new(), |members, attribute| members.put(&attribute.name, values.get(&attribute.definition.name).map(to_json)))
}

/// As the schema has it: a relationship is an object, and of files each is the text of its JSON object.
fn to_json(value: &AttributeValue) -> Value {
    match value {
        AttributeValue::Relationship(related) => Members::new().put("id", related.id()).put("caption", related.caption()).into_value(),
        AttributeValue::Files(files) => files.iter().map(|file| Value::Object(file.clone()).to_string()).collect(),
        AttributeValue::Text(_) | AttributeValue::Number(_) | AttributeValue::Moment(_) | AttributeValue::List(_) => value.to_json(),
    }
}
