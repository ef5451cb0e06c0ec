//! `value`, or `operator:value`: the condition that one parameter puts on one field.
//!
//! The vendor documents a bare value, `gt:` and `lt:`, and those for `updated_at` alone; its client library writes all of
//! them, for every field that can be filtered. A bare value is short for `eq:`.

use super::moment::Moment;
use rollcall_core::query::{Comparison, Filter, NumberField};

/// Values of one list: more than anybody names by hand, few enough for one statement.
const VALUES_MAX: usize = 50;

/// A condition on one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition<T> {
    AnyOf(Vec<T>),
    NoneOf(Vec<T>),
    Greater(T),
    GreaterOrEqual(T),
    Less(T),
    LessOrEqual(T),
    /// Both ends included.
    Between(T, T),
}

impl<T> Condition<T> {
    /// Reads a condition on values that `value` reads. The error is for the client.
    pub fn parse(text: &str, value: impl Fn(&str) -> Result<T, String>) -> Result<Self, String> {
        let is_word = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphabetic());
        let (operator, rest) = text.split_once(':').filter(|(word, _)| is_word(word)).unwrap_or(("eq", text));
        let values = || values(rest, &value);
        match operator {
            "eq" => Ok(Self::AnyOf(vec![value(rest)?])),
            "neq" => Ok(Self::NoneOf(vec![value(rest)?])),
            "in" => values().map(Self::AnyOf),
            "nin" => values().map(Self::NoneOf),
            "gt" => value(rest).map(Self::Greater),
            "gte" => value(rest).map(Self::GreaterOrEqual),
            "lt" => value(rest).map(Self::Less),
            "lte" => value(rest).map(Self::LessOrEqual),
            "bt" => {
                let ends: Result<[T; 2], _> = values()?.try_into();
                ends.map(|[first, last]| Self::Between(first, last)).map_err(|_| "must have two values after bt:".to_owned())
            }
            _ => Err("begins with an unknown operator; known are eq, neq, in, nin, gt, gte, lt, lte and bt".to_owned()),
        }
    }

    /// The filter, where it is known what each comparison with one value means.
    fn filter_by(&self, compared: impl Fn(Comparison, &T) -> Filter) -> Filter {
        let any = |values: &[T]| match values {
            [only] => compared(Comparison::Equal, only),
            all => Filter::Or(all.iter().map(|value| compared(Comparison::Equal, value)).collect()),
        };
        match self {
            Self::AnyOf(values) => any(values),
            Self::NoneOf(values) => any(values).negated(),
            Self::Greater(value) => compared(Comparison::Greater, value),
            Self::GreaterOrEqual(value) => compared(Comparison::GreaterOrEqual, value),
            Self::Less(value) => compared(Comparison::Less, value),
            Self::LessOrEqual(value) => compared(Comparison::LessOrEqual, value),
            Self::Between(first, last) => compared(Comparison::GreaterOrEqual, first).and(compared(Comparison::LessOrEqual, last)),
        }
    }
}

impl Condition<i64> {
    pub fn filter(&self, field: NumberField) -> Filter {
        self.filter_by(|comparison, value| Filter::number(field, comparison, *value))
    }
}

impl Condition<Moment> {
    /// On when a record was last updated.
    pub fn filter(&self) -> Filter {
        self.filter_by(|comparison, moment| moment.filter(comparison))
    }
}

fn values<T>(text: &str, value: impl Fn(&str) -> Result<T, String>) -> Result<Vec<T>, String> {
    let values = text.split(',').map(value).collect::<Result<Vec<_>, _>>()?;
    if values.len() > VALUES_MAX { Err(format!("must have at most {VALUES_MAX} values")) } else { Ok(values) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Condition<i64>, String> {
        Condition::parse(text, |text| text.parse().map_err(|_| "must be a whole number".to_owned()))
    }

    #[test]
    fn every_operator_is_read() {
        assert_eq!(parse("7"), Ok(Condition::AnyOf(vec![7])));
        assert_eq!(parse("eq:7"), parse("7"));
        assert_eq!(parse("neq:7"), Ok(Condition::NoneOf(vec![7])));
        assert_eq!(parse("in:7,8"), Ok(Condition::AnyOf(vec![7, 8])));
        assert_eq!(parse("nin:7"), Ok(Condition::NoneOf(vec![7])));
        assert_eq!(parse("bt:7,8"), Ok(Condition::Between(7, 8)));
        assert_eq!([parse("gt:7"), parse("gte:7")], [Ok(Condition::Greater(7)), Ok(Condition::GreaterOrEqual(7))]);
        assert_eq!([parse("lt:7"), parse("lte:7")], [Ok(Condition::Less(7)), Ok(Condition::LessOrEqual(7))]);
    }

    #[test]
    fn what_is_no_condition_is_refused() {
        for text in ["", "in:", "in:7,", "bt:7", "bt:1,2,3", "like:7", "EQ:7", "eq:eq:7", "7,8", ":7"] {
            assert!(parse(text).is_err(), "{text}");
        }
        assert!(parse(&format!("in:{}", vec!["7"; 51].join(","))).is_err());
    }

    #[test]
    fn none_of_is_the_opposite_of_any_of() {
        let any = parse("in:7,8").expect("a condition").filter(NumberField::JobTitle);

        assert_eq!(parse("nin:7,8").expect("a condition").filter(NumberField::JobTitle), any.negated());
    }
}
