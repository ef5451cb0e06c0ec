//! The syntax tree: what was written, before anybody asks which fields there are and whether the types fit.

use jiff::{SignedDuration, Timestamp, tz::Offset};
use rollcall_core::query::{Arithmetic, Comparison, Number};
use uuid::Uuid;

/// One node and where it stands: at its operator, its function's name, or its first byte.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    pub position: usize,
    pub kind: Kind,
}

/// What a node is.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    Literal(Literal),
    Field(String),
    Call {
        function: Function,
        arguments: Vec<Node>,
    },
    Not(Box<Node>),
    /// Unary minus.
    Negated(Box<Node>),
    Arithmetic {
        left: Box<Node>,
        operator: Arithmetic,
        right: Box<Node>,
    },
    Comparison {
        left: Box<Node>,
        comparison: Comparison,
        right: Box<Node>,
    },
    /// Two or more; a chain is one node.
    And(Vec<Node>),
    /// Two or more; a chain is one node.
    Or(Vec<Node>),
}

/// A value as it was written.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    Null,
    Boolean(bool),
    Number(Number),
    Text(String),
    Guid(Uuid),
    Moment(Moment),
    /// A span of time, which OData 2.0 calls a time.
    Time(SignedDuration),
    Binary(Vec<u8>),
}

/// A `datetime`, read as UTC, or a `datetimeoffset`: its calendar keeps the offset that it was written with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    pub at: Timestamp,
    pub offset: Offset,
}

/// The functions of OData 2.0, and `contains` of 4.0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    SubstringOf,
    StartsWith,
    EndsWith,
    Contains,
    Length,
    IndexOf,
    Substring,
    ToLower,
    ToUpper,
    Trim,
    Concat,
    Replace,
    Year,
    Month,
    Day,
    Hour,
    Minute,
    Second,
    Round,
    Floor,
    Ceiling,
}

impl Function {
    pub const ALL: [Self; 21] = [
        Self::SubstringOf,
        Self::StartsWith,
        Self::EndsWith,
        Self::Contains,
        Self::Length,
        Self::IndexOf,
        Self::Substring,
        Self::ToLower,
        Self::ToUpper,
        Self::Trim,
        Self::Concat,
        Self::Replace,
        Self::Year,
        Self::Month,
        Self::Day,
        Self::Hour,
        Self::Minute,
        Self::Second,
        Self::Round,
        Self::Floor,
        Self::Ceiling,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SubstringOf => "substringof",
            Self::StartsWith => "startswith",
            Self::EndsWith => "endswith",
            Self::Contains => "contains",
            Self::Length => "length",
            Self::IndexOf => "indexof",
            Self::Substring => "substring",
            Self::ToLower => "tolower",
            Self::ToUpper => "toupper",
            Self::Trim => "trim",
            Self::Concat => "concat",
            Self::Replace => "replace",
            Self::Year => "year",
            Self::Month => "month",
            Self::Day => "day",
            Self::Hour => "hour",
            Self::Minute => "minute",
            Self::Second => "second",
            Self::Round => "round",
            Self::Floor => "floor",
            Self::Ceiling => "ceiling",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|function| function.as_str() == word)
    }

    /// The least and the greatest number of arguments.
    pub const fn arguments(self) -> (usize, usize) {
        match self {
            Self::SubstringOf | Self::StartsWith | Self::EndsWith | Self::Contains | Self::IndexOf | Self::Concat => (2, 2),
            Self::Substring => (2, 3),
            Self::Replace => (3, 3),
            _ => (1, 1),
        }
    }
}

/// The operators between two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    Or,
    And,
    Comparison(Comparison),
    Arithmetic(Arithmetic),
}

impl Operator {
    pub const ALL: [Self; 13] = [
        Self::Or,
        Self::And,
        Self::Comparison(Comparison::Equal),
        Self::Comparison(Comparison::NotEqual),
        Self::Comparison(Comparison::Greater),
        Self::Comparison(Comparison::GreaterOrEqual),
        Self::Comparison(Comparison::Less),
        Self::Comparison(Comparison::LessOrEqual),
        Self::Arithmetic(Arithmetic::Add),
        Self::Arithmetic(Arithmetic::Subtract),
        Self::Arithmetic(Arithmetic::Multiply),
        Self::Arithmetic(Arithmetic::Divide),
        Self::Arithmetic(Arithmetic::Remainder),
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Or => "or",
            Self::And => "and",
            Self::Comparison(Comparison::Equal) => "eq",
            Self::Comparison(Comparison::NotEqual) => "ne",
            Self::Comparison(Comparison::Greater) => "gt",
            Self::Comparison(Comparison::GreaterOrEqual) => "ge",
            Self::Comparison(Comparison::Less) => "lt",
            Self::Comparison(Comparison::LessOrEqual) => "le",
            Self::Arithmetic(Arithmetic::Add) => "add",
            Self::Arithmetic(Arithmetic::Subtract) => "sub",
            Self::Arithmetic(Arithmetic::Multiply) => "mul",
            Self::Arithmetic(Arithmetic::Divide) => "div",
            Self::Arithmetic(Arithmetic::Remainder) => "mod",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|operator| operator.as_str() == word)
    }

    /// How tightly it binds: the greater, the tighter.
    pub const fn binding(self) -> u8 {
        match self {
            Self::Or => 1,
            Self::And => 2,
            Self::Comparison(Comparison::Equal | Comparison::NotEqual) => 3,
            Self::Comparison(_) => 4,
            Self::Arithmetic(Arithmetic::Add | Arithmetic::Subtract) => 5,
            Self::Arithmetic(_) => 6,
        }
    }
}
