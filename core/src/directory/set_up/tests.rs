use super::*;
use crate::directory::Surroundings;
use crate::test_database::{TestDatabase, wait};

fn first(email: &str, password: &str) -> FirstOwner {
    FirstOwner {
        email: Email::parse(email).expect("an address"),
        password: password.to_owned(),
        name: Name::parse("Ana de Souza").expect("a name"),
        organization: Slug::parse("house").expect("a slug"),
        organization_name: LongLabel::parse("House").expect("a name"),
    }
}

fn new_directory() -> (TestDatabase, Directory) {
    let database = TestDatabase::new();
    let directory = database.open(Surroundings::system());
    (database, directory)
}

#[test]
fn a_new_directory_is_set_up_once() {
    let (_database, directory) = new_directory();
    assert!(wait(directory.is_to_be_set_up()).expect("an answer"));

    wait(directory.set_up(first("ana@example.com", "correct horse"))).expect("set up");

    assert!(!wait(directory.is_to_be_set_up()).expect("an answer"));
    let again = wait(directory.set_up(first("eve@example.com", "correct horse")));
    assert!(matches!(again, Err(DirectoryError::NotFound)), "{again:?}");
}

#[test]
fn the_first_owner_joins_an_organization_that_is_there() {
    let (_database, directory) = new_directory();
    let slug = Slug::parse("house").expect("a slug");
    wait(directory.create_organization(&slug, &LongLabel::parse("The House").expect("a name"))).expect("an organization");

    wait(directory.set_up(first("ana@example.com", "correct horse"))).expect("set up");

    let organizations = wait(directory.organizations()).expect("organizations");
    assert_eq!(organizations.iter().map(|organization| organization.name.as_str()).collect::<Vec<_>>(), ["The House"]);
}

#[test]
fn an_identity_without_a_password_is_given_one() {
    let (_database, directory) = new_directory();
    wait(directory.create_identity(&Email::parse("ana@example.com").expect("an address"), None)).expect("an identity");
    assert!(wait(directory.is_to_be_set_up()).expect("an answer"));

    wait(directory.set_up(first("ana@example.com", "correct horse"))).expect("set up");

    wait(directory.begin_session("ana@example.com", "correct horse", "")).expect("a session");
}

#[test]
fn a_password_that_is_not_taken_leaves_nothing_behind() {
    let (_database, directory) = new_directory();

    let refused = wait(directory.set_up(first("ana@example.com", "short")));

    assert!(matches!(refused, Err(DirectoryError::Invalid { .. })), "{refused:?}");
    assert!(wait(directory.organizations()).expect("organizations").is_empty());
    assert!(wait(directory.identities()).expect("identities").is_empty());
}
