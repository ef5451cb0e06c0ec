//! One object as it is written, beside what was shown of it.

use super::super::wire::members::is_nothing;
use super::Fault;
use rollcall_core::domain::{Change, Text, TextKind};
use serde_json::{Map, Value};
use std::sync::LazyLock;

static NOTHING: LazyLock<Map<String, Value>> = LazyLock::new(Map::new);

/// One object as it is written, beside what was shown of it.
#[derive(Clone, Copy, Debug)]
pub struct Compared<'a> {
    written: &'a Map<String, Value>,
    shown: &'a Map<String, Value>,
    /// What stands in front of the names of its members: `name.`.
    prefix: &'a str,
}

/// What a write says of one attribute.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Difference<'a> {
    /// It is as it was shown.
    Same,
    /// It was shown and is to be no more.
    Gone,
    Differs(&'a Value),
}

impl<'a> Compared<'a> {
    pub const fn new(written: &'a Map<String, Value>, shown: &'a Map<String, Value>) -> Self {
        Self { written, shown, prefix: "" }
    }

    /// An object that is a member. One that is absent has no members.
    pub fn object(&self, name: &str, prefix: &'a str) -> Self {
        let object = |map: &'a Map<String, Value>| map.get(name).and_then(Value::as_object).unwrap_or(&NOTHING);
        Self { written: object(self.written), shown: object(self.shown), prefix }
    }

    /// The member as it is written, unless it stands for nothing.
    pub fn written(&self, name: &str) -> Option<&'a Value> {
        self.written.get(name).filter(|value| !is_nothing(value))
    }

    /// The member as it was shown.
    pub fn shown(&self, name: &str) -> Option<&'a Value> {
        self.shown.get(name).filter(|value| !is_nothing(value))
    }

    pub fn difference(&self, name: &str) -> Difference<'a> {
        match (self.written(name), self.shown(name)) {
            (None, None) => Difference::Same,
            // Bodies lose empty texts, and other APIs store them: putting back what was shown changes nothing.
            (None, Some(Value::String(shown))) if shown.is_empty() => Difference::Same,
            (None, Some(_)) => Difference::Gone,
            (Some(written), Some(shown)) if written == shown => Difference::Same,
            (Some(written), _) => Difference::Differs(written),
        }
    }

    /// A text. An empty one of a kind that takes none is absent, because clients clear that way.
    pub fn text<K: TextKind>(&self, name: &str) -> Result<Change<Text<K>>, Fault> {
        match self.difference(name) {
            Difference::Same => Ok(Change::Keep),
            Difference::Gone => Ok(Change::Clear),
            Difference::Differs(value) => {
                let text = text_of(value).map_err(|reason| self.fault(name, reason))?;
                Ok(text.map_or(Change::Clear, Change::Set))
            }
        }
    }

    /// The number of something, written as text or as a number.
    pub fn number<T: TryFrom<i64>>(&self, name: &str) -> Result<Change<T>, Fault> {
        let number = |value: &Value| match value {
            Value::String(text) => text.trim().parse::<i64>().ok(),
            value => value.as_i64(),
        };
        match self.difference(name) {
            Difference::Same => Ok(Change::Keep),
            Difference::Gone => Ok(Change::Clear),
            Difference::Differs(Value::String(text)) if text.trim().is_empty() => Ok(Change::Clear),
            Difference::Differs(value) => {
                let number = number(value).and_then(|number| T::try_from(number).ok());
                number.map(Change::Set).ok_or_else(|| self.fault(name, "must be a whole number from 1 to 2147483647"))
            }
        }
    }

    /// What is wrong with a member.
    pub fn fault(&self, name: &str, reason: impl Into<String>) -> Fault {
        Fault::new(format!("{}{name}", self.prefix), reason)
    }
}

/// The text of a value. `None`: it is empty, and the kind takes no empty text.
pub fn text_of<K: TextKind>(value: &Value) -> Result<Option<Text<K>>, String> {
    let Value::String(text) = value else { return Err("must be text".to_owned()) };
    match Text::parse(text) {
        Ok(text) => Ok(Some(text)),
        Err(_) if text.trim().is_empty() => Ok(None),
        Err(invalid) => Err(invalid.reason),
    }
}
