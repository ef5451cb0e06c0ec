//! The objects of this API as JSON. Member names and their order are the contract's.
//!
//! Its clients parse strictly, so every text but `image_url` is there even where the directory has none, and every
//! timestamp has exactly the form `2016-09-19T06:17:22+00:00`.

use super::{languages, zones};
use rollcall_core::domain::{self, Account, GroupNumber, Language, PersonNumber, RoleNumber};
use serde::Serialize;

/// The id of the built-in group of everybody. Numbers of real groups end at 2147483647, so none can have it, and the
/// contract's own ids of other objects go far beyond it.
pub const EVERYBODY: i64 = 9_000_000_001;

/// The row of a person whose zone is not known, or is like none in ProofHub's list: UTC.
const ZONE_DEFAULT: u16 = 49;
/// The colour of the contract's examples, for a person who has none.
const COLOR_DEFAULT: &str = "#781f1f";
const LANGUAGE_DEFAULT: &str = "en";

/// A person.
#[derive(Debug, Serialize)]
pub struct Person<'a> {
    pub(super) id: i64,
    first_name: &'a str,
    last_name: &'a str,
    pub(super) title: &'a str,
    pub(super) email: &'a str,
    role: RoleReference,
    groups: Vec<i64>,
    pub(super) timezone: u16,
    pub(super) initials: String,
    pub(super) image_url: Option<&'a str>,
    pub(super) profile_color: &'a str,
    pub(super) language: String,
    suspended: bool,
    send_invite: bool,
    last_active: String,
    created_at: String,
    updated_at: String,
    projects: &'a [i64],
}

/// A role as a person's object names it.
#[derive(Debug, Serialize)]
struct RoleReference {
    id: Option<i64>,
}

/// A group, with the ids of its members.
#[derive(Debug, Serialize)]
pub struct Group<'a> {
    id: i64,
    name: &'a str,
    assigned: Vec<i64>,
}

/// A role.
#[derive(Debug, Serialize)]
pub struct Role<'a> {
    id: i64,
    name: &'a str,
    default: bool,
}

/// A row of the vendor's list of time zones.
#[derive(Debug, Serialize)]
pub struct Timezone {
    id: u16,
    timezone: &'static str,
    time_diff: &'static str,
}

impl<'a> Person<'a> {
    /// `default_role` is what somebody has who was given none.
    pub fn new(person: &'a domain::Person, groups: &[GroupNumber], default_role: Option<RoleNumber>) -> Self {
        let (first_name, last_name) = parts(person);
        Self {
            id: person.number.get(),
            first_name,
            last_name,
            title: text(person.title.as_ref()),
            email: text(person.email.as_ref()),
            role: RoleReference { id: person.role.or(default_role).map(RoleNumber::get) },
            groups: groups.iter().map(|group| group.get()).collect(),
            timezone: timezone(person),
            initials: initials(person),
            image_url: person.photo.as_ref().map(|photo| photo.as_str()),
            profile_color: person.profile_color.as_ref().map_or(COLOR_DEFAULT, |color| color.as_str()),
            language: language(person.language.as_ref()),
            suspended: person.is_archived || person.account == Account::Blocked,
            send_invite: person.send_invite,
            // Who was never active was so when the record was made: clients want a timestamp, not null.
            last_active: person.last_active_at.unwrap_or(person.created_at).to_seconds_text(),
            created_at: person.created_at.to_seconds_text(),
            updated_at: person.updated_at.to_seconds_text(),
            projects: &person.projects,
        }
    }
}

impl<'a> Group<'a> {
    pub fn new(group: &'a domain::Group, members: &[PersonNumber]) -> Self {
        Self { id: group.number.get(), name: group.name.as_str(), assigned: ids(members) }
    }

    /// The built-in group of everybody.
    pub fn everybody(people: &[PersonNumber]) -> Self {
        Self { id: EVERYBODY, name: "All people", assigned: ids(people) }
    }
}

impl<'a> From<&'a domain::Role> for Role<'a> {
    fn from(role: &'a domain::Role) -> Self {
        Self { id: role.number.get(), name: role.name.as_str(), default: role.is_default }
    }
}

impl From<&zones::Zone> for Timezone {
    fn from(zone: &zones::Zone) -> Self {
        Self { id: zone.id, timezone: zone.label, time_diff: zone.time_diff }
    }
}

fn text<T: AsRef<str>>(value: Option<&T>) -> &str {
    value.map_or("", AsRef::as_ref)
}

fn ids(people: &[PersonNumber]) -> Vec<i64> {
    people.iter().map(|person| person.get()).collect()
}

fn timezone(person: &domain::Person) -> u16 {
    let written = person.time_zone_row.and_then(|row| u16::try_from(row.get()).ok());
    let zone = person.time_zone.as_ref().and_then(|zone| zones::for_written(zone.as_str(), written));
    zone.map_or(ZONE_DEFAULT, |zone| zone.id)
}

/// ProofHub's code where its list has the language, with or without what follows the first hyphen; otherwise that first
/// part alone, which says more than a wrong language would.
fn language(language: Option<&Language>) -> String {
    let tag = language.map_or(LANGUAGE_DEFAULT, |language| language.as_str());
    let code = tag.split('-').next().unwrap_or(tag);
    let listed = languages::by_code(tag).or_else(|| languages::by_code(code));
    listed.map_or_else(|| code.to_ascii_lowercase(), |listed| listed.language.to_owned())
}

/// The stored initials, or else the first letters of both names, or of whatever the person goes by.
fn initials(person: &domain::Person) -> String {
    if let Some(initials) = person.initials.as_ref().filter(|initials| !initials.as_str().is_empty()) {
        return initials.to_string();
    }
    let (first, last) = parts(person);
    let letters: String = [first, last].iter().filter_map(|part| first_letter(part)).collect();
    if letters.is_empty() { first_letter(&person.name()).unwrap_or_default() } else { letters }
}

/// Both names, as text where there is none: this API knows no null there.
fn parts(person: &domain::Person) -> (&str, &str) {
    let (given, family) = person.given_and_family();
    (given.unwrap_or_default(), family.unwrap_or_default())
}

fn first_letter(text: &str) -> Option<String> {
    text.chars().find(|character| character.is_alphanumeric()).map(|letter| letter.to_uppercase().collect())
}

#[cfg(test)]
mod tests;
