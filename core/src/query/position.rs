//! Where a record stands in an order, and the filter that finds what comes after it.
//!
//! Reading on from a position loses and repeats nobody who is there throughout, whatever is added and deleted in between:
//! no record is counted. A position is what a client keeps between two pages, so it can be serialized.

use super::field::{BooleanField, ExactField, OrderField};
use super::filter::{Comparison, Equality, Filter, Number, NumberExpression, TextExpression};
use super::order::{Direction, OrderTerm, first_choice};
use super::record::{Record, attribute_text};
use crate::domain::{AttributeValue, Instant, VariableName};
use crate::query::field::{InstantField, NumberField, TextField};
use serde::{Deserialize, Serialize};

/// Where one record stands in an order: what it is ordered by, and its number, which breaks ties.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Position {
    keys: Vec<Key>,
    number: i64,
}

/// What a record has in one field of an order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
enum Key {
    Absent,
    Text(String),
    Boolean(bool),
    Number(i64),
    Decimal(f64),
    /// In milliseconds.
    Instant(i64),
}

/// The types that the values of a custom attribute may have, in the order in which they are sorted.
const ATTRIBUTE_TYPES: [fn(&VariableName) -> Filter; 3] = [is_moment, is_number, is_text];

impl Position {
    /// Of a record in this order.
    pub fn of(order: &[OrderTerm], record: &impl Record) -> Self {
        Self { keys: order.iter().map(|term| Key::of(&term.field, record)).collect(), number: record.record_number() }
    }

    /// The same place among records of another type: in front of those that are equal in the order, or behind them.
    #[must_use]
    pub fn among_others(&self, is_before_equals: bool) -> Self {
        Self { keys: self.keys.clone(), number: if is_before_equals { 0 } else { i64::MAX } }
    }

    /// What comes after it in this order, which is the one that it was made in.
    pub fn after(&self, order: &[OrderTerm]) -> Filter {
        let ties = Filter::number(NumberField::Number, Comparison::Greater, self.number);
        let terms = order.iter().zip(&self.keys);
        let after = terms
            .clone()
            .rev()
            .fold(ties, |rest, (term, key)| Filter::Or(vec![beyond(term, key), Filter::And(vec![at(&term.field, key), rest])]));
        // Says nothing new, but lets a store begin to read where this is.
        let start = terms.clone().next().and_then(|(term, key)| from(term, key));
        start.into_iter().fold(after, |after, start| start.and(after)).simplified()
    }
}

impl Key {
    fn of(field: &OrderField, record: &impl Record) -> Self {
        let key = match field {
            OrderField::Text(field) => record.text(*field).map(|text| Self::Text(text.into_owned())),
            OrderField::Exact(field) => record.exact(*field).map(|text| Self::Text(text.into_owned())),
            OrderField::Boolean(field) => record.boolean(*field).map(Self::Boolean),
            OrderField::Number(field) => record.number(*field).map(Self::Number),
            OrderField::Instant(field) => record.instant(*field).map(Instant::milliseconds).map(Self::Instant),
            OrderField::Id(field) => record.id(*field).map(|id| Self::Text(id.to_string())),
            OrderField::Attribute(name) => record.attribute(name).and_then(Self::of_attribute),
            OrderField::Element { list, field } => Some(Self::of(field, &first_choice(record, list))),
        };
        key.unwrap_or(Self::Absent)
    }

    fn of_attribute(value: &AttributeValue) -> Option<Self> {
        match value {
            AttributeValue::Moment(moment) => Some(Self::Instant(moment.milliseconds())),
            AttributeValue::Number(number) => Some(Self::Decimal(number.get())),
            value => attribute_text(value).map(|text| Self::Text(text.into_owned())),
        }
    }

    /// The place of its type in [`ATTRIBUTE_TYPES`].
    const fn attribute_type(&self) -> Option<usize> {
        match self {
            Self::Instant(_) => Some(0),
            Self::Decimal(_) => Some(1),
            Self::Text(_) => Some(2),
            Self::Absent | Self::Boolean(_) | Self::Number(_) => None,
        }
    }
}

/// Whether a record comes after a key, whatever its number.
fn beyond(term: &OrderTerm, key: &Key) -> Filter {
    let is_absent = at(&term.field, &Key::Absent);
    match (key, term.has_absent_last()) {
        (Key::Absent, true) => Filter::Constant(false),
        (Key::Absent, false) => is_absent.negated(),
        (key, false) => beyond_value(&term.field, term.direction, key),
        (key, true) => Filter::Or(vec![beyond_value(&term.field, term.direction, key), is_absent]),
    }
}

/// Whether what stands in the field comes after a key that is there.
fn beyond_value(field: &OrderField, direction: Direction, key: &Key) -> Filter {
    match (field, direction) {
        (OrderField::Element { list, field }, direction) => Filter::first_choice(list.clone(), beyond_value(field, direction, key)),
        (field, Direction::Ascending) => Filter::Or(vec![compared(field, Comparison::Greater, key), is_of_later_type(field, key)]),
        (field, Direction::Descending) => Filter::Or(vec![compared(field, Comparison::Less, key), is_of_earlier_type(field, key)]),
    }
}

/// Whether the field is what a key says.
fn at(field: &OrderField, key: &Key) -> Filter {
    match (field, key) {
        (OrderField::Element { list, field }, key) => Filter::first_choice(list.clone(), at(field, key)),
        (OrderField::Attribute(name), Key::Absent) => Filter::Or(ATTRIBUTE_TYPES.map(|is_type| is_type(name)).into()).negated(),
        (field, key) => compared(field, Comparison::Equal, key),
    }
}

/// Whether the field is what a key says or beyond it, where a store may know an order of it.
fn from(term: &OrderTerm, key: &Key) -> Option<Filter> {
    let comparison = match term.direction {
        Direction::Ascending => Comparison::GreaterOrEqual,
        Direction::Descending => Comparison::LessOrEqual,
    };
    match (&term.field, key) {
        (_, Key::Absent) | (OrderField::Boolean(_) | OrderField::Attribute(_) | OrderField::Element { .. }, _) => None,
        // What is absent comes later, and compares with nothing.
        (field, _) if term.has_absent_last() && !is_always_there(field) => None,
        (field, key) => Some(compared(field, comparison, key)),
    }
}

/// Whether every record has it.
const fn is_always_there(field: &OrderField) -> bool {
    matches!(
        field,
        OrderField::Text(TextField::Name)
            | OrderField::Number(NumberField::Number)
            | OrderField::Instant(InstantField::UpdatedAt | InstantField::CreatedAt)
    )
}

/// Whether a custom attribute is of a type that is sorted after that of a key. No other field has several types.
fn is_of_later_type(field: &OrderField, key: &Key) -> Filter {
    match (field, key.attribute_type()) {
        (OrderField::Attribute(name), Some(own)) => Filter::Or(ATTRIBUTE_TYPES[own + 1..].iter().map(|is_type| is_type(name)).collect()),
        _ => Filter::Constant(false),
    }
}

/// Whether a custom attribute is of a type that is sorted before that of a key.
fn is_of_earlier_type(field: &OrderField, key: &Key) -> Filter {
    match (field, key.attribute_type()) {
        (OrderField::Attribute(name), Some(own)) => Filter::Or(ATTRIBUTE_TYPES[..own].iter().map(|is_type| is_type(name)).collect()),
        _ => Filter::Constant(false),
    }
}

/// Compares a field with a key of its type; any other key is absent, and equal to what is absent alone.
fn compared(field: &OrderField, comparison: Comparison, key: &Key) -> Filter {
    match field {
        OrderField::Text(field) => text(TextExpression::Field(*field), comparison, key),
        OrderField::Exact(field) => exact(*field, comparison, key),
        OrderField::Boolean(field) => boolean(*field, comparison, key),
        OrderField::Number(field) => number(NumberExpression::Field(*field), comparison, key),
        OrderField::Instant(field) => Filter::Instant { field: *field, comparison, value: key.instant() },
        // The text of a uuid has the order of its bytes.
        OrderField::Id(_) => exact(ExactField::Id, comparison, key),
        OrderField::Attribute(name) => match key {
            Key::Decimal(_) => number(NumberExpression::Attribute(name.clone()), comparison, key),
            Key::Instant(_) => Filter::AttributeInstant { attribute: name.clone(), comparison, value: key.instant() },
            _ => text(TextExpression::Attribute(name.clone()), comparison, key),
        },
        OrderField::Element { list, field } => Filter::first_choice(list.clone(), compared(field, comparison, key)),
    }
}

impl Key {
    fn instant(&self) -> Option<Instant> {
        match self {
            Self::Instant(milliseconds) => Instant::from_milliseconds(*milliseconds),
            _ => None,
        }
    }
}

fn text(left: TextExpression, comparison: Comparison, key: &Key) -> Filter {
    let right = if let Key::Text(text) = key { TextExpression::Literal(text.clone()) } else { TextExpression::Absent };
    Filter::Text { left, comparison, right }
}

fn exact(field: ExactField, comparison: Comparison, key: &Key) -> Filter {
    let value = if let Key::Text(text) = key { Some(text.clone()) } else { None };
    Filter::Exact { field, test: comparison.into(), value }
}

fn number(left: NumberExpression, comparison: Comparison, key: &Key) -> Filter {
    let right = match key {
        Key::Number(number) => NumberExpression::Literal(Number::Integer(*number)),
        Key::Decimal(number) => NumberExpression::Literal(Number::Decimal(*number)),
        _ => NumberExpression::Absent,
    };
    Filter::Number { left, comparison, right }
}

/// No before yes.
const fn boolean(field: BooleanField, comparison: Comparison, key: &Key) -> Filter {
    let value = if let Key::Boolean(value) = key { Some(*value) } else { None };
    match (comparison, value) {
        (Comparison::Greater, Some(false)) => Filter::boolean(field, true),
        (Comparison::Less, Some(true)) => Filter::boolean(field, false),
        (Comparison::Equal, value) => Filter::Boolean { field, equality: Equality::Equal, value },
        _ => Filter::Constant(false),
    }
}

fn is_moment(name: &VariableName) -> Filter {
    Filter::AttributeInstant { attribute: name.clone(), comparison: Comparison::NotEqual, value: None }
}

fn is_number(name: &VariableName) -> Filter {
    number(NumberExpression::Attribute(name.clone()), Comparison::NotEqual, &Key::Absent)
}

fn is_text(name: &VariableName) -> Filter {
    text(TextExpression::Attribute(name.clone()), Comparison::NotEqual, &Key::Absent)
}

#[cfg(test)]
mod tests;
