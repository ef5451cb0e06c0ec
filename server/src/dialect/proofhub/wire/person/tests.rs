//! The bytes against the same object by way of serde.

use super::super::super::{languages, zones};
use super::super::{initials, timezone};
use super::*;
use crate::dialect::strangers;
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use rollcall_core::directory::PackedRecord;
use rollcall_core::domain::{Language, Person};
use serde::Serialize;

#[derive(Debug, Serialize)]
struct PersonObject<'a> {
    id: i64,
    first_name: &'a str,
    last_name: &'a str,
    title: &'a str,
    email: &'a str,
    role: RoleReference,
    groups: Vec<i64>,
    timezone: u16,
    initials: String,
    image_url: Option<&'a str>,
    profile_color: &'a str,
    language: String,
    suspended: bool,
    send_invite: bool,
    last_active: String,
    created_at: String,
    updated_at: String,
    projects: &'a [i64],
}

#[derive(Debug, Serialize)]
struct RoleReference {
    id: Option<i64>,
}

impl<'a> PersonObject<'a> {
    fn new(person: &'a Person, groups: &[GroupNumber], default_role: Option<RoleNumber>) -> Self {
        let (first_name, last_name) = person.given_and_family();
        Self {
            id: person.number.get(),
            first_name: first_name.unwrap_or_default(),
            last_name: last_name.unwrap_or_default(),
            title: text(person.title.as_ref()),
            email: text(person.email.as_ref()),
            role: RoleReference { id: person.role.or(default_role).map(RoleNumber::get) },
            groups: groups.iter().map(|group| group.get()).collect(),
            timezone: timezone(person),
            initials: initials(person),
            image_url: person.photo.as_ref().map(|photo| photo.as_str()),
            profile_color: person.profile_color.as_ref().map_or("#781f1f", |color| color.as_str()),
            language: language(person.language.as_ref()),
            suspended: person.is_archived || person.account == Account::Blocked,
            send_invite: person.send_invite,
            last_active: person.last_active_at.unwrap_or(person.created_at).to_seconds_text(),
            created_at: person.created_at.to_seconds_text(),
            updated_at: person.updated_at.to_seconds_text(),
            projects: &person.projects,
        }
    }
}

fn text<T: AsRef<str>>(value: Option<&T>) -> &str {
    value.map_or("", AsRef::as_ref)
}

/// ProofHub's code where its list has the language, with or without what follows the first hyphen; otherwise that first
/// part alone.
fn language(language: Option<&Language>) -> String {
    let tag = language.map_or("en", |language| language.as_str());
    let code = tag.split('-').next().unwrap_or(tag);
    let by_code = |code: &str| languages::LANGUAGES.iter().find(|language| language.language.eq_ignore_ascii_case(code));
    let listed = by_code(tag).or_else(|| by_code(code));
    listed.map_or_else(|| code.to_ascii_lowercase(), |listed| listed.language.to_owned())
}

fn written(person: &Person, groups: &[GroupNumber], default_role: Option<RoleNumber>) -> String {
    let mut bytes = Vec::new();
    push_person(&mut bytes, &PackedRecord::new(person).packed(), groups, default_role);
    String::from_utf8(bytes).expect("text")
}

proptest! {
    #[test]
    fn anybody_is_written_as_the_object(person in strangers::person(), groups in vec(1..=i64::from(i32::MAX), 0..4), role in of(1..9_i64)) {
        let groups: Vec<_> = groups.into_iter().filter_map(|group| GroupNumber::new(group).ok()).collect();
        let role = role.and_then(|role| RoleNumber::new(role).ok());

        let object = serde_json::to_string(&PersonObject::new(&person, &groups, role)).expect("JSON");

        prop_assert_eq!(written(&person, &groups, role), object);
    }
}

#[test]
fn every_row_and_every_language_of_the_list_is_written() {
    let now = Instant::from_milliseconds(0).expect("an instant");
    let nobody = Person::new(
        rollcall_core::domain::PersonId::new(uuid::Uuid::nil()),
        rollcall_core::domain::PersonNumber::new(1).expect("a number"),
        now,
    );
    for zone in zones::ZONES {
        for listed in languages::LANGUAGES {
            let person = Person {
                time_zone: rollcall_core::domain::TimeZone::parse(zone.iana).ok(),
                time_zone_row: rollcall_core::domain::TimeZoneRow::new(zone.id.into()).ok(),
                language: Language::parse(listed.language).ok(),
                ..nobody.clone()
            };

            let object: serde_json::Value = serde_json::from_str(&written(&person, &[], None)).expect("JSON");

            assert_eq!((&object["timezone"], &object["language"]), (&zone.id.into(), &listed.language.into()));
        }
    }
}
