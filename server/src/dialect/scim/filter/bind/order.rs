//! `sortBy` (RFC 7644, section 3.4.2.3).

use super::super::tree::AttributePath;
use super::super::{Error, quoted};
use super::Scope;
use super::list::List;
use super::target::{self, Field, Target};
use rollcall_core::query::{Absent, Direction, IdField, NumberExpression, NumberField, OrderField, OrderTerm, TextExpression, TextField};

/// The order by an attribute: of a list, by its primary value or else its first. What is the same for all orders nothing.
pub fn order(text: &str, direction: Direction, scope: Scope<'_>) -> Result<Vec<OrderTerm>, Error> {
    let path = AttributePath::parse(text)?;
    let term = |field: Option<OrderField>| Ok(field.map(|field| by(field, direction)).into_iter().collect());
    match target::named(0, &path, scope)? {
        Target::One(field) => term(of_field(field)),
        Target::Each { list: List::Schemas, .. } => term(None),
        Target::Each { list: List::Roles, .. } => term(Some(OrderField::Number(NumberField::Role))),
        Target::Each { list: List::Stored(list), field: Some(field) } => {
            term(of_field(field).map(|field| OrderField::Element { list, field: Box::new(field) }))
        }
        Target::Each { field: None, .. } | Target::Whole(_) => {
            Err(Error::new(0, format!("{} has parts: sort by one of them, as in `name.familyName`", quoted(text))))
        }
    }
}

/// By a field as SCIM orders by one: what has no value is last going up and first going down.
pub fn by(field: OrderField, direction: Direction) -> OrderTerm {
    OrderTerm { field, direction, absent: Absent::Greatest }
}

fn of_field(field: Field) -> Option<OrderField> {
    Some(match field {
        Field::Text(TextExpression::Field(field)) => OrderField::Text(field),
        Field::Text(TextExpression::Attribute(name)) | Field::Number(NumberExpression::Attribute(name)) | Field::Moment(name) => {
            OrderField::Attribute(name)
        }
        Field::Number(NumberExpression::Field(field)) | Field::Digits(field) | Field::Word(field, _) => OrderField::Number(field),
        Field::Exact(field) | Field::Binary(field) => OrderField::Exact(field),
        Field::Id | Field::Address(_) => OrderField::Id(IdField::Id),
        Field::UserName => OrderField::Text(TextField::Login),
        Field::Boolean(field) => OrderField::Boolean(field),
        Field::Instant(field) => OrderField::Instant(field),
        Field::Text(_) | Field::Number(_) | Field::Fixed(_) => return None,
    })
}
