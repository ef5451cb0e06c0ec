//! Order: a list of fields, each up or down; ties by number. What is absent comes first going up and last going down.

use super::field::OrderField;
use super::record::Record;
use crate::domain::folded;
use std::cmp::Ordering;

/// Up or down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    Ascending,
    Descending,
}

/// One field of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct OrderTerm {
    pub field: OrderField,
    pub direction: Direction,
}

/// The order of two records. The meaning that every backend is tested against.
pub fn compare(terms: &[OrderTerm], left: &impl Record, right: &impl Record) -> Ordering {
    let by_terms = terms.iter().map(|term| {
        let ascending = compare_field(term.field, left, right);
        match term.direction {
            Direction::Ascending => ascending,
            Direction::Descending => ascending.reverse(),
        }
    });
    let decided = by_terms.into_iter().find(|ordering| ordering.is_ne());
    decided.unwrap_or_else(|| left.record_number().cmp(&right.record_number()))
}

fn compare_field(field: OrderField, left: &impl Record, right: &impl Record) -> Ordering {
    match field {
        OrderField::Text(field) => {
            let fold = |record: &dyn Record| record.text(field).map(|text| folded(&text));
            fold(left).cmp(&fold(right))
        }
        OrderField::Number(field) => left.number(field).cmp(&right.number(field)),
        OrderField::Instant(field) => left.instant(field).cmp(&right.instant(field)),
        OrderField::Id(field) => left.id(field).cmp(&right.id(field)),
    }
}
