//! The types of custom attributes, as Risk Manager lists them.

use crate::domain::InvalidText;
use std::fmt;

/// Which values an attribute takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AttributeKind {
    /// An address that a browser can open.
    Link,
    Email,
    /// A line of text.
    Text,
    /// Text of several lines.
    Paragraph,
    /// A moment, in whole milliseconds.
    DateTime,
    /// A finite double.
    Number,
    /// A path through an outline, from its root.
    Outline,
    /// Some of a list, each once.
    ListOfOptions,
    /// What is known of files that are kept elsewhere.
    Attachment,
    /// What is known of pictures that are kept elsewhere.
    Image,
    /// Another object, by its id, its caption or both.
    Relationship,
}

impl AttributeKind {
    pub const ALL: [Self; 11] = [
        Self::Text,
        Self::Paragraph,
        Self::Link,
        Self::Email,
        Self::DateTime,
        Self::Number,
        Self::ListOfOptions,
        Self::Outline,
        Self::Attachment,
        Self::Image,
        Self::Relationship,
    ];

    /// Risk Manager's `TypeName`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Link => "Link",
            Self::Email => "E-mail",
            Self::Text => "Text",
            Self::Paragraph => "Paragraph",
            Self::DateTime => "Date/Time",
            Self::Number => "Number",
            Self::Outline => "Outline",
            Self::ListOfOptions => "List of Options",
            Self::Attachment => "Attachment",
            Self::Image => "Image",
            Self::Relationship => "Relationship",
        }
    }

    /// Reads a type's name; case, blanks and punctuation do not count, so `list-of-options` will do at a command line.
    pub fn parse(text: &str) -> Result<Self, InvalidText> {
        let named = letters(text);
        if let Some(kind) = Self::ALL.into_iter().find(|kind| letters(kind.as_str()) == named) {
            return Ok(kind);
        }
        let reason = match named.as_str() {
            "georeference" => "GeoReference is a type that people and groups do not have (in Risk Manager assets alone do)".to_owned(),
            "formula" => "Formula is a type whose values Risk Manager itself computes, and nothing here does".to_owned(),
            _ => format!("must be one of {}", Self::ALL.map(Self::as_str).join(", ")),
        };
        Err(InvalidText::new("type", reason))
    }

    /// Whether its values are one text each.
    pub const fn is_text(self) -> bool {
        matches!(self, Self::Text | Self::Paragraph | Self::Link | Self::Email)
    }

    /// Whether its values are lists of texts.
    pub const fn is_list(self) -> bool {
        matches!(self, Self::Outline | Self::ListOfOptions)
    }

    /// Whether its values are lists of files.
    pub const fn is_files(self) -> bool {
        matches!(self, Self::Attachment | Self::Image)
    }
}

impl fmt::Display for AttributeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The letters alone, in lower case.
fn letters(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
}
