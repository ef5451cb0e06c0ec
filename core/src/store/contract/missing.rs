//! People in no line of a file: deleted where that was asked, and never by mistake.

use super::{Ground, line, wait};
use crate::directory::{DirectoryError, ImportMode, ImportPlan, ImportReport, Line, PersonKey, Withheld};
use crate::domain::{Person, PersonNumber};
use crate::query::PersonQuery;

fn plan(mode: ImportMode, percent: &str) -> ImportPlan {
    ImportPlan { delete_missing: Some(percent.parse().expect("a percentage")), ..mode.into() }
}

/// So many people, `E1` and on; the numbers are the same.
fn crowd(people: u64) -> Vec<Line> {
    (1..=people).map(|number| line(number + 1, &[("external_id", &format!("E{number}"))])).collect()
}

fn people(ground: &Ground) -> Vec<Person> {
    wait(ground.directory.people(&ground.operator, &PersonQuery::default())).expect("an answer").people
}

fn numbers(ground: &Ground) -> Vec<i64> {
    people(ground).iter().map(|person| person.number.get()).collect()
}

fn sequence(ground: &Ground) -> i64 {
    wait(ground.directory.organization(&ground.operator)).expect("an organization").sequence
}

fn restore(ground: &Ground, number: i64) -> Result<(), DirectoryError> {
    wait(ground.directory.restore_person(&ground.operator, PersonNumber::new(number).expect("a number")))
}

fn manager(ground: &Ground, number: i64) -> Option<i64> {
    let key = PersonKey::Number(PersonNumber::new(number).expect("a number"));
    wait(ground.directory.person(&ground.operator, key)).expect("a person").person.manager.map(PersonNumber::get)
}

fn withheld(report: &ImportReport) -> Option<Withheld> {
    report.missing.as_ref().expect("a word about it").withheld
}

#[test]
fn whoever_is_in_no_line_is_moved_to_the_bin_with_a_change_for_each_thing_let_go() {
    let ground = Ground::new();
    let mut lines = crowd(10);
    lines[1] = line(3, &[("external_id", "E2"), ("manager", "E10"), ("groups", "Arts")]);
    lines[9] = line(11, &[("external_id", "E10"), ("groups", "Arts")]);
    ground.load(lines);
    ground.load_groups(vec![line(2, &[("group_name", "Arts"), ("group_responsible", "E10")])]);
    let before = sequence(&ground);

    let report = ground.try_load(crowd(9), plan(ImportMode::Batches, "10"));

    assert_eq!((report.people.deleted, report.people.unchanged, report.is_whole()), (1, 9, true));
    assert_eq!(numbers(&ground), [1, 2, 3, 4, 5, 6, 7, 8, 9]);
    let told = wait(ground.directory.history(&ground.operator, before, None, 10)).expect("a history");
    let told: Vec<_> = told.iter().map(|change| (change.action.as_str(), change.subject.as_str(), change.number)).collect();
    assert_eq!(told, [("delete", "membership", 10), ("update", "person", 2), ("update", "group", 1), ("delete", "person", 10)]);
    restore(&ground, 10).expect("restored");
    assert_eq!(manager(&ground, 2), Some(10));
    assert_eq!(wait(ground.directory.check()).expect("a report").findings, Vec::<String>::new());
}

#[test]
fn a_file_without_too_many_people_deletes_nobody() {
    let ground = Ground::new();
    ground.load(crowd(20));

    let report = ground.try_load(crowd(17), plan(ImportMode::Batches, "10"));

    assert_eq!((withheld(&report), report.people.deleted, report.is_whole()), (Some(Withheld::TooMany), 0, false));
    assert_eq!(numbers(&ground).len(), 20);
    assert_eq!(ground.try_load(crowd(17), plan(ImportMode::Batches, "15")).people.deleted, 3);
}

#[test]
fn an_atomic_import_that_may_not_delete_loads_nothing_either() {
    let ground = Ground::new();
    ground.load(crowd(2));
    let before = sequence(&ground);

    let report = ground.try_load(vec![line(2, &[("external_id", "other")])], plan(ImportMode::Atomic, "10"));

    assert_eq!((report.is_kept, report.people.created, sequence(&ground)), (false, 0, before));
}

#[test]
fn a_refused_line_and_a_file_without_lines_delete_nobody() {
    let ground = Ground::new();
    ground.load(crowd(3));

    let refused = ground.try_load(
        vec![line(2, &[("external_id", "E1"), ("email", "nowhere")]), line(3, &[("external_id", "E2")])],
        plan(ImportMode::Batches, "100"),
    );
    let empty = ground.try_load(Vec::new(), plan(ImportMode::Batches, "100"));

    assert_eq!((withheld(&refused), withheld(&empty)), (Some(Withheld::LinesRefused), Some(Withheld::NobodyLoaded)));
    assert_eq!((numbers(&ground).len(), empty.is_whole()), (3, false));
}

#[test]
fn the_last_owner_stays_and_is_told_of() {
    let ground = Ground::new();
    let owner = |number, id| line(number, &[("external_id", id), ("role", "ROLE_OWNER"), ("account", "active")]);
    ground.load(vec![owner(2, "a"), owner(3, "b"), line(4, &[("external_id", "E1")])]);

    let report = ground.try_load(crowd(1), plan(ImportMode::Batches, "100"));

    let last_owner = report.missing.as_ref().and_then(|missing| missing.last_owner).map(PersonNumber::get);
    assert_eq!((last_owner, report.people.deleted, report.is_whole()), (Some(2), 1, false));
    assert_eq!(numbers(&ground), [2, 3]);
}

#[test]
fn a_dry_run_counts_as_the_import_does_and_moves_nothing() {
    let ground = Ground::new();
    ground.load(crowd(40));
    let lines = || {
        let mut lines = crowd(38);
        lines[0] = line(2, &[("external_id", "E1"), ("title", "Chair"), ("manager", "E40")]);
        lines.push(line(40, &[("external_id", "new"), ("groups", "Arts")]));
        lines
    };
    let before = (sequence(&ground), people(&ground));

    let rehearsed = ground.try_load(lines(), plan(ImportMode::DryRun, "10"));
    let after = (sequence(&ground), people(&ground));
    let real = ground.try_load(lines(), plan(ImportMode::Batches, "10"));

    assert_eq!((rehearsed.people.deleted, rehearsed.is_kept, after), (2, false, before));
    assert_eq!(ImportReport { is_kept: true, ..rehearsed }, real);
}

#[test]
fn who_comes_while_the_file_is_loaded_stays() {
    let ground = Ground::new();
    ground.load(crowd(2));

    let report = wait(async {
        let mut import = ground.directory.import(&ground.operator, plan(ImportMode::Batches, "100")).expect("allowed");
        import.people(crowd(1)).await.expect("loaded");
        let mut other = ground.directory.import(&ground.operator, ImportMode::Batches).expect("allowed");
        other.people(vec![line(2, &[("external_id", "new")])]).await.expect("loaded");
        other.finish().await.expect("finished");
        import.finish().await.expect("finished")
    });

    assert_eq!((report.people.deleted, numbers(&ground)), (1, vec![1, 3]));
}

#[test]
fn managers_and_reports_who_go_together_come_back_as_they_were() {
    let ground = Ground::new();
    let reports_to = |number, id, manager| line(number, &[("external_id", id), ("manager", manager)]);
    let circle = [reports_to(5, "d", "e"), reports_to(6, "e", "d")];
    ground.load([vec![reports_to(2, "a", ""), reports_to(3, "b", "a"), reports_to(4, "c", "b")], circle.to_vec()].concat());

    let report = ground.try_load(vec![line(2, &[("external_id", "other")])], plan(ImportMode::Batches, "100"));
    for number in 1..=5 {
        restore(&ground, number).expect("restored");
    }

    assert_eq!(report.people.deleted, 5);
    assert_eq!([2, 3].map(|number| manager(&ground, number)), [Some(1), Some(2)]);
}
