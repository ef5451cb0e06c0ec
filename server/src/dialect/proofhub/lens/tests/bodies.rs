//! What a body may say, and every way in which it is wrong.

use super::super::{GroupWrite, PersonWrite};
use super::{object, read, written};
use crate::dialect::proofhub::zones;
use rollcall_core::domain::{Change, GroupNumber, LongLabel, PersonNumber, RoleNumber};
use serde_json::{Value, json};

/// The members that are faulty, in the order in which they are told.
fn faulty(value: Value) -> Vec<String> {
    let faults = read(value).expect_err("faults").to_string();
    faults.split_inclusive('.').filter_map(|fault| fault.split_whitespace().next().map(str::to_owned)).collect()
}

#[test]
fn the_contracts_own_example_is_read() {
    let write = written(json!({
        "first_name": "Stella", "last_name": "Altois", "email": "stella.altois@email.com", "role": "90391275", "language": "en",
    }));

    assert_eq!(write.role, Change::Set(RoleNumber::new(90_391_275).unwrap()));
    assert!([write.first_name, write.last_name].iter().all(|part| matches!(part, Change::Set(_))));
    assert_eq!((write.title, write.suspended, write.projects), (Change::Keep, Change::Keep, Change::Keep));
}

#[test]
fn a_role_is_a_text_a_number_or_an_object() {
    let roles = [json!("3"), json!(3), json!({ "id": 3 }), json!({ "id": "3", "name": "Normal User" })]
        .map(|role| written(json!({ "role": role })).role);

    assert!(roles.iter().all(|role| *role == Change::Set(RoleNumber::new(3).unwrap())), "{roles:?}");
}

#[test]
fn no_role_is_null_or_an_object_with_null() {
    let roles = [Value::Null, json!({ "id": null })].map(|role| written(json!({ "role": role })).role);

    assert_eq!(roles, [Change::Clear, Change::Clear]);
}

#[test]
fn a_role_that_can_be_none_is_refused() {
    for role in
        [json!("three"), json!(0), json!(-3), json!(3.5), json!(true), json!([3]), json!({}), json!({ "id": { "id": 3 } }), json!("")]
    {
        assert_eq!(faulty(json!({ "role": role })), ["role"], "{role}");
    }
}

#[test]
fn every_fault_is_told_at_once_and_names_its_member() {
    let faults = faulty(json!({
        "first_name": 1, "last_name": true, "title": ["x"], "email": "nobody", "role": "x", "groups": 3, "timezone": 2,
        "initials": "a".repeat(101), "image_url": "ftp://example.com", "profile_color": "red", "language": "en_US",
        "suspended": "yes", "send_invite": 1, "projects": ["x"], "frist_name": "Ana",
    }));

    assert_eq!(
        faults,
        [
            "first_name",
            "last_name",
            "title",
            "email",
            "role",
            "groups",
            "timezone",
            "initials",
            "image_url",
            "profile_color",
            "language",
            "suspended",
            "send_invite",
            "projects",
            "frist_name"
        ]
    );
}

#[test]
fn many_faults_are_counted_and_not_all_told() {
    let members = (0..100).map(|number| (format!("member{number}"), Value::Null)).collect();

    let faults = PersonWrite::read(members).expect_err("faults").to_string();

    assert!(faults.ends_with("And so on, 80 more."), "{faults}");
}

#[test]
fn what_only_the_server_writes_is_passed_over() {
    let write = written(json!({ "created_at": "2016-09-16T10:39:25+00:00", "updated_at": 0, "last_active": null }));

    assert_eq!(write, PersonWrite::default());
}

#[test]
fn null_says_nothing_where_something_must_be() {
    let write = written(json!({ "suspended": null, "send_invite": null, "groups": null, "projects": null }));

    assert_eq!(write, PersonWrite::default());
}

#[test]
fn an_empty_text_is_none() {
    let write = written(json!({ "first_name": "", "title": null, "image_url": "" }));

    assert_eq!((write.first_name, write.title, write.image_url), (Change::Clear, Change::Clear, Change::Clear));
}

#[test]
fn a_time_zone_is_a_row_of_the_list() {
    let zones = [json!(47), json!("47")].map(|id| written(json!({ "timezone": id })).timezone);

    assert_eq!(zones, [Change::Set(zones::by_id(47).unwrap()), Change::Set(zones::by_id(47).unwrap())]);
    assert_eq!(faulty(json!({ "timezone": "Europe/London" })), ["timezone"]);
}

#[test]
fn groups_are_a_set_without_the_one_of_everybody() {
    let groups = written(json!({ "groups": [9, 9_000_000_001_i64, "7", 9] })).groups;

    assert_eq!(groups, Change::Set([7, 9].map(|number| GroupNumber::new(number).unwrap()).to_vec()));
}

#[test]
fn an_id_that_no_group_can_have_is_named() {
    let faults = read(json!({ "groups": [1, 5_000_000_000_i64] })).expect_err("a fault");

    assert_eq!(faults.to_string(), "groups names no group: 5000000000.");
}

#[test]
fn a_new_person_needs_an_address() {
    for body in [json!({}), json!({ "email": null }), json!({ "email": "" })] {
        let faults = PersonWrite::read_new(object(body)).expect_err("a fault");
        assert_eq!(faults.to_string(), "email is required.");
    }
}

#[test]
fn a_new_persons_id_is_the_servers_to_give() {
    let write = PersonWrite::read_new(object(json!({ "id": "anything", "email": "ana@example.com" }))).expect("a write");

    assert_eq!(write.id, Change::Keep);
}

#[test]
fn a_group_is_a_name_and_the_ids_of_people() {
    let group = GroupWrite::read_new(object(json!({ "id": 1, "name": "Managers", "assigned": [2, "1", 2] }))).expect("a group");

    assert_eq!(group.name, Change::Set(LongLabel::parse("Managers").unwrap()));
    assert_eq!(group.assigned, Change::Set([1, 2].map(|number| PersonNumber::new(number).unwrap()).to_vec()));
}

#[test]
fn a_group_always_has_a_name() {
    let faults = |faults: Result<GroupWrite, super::Faults>| faults.expect_err("a fault").to_string();

    assert_eq!(faults(GroupWrite::read_new(object(json!({})))), "name is required.");
    assert_eq!(faults(GroupWrite::read(object(json!({ "name": "" })))), "name must not be empty.");
    assert_eq!(faults(GroupWrite::read(object(json!({ "name": "  " })))), "name must not be empty.");
    assert_eq!(
        faults(GroupWrite::read(object(json!({ "assigned": [0], "members": [] })))),
        "assigned names nobody: 0. members is no member that can be written here."
    );
}
