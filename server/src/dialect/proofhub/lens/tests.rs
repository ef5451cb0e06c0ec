//! The lens, over made-up people: nothing here asks a directory.

mod bodies;
mod facts;
mod laws;
pub mod people;

use super::{Faults, PersonWrite};
use crate::dialect::proofhub::wire;
use rollcall_core::directory::{Catalogue, DirectoryError, PackedRecord, PersonBefore};
use rollcall_core::domain::{
    Code, GroupNumber, Instant, LongLabel, Name, Person, PersonChange, PersonId, PersonNumber, Role, RoleNumber, Scopes,
};
use serde_json::{Map, Value};
use uuid::Uuid;

/// The default role of the organization of these tests.
const DEFAULT_ROLE: i64 = 3;

fn object(value: Value) -> Map<String, Value> {
    let Value::Object(members) = value else { panic!("no object: {value}") };
    members
}

fn read(value: Value) -> Result<PersonWrite, Faults> {
    PersonWrite::read(object(value))
}

fn written(value: Value) -> PersonWrite {
    read(value.clone()).unwrap_or_else(|faults| panic!("{value}: {faults}"))
}

/// Somebody as they stand, in an organization with one role.
fn before(person: &Person, groups: &[GroupNumber]) -> PersonBefore {
    let role = Role {
        number: RoleNumber::new(DEFAULT_ROLE).unwrap(),
        code: Code::parse("ROLE_USER").unwrap(),
        name: LongLabel::parse("Normal User").unwrap(),
        is_default: true,
        scopes: Scopes::default(),
        created_at: person.created_at,
        updated_at: person.updated_at,
    };
    PersonBefore { person: person.clone(), groups: groups.to_vec(), catalogue: Catalogue { roles: vec![role], ..Catalogue::default() } }
}

fn nobody() -> Person {
    let now = Instant::new(jiff::Timestamp::UNIX_EPOCH);
    Person::new(PersonId::new(Uuid::nil()), PersonNumber::new(7).unwrap(), now)
}

fn name(text: &str) -> Option<Name> {
    Name::parse(text).ok()
}

/// The change that a body asks for.
fn change(person: &Person, value: Value) -> Result<PersonChange, DirectoryError> {
    written(value).put(&before(person, &[]))
}

/// The person after a write that is taken.
fn after(person: &Person, value: Value) -> Person {
    let mut after = person.clone();
    change(person, value).expect("a change").apply(&mut after);
    after
}

/// What this API shows of somebody.
fn shown(person: &Person, groups: &[GroupNumber]) -> Value {
    let mut bytes = Vec::new();
    wire::push_person(&mut bytes, &PackedRecord::new(person).packed(), groups, RoleNumber::new(DEFAULT_ROLE).ok());
    serde_json::from_slice(&bytes).expect("JSON")
}
