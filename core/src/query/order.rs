//! Order: a list of fields, each up or down; ties by number. What is absent comes first going up and last going down.

use super::field::{ListField, OrderField};
use super::record::{Element, Record, attribute_text};
use crate::domain::{AttributeValue, folded};
use std::cmp::Ordering;

/// Up or down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    Ascending,
    Descending,
}

/// One field of an order.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct OrderTerm {
    pub field: OrderField,
    pub direction: Direction,
}

impl OrderTerm {
    /// Whether a record must know the elements of this list to be ordered.
    pub fn mentions(&self, list: &ListField) -> bool {
        matches!(&self.field, OrderField::Element { list: other, .. } if other == list)
    }
}

/// The order of two records. The meaning that every backend is tested against.
pub fn compare(terms: &[OrderTerm], left: &impl Record, right: &impl Record) -> Ordering {
    let by_terms = terms.iter().map(|term| {
        let ascending = compare_field(&term.field, left, right);
        match term.direction {
            Direction::Ascending => ascending,
            Direction::Descending => ascending.reverse(),
        }
    });
    let decided = by_terms.into_iter().find(|ordering| ordering.is_ne());
    decided.unwrap_or_else(|| left.record_number().cmp(&right.record_number()))
}

fn compare_field(field: &OrderField, left: &impl Record, right: &impl Record) -> Ordering {
    match field {
        OrderField::Text(field) => {
            let fold = |record: &dyn Record| record.text(*field).map(|text| folded(&text));
            fold(left).cmp(&fold(right))
        }
        OrderField::Exact(field) => left.exact(*field).cmp(&right.exact(*field)),
        OrderField::Boolean(field) => left.boolean(*field).cmp(&right.boolean(*field)),
        OrderField::Number(field) => left.number(*field).cmp(&right.number(*field)),
        OrderField::Instant(field) => left.instant(*field).cmp(&right.instant(*field)),
        OrderField::Id(field) => left.id(*field).cmp(&right.id(*field)),
        OrderField::Attribute(name) => compare_attributes(left.attribute(name), right.attribute(name)),
        OrderField::Element { list, field } => compare_field(field, &first_choice(left, list), &first_choice(right, list)),
    }
}

/// The primary element of a list, else its first, else one that has nothing.
pub(super) fn first_choice<'a>(record: &'a impl Record, list: &ListField) -> Element<'a> {
    let mut elements = record.elements(list);
    let primary = elements.iter().position(Element::is_primary).unwrap_or(0);
    if elements.is_empty() { Element::default() } else { elements.swap_remove(primary) }
}

/// The values of one attribute are of one type, or absent: moments before numbers before texts only where they are not.
fn compare_attributes(left: Option<&AttributeValue>, right: Option<&AttributeValue>) -> Ordering {
    match (left, right) {
        (Some(AttributeValue::Number(left)), Some(AttributeValue::Number(right))) => left.get().total_cmp(&right.get()),
        (Some(AttributeValue::Moment(left)), Some(AttributeValue::Moment(right))) => left.cmp(right),
        _ => attribute_rank(left).cmp(&attribute_rank(right)),
    }
}

fn attribute_rank(value: Option<&AttributeValue>) -> (u8, Option<String>) {
    match value {
        None => (0, None),
        Some(AttributeValue::Moment(_)) => (1, None),
        Some(AttributeValue::Number(_)) => (2, None),
        // What has no text is not there to be ordered by.
        Some(value) => attribute_text(value).map_or((0, None), |text| (3, Some(folded(&text)))),
    }
}
