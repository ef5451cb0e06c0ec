//! What a change leaves behind: whole or nothing, once, and sound.

use super::{Ground, line, open, wait};
use crate::directory::{DirectoryError, ImportMode, Line, NewToken, TokenOwner};
use crate::domain::{Quirks, Scopes};
use crate::query::PersonQuery;
use crate::store::contract::strangers::strangers;

fn names(ground: &Ground) -> Vec<String> {
    let people = wait(ground.directory.people(&ground.operator, &PersonQuery::default())).expect("an answer").people;
    people.iter().map(crate::domain::Person::name).collect()
}

fn sequence(ground: &Ground) -> i64 {
    wait(ground.directory.organization(&ground.operator)).expect("an organization").sequence
}

fn jane_and_a_wrong_line() -> Vec<Line> {
    vec![line(2, &[("login", "jane"), ("display_name", "Jane")]), line(3, &[("login", "omar"), ("email", "nowhere")])]
}

#[test]
fn a_second_import_of_the_same_lines_changes_nothing() {
    let ground = Ground::new();
    ground.load(strangers(200));
    let before = sequence(&ground);

    let report = ground.load(strangers(200));

    assert_eq!((report.people.created, report.people.updated, report.people.unchanged), (0, 0, 200));
    assert_eq!(sequence(&ground), before);
}

#[test]
fn each_change_moves_the_sequence_by_one() {
    let ground = Ground::new();
    let before = sequence(&ground);

    ground.load(vec![line(2, &[("login", "jane")]), line(3, &[("login", "omar")])]);
    ground.load(vec![line(2, &[("login", "jane"), ("title", "Chair")])]);

    assert_eq!(sequence(&ground), before + 3);
}

#[test]
fn in_batches_a_wrong_line_is_left_out_alone() {
    let ground = Ground::new();

    let report = ground.try_load(jane_and_a_wrong_line(), ImportMode::Batches);

    assert_eq!(names(&ground), ["Jane"]);
    assert_eq!(report.refused.iter().map(|line| line.number).collect::<Vec<_>>(), [3]);
    assert!(report.is_kept);
}

#[test]
fn an_atomic_import_with_a_wrong_line_keeps_nothing() {
    let ground = Ground::new();

    let report = ground.try_load(jane_and_a_wrong_line(), ImportMode::Atomic);

    assert_eq!(names(&ground), Vec::<String>::new());
    assert!(!report.is_kept);
}

#[test]
fn a_dry_run_says_what_would_be_and_keeps_nothing() {
    let ground = Ground::new();
    let before = sequence(&ground);

    let report = ground.try_load(jane_and_a_wrong_line(), ImportMode::DryRun);

    assert_eq!((report.people.created, report.refused.len(), report.is_kept), (1, 1, false));
    assert_eq!((names(&ground), sequence(&ground)), (Vec::<String>::new(), before));
}

#[test]
fn a_manager_may_stand_further_down_the_file() {
    let ground = Ground::new();

    ground.load(vec![line(2, &[("external_id", "a"), ("manager", "b")]), line(3, &[("external_id", "b")])]);

    let people = wait(ground.directory.people(&ground.operator, &PersonQuery::default())).expect("an answer").people;
    assert_eq!(people[0].manager, Some(people[1].number));
}

#[test]
fn an_unknown_manager_is_reported_and_never_made() {
    let ground = Ground::new();

    let report = ground.try_load(vec![line(2, &[("external_id", "a"), ("manager", "nobody")])], ImportMode::Batches);

    assert_eq!((report.people.created, report.refused.len(), names(&ground).len()), (1, 1, 1));
}

#[test]
fn a_login_is_unique_without_regard_to_case_and_width() {
    let ground = Ground::new();

    let report = ground.try_load(
        vec![line(2, &[("external_id", "a"), ("login", "jane")]), line(3, &[("external_id", "b"), ("login", " ＪＡＮＥ")])],
        ImportMode::Batches,
    );

    assert_eq!(report.refused.iter().map(|line| line.reason.as_str()).collect::<Vec<_>>(), ["login is taken by person 1"]);
}

#[test]
fn two_lines_never_write_over_one_another() {
    let ground = Ground::new();

    let report = ground.try_load(
        vec![
            line(2, &[("email", "office@example.com"), ("given_name", "Ana")]),
            line(3, &[("email", "office@example.com"), ("given_name", "Omar")]),
        ],
        ImportMode::Batches,
    );

    assert_eq!((names(&ground), report.refused.len()), (vec!["Ana".to_owned()], 1));
}

#[test]
fn a_number_from_outside_is_never_given_again() {
    let ground = Ground::new();

    ground.load(vec![line(2, &[("number", "7"), ("login", "a")]), line(3, &[("login", "b")])]);

    let people = wait(ground.directory.people(&ground.operator, &PersonQuery::default())).expect("an answer").people;
    assert_eq!(people.iter().map(|person| person.number.get()).collect::<Vec<_>>(), [7, 8]);
}

#[test]
fn the_last_number_of_all_is_given_once_and_then_refused() {
    let ground = Ground::new();

    let report =
        ground.try_load(vec![line(2, &[("number", "2147483647"), ("login", "a")]), line(3, &[("login", "b")])], ImportMode::Batches);

    assert_eq!(report.refused.len(), 1);
}

#[test]
fn twenty_organizations_of_one_slug_are_one() {
    let ground = Ground::new();
    let slug = crate::domain::Slug::parse("house").expect("a slug");
    let name = crate::domain::LongLabel::parse("House").expect("a name");

    let made = (0..20).filter(|_| wait(ground.directory.create_organization(&slug, &name)).is_ok()).count();

    assert_eq!(made, 1);
    let again = wait(ground.directory.create_organization(&slug, &name));
    assert!(matches!(again, Err(DirectoryError::Conflict { field: "slug", .. })));
}

#[test]
fn an_organization_is_made_with_its_roles_or_not_at_all() {
    let ground = Ground::new();
    let slug = crate::domain::Slug::parse("house").expect("a slug");
    let name = crate::domain::LongLabel::parse("House").expect("a name");

    ground.forge("alter table roles rename to roles_away");
    let failed = wait(ground.directory.create_organization(&slug, &name));
    ground.forge("alter table roles_away rename to roles");
    let made = wait(ground.directory.create_organization(&slug, &name));

    assert!(failed.is_err());
    assert_eq!(made.map(|organization| (organization.id.get(), organization.sequence)).ok(), Some((2, 4)));
}

#[test]
fn the_last_use_of_a_token_outlives_a_failed_note() {
    let ground = Ground::new();
    let owner = TokenOwner::Organizations(vec![ground.operator.slug().clone()]);
    let new = NewToken { owner, scopes: Scopes::all(), name: "test".to_owned(), expires_in_seconds: None, quirks: Quirks::none() };
    let secret = wait(ground.directory.create_token(new)).expect("a token");
    wait(ground.directory.authenticate(secret.reveal())).expect("a credential");

    ground.forge("alter table tokens rename to tokens_away");
    let failed = wait(ground.directory.note_token_use());
    ground.forge("alter table tokens_away rename to tokens");
    wait(ground.directory.note_token_use()).expect("noted");

    let tokens = wait(ground.directory.tokens(None)).expect("tokens");
    assert!(failed.is_err());
    assert_eq!(tokens[0].last_used_at.map(|at| at.milliseconds()), Some(super::NOW));
}

#[test]
fn everything_is_there_after_opening_again_and_sound() {
    let mut ground = Ground::new();
    ground.load(strangers(300));
    let before = names(&ground);

    ground.directory = open(&ground.database);

    assert_eq!(names(&ground), before);
    let report = wait(ground.directory.check()).expect("a report");
    assert_eq!((report.people, report.findings), (300, Vec::<String>::new()));
}

#[test]
fn a_check_finds_a_token_whose_quirks_cannot_be_read() {
    let ground = Ground::new();
    let owner = TokenOwner::Organizations(vec![ground.operator.slug().clone()]);
    let new = NewToken { owner, scopes: Scopes::all(), name: "test".to_owned(), expires_in_seconds: None, quirks: Quirks::none() };
    wait(ground.directory.create_token(new)).expect("a token");

    ground.forge("update tokens set quirks = 'room'");

    let findings = wait(ground.directory.check()).expect("a report").findings;
    assert_eq!(findings, ["1 tokens have quirks that cannot be read"]);
}

/// What is found after a statement has been forged into a small, sound directory.
fn findings_after(ground: &Ground, forged: &str) -> String {
    ground.load(strangers(3));
    ground.load(vec![line(2, &[("number", "9"), ("identity", "ana@example.com"), ("groups", "Arts;Law"), ("level", "High")])]);
    ground.forge(forged);
    wait(ground.directory.check()).expect("a report").findings.join(", ")
}

#[test]
fn a_check_finds_what_was_forged() {
    for (forged, expected) in [
        ("update people set account = 9 where number = 2", "senate: person 2: the record and the column account differ"),
        ("update people set record = substr(record, 1, 1) where number = 2", "senate: person 2: the record cannot be read"),
        ("update groups set name = 'Law' where number = 1", "senate: group 1: a text and its folded column differ"),
        ("update sequences set level_number = 0", "senate: a number in use could be given to another level"),
        ("update groups set sequence = 99 where number = 1", "senate: 1 records are ahead of the change sequence"),
        (
            "update identity_links set person_number = 1",
            "senate: 1 links of identities lead to no person or to another, senate: 1 people have an identity that may not enter as them",
        ),
        ("delete from identity_links", "senate: 1 people have an identity that may not enter as them"),
        ("delete from signing_keys", "there is no key to sign with, or one that cannot be read"),
        ("update groups set email = email", ""),
    ] {
        assert_eq!(findings_after(&Ground::new(), forged), expected, "{forged}");
    }
}

/// The embedded database keeps its trigrams in tables beside those of records; a server in indexes, which it keeps itself.
#[test]
fn a_check_finds_what_the_search_of_a_file_misses() {
    for (forged, expected) in [
        (
            "insert into people_search (rowid, name_folded) values (2147483648 + 77, 'xyz')",
            "the search index of people is wrong about 1 trigrams",
        ),
        (
            "insert into groups_search (rowid, name_folded) values (2147483648 + 77, 'x')",
            "the search index of groups misses 0 rows and has 1 of nothing",
        ),
    ] {
        assert_eq!(findings_after(&Ground::on_a_file(), forged), expected, "{forged}");
    }
}

#[test]
fn a_check_finds_that_the_search_of_a_file_knows_nobody() {
    let found = findings_after(&Ground::on_a_file(), "insert into people_search (people_search) values ('delete-all')");

    assert!(found.starts_with("the search index of people is wrong about "), "{found}");
}

#[cfg(unix)]
#[test]
fn a_new_database_can_be_read_by_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let ground = Ground::on_a_file();
    ground.load(strangers(3));

    let files =
        std::fs::read_dir(ground.database.folder()).expect("a folder").map(|file| file.expect("a file").metadata().expect("its rights"));

    assert!(files.map(|file| file.permissions().mode() & 0o077).all(|rights_of_others| rights_of_others == 0));
}
