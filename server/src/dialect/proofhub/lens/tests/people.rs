//! Made-up people and made-up writes.

use super::nobody;
use crate::dialect::proofhub::zones;
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use rollcall_core::domain::{
    Account, AttributeValue, Color, Department, Description, Email, EmployeeNumber, ExternalId, GroupNumber, Initials, Instant,
    JobTitleNumber, Language, Login, Name, Person, PersonNumber, PersonType, Phone, Photo, RoleNumber, Text, TextKind, TimeZone,
    TimeZoneRow, Title, VariableName,
};
use serde_json::{Map, Value, json};

const NAMES: [&str; 9] = ["", " ", "Ana", "de Souza", "Ana de Souza", " Ana  de Souza ", "Žofie", "\u{a0}x", "🦀 (crab)"];
const TITLES: [&str; 3] = ["", "Manager", " chair "];
const EMAILS: [&str; 3] = ["ana@example.com", "ZOE@example.com", "1@x"];
const ZONES: [&str; 7] =
    ["America/Anchorage", "Europe/London", "Europe/Oslo", "America/Vancouver", "Pacific/Chatham", "Etc/UTC", "Asia/Calcutta"];
/// Rows that share a zone with another one or are like one of [`ZONES`], and one that does not exist.
const ROWS: [i64; 10] = [3, 13, 4, 14, 45, 47, 49, 52, 102, 2];
const INITIALS: [&str; 4] = ["", "N", "AD", "Ž"];
const PHOTOS: [&str; 2] = ["https://example.com/a.png", "http://example.com"];
const COLORS: [&str; 3] = ["#781f1f", "#781F1F", "#ffffff"];
const LANGUAGES: [&str; 6] = ["en", "EN", "pt-BR", "nb-NO", "fil", "fr"];

/// A text of one kind, or none.
fn maybe<K: TextKind + 'static>(texts: &'static [&'static str]) -> impl Strategy<Value = Option<Text<K>>> {
    of(select(texts).prop_map(|text| Text::parse(text).expect("a text")))
}

/// What this API shows of somebody, in any mixture.
pub fn person() -> impl Strategy<Value = Person> {
    let names = (maybe(&NAMES), maybe(&NAMES), maybe(&NAMES));
    let texts = (maybe(&TITLES), maybe(&EMAILS), maybe(&ZONES), maybe(&INITIALS), maybe(&PHOTOS), maybe(&COLORS), maybe(&LANGUAGES));
    let rest = (
        of(1_i64..5),
        select(Account::ALL.to_vec()),
        any::<bool>(),
        any::<bool>(),
        vec(-1_i64..9, 0..3),
        any::<bool>(),
        of(select(&ROWS[..])),
    );
    (names, texts, rest).prop_map(|(names, texts, rest)| {
        let (given_name, family_name, display_name): (Option<Name>, Option<Name>, Option<Name>) = names;
        type Texts = (Option<Title>, Option<Email>, Option<TimeZone>, Option<Initials>, Option<Photo>, Option<Color>, Option<Language>);
        let (title, email, time_zone, initials, photo, profile_color, language): Texts = texts;
        let (role, account, is_archived, send_invite, projects, has_unseen, row) = rest;
        let role = role.and_then(|role| RoleNumber::new(role).ok());
        let base = if has_unseen { unseen() } else { nobody() };
        Person {
            given_name,
            family_name,
            display_name,
            title,
            email,
            time_zone,
            time_zone_row: row.and_then(|row| TimeZoneRow::new(row).ok()),
            initials,
            photo,
            profile_color,
            language,
            role,
            account,
            is_archived,
            send_invite,
            projects,
            ..base
        }
    })
}

/// Somebody with everything that this API does not show.
fn unseen() -> Person {
    Person {
        external_id: ExternalId::parse("X1").ok(),
        login: Login::parse("ana").ok(),
        phone: Phone::parse("+47").ok(),
        job_title: JobTitleNumber::new(1).ok(),
        manager: PersonNumber::new(9).ok(),
        person_type: PersonType::External,
        has_license: true,
        description: Description::parse("tall").ok(),
        is_visible_in_people_allocation: true,
        has_timesheet_required: true,
        employee_number: EmployeeNumber::parse("7").ok(),
        department: Department::parse("Sales").ok(),
        custom: [(VariableName::parse("shoe").unwrap(), AttributeValue::parse("41").unwrap())].into(),
        last_active_at: Instant::from_milliseconds(1),
        ..nobody()
    }
}

/// The numbers of the groups that somebody is in.
pub fn groups() -> impl Strategy<Value = Vec<GroupNumber>> {
    subsequence(vec![1, 2, 5], 0..=3).prop_map(|numbers| numbers.into_iter().filter_map(|number| GroupNumber::new(number).ok()).collect())
}

/// A body of any members, all of them such as may be written.
pub fn body() -> impl Strategy<Value = Map<String, Value>> {
    let text = |texts: &'static [&'static str]| prop_oneof![4 => select(texts).prop_map(Value::from), 1 => Just(Value::Null)].boxed();
    let id = |ids: &'static [i64]| prop_oneof![select(ids).prop_map(Value::from), select(ids).prop_map(|id| id.to_string().into())].boxed();
    let role = prop_oneof![id(&[1, 3, 4]), id(&[1, 3, 4]).prop_map(|id| json!({ "id": id })), Just(Value::Null)];
    let answer = || prop_oneof![any::<bool>().prop_map(Value::from), Just(Value::Null)].boxed();
    let row = select(zones::ZONES).prop_map(|row| Value::from(row.id));
    let members: [(&str, BoxedStrategy<Value>); 14] = [
        ("first_name", text(&NAMES)),
        ("last_name", text(&NAMES)),
        ("title", text(&TITLES)),
        ("email", select(EMAILS.to_vec()).prop_map(|email| format!(" {email}").into()).boxed()),
        ("role", role.boxed()),
        ("groups", vec(id(&[1, 2, 5, 9_000_000_001]), 0..4).prop_map(Value::from).boxed()),
        ("timezone", prop_oneof![2 => id(&ROWS[..9]), 2 => row, 1 => Just(Value::Null)].boxed()),
        ("initials", text(&INITIALS)),
        ("image_url", text(&PHOTOS)),
        ("profile_color", text(&COLORS)),
        ("language", text(&LANGUAGES)),
        ("suspended", answer()),
        ("send_invite", answer()),
        ("projects", vec(id(&[0, 1, 23_423_233]), 0..3).prop_map(Value::from).boxed()),
    ];
    let members = members.map(|(name, value)| of(value).prop_map(move |value| Some((name.to_owned(), value?))));
    members.to_vec().prop_map(|members| members.into_iter().flatten().collect())
}
