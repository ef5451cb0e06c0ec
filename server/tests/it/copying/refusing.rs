use super::{contents, copy, done, full};
use crate::support::Place;

#[test]
fn a_database_that_holds_something_is_not_copied_into() {
    let (from, to) = (full(), Place::with_acme());

    let ended = copy(&from, &to);

    let words = "rollcall: the database to copy into holds something already (organizations): copy into an empty one\n";
    assert_eq!((ended.status, ended.words.as_str()), (Some(1), words));
    assert_eq!(to.people(), 0);
}

#[test]
fn a_copy_that_lives_on_its_own_is_not_copied_into_again() {
    let (from, to) = (full(), Place::new());
    copy(&from, &to);
    done(&to, &["organization", "create", "new", "--name", "New"]);
    let before = contents(&to);

    let ended = copy(&from, &to);

    assert_eq!(ended.status, Some(1));
    assert!(ended.words.contains("holds something already"), "{ended:?}");
    assert_eq!(contents(&to), before);
}

#[test]
fn a_database_is_not_copied_into_itself() {
    let from = full();

    let ended = copy(&from, &from);

    assert_eq!((ended.status, ended.words.as_str()), (Some(1), "rollcall: a database cannot be copied into itself\n"));
}

#[test]
fn a_source_that_is_not_there_is_not_made() {
    let (from, to) = (Place::on_a_file(), Place::new());

    let ended = copy(&from, &to);

    assert_eq!(ended.status, Some(1));
    assert!(ended.words.contains("opening the database to copy from failed"), "{ended:?}");
    assert!(!from.path().join("rollcall.db").exists());
}

#[test]
fn neither_url_is_left_out_and_no_other_is_given() {
    let from = full();

    for words in [
        &["copy", "--from", "sqlite:rollcall.db"][..],
        &["copy", "--to", "sqlite:rollcall.db"],
        &["copy", "--from", "sqlite:rollcall.db", "--to", "sqlite:b.db", "--database", "sqlite:c.db"],
    ] {
        assert_eq!(from.run(words).status, Some(2), "{words:?}");
    }
    let ended = from.run(&["copy", "--from", "sqlite:rollcall.db", "--to", "mysql://u:secret@h/d"]);
    assert_eq!(ended.status, Some(2));
    assert!(ended.words.contains("--to") && !ended.words.contains("secret"), "{ended:?}");
}
