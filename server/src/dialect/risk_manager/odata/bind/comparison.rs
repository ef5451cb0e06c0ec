//! The six comparisons. Null goes with every type; otherwise both sides have the same one, but a guid may also be
//! written as text and a status always is.

use super::super::tree::Moment;
use super::super::{Error, quoted};
use super::Value;
use rollcall_core::domain::{Account, Instant, VariableName, folded};
use rollcall_core::query::{Comparison, Equality, Filter, IdField, NumberExpression, NumberField, TextExpression};
use uuid::Uuid;

/// The words of a status, each with what it stands for.
const STATUSES: [(&str, Account); 3] = [("Active", Account::Active), ("Blocked", Account::Blocked), ("NoAccess", Account::None)];

/// Compares two values; `position` is the operator's.
pub fn bind(position: usize, left: Value, comparison: Comparison, right: Value) -> Result<Filter, Error> {
    use Value::{Binary, Condition, Guid, Id, Moment, Null, Number, Since, Status, Text, Time};
    Ok(match (left, right) {
        (Null, Null) => decided(comparison, None::<()>, None),
        // What a side can be compared with is asked of the left one alone.
        (Null, right) => return bind(position, right, comparison.mirrored(), Null),
        (Text(left), right @ (Id(_) | Guid(_) | Status(_))) => return bind(position, right, comparison.mirrored(), Text(left)),
        (Moment(left), right @ Since(_)) => return bind(position, right, comparison.mirrored(), Moment(left)),
        (Guid(left), Id(right)) => return bind(position, Id(right), comparison.mirrored(), Guid(left)),

        (Text(left), Text(right)) => Filter::Text { left, comparison, right },
        (Text(left), Null) => Filter::Text { left, comparison, right: TextExpression::Absent },
        (Number(left), Number(right)) => Filter::Number { left, comparison, right },
        (Number(left), Null) => Filter::Number { left, comparison, right: NumberExpression::Absent },
        (Moment(left), Moment(right)) => decided(comparison, Some(left.at), Some(right.at)),
        (Moment(left), Null) => decided(comparison, Some(left.at), None),
        (Since(attribute), Moment(right)) => since(attribute, comparison, right),
        (Since(attribute), Null) => Filter::AttributeInstant { attribute, comparison, value: None },
        (Time(left), Time(right)) => decided(comparison, Some(left), Some(right)),
        (Time(left), Null) => decided(comparison, Some(left), None),

        (Condition(left), right @ (Condition(_) | Null)) => conditions(left, equality(position, comparison, "a condition")?, right),
        (Binary(left), right @ (Binary(_) | Null)) => binary(&left, equality(position, comparison, "binary data")?, &right),
        (Guid(left), right) => guid(position, left, equality(position, comparison, "a guid")?, right)?,
        (Id(field), right) => id(position, field, equality(position, comparison, "a guid")?, right)?,
        (Status(field), right) => status(position, field, equality(position, comparison, "a status")?, right)?,
        (left, right) => return Err(unlike(position, left.name(), &right)),
    })
}

/// Attributes are kept by the millisecond. A literal between two of them equals none, and stands after the first.
fn since(attribute: VariableName, comparison: Comparison, literal: Moment) -> Filter {
    let instant = Instant::new(literal.at);
    let is_whole = instant.timestamp() == literal.at;
    let comparison = match comparison {
        Comparison::Equal if !is_whole => return Filter::Constant(false),
        Comparison::NotEqual if !is_whole => return Filter::Constant(true),
        Comparison::Less if !is_whole => Comparison::LessOrEqual,
        Comparison::GreaterOrEqual if !is_whole => Comparison::Greater,
        whole => whole,
    };
    Filter::AttributeInstant { attribute, comparison, value: Some(instant) }
}

fn decided<T: Ord>(comparison: Comparison, left: Option<T>, right: Option<T>) -> Filter {
    Filter::Constant(comparison.holds(left, right))
}

fn equality(position: usize, comparison: Comparison, what: &str) -> Result<Equality, Error> {
    match comparison {
        Comparison::Equal => Ok(Equality::Equal),
        Comparison::NotEqual => Ok(Equality::NotEqual),
        _ => Err(Error::new(position, format!("{what} has no order: it is compared with `eq` and `ne` only"))),
    }
}

fn unlike(position: usize, left: &str, right: &Value) -> Error {
    Error::new(position, format!("{left} cannot be compared with {}", right.name()))
}

/// The filter, or its opposite for `ne`.
fn equal(filter: Filter, equality: Equality) -> Filter {
    match equality {
        Equality::Equal => filter,
        Equality::NotEqual => filter.negated(),
    }
}

/// A condition is true or false, so it is never null.
fn conditions(left: Filter, equality: Equality, right: Value) -> Filter {
    let is_same = match right {
        Value::Condition(right) => Filter::Same(Box::new(left), Box::new(right)),
        _ => Filter::Constant(false),
    };
    equal(is_same, equality)
}

fn binary(left: &[u8], equality: Equality, right: &Value) -> Filter {
    equal(Filter::Constant(matches!(right, Value::Binary(right) if left == right)), equality)
}

fn guid(position: usize, left: Uuid, equality: Equality, right: Value) -> Result<Filter, Error> {
    Ok(Filter::Constant(equality.holds(Some(left), read_guid(position, right)?)))
}

fn id(position: usize, field: IdField, equality: Equality, right: Value) -> Result<Filter, Error> {
    if let Value::Id(right) = right {
        return Ok(equal(Filter::Constant(field == right), equality));
    }
    Ok(Filter::Id { field, equality, value: read_guid(position, right)? })
}

/// A guid, or text that is one, or null.
fn read_guid(position: usize, value: Value) -> Result<Option<Uuid>, Error> {
    match value {
        Value::Guid(id) => Ok(Some(id)),
        Value::Null => Ok(None),
        Value::Text(TextExpression::Literal(text)) => match Uuid::try_parse(&text) {
            Ok(id) => Ok(Some(id)),
            Err(_) => Err(Error::new(position, format!("a guid is compared with {}, which is no guid", quoted(&text)))),
        },
        other => Err(unlike(position, "a guid", &other)),
    }
}

/// Everybody has a status. A word that is none is nobody's.
fn status(position: usize, field: NumberField, equality: Equality, right: Value) -> Result<Filter, Error> {
    let word = match right {
        Value::Null => None,
        Value::Status(right) => return Ok(equal(Filter::Constant(field == right), equality)),
        Value::Text(text) => text.constant().ok_or_else(|| Error::new(position, "a status is compared with a literal text or null"))?,
        other => return Err(unlike(position, "a status", &other)),
    };
    let account = word.and_then(|word| {
        let is_it = |(label, _): &(&str, Account)| folded(label) == folded(&word);
        STATUSES.into_iter().find(is_it).map(|(_, account)| account)
    });
    let filter = account.map_or(Filter::Constant(false), |account| Filter::number(field, Comparison::Equal, account.code()));
    Ok(equal(filter, equality))
}
