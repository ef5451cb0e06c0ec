//! Somebody on the team as bytes, straight from the packed record, in the vendor's order.

use crate::http::json_bytes::{push_milliseconds, push_text};
use rollcall_core::directory::{PackedPerson, PersonField};
use rollcall_core::domain::Role;

/// What stands behind the role, as the record has it.
const REST: [(&str, PersonField); 7] = [
    (",\"is_archived\":", PersonField::IsArchived),
    (",\"is_visible_in_people_allocation\":", PersonField::IsVisibleInPeopleAllocation),
    (",\"has_timesheet_required\":", PersonField::HasTimesheetRequired),
    (",\"level_id\":", PersonField::Level),
    (",\"price_list_id\":", PersonField::PriceList),
    (",\"job_title_id\":", PersonField::JobTitle),
    (",\"allocation_manager_id\":", PersonField::Manager),
];

/// The codes of a company's roles as JSON texts, by number.
#[derive(Clone, Debug, Default)]
pub struct RoleCodes(Vec<(i64, Vec<u8>)>);

impl RoleCodes {
    pub fn new(roles: &[Role]) -> Self {
        let code = |role: &Role| {
            let mut code = Vec::new();
            push_text(&mut code, role.code.as_str());
            (role.number.get(), code)
        };
        let mut codes: Vec<_> = roles.iter().map(code).collect();
        codes.sort_unstable();
        Self(codes)
    }

    fn of(&self, person: &PackedPerson<'_>) -> Option<&[u8]> {
        let role = person.number(PersonField::Role)?;
        let place = self.0.binary_search_by_key(&role, |(number, _)| *number).ok()?;
        self.0.get(place).map(|(_, code)| code.as_slice())
    }
}

/// Appends one person. The vendor allows an e-mail address 50 characters; a longer one is shown whole rather than not at all.
pub fn push_person(bytes: &mut Vec<u8>, person: &PackedPerson<'_>, codes: &RoleCodes) {
    let (name, surname) = person.given_and_family();
    bytes.extend_from_slice(b"{\"id\":");
    bytes.extend_from_slice(person.json(PersonField::Number));
    bytes.extend_from_slice(b",\"created_at\":");
    push_moment(bytes, person, PersonField::CreatedAt);
    bytes.extend_from_slice(b",\"updated_at\":");
    push_moment(bytes, person, PersonField::UpdatedAt);
    bytes.extend_from_slice(b",\"email\":");
    bytes.extend_from_slice(if person.has(PersonField::Email) { person.json(PersonField::Email) } else { b"\"\"" });
    bytes.extend_from_slice(b",\"name\":\"");
    bytes.extend_from_slice(name.as_deref().unwrap_or_default());
    bytes.extend_from_slice(b"\",\"surname\":\"");
    bytes.extend_from_slice(surname.as_deref().unwrap_or_default());
    bytes.extend_from_slice(b"\",\"role\":");
    bytes.extend_from_slice(codes.of(person).unwrap_or(b"null"));
    for (member, field) in REST {
        bytes.extend_from_slice(member.as_bytes());
        bytes.extend_from_slice(person.json_or_null(field));
    }
    bytes.push(b'}');
}

fn push_moment(bytes: &mut Vec<u8>, person: &PackedPerson<'_>, field: PersonField) {
    match person.instant(field) {
        Some(instant) => push_milliseconds(bytes, instant),
        None => bytes.extend_from_slice(b"null"),
    }
}

#[cfg(test)]
mod tests;
