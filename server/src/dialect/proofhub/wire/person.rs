//! A person as bytes, straight from the packed record.

use super::shown::{COLOR_DEFAULT, first_letter, language_code, row};
use crate::http::json_bytes::{Moments, push_array, push_number, push_seconds};
use rollcall_core::directory::{PackedPerson, PersonField};
use rollcall_core::domain::{Account, GroupNumber, Instant, RoleNumber};
use std::borrow::Cow;

/// Appends one person. `default_role` is what somebody has who was given none.
pub fn push_person(bytes: &mut Vec<u8>, person: &PackedPerson<'_>, groups: &[GroupNumber], default_role: Option<RoleNumber>) {
    let (first_name, last_name) = person.given_and_family();
    let (first_name, last_name) = (first_name.as_deref().unwrap_or_default(), last_name.as_deref().unwrap_or_default());
    bytes.extend_from_slice(b"{\"id\":");
    bytes.extend_from_slice(person.json(PersonField::Number));
    bytes.extend_from_slice(b",\"first_name\":\"");
    bytes.extend_from_slice(first_name);
    bytes.extend_from_slice(b"\",\"last_name\":\"");
    bytes.extend_from_slice(last_name);
    bytes.extend_from_slice(b"\",\"title\":");
    bytes.extend_from_slice(json_or(person, PersonField::Title, b"\"\""));
    bytes.extend_from_slice(b",\"email\":");
    bytes.extend_from_slice(json_or(person, PersonField::Email, b"\"\""));
    bytes.extend_from_slice(b",\"role\":{\"id\":");
    push_role(bytes, person, default_role);
    bytes.extend_from_slice(b"},\"groups\":");
    push_array(bytes, groups, |bytes, group| push_number(bytes, group.get()));
    push_appearance(bytes, person, [first_name, last_name]);
    bytes.extend_from_slice(b",\"suspended\":");
    let is_suspended = person.is(PersonField::IsArchived) || person.account() == Some(Account::Blocked);
    bytes.extend_from_slice(if is_suspended { b"true" } else { b"false" });
    bytes.extend_from_slice(b",\"send_invite\":");
    bytes.extend_from_slice(person.json(PersonField::SendInvite));
    let created_at = person.instant(PersonField::CreatedAt);
    // Who was never active was so when the record was made: clients want a timestamp, not null.
    let mut moments = Moments::new(push_seconds);
    push_moment(bytes, &mut moments, ",\"last_active\":", person.instant(PersonField::LastActiveAt).or(created_at));
    push_moment(bytes, &mut moments, ",\"created_at\":", created_at);
    push_moment(bytes, &mut moments, ",\"updated_at\":", person.instant(PersonField::UpdatedAt));
    bytes.extend_from_slice(b",\"projects\":");
    bytes.extend_from_slice(person.json(PersonField::Projects));
    bytes.push(b'}');
}

/// From the time zone to the language. `names` are JSON without quotation marks.
fn push_appearance(bytes: &mut Vec<u8>, person: &PackedPerson<'_>, names: [&[u8]; 2]) {
    bytes.extend_from_slice(b",\"timezone\":");
    let zone = person.text(PersonField::TimeZone);
    push_number(bytes, row(zone.as_deref(), person.number(PersonField::TimeZoneRow)).into());
    bytes.extend_from_slice(b",\"initials\":");
    push_initials(bytes, person, names);
    bytes.extend_from_slice(b",\"image_url\":");
    bytes.extend_from_slice(person.json_or_null(PersonField::Photo));
    bytes.extend_from_slice(b",\"profile_color\":");
    push_color(bytes, person);
    bytes.extend_from_slice(b",\"language\":\"");
    let tag = person.text(PersonField::Language);
    bytes.extend(language_code(tag.as_deref()).bytes().map(|letter| letter.to_ascii_lowercase()));
    bytes.push(b'"');
}

fn json_or<'a>(person: &PackedPerson<'a>, field: PersonField, absent: &'static [u8]) -> &'a [u8] {
    match person.json(field) {
        [] => absent,
        fragment => fragment,
    }
}

fn push_role(bytes: &mut Vec<u8>, person: &PackedPerson<'_>, default_role: Option<RoleNumber>) {
    match default_role {
        Some(role) if !person.has(PersonField::Role) => push_number(bytes, role.get()),
        _ => bytes.extend_from_slice(person.json_or_null(PersonField::Role)),
    }
}

fn push_color(bytes: &mut Vec<u8>, person: &PackedPerson<'_>) {
    if person.has(PersonField::ProfileColor) {
        bytes.extend_from_slice(person.json(PersonField::ProfileColor));
    } else {
        bytes.push(b'"');
        bytes.extend_from_slice(COLOR_DEFAULT.as_bytes());
        bytes.push(b'"');
    }
}

fn push_moment(bytes: &mut Vec<u8>, moments: &mut Moments, member: &str, moment: Option<Instant>) {
    bytes.extend_from_slice(member.as_bytes());
    match moment {
        Some(moment) => moments.push(bytes, moment),
        None => bytes.extend_from_slice(b"null"),
    }
}

/// The initials of [`initials`](super::initials). `names` are JSON without quotation marks.
fn push_initials(bytes: &mut Vec<u8>, person: &PackedPerson<'_>, names: [&[u8]; 2]) {
    let kept = person.json(PersonField::Initials);
    if !matches!(kept, b"" | b"\"\"") {
        bytes.extend_from_slice(kept);
        return;
    }
    bytes.push(b'"');
    let start = bytes.len();
    for name in names {
        push_first_letter(bytes, name);
    }
    if bytes.len() == start {
        let mut name = Vec::new();
        person.push_name(&mut name);
        push_first_letter(bytes, name.strip_prefix(b"\"").and_then(|name| name.strip_suffix(b"\"")).unwrap_or_default());
    }
    bytes.push(b'"');
}

/// The first letter or digit of a JSON text without quotation marks, as a capital. No such character is escaped in JSON.
fn push_first_letter(bytes: &mut Vec<u8>, name: &[u8]) {
    match name {
        [] => {}
        [letter, ..] if letter.is_ascii_alphanumeric() => bytes.push(letter.to_ascii_uppercase()),
        _ => {
            for letter in first_letter(&unescaped(name)).into_iter().flatten() {
                bytes.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
            }
        }
    }
}

fn unescaped(name: &[u8]) -> Cow<'_, str> {
    if name.contains(&b'\\') {
        let quoted = [b"\"", name, b"\""].concat();
        return serde_json::from_slice(&quoted).map(Cow::Owned).unwrap_or_default();
    }
    String::from_utf8_lossy(name)
}

#[cfg(test)]
mod tests;
