//! A file loaded all at once is the file loaded line by line: the same people, the same history, the same refusals.

use super::{Ground, line, wait};
use crate::directory::{Cell, ImportMode, ImportPlan, ImportReport, Line, MatchColumn, RecordedChange};
use crate::domain::{Person, PersonId};
use crate::query::PersonQuery;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use uuid::Uuid;

const UUID: &str = "0198a5a0-0000-7000-8000-000000000001";
const COLUMNS: [(&str, &[&str]); 12] = [
    ("external_id", &["", "a", "b", "c", "d", "E", "7"]),
    ("login", &["", "ana", "ANA ", "bo", "ｂｏ", "cy", UUID]),
    ("email", &["", "ana@x", "ANA@x", "bo@x", "cy@x"]),
    ("given_name", &["", "Ana", "Bo", "Cy"]),
    ("family_name", &["", "Ek", "Ås"]),
    ("manager", &["", "a", "b", "ana", "bo@x", "7", "nobody"]),
    ("number", &["", "", "", "7", "9"]),
    ("uuid", &["", "", "", UUID]),
    ("groups", &["", "", "Arts", "Arts;Law"]),
    ("role", &["", "", "Chair"]),
    ("emails", &["", "", "[{\"value\":\"also@x\",\"type\":\"work\"}]"]),
    ("title", &["", "Clerk", "Chief"]),
];
const MATCHING: [Option<MatchColumn>; 4] = [None, Some(MatchColumn::ExternalId), Some(MatchColumn::Login), Some(MatchColumn::Email)];

/// Lines that name one another, and some of them the same person.
fn lines() -> impl Strategy<Value = Vec<Line>> {
    let cells: Vec<_> =
        COLUMNS.iter().map(|(column, words)| (Just(*column), prop::sample::select(*words), prop::bool::weighted(0.7))).collect();
    let lines = prop::collection::vec(cells, 1..30);
    lines.prop_map(|lines| {
        let given = |cells: Vec<(&'static str, &'static str, bool)>| -> Vec<(&str, &str)> {
            cells.into_iter().filter(|(.., is_there)| *is_there).map(|(column, word, _)| (column, word)).collect()
        };
        lines.into_iter().enumerate().map(|(place, cells)| line(place as u64 + 2, &given(cells))).collect()
    })
}

/// What can be seen of a loading, but for the ids that were drawn.
fn seen(ground: &Ground, report: ImportReport) -> (ImportReport, Vec<Person>, Vec<RecordedChange>) {
    let mut people = wait(ground.directory.people(&ground.operator, &PersonQuery::default())).expect("an answer").people;
    let mut history = wait(ground.directory.history(&ground.operator, 0, None, 10_000)).expect("an answer");
    for fields in history.iter_mut().flat_map(|change| [&mut change.before, &mut change.after]).flatten() {
        fields.remove("uuid");
    }
    for person in &mut people {
        person.id = PersonId::new(Uuid::nil());
    }
    (report, people, history)
}

fn one_by_one(ground: &Ground, lines: &[Line], plan: ImportPlan) -> ImportReport {
    wait(async {
        let mut import = ground.directory.import(&ground.operator, plan).expect("allowed");
        for line in lines {
            import.people(vec![line.clone()]).await.expect("loaded");
        }
        import.finish().await.expect("finished")
    })
}

#[test]
fn a_file_loaded_at_once_is_the_file_loaded_line_by_line() {
    let mut runner = TestRunner::new(ProptestConfig { cases: 24, ..ProptestConfig::default() });
    let files = (lines(), lines(), prop::sample::select(MATCHING.to_vec()));
    let checked = runner.run(&files, |(first, second, matching)| {
        let (at_once, by_line) = (Ground::new(), Ground::new());
        let plan = |matching| ImportPlan { matching, ..ImportPlan::from(ImportMode::Batches) };
        for (lines, plan) in [(first, plan(None)), (second, plan(matching))] {
            let expected = one_by_one(&by_line, &lines, plan);
            let report = at_once.try_load(lines, plan);
            let (expected, report) = (seen(&by_line, expected), seen(&at_once, report));
            prop_assert_eq!(report.0, expected.0);
            prop_assert_eq!(report.1, expected.1);
            prop_assert_eq!(report.2, expected.2);
        }
        prop_assert_eq!(wait(at_once.directory.check()).expect("a report").findings, Vec::<String>::new());
        Ok(())
    });
    checked.unwrap_or_else(|fault| panic!("{fault}"));
}

#[test]
fn more_people_than_are_packed_at_once_are_all_there() {
    let ground = Ground::new();
    let lines = (1..=700_u64).map(|number| {
        let (id, manager) = (format!("e{number}"), format!("e{}", number / 2));
        line(
            number + 1,
            &[("external_id", &id), ("login", &format!("Login {number}")), ("manager", if number > 1 { &manager } else { "" })],
        )
    });
    let lines: Vec<Line> = lines.collect();

    let report = ground.load(lines.clone());

    assert_eq!(report.people.created, 700);
    assert_eq!(ground.load(lines).people.unchanged, 700);
    assert_eq!(wait(ground.directory.check()).expect("a report").findings, Vec::<String>::new());
}

#[test]
fn a_line_that_is_refused_leaves_the_lines_beside_it() {
    let ground = Ground::new();
    let lines = vec![
        line(2, &[("external_id", "a"), ("login", "ana")]),
        line(3, &[("external_id", "b"), ("login", " ANA")]),
        Line { number: 4, cells: vec![("external_id".to_owned(), Cell::Text("c".to_owned()))] },
    ];

    let report = ground.try_load(lines, ImportMode::Batches);

    assert_eq!(
        report.refused.iter().map(|line| (line.number, line.reason.as_str())).collect::<Vec<_>>(),
        [(3, "login is taken by person 1")]
    );
    assert_eq!(report.people.created, 2);
}
