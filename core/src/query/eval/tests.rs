mod lists;

use super::super::field::{IdField, InstantField, NumberField, TextField};
use super::super::filter::{Arithmetic, Number, NumberExpression, Rounding};
use super::*;
use crate::domain::Instant;
use proptest::prelude::*;
use std::borrow::Cow;
use uuid::Uuid;

/// A record with a name, a number, and nothing else.
struct Named(&'static str);

impl Record for Named {
    fn text(&self, field: TextField) -> Option<Cow<'_, str>> {
        (field == TextField::Name).then_some(Cow::Borrowed(self.0))
    }

    fn number(&self, field: NumberField) -> Option<i64> {
        (field == NumberField::Number).then_some(7)
    }

    fn instant(&self, _: InstantField) -> Option<Instant> {
        Instant::from_milliseconds(1000)
    }

    fn id(&self, _: IdField) -> Option<Uuid> {
        Some(Uuid::from_u128(7))
    }

    fn record_number(&self) -> i64 {
        7
    }
}

const NAME: TextExpression = TextExpression::Field(TextField::Name);
const PHONE: TextExpression = TextExpression::Field(TextField::Phone);

fn literal(text: &str) -> TextExpression {
    TextExpression::Literal(text.to_owned())
}

fn integer(value: i64) -> NumberExpression {
    NumberExpression::Literal(Number::Integer(value))
}

fn decimal(value: f64) -> NumberExpression {
    NumberExpression::Literal(Number::Decimal(value))
}

fn compared(left: &TextExpression, comparison: Comparison, right: &TextExpression) -> bool {
    Filter::Text { left: left.clone(), comparison, right: right.clone() }.matches(&Named("Jane"))
}

fn found(haystack: &str, how: Match, needle: &str) -> bool {
    Filter::Match { haystack: literal(haystack), how, needle: literal(needle) }.matches(&Named("Jane"))
}

fn text_of(expression: &TextExpression) -> Option<String> {
    expression.value(&Named("Jane")).map(Cow::into_owned)
}

fn substring(text: &str, start: NumberExpression, length: Option<NumberExpression>) -> Option<String> {
    text_of(&TextExpression::Substring { text: Box::new(literal(text)), start: Box::new(start), length: length.map(Box::new) })
}

fn replace(text: TextExpression, find: &str, with: TextExpression) -> TextExpression {
    TextExpression::Replace { text: Box::new(text), find: Box::new(literal(find)), with: Box::new(with) }
}

fn calculated(left: NumberExpression, operator: Arithmetic, right: NumberExpression) -> Option<Number> {
    NumberExpression::Arithmetic { left: Box::new(left), operator, right: Box::new(right) }.value(&Named("Jane"))
}

#[test]
fn absent_equals_absent_and_nothing_else() {
    assert!(compared(&PHONE, Comparison::Equal, &TextExpression::Absent));
    assert!(!compared(&PHONE, Comparison::Equal, &literal("")));
    assert!(!compared(&NAME, Comparison::Equal, &TextExpression::Absent));
}

#[test]
fn not_equal_is_the_opposite_of_equal_so_it_finds_the_absent() {
    for (left, right) in [(&PHONE, &NAME), (&PHONE, &TextExpression::Absent), (&NAME, &literal("jane")), (&NAME, &literal("x"))] {
        assert_eq!(compared(left, Comparison::NotEqual, right), !compared(left, Comparison::Equal, right));
    }
    assert!(Filter::text(TextField::Phone, Comparison::Equal, "x").negated().matches(&Named("Jane")));
}

#[test]
fn nothing_is_greater_or_less_than_what_is_absent() {
    use Comparison::{Greater, GreaterOrEqual, Less, LessOrEqual};
    for comparison in [Greater, GreaterOrEqual, Less, LessOrEqual] {
        assert!(!compared(&PHONE, comparison, &NAME));
        assert!(!compared(&NAME, comparison, &PHONE));
        assert!(!compared(&PHONE, comparison, &TextExpression::Absent));
    }
}

#[test]
fn nothing_is_found_in_what_is_absent() {
    for how in [Match::Contains, Match::StartsWith, Match::EndsWith] {
        assert!(!Filter::Match { haystack: PHONE, how, needle: literal("") }.matches(&Named("Jane")));
        assert!(!Filter::Match { haystack: NAME, how, needle: PHONE }.matches(&Named("Jane")));
    }
}

#[test]
fn text_is_compared_without_case_in_every_script() {
    assert!(compared(&NAME, Comparison::Equal, &literal("jANE")));
    assert!(compared(&literal("STRASSE"), Comparison::Equal, &literal("straße")));
    assert!(compared(&literal("b"), Comparison::Greater, &literal("A")));
    assert!(found("Ærø", Match::StartsWith, "æR") && found("GROSS", Match::EndsWith, "ß") && found("Škoda", Match::Contains, "KOD"));
}

#[test]
fn text_is_not_normalized_to_be_compared() {
    assert!(compared(&literal("é"), Comparison::NotEqual, &literal("e\u{301}")));
}

#[test]
fn everything_holds_the_empty_text() {
    assert!(found("", Match::Contains, "") && found("x", Match::StartsWith, "") && found("x", Match::EndsWith, ""));
}

#[test]
fn order_is_by_code_point_and_not_by_utf_16() {
    assert!(compared(&literal("\u{1F980}"), Comparison::Greater, &literal("\u{FFFD}")));
}

#[test]
fn a_function_of_an_absent_value_is_absent() {
    let absent = || Box::new(PHONE);
    let texts = [
        TextExpression::ToLower(absent()),
        TextExpression::ToUpper(absent()),
        TextExpression::Trim(absent()),
        TextExpression::Concat(Box::new(NAME), absent()),
        TextExpression::Substring { text: absent(), start: Box::new(integer(0)), length: None },
        TextExpression::Substring { text: Box::new(NAME), start: Box::new(NumberExpression::Absent), length: None },
        replace(NAME, "q", PHONE),
    ];

    assert!(texts.iter().all(|text| text_of(text).is_none()));
    assert_eq!(NumberExpression::Length(absent()).value(&Named("Jane")), None);
    assert_eq!(calculated(integer(1), Arithmetic::Add, NumberExpression::Absent), None);
}

#[test]
fn trim_strips_blanks_only() {
    assert_eq!(text_of(&TextExpression::Trim(Box::new(literal("  \ta \u{a0}  ")))), Some("\ta \u{a0}".to_owned()));
}

#[test]
fn places_are_counted_in_unicode_scalar_values() {
    let index = |needle: &str| {
        NumberExpression::IndexOf { haystack: Box::new(literal("🦀é-É")), needle: Box::new(literal(needle)) }.value(&Named(""))
    };

    assert_eq!(NumberExpression::Length(Box::new(literal("🦀e\u{301}"))).value(&Named("")), Some(Number::Integer(3)));
    assert_eq!(["é", "É", "-", "x", ""].map(index), [1, 3, 2, -1, 0].map(|place| Some(Number::Integer(place))));
}

#[test]
fn a_substring_leaves_out_what_lies_outside_the_text() {
    let cut = |start, length: Option<i64>| substring("🦀bcd", integer(start), length.map(integer)).expect("a text");

    assert_eq!(cut(1, None), "bcd");
    assert_eq!(cut(0, Some(2)), "🦀b");
    assert_eq!(cut(-1, Some(2)), "🦀");
    assert_eq!(cut(-5, Some(2)), "");
    assert_eq!(cut(2, Some(i64::MAX)), "cd");
    assert_eq!(cut(i64::MAX, Some(i64::MAX)), "");
    assert_eq!(cut(1, Some(-1)), "");
    assert_eq!(cut(i64::MIN, None), "🦀bcd");
}

#[test]
fn a_substring_begins_at_a_whole_number_or_is_absent() {
    assert_eq!(substring("abc", decimal(1.0), None), Some("bc".to_owned()));
    assert_eq!(substring("abc", decimal(1.5), None), None);
    assert_eq!(substring("abc", decimal(1e300), None), None);
}

#[test]
fn replace_is_exact_and_an_empty_text_occurs_nowhere() {
    assert_eq!(text_of(&replace(literal("aBa"), "B", literal("CCC"))), Some("aCCCa".to_owned()));
    assert_eq!(text_of(&replace(literal("aBa"), "b", literal("C"))), Some("aBa".to_owned()));
    assert_eq!(text_of(&replace(literal("aBa"), "", literal("C"))), Some("aBa".to_owned()));
}

#[test]
fn a_computed_text_that_would_be_too_long_is_absent() {
    let long = "a".repeat(1000);
    let nested = (0..30).fold(literal(&long), |text, _| replace(text, "a", literal(&long)));
    let doubled =
        (0..30).fold(literal("a"), |text, _| TextExpression::Concat(Box::new(text.clone().simplified()), Box::new(text)).simplified());

    assert_eq!(text_of(&nested), None);
    assert_eq!(doubled, TextExpression::Absent);
}

#[test]
fn arithmetic_without_a_result_is_absent() {
    assert_eq!(calculated(integer(1), Arithmetic::Divide, integer(0)), None);
    assert_eq!(calculated(integer(1), Arithmetic::Remainder, integer(0)), None);
    assert_eq!(calculated(integer(i64::MIN), Arithmetic::Divide, integer(-1)), None);
    assert_eq!(calculated(integer(i64::MAX), Arithmetic::Add, integer(1)), None);
    assert_eq!(calculated(decimal(1.0), Arithmetic::Divide, integer(0)), None);
    assert_eq!(calculated(decimal(1e308), Arithmetic::Multiply, decimal(10.0)), None);
    assert_eq!(decimal(f64::NAN).value(&Named("")), None);
}

#[test]
fn two_integers_make_an_integer_and_a_decimal_makes_decimals() {
    assert_eq!(calculated(integer(7), Arithmetic::Divide, integer(2)), Some(Number::Integer(3)));
    assert_eq!(calculated(integer(-7), Arithmetic::Remainder, integer(2)), Some(Number::Integer(-1)));
    assert_eq!(calculated(integer(7), Arithmetic::Divide, decimal(2.0)), Some(Number::Decimal(3.5)));
}

#[test]
fn halves_are_rounded_away_from_zero() {
    let rounded = |rounding| [2.5, -2.5, 0.4].map(|value| NumberExpression::Rounded(rounding, Box::new(decimal(value))).value(&Named("")));

    assert_eq!(rounded(Rounding::Nearest), [3.0, -3.0, 0.0].map(|value| Some(Number::Decimal(value))));
    assert_eq!(rounded(Rounding::Floor), [2.0, -3.0, 0.0].map(|value| Some(Number::Decimal(value))));
    assert_eq!(rounded(Rounding::Ceiling), [3.0, -2.0, 1.0].map(|value| Some(Number::Decimal(value))));
}

#[test]
fn integers_and_decimals_are_compared_by_value_without_rounding() {
    let compare = |left, right| Number::Integer(left).compare(Number::Decimal(right));

    assert_eq!(compare(2, 2.0), Ordering::Equal);
    assert_eq!(compare(2, 2.5), Ordering::Less);
    assert_eq!(compare(-2, -2.5), Ordering::Greater);
    assert_eq!(compare(0, -0.0), Ordering::Equal);
    assert_eq!(compare(i64::MAX, INTEGER_END), Ordering::Less);
    assert_eq!(compare(i64::MIN, -INTEGER_END), Ordering::Equal);
    assert_eq!(compare(9_007_199_254_740_993, 9_007_199_254_740_992.0), Ordering::Greater);
    assert_eq!(Number::Decimal(1e300).compare(Number::Integer(i64::MAX)), Ordering::Greater);
}

const INTEGER_END: f64 = 9_223_372_036_854_775_808.0;

#[test]
fn a_condition_of_literals_alone_is_decided_without_a_record() {
    let same = Filter::Text { left: literal("1"), comparison: Comparison::Equal, right: literal("1") };
    let length = NumberExpression::Length(Box::new(literal("abc")));
    let shorter = Filter::Number { left: length, comparison: Comparison::Less, right: integer(3) };

    assert_eq!(same.clone().simplified(), Filter::Constant(true));
    assert_eq!(Filter::And(vec![same, shorter]).simplified(), Filter::Constant(false));
    assert_eq!(Filter::And(Vec::new()).simplified(), Filter::Constant(true));
    assert_eq!(Filter::Or(Vec::new()).simplified(), Filter::Constant(false));
}

#[test]
fn a_condition_that_needs_a_record_keeps_only_what_needs_it() {
    let needs = Filter::text(TextField::Name, Comparison::Equal, "ab");
    let right = TextExpression::Concat(Box::new(literal("a")), Box::new(literal("b")));
    let filter = Filter::Text { left: NAME, comparison: Comparison::Equal, right };

    let same = Filter::Same(Box::new(filter), Box::new(Filter::Constant(false)));

    assert_eq!(Filter::And(vec![Filter::Constant(true), same]).simplified(), needs.negated());
}

#[test]
fn the_constant_of_an_expression_tells_absent_from_unknown() {
    assert_eq!(TextExpression::Trim(Box::new(literal(" a "))).constant(), Some(Some("a".to_owned())));
    assert_eq!(TextExpression::ToLower(Box::new(TextExpression::Absent)).constant(), Some(None));
    assert_eq!(TextExpression::ToLower(Box::new(NAME)).constant(), None);
    assert_eq!(NumberExpression::Field(NumberField::Number).constant(), None);
}

fn some_text() -> impl Strategy<Value = TextExpression> {
    let leaf = prop_oneof![Just(NAME), Just(PHONE), Just(TextExpression::Absent), "[aAß ]{0,3}".prop_map(TextExpression::Literal)];
    leaf.prop_recursive(3, 12, 3, |inner| {
        let boxed = inner.prop_map(Box::new);
        prop_oneof![
            boxed.clone().prop_map(TextExpression::ToUpper),
            boxed.clone().prop_map(TextExpression::Trim),
            (boxed.clone(), boxed.clone()).prop_map(|(first, second)| TextExpression::Concat(first, second)),
            (boxed.clone(), boxed.clone(), boxed).prop_map(|(text, find, with)| TextExpression::Replace { text, find, with }),
        ]
    })
}

fn some_filter() -> impl Strategy<Value = Filter> {
    let comparison = proptest::sample::select(Comparison::ALL.to_vec());
    let how = proptest::sample::select(vec![Match::Contains, Match::StartsWith, Match::EndsWith]);
    let leaf = prop_oneof![
        any::<bool>().prop_map(Filter::Constant),
        (some_text(), comparison, some_text()).prop_map(|(left, comparison, right)| Filter::Text { left, comparison, right }),
        (some_text(), how, some_text()).prop_map(|(haystack, how, needle)| Filter::Match { haystack, how, needle }),
    ];
    leaf.prop_recursive(3, 16, 3, |inner| {
        let boxed = inner.clone().prop_map(Box::new);
        prop_oneof![
            boxed.clone().prop_map(Filter::Not),
            proptest::collection::vec(inner.clone(), 0..3).prop_map(Filter::And),
            proptest::collection::vec(inner, 0..3).prop_map(Filter::Or),
            (boxed.clone(), boxed).prop_map(|(left, right)| Filter::Same(left, right)),
        ]
    })
}

proptest! {
    #[test]
    fn simplifying_never_changes_the_meaning(filter in some_filter()) {
        let before = filter.matches(&Named("Aa ß"));

        prop_assert_eq!(filter.simplified().matches(&Named("Aa ß")), before);
    }
}
