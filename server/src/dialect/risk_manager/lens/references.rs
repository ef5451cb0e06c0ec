//! People as a write names them: `{"Id": guid}` or `{"Name": text}`.
//!
//! An id decides; whatever else is in the object is not looked at beside it, because clients send whole people.

use super::body::{self, Fault, FromBody, Object, Unreadable};
use rollcall_core::directory::PersonReference;
use rollcall_core::domain::PersonId;
use serde_json::Value;

/// The people that are to enter or to leave a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Members(pub Vec<PersonReference>);

/// How errors name the body that is a list of members.
pub const MEMBERS: &str = "Members";

impl FromBody for Members {
    /// Every fault says its place in the list, counted from 1.
    fn from_body(bytes: &[u8]) -> Result<Self, Unreadable> {
        let Value::Array(items) = body::value(bytes)? else {
            return Err(Unreadable::Body("The body must be a JSON array of people, each with an Id or a Name.".to_owned()));
        };
        let (mut people, mut faults) = (Vec::with_capacity(items.len()), Vec::new());
        for (item, place) in items.into_iter().zip(1..) {
            match read(item, MEMBERS) {
                Ok(person) => people.push(person),
                Err(Fault { code, member, reason }) => faults.push(Fault { code, member, reason: format!("{reason} at place {place}") }),
            }
        }
        Unreadable::unless_sound(faults).map(|()| Self(people))
    }
}

/// The person that a value names, which is this member or an item of it.
pub fn read(value: Value, member: &str) -> Result<PersonReference, Fault> {
    let neither = || Fault::invalid(member, "must be an object with an Id or a Name");
    let Value::Object(members) = value else { return Err(neither()) };
    let mut object = Object::of(members, format!("{member}."));
    let (id, name) = (object.guid("Id"), object.string("Name").filter(|name| !name.trim().is_empty()));
    match (object.into_faults().into_iter().next(), id, name) {
        (Some(fault), ..) => Err(fault),
        (None, Some(id), _) => Ok(PersonReference::Id(PersonId::new(id))),
        (None, None, Some(name)) => Ok(PersonReference::Name(name)),
        (None, None, None) => Err(neither()),
    }
}
