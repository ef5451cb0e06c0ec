//! Custom attributes: what an organization keeps about its people beyond the canonical fields.

use super::InvalidText;
use std::collections::BTreeMap;
use std::fmt;

/// The name by which programs know an attribute: 1 to 100 of `[A-Za-z0-9_-]`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct VariableName(Box<str>);

impl VariableName {
    pub fn parse(text: &str) -> Result<Self, InvalidText> {
        let is_plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-');
        if text.is_empty() || text.len() > 100 || !is_plain {
            return Err(InvalidText::new("custom attribute", "must be named with 1 to 100 of the characters a-z, A-Z, 0-9, _ and -"));
        }
        Ok(Self(text.into()))
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

/// Which values an attribute takes. Of Risk Manager's kinds, these four are text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttributeKind {
    Text,
    Paragraph,
    Link,
    Email,
}

impl AttributeKind {
    pub const ALL: [Self; 4] = [Self::Text, Self::Paragraph, Self::Link, Self::Email];

    /// Risk Manager's `TypeName`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "Text",
            Self::Paragraph => "Paragraph",
            Self::Link => "Link",
            Self::Email => "E-mail",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// The value of one attribute of one record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttributeValue(Box<str>);

impl AttributeValue {
    /// In Unicode scalar values.
    pub const CHARACTERS_MAX: usize = 20_000;

    pub fn parse(text: &str) -> Result<Self, InvalidText> {
        if text.contains('\0') || text.chars().count() > Self::CHARACTERS_MAX {
            return Err(InvalidText::new("custom attribute", "must have at most 20000 characters and no NUL"));
        }
        Ok(Self(text.into()))
    }

    /// A value that was parsed before it was stored.
    pub(crate) fn stored(text: &str) -> Self {
        Self(text.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The attributes of one record, by variable name.
pub type Attributes = BTreeMap<VariableName, AttributeValue>;

/// What an organization says of one attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    pub name: VariableName,
    pub kind: AttributeKind,
}
