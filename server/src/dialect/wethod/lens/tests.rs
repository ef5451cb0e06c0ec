//! The lens by itself: facts one by one, then the laws over anything.

mod facts;
mod laws;
mod people;

use super::super::wire::{RoleCodes, push_person};
use rollcall_core::directory::{Catalogue, PackedRecord, PersonBefore};
use rollcall_core::domain::{Code, Instant, LongLabel, Person, PersonId, PersonNumber, Role, RoleNumber, Scopes};
use serde_json::{Map, Value};

/// Person 7, of whom nothing is known.
fn nobody() -> Person {
    let now = Instant::new("2025-04-22T10:10:02.473Z".parse().expect("a timestamp"));
    Person::new(PersonId::new(uuid::Uuid::nil()), PersonNumber::new(7).expect("a number"), now)
}

/// The person in a company with the roles 1 and 2.
fn before(person: Person) -> PersonBefore {
    let role = |number, code| Role {
        number: RoleNumber::new(number).expect("a number"),
        code: Code::parse(code).expect("a code"),
        name: LongLabel::parse(code).expect("a name"),
        is_default: number == 2,
        scopes: Scopes::default(),
        created_at: person.created_at,
        updated_at: person.created_at,
    };
    let roles = vec![role(1, "ROLE_ADMIN"), role(2, "ROLE_USER")];
    PersonBefore { person, groups: Vec::new(), catalogue: Catalogue { roles, ..Catalogue::default() } }
}

/// The person as this API shows it.
fn shown(before: &PersonBefore) -> Map<String, Value> {
    let mut bytes = Vec::new();
    push_person(&mut bytes, &PackedRecord::new(&before.person).packed(), &RoleCodes::new(&before.catalogue.roles));
    object(serde_json::from_slice(&bytes).expect("JSON"))
}

fn object(value: Value) -> Map<String, Value> {
    let Value::Object(members) = value else { panic!("no object: {value}") };
    members
}
