//! People of the organization as bytes, straight from their packed records, in the order of the vendor's own example.

use rollcall_core::directory::{PackedPerson, PersonField};
use rollcall_core::domain::PersonType;

/// Appends one person.
pub fn push_person(bytes: &mut Vec<u8>, person: &PackedPerson<'_>) {
    let (first_name, last_name) = person.given_and_family();
    bytes.extend_from_slice(b"{\"id\":");
    bytes.extend_from_slice(person.json(PersonField::Number));
    bytes.extend_from_slice(b",\"lastName\":");
    push_name(bytes, last_name.as_deref());
    bytes.extend_from_slice(b",\"firstName\":");
    push_name(bytes, first_name.as_deref());
    bytes.extend_from_slice(b",\"hasLicense\":");
    bytes.extend_from_slice(person.json(PersonField::HasLicense));
    bytes.extend_from_slice(b",\"identityId\":");
    bytes.extend_from_slice(person.json_or_null(PersonField::Identity));
    bytes.extend_from_slice(b",\"personType\":\"");
    bytes.extend_from_slice(person.person_type().map_or("", PersonType::as_str).as_bytes());
    bytes.extend_from_slice(b"\"}");
}

fn push_name(bytes: &mut Vec<u8>, name: Option<&[u8]>) {
    match name {
        Some(name) => {
            bytes.push(b'"');
            bytes.extend_from_slice(name);
            bytes.push(b'"');
        }
        None => bytes.extend_from_slice(b"null"),
    }
}

#[cfg(test)]
mod tests;
