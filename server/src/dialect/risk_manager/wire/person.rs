//! A person as bytes, straight from the packed record. What is absent is null, so that typed clients find every member.

use super::{CustomAttributes, status};
use crate::http::json_bytes::{push_array, push_text, push_uuid};
use rollcall_core::directory::{PackedPeople, PackedPerson, PersonField, UnreadableRecord};
use rollcall_core::domain::Group;

/// What stands behind the name, as the record has it.
const TEXTS: [(&str, PersonField); 5] = [
    (",\"Description\":", PersonField::Description),
    (",\"Email\":", PersonField::Email),
    (",\"Phone\":", PersonField::Phone),
    (",\"AdditionalInformation\":", PersonField::AdditionalInformation),
    (",\"Login\":", PersonField::Login),
];

/// Appends a list of people. Fails, with a part of it written, where custom attributes cannot be read.
pub fn push_list(bytes: &mut Vec<u8>, people: &PackedPeople) -> Result<(), UnreadableRecord> {
    bytes.push(b'[');
    for (place, person) in people.iter().enumerate() {
        if place > 0 {
            bytes.push(b',');
        }
        push_listed(bytes, &person)?;
    }
    bytes.push(b']');
    Ok(())
}

/// Appends one person as lists show it. Fails like [`push_list`].
pub fn push_listed(bytes: &mut Vec<u8>, person: &PackedPerson<'_>) -> Result<(), UnreadableRecord> {
    push_open(bytes, person)?;
    bytes.push(b'}');
    Ok(())
}

/// Appends one person as a single read shows it, with the groups that the caller may see. Fails like [`push_list`].
pub fn push_single(bytes: &mut Vec<u8>, person: &PackedPerson<'_>, groups: &[Group]) -> Result<(), UnreadableRecord> {
    push_open(bytes, person)?;
    bytes.extend_from_slice(b",\"Groups\":");
    push_array(bytes, groups, push_link);
    bytes.push(b'}');
    Ok(())
}

/// The members that both have, without the brace at the end.
fn push_open(bytes: &mut Vec<u8>, person: &PackedPerson<'_>) -> Result<(), UnreadableRecord> {
    bytes.extend_from_slice(b"{\"Id\":");
    bytes.extend_from_slice(person.json(PersonField::Id));
    bytes.extend_from_slice(b",\"Name\":");
    person.push_name(bytes);
    for (member, field) in TEXTS {
        bytes.extend_from_slice(member.as_bytes());
        bytes.extend_from_slice(person.json_or_null(field));
    }
    bytes.extend_from_slice(b",\"Status\":\"");
    bytes.extend_from_slice(person.account().map_or("", status).as_bytes());
    bytes.extend_from_slice(b"\",\"CustomAttributes\":");
    match person.plain_custom() {
        Some(custom) => bytes.extend_from_slice(custom),
        // Writing into bytes cannot fail, and nothing that has no JSON is an attribute.
        None => drop(serde_json::to_writer(bytes, &CustomAttributes(&person.custom()?))),
    }
    Ok(())
}

/// A group as a person's object names it.
fn push_link(bytes: &mut Vec<u8>, group: &Group) {
    bytes.extend_from_slice(b"{\"Id\":\"");
    push_uuid(bytes, group.id.uuid());
    bytes.extend_from_slice(b"\",\"Name\":");
    push_text(bytes, group.name.as_str());
    bytes.push(b'}');
}

#[cfg(test)]
mod tests;
