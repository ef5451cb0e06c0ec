use super::*;
use crate::directory::Surroundings;
use crate::domain::{Scope, Slug};
use crate::test_database::{TestDatabase, wait};

const READING: [Scope; 2] = [Scope::PeopleRead, Scope::GroupsRead];

/// A directory with one organization, and somebody in it who may do this.
fn place(scopes: Scopes) -> (Directory, Actor, TestDatabase) {
    let database = TestDatabase::new();
    let clock = Surroundings::with_clock(|| Instant::from_milliseconds(1_767_225_600_000).expect("an instant"));
    let directory = database.open(clock);
    let slug = Slug::parse("senate").expect("a slug");
    wait(directory.create_organization(&slug, &LongLabel::parse("Senate").expect("a name"))).expect("an organization");
    let operator = wait(directory.operator(&slug)).expect("an operator");
    let actor = Actor::operator(operator.organization(), slug, scopes);
    (directory, actor, database)
}

fn new(name: &str, code: Option<&str>, scopes: Scopes) -> NewRole {
    NewRole { name: LongLabel::parse(name).expect("a name"), code: code.map(|code| Code::parse(code).expect("a code")), scopes }
}

fn code(text: &str) -> Code {
    Code::parse(text).expect("a code")
}

fn sequence(directory: &Directory, actor: &Actor) -> i64 {
    wait(directory.organization(actor)).expect("an organization").sequence
}

#[test]
fn a_role_is_made_with_a_code_of_its_name() {
    let (directory, actor, _database) = place(Scopes::all());

    let codes = ["Project lead", "Project  lead", "Ökonom"].map(|name| {
        let made = wait(directory.create_role(&actor, new(name, None, Scopes::new(READING)))).expect("a role");
        made.code.to_string()
    });

    assert_eq!(codes, ["ROLE_PROJECT_LEAD", "ROLE_PROJECT__LEAD", "ROLE__KONOM"]);
}

#[test]
fn a_name_and_a_code_are_taken_once() {
    let (directory, actor, _database) = place(Scopes::all());
    let made = |name, code| wait(directory.create_role(&actor, new(name, code, Scopes::default())));

    let taken = [made("OWNER", Some("ROLE_BOSS")), made("Boss", Some("ROLE_OWNER"))];

    assert!(taken.iter().all(|made| matches!(made, Err(DirectoryError::Conflict { .. }))), "{taken:?}");
}

#[test]
fn a_code_has_the_form_of_the_others() {
    let (directory, actor, _database) = place(Scopes::all());

    for text in ["BOSS", "ROLE_", "ROLE_boss", "ROLE_B-S", "role_BOSS"] {
        let made = wait(directory.create_role(&actor, new("Boss", Some(text), Scopes::default())));
        assert!(matches!(made, Err(DirectoryError::Invalid { ref field, .. }) if field == "code"), "{text}: {made:?}");
    }
}

#[test]
fn the_scopes_of_a_role_change_and_nothing_else_of_it() {
    let (directory, actor, _database) = place(Scopes::all());
    let before = wait(directory.roles(&actor)).expect("roles");

    wait(directory.change_role(&actor, code("ROLE_USER"), Scopes::new(READING))).expect("changed");

    let after = wait(directory.roles(&actor)).expect("roles");
    let expected = before.into_iter().map(|role| if role.is_default { Role { scopes: Scopes::new(READING), ..role } } else { role });
    assert_eq!(after, expected.collect::<Vec<_>>());
}

#[test]
fn each_change_of_a_role_is_recorded_and_telling_what_stands_is_none() {
    let (directory, actor, _database) = place(Scopes::all());
    let before = sequence(&directory, &actor);

    wait(directory.create_role(&actor, new("Boss", None, Scopes::new(READING)))).expect("a role");
    for scopes in [Scopes::all(), Scopes::all(), Scopes::default()] {
        wait(directory.change_role(&actor, code("ROLE_BOSS"), scopes)).expect("changed");
    }

    assert_eq!(sequence(&directory, &actor), before + 3);
}

#[test]
fn the_owners_role_keeps_every_scope() {
    let (directory, actor, _database) = place(Scopes::all());

    let narrowed = wait(directory.change_role(&actor, code("ROLE_OWNER"), Scopes::new(READING)));

    assert!(matches!(narrowed, Err(DirectoryError::Invalid { ref field, .. }) if field == "scopes"), "{narrowed:?}");
    assert!(wait(directory.change_role(&actor, code("ROLE_OWNER"), Scopes::all())).is_ok());
}

#[test]
fn nobody_gives_or_takes_away_what_they_do_not_hold() {
    let (directory, actor, _database) = place(Scopes::new([Scope::OrganizationAdmin, Scope::PeopleRead]));
    let is_refused = |done: Result<Role, DirectoryError>| matches!(done, Err(DirectoryError::Forbidden(_)));

    let made = wait(directory.create_role(&actor, new("Boss", None, Scopes::new([Scope::PeopleWrite]))));
    let given = wait(directory.change_role(&actor, code("ROLE_CLIENT"), Scopes::new([Scope::GroupsRead])));
    let taken = wait(directory.change_role(&actor, code("ROLE_ADMIN"), Scopes::new([Scope::PeopleRead])));
    let own = wait(directory.change_role(&actor, code("ROLE_CLIENT"), Scopes::new([Scope::PeopleRead])));

    assert_eq!([is_refused(made), is_refused(given), is_refused(taken), is_refused(own)], [true, true, true, false]);
}

#[test]
fn who_does_not_administer_the_organization_changes_no_role() {
    let (directory, actor, _database) = place(Scopes::new([Scope::PeopleRead, Scope::PeopleWrite]));

    let made = wait(directory.create_role(&actor, new("Boss", None, Scopes::default())));

    assert!(matches!(made, Err(DirectoryError::Forbidden(Scope::OrganizationAdmin))), "{made:?}");
}

#[test]
fn a_role_that_is_not_there_is_not_found() {
    let (directory, actor, _database) = place(Scopes::all());

    let changed = wait(directory.change_role(&actor, code("ROLE_NOBODY"), Scopes::default()));

    assert!(matches!(changed, Err(DirectoryError::NotFound)), "{changed:?}");
}
