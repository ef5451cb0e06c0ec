//! The meaning of a filter, in memory. What SQL cannot decide alike on every backend is decided here, and every
//! backend is tested against it.
//!
//! | file | what it gives a meaning to |
//! | --- | --- |
//! | here | conditions, and what absence does to them |
//! | `text` | expressions that are text, and how long a computed text may get |
//! | `number` | expressions that are numbers, exactly compared |
//! | `constant` | expressions and conditions that name no field: what they are without any record |

mod constant;
mod number;
mod text;

use super::filter::{Comparison, Equality, Filter, Match, Test, TextExpression};
use super::order::first_choice;
use super::record::Record;
use crate::domain::{AttributeValue, folded};
use std::borrow::Cow;
use std::cmp::Ordering;

pub use text::COMPUTED_TEXT_BYTES_MAX;

impl Filter {
    /// Whether the record passes. The answer is yes or no, never anything third:
    ///
    /// - what is absent equals what is absent and nothing else, and `ne` is always the opposite of `eq`, so it finds
    ///   the absent;
    /// - order, contains, starts with and ends with are false where either side is absent;
    /// - text is compared in its folded form, by code point, except where a condition says that case counts;
    /// - some element passes in no list that is empty.
    pub fn matches(&self, record: &impl Record) -> bool {
        match self {
            Self::Constant(value) => *value,
            Self::Not(inner) => !inner.matches(record),
            Self::And(all) => all.iter().all(|filter| filter.matches(record)),
            Self::Or(any) => any.iter().any(|filter| filter.matches(record)),
            Self::Same(left, right) => left.matches(record) == right.matches(record),
            Self::Text { left, comparison, right } => comparison.holds(left.folded_value(record), right.folded_value(record)),
            Self::Match { haystack, how, needle } => {
                is_found(haystack.folded_value(record), *how, needle.regardless_of_case().value(record))
            }
            Self::Number { left, comparison, right } => {
                comparison.holds_by(left.value(record), right.value(record), |left, right| left.compare(*right))
            }
            Self::Instant { field, comparison, value } => comparison.holds(record.instant(*field), *value),
            Self::AttributeInstant { attribute, comparison, value } => {
                let moment = match record.attribute(attribute) {
                    Some(AttributeValue::Moment(moment)) => Some(*moment),
                    _ => None,
                };
                comparison.holds(moment, *value)
            }
            Self::Id { field, equality, value } => equality.holds(record.id(*field), *value),
            Self::Boolean { field, equality, value } => equality.holds(record.boolean(*field), *value),
            Self::Exact { field, test, value } => test.holds(record.exact(*field).as_deref(), value.as_deref()),
            Self::FirstChoice { list, filter } => filter.matches(&first_choice(record, list)),
            Self::Any { list, filter } => record.elements(list).iter().any(|element| filter.matches(element)),
        }
    }
}

impl TextExpression {
    fn folded_value(&self, record: &impl Record) -> Option<String> {
        self.regardless_of_case().value(record).map(|text| folded(&text))
    }
}

impl Comparison {
    /// Whether it holds between two values, either of which may be absent.
    pub fn holds<T: Ord>(self, left: Option<T>, right: Option<T>) -> bool {
        self.holds_by(left, right, T::cmp)
    }

    fn holds_by<T>(self, left: Option<T>, right: Option<T>, order: impl FnOnce(&T, &T) -> Ordering) -> bool {
        match (left, right) {
            (Some(left), Some(right)) => self.accepts(order(&left, &right)),
            (None, None) => self == Self::Equal,
            (Some(_), None) | (None, Some(_)) => self == Self::NotEqual,
        }
    }

    const fn accepts(self, ordering: Ordering) -> bool {
        match self {
            Self::Equal => ordering.is_eq(),
            Self::NotEqual => ordering.is_ne(),
            Self::Greater => ordering.is_gt(),
            Self::GreaterOrEqual => ordering.is_ge(),
            Self::Less => ordering.is_lt(),
            Self::LessOrEqual => ordering.is_le(),
        }
    }

    /// What holds between the two sides after they have changed places.
    #[must_use]
    pub const fn mirrored(self) -> Self {
        match self {
            Self::Equal => Self::Equal,
            Self::NotEqual => Self::NotEqual,
            Self::Greater => Self::Less,
            Self::GreaterOrEqual => Self::LessOrEqual,
            Self::Less => Self::Greater,
            Self::LessOrEqual => Self::GreaterOrEqual,
        }
    }
}

impl From<Equality> for Comparison {
    fn from(equality: Equality) -> Self {
        match equality {
            Equality::Equal => Self::Equal,
            Equality::NotEqual => Self::NotEqual,
        }
    }
}

impl Equality {
    /// Whether it holds between two values, either of which may be absent.
    pub fn holds<T: PartialEq>(self, left: Option<T>, right: Option<T>) -> bool {
        match self {
            Self::Equal => left == right,
            Self::NotEqual => left != right,
        }
    }
}

impl Match {
    fn holds(self, haystack: &str, needle: &str) -> bool {
        match self {
            Self::Contains => haystack.contains(needle),
            Self::StartsWith => haystack.starts_with(needle),
            Self::EndsWith => haystack.ends_with(needle),
        }
    }
}

impl Test {
    /// Whether it holds between two texts as they are, either of which may be absent.
    fn holds(self, left: Option<&str>, right: Option<&str>) -> bool {
        match self {
            Self::Comparison(comparison) => comparison.holds(left, right),
            Self::Match(how) => left.zip(right).is_some_and(|(haystack, needle)| how.holds(haystack, needle)),
        }
    }
}

/// Whether a folded text holds another, which is yet to be folded.
fn is_found(haystack: Option<String>, how: Match, needle: Option<Cow<'_, str>>) -> bool {
    let (Some(haystack), Some(needle)) = (haystack, needle) else {
        return false;
    };
    // Folding makes no text shorter, in characters, so one that functions have made long is not folded for every record.
    if needle.chars().count() > haystack.chars().count() {
        return false;
    }
    how.holds(&haystack, &folded(&needle))
}

#[cfg(test)]
mod tests;
