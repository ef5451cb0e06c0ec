//! An operator and a value for each type (RFC 7644, section 3.4.2.2, table 3).

use super::super::tree::{Literal, Operator};
use super::super::{Error, quoted};
use super::address;
use super::target::Field;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;
use rollcall_core::domain::{Instant, folded};
use rollcall_core::query::{
    Comparison, Element, Equality, ExactField, Filter, IdField, Match, Number, NumberExpression, NumberField, Part, Test, TextExpression,
    TextField,
};
use uuid::Uuid;

/// What is asked of an attribute.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The attribute as it was written.
    pub name: &'a str,
    pub operator: Operator,
    /// Of the operator.
    pub position: usize,
    pub value: &'a Literal,
    /// Of the value.
    pub value_position: usize,
}

impl Asked<'_> {
    /// Whether an attribute that is absent passes.
    pub const fn is_passed_by_absence(&self) -> bool {
        let is_null = matches!(self.value, Literal::Null);
        matches!((self.operator, is_null), (Operator::Equal, true) | (Operator::NotEqual, false))
    }

    /// Refuses the operator.
    fn unfit(&self, kind: &str, operators: &str) -> Error {
        let (name, operator) = (quoted(self.name), self.operator.as_str());
        Error::new(self.position, format!("{name} is {kind}, which takes {operators} and pr, not {operator}"))
    }

    /// Refuses the value.
    fn unlike(&self, kind: &str, fit: &str) -> Error {
        Error::new(self.value_position, format!("{} is {kind}: it is compared with {fit}", quoted(self.name)))
    }

    fn text(&self, kind: &str) -> Result<&str, Error> {
        match self.value {
            // No field holds one, and not every database takes one as a parameter.
            Literal::Text(text) if text.contains('\0') => {
                Err(Error::new(self.value_position, "the text that begins here holds a NUL character"))
            }
            Literal::Text(text) => Ok(text),
            _ => Err(self.unlike(kind, "a text in double quotes")),
        }
    }

    fn boolean(&self) -> Result<bool, Error> {
        match self.value {
            Literal::Boolean(value) => Ok(*value),
            // Some clients write every value as a text.
            Literal::Text(word) if word.eq_ignore_ascii_case("true") => Ok(true),
            Literal::Text(word) if word.eq_ignore_ascii_case("false") => Ok(false),
            _ => Err(self.unlike("a boolean", "true or false")),
        }
    }

    fn number(&self) -> Result<Number, Error> {
        match self.value {
            Literal::Number(number) => Ok(*number),
            _ => Err(self.unlike("a number", "a number without quotes")),
        }
    }

    fn moment(&self) -> Result<Timestamp, Error> {
        let moment = match self.value {
            Literal::Text(text) => moment(text),
            _ => None,
        };
        moment.ok_or_else(|| self.unlike("a moment", "a text such as \"2011-05-13T04:42:34Z\""))
    }

    fn equality(&self, kind: &str) -> Result<Equality, Error> {
        match test(self.operator) {
            Test::Comparison(Comparison::Equal) => Ok(Equality::Equal),
            Test::Comparison(Comparison::NotEqual) => Ok(Equality::NotEqual),
            _ => Err(self.unfit(kind, "eq, ne")),
        }
    }

    fn comparison(&self, kind: &str) -> Result<Comparison, Error> {
        match test(self.operator) {
            Test::Comparison(comparison) => Ok(comparison),
            Test::Match(_) => Err(self.unfit(kind, "eq, ne, gt, ge, lt, le")),
        }
    }
}

impl Field {
    /// `pr`.
    pub fn is_present(&self) -> Filter {
        let differs = Comparison::NotEqual;
        match self {
            Self::Text(left) => Filter::Text { left: left.clone(), comparison: differs, right: TextExpression::Absent },
            Self::Exact(field) | Self::Binary(field) => Filter::Exact { field: *field, test: differs.into(), value: None },
            Self::Boolean(field) => Filter::Boolean { field: *field, equality: Equality::NotEqual, value: None },
            Self::Number(left) => Filter::Number { left: left.clone(), comparison: differs, right: NumberExpression::Absent },
            Self::Digits(field) => {
                Filter::Number { left: NumberExpression::Field(*field), comparison: differs, right: NumberExpression::Absent }
            }
            Self::Instant(field) => Filter::Instant { field: *field, comparison: differs, value: None },
            Self::Moment(attribute) => Filter::AttributeInstant { attribute: attribute.clone(), comparison: differs, value: None },
            Self::Id | Self::UserName | Self::Word(..) | Self::Address(_) | Self::Fixed(_) => Filter::Constant(true),
        }
    }

    /// Everything but `pr`.
    pub fn compare(&self, asked: Asked<'_>) -> Result<Filter, Error> {
        match (asked.operator, asked.value) {
            (Operator::Equal, Literal::Null) => return Ok(self.is_present().negated()),
            (Operator::NotEqual, Literal::Null) => return Ok(self.is_present()),
            (_, Literal::Null) => return Err(Error::new(asked.position, "null is compared with eq and ne alone")),
            _ => {}
        }
        let asks = test(asked.operator);
        Ok(match self {
            Self::Text(left) => text(left.clone(), asks, asked.text("a string")?),
            Self::Exact(field) => Filter::exact(*field, asks, asked.text("a string")?),
            Self::Binary(field) => Filter::exact(*field, Comparison::from(asked.equality("binary")?), asked.text("binary")?),
            Self::Id => id(asks, asked.text("a string")?),
            Self::UserName => user_name(asks, asked.text("a string")?),
            Self::Boolean(field) => {
                Filter::Boolean { field: *field, equality: asked.equality("a boolean")?, value: Some(asked.boolean()?) }
            }
            Self::Number(left) => {
                let right = NumberExpression::Literal(asked.number()?);
                Filter::Number { left: left.clone(), comparison: asked.comparison("a number")?, right }
            }
            Self::Digits(field) => digits(*field, asked.equality("one of a list of numbers")?, asked.text("a string")?),
            Self::Instant(field) => since(asked.comparison("a moment")?, asked.moment()?, |comparison, value| Filter::Instant {
                field: *field,
                comparison,
                value: Some(value),
            }),
            Self::Moment(attribute) => since(asked.comparison("a moment")?, asked.moment()?, |comparison, value| {
                Filter::AttributeInstant { attribute: attribute.clone(), comparison, value: Some(value) }
            }),
            Self::Word(field, words) => word(*field, words, asks, asked.text("a string")?),
            Self::Address(addresses) => address::compare(addresses, asks, asked.text("a reference")?),
            Self::Fixed(fixed) => {
                let filter = Filter::exact(ExactField::Part(Part::Value), asks, asked.text("a string")?);
                Filter::Constant(filter.matches(&Element::of(*fixed)))
            }
        })
    }
}

/// The operator in the words of the query core.
const fn test(operator: Operator) -> Test {
    match operator {
        Operator::Equal => Test::Comparison(Comparison::Equal),
        Operator::NotEqual => Test::Comparison(Comparison::NotEqual),
        Operator::Greater => Test::Comparison(Comparison::Greater),
        Operator::GreaterOrEqual => Test::Comparison(Comparison::GreaterOrEqual),
        Operator::Less => Test::Comparison(Comparison::Less),
        Operator::LessOrEqual => Test::Comparison(Comparison::LessOrEqual),
        Operator::Contains => Test::Match(Match::Contains),
        Operator::StartsWith => Test::Match(Match::StartsWith),
        Operator::EndsWith => Test::Match(Match::EndsWith),
    }
}

/// Without case.
fn text(left: TextExpression, asks: Test, value: &str) -> Filter {
    let right = TextExpression::Literal(value.to_owned());
    match asks {
        Test::Comparison(comparison) => Filter::Text { left, comparison, right },
        Test::Match(how) => Filter::Match { haystack: left, how, needle: right },
    }
}

/// An id is shown in one spelling, and case counts, so no other is anybody's.
pub fn id(asks: Test, value: &str) -> Filter {
    let known = || Uuid::try_parse(value).ok().filter(|id| id.to_string() == value);
    match asks {
        Test::Comparison(Comparison::Equal) => known().map_or(Filter::Constant(false), |value| Filter::id(IdField::Id, value)),
        Test::Comparison(Comparison::NotEqual) => id(Comparison::Equal.into(), value).negated(),
        asks => Filter::exact(ExactField::Id, asks, value),
    }
}

/// The login without case, or the id of somebody who has none, without case too.
fn user_name(asks: Test, value: &str) -> Filter {
    if asks == Test::Comparison(Comparison::NotEqual) {
        return user_name(Comparison::Equal.into(), value).negated();
    }
    let login = TextExpression::Field(TextField::Login);
    let has_none = Filter::Text { left: login.clone(), comparison: Comparison::Equal, right: TextExpression::Absent };
    let value_of_id = folded(value);
    let by_id = match asks {
        // Those without a login may be many, so they are not looked through for what no id holds.
        Test::Match(_) if !value_of_id.chars().all(stands_in_id) => Filter::Constant(false),
        _ => id(asks, &value_of_id),
    };
    Filter::Or(vec![text(login, asks, value), has_none.and(by_id)])
}

const fn stands_in_id(character: char) -> bool {
    matches!(character, '0'..='9' | 'a'..='f' | '-')
}

/// A number has one spelling, so no other is anybody's.
fn digits(field: NumberField, equality: Equality, value: &str) -> Filter {
    let number = value.parse().ok().filter(|number: &i64| number.to_string() == value);
    let equal = number.map_or(Filter::Constant(false), |number| Filter::number(field, Comparison::Equal, number));
    match equality {
        Equality::Equal => equal,
        Equality::NotEqual => equal.negated(),
    }
}

/// Which of the words pass.
fn word(field: NumberField, words: &[(String, i64)], asks: Test, value: &str) -> Filter {
    let filter = text(TextExpression::Field(TextField::Part(Part::Value)), asks, value);
    let passing = words.iter().filter(|(word, _)| filter.matches(&Element::of(word.as_str())));
    Filter::Or(passing.map(|(_, code)| Filter::number(field, Comparison::Equal, *code)).collect())
}

/// Moments are kept by the millisecond. One between two of them equals none, and stands after the first.
fn since(comparison: Comparison, moment: Timestamp, filter: impl FnOnce(Comparison, Instant) -> Filter) -> Filter {
    let instant = Instant::new(moment);
    let is_whole = instant.timestamp() == moment;
    match comparison {
        Comparison::Equal if !is_whole => Filter::Constant(false),
        Comparison::NotEqual if !is_whole => Filter::Constant(true),
        Comparison::Less if !is_whole => filter(Comparison::LessOrEqual, instant),
        Comparison::GreaterOrEqual if !is_whole => filter(Comparison::Greater, instant),
        comparison => filter(comparison, instant),
    }
}

/// A date and a time (RFC 7643, section 2.3.5); without an offset they are read as UTC.
fn moment(text: &str) -> Option<Timestamp> {
    let is_form = text.as_bytes().get(10).is_some_and(|byte| byte.eq_ignore_ascii_case(&b'T')) && !text.contains('[');
    let local = || text.parse().ok().and_then(|local: DateTime| Offset::UTC.to_timestamp(local).ok());
    if is_form { text.parse().ok().or_else(local) } else { None }
}
