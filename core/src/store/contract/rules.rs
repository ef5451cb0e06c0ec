//! What a write is refused for: what is taken, what is not there, what the writer may not give, what has changed.

use super::changing::{ADMIN, NORMAL_USER, OWNER, named, person_number, unique, with_email, with_login, with_role};
use super::{Ground, wait};
use crate::directory::{DirectoryError, EmailRule, GroupKey, PersonReference, PersonUpdate, Precondition, Shown, Version, Versions};
use crate::domain::{Account, Change, GroupNumber, PersonChange, VariableName};
use std::sync::Arc;

#[test]
fn an_address_is_one_person_s_where_an_api_makes_people_by_it_and_shared_elsewhere() {
    let ground = Ground::new();
    ground.create(with_email("ana@example.com")).expect("made");

    let refused = ground.create_as(&ground.operator, unique(), with_email("ＡＮＡ@Example.com"));

    assert!(matches!(refused, Err(DirectoryError::Conflict { field: "email", holder: Some(_) })));
    assert!(ground.create(with_email("ana@example.com")).is_ok());
}

#[test]
fn an_address_that_stays_is_no_conflict_even_where_it_is_shared() {
    let ground = Ground::new();
    ground.create(with_email("ana@example.com")).expect("made");
    ground.create(with_email("ana@example.com")).expect("made");
    let update = || PersonUpdate { email: EmailRule::Unique, ..PersonUpdate::default() };

    assert!(ground.update_as(&ground.operator, 1, update(), with_email("ANA@example.com")).is_ok());
    assert!(ground.update_as(&ground.operator, 1, update(), with_email("bo@example.com")).is_ok());
    assert!(ground.update_as(&ground.operator, 1, update(), with_email("ana@example.com")).is_err());
}

#[test]
fn of_twenty_who_want_one_address_or_login_at_once_one_gets_it() {
    let ground = Arc::new(Ground::new());
    for change in [with_email("ana@example.com"), with_login("ana")] {
        let attempts: Vec<_> = (0..20)
            .map(|_| {
                let (ground, change) = (Arc::clone(&ground), change.clone());
                std::thread::spawn(move || ground.create_as(&ground.operator, unique(), change).is_ok())
            })
            .collect();

        let made = attempts.into_iter().map(|attempt| attempt.join().expect("no panic")).filter(|is_made| *is_made).count();

        assert_eq!(made, 1);
    }
    assert_eq!(ground.findings(), Vec::<String>::new());
}

#[test]
fn what_is_not_there_cannot_be_referred_to() {
    let ground = Ground::new();
    ground.create(named("Ana")).expect("made");
    let ninth = 9;
    let changes = [
        ("role", with_role(ninth)),
        ("job_title", PersonChange { job_title: Change::Set(ninth.try_into().expect("a number")), ..PersonChange::default() }),
        ("level", PersonChange { level: Change::Set(ninth.try_into().expect("a number")), ..PersonChange::default() }),
        ("price_list", PersonChange { price_list: Change::Set(ninth.try_into().expect("a number")), ..PersonChange::default() }),
        ("manager", PersonChange { manager: Change::Set(person_number(ninth)), ..PersonChange::default() }),
        ("manager", PersonChange { manager: Change::Set(person_number(1)), ..PersonChange::default() }),
        ("groups", PersonChange { groups: Change::Set(vec![GroupNumber::new(ninth).expect("a number")]), ..PersonChange::default() }),
    ];
    let before = ground.sequence();

    for (field, change) in changes {
        let refused = ground.update(1, change);
        assert!(matches!(&refused, Err(DirectoryError::Invalid { field: named, .. }) if named == field), "{field}: {refused:?}");
    }

    assert_eq!(ground.sequence(), before);
}

#[test]
fn an_attribute_that_nobody_defined_is_refused_by_name() {
    let ground = Ground::new();
    let mut change = named("Ana");
    change.custom.insert(VariableName::parse("shoe_size").expect("a name"), Change::Clear);

    let refused = ground.create(change);

    assert!(matches!(refused, Err(DirectoryError::Invalid { field, .. }) if field == "custom.shoe_size"));
}

#[test]
fn somebody_without_name_address_or_login_is_not_made() {
    let ground = Ground::new();

    assert!(matches!(ground.create(PersonChange::default()), Err(DirectoryError::Invalid { field, .. }) if field == "name"));
}

#[test]
fn nobody_grants_or_takes_a_role_greater_than_their_own_scopes() {
    let ground = Ground::new();
    ground.create(named("Ana")).expect("made");
    ground.create(PersonChange { role: with_role(OWNER).role, ..named("Bo") }).expect("made");
    ground.create(PersonChange { role: with_role(OWNER).role, ..named("Cy") }).expect("made");
    let admin = ground.token("people:read,people:write,groups:read,groups:write,organization:read");
    let update = |number, role| ground.update_as(&admin, number, PersonUpdate::default(), with_role(role));

    assert!(matches!(update(1, OWNER), Err(DirectoryError::Forbidden(_))));
    assert!(matches!(update(2, NORMAL_USER), Err(DirectoryError::Forbidden(_))));
    assert!(update(1, ADMIN).is_ok());
    assert!(update(2, OWNER).is_ok(), "what stands already is granted by nobody");
}

#[test]
fn letting_somebody_in_again_grants_what_their_role_allows() {
    let ground = Ground::new();
    ground.create(PersonChange { role: with_role(ADMIN).role, ..named("Ana") }).expect("made");
    let (writer, admin) = (ground.token("people:write"), ground.token("people:write,organization:admin"));
    let update = |change| ground.update_as(&writer, 1, PersonUpdate::default(), change);
    let account = |account| PersonChange { account: Change::Set(account), ..PersonChange::default() };
    let archived = |is_archived| PersonChange { is_archived: Change::Set(is_archived), ..PersonChange::default() };

    update(account(Account::Blocked)).expect("whoever leaves may be shut out by anybody who writes people");
    update(archived(true)).expect("archived");
    update(archived(false)).expect("nobody is let in by this alone");
    let unblocked = update(account(Account::Active));
    ground.delete(1).expect("deleted");
    let restored = wait(ground.directory.restore_person(&admin, person_number(1)));

    assert!(matches!(unblocked, Err(DirectoryError::Forbidden(_))));
    assert!(matches!(restored, Err(DirectoryError::Forbidden(_))));
    assert!(ground.restore(1).is_ok() && ground.update(1, account(Account::Active)).is_ok());
}

#[test]
fn anybody_who_writes_people_may_give_the_default_role() {
    let ground = Ground::new();
    let writer = ground.token("people:write");

    let made = ground.create_as(&writer, unique(), PersonChange { role: with_role(NORMAL_USER).role, ..named("Ana") });

    assert!(made.is_ok());
    assert!(matches!(ground.update_as(&writer, 1, PersonUpdate::default(), with_role(ADMIN)), Err(DirectoryError::Forbidden(_))));
}

#[test]
fn memberships_are_written_by_who_may_write_groups() {
    let ground = Ground::new();
    ground.create(named("Ana")).expect("made");
    ground.create_group("Arts", &[]).expect("made");
    let writer = ground.token("people:write");
    let into = |numbers: Vec<GroupNumber>| PersonChange { groups: Change::Set(numbers), ..PersonChange::default() };
    let arts = GroupNumber::new(1).expect("a number");

    assert!(matches!(ground.update_as(&writer, 1, PersonUpdate::default(), into(vec![arts])), Err(DirectoryError::Forbidden(_))));
    assert!(ground.update_as(&writer, 1, PersonUpdate::default(), into(vec![])).is_ok(), "nothing would change");
}

/// The state as a client read it, and a write on condition that it is so still.
fn write_if(ground: &Ground, number: i64, version: Version) -> Result<(), DirectoryError> {
    let precondition = Precondition { matches: Some(Versions::OneOf(vec![version])), ..Precondition::default() };
    let update = PersonUpdate { precondition, ..PersonUpdate::default() };
    ground.update_as(&ground.operator, number, update, named("Written")).map(drop)
}

#[test]
fn a_conditional_write_fails_once_the_record_has_changed() {
    let ground = Ground::new();
    ground.create(named("Ana")).expect("made");
    let read = ground.person(1).expect("somebody").version;
    ground.update(1, with_email("ana@example.com")).expect("changed");

    assert!(matches!(write_if(&ground, 1, read), Err(DirectoryError::PreconditionFailed)));
    assert!(write_if(&ground, 1, ground.person(1).expect("somebody").version).is_ok());
}

#[test]
fn a_membership_moves_the_versions_of_both_its_ends_and_of_nobody_else() {
    let ground = Ground::new();
    for name in ["Ana", "Bo"] {
        ground.create(named(name)).expect("made");
    }
    ground.create_group("Arts", &[2]).expect("made");
    let versions = |ground: &Ground| {
        let person = |number| ground.person(number).expect("somebody").version;
        (person(1), person(2), ground.group(1).expect("a group").version)
    };
    let before = versions(&ground);

    let arts = GroupKey::Number(GroupNumber::new(1).expect("a number"));
    let ana = vec![PersonReference::Number(person_number(1))];
    wait(ground.directory.add_members(&ground.operator, arts, Precondition::default(), ana)).expect("added");

    let after = versions(&ground);
    assert!(after.0 != before.0 && after.2 != before.2);
    assert_eq!(after.1, before.1);
}

#[test]
fn the_names_of_groups_count_where_they_are_shown() {
    let ground = Ground::new();
    ground.create(named("Ana")).expect("made");
    ground.create_group("Arts", &[1]).expect("made");
    let version = |shown| wait(ground.directory.person_version(&ground.operator, super::changing::by_number(1), shown)).expect("a version");
    let before = (version(Shown::Record), version(Shown::GroupNames));

    let name = Change::Set(crate::domain::LongLabel::parse("Fine Arts").expect("a name"));
    ground.update_group(1, crate::directory::GroupChange { name, ..crate::directory::GroupChange::default() }).expect("renamed");

    assert_eq!(version(Shown::Record), before.0);
    assert_ne!(version(Shown::GroupNames), before.1);
}

#[test]
fn a_writer_who_sees_no_groups_need_not_know_their_names() {
    let ground = Ground::new();
    let writer = ground.token("people:read people:write");
    ground.create(named("Ana")).expect("made");
    ground.create_group("Arts", &[1]).expect("made");
    let name = Change::Set(crate::domain::LongLabel::parse("Fine Arts").expect("a name"));
    ground.update_group(1, crate::directory::GroupChange { name, ..crate::directory::GroupChange::default() }).expect("renamed");

    let read = wait(ground.directory.person_version(&writer, super::changing::by_number(1), Shown::GroupNames)).expect("a version");
    let precondition = Precondition { matches: Some(Versions::OneOf(vec![read])), differs: None, shown: Shown::GroupNames };
    let written = ground.update_as(&writer, 1, PersonUpdate { precondition, ..PersonUpdate::default() }, with_email("ana@example.com"));

    assert!(written.is_ok());
}

#[test]
fn a_group_with_its_responsible_person_changes_with_that_person() {
    let ground = Ground::new();
    ground.create(named("Ana")).expect("made");
    ground.create_group("Arts", &[]).expect("made");
    let responsible = Change::Set(PersonReference::Name("ANA".to_owned()));
    ground.update_group(1, crate::directory::GroupChange { responsible, ..crate::directory::GroupChange::default() }).expect("changed");
    let key = GroupKey::Number(GroupNumber::new(1).expect("a number"));
    let version = |shown| wait(ground.directory.group_version(&ground.operator, key, shown)).expect("a version");
    let before = (version(Shown::Record), version(Shown::Responsible));

    ground.update(1, with_email("ana@example.com")).expect("changed");

    assert_eq!(version(Shown::Record), before.0);
    assert_ne!(version(Shown::Responsible), before.1);
}

#[test]
fn members_are_named_surely_or_not_at_all() {
    let ground = Ground::new();
    for name in ["Ana", "Bo", "Bo"] {
        ground.create(named(name)).expect("made");
    }
    ground.create_group("Arts", &[]).expect("made");
    let key = GroupKey::Number(GroupNumber::new(1).expect("a number"));
    let add = |names: &[&str]| {
        let people = names.iter().map(|name| PersonReference::Name((*name).to_owned())).collect();
        wait(ground.directory.add_members(&ground.operator, key, Precondition::default(), people))
    };

    let reasons: Vec<_> = [["ana", "bo"], ["ana", "nobody"]].map(|names| add(&names).map_err(|error| error.to_string()).err()).into();

    let expected = ["members names several people; name one by id at place 2", "members names nobody at place 2"];
    assert_eq!(reasons, expected.map(|reason| Some(reason.to_owned())));
    assert_eq!(ground.group(1).expect("a group").people, []);
}
