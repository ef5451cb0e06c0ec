mod facts;
mod laws;
pub(in crate::dialect::scim) mod people;
mod writes;

use super::super::super::caller::Base;
use super::super::super::schema::ResourceSchema;
use super::super::super::wire::user::{Manager, User};
use super::super::Method;
use super::{Before, Fault, change};
use people::catalogue;
use rollcall_core::domain::Person;
use serde_json::{Map, Value};

/// What is shown of a person; the catalogue knows everybody who is anybody's manager.
fn shown(person: &Person) -> Map<String, Value> {
    let catalogue = catalogue();
    let schema = ResourceSchema::user(&catalogue.definitions);
    let manager = person.manager.and_then(|number| catalogue.person_id(number)).map(|id| Manager { id, display_name: None });
    let user = User { person, places: &[], manager, roles: &catalogue.roles, custom: schema.custom() };
    user.members(&Base::new("https://people.example", None)).into_map()
}

/// The person after a write.
fn written(before: &Person, resource: Map<String, Value>, method: Method) -> Result<Person, Fault> {
    let catalogue = catalogue();
    let schema = ResourceSchema::user(&catalogue.definitions);
    let mut after = before.clone();
    let before = Before { person: Some(before), shown: &shown(before), catalogue: &catalogue, custom: schema.custom() };
    change(resource, method, before)?.apply(&mut after);
    Ok(after)
}

/// Somebody who is made of a body.
fn created(resource: Map<String, Value>) -> Result<Person, Fault> {
    let catalogue = catalogue();
    let schema = ResourceSchema::user(&catalogue.definitions);
    let mut person = people::nobody();
    let before = Before { person: None, shown: &Map::new(), catalogue: &catalogue, custom: schema.custom() };
    change(resource, Method::Create, before)?.apply(&mut person);
    Ok(person)
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        other => panic!("no object: {other}"),
    }
}
