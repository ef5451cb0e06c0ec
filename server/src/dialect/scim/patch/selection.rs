//! The filter between the brackets of a path, asked of the values of a list: `emails[type eq "work"]`.
//!
//! It means what the same filter means in a search: two-valued, with texts compared as their sub-attribute says.

use super::super::body::boolean;
use super::super::error::Error;
use super::super::filter::tree::{AttributePath, Kind as Written, Literal, Node, Operator, Test};
use super::super::schema::{Attribute, Kind};
use rollcall_core::domain::folded;
use rollcall_core::query::Number;
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::cmp::Ordering;

/// Which values of a list are meant.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Selection<'a> {
    Not(Box<Self>),
    All(Vec<Self>),
    Any(Vec<Self>),
    Present(Part<'a>),
    Compared { part: Part<'a>, operator: Operator, with: Value },
}

/// What is looked at in a value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Part<'a> {
    Sub(&'a Attribute),
    /// The whole value of a list that has simple ones, which a filter calls `value`.
    Whole(&'a Attribute),
}

impl<'a> Selection<'a> {
    /// Binds what was written to the sub-attributes of an attribute.
    pub(super) fn bind(node: &Node, attribute: &'a Attribute) -> Result<Self, Error> {
        let all = |nodes: &[Node]| nodes.iter().map(|node| Self::bind(node, attribute)).collect::<Result<Vec<_>, _>>();
        match &node.kind {
            Written::Not(inner) => Ok(Self::Not(Box::new(Self::bind(inner, attribute)?))),
            Written::And(nodes) => Ok(Self::All(all(nodes)?)),
            Written::Or(nodes) => Ok(Self::Any(all(nodes)?)),
            Written::Test { path, test: Test::Present } => Ok(Self::Present(Part::named(path, attribute)?)),
            Written::Test { path, test: Test::Comparison { operator, value, .. } } => {
                Part::named(path, attribute)?.compared(*operator, value)
            }
            Written::ValuePath { path, .. } => {
                Err(Error::invalid_filter(format!("`{}` is no list to choose from inside the brackets.", path.text)))
            }
        }
    }

    /// Whether a value is meant.
    pub(super) fn passes(&self, value: &Value) -> bool {
        match self {
            Self::Not(inner) => !inner.passes(value),
            Self::All(all) => all.iter().all(|one| one.passes(value)),
            Self::Any(any) => any.iter().any(|one| one.passes(value)),
            Self::Present(part) => part.of(value).is_some(),
            Self::Compared { part, operator, with } => part.compare(part.of(value), *operator, with),
        }
    }

    /// The parts of a value that would be meant, where the filter says each of them by `eq` and nothing else, joined by
    /// `and`. A filter that looks for a `value` looks for what must be there, so it makes nothing.
    pub(super) fn seed(&self) -> Option<Map<String, Value>> {
        match self {
            Self::Compared { part: Part::Sub(sub), operator: Operator::Equal, with } if !with.is_null() && !sub.is_named("value") => {
                Some(Map::from_iter([(sub.name.to_string(), with.clone())]))
            }
            Self::All(all) => {
                let parts: Vec<Map<String, Value>> = all.iter().map(Self::seed).collect::<Option<_>>()?;
                let count = parts.len();
                let seed: Map<String, Value> = parts.into_iter().flatten().collect();
                (seed.len() == count).then_some(seed)
            }
            _ => None,
        }
    }
}

impl<'a> Part<'a> {
    fn named(path: &AttributePath, attribute: &'a Attribute) -> Result<Self, Error> {
        let is_plain = path.schema.is_none() && path.sub.is_none();
        let found = match &attribute.sub_attributes[..] {
            _ if !is_plain => None,
            [] => path.name.eq_ignore_ascii_case("value").then_some(Self::Whole(attribute)),
            [..] => attribute.sub_attribute(&path.name).map(Self::Sub),
        };
        found.ok_or_else(|| Error::invalid_filter(format!("There is no `{}` in `{}`.", path.text, attribute.name)))
    }

    const fn attribute(self) -> &'a Attribute {
        match self {
            Self::Sub(attribute) | Self::Whole(attribute) => attribute,
        }
    }

    fn of(self, value: &Value) -> Option<&Value> {
        match self {
            Self::Sub(sub) => value.get(sub.name.as_ref()),
            Self::Whole(_) => Some(value),
        }
    }

    /// A comparison, whose value is of the part's type.
    fn compared(self, operator: Operator, literal: &Literal) -> Result<Selection<'a>, Error> {
        let Attribute { name, kind, .. } = self.attribute();
        let with = match (kind, literal) {
            (_, Literal::Null) => Some(Value::Null),
            (Kind::Boolean, Literal::Boolean(said)) => Some(Value::Bool(*said)),
            (Kind::Boolean, Literal::Text(word)) => boolean(&Value::from(word.as_str())).map(Value::Bool),
            (Kind::Integer | Kind::Decimal, Literal::Number(Number::Integer(number))) => Some(Value::from(*number)),
            (Kind::Integer | Kind::Decimal, Literal::Number(Number::Decimal(number))) => Some(Value::from(*number)),
            (Kind::String | Kind::Reference | Kind::Binary | Kind::DateTime, Literal::Text(text)) => Some(Value::from(text.as_str())),
            _ => None,
        };
        match with {
            Some(with) if is_comparable(operator, &with) => Ok(Selection::Compared { part: self, operator, with }),
            _ => {
                let (kind, operator) = (kind.as_str(), operator.as_str());
                Err(Error::invalid_filter(format!("`{name}` is of the type {kind}, and `{operator}` does not compare it with that.")))
            }
        }
    }

    fn compare(self, found: Option<&Value>, operator: Operator, with: &Value) -> bool {
        let order = || found.and_then(|found| self.order(found, with));
        let texts = |test: fn(&str, &str) -> bool| match (found, with) {
            (Some(Value::String(found)), Value::String(with)) => test(&self.text(found), &self.text(with)),
            _ => false,
        };
        match operator {
            Operator::Equal => found.map_or(with.is_null(), |found| self.are_alike(found, with)),
            Operator::NotEqual => !self.compare(found, Operator::Equal, with),
            Operator::Contains => texts(|found, with| found.contains(with)),
            Operator::StartsWith => texts(|found, with| found.starts_with(with)),
            Operator::EndsWith => texts(|found, with| found.ends_with(with)),
            Operator::Greater => order().is_some_and(Ordering::is_gt),
            Operator::GreaterOrEqual => order().is_some_and(Ordering::is_ge),
            Operator::Less => order().is_some_and(Ordering::is_lt),
            Operator::LessOrEqual => order().is_some_and(Ordering::is_le),
        }
    }

    fn are_alike(self, found: &Value, with: &Value) -> bool {
        match (found, with) {
            // Most texts are ASCII, and many are compared.
            (Value::String(found), Value::String(with)) if found.is_ascii() && with.is_ascii() && !self.attribute().case_exact => {
                found.eq_ignore_ascii_case(with)
            }
            _ => self.order(found, with).map_or_else(|| found == with, Ordering::is_eq),
        }
    }

    fn order(self, found: &Value, with: &Value) -> Option<Ordering> {
        match (found, with) {
            (Value::String(found), Value::String(with)) => Some(self.text(found).cmp(&self.text(with))),
            (Value::Number(found), Value::Number(with)) => match (found.as_i64(), with.as_i64()) {
                (Some(found), Some(with)) => Some(found.cmp(&with)),
                _ => found.as_f64()?.partial_cmp(&with.as_f64()?),
            },
            _ => None,
        }
    }

    /// A text as it is compared.
    fn text(self, text: &str) -> Cow<'_, str> {
        if self.attribute().case_exact { Cow::Borrowed(text) } else { Cow::Owned(folded(text)) }
    }
}

/// Whether an operator has a meaning for values like this one.
fn is_comparable(operator: Operator, with: &Value) -> bool {
    match operator {
        Operator::Equal | Operator::NotEqual => true,
        Operator::Contains | Operator::StartsWith | Operator::EndsWith => with.is_string(),
        Operator::Greater | Operator::GreaterOrEqual | Operator::Less | Operator::LessOrEqual => with.is_string() || with.is_number(),
    }
}

/// Whether two values of an attribute are the same one, by its rule of case.
pub(super) fn are_alike(attribute: &Attribute, one: &Value, other: &Value) -> bool {
    Part::Whole(attribute).are_alike(one, other)
}
