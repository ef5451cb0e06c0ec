//! What a record answers when a filter asks it for a field.
//!
//! | file | what answers |
//! | --- | --- |
//! | `person` | a person, alone or with its groups and its manager |
//! | `group` | a group, with its members and the person responsible for it |
//! | `element` | one element of a list |

mod element;
mod group;
mod person;

pub use element::Element;
pub use group::GroupRecord;
pub use person::PersonRecord;

use super::field::{BooleanField, ExactField, IdField, InstantField, ListField, NumberField, Part, TextField};
use crate::domain::{AttributeValue, Instant, VariableName};
use serde_json::Value as Json;
use std::borrow::Cow;
use uuid::Uuid;

/// A record that can be filtered and ordered. `None` means absent.
pub trait Record {
    fn text(&self, field: TextField) -> Option<Cow<'_, str>>;
    fn number(&self, field: NumberField) -> Option<i64>;
    fn instant(&self, field: InstantField) -> Option<Instant>;
    fn id(&self, field: IdField) -> Option<Uuid>;

    fn exact(&self, _: ExactField) -> Option<Cow<'_, str>> {
        None
    }

    fn boolean(&self, _: BooleanField) -> Option<bool> {
        None
    }

    /// The elements of a list, in its order.
    fn elements(&self, _: &ListField) -> Vec<Element<'_>> {
        Vec::new()
    }

    fn attribute(&self, _: &VariableName) -> Option<&AttributeValue> {
        None
    }

    /// Breaks ties of every order.
    fn record_number(&self) -> i64;
}

/// What a filter sees of a value as text.
pub(super) fn attribute_text(value: &AttributeValue) -> Option<Cow<'_, str>> {
    match value {
        AttributeValue::Text(text) => Some(Cow::Borrowed(text)),
        AttributeValue::List(items) => Some(Cow::Owned(items.join(";"))),
        AttributeValue::Relationship(related) => related.caption().or(related.id()).map(Cow::Borrowed),
        AttributeValue::Number(_) | AttributeValue::Moment(_) | AttributeValue::Files(_) => None,
    }
}

/// A custom attribute as a list.
fn attribute_elements(value: Option<&AttributeValue>) -> Vec<Element<'_>> {
    match value {
        Some(AttributeValue::List(items)) => items.iter().map(|item| Element::of(&**item)).collect(),
        Some(AttributeValue::Relationship(related)) => {
            vec![Element::default().with(Part::Value, related.id()).with(Part::Display, related.caption())]
        }
        Some(AttributeValue::Files(files)) => files.iter().map(|file| Element::of(Json::Object(file.clone()).to_string())).collect(),
        Some(value) => attribute_text(value).map(Element::of).into_iter().collect(),
        None => Vec::new(),
    }
}

fn borrowed<T: AsRef<str>>(value: Option<&T>) -> Option<Cow<'_, str>> {
    value.map(|text| Cow::Borrowed(text.as_ref()))
}
