//! Searches through the memory index: the same people as memory finds, whoever writes in between.

use super::changing::named;
use super::oracle::{everybody, meant};
use super::strangers::{Dice, strangers};
use super::{Ground, line, open, wait};
use crate::directory::DirectoryError;
use crate::domain::{Change, Name, PersonChange, Text};
use crate::query::{
    Absent, Comparison, Direction, Filter, Including, Match, NumberField, OrderField, OrderTerm, PersonQuery, TextExpression, TextField,
    Window,
};
use crate::store::Effort;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

const FIELDS: [TextField; 9] = [
    TextField::Name,
    TextField::Description,
    TextField::Email,
    TextField::Phone,
    TextField::AdditionalInformation,
    TextField::Login,
    TextField::DisplayName,
    TextField::GivenName,
    TextField::FamilyName,
];

/// Numbers, and how many there are in all.
type Answer = (Vec<i64>, Option<u64>);

/// The first search has an index built.
pub(super) fn prepare(ground: &Ground) {
    let query = PersonQuery { filter: holding(TextField::Name, Match::Contains, "xyz"), ..PersonQuery::default() };
    wait(ground.directory.people(&ground.operator, &query)).expect("an answer");
    assert!(ground.directory.search.wait(ground.operator.organization()), "there is an index");
}

/// What the index says, if it is asked at all, and what memory says of everybody at that moment.
fn answers(ground: &Ground, query: &PersonQuery, with_total: bool) -> (Option<Answer>, Answer) {
    let (search, query) = (ground.directory.search.clone(), query.clone());
    let read = ground.directory.store.read(ground.operator.organization(), Effort::Long, move |tx| {
        tx.search_with(&search);
        Box::pin(async move {
            let found = tx.searched_people(&query, with_total).await?;
            let people = tx.people(&PersonQuery::default(), Including::default()).await?.people;
            let people: Vec<_> = people.into_iter().map(|row| row.person).collect();
            let all = meant(&people, &PersonQuery { window: Window::everything(), ..query.clone() });
            let found = found.map(|(held, total)| {
                let number =
                    |held: &crate::store::search::Held| crate::store::record::decode(&held.record).map(|person| person.number.get());
                (held.iter().map(|held| number(held).expect("a record")).collect(), total)
            });
            Ok::<_, DirectoryError>((found, (meant(&people, &query), with_total.then_some(all.len() as u64))))
        })
    });
    wait(read).expect("an answer")
}

fn holding(field: TextField, how: Match, text: &str) -> Filter {
    Filter::Match { haystack: TextExpression::Field(field), how, needle: TextExpression::Literal(text.to_owned()) }
}

/// A few letters of somebody, or of nobody.
fn needle(dice: &mut Dice, names: &[String]) -> String {
    let whole: Vec<char> = names[dice.below(names.len())].chars().collect();
    let start = dice.below(whole.len() + 1);
    let part: String = whole.into_iter().skip(start).take(1 + dice.below(6)).collect();
    if dice.below(8) == 0 { dice.text(2) } else { part }
}

fn random_search(dice: &mut Dice, names: &[String]) -> PersonQuery {
    let leaf = |dice: &mut Dice| {
        let how = [Match::Contains, Match::Contains, Match::StartsWith, Match::EndsWith][dice.below(4)];
        let text = needle(dice, names);
        match dice.below(10) {
            0 => Filter::text(FIELDS[dice.below(9)], Comparison::Equal, text),
            1 => Filter::number(NumberField::Account, Comparison::Equal, 1),
            _ => holding(FIELDS[dice.below(9)], how, &text),
        }
    };
    let filter = match dice.below(5) {
        0 => Filter::And(vec![leaf(dice), leaf(dice)]),
        1 => Filter::Or(vec![leaf(dice), leaf(dice)]),
        _ => leaf(dice),
    };
    let term = OrderTerm {
        field: OrderField::Text(FIELDS[dice.below(9)]),
        direction: [Direction::Ascending, Direction::Descending][dice.below(2)],
        absent: [Absent::Least, Absent::Greatest][dice.below(2)],
    };
    let order = if dice.below(2) == 0 { Vec::new() } else { vec![term] };
    let window = match dice.below(4) {
        0 => Window::everything(),
        1 => Window::new(0, 0),
        _ => Window::new(dice.below(20) as u64, dice.below(30) as u64),
    };
    PersonQuery { filter, order, window, ..PersonQuery::default() }
}

/// One change of somebody, or of several.
fn write(ground: &Ground, dice: &mut Dice, names: &[String]) {
    let number = 1 + dice.below(300) as i64;
    let name = needle(dice, names);
    // Whoever is not there is not changed.
    match dice.below(6) {
        0 => drop(ground.create(named(&name))),
        1 => drop(ground.delete(number)),
        2 => drop(ground.restore(number)),
        3 => {
            let email =
                if name.is_empty() { Change::Clear } else { Text::parse(&format!("{number}@x.org")).map_or(Change::Clear, Change::Set) };
            drop(ground.update(number, PersonChange { email, ..PersonChange::default() }));
        }
        _ => {
            let change = |text: &str| Name::parse(text).map_or(Change::Keep, Change::Set);
            let change = PersonChange { given_name: change(&name), family_name: change(&dice.text(3)), ..PersonChange::default() };
            drop(ground.update(number, change));
        }
    }
}

#[test]
fn every_search_finds_what_memory_finds_after_any_writes() {
    let ground = Ground::new();
    ground.load(strangers(300));
    prepare(&ground);
    let mut dice = Dice::new(0x5ea4c);
    let names: Vec<String> = everybody(&ground).iter().flat_map(|person| [person.name(), "example.com".to_owned()]).collect();
    let mut through_index = 0;

    for step in 0..400 {
        for _ in 0..dice.below(3) {
            write(&ground, &mut dice, &names);
        }
        let (query, with_total) = (random_search(&mut dice, &names), dice.below(2) == 0);
        let (found, meant) = answers(&ground, &query, with_total);
        let shown = wait(ground.directory.packed_people(&ground.operator, &query, with_total)).expect("an answer");

        let numbers: Vec<i64> = shown.people.iter().filter_map(|person| person.number(crate::store::PersonField::Number)).collect();
        assert_eq!((numbers, shown.total), meant, "step {step}: {query:#?}");
        if let Some(found) = found {
            through_index += 1;
            assert_eq!(found, meant, "step {step}: {query:#?}");
        }
    }
    assert!(through_index > 100, "the index was asked {through_index} times");
}

#[test]
fn searches_beside_writers_are_of_one_moment() {
    let ground = Arc::new(Ground::new());
    ground.load(strangers(120));
    prepare(&ground);
    let names: Vec<String> = everybody(&ground).iter().map(|person| person.name()).collect();
    let is_done = Arc::new(AtomicBool::new(false));
    let writers: Vec<_> = (0..3_u64)
        .map(|seed| {
            let (ground, names, is_done) = (Arc::clone(&ground), names.clone(), Arc::clone(&is_done));
            std::thread::spawn(move || {
                let mut dice = Dice::new(0xa11ce + seed);
                while !is_done.load(Ordering::Relaxed) {
                    write(&ground, &mut dice, &names);
                }
            })
        })
        .collect();
    let searchers: Vec<_> = (0..2_u64)
        .map(|seed| {
            let (ground, names) = (Arc::clone(&ground), names.clone());
            std::thread::spawn(move || {
                let mut dice = Dice::new(0xb0b + seed);
                for _ in 0..120 {
                    let query = random_search(&mut dice, &names);
                    let (found, meant) = answers(&ground, &query, true);
                    assert!(found.is_none_or(|found| found == meant), "{query:#?}");
                }
            })
        })
        .collect();

    let outcomes: Vec<_> = searchers.into_iter().map(std::thread::JoinHandle::join).collect();
    is_done.store(true, Ordering::Relaxed);
    for writer in writers {
        writer.join().expect("no panic");
    }

    assert!(outcomes.into_iter().all(|outcome| outcome.is_ok()));
}

#[test]
fn what_another_process_has_loaded_is_found_at_once() {
    let ground = Ground::new();
    ground.load(strangers(50));
    prepare(&ground);
    let other = open(&ground.database);
    let query = PersonQuery { filter: holding(TextField::Name, Match::Contains, "jansen"), ..PersonQuery::default() };
    let find = || wait(ground.directory.people(&ground.operator, &query)).expect("an answer").people.len();
    assert_eq!(find(), 0);

    let lines = (0..150).map(|number| line(number + 2, &[("login", &format!("j{number}")), ("family_name", "Jansen")])).collect();
    let loaded = wait(async {
        let mut import = other.import(&ground.operator, crate::directory::ImportMode::Batches).expect("allowed");
        import.people(lines).await.expect("loaded");
        import.finish().await.expect("finished")
    });

    assert_eq!((loaded.people.created, find()), (150, 150));
}

#[test]
fn what_is_looked_for_often_is_short_work_once_there_is_an_index() {
    let ground = Ground::new();
    ground.load((1..=300).map(|number| line(number + 1, &[("login", &format!("l{number}")), ("family_name", "Jansen")])).collect());
    let organization = ground.operator.organization();
    let search = |text: &str, order: Vec<OrderTerm>| {
        let query = PersonQuery {
            filter: holding(TextField::Name, Match::Contains, text),
            order,
            window: Window::new(0, 100),
            ..PersonQuery::default()
        };
        ground.directory.search.effort(organization, &query, false)
    };
    assert_eq!(search("jansen", vec![]), None);

    prepare(&ground);

    let by_name = vec![OrderTerm::new(OrderField::Text(TextField::Name), Direction::Ascending)];
    assert_eq!(search("jansen", vec![]), Some(Effort::Short));
    assert_eq!(search("an", vec![]), Some(Effort::Short));
    assert_eq!(search("an", by_name), Some(Effort::Short));
    assert_eq!(search("xyz", vec![]), Some(Effort::Short));
}
