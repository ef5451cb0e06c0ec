//! Expressions that are numbers, or absent.

use super::super::filter::{Arithmetic, Number, NumberExpression, Rounding};
use super::super::record::Record;
use crate::domain::AttributeValue;
use std::cmp::Ordering;

/// 2⁶³: the first decimal above every integer.
const INTEGER_END: f64 = 9_223_372_036_854_775_808.0;

impl NumberExpression {
    /// What it is for this record; `None` is absent.
    pub fn value(&self, record: &impl Record) -> Option<Number> {
        match self {
            Self::Field(field) => record.number(*field).map(Number::Integer),
            Self::Attribute(name) => attribute(record.attribute(name)?),
            Self::Literal(number) => number.existing(),
            Self::Absent => None,
            Self::Length(text) => count(&text.value(record)?),
            Self::IndexOf { haystack, needle } => index_of(&haystack.value(record)?, &needle.value(record)?),
            Self::Arithmetic { left, operator, right } => operator.apply(left.value(record)?, right.value(record)?),
            Self::Rounded(rounding, number) => number.value(record).map(|number| rounding.apply(number)),
        }
    }
}

fn attribute(value: &AttributeValue) -> Option<Number> {
    match value {
        AttributeValue::Number(number) => Some(Number::Decimal(number.get())),
        _ => None,
    }
}

fn count(text: &str) -> Option<Number> {
    i64::try_from(text.chars().count()).ok().map(Number::Integer)
}

fn index_of(haystack: &str, needle: &str) -> Option<Number> {
    match haystack.find(needle) {
        Some(byte) => count(&haystack[..byte]),
        None => Some(Number::Integer(-1)),
    }
}

impl Number {
    /// By value: 2 and 2.0 are equal, and no integer is rounded to be compared.
    pub fn compare(self, other: Self) -> Ordering {
        match (self, other) {
            (Self::Integer(left), Self::Integer(right)) => left.cmp(&right),
            (Self::Decimal(left), Self::Decimal(right)) => compare_decimals(left, right),
            (Self::Integer(left), Self::Decimal(right)) => compare_mixed(left, right),
            (Self::Decimal(left), Self::Integer(right)) => compare_mixed(right, left).reverse(),
        }
    }

    /// As an integer, if it is one.
    pub(super) fn whole(self) -> Option<i64> {
        match self {
            Self::Integer(value) => Some(value),
            Self::Decimal(value) => (value.fract() == 0.0 && (-INTEGER_END..INTEGER_END).contains(&value)).then_some(value as i64),
        }
    }

    fn existing(self) -> Option<Self> {
        match self {
            Self::Decimal(value) if !value.is_finite() => None,
            _ => Some(self),
        }
    }

    /// To the nearest decimal.
    const fn to_decimal(self) -> f64 {
        match self {
            Self::Integer(value) => value as f64,
            Self::Decimal(value) => value,
        }
    }
}

/// Zero has one value whatever its sign; only finite decimals come here.
fn compare_decimals(left: f64, right: f64) -> Ordering {
    left.partial_cmp(&right).unwrap_or(Ordering::Equal)
}

fn compare_mixed(integer: i64, decimal: f64) -> Ordering {
    if decimal >= INTEGER_END {
        return Ordering::Less;
    }
    if decimal < -INTEGER_END {
        return Ordering::Greater;
    }
    integer.cmp(&(decimal.trunc() as i64)).then_with(|| compare_decimals(0.0, decimal.fract()))
}

impl Arithmetic {
    fn apply(self, left: Number, right: Number) -> Option<Number> {
        match (left, right) {
            (Number::Integer(left), Number::Integer(right)) => self.of_integers(left, right).map(Number::Integer),
            _ => Number::Decimal(self.of_decimals(left.to_decimal(), right.to_decimal())).existing(),
        }
    }

    const fn of_integers(self, left: i64, right: i64) -> Option<i64> {
        match self {
            Self::Add => left.checked_add(right),
            Self::Subtract => left.checked_sub(right),
            Self::Multiply => left.checked_mul(right),
            Self::Divide => left.checked_div(right),
            Self::Remainder => left.checked_rem(right),
        }
    }

    fn of_decimals(self, left: f64, right: f64) -> f64 {
        match self {
            Self::Add => left + right,
            Self::Subtract => left - right,
            Self::Multiply => left * right,
            Self::Divide => left / right,
            Self::Remainder => left % right,
        }
    }
}

impl Rounding {
    fn apply(self, number: Number) -> Number {
        let Number::Decimal(value) = number else {
            return number;
        };
        Number::Decimal(match self {
            Self::Nearest => value.round(),
            Self::Floor => value.floor(),
            Self::Ceiling => value.ceil(),
        })
    }
}
