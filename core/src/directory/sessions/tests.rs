use super::*;
use crate::directory::{FirstOwner, NewToken, Surroundings, TokenOwner};
use crate::domain::{Email, LongLabel, Name, Slug};
use crate::test_database::{TestDatabase, wait};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

const EMAIL: &str = "ana@example.com";
const PASSWORD: &str = "correct horse";

/// A directory with one owner, and the hand of its clock.
fn place() -> (TestDatabase, Directory, Arc<AtomicI64>) {
    let database = TestDatabase::new();
    let clock = Arc::new(AtomicI64::new(1_767_225_600_000));
    let hand = Arc::clone(&clock);
    let directory =
        database.open(Surroundings::with_clock(move || Instant::from_milliseconds(hand.load(Ordering::SeqCst)).expect("an instant")));
    let first = FirstOwner {
        email: Email::parse(EMAIL).expect("an address"),
        password: PASSWORD.to_owned(),
        name: Name::parse("Ana").expect("a name"),
        organization: Slug::parse("house").expect("a slug"),
        organization_name: LongLabel::parse("House").expect("a name"),
    };
    wait(directory.set_up(first)).expect("set up");
    (database, directory, clock)
}

#[test]
fn a_session_enters_where_its_identity_is_linked_with_the_scopes_of_the_role() {
    let (_database, directory, _) = place();

    let secret = wait(directory.begin_session(EMAIL, PASSWORD, "Browser")).expect("a session");
    let credential = wait(directory.session(secret.reveal())).expect("a credential");

    let actor = credential.enter(None).expect("an actor");
    assert_eq!((actor.slug().as_str(), actor.scopes()), ("house", Scopes::all()));
}

#[test]
fn a_wrong_password_and_an_unknown_address_begin_none() {
    let (_database, directory, _) = place();

    for (email, password) in [(EMAIL, "wrong horse"), ("bob@example.com", PASSWORD), ("no address", PASSWORD)] {
        let refused = wait(directory.begin_session(email, password, ""));
        assert!(matches!(refused, Err(DirectoryError::Unauthenticated)), "{email}");
    }
}

#[test]
fn no_api_takes_a_session_and_the_console_takes_no_token() {
    let (_database, directory, _) = place();
    let session = wait(directory.begin_session(EMAIL, PASSWORD, "")).expect("a session");
    let owner = TokenOwner::Organizations(vec![Slug::parse("house").expect("a slug")]);
    let new = NewToken { owner, scopes: Scopes::all(), name: String::new(), expires_in_seconds: None, quirks: Quirks::none() };
    let token = wait(directory.create_token(new)).expect("a token");

    // Twice, because the second time it is remembered.
    for _ in 0..2 {
        assert!(matches!(wait(directory.authenticate(session.reveal())), Err(DirectoryError::Unauthenticated)));
        assert!(matches!(wait(directory.authenticate_standing(session.reveal())), Err(DirectoryError::Unauthenticated)));
        assert!(matches!(wait(directory.session(token.reveal())), Err(DirectoryError::Unauthenticated)));
    }
}

#[test]
fn a_session_that_was_ended_is_none_at_once() {
    let (_database, directory, _) = place();
    let secret = wait(directory.begin_session(EMAIL, PASSWORD, "")).expect("a session");
    let credential = wait(directory.session(secret.reveal())).expect("a credential");

    wait(directory.end_session(&credential, credential.token())).expect("ended");

    assert!(matches!(wait(directory.session(secret.reveal())), Err(DirectoryError::Unauthenticated)));
    assert!(matches!(wait(directory.end_session(&credential, credential.token())), Err(DirectoryError::NotFound)));
}

#[test]
fn sessions_are_listed_newest_first_until_they_end() {
    let (_database, directory, clock) = place();
    wait(directory.begin_session(EMAIL, PASSWORD, "First")).expect("a session");
    clock.fetch_add(1000, Ordering::SeqCst);
    let second = wait(directory.begin_session(EMAIL, PASSWORD, "Second")).expect("a session");
    let credential = wait(directory.session(second.reveal())).expect("a credential");

    let agents = || wait(directory.sessions(&credential)).expect("sessions").into_iter().map(|session| session.agent).collect::<Vec<_>>();
    assert_eq!(agents(), ["Second", "First"]);
    clock.fetch_add(SESSION_TTL_SECONDS * 1000 - 1000, Ordering::SeqCst);
    assert_eq!(agents(), ["Second"]);
}

#[test]
fn a_new_password_ends_every_session() {
    let (_database, directory, _) = place();
    let secret = wait(directory.begin_session(EMAIL, PASSWORD, "")).expect("a session");
    let credential = wait(directory.session(secret.reveal())).expect("a credential");

    wait(directory.set_password(credential.identity().expect("an identity"), "another horse")).expect("a password");

    assert!(matches!(wait(directory.session(secret.reveal())), Err(DirectoryError::Unauthenticated)));
}

#[test]
fn a_long_name_of_a_browser_is_cut_between_signs() {
    let (_database, directory, _) = place();
    let secret = wait(directory.begin_session(EMAIL, PASSWORD, &"ä".repeat(1000))).expect("a session");
    let credential = wait(directory.session(secret.reveal())).expect("a credential");

    let sessions = wait(directory.sessions(&credential)).expect("sessions");

    assert_eq!(sessions[0].agent, "ä".repeat(AGENT_BYTES_MAX / 2));
}
