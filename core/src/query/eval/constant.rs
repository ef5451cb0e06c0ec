//! What names no field is the same for every record, so it is decided before any is read.
//!
//! Start at [`Filter::simplified`]; a compiler to SQL then meets literals where literals alone stood.

use super::super::field::{IdField, InstantField, NumberField, TextField};
use super::super::filter::{Comparison, Filter, Number, NumberExpression, Test, TextExpression};
use super::super::record::Record;
use crate::domain::Instant;
use std::borrow::Cow;
use uuid::Uuid;

/// The record that has nothing: for expressions that name no field.
struct Nothing;

impl Record for Nothing {
    fn text(&self, _: TextField) -> Option<Cow<'_, str>> {
        None
    }

    fn number(&self, _: NumberField) -> Option<i64> {
        None
    }

    fn instant(&self, _: InstantField) -> Option<Instant> {
        None
    }

    fn id(&self, _: IdField) -> Option<Uuid> {
        None
    }

    fn record_number(&self) -> i64 {
        0
    }
}

impl Filter {
    /// A filter with the same meaning, in which everything that names no field is decided: functions of literals are
    /// literals, conditions of literals are gone, and `and` and `or` hold two conditions or more, none of them constant.
    #[must_use]
    pub fn simplified(self) -> Self {
        match self {
            Self::Constant(_) | Self::Instant { .. } | Self::AttributeInstant { .. } | Self::Id { .. } | Self::Boolean { .. } => self,
            Self::Exact { test, ref value, .. } => {
                let is_decided = value.is_none() && test.is_false_of_absent();
                decided(self, is_decided)
            }
            Self::Any { list, filter } => match filter.simplified() {
                Self::Constant(false) => Self::Constant(false),
                open => Self::any(list, open),
            },
            Self::FirstChoice { list, filter } => match filter.simplified() {
                Self::Constant(value) => Self::Constant(value),
                open => Self::first_choice(list, open),
            },
            Self::Not(inner) => inner.simplified().negated(),
            Self::And(all) => joined(all, false),
            Self::Or(any) => joined(any, true),
            Self::Same(left, right) => same(left.simplified(), right.simplified()),
            Self::Text { left, comparison, right } => text(compared(&left), comparison, compared(&right)),
            Self::Match { haystack, how, needle } => {
                let (haystack, needle) = (compared(&haystack), compared(&needle));
                let is_decided = haystack == TextExpression::Absent || needle == TextExpression::Absent;
                let is_constant = haystack.is_constant() && needle.is_constant();
                decided(Self::Match { haystack, how, needle }, is_decided || is_constant)
            }
            Self::Number { left, comparison, right } => number(left.simplified(), comparison, right.simplified()),
        }
    }
}

fn decided(filter: Filter, is_decided: bool) -> Filter {
    if is_decided { Filter::Constant(filter.matches(&Nothing)) } else { filter }
}

fn text(left: TextExpression, comparison: Comparison, right: TextExpression) -> Filter {
    let is_constant = left.is_constant() && right.is_constant();
    let is_decided = comparison.is_order() && (left == TextExpression::Absent || right == TextExpression::Absent);
    decided(Filter::Text { left, comparison, right }, is_constant || is_decided)
}

/// One side of a comparison of text, simplified.
fn compared(side: &TextExpression) -> TextExpression {
    side.regardless_of_case().clone().simplified()
}

fn number(left: NumberExpression, comparison: Comparison, right: NumberExpression) -> Filter {
    let is_constant = left.is_constant() && right.is_constant();
    let is_decided = comparison.is_order() && (left == NumberExpression::Absent || right == NumberExpression::Absent);
    decided(Filter::Number { left, comparison, right }, is_constant || is_decided)
}

/// `and` and `or`; one true condition decides `or`, one false condition decides `and`.
fn joined(filters: Vec<Filter>, decisive: bool) -> Filter {
    let mut open: Vec<Filter> = Vec::new();
    for filter in filters.into_iter().map(Filter::simplified) {
        match filter {
            Filter::Constant(value) if value == decisive => return Filter::Constant(decisive),
            Filter::Constant(_) => {}
            other => open.push(other),
        }
    }
    match (open.pop(), open.is_empty()) {
        (None, _) => Filter::Constant(!decisive),
        (Some(only), true) => only,
        (Some(last), false) => {
            open.push(last);
            if decisive { Filter::Or(open) } else { Filter::And(open) }
        }
    }
}

fn same(left: Filter, right: Filter) -> Filter {
    match (left, right) {
        (Filter::Constant(true), other) | (other, Filter::Constant(true)) => other,
        (Filter::Constant(false), other) | (other, Filter::Constant(false)) => other.negated(),
        (left, right) => Filter::Same(Box::new(left), Box::new(right)),
    }
}

impl Comparison {
    const fn is_order(self) -> bool {
        !matches!(self, Self::Equal | Self::NotEqual)
    }
}

impl Test {
    /// Whether nothing passes it that is compared with what is absent.
    const fn is_false_of_absent(self) -> bool {
        match self {
            Self::Comparison(comparison) => comparison.is_order(),
            Self::Match(_) => true,
        }
    }
}

impl TextExpression {
    /// Its value where it names no field; `Some(None)` is an absent value.
    pub fn constant(&self) -> Option<Option<String>> {
        self.is_constant().then(|| self.value(&Nothing).map(Cow::into_owned))
    }

    /// Whether it names no field.
    pub fn is_constant(&self) -> bool {
        match self {
            Self::Field(_) | Self::Attribute(_) => false,
            Self::Literal(_) | Self::Absent => true,
            Self::ToLower(text) | Self::ToUpper(text) | Self::Trim(text) => text.is_constant(),
            Self::Concat(first, second) => first.is_constant() && second.is_constant(),
            Self::Substring { text, start, length } => {
                text.is_constant() && start.is_constant() && length.as_ref().is_none_or(|length| length.is_constant())
            }
            Self::Replace { text, find, with } => [text, find, with].into_iter().all(|part| part.is_constant()),
        }
    }

    /// The same with every function of literals worked out.
    #[must_use]
    pub fn simplified(self) -> Self {
        let inner = |text: Box<Self>| Box::new(text.simplified());
        let result = match self {
            Self::Field(_) | Self::Attribute(_) | Self::Literal(_) | Self::Absent => return self,
            Self::ToLower(text) => Self::ToLower(inner(text)),
            Self::ToUpper(text) => Self::ToUpper(inner(text)),
            Self::Trim(text) => Self::Trim(inner(text)),
            Self::Concat(first, second) => Self::Concat(inner(first), inner(second)),
            Self::Substring { text, start, length } => Self::Substring {
                text: inner(text),
                start: Box::new(start.simplified()),
                length: length.map(|length| Box::new(length.simplified())),
            },
            Self::Replace { text, find, with } => Self::Replace { text: inner(text), find: inner(find), with: inner(with) },
        };
        match result.constant() {
            Some(value) => value.map_or(Self::Absent, Self::Literal),
            None => result,
        }
    }
}

impl NumberExpression {
    /// Its value where it names no field; `Some(None)` is an absent value.
    pub fn constant(&self) -> Option<Option<Number>> {
        self.is_constant().then(|| self.value(&Nothing))
    }

    /// Whether it names no field.
    pub fn is_constant(&self) -> bool {
        match self {
            Self::Field(_) | Self::Attribute(_) => false,
            Self::Literal(_) | Self::Absent => true,
            Self::Length(text) => text.is_constant(),
            Self::IndexOf { haystack, needle } => haystack.is_constant() && needle.is_constant(),
            Self::Arithmetic { left, right, .. } => left.is_constant() && right.is_constant(),
            Self::Rounded(_, number) => number.is_constant(),
        }
    }

    /// The same with every function of literals worked out.
    #[must_use]
    pub fn simplified(self) -> Self {
        let inner = |number: Box<Self>| Box::new(number.simplified());
        let text = |text: Box<TextExpression>| Box::new(text.simplified());
        let result = match self {
            Self::Field(_) | Self::Attribute(_) | Self::Literal(_) | Self::Absent => self,
            Self::Length(of) => Self::Length(text(of)),
            Self::IndexOf { haystack, needle } => Self::IndexOf { haystack: text(haystack), needle: text(needle) },
            Self::Arithmetic { left, operator, right } => Self::Arithmetic { left: inner(left), operator, right: inner(right) },
            Self::Rounded(rounding, number) => Self::Rounded(rounding, inner(number)),
        };
        match result.constant() {
            Some(value) => value.map_or(Self::Absent, Self::Literal),
            None => result,
        }
    }
}
