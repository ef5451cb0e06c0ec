//! Creates that are sent again: the first answer, for a day, for the credential that asked.

use super::changing::named;
use super::{Ground, NOW, wait};
use crate::directory::{DirectoryError, Surroundings};
use crate::domain::Instant;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

#[test]
fn the_same_request_again_is_given_the_first_answer_and_makes_nothing() {
    let ground = Ground::new();
    let actor = ground.token("people:write");
    let first = ground.create_repeatedly(&actor, "key", 1, named("Ana")).expect("made");
    ground.update(1, named("Anna")).expect("changed");
    let before = ground.sequence();

    let again = ground.create_repeatedly(&actor, "key", 1, named("Ana")).expect("an answer");

    assert_eq!((again.body, again.version), (first.body, first.version));
    assert_eq!((first.is_repeated, again.is_repeated, ground.sequence()), (false, true, before));
}

#[test]
fn another_request_under_the_same_key_is_refused() {
    let ground = Ground::new();
    let actor = ground.token("people:write");
    ground.create_repeatedly(&actor, "key", 1, named("Ana")).expect("made");

    assert!(matches!(ground.create_repeatedly(&actor, "key", 2, named("Bo")), Err(DirectoryError::KeyReused)));
}

#[test]
fn keys_of_two_credentials_are_two() {
    let ground = Ground::new();
    ground.create_repeatedly(&ground.token("people:write"), "key", 1, named("Ana")).expect("made");

    let other = ground.create_repeatedly(&ground.token("people:write"), "key", 2, named("Bo")).expect("made");

    assert!(!other.is_repeated);
}

#[test]
fn a_create_that_failed_is_tried_anew() {
    let ground = Ground::new();
    let actor = ground.token("people:write");
    assert!(ground.create_repeatedly(&actor, "key", 1, crate::domain::PersonChange::default()).is_err());

    assert!(!ground.create_repeatedly(&actor, "key", 1, named("Ana")).expect("made").is_repeated);
}

#[test]
fn a_first_answer_is_forgotten_after_a_day() {
    let now = Arc::new(AtomicI64::new(NOW));
    let mut ground = Ground::new();
    let clock = Arc::clone(&now);
    let surroundings = Surroundings::with_clock(move || Instant::from_milliseconds(clock.load(Ordering::Relaxed)).expect("an instant"));
    ground.directory = ground.database.open(surroundings);
    let actor = ground.token("people:write");
    ground.create_repeatedly(&actor, "key", 1, named("Ana")).expect("made");

    now.fetch_add(24 * 60 * 60 * 1000 - 1, Ordering::Relaxed);
    let within = ground.create_repeatedly(&actor, "key", 1, named("Ana")).expect("an answer").is_repeated;
    now.fetch_add(1, Ordering::Relaxed);
    let after = ground.create_repeatedly(&actor, "key", 1, named("Ana")).expect("made").is_repeated;

    assert_eq!((within, after), (true, false));
}

#[test]
fn an_erased_person_is_in_no_kept_answer() {
    let ground = Ground::new();
    let actor = ground.token("people:write");
    ground.create_repeatedly(&actor, "key", 1, named("Ana")).expect("made");
    ground.delete(1).expect("deleted");
    ground.purge(1).expect("erased");

    let again = ground.create_repeatedly(&actor, "key", 1, named("Ana")).expect("made");

    assert_eq!((again.is_repeated, again.body), (false, b"2 Ana".to_vec()));
    assert_eq!(wait(ground.directory.check()).expect("a report").findings, Vec::<String>::new());
}
