//! An element that stands for a record (a manager, a member, a group that somebody is in) asked as that record.

use super::leaves::canonical_uuid;
use crate::domain::folded;
use crate::query::{Comparison, Equality, ExactField, Filter, IdField, Part, Test, TextExpression, TextField};

/// What such an element says of its type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Nothing.
    Untyped,
    Typed(&'static str),
    /// The record does not know it.
    Unknown,
}

/// The filter on the record that is the inner filter on the element, which is called by the field `name`. `None`: the
/// record cannot say it.
pub(super) fn as_record(filter: &Filter, kind: Kind, name: TextField) -> Option<Filter> {
    let all = |parts: &[Filter]| parts.iter().map(|part| as_record(part, kind, name)).collect::<Option<Vec<_>>>();
    match filter {
        Filter::Constant(_) | Filter::Id { .. } => Some(filter.clone()),
        Filter::Not(inner) => Some(as_record(inner, kind, name)?.negated()),
        Filter::And(parts) => all(parts).map(Filter::And),
        Filter::Or(parts) => all(parts).map(Filter::Or),
        Filter::Text { left, comparison, right: TextExpression::Literal(text) } if is_value(left) => id(*comparison, &folded(text)),
        Filter::Text { left, comparison, right } => {
            Some(Filter::Text { left: text(left, kind, name)?, comparison: *comparison, right: text(right, kind, name)? })
        }
        Filter::Match { haystack, how, needle } => {
            Some(Filter::Match { haystack: text(haystack, kind, name)?, how: *how, needle: text(needle, kind, name)? })
        }
        Filter::Exact { field: ExactField::Id | ExactField::Part(Part::Value), test: Test::Comparison(comparison), value: Some(text) } => {
            id(*comparison, text)
        }
        Filter::Boolean { equality, value, .. } => Some(Filter::Constant(equality.holds(None, *value))),
        _ => None,
    }
}

/// A uuid compared with a text.
fn id(comparison: Comparison, text: &str) -> Option<Filter> {
    let equality = match comparison {
        Comparison::Equal => Equality::Equal,
        Comparison::NotEqual => Equality::NotEqual,
        _ => return None,
    };
    Some(match canonical_uuid(text) {
        Some(id) => Filter::Id { field: IdField::Id, equality, value: Some(id) },
        // No id is written like this.
        None => Filter::Constant(equality == Equality::NotEqual),
    })
}

fn text(expression: &TextExpression, kind: Kind, name: TextField) -> Option<TextExpression> {
    match expression.regardless_of_case() {
        TextExpression::Field(TextField::Part(part)) => match (part, kind) {
            (Part::Value, _) | (Part::Type, Kind::Unknown) => None,
            (Part::Display, _) => Some(TextExpression::Field(name)),
            (Part::Type, Kind::Typed(kind)) => Some(TextExpression::Literal(kind.to_owned())),
            _ => Some(TextExpression::Absent),
        },
        TextExpression::Literal(_) | TextExpression::Absent => Some(expression.clone()),
        _ => None,
    }
}

fn is_value(expression: &TextExpression) -> bool {
    matches!(expression.regardless_of_case(), TextExpression::Field(TextField::Part(Part::Value)))
}
