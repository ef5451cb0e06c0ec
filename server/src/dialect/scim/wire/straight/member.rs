//! The value of one member of a user. A member that has none is left out with its name.

use super::rows::{NAME, Row, Source, Special};
use super::{UserEncoder, Written, end_list, entries, push_all, push_object};
use crate::http::json_bytes::{push_milliseconds, push_text};
use rollcall_core::directory::{PackedName, PackedPerson, PersonField, PlacesOf};
use rollcall_core::domain::{Account, PersonType, StatedField};
use uuid::Uuid;

impl UserEncoder {
    /// Appends the members of these rows, each with a comma in front.
    pub(super) fn push_rows(&self, bytes: &mut Vec<u8>, rows: &[Row], written: Written<'_>) {
        for Row { member, source } in rows {
            match *source {
                Source::Field(field) => push_member(bytes, member, written.person.json(field)),
                Source::Special(special) => {
                    let start = bytes.len();
                    bytes.extend_from_slice(member.as_bytes());
                    if !self.push_special(bytes, special, written) {
                        bytes.truncate(start);
                    }
                }
                // Hardly anybody has any of these.
                Source::Profile(_) if written.profile.is_none() => {}
                source => push_simple(bytes, member, source, written),
            }
        }
    }

    /// `false`: there is no value, and nothing was written.
    fn push_special(&self, bytes: &mut Vec<u8>, special: Special, written: Written<'_>) -> bool {
        let Written { person, profile, around } = written;
        match special {
            Special::UserName => {
                let login = person.json(PersonField::Login);
                push_present(bytes, if login.is_empty() { person.json(PersonField::Id) } else { login })
            }
            Special::Name => push_object(bytes, |bytes| self.push_rows(bytes, &NAME, written)),
            Special::Active => push_present(bytes, if is_active(person) { b"true" } else { b"false" }),
            Special::Emails => entries::push(bytes, person.json(PersonField::Email), profile.map(|profile| &*profile.emails), "work"),
            Special::Phones => entries::push(bytes, person.json(PersonField::Phone), profile.map(|profile| &*profile.phones), "work"),
            Special::Photos => entries::push(bytes, person.json(PersonField::Photo), profile.map(|profile| &*profile.photos), "photo"),
            Special::Ims => entries::push(bytes, b"", profile.map(|profile| &*profile.ims), ""),
            Special::Entitlements => entries::push(bytes, b"", profile.map(|profile| &*profile.entitlements), ""),
            Special::Certificates => entries::push(bytes, b"", profile.map(|profile| &*profile.certificates), ""),
            Special::Addresses => profile.is_some_and(|profile| entries::push_addresses(bytes, &profile.addresses)),
            Special::Groups => self.push_groups(bytes, around.places),
            Special::Roles => {
                let role = person.number(PersonField::Role).and_then(|number| self.role(number));
                push_present(bytes, role.unwrap_or_default())
            }
            Special::Manager => self.push_manager(bytes, written),
            Special::PersonType => push_person_type(bytes, written),
            Special::Account => {
                let account = person.number(PersonField::Account);
                let account = Account::ALL.into_iter().find(|word| Some(word.code()) == account);
                account.is_some_and(|account| push_word(bytes, account.as_str()))
            }
            Special::Projects => match person.json(PersonField::Projects) {
                b"[]" => false,
                projects => push_present(bytes, projects),
            },
        }
    }

    fn push_groups(&self, bytes: &mut Vec<u8>, places: PlacesOf<'_>) -> bool {
        let start = bytes.len();
        let mut buffer = Uuid::encode_buffer();
        for place in places.iter() {
            let id = place.id.uuid().hyphenated().encode_lower(&mut buffer).as_bytes();
            push_all(bytes, &[b",{\"value\":\"", id, b"\",\"$ref\":", &self.groups, id, b"\",\"display\":"]);
            push_text(bytes, place.name.as_str());
            bytes.extend_from_slice(if place.is_direct { b",\"type\":\"direct\"}" } else { b",\"type\":\"indirect\"}" });
        }
        end_list(bytes, start)
    }

    fn push_manager(&self, bytes: &mut Vec<u8>, Written { around, .. }: Written<'_>) -> bool {
        let Some(PackedName { id, display_name }) = around.manager else { return false };
        push_all(bytes, &[b"{\"value\":", id, b",\"$ref\":", &self.users, id.get(1..).unwrap_or_default()]);
        push_member(bytes, ",\"displayName\":", display_name);
        bytes.push(b'}');
        true
    }
}

fn push_simple(bytes: &mut Vec<u8>, member: &str, source: Source, Written { person, profile, .. }: Written<'_>) {
    match source {
        Source::QuotedNumber(field) => {
            let number = person.json(field);
            if !number.is_empty() {
                push_all(bytes, &[member.as_bytes(), b"\"", number, b"\""]);
            }
        }
        Source::Instant(field) => {
            if let Some(instant) = person.instant(field) {
                bytes.extend_from_slice(member.as_bytes());
                push_milliseconds(bytes, instant);
            }
        }
        Source::Stated(field, stated) => {
            if person.is(field) || profile.is_some_and(|profile| profile.stated.contains(&stated)) {
                push_member(bytes, member, person.json(field));
            }
        }
        Source::Profile(read) => {
            if let Some(text) = profile.and_then(read) {
                bytes.extend_from_slice(member.as_bytes());
                push_text(bytes, text);
            }
        }
        Source::Field(_) | Source::Special(_) => {}
    }
}

fn push_member(bytes: &mut Vec<u8>, member: &str, value: &[u8]) {
    if !value.is_empty() {
        push_all(bytes, &[member.as_bytes(), value]);
    }
}

/// `false`: there is nothing.
fn push_present(bytes: &mut Vec<u8>, json: &[u8]) -> bool {
    bytes.extend_from_slice(json);
    !json.is_empty()
}

fn push_word(bytes: &mut Vec<u8>, word: &str) -> bool {
    bytes.push(b'"');
    bytes.extend(word.bytes().map(|letter| letter.to_ascii_lowercase()));
    bytes.push(b'"');
    true
}

fn push_person_type(bytes: &mut Vec<u8>, Written { person, profile, .. }: Written<'_>) -> bool {
    let code = person.number(PersonField::PersonType);
    let Some(kind) = PersonType::ALL.into_iter().find(|kind| Some(kind.code()) == code) else { return false };
    let is_stated = profile.is_some_and(|profile| profile.stated.contains(&StatedField::PersonType));
    (kind != PersonType::Organization || is_stated) && push_word(bytes, kind.as_str())
}

fn is_active(person: &PackedPerson<'_>) -> bool {
    person.number(PersonField::Account) != Some(Account::Blocked.code()) && !person.is(PersonField::IsArchived)
}
