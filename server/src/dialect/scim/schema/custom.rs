//! The attributes that an organization has defined, as SCIM may name and type them.
//!
//! SCIM begins a name with a letter and knows no case; a definition's name may begin otherwise, and case counts. So a
//! name that SCIM cannot say gets a `$`, which no definition's name has: `custom$1st` for `1st`, and `custom$schemas` for
//! `schemas`, which means something else in every extension. Of several names that differ in case alone, the oldest stays,
//! and the others carry the number of their definition: `Office$12`.
//!
//! The values are those of `rollcall attribute` and of Risk Manager. Texts, links and e-mail addresses are strings; numbers
//! decimals; moments dateTimes; outlines and lists of options lists of strings; a relationship is complex, with an `id`
//! and a `caption`; and of files, whose members nobody announces, each is the text of its JSON object.

use super::attribute::{Attribute, Kind};
use rollcall_core::domain::{AttributeKind, Definition};
use std::borrow::Cow;
use std::collections::HashSet;

/// An attribute that the organization has defined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomAttribute {
    /// What SCIM calls it.
    pub name: String,
    pub definition: Definition,
}

impl CustomAttribute {
    /// These definitions, each with its name, in the order of the names.
    pub(super) fn all(definitions: &[Definition]) -> Vec<Self> {
        let mut by_age: Vec<&Definition> = definitions.iter().collect();
        by_age.sort_by_key(|definition| definition.number);
        let mut taken = HashSet::new();
        let named = by_age.into_iter().map(|definition| {
            let plain = said(definition.name.as_str());
            let is_first = taken.insert(plain.to_ascii_lowercase());
            let name = if is_first { plain.into_owned() } else { format!("{plain}${}", definition.number) };
            Self { name, definition: definition.clone() }
        });
        let mut all: Vec<Self> = named.collect();
        all.sort_by(|one, other| one.name.cmp(&other.name));
        all
    }

    /// As a row of its schema's table.
    pub(super) fn attribute(&self) -> Attribute {
        let Definition { kind, description, label, limits, .. } = &self.definition;
        let words = description.as_ref().map_or_else(|| label.to_string(), |description| format!("{label}: {description}"));
        let kind = *kind;
        let attribute = match kind {
            AttributeKind::Number => Attribute::new(self.name.clone(), Kind::Decimal, words),
            AttributeKind::DateTime => Attribute::new(self.name.clone(), Kind::DateTime, words),
            AttributeKind::Relationship => {
                Attribute { sub_attributes: relationship(), ..Attribute::new(self.name.clone(), Kind::Complex, words) }
            }
            AttributeKind::Attachment | AttributeKind::Image => {
                Attribute::new(self.name.clone(), Kind::String, format!("{words} (each file as the text of a JSON object)")).exact().many()
            }
            AttributeKind::Outline | AttributeKind::ListOfOptions => Attribute::new(self.name.clone(), Kind::String, words).many(),
            AttributeKind::Text | AttributeKind::Paragraph | AttributeKind::Link | AttributeKind::Email => {
                Attribute::new(self.name.clone(), Kind::String, words)
            }
        };
        let canonical_values = limits.allowed_values.iter().map(|value| Cow::Owned(value.to_string())).collect();
        Attribute { canonical_values, ..attribute }
    }
}

/// What SCIM may call an attribute of this name, were it alone.
fn said(name: &str) -> Cow<'_, str> {
    // An extension may name itself in a member `schemas`, which is then no attribute.
    let is_sayable = name.starts_with(|first: char| first.is_ascii_alphabetic()) && !name.eq_ignore_ascii_case("schemas");
    if is_sayable { Cow::Borrowed(name) } else { Cow::Owned(format!("custom${name}")) }
}

fn relationship() -> Vec<Attribute> {
    vec![Attribute::string("id", "The id of the other object").exact(), Attribute::string("caption", "What the other object is called")]
}
