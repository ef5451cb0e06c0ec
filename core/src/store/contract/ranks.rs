//! Pages at any depth and totals, between writes of every kind and beside them: they are those of the moment that was read.

use super::oracle::{everybody, meant, random_query};
use super::strangers::{Dice, strangers};
use super::{Ground, line, open, wait};
use crate::directory::{ImportMode, PersonKey, Precondition};
use crate::domain::{Instant, Person, PersonNumber};
use crate::query::{
    Absent, BooleanField, Comparison, Direction, Filter, IdField, Including, InstantField, Match, NumberField, OrderField, OrderTerm,
    PersonQuery, TextExpression, TextField, Window,
};
use crate::store::backend::steps_taken;
use crate::store::{Effort, PersonField};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};

const PEOPLE: u64 = 500;
const STEPS: usize = 250;

/// Lists that APIs ask for, and some that nobody would think of.
fn lists(dice: &mut Dice, people: &[Person]) -> Vec<PersonQuery> {
    let holds = |text: &str| Filter::Match {
        haystack: TextExpression::Field(TextField::Name),
        how: Match::Contains,
        needle: TextExpression::Literal(text.to_owned()),
    };
    let since = Filter::instant(InstantField::UpdatedAt, Comparison::GreaterOrEqual, Instant::from_milliseconds(super::NOW).expect("now"));
    let filters = [
        Filter::everything(),
        Filter::number(NumberField::Account, Comparison::Equal, 1),
        Filter::boolean(BooleanField::Active, true),
        Filter::text(TextField::Email, Comparison::Equal, "p7@example.com"),
        Filter::number(NumberField::JobTitle, Comparison::NotEqual, 1),
        holds("an"),
        holds("ana"),
        since,
    ];
    let fields = [
        OrderField::Number(NumberField::Number),
        OrderField::Text(TextField::Name),
        OrderField::Text(TextField::Login),
        OrderField::Text(TextField::Email),
        OrderField::Number(NumberField::Account),
        OrderField::Number(NumberField::JobTitle),
        OrderField::Number(NumberField::Level),
        OrderField::Instant(InstantField::UpdatedAt),
        OrderField::Id(IdField::Id),
    ];
    let mut lists: Vec<PersonQuery> = (0..10).map(|_| random_query(dice, people)).collect();
    for filter in filters {
        lists.push(PersonQuery { filter: filter.clone(), ..PersonQuery::default() });
        let field = fields[dice.below(fields.len())].clone();
        lists.push(PersonQuery { filter, order: vec![term(dice, field)], ..PersonQuery::default() });
    }
    lists.extend(fields.map(|field| PersonQuery { order: vec![term(dice, field)], ..PersonQuery::default() }));
    lists
}

fn term(dice: &mut Dice, field: OrderField) -> OrderTerm {
    let direction = [Direction::Ascending, Direction::Descending][dice.below(2)];
    OrderTerm { field, direction, absent: [Absent::Least, Absent::Greatest][dice.below(2)] }
}

fn window(dice: &mut Dice) -> Window {
    match dice.below(8) {
        0 => Window::new(0, 0),
        1 => Window::new(0, 10),
        2 => Window::new(PEOPLE - 5 + dice.below(10) as u64, 10),
        3 => Window::new(u64::MAX, 7),
        _ => Window::new(dice.below(PEOPLE as usize + 20) as u64, 1 + dice.below(60) as u64),
    }
}

/// Writes something: somebody comes, changes, goes or is brought back, one or many.
fn write(ground: &Ground, dice: &mut Dice, gone: &mut Vec<PersonNumber>) {
    let people = everybody(ground);
    let some = |dice: &mut Dice| people[dice.below(people.len())].number;
    match dice.below(6) {
        0 => {
            let new = |place, dice: &mut Dice| {
                let (id, name) = (format!("N{}", dice.below(usize::MAX)), dice.text(3));
                line(place, &[("external_id", &id), ("given_name", &name), ("email", "p7@example.com")])
            };
            ground.load((1..=1 + dice.below(4) as u64).map(|place| new(place, dice)).collect());
        }
        1 => {
            let number = some(dice);
            wait(ground.directory.delete_person(&ground.operator, PersonKey::Number(number), &Precondition::default())).expect("deleted");
            gone.push(number);
        }
        2 if !gone.is_empty() => {
            let number = gone.swap_remove(dice.below(gone.len()));
            wait(ground.directory.restore_person(&ground.operator, number)).expect("restored");
        }
        3 => {
            // A file gives numbers of its own, between and behind those that are there.
            let number = (PEOPLE as usize + dice.below(5000)).to_string();
            ground.try_load(vec![line(1, &[("number", &number), ("given_name", &dice.text(3))])], ImportMode::Batches);
        }
        _ => {
            let (name, account, title) =
                (dice.text(4), ["active", "blocked", "none"][dice.below(3)], ["", "Designer", "Engineer"][dice.below(3)]);
            let number = some(dice).to_string();
            let cells = [("number", number.as_str()), ("given_name", &name), ("account", account), ("job_title", title)];
            ground.load(vec![line(1, &cells)]);
        }
    }
}

/// Asks in every way for the window of a list, and holds it against memory.
fn assert_true(ground: &Ground, people: &[Person], query: &PersonQuery) {
    let whole = PersonQuery { window: Window::everything(), ..query.clone() };
    let (numbers, all) = (meant(people, query), meant(people, &whole).len() as u64);
    let including = Including { total: true, ..Including::default() };

    let listed = wait(ground.directory.list_people(&ground.operator, query, including)).expect("a list");
    let packed = wait(ground.directory.packed_people(&ground.operator, query, false)).expect("a page");
    let counted = wait(ground.directory.count_people(&ground.operator, &query.filter)).expect("a count");

    assert_eq!(listed.items.iter().map(|item| item.person.number.get()).collect::<Vec<_>>(), numbers, "{query:#?}");
    assert_eq!(
        packed.people.iter().map(|person| person.number(PersonField::Number).expect("a number")).collect::<Vec<_>>(),
        numbers,
        "{query:#?}"
    );
    assert_eq!((listed.total, counted), (Some(all), all), "{query:#?}");
}

#[test]
fn pages_between_random_writes_are_those_of_memory() {
    let ground = Ground::new();
    ground.load(strangers(PEOPLE));
    let mut dice = Dice::new(0x9a6e5);
    let lists = lists(&mut dice, &everybody(&ground));
    let (mut people, mut gone) = (everybody(&ground), Vec::new());

    for _ in 0..STEPS {
        if dice.below(3) == 0 {
            write(&ground, &mut dice, &mut gone);
            people = everybody(&ground);
        }
        let query = PersonQuery { window: window(&mut dice), ..lists[dice.below(lists.len())].clone() };
        assert_true(&ground, &people, &query);
    }
}

/// Whom a list shows in a window, at which change.
struct Page {
    sequence: i64,
    window: Window,
    numbers: Vec<i64>,
    total: Option<u64>,
}

fn page(ground: &Ground, window: Window) -> Page {
    let query = PersonQuery { window, ..PersonQuery::default() };
    let list =
        wait(ground.directory.list_people(&ground.operator, &query, Including { total: true, ..Including::default() })).expect("a list");
    let numbers = list.items.iter().map(|item| item.person.number.get()).collect();
    Page { sequence: list.version.sequence(), window, numbers, total: list.total }
}

#[test]
fn pages_beside_another_process_that_writes_are_of_one_moment() {
    let ground = Ground::new();
    ground.load(strangers(PEOPLE));
    let other = open(&ground.database);
    let mut numbers: BTreeSet<i64> = everybody(&ground).iter().map(|person| person.number.get()).collect();
    let mut moments = BTreeMap::from([(ground.sequence(), numbers.clone())]);
    let is_written = AtomicBool::new(false);

    let pages = std::thread::scope(|scope| {
        let read = |seed| {
            let (ground, is_written) = (&ground, &is_written);
            move || {
                let mut dice = Dice::new(seed);
                let mut pages = Vec::new();
                while !is_written.load(Ordering::Relaxed) {
                    pages.push(page(ground, window(&mut dice)));
                }
                pages
            }
        };
        let readers = [scope.spawn(read(0xa11)), scope.spawn(read(0xb22)), scope.spawn(read(0xc33))];
        let mut dice = Dice::new(0x3117e);
        for _ in 0..120 {
            let number = *numbers.iter().nth(dice.below(numbers.len())).expect("somebody");
            let key = PersonKey::Number(PersonNumber::new(number).expect("a number"));
            wait(other.delete_person(&ground.operator, key, &Precondition::default())).expect("deleted");
            numbers.remove(&number);
            moments.insert(wait(other.version(&ground.operator)).expect("a version").sequence(), numbers.clone());
        }
        is_written.store(true, Ordering::Relaxed);
        readers.map(|reader| reader.join().expect("no panic")).into_iter().flatten().collect::<Vec<_>>()
    });

    for page in pages {
        let there = &moments[&page.sequence];
        assert_eq!(page.numbers, page.window.cut(there.iter().copied().collect()), "{:?} at {}", page.window, page.sequence);
        assert_eq!(page.total, Some(there.len() as u64), "{:?} at {}", page.window, page.sequence);
    }
}

#[test]
fn a_deep_page_is_long_work_once() {
    let ground = Ground::new();
    ground.load(strangers(PEOPLE));
    let query = PersonQuery { window: Window::new(5000, 100), ..PersonQuery::default() };
    let effort =
        || ground.directory.store.people_effort(ground.operator.organization(), &query, Including { total: true, ..Including::default() });

    let first = effort();
    wait(ground.directory.people(&ground.operator, &query)).expect("a page");
    let second = effort();
    ground.load(strangers(PEOPLE + 10));

    assert_eq!((first, second, effort()), (Effort::Long, Effort::Short, Effort::Short));
}

/// The steps of the embedded database for a page that is read when everything that can be remembered is.
fn steps(ground: &Ground, query: &PersonQuery, window: Window) -> i64 {
    let query = PersonQuery { window, ..query.clone() };
    for _ in 0..2 {
        wait(ground.directory.people(&ground.operator, &query)).expect("a page");
    }
    steps_taken();
    wait(ground.directory.people(&ground.operator, &query)).expect("a page");
    let steps = steps_taken();
    assert!(steps > 0, "it was read elsewhere: {query:#?}");
    steps
}

#[test]
fn a_deep_page_is_as_little_work_as_the_first() {
    let ground = Ground::on_a_file();
    ground.load(strangers(4000));
    let by = |field, direction| vec![OrderTerm::new(field, direction)];
    let orders = [
        Vec::new(),
        by(OrderField::Number(NumberField::Number), Direction::Descending),
        by(OrderField::Text(TextField::Name), Direction::Ascending),
        by(OrderField::Text(TextField::Name), Direction::Descending),
        by(OrderField::Text(TextField::Login), Direction::Ascending),
        by(OrderField::Text(TextField::Login), Direction::Descending),
        by(OrderField::Number(NumberField::Account), Direction::Ascending),
        by(OrderField::Instant(InstantField::UpdatedAt), Direction::Ascending),
        by(OrderField::Id(IdField::Id), Direction::Ascending),
    ];
    let everybody = orders.map(|order| PersonQuery { order, ..PersonQuery::default() });
    let account = Filter::number(NumberField::Account, Comparison::Equal, 1);
    let some = PersonQuery { filter: account, ..PersonQuery::default() };

    for query in everybody.into_iter().chain([some]) {
        let (first, deep) = (steps(&ground, &query, Window::new(0, 50)), steps(&ground, &query, Window::new(1203, 50)));

        assert!(deep * 4 <= first * 5, "{first} steps for the first page, {deep} for a deep one: {query:#?}");
    }
}

#[test]
fn an_order_with_many_ties_is_read_down_without_sorting_them() {
    let ground = Ground::on_a_file();
    ground.load(strangers(4000));
    let order = |direction| PersonQuery {
        order: vec![OrderTerm::new(OrderField::Number(NumberField::Account), direction)],
        ..PersonQuery::default()
    };

    let up = steps(&ground, &order(Direction::Ascending), Window::new(1203, 50));
    let down = steps(&ground, &order(Direction::Descending), Window::new(1203, 50));

    assert!(down * 4 <= up * 5, "{up} steps up, {down} down");
}

#[test]
fn what_is_far_behind_is_left_for_a_long_read() {
    // PostgreSQL tells of changes before anybody asks.
    let ground = Ground::on_a_file();
    ground.load(strangers(100));
    let query = PersonQuery { window: Window::new(5000, 100), ..PersonQuery::default() };
    let including = Including { total: true, ..Including::default() };
    let effort = || ground.directory.store.people_effort(ground.operator.organization(), &query, including);
    let total = || wait(ground.directory.list_people(&ground.operator, &query, including)).expect("a list").total;

    let before = total();
    ground.load(strangers(700));
    let (at_once, between, after) = (total(), effort(), total());

    assert_eq!((before, at_once, after), (Some(100), Some(700), Some(700)));
    assert_eq!((between, effort()), (Effort::Long, Effort::Short));
}
