//! A schema: a URN with its attributes.

use super::Attribute;

/// A URN with its attributes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schema {
    /// The URN, in its canonical spelling.
    pub id: &'static str,
    pub name: &'static str,
    pub description: &'static str,
    /// In the order in which resources show them.
    pub attributes: Vec<Attribute>,
}

impl Schema {
    /// The attribute of this name, in any case.
    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.is_named(name))
    }

    /// Whether this is its URN, in any case.
    pub fn is_called(&self, urn: &str) -> bool {
        self.id.eq_ignore_ascii_case(urn)
    }
}
