//! What the organization has defined for its people.

use super::super::super::projection::Projection;
use super::super::super::schema::{CUSTOM_USER, ResourceSchema};
use super::push_object;
use crate::http::json_bytes::{push_array, push_milliseconds, push_text};
use rollcall_core::domain::{AttributeValue, Attributes, VariableName};

/// One attribute that is shown.
#[derive(Clone, Debug)]
pub(super) struct CustomRow {
    /// As JSON, with the comma in front and the colon behind.
    member: Vec<u8>,
    name: VariableName,
}

impl CustomRow {
    /// In the order of their names in SCIM, which is that of their schema.
    pub(super) fn shown(schema: &ResourceSchema, projection: &Projection) -> Vec<Self> {
        let Some(extension) = schema.extension(CUSTOM_USER) else { return Vec::new() };
        let shown = schema.custom().iter().zip(&extension.attributes).filter(|(_, attribute)| projection.shows(Some(extension), attribute));
        let row = |name: &str| {
            let mut member = b",".to_vec();
            push_text(&mut member, name);
            member.push(b':');
            member
        };
        shown.map(|(custom, _)| Self { member: row(&custom.name), name: custom.definition.name.clone() }).collect()
    }
}

/// Appends the values that somebody has, each with a comma in front.
pub(super) fn push_values(bytes: &mut Vec<u8>, rows: &[CustomRow], values: &Attributes) {
    for CustomRow { member, name } in rows {
        if let Some(value) = values.get(name) {
            let start = bytes.len();
            bytes.extend_from_slice(member);
            if !push_value(bytes, value) {
                bytes.truncate(start);
            }
        }
    }
}

/// `false`: it is an empty list, which is none.
fn push_value(bytes: &mut Vec<u8>, value: &AttributeValue) -> bool {
    match value {
        AttributeValue::Text(text) => push_text(bytes, text),
        // Formatting a number as JSON cannot fail.
        AttributeValue::Number(number) => bytes.extend_from_slice(number.to_json().to_string().as_bytes()),
        AttributeValue::Moment(instant) => push_milliseconds(bytes, *instant),
        AttributeValue::List(items) if items.is_empty() => return false,
        AttributeValue::List(items) => push_array(bytes, items, |bytes, item| push_text(bytes, item)),
        AttributeValue::Relationship(related) => {
            return push_object(bytes, |bytes| {
                for (member, text) in [(&b",\"id\":"[..], related.id()), (b",\"caption\":", related.caption())] {
                    if let Some(text) = text {
                        bytes.extend_from_slice(member);
                        push_text(bytes, text);
                    }
                }
            });
        }
        AttributeValue::Files(files) if files.is_empty() => return false,
        AttributeValue::Files(files) => push_array(bytes, files, |bytes, file| {
            let text = serde_json::Value::Object(file.clone()).to_string();
            push_text(bytes, &text);
        }),
    }
    true
}
