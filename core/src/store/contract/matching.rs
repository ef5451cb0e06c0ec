//! Whom a line is about, where one column is to say so.

use super::{Ground, line};
use crate::directory::{ImportMode, ImportPlan, ImportReport, Line, MatchColumn};
use crate::query::PersonQuery;

fn load_by(ground: &Ground, column: MatchColumn, lines: Vec<Line>) -> ImportReport {
    ground.try_load(lines, ImportPlan { matching: Some(column), ..ImportMode::Batches.into() })
}

/// External ids and titles, by number.
fn people<const N: usize>(ground: &Ground) -> [[String; 2]; N] {
    let people = super::wait(ground.directory.people(&ground.operator, &PersonQuery::default())).expect("an answer").people;
    let text = |text: Option<String>| text.unwrap_or_default();
    let shown = people
        .iter()
        .map(|person| [text(person.external_id.as_ref().map(ToString::to_string)), text(person.title.as_ref().map(ToString::to_string))]);
    shown.collect::<Vec<_>>().try_into().expect("so many people")
}

fn reasons(report: &ImportReport) -> Vec<&str> {
    report.refused.iter().map(|line| line.reason.as_str()).collect()
}

#[test]
fn a_file_matched_by_email_gives_people_their_external_ids() {
    let ground = Ground::new();
    ground.load(vec![line(2, &[("email", "Jane@Example.com")]), line(3, &[("external_id", "old"), ("email", "omar@example.com")])]);

    let lines = vec![
        line(2, &[("external_id", "E1"), ("email", " jane@example.COM")]),
        line(3, &[("external_id", "E2"), ("email", "omar@example.com")]),
        line(4, &[("external_id", "E3"), ("email", "new@example.com")]),
    ];
    let report = load_by(&ground, MatchColumn::Email, lines);

    assert_eq!((report.people.updated, report.people.created, reasons(&report)), (2, 1, vec![]));
    assert_eq!(people(&ground).map(|[id, _]| id), ["E1", "E2", "E3"]);
}

#[test]
fn a_file_matched_by_login_is_about_whoever_has_it_whatever_else_it_says() {
    let ground = Ground::new();
    ground.load(vec![line(2, &[("external_id", "a"), ("login", "jane")]), line(3, &[("external_id", "b"), ("login", "omar")])]);

    let report = load_by(&ground, MatchColumn::Login, vec![line(2, &[("login", "ＪＡＮＥ"), ("title", "Chair")])]);

    assert_eq!(report.people.updated, 1);
    assert_eq!(people(&ground), [["a", "Chair"], ["b", ""]]);
}

#[test]
fn what_is_somebody_elses_is_refused_whoever_the_line_is_about() {
    let ground = Ground::new();
    ground.load(vec![line(2, &[("external_id", "a"), ("email", "a@b"), ("number", "7")]), line(3, &[("email", "c@d"), ("number", "8")])]);

    let lines = vec![
        line(2, &[("email", "c@d"), ("external_id", "a")]),
        line(3, &[("email", "new@d"), ("number", "7")]),
        line(4, &[("email", "a@b"), ("number", "9")]),
    ];
    let report = load_by(&ground, MatchColumn::Email, lines);

    assert_eq!(
        reasons(&report),
        ["external_id is taken by person 7", "number is taken by person 7", "number is not 7, that of the person which the line names"]
    );
}

#[test]
fn a_line_without_the_column_or_about_several_people_or_about_one_again_is_refused() {
    let ground = Ground::new();
    ground.load(["a", "b", "c"].map(|id| line(2, &[("external_id", id), ("email", if id == "c" { "c@d" } else { "office@b" })])).into());

    let lines = vec![
        line(2, &[("external_id", "a")]),
        line(3, &[("email", "OFFICE@b")]),
        line(4, &[("email", "c@d")]),
        line(5, &[("email", "C@D")]),
    ];
    let report = load_by(&ground, MatchColumn::Email, lines);

    assert_eq!(
        reasons(&report),
        [
            "email must not be empty, for lines are matched by it",
            "several people have this email; match by another column",
            "line 4 gave the person with this email already",
        ]
    );
}

#[test]
fn matched_by_external_id_a_line_finds_nobody_by_anything_else() {
    let ground = Ground::new();
    ground.load(vec![line(2, &[("external_id", "a"), ("number", "7")])]);

    let report = load_by(&ground, MatchColumn::ExternalId, vec![line(2, &[("external_id", "b"), ("number", "7")])]);

    assert_eq!(reasons(&report), ["number is taken by person 7"]);
}
