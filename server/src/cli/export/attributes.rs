//! Values of custom attributes as cells: their type's JSON where the format has it, and else the text that an import reads
//! as the same value.

use crate::cli::format::Format;
use rollcall_core::directory::Cell;
use rollcall_core::domain::AttributeValue;
use serde_json::Value;

/// The cell of a value in a file of this format.
pub(super) fn cell(value: Option<&AttributeValue>, format: Format) -> Cell {
    match (value, format) {
        (None, _) => Cell::Null,
        (Some(value), Format::Csv) => Cell::Text(value.to_text()),
        (Some(value), Format::Jsonl) => of_json(value.to_json()),
    }
}

/// The cell of JSON: lists of objects are a text in a format that has none.
pub(super) fn json_cell(value: Option<Value>, format: Format) -> Cell {
    match (value, format) {
        (None, _) => Cell::Null,
        (Some(Value::Array(items)), Format::Csv) if items.iter().any(Value::is_object) => Cell::Text(Value::Array(items).to_string()),
        (Some(value), _) => of_json(value),
    }
}

fn of_json(value: Value) -> Cell {
    match value {
        Value::Null => Cell::Null,
        Value::Bool(answer) => Cell::Boolean(answer),
        Value::Number(number) => Cell::Number(number.to_string()),
        Value::String(text) => Cell::Text(text),
        Value::Array(items) => Cell::List(items.into_iter().map(of_json).collect()),
        Value::Object(members) => Cell::Object(members.into_iter().map(|(name, value)| (name, of_json(value))).collect()),
    }
}
