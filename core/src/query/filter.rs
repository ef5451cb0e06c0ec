//! The typed filter. What it cannot hold cannot be asked: no text compared with a number, no order among uuids.

use super::field::{BooleanField, ExactField, IdField, InstantField, ListField, NumberField, TextField};
use crate::domain::{Instant, VariableName};
use uuid::Uuid;

/// A condition on one record: true or false, never anything third.
#[derive(Clone, Debug, PartialEq)]
pub enum Filter {
    Constant(bool),
    Not(Box<Filter>),
    /// True when empty.
    And(Vec<Filter>),
    /// False when empty.
    Or(Vec<Filter>),
    /// Both true or both false.
    Same(Box<Filter>, Box<Filter>),
    /// Compared in folded form.
    Text {
        left: TextExpression,
        comparison: Comparison,
        right: TextExpression,
    },
    /// Compared in folded form; false where either side is absent.
    Match {
        haystack: TextExpression,
        how: Match,
        needle: TextExpression,
    },
    Number {
        left: NumberExpression,
        comparison: Comparison,
        right: NumberExpression,
    },
    Instant {
        field: InstantField,
        comparison: Comparison,
        value: Option<Instant>,
    },
    /// A custom attribute that is a moment.
    AttributeInstant {
        attribute: VariableName,
        comparison: Comparison,
        value: Option<Instant>,
    },
    Id {
        field: IdField,
        equality: Equality,
        value: Option<Uuid>,
    },
    Boolean {
        field: BooleanField,
        equality: Equality,
        value: Option<bool>,
    },
    /// Compared with its case, by code point.
    Exact {
        field: ExactField,
        test: Test,
        value: Option<String>,
    },
    /// The primary element of the list passes, or its first where none is; of an empty list, an element that has nothing.
    /// What an [`OrderField::Element`](super::OrderField) sorts by.
    FirstChoice {
        list: ListField,
        filter: Box<Filter>,
    },
    /// Some element of the list passes. The fields of the inner filter are those of an [`Element`](super::Element).
    Any {
        list: ListField,
        filter: Box<Filter>,
    },
}

impl Filter {
    /// The filter that every record passes.
    pub const fn everything() -> Self {
        Self::Constant(true)
    }

    pub fn negated(self) -> Self {
        match self {
            Self::Constant(value) => Self::Constant(!value),
            Self::Not(inner) => *inner,
            other => Self::Not(Box::new(other)),
        }
    }

    /// Both of them.
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Constant(true), only) | (only, Self::Constant(true)) => only,
            (Self::And(mut all), last) => {
                all.push(last);
                Self::And(all)
            }
            (first, last) => Self::And(vec![first, last]),
        }
    }

    /// A text field compared with a literal.
    pub fn text(field: TextField, comparison: Comparison, value: impl Into<String>) -> Self {
        Self::Text { left: TextExpression::Field(field), comparison, right: TextExpression::Literal(value.into()) }
    }

    /// A number field compared with a literal.
    pub fn number(field: NumberField, comparison: Comparison, value: i64) -> Self {
        Self::Number { left: NumberExpression::Field(field), comparison, right: NumberExpression::Literal(Number::Integer(value)) }
    }

    /// A moment compared with a literal.
    pub fn instant(field: InstantField, comparison: Comparison, value: Instant) -> Self {
        Self::Instant { field, comparison, value: Some(value) }
    }

    /// A text compared with a literal, and with its case.
    pub fn exact(field: ExactField, test: impl Into<Test>, value: impl Into<String>) -> Self {
        Self::Exact { field, test: test.into(), value: Some(value.into()) }
    }

    pub const fn boolean(field: BooleanField, value: bool) -> Self {
        Self::Boolean { field, equality: Equality::Equal, value: Some(value) }
    }

    pub const fn id(field: IdField, value: Uuid) -> Self {
        Self::Id { field, equality: Equality::Equal, value: Some(value) }
    }

    /// Some element of the list passes.
    pub fn any(list: ListField, filter: Self) -> Self {
        Self::Any { list, filter: Box::new(filter) }
    }

    /// The element passes that a list is ordered by.
    pub fn first_choice(list: ListField, filter: Self) -> Self {
        Self::FirstChoice { list, filter: Box::new(filter) }
    }

    /// Whether some condition is about this list, so that a record must know its elements to be asked.
    pub fn mentions(&self, list: &ListField) -> bool {
        match self {
            Self::Any { list: other, filter } | Self::FirstChoice { list: other, filter } => other == list || filter.mentions(list),
            Self::Not(inner) => inner.mentions(list),
            Self::And(parts) | Self::Or(parts) => parts.iter().any(|part| part.mentions(list)),
            Self::Same(left, right) => left.mentions(list) || right.mentions(list),
            Self::Constant(_)
            | Self::Text { .. }
            | Self::Match { .. }
            | Self::Number { .. }
            | Self::Instant { .. }
            | Self::AttributeInstant { .. }
            | Self::Id { .. }
            | Self::Boolean { .. }
            | Self::Exact { .. } => false,
        }
    }
}

/// What is asked of a text that is compared with its case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Test {
    Comparison(Comparison),
    Match(Match),
}

impl From<Comparison> for Test {
    fn from(comparison: Comparison) -> Self {
        Self::Comparison(comparison)
    }
}

impl From<Match> for Test {
    fn from(how: Match) -> Self {
        Self::Match(how)
    }
}

/// The six comparisons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Comparison {
    Equal,
    NotEqual,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
}

impl Comparison {
    pub const ALL: [Self; 6] = [Self::Equal, Self::NotEqual, Self::Greater, Self::GreaterOrEqual, Self::Less, Self::LessOrEqual];
}

/// The two comparisons of what has no order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Equality {
    Equal,
    NotEqual,
}

/// How a needle is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Match {
    Contains,
    StartsWith,
    EndsWith,
}

/// Something that is text, or absent.
#[derive(Clone, Debug, PartialEq)]
pub enum TextExpression {
    Field(TextField),
    /// A custom attribute that is text: the items of a list with `;` between them, the caption of a relationship or else
    /// its id. Absent where it is a number, a moment or files.
    Attribute(VariableName),
    Literal(String),
    Absent,
    ToLower(Box<TextExpression>),
    ToUpper(Box<TextExpression>),
    /// Without the blanks (U+0020) around it.
    Trim(Box<TextExpression>),
    Concat(Box<TextExpression>, Box<TextExpression>),
    /// From a start counted in Unicode scalar values, for a length or to the end. What lies outside the text is left out.
    Substring {
        text: Box<TextExpression>,
        start: Box<NumberExpression>,
        length: Option<Box<NumberExpression>>,
    },
    /// Every exact occurrence of `find`; an empty one occurs nowhere.
    Replace {
        text: Box<TextExpression>,
        find: Box<TextExpression>,
        with: Box<TextExpression>,
    },
}

/// Something that is a number, or absent.
#[derive(Clone, Debug, PartialEq)]
pub enum NumberExpression {
    Field(NumberField),
    /// A custom attribute that is a number.
    Attribute(VariableName),
    Literal(Number),
    Absent,
    /// In Unicode scalar values.
    Length(Box<TextExpression>),
    /// Where the needle first occurs exactly, counted in Unicode scalar values from 0; -1 where it does not.
    IndexOf {
        haystack: Box<TextExpression>,
        needle: Box<TextExpression>,
    },
    /// Absent where the result does not exist: division by zero, overflow.
    Arithmetic {
        left: Box<NumberExpression>,
        operator: Arithmetic,
        right: Box<NumberExpression>,
    },
    Rounded(Rounding, Box<NumberExpression>),
}

/// A number as it was written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    Integer(i64),
    /// Finite.
    Decimal(f64),
}

/// Arithmetic. Two integers make an integer; `Divide` then drops the remainder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Arithmetic {
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

/// To a whole number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rounding {
    /// To the nearest, halves away from zero.
    Nearest,
    Floor,
    Ceiling,
}
