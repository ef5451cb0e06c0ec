//! Anybody, for tests of what rooms write: whatever a record can hold, and above all what is hard to write.

use proptest::collection::{btree_map, vec};
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;
use rollcall_core::domain::{
    Account, AttributeValue, Attributes, Finite, Group, GroupId, GroupNumber, IdentityId, Instant, LongLabel, Person, PersonId,
    PersonNumber, PersonType, Relationship, Text, TextKind, TimeZoneRow, VariableName,
};
use serde_json::{Map, Value};
use uuid::Uuid;

const ZONES: [&str; 10] = [
    "America/Anchorage",
    "Europe/London",
    "europe/OSLO",
    "America/Vancouver",
    "Pacific/Chatham",
    "Etc/UTC",
    "Asia/Calcutta",
    "Cuba",
    "America/Argentina/ComodRivadavia",
    "GMT",
];
const LANGUAGES: [&str; 10] = ["en", "EN", "pt-BR", "nb-NO", "fil", "fr", "DE", "x", "ES-419", "zh-Hant-TW"];

/// Text that must be escaped or cut, and plain text; never with a zero byte.
fn text() -> BoxedStrategy<String> {
    let texts = [
        "[A-Z][a-z]{0,8}".boxed(),
        "[\\x01-\\x1f\"\\\\/\u{7f}\u{2028}\u{2029}é🦀ß]{0,8}".boxed(),
        "[ \\t\\n\\x0b\u{85}\u{a0}\u{3000}]{0,3}".boxed(),
        " ?[(\"a-zÀ-ž0-9ßǆ🦀]{1,4}[ \\t\u{a0}]{1,3}[\\\\(a-zÀ-ž]{1,4}( [a-z]{1,3})?".boxed(),
        "\\PC{0,12}".prop_map(|text| text.replace('\0', "")).boxed(),
    ];
    proptest::strategy::Union::new(texts).boxed()
}

/// A text of one kind, or none.
fn some<K: TextKind + 'static>(texts: impl Strategy<Value = String> + 'static) -> BoxedStrategy<Option<Text<K>>> {
    of(texts).prop_map(|text| text.and_then(|text| Text::parse(&text).ok())).boxed()
}

fn one_of(texts: &'static [&'static str]) -> BoxedStrategy<String> {
    select(texts).prop_map(str::to_owned).boxed()
}

fn number<N: TryFrom<i64> + std::fmt::Debug + 'static>() -> BoxedStrategy<Option<N>> {
    of(prop_oneof![1..4_i64, 1..=i64::from(i32::MAX)]).prop_map(|number| number.and_then(|number| N::try_from(number).ok())).boxed()
}

fn moment() -> BoxedStrategy<Instant> {
    // The second one has years that are not four digits.
    let milliseconds = prop_oneof![0..2_000_000_000_000_i64, -90_000_000_000_000..250_000_000_000_000_i64];
    milliseconds.prop_map(|milliseconds| Instant::from_milliseconds(milliseconds).expect("an instant")).boxed()
}

fn file(name: String) -> Map<String, Value> {
    Map::from_iter([("name".to_owned(), name.into())])
}

fn attributes() -> BoxedStrategy<Attributes> {
    let value = prop_oneof![
        4 => text().prop_map(|text| AttributeValue::Text(text.into())),
        1 => any::<f64>().prop_filter_map("finite", Finite::new).prop_map(AttributeValue::Number),
        1 => vec(text().prop_map(Into::into), 0..3).prop_map(AttributeValue::List),
        1 => moment().prop_map(AttributeValue::Moment),
        1 => vec(text(), 0..3).prop_map(|names| AttributeValue::Files(names.into_iter().map(file).collect())),
        1 => text().prop_filter_map("a caption", |text| Relationship::new(None, Some(&text)).map(AttributeValue::Relationship)),
    ];
    let name = select(&["a", "b", "cost_center", "Zone"][..]).prop_map(|name| VariableName::parse(name).expect("a name"));
    prop_oneof![2 => Just(Attributes::new()), 1 => btree_map(name, value, 0..4)].boxed()
}

/// A person with anything in every field that a room shows.
pub fn person() -> BoxedStrategy<Person> {
    let ids = (any::<u128>(), 1..=i64::from(i32::MAX), of(any::<u128>()), moment(), moment(), of(moment()));
    let bare = ids.prop_map(|(id, number, identity, created_at, updated_at, last_active_at)| {
        let person = Person::new(PersonId::new(Uuid::from_u128(id)), PersonNumber::new(number).expect("a number"), created_at);
        let identity = identity.map(|id| IdentityId::new(Uuid::from_u128(id)));
        Person { identity, updated_at, last_active_at, ..person }
    });
    let texts = (some(text()), some(text()), some(text()), some(text()), some(text()), some(text()), some(text()), some(text()));
    let known = (
        some(text().prop_map(|text| format!("{text}@example.com"))),
        some(one_of(&ZONES)),
        of(1..153_i64),
        some(one_of(&LANGUAGES)),
        some(text().prop_map(|text| format!("https://example.com/{text}"))),
        some("#[0-9a-fA-F]{6}"),
        some(text()),
        attributes(),
    );
    let references = (number(), number(), number(), number(), number(), vec(any::<i64>(), 0..4));
    let choices = (select(Account::ALL.to_vec()), select(PersonType::ALL.to_vec()), any::<[bool; 5]>());
    let person = (bare, texts, known, references, choices).prop_map(|(mut person, texts, known, references, choices)| {
        let row;
        (person.given_name, person.family_name, person.display_name) = (texts.0, texts.1, texts.2);
        (person.title, person.phone, person.login, person.description, person.additional_information) =
            (texts.3, texts.4, texts.5, texts.6, texts.7);
        (person.email, person.time_zone, row, person.language, person.photo, person.profile_color, person.initials, person.custom) = known;
        (person.role, person.job_title, person.level, person.price_list, person.manager, person.projects) = references;
        person.time_zone_row = row.and_then(|row| TimeZoneRow::new(row).ok());
        (person.account, person.person_type) = (choices.0, choices.1);
        [
            person.has_license,
            person.is_archived,
            person.send_invite,
            person.is_visible_in_people_allocation,
            person.has_timesheet_required,
        ] = choices.2;
        person
    });
    person.boxed()
}

/// Groups of any name.
pub fn groups() -> BoxedStrategy<Vec<Group>> {
    let group = (any::<u128>(), 1..=i64::from(i32::MAX), text(), moment());
    let group = group.prop_filter_map("a group without a name", |(id, number, name, moment)| {
        Some(Group {
            id: GroupId::new(Uuid::from_u128(id)),
            number: GroupNumber::new(number).ok()?,
            external_id: None,
            name: LongLabel::parse(&name).ok()?,
            description: None,
            email: None,
            responsible: None,
            additional_information: None,
            custom: Attributes::new(),
            created_at: moment,
            updated_at: moment,
        })
    });
    vec(group, 0..3).boxed()
}
