//! Functions. The parser has checked how many arguments there are; here their types are.

use super::super::Error;
use super::super::tree::{Function, Moment, Node};
use super::{Binder, Value};
use jiff::SignedDuration;
use rollcall_core::query::{Filter, Match, Number, NumberExpression, Rounding, TextExpression};

impl Binder<'_> {
    pub(super) fn call(self, position: usize, function: Function, arguments: &[Node]) -> Result<Value, Error> {
        match (function, arguments) {
            (Function::SubstringOf, [first, second]) => self.substring_of(first, second),
            (Function::Contains, [haystack, needle]) => self.found(haystack, Match::Contains, needle),
            (Function::StartsWith, [haystack, needle]) => self.found(haystack, Match::StartsWith, needle),
            (Function::EndsWith, [haystack, needle]) => self.found(haystack, Match::EndsWith, needle),
            (Function::Substring, [text, start, length @ ..]) => self.substring(text, start, length.first()),
            (Function::Replace, [text, find, with]) => {
                let [text, find, with] = [self.boxed(text)?, self.boxed(find)?, self.boxed(with)?];
                Ok(Value::Text(TextExpression::Replace { text, find, with }))
            }
            (Function::Concat, [first, second]) => Ok(Value::Text(TextExpression::Concat(self.boxed(first)?, self.boxed(second)?))),
            (Function::IndexOf, [haystack, needle]) => {
                let (haystack, needle) = (self.boxed(haystack)?, self.boxed(needle)?);
                Ok(Value::Number(NumberExpression::IndexOf { haystack, needle }))
            }
            (_, [only]) => self.unary(function, only),
            _ => Err(Error::new(position, format!("wrong number of arguments of `{}`", function.as_str()))),
        }
    }

    fn unary(self, function: Function, argument: &Node) -> Result<Value, Error> {
        let rounded = |rounding| Ok(Value::Number(NumberExpression::Rounded(rounding, Box::new(self.number(argument)?))));
        match function {
            Function::Length => Ok(Value::Number(NumberExpression::Length(self.boxed(argument)?))),
            Function::ToLower => Ok(Value::Text(TextExpression::ToLower(self.boxed(argument)?))),
            Function::ToUpper => Ok(Value::Text(TextExpression::ToUpper(self.boxed(argument)?))),
            Function::Trim => Ok(Value::Text(TextExpression::Trim(self.boxed(argument)?))),
            Function::Round => rounded(Rounding::Nearest),
            Function::Floor => rounded(Rounding::Floor),
            Function::Ceiling => rounded(Rounding::Ceiling),
            _ => self.date_part(function, argument),
        }
    }

    fn boxed(self, node: &Node) -> Result<Box<TextExpression>, Error> {
        self.text(node).map(Box::new)
    }

    fn found(self, haystack: &Node, how: Match, needle: &Node) -> Result<Value, Error> {
        let (haystack, needle) = (self.text(haystack)?, self.text(needle)?);
        Ok(Value::Condition(Filter::Match { haystack, how, needle }))
    }

    /// The standard and the people page write (needle, field); the vendor's page on members of groups writes (field,
    /// needle). We accept both: a literal is looked for in a field, whichever comes first.
    fn substring_of(self, first: &Node, second: &Node) -> Result<Value, Error> {
        let (first, second) = (self.text(first)?, self.text(second)?);
        let is_field_first = !first.is_constant() && second.is_constant();
        let (needle, haystack) = if is_field_first { (second, first) } else { (first, second) };
        Ok(Value::Condition(Filter::Match { haystack, how: Match::Contains, needle }))
    }

    fn substring(self, text: &Node, start: &Node, length: Option<&Node>) -> Result<Value, Error> {
        let text = self.boxed(text)?;
        let start = Box::new(self.place(start)?);
        let length = length.map(|length| self.place(length).map(Box::new)).transpose()?;
        Ok(Value::Text(TextExpression::Substring { text, start, length }))
    }

    fn place(self, node: &Node) -> Result<NumberExpression, Error> {
        match self.number(node)? {
            NumberExpression::Literal(Number::Decimal(_)) => Err(Error::new(node.position, "`substring` counts in whole numbers")),
            place => Ok(place),
        }
    }

    /// The date is a literal, so its part is known.
    fn date_part(self, function: Function, argument: &Node) -> Result<Value, Error> {
        let part = match self.value(argument)? {
            Value::Null => return Ok(Value::Number(NumberExpression::Absent)),
            Value::Moment(moment) => Some(part_of_moment(function, moment)),
            Value::Time(time) => part_of_time(function, time),
            _ => None,
        };
        match part {
            Some(part) => Ok(Value::Number(NumberExpression::Literal(Number::Integer(part)))),
            None => {
                let message = format!("`{}` takes a date that is written out", function.as_str());
                Err(Error::new(argument.position, message))
            }
        }
    }
}

/// By the calendar of the offset that the moment was written with.
fn part_of_moment(function: Function, moment: Moment) -> i64 {
    let local = moment.offset.to_datetime(moment.at);
    match function {
        Function::Year => local.year().into(),
        Function::Month => local.month().into(),
        Function::Day => local.day().into(),
        Function::Hour => local.hour().into(),
        Function::Minute => local.minute().into(),
        _ => local.second().into(),
    }
}

fn part_of_time(function: Function, time: SignedDuration) -> Option<i64> {
    match function {
        Function::Hour => Some(time.as_hours()),
        Function::Minute => Some(time.as_mins() % 60),
        Function::Second => Some(time.as_secs() % 60),
        _ => None,
    }
}
