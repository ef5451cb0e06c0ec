//! The history and the bin, as whoever types the commands sees them.

use crate::support::Place;

const PEOPLE: &str = "external_id,login,display_name,manager\na,ana,Ana,\nb,bo,Bo,a\n";

fn place_with_ana_and_bo() -> Place {
    let place = Place::with_acme();
    place.write("people.csv", PEOPLE);
    assert_eq!(place.run(&["import", "acme", "people.csv"]).status, Some(0));
    place
}

fn history(place: &Place, more: &[&str]) -> Vec<String> {
    let ended = place.run(&[&["history", "acme"], more].concat());
    assert_eq!(ended.status, Some(0), "{ended:?}");
    ended.data.lines().map(str::to_owned).collect()
}

#[test]
fn the_history_is_one_line_a_change_without_a_gap() {
    let place = place_with_ana_and_bo();

    let lines = history(&place, &[]);

    let sequences: Vec<usize> = lines.iter().map(|line| line.split(' ').next().expect("a word").parse().expect("a number")).collect();
    assert_eq!(sequences, (1..=lines.len()).collect::<Vec<_>>());
    assert!(lines.iter().any(|line| line.contains("operator: create person 1, ") && line.contains(r#"display_name "Ana""#)), "{lines:?}");
}

#[test]
fn the_history_of_one_person_is_about_nobody_else() {
    let place = place_with_ana_and_bo();

    let lines = history(&place, &["--person", "2"]);

    assert!(!lines.is_empty() && lines.iter().all(|line| line.contains(" person 2")), "{lines:?}");
}

#[test]
fn the_history_as_json_has_whole_values() {
    let place = place_with_ana_and_bo();

    let last = history(&place, &["--json", "--person", "1"]).pop().expect("a line");

    let change: serde_json::Value = serde_json::from_str(&last).expect("JSON");
    assert_eq!((&change["subject"], &change["number"], &change["after"]["login"]), (&"person".into(), &1.into(), &"ana".into()));
}

#[test]
fn a_person_is_deleted_and_restored_from_the_command_line() {
    let place = place_with_ana_and_bo();

    let deleted = place.run(&["delete-person", "acme", "1"]);
    let without = place.people();
    let restored = place.run(&["restore-person", "acme", "1"]);

    assert_eq!((deleted.status, deleted.words.as_str()), (Some(0), "person 1 of acme is in the bin\n"));
    assert_eq!((restored.status, restored.words.as_str()), (Some(0), "person 1 of acme is restored\n"));
    assert_eq!((without, place.people()), (1, 2));
    assert_eq!(place.run(&["check"]).status, Some(0));
}

#[test]
fn restoring_somebody_whose_login_is_taken_fails_and_names_the_holder() {
    let place = place_with_ana_and_bo();
    place.run(&["delete-person", "acme", "1"]);
    place.write("more.csv", "external_id,login\nc,ANA\n");
    assert_eq!(place.run(&["import", "acme", "more.csv"]).status, Some(0));

    let ended = place.run(&["restore-person", "acme", "1"]);

    assert_eq!((ended.status, ended.words.as_str()), (Some(1), "rollcall: login is taken by person 3\n"));
}

#[test]
fn an_erased_person_is_in_no_line_of_the_history_and_never_comes_back() {
    let place = place_with_ana_and_bo();
    place.run(&["delete-person", "acme", "1"]);

    let erased = place.run(&["purge", "acme", "1"]);

    assert_eq!((erased.status, erased.words.as_str()), (Some(0), "person 1 of acme is erased\n"));
    assert!(history(&place, &[]).iter().all(|line| !line.contains("Ana") && !line.contains("\"ana\"")));
    let again = place.run(&["restore-person", "acme", "1"]);
    assert_eq!((again.status, again.words.as_str()), (Some(1), "rollcall: there is no person 1 in the bin of acme\n"));
    assert_eq!(place.run(&["check"]).status, Some(0));
}

#[test]
fn only_who_is_in_the_bin_is_erased() {
    let place = place_with_ana_and_bo();

    let ended = place.run(&["purge", "acme", "1"]);

    assert_eq!((ended.status, ended.words.as_str()), (Some(1), "rollcall: there is no person 1 in the bin of acme\n"));
    assert_eq!(place.people(), 2);
}
