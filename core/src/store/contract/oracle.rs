//! Random filters over strange people: the store must find what memory finds, in the same order.

use super::attributes::{give_attributes, name as attribute};
use super::strangers::{Dice, strangers};
use super::{Ground, line, wait};
use crate::domain::{Account, Instant, Person, VariableName};
use crate::query::{
    Absent, Arithmetic, Comparison, Direction, Equality, Filter, IdField, InstantField, Match, Number, NumberExpression, NumberField,
    OrderField, OrderTerm, PersonQuery, TextExpression, TextField, Window, compare,
};

const PEOPLE: u64 = 2000;
const FILTERS: usize = 600;
/// Fields with an index of their own, and one without.
const LOOKED_FOR: [TextField; 7] = [
    TextField::Name,
    TextField::Description,
    TextField::Email,
    TextField::Phone,
    TextField::AdditionalInformation,
    TextField::Login,
    TextField::DisplayName,
];
/// Windows that careless arithmetic falls out of.
const EDGES: [Window; 6] = [
    Window::new(0, 0),
    Window::new(0, u64::MAX),
    Window::new(5, u64::MAX),
    Window::new(u64::MAX, 1),
    Window::new(i64::MAX as u64, i64::MAX as u64),
    Window::page(u64::MAX, 1000),
];

#[test]
fn strange_people_come_back_exactly() {
    let ground = Ground::new();
    let lines = strangers(PEOPLE);

    ground.load(lines.clone());

    let people = everybody(&ground);
    assert_eq!(people.len(), lines.len());
    for (person, line) in people.iter().zip(&lines) {
        let written = |column: &str| line.cells.iter().find(|(name, _)| name == column).map(|(_, cell)| format!("{cell:?}"));
        let kept = |text: Option<&str>| Some(text.map_or_else(|| "Empty".to_owned(), |text| format!("Text({text:?})")));
        assert_eq!(kept(person.given_name.as_ref().map(AsRef::as_ref)), written("given_name"));
        assert_eq!(kept(person.family_name.as_ref().map(AsRef::as_ref)), written("family_name"));
        assert_eq!(kept(person.login.as_ref().map(AsRef::as_ref)), written("login"));
        assert_eq!(kept(Some(person.account.as_str())), written("account"));
        assert_eq!(kept(person.description.as_ref().map(AsRef::as_ref)), written("description"));
    }
}

#[test]
fn every_filter_finds_what_memory_finds_in_the_same_order() {
    let ground = Ground::new();
    ground.load(strangers(PEOPLE));
    give_attributes(&ground, 300);
    let people = everybody(&ground);
    let mut dice = Dice::new(0xf117e5);

    for _ in 0..FILTERS {
        let query = random_query(&mut dice, &people);
        let found = wait(ground.directory.people(&ground.operator, &query)).expect("an answer");

        let numbers: Vec<i64> = found.people.iter().map(|person| person.number.get()).collect();
        assert_eq!(numbers, meant(&people, &query), "{query:#?}");
    }
}

/// Every way to look for a text in a field, and its opposite, finds what memory finds.
fn assert_found_alike(ground: &Ground, people: &[Person], text: &str) {
    for field in LOOKED_FOR {
        for how in [Match::Contains, Match::StartsWith, Match::EndsWith] {
            let needle = TextExpression::Literal(text.to_owned());
            let filter = Filter::Match { haystack: TextExpression::Field(field), how, needle };
            for filter in [filter.clone(), filter.negated()] {
                let query = PersonQuery { filter, ..PersonQuery::default() };
                let found = wait(ground.directory.people(&ground.operator, &query)).expect("an answer").people;

                let numbers: Vec<i64> = found.iter().map(|person| person.number.get()).collect();
                assert_eq!(numbers, meant(people, &query), "{:.40}, {} bytes, in {field:?}, {how:?}", text.escape_debug(), text.len());
            }
        }
    }
}

#[test]
fn needles_that_break_patterns_and_trigrams_find_what_memory_finds() {
    let ground = Ground::new();
    ground.load(strangers(200));
    let long = "ab\u{301}🦀".repeat(2500);
    let odd = [("odd", long.as_str()), ("xyz\u{fffe}", "ab\u{ffff}cd"), ("xyz\u{fffd}", "ab\u{fffd}cd"), ("ya\u{10ffff}", "\u{10ffff}")];
    ground.load((900..).zip(odd).map(|(number, (login, text))| line(number, &[("login", login), ("description", text)])).collect());
    let people = everybody(&ground);
    let needles = [
        "a\0b",
        "\0",
        "odd\0",
        "\0\0\0\0",
        "ab\u{ffff}",
        "ab\u{fffd}",
        "xyz\u{fffe}",
        "\u{fffe}",
        "\u{10ffff}",
        "ya\u{10ffff}",
        "\"\"\"",
        "name_folded : x",
        "\"a\" or b*",
        "\u{301}\u{301}\u{301}",
        "🦀ab",
        "a_b%\\",
        "\\\\\\",
        "%%%",
        "___",
        "^xy",
        "-- ",
        "👩‍👩‍👧",
    ];
    let longer = [long.clone(), long[..1800].to_owned(), long.repeat(3), "%".repeat(60_000)];

    for needle in needles.into_iter().map(str::to_owned).chain(longer) {
        assert_found_alike(&ground, &people, &needle);
    }
}

#[test]
fn a_count_is_the_length_of_the_list() {
    let ground = Ground::new();
    ground.load(strangers(300));
    let people = everybody(&ground);
    let mut dice = Dice::new(0xc0117);

    for _ in 0..200 {
        let filter = random_filter(&mut dice, &people, 3);
        let count = wait(ground.directory.count_people(&ground.operator, &filter)).expect("a count");

        assert_eq!(count, people.iter().filter(|person| filter.matches(*person)).count() as u64, "{filter:#?}");
    }
}

pub(super) fn everybody(ground: &Ground) -> Vec<Person> {
    wait(ground.directory.people(&ground.operator, &PersonQuery::default())).expect("an answer").people
}

/// What the query means, in memory.
pub(super) fn meant(people: &[Person], query: &PersonQuery) -> Vec<i64> {
    let mut found: Vec<&Person> = people.iter().filter(|person| query.filter.matches(*person)).collect();
    found.sort_by(|left, right| compare(&query.order, *left, *right));
    query.window.cut(found).into_iter().map(|person| person.number.get()).collect()
}

pub(super) fn random_query(dice: &mut Dice, people: &[Person]) -> PersonQuery {
    let mut query = PersonQuery { filter: random_filter(dice, people, 4), ..PersonQuery::default() };
    query.order = (0..dice.below(4)).map(|_| random_term(dice)).collect();
    query.window = match dice.below(6) {
        0..=2 => Window::new(dice.below(50) as u64, dice.below(200) as u64),
        3 => Window { offset: dice.below(50) as u64, limit: None },
        4 => EDGES[dice.below(EDGES.len())],
        _ => Window::everything(),
    };
    query
}

fn random_term(dice: &mut Dice) -> OrderTerm {
    let fields = [
        OrderField::Text(random_field(dice)),
        OrderField::Number(NumberField::Account),
        OrderField::Number(NumberField::JobTitle),
        OrderField::Instant(InstantField::UpdatedAt),
        OrderField::Id(IdField::Id),
        OrderField::Attribute(random_attribute(dice)),
    ];
    let direction = [Direction::Ascending, Direction::Descending][dice.below(2)];
    let absent = [Absent::Least, Absent::Greatest][dice.below(2)];
    OrderTerm { field: fields[dice.below(fields.len())].clone(), direction, absent }
}

fn random_filter(dice: &mut Dice, people: &[Person], depth: usize) -> Filter {
    if depth == 0 {
        return random_leaf(dice, people);
    }
    let parts = |dice: &mut Dice| (0..dice.below(4)).map(|_| random_filter(dice, people, depth - 1)).collect();
    match dice.below(8) {
        0 => Filter::Not(Box::new(random_filter(dice, people, depth - 1))),
        1 | 2 => Filter::And(parts(dice)),
        3 | 4 => Filter::Or(parts(dice)),
        5 => Filter::Same(Box::new(random_filter(dice, people, depth - 1)), Box::new(random_filter(dice, people, depth - 1))),
        _ => random_leaf(dice, people),
    }
}

fn random_leaf(dice: &mut Dice, people: &[Person]) -> Filter {
    let comparison = Comparison::ALL[dice.below(6)];
    match dice.below(13) {
        0 => Filter::Constant(dice.below(2) == 0),
        1 => Filter::number(NumberField::Account, comparison, Account::ALL[dice.below(3)].code()),
        2 => Filter::number([NumberField::JobTitle, NumberField::Manager][dice.below(2)], comparison, dice.below(4) as i64),
        3 => Filter::Number { left: random_number(dice, people), comparison, right: random_number(dice, people) },
        4 => Filter::Instant { field: InstantField::UpdatedAt, comparison, value: random_instant(dice) },
        5 => Filter::Id {
            field: IdField::Id,
            equality: [Equality::Equal, Equality::NotEqual][dice.below(2)],
            value: (dice.below(4) > 0).then(|| people[dice.below(people.len())].id.uuid()),
        },
        6..=8 => {
            let how = [Match::Contains, Match::StartsWith, Match::EndsWith][dice.below(3)];
            Filter::Match { haystack: random_text(dice, people, 1), how, needle: random_text(dice, people, 0) }
        }
        12 => Filter::AttributeInstant { attribute: random_attribute(dice), comparison, value: random_instant(dice) },
        // Two fields of one person.
        9 => Filter::Text { left: TextExpression::Field(random_field(dice)), comparison, right: TextExpression::Field(random_field(dice)) },
        _ => Filter::Text { left: random_text(dice, people, 1), comparison, right: random_text(dice, people, 0) },
    }
}

fn random_instant(dice: &mut Dice) -> Option<Instant> {
    [Some(super::NOW), Some(super::NOW + 1), None][dice.below(3)].and_then(Instant::from_milliseconds)
}

fn random_text(dice: &mut Dice, people: &[Person], depth: usize) -> TextExpression {
    let inner = |dice: &mut Dice| Box::new(random_text(dice, people, depth.saturating_sub(1)));
    match dice.below(if depth == 0 { 6 } else { 15 }) {
        0 => TextExpression::Field(random_field(dice)),
        1 => TextExpression::Absent,
        2 => TextExpression::Literal(dice.text(2)),
        3..=5 => random_part(dice, people),
        6 => TextExpression::ToLower(inner(dice)),
        7 => TextExpression::ToUpper(inner(dice)),
        8 => TextExpression::Trim(inner(dice)),
        9 => TextExpression::Concat(inner(dice), inner(dice)),
        10 => TextExpression::Substring {
            text: inner(dice),
            start: Box::new(NumberExpression::Literal(Number::Integer(dice.below(5) as i64 - 1))),
            length: (dice.below(2) == 0).then(|| Box::new(NumberExpression::Literal(Number::Integer(dice.below(4) as i64)))),
        },
        11 => TextExpression::Replace { text: inner(dice), find: inner(dice), with: inner(dice) },
        12 => TextExpression::Attribute(random_attribute(dice)),
        _ => TextExpression::Field(random_field(dice)),
    }
}

/// A few characters of somebody's own text, so that filters find somebody.
fn random_part(dice: &mut Dice, people: &[Person]) -> TextExpression {
    let whole: Vec<char> = people[dice.below(people.len())].name().chars().collect();
    let start = dice.below(whole.len() + 1);
    TextExpression::Literal(whole.into_iter().skip(start).take(1 + dice.below(5)).collect())
}

fn random_number(dice: &mut Dice, people: &[Person]) -> NumberExpression {
    match dice.below(7) {
        6 => NumberExpression::Attribute(random_attribute(dice)),
        0 => NumberExpression::Field([NumberField::Number, NumberField::JobTitle, NumberField::Account][dice.below(3)]),
        1 => NumberExpression::Absent,
        2 => NumberExpression::Length(Box::new(random_text(dice, people, 1))),
        3 => NumberExpression::IndexOf { haystack: Box::new(random_text(dice, people, 0)), needle: Box::new(random_text(dice, people, 0)) },
        4 => NumberExpression::Arithmetic {
            left: Box::new(NumberExpression::Length(Box::new(random_text(dice, people, 0)))),
            operator: [Arithmetic::Add, Arithmetic::Divide, Arithmetic::Remainder][dice.below(3)],
            right: Box::new(NumberExpression::Literal(Number::Integer(dice.below(4) as i64))),
        },
        _ => NumberExpression::Literal(Number::Integer(dice.below(12) as i64)),
    }
}

/// An attribute of any type, or one that nobody has.
fn random_attribute(dice: &mut Dice) -> VariableName {
    attribute(["word", "size", "since", "tags", "none"][dice.below(5)])
}

fn random_field(dice: &mut Dice) -> TextField {
    TextField::ALL[dice.below(TextField::ALL.len())]
}
