//! The members of one object, while it is made. What is absent, or is an empty list or object, is left out: RFC 7643,
//! section 2.5, takes the three for the same.

use rollcall_core::domain::{Instant, Text, TextKind};
use serde_json::{Map, Value};

/// The members of one object.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Members(Map<String, Value>);

impl Members {
    pub fn new() -> Self {
        Self::default()
    }

    #[must_use]
    pub fn put(mut self, name: &str, value: Option<impl Into<Value>>) -> Self {
        if let Some(value) = value.map(Into::into).filter(|value| !is_nothing(value)) {
            self.0.insert(name.to_owned(), value);
        }
        self
    }

    #[must_use]
    pub fn text<K: TextKind>(self, name: &str, text: Option<&Text<K>>) -> Self {
        self.put(name, text.map(Text::as_str))
    }

    #[must_use]
    pub fn instant(self, name: &str, instant: Option<Instant>) -> Self {
        self.put(name, instant.map(Instant::to_milliseconds_text))
    }

    #[must_use]
    pub fn object(self, name: &str, members: Self) -> Self {
        self.put(name, Some(members.0))
    }

    #[must_use]
    pub fn list(self, name: &str, items: Vec<Value>) -> Self {
        self.put(name, Some(items))
    }

    pub fn into_map(self) -> Map<String, Value> {
        self.0
    }

    pub fn into_value(self) -> Value {
        Value::Object(self.0)
    }
}

/// Whether a value stands for none.
pub fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}
