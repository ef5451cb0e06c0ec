//! What the contract says of single members.

use super::super::PersonWrite;
use super::{before, nobody, object, shown};
use rollcall_core::directory::PersonBefore;
use rollcall_core::domain::{Change, Email, Name, Person, PersonChange, RoleNumber};
use serde_json::{Value, json};

fn put(body: Value, before: &PersonBefore) -> Result<PersonChange, Vec<(String, String)>> {
    let failures =
        |failures: Vec<super::super::FieldFailure>| failures.into_iter().map(|failure| (failure.field, failure.message)).collect();
    PersonWrite::read(object(body)).put(before).map_err(failures)
}

/// The members that are refused.
fn refused(body: Value, before: &PersonBefore) -> Vec<String> {
    put(body, before).expect_err("failures").into_iter().map(|(field, _)| field).collect()
}

/// An administrator with an address and one whole name.
fn ana() -> PersonBefore {
    before(Person {
        email: Email::parse("ana@example.com").ok(),
        display_name: Name::parse("Ana de Souza").ok(),
        role: RoleNumber::new(1).ok(),
        ..nobody()
    })
}

#[test]
fn an_empty_body_changes_nothing() {
    assert_eq!(put(json!({}), &ana()), Ok(PersonChange::default()));
}

#[test]
fn every_failure_is_reported_at_once() {
    let body = json!({
        "name": null, "surname": "x".repeat(51), "email": "zoe@example.com", "role": "ROLE_USER", "role_id": 9, "is_archived": "yes",
        "level_id": 0, "price_list_id": "1", "job_title_id": 1.5, "allocation_manager_id": 7, "capacity_id": 1, "colour": "red",
        "id": 8, "created_at": "2025-04-22", "updated_at": null, "has_timesheet_required": null,
    });

    let mut fields = refused(body.clone(), &ana());

    fields.sort();
    assert_eq!(fields, object(body).keys().cloned().collect::<Vec<_>>());
}

#[test]
fn a_failure_says_what_to_do() {
    let failures = put(json!({ "role": "ROLE_OWNER", "level_id": 0, "stream_id": 3 }), &ana()).expect_err("failures");

    let said: Vec<String> = failures.into_iter().map(|(field, message)| format!("{field} {message}")).collect();
    let expected = [
        "level_id must be a whole number from 1 to 2147483647, or null",
        "stream_id is not kept here, and can only be null",
        "role cannot be written; role_id can",
    ];
    assert_eq!(said, expected);
}

#[test]
fn a_part_of_a_name_may_have_fifty_characters() {
    let name = "é".repeat(50);

    let change = put(json!({ "name": name }), &before(nobody())).expect("a change");

    assert_eq!(change.given_name, Name::parse(&name).map_or(Change::Keep, Change::Set));
    assert_eq!(refused(json!({ "name": "é".repeat(51) }), &before(nobody())), ["name"]);
}

#[test]
fn a_longer_name_that_stands_may_be_sent_back() {
    let long = before(Person { family_name: Name::parse(&"x".repeat(300)).ok(), ..nobody() });

    let change = put(json!({ "name": "Ana", "surname": "x".repeat(300) }), &long).expect("a change");

    assert_eq!((change.given_name, change.family_name), (Name::parse("Ana").map_or(Change::Keep, Change::Set), Change::Keep));
}

#[test]
fn the_moments_that_stand_may_be_sent_back_in_any_offset() {
    assert!(put(json!({ "created_at": "2025-04-22T12:10:02.473+02:00", "updated_at": "2025-04-22T10:10:02.473Z" }), &ana()).is_ok());
    assert_eq!(refused(json!({ "updated_at": "2025-04-22T10:10:02.472Z" }), &ana()), ["updated_at"]);
}

#[test]
fn the_code_of_the_role_that_is_written_may_stand_beside_it() {
    let change = put(json!({ "role": "ROLE_USER", "role_id": 2 }), &ana()).expect("a change");

    assert_eq!(change, PersonChange { role: RoleNumber::new(2).map_or(Change::Keep, Change::Set), ..PersonChange::default() });
}

#[test]
fn an_absent_address_is_sent_back_as_the_empty_text_that_is_shown() {
    assert!(put(json!({ "email": "", "role": null }), &before(nobody())).is_ok());
    assert_eq!(refused(json!({ "email": null }), &before(nobody())), ["email"]);
}

#[test]
fn a_manager_of_oneself_that_stands_may_be_sent_back() {
    let own = before(Person { manager: Some(nobody().number), ..nobody() });

    assert_eq!(put(json!({ "allocation_manager_id": 7 }), &own), Ok(PersonChange::default()));
}

#[test]
fn only_so_many_unknown_members_are_told() {
    let many = (0..1000).map(|number| (format!("member{number}"), Value::Null)).collect();

    assert_eq!(refused(Value::Object(many), &ana()).len(), 20);
}

#[test]
fn every_member_that_is_shown_can_be_sent_back_alone() {
    for (name, value) in shown(&ana()) {
        assert_eq!(put(json!({ name.clone(): value }), &ana()), Ok(PersonChange::default()), "{name}");
    }
}
