//! Tree → filter: names become fields, and what does not fit together is refused with its place.
//!
//! | file | what it binds |
//! | --- | --- |
//! | here | the types, conditions, arithmetic |
//! | `comparison` | the six comparisons, which depend on both sides' types |
//! | `call` | functions |

mod call;
mod comparison;

use super::tree::{Kind, Literal, Moment, Node};
use super::{Error, Field, Fields};
use jiff::SignedDuration;
use rollcall_core::domain::{AttributeKind, VariableName};
use rollcall_core::query::{Arithmetic, Filter, IdField, Number, NumberExpression, NumberField, TextExpression};
use uuid::Uuid;

/// The filter that a tree means over these fields. Conditions of literals alone are already decided in it.
pub fn bind(tree: &Node, fields: &Fields<'_>) -> Result<Filter, Error> {
    Binder { fields }.condition(tree).map(Filter::simplified)
}

/// A bound node, by its type.
#[derive(Debug)]
enum Value {
    /// Of every type.
    Null,
    Condition(Filter),
    Text(TextExpression),
    Number(NumberExpression),
    Id(IdField),
    /// Text to the client, a code in the store.
    Status(NumberField),
    /// A custom attribute that is a date.
    Since(VariableName),
    // No other field has one of these types, so they are met as literals only.
    Guid(Uuid),
    Moment(Moment),
    Time(SignedDuration),
    Binary(Vec<u8>),
}

impl Value {
    /// For messages.
    const fn name(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Condition(_) => "a condition",
            Self::Text(_) => "text",
            Self::Number(_) => "a number",
            Self::Id(_) | Self::Guid(_) => "a guid",
            Self::Status(_) => "a status",
            Self::Since(_) => "a date attribute",
            Self::Moment(_) => "a date",
            Self::Time(_) => "a time",
            Self::Binary(_) => "binary data",
        }
    }
}

/// Binds nodes over these fields. It calls itself as deep as the tree is high, which the parser has limited.
#[derive(Clone, Copy)]
struct Binder<'a> {
    fields: &'a Fields<'a>,
}

impl Binder<'_> {
    fn condition(self, node: &Node) -> Result<Filter, Error> {
        match self.value(node)? {
            Value::Condition(filter) => Ok(filter),
            other => Err(mistyped(node, "a condition such as `Name eq 'Jane'`", &other)),
        }
    }

    fn conditions(self, nodes: &[Node]) -> Result<Vec<Filter>, Error> {
        nodes.iter().map(|node| self.condition(node)).collect()
    }

    fn text(self, node: &Node) -> Result<TextExpression, Error> {
        match self.value(node)? {
            Value::Text(text) => Ok(text),
            Value::Null => Ok(TextExpression::Absent),
            Value::Status(_) => Err(Error::new(node.position, "a status takes only `eq` and `ne`, and no function")),
            other => Err(mistyped(node, "text", &other)),
        }
    }

    fn number(self, node: &Node) -> Result<NumberExpression, Error> {
        match self.value(node)? {
            Value::Number(number) => Ok(number),
            Value::Null => Ok(NumberExpression::Absent),
            other => Err(mistyped(node, "a number", &other)),
        }
    }

    fn value(self, node: &Node) -> Result<Value, Error> {
        Ok(match &node.kind {
            Kind::Literal(literal) => of_literal(literal),
            Kind::Field(name) => of_field(self.fields.find(node.position, name)?),
            Kind::Call { function, arguments } => self.call(node.position, *function, arguments)?,
            Kind::Not(inner) => Value::Condition(self.negated(inner)?),
            Kind::Negated(inner) => {
                let zero = NumberExpression::Literal(Number::Integer(0));
                arithmetic(zero, Arithmetic::Subtract, self.number(inner)?)
            }
            Kind::Arithmetic { left, operator, right } => arithmetic(self.number(left)?, *operator, self.number(right)?),
            Kind::Comparison { left, comparison, right } => {
                Value::Condition(comparison::bind(node.position, self.value(left)?, *comparison, self.value(right)?)?)
            }
            Kind::And(nodes) => Value::Condition(Filter::And(self.conditions(nodes)?)),
            Kind::Or(nodes) => Value::Condition(Filter::Or(self.conditions(nodes)?)),
        })
    }

    fn negated(self, inner: &Node) -> Result<Filter, Error> {
        match self.value(inner)? {
            Value::Condition(filter) => Ok(filter.negated()),
            // `not Name eq 'a'` is read as `(not Name) eq 'a'`: unary operators bind tighter than comparisons.
            other => Err(mistyped(inner, "a condition, in parentheses if it is a comparison, after `not`", &other)),
        }
    }
}

fn arithmetic(left: NumberExpression, operator: Arithmetic, right: NumberExpression) -> Value {
    Value::Number(NumberExpression::Arithmetic { left: Box::new(left), operator, right: Box::new(right) })
}

fn of_literal(literal: &Literal) -> Value {
    match literal {
        Literal::Null => Value::Null,
        Literal::Boolean(value) => Value::Condition(Filter::Constant(*value)),
        Literal::Number(number) => Value::Number(NumberExpression::Literal(*number)),
        Literal::Text(text) => Value::Text(TextExpression::Literal(text.clone())),
        Literal::Guid(id) => Value::Guid(*id),
        Literal::Moment(moment) => Value::Moment(*moment),
        Literal::Time(time) => Value::Time(*time),
        Literal::Binary(bytes) => Value::Binary(bytes.clone()),
    }
}

fn of_field(field: Field) -> Value {
    match field {
        Field::Id => Value::Id(IdField::Id),
        Field::Text(field) => Value::Text(TextExpression::Field(field)),
        Field::Status => Value::Status(NumberField::Account),
        Field::Attribute(name, AttributeKind::Number) => Value::Number(NumberExpression::Attribute(name)),
        Field::Attribute(name, AttributeKind::DateTime) => Value::Since(name),
        Field::Attribute(name, _) => Value::Text(TextExpression::Attribute(name)),
    }
}

fn mistyped(node: &Node, expected: &str, found: &Value) -> Error {
    Error::new(node.position, format!("expected {expected}, found {}", found.name()))
}
