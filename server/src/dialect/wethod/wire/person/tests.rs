//! The bytes against the same document by way of serde.

use super::*;
use crate::dialect::strangers;
use proptest::prelude::*;
use rollcall_core::directory::PackedRecord;
use rollcall_core::domain::{
    Code, Email, Instant, JobTitleNumber, LevelNumber, LongLabel, Person, PersonNumber, PriceListNumber, RoleNumber, Scopes,
};
use serde::Serialize;

#[derive(Debug, Serialize)]
struct PersonDocument<'a> {
    id: i64,
    created_at: String,
    updated_at: String,
    email: &'a str,
    name: &'a str,
    surname: &'a str,
    role: Option<&'a str>,
    is_archived: bool,
    is_visible_in_people_allocation: bool,
    has_timesheet_required: bool,
    level_id: Option<i64>,
    price_list_id: Option<i64>,
    job_title_id: Option<i64>,
    allocation_manager_id: Option<i64>,
}

impl<'a> PersonDocument<'a> {
    fn new(person: &'a Person, roles: &'a [Role]) -> Self {
        let (name, surname) = person.given_and_family();
        Self {
            id: person.number.get(),
            created_at: person.created_at.to_milliseconds_text(),
            updated_at: person.updated_at.to_milliseconds_text(),
            email: person.email.as_ref().map_or("", Email::as_str),
            name: name.unwrap_or_default(),
            surname: surname.unwrap_or_default(),
            role: roles.iter().find(|role| Some(role.number) == person.role).map(|role| role.code.as_str()),
            is_archived: person.is_archived,
            is_visible_in_people_allocation: person.is_visible_in_people_allocation,
            has_timesheet_required: person.has_timesheet_required,
            level_id: person.level.map(LevelNumber::get),
            price_list_id: person.price_list.map(PriceListNumber::get),
            job_title_id: person.job_title.map(JobTitleNumber::get),
            allocation_manager_id: person.manager.map(PersonNumber::get),
        }
    }
}

/// Roles whose order is not that of their numbers.
fn roles() -> Vec<Role> {
    let moment = Instant::from_milliseconds(0).expect("an instant");
    let role = |number, code| Role {
        number: RoleNumber::new(number).expect("a number"),
        code: Code::parse(code).expect("a code"),
        name: LongLabel::parse("role").expect("a name"),
        is_default: false,
        scopes: Scopes::default(),
        created_at: moment,
        updated_at: moment,
    };
    vec![role(3, "ROLE_USER"), role(1, "a \"role\"\\")]
}

proptest! {
    #[test]
    fn anybody_is_written_as_the_document(person in strangers::person()) {
        let (roles, mut bytes) = (roles(), Vec::new());

        push_person(&mut bytes, &PackedRecord::new(&person).packed(), &RoleCodes::new(&roles));

        let document = serde_json::to_string(&PersonDocument::new(&person, &roles)).expect("JSON");
        prop_assert_eq!(String::from_utf8(bytes).expect("text"), document);
    }
}
