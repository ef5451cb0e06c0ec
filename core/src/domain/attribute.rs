//! Custom attributes: what an organization keeps about its people and groups beyond the canonical fields.
//!
//! | file | what it is |
//! | --- | --- |
//! | here | the name of an attribute, whose it is, and the values of one record |
//! | `kind` | Risk Manager's types of attributes, of which two are refused |
//! | `value` | a value, kept typed; to JSON and to text |
//! | `definition` | what an organization says of one attribute, and which values fit |
//! | `limits` | what a definition may ask beyond the type |
//! | `parse` | JSON and text to a value |
//!
//! Start at [`Definition`]: no value is kept that does not fit one.

mod definition;
mod kind;
mod limits;
mod parse;
mod value;

#[cfg(test)]
mod tests;

pub use definition::{Definition, DefinitionChange, InvalidAttribute, NewDefinition, check_custom};
pub use kind::AttributeKind;
pub use limits::{Limit, Limits, LimitsChange};
pub use value::{AttributeValue, Finite, Relationship};

#[cfg(test)]
pub(crate) use tests::some_value;

use super::InvalidText;
use std::collections::BTreeMap;
use std::fmt;

/// How many attributes an organization may define for each kind of record (Risk Manager's own limit).
pub const DEFINITIONS_MAX: usize = 500;

/// The name by which programs know an attribute: 1 to 100 of `[A-Za-z0-9_-]`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct VariableName(Box<str>);

impl VariableName {
    pub fn parse(text: &str) -> Result<Self, InvalidText> {
        if text.is_empty() || text.len() > 100 || !text.chars().all(Self::takes) {
            return Err(InvalidText::new("custom attribute", "must be named with 1 to 100 of the characters a-z, A-Z, 0-9, _ and -"));
        }
        Ok(Self(text.into()))
    }

    /// Whether a character may stand in a name.
    pub const fn takes(character: char) -> bool {
        character.is_ascii_alphanumeric() || matches!(character, '_' | '-')
    }

    /// A name that was parsed before it was stored.
    pub(crate) fn stored(text: &str) -> Self {
        Self(text.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for VariableName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The kind of record that an attribute belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AttributeObject {
    Person,
    Group,
}

impl AttributeObject {
    pub const ALL: [Self; 2] = [Self::Person, Self::Group];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Group => "group",
        }
    }

    pub fn parse(text: &str) -> Result<Self, InvalidText> {
        let found = Self::ALL.into_iter().find(|object| object.as_str() == text);
        found.ok_or_else(|| InvalidText::new("object", "must be person or group"))
    }
}

impl fmt::Display for AttributeObject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The attributes of one record, by variable name.
pub type Attributes = BTreeMap<VariableName, AttributeValue>;
