//! Users as bytes, straight from packed records: what a record holds as JSON is copied as it stands.
//!
//! The members and their order are those of [`User`](super::user::User) as a [`Resource`](super::super::resource::Resource)
//! shows it under the same projection; the tests hold one against the other. Projections that take attributes apart, by
//! sub-attributes, are that one's alone.
//!
//! | file | what it is |
//! | --- | --- |
//! | here | what is read once for all users, and a whole user |
//! | `rows` | the members of a user and its extensions, one row each |
//! | `member` | the value of one member |
//! | `entries` | lists of addresses and numbers |
//! | `custom` | what the organization has defined |

mod custom;
mod entries;
mod member;
mod rows;

#[cfg(test)]
mod tests;

use super::super::caller::{Base, Caller};
use super::super::projection::Projection;
use super::super::schema::{CUSTOM_USER, ENTERPRISE_USER, ROLLCALL_USER, ResourceSchema, ResourceType, USER};
use crate::http::Tag;
use crate::http::json_bytes::{Moments, push_hex, push_milliseconds, push_text};
use custom::CustomRow;
use rollcall_core::directory::{PackedName, PackedPerson, PersonField, PlacesOf, UnreadableRecord, Version};
use rollcall_core::domain::{Profile, Role, RoleNumber};
use rows::Rows;
use std::borrow::Cow;

/// What it takes to write users to one caller, made once for all of them.
#[derive(Clone, Debug)]
pub struct UserEncoder {
    rows: Cow<'static, Rows>,
    custom: Vec<CustomRow>,
    /// The list of the one role that somebody has, as JSON.
    roles: Vec<(RoleNumber, Vec<u8>)>,
    /// JSON texts of addresses without their last part and the quotation mark behind it.
    users: Vec<u8>,
    groups: Vec<u8>,
    /// The JSON text of an entity tag, around the digits of the sequence.
    tag: (Vec<u8>, Vec<u8>),
}

/// What stands around a person, as far as the caller may see that.
#[derive(Clone, Copy, Debug)]
pub struct Around<'a> {
    /// The groups that it is in.
    pub places: PlacesOf<'a>,
    pub manager: Option<PackedName<'a>>,
    pub version: Version,
}

/// One person while it is written.
#[derive(Clone, Copy)]
struct Written<'a> {
    person: &'a PackedPerson<'a>,
    profile: Option<&'a Profile>,
    around: Around<'a>,
}

impl UserEncoder {
    /// `None`: the projection takes attributes apart.
    pub fn new(caller: &Caller, schema: &ResourceSchema, roles: &[Role], projection: &Projection) -> Option<Self> {
        let tag = caller.tag(Version::new(caller.actor.organization(), 0));
        Self::of(schema, roles, projection, &caller.base, &tag)
    }

    fn of(schema: &ResourceSchema, roles: &[Role], projection: &Projection, base: &Base, tag: &Tag) -> Option<Self> {
        let rows = Rows::shown(schema, projection)?;
        let is_named = matches!(projection, Projection::Only(_));
        let (before, behind) = tag.around_sequence();
        Some(Self {
            rows,
            custom: CustomRow::shown(schema, projection),
            roles: roles.iter().map(|role| (role.number, role_list(role, is_named))).collect(),
            users: unended(&base.location(ResourceType::User.endpoint(), "")),
            groups: unended(&base.location(ResourceType::Group.endpoint(), "")),
            tag: (unended(&before), unended(&behind)[1..].to_vec()),
        })
    }

    /// Appends the whole resource. Fails, with a part of it written, where what few people have cannot be read.
    pub fn push(&self, bytes: &mut Vec<u8>, person: &PackedPerson<'_>, around: Around<'_>) -> Result<(), UnreadableRecord> {
        let profile = person.profile()?;
        let written = Written { person, profile: profile.as_ref(), around };
        push_all(bytes, &[b"{\"schemas\":[\"", USER.as_bytes(), b"\""]);
        // What is known to be there before it is written need not be put between later, behind which everything would move.
        let is_enterprise_said = self.rows.enterprise.iter().any(|row| row.is_surely_of(person));
        if is_enterprise_said {
            push_urn(bytes, ENTERPRISE_USER);
        }
        let schemas_end = bytes.len();
        push_all(bytes, &[b"],\"id\":", person.json(PersonField::Id)]);
        self.push_rows(bytes, &self.rows.core, written);
        let has_enterprise = push_extension(bytes, ENTERPRISE_USER, |bytes| self.push_rows(bytes, &self.rows.enterprise, written));
        let has_rollcall = push_extension(bytes, ROLLCALL_USER, |bytes| self.push_rows(bytes, &self.rows.rollcall, written));
        let has_custom = self.push_custom(bytes, person)?;
        if self.rows.shows_meta {
            self.push_meta(bytes, written);
        }
        bytes.push(b'}');
        let is_enterprise_unsaid = has_enterprise && !is_enterprise_said;
        let unsaid = [(is_enterprise_unsaid, ENTERPRISE_USER), (has_rollcall, ROLLCALL_USER), (has_custom, CUSTOM_USER)];
        insert_schemas(bytes, schemas_end, unsaid);
        Ok(())
    }

    fn push_custom(&self, bytes: &mut Vec<u8>, person: &PackedPerson<'_>) -> Result<bool, UnreadableRecord> {
        if self.custom.is_empty() || !person.has_custom() {
            return Ok(false);
        }
        let values = person.custom()?;
        Ok(push_extension(bytes, CUSTOM_USER, |bytes| custom::push_values(bytes, &self.custom, &values)))
    }

    fn push_meta(&self, bytes: &mut Vec<u8>, Written { person, around, .. }: Written<'_>) {
        bytes.extend_from_slice(b",\"meta\":{\"resourceType\":\"User\"");
        let mut moments = Moments::new(push_milliseconds);
        for (member, field) in [(",\"created\":", PersonField::CreatedAt), (",\"lastModified\":", PersonField::UpdatedAt)] {
            if let Some(instant) = person.instant(field) {
                bytes.extend_from_slice(member.as_bytes());
                moments.push(bytes, instant);
            }
        }
        let id = person.json(PersonField::Id);
        push_all(bytes, &[b",\"location\":", &self.users, id.get(1..).unwrap_or_default(), b",\"version\":", &self.tag.0]);
        push_hex(bytes, around.version.sequence().cast_unsigned());
        push_all(bytes, &[&self.tag.1, b"\"}"]);
    }

    /// The list of the role of this number.
    fn role(&self, number: i64) -> Option<&[u8]> {
        self.roles.iter().find(|(role, _)| role.get() == number).map(|(_, list)| list.as_slice())
    }
}

/// Appends an extension, unless nothing of it is there.
fn push_extension(bytes: &mut Vec<u8>, urn: &str, push: impl FnOnce(&mut Vec<u8>)) -> bool {
    let start = bytes.len();
    push_all(bytes, &[b",\"", urn.as_bytes(), b"\":"]);
    if push_object(bytes, push) {
        return true;
    }
    bytes.truncate(start);
    false
}

/// Appends an object whose members `push` writes, each with a comma in front. `false`: there are none.
fn push_object(bytes: &mut Vec<u8>, push: impl FnOnce(&mut Vec<u8>)) -> bool {
    let start = bytes.len();
    push(bytes);
    match bytes.get_mut(start) {
        Some(comma) => *comma = b'{',
        None => return false,
    }
    bytes.push(b'}');
    true
}

/// Makes a list of what was written since, each with a comma in front. `false`: it was nothing.
fn end_list(bytes: &mut Vec<u8>, start: usize) -> bool {
    match bytes.get_mut(start) {
        Some(comma) => *comma = b'[',
        None => return false,
    }
    bytes.push(b']');
    true
}

/// Puts the URNs of the extensions that are there behind the first: which are is known only at the end.
fn insert_schemas(bytes: &mut Vec<u8>, at: usize, extensions: [(bool, &str); 3]) {
    let end = bytes.len();
    for (is_there, urn) in extensions {
        if is_there {
            push_urn(bytes, urn);
        }
    }
    let inserted = bytes.len() - end;
    if inserted > 0 {
        bytes[at..].rotate_right(inserted);
    }
}

fn push_urn(bytes: &mut Vec<u8>, urn: &str) {
    push_all(bytes, &[b",\"", urn.as_bytes(), b"\""]);
}

fn push_all(bytes: &mut Vec<u8>, parts: &[&[u8]]) {
    for part in parts {
        bytes.extend_from_slice(part);
    }
}

/// A text as JSON without its closing quotation mark.
fn unended(text: &str) -> Vec<u8> {
    let mut json = Vec::new();
    push_text(&mut json, text);
    json.pop();
    json
}

/// The list of one role: its code, and the rest where the client asks for roles by their name.
fn role_list(role: &Role, is_named: bool) -> Vec<u8> {
    let mut list = b"[{\"value\":".to_vec();
    push_text(&mut list, role.code.as_str());
    if is_named {
        list.extend_from_slice(b",\"display\":");
        push_text(&mut list, role.name.as_str());
        list.extend_from_slice(b",\"primary\":true");
    }
    list.extend_from_slice(b"}]");
    list
}
