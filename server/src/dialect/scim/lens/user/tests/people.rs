//! Random people: everything that SCIM shows is random, and so is a good part of what it does not show.

use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use rollcall_core::directory::Catalogue;
use rollcall_core::domain::{
    Account, AttributeKind, AttributeNumber, AttributeObject, AttributeValue, Attributes, Definition, Entry, Finite, Instant,
    JobTitleNumber, LevelNumber, NewDefinition, Person, PersonId, PersonNumber, PersonType, PostalAddress, PriceListNumber, Profile,
    Relationship, Role, RoleNumber, Scopes, StatedField, Text, TextKind, TimeZoneRow, VariableName, kind,
};
use uuid::Uuid;

/// Two roles, an attribute of every shape, and two people who may be managers.
pub fn catalogue() -> Catalogue {
    let now = Instant::from_milliseconds(0).expect("an instant");
    let role = |(number, code): (i64, &str)| Role {
        number: RoleNumber::new(number).expect("a number"),
        code: Text::parse(code).expect("a code"),
        name: Text::parse(code).expect("a name"),
        is_default: number == 1,
        scopes: Scopes::default(),
        created_at: now,
        updated_at: now,
    };
    let managers = [1, 2].map(|number| (PersonId::new(Uuid::from_u128(number)), PersonNumber::new(number as i64).expect("a number")));
    let roles = [(1, "ROLE_USER"), (2, "ROLE_ADMIN")].map(role).into();
    Catalogue { roles, definitions: definitions(), people: managers.into() }
}

fn definitions() -> Vec<Definition> {
    let kinds = [
        ("text", AttributeKind::Text),
        ("Size", AttributeKind::Number),
        ("size", AttributeKind::Number),
        ("since", AttributeKind::DateTime),
        ("1path", AttributeKind::Outline),
        ("friend", AttributeKind::Relationship),
        ("papers", AttributeKind::Attachment),
    ];
    let now = Instant::from_milliseconds(0).expect("an instant");
    let definition = |((name, kind), number): ((&str, AttributeKind), i64)| {
        let new = NewDefinition { kind, ..NewDefinition::text(AttributeObject::Person, variable(name)) };
        Definition::new(new, AttributeNumber::new(number).expect("a number"), now).expect("a definition")
    };
    kinds.into_iter().zip(1..).map(definition).collect()
}

fn variable(name: &str) -> VariableName {
    VariableName::parse(name).expect("a variable")
}

/// Somebody about whom nothing is known.
pub fn nobody() -> Person {
    let now = Instant::from_milliseconds(0).expect("an instant");
    Person::new(PersonId::new(Uuid::from_u128(7)), PersonNumber::new(7).expect("a number"), now)
}

/// Texts of every strangeness.
pub fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-zA-Z ]{0,12}",
        1 => Just(String::new()),
        1 => Just("  ".to_owned()),
        1 => "[a-z'\"\\\\/<&é ß🦀\u{301}]{1,8}",
    ]
}

/// One pattern for each kind of text.
fn text<K: TextKind + 'static>(pattern: &'static str) -> BoxedStrategy<Option<Text<K>>> {
    of(pattern).prop_map(|text| text.and_then(|text| Text::parse(&text).ok())).boxed()
}

fn any_text<K: TextKind + 'static>() -> BoxedStrategy<Option<Text<K>>> {
    of(words()).prop_map(|text| text.and_then(|text| Text::parse(&text).ok())).boxed()
}

fn entry<K: TextKind + 'static>(pattern: &'static str) -> BoxedStrategy<Entry<K>> {
    let usual = of(select(vec!["work", "home", "photo", "Work", ""]));
    (pattern, usual, any_text(), of(Just(false)))
        .prop_map(|(value, usual, display, is_primary)| Entry {
            value: Text::parse(&value).ok(),
            kind: usual.and_then(|usual| Text::parse(usual).ok()),
            display,
            is_primary,
        })
        .boxed()
}

/// A whole list, of which one may be primary.
fn whole<K: TextKind + 'static>(pattern: &'static str) -> BoxedStrategy<Vec<Entry<K>>> {
    (vec(entry(pattern), 0..4), of(any::<prop::sample::Index>()))
        .prop_map(|(mut list, primary)| {
            if let Some(primary) = primary.filter(|_| !list.is_empty()) {
                let place = primary.index(list.len());
                list[place].is_primary = Some(true);
            }
            list
        })
        .boxed()
}

/// A field of the person, and the list that stands beside it.
type Beside<K> = (Option<Text<K>>, Vec<Entry<K>>);

/// A list beside a field of the person: as SCIM writes both, or as another API has changed the field since.
fn beside<K: TextKind + 'static>(pattern: &'static str, usual: &'static str) -> BoxedStrategy<Beside<K>> {
    (whole(pattern), of(text(pattern)))
        .prop_map(|(list, changed)| {
            let (own, list) = Entry::split(list, usual);
            (changed.unwrap_or(own), list)
        })
        .boxed()
}

fn addresses() -> BoxedStrategy<Vec<PostalAddress>> {
    let parts = (any_text(), any_text(), any_text(), any_text());
    let address = (parts, text("[A-Z]{2}"), text("work|home"), of(Just(false))).prop_map(|(parts, country, kind, is_primary)| {
        let (formatted, street, locality, postal_code) = parts;
        PostalAddress { formatted, street, locality, postal_code, country, kind, is_primary, ..PostalAddress::default() }
    });
    vec(address.prop_filter("an address says something", |address| *address != PostalAddress::default()), 0..3).boxed()
}

fn profile() -> BoxedStrategy<Profile> {
    let names = (any_text(), any_text(), any_text(), any_text(), any_text());
    let words = (text("https://[a-z]{1,8}\\.example"), any_text(), text("[a-z]{2}[-_][A-Z]{2}"), any_text(), any_text(), any_text());
    let lists = (whole("[a-z]{1,8}"), whole("[a-z ]{0,5}[A-Z]"), whole("[A-Za-z0-9+/]{4,12}"), addresses());
    let stated = subsequence(StatedField::ALL.to_vec(), 0..=StatedField::ALL.len());
    (names, words, lists, stated)
        .prop_map(|(names, words, lists, stated)| {
            let (formatted_name, middle_name, honorific_prefix, honorific_suffix, nick_name) = names;
            let (profile_url, user_type, locale, cost_center, division, employer) = words;
            let (ims, entitlements, certificates, addresses) = lists;
            Profile {
                formatted_name,
                middle_name,
                honorific_prefix,
                honorific_suffix,
                nick_name,
                profile_url,
                user_type,
                locale,
                cost_center,
                division,
                employer,
                ims,
                entitlements,
                certificates,
                addresses,
                stated: stated.into_iter().collect(),
                ..Profile::default()
            }
        })
        .boxed()
}

/// Values of some defined attributes, and of one that is defined no more.
fn attributes() -> BoxedStrategy<Attributes> {
    let number = || any::<f64>().prop_filter_map("an infinity", Finite::new).prop_map(AttributeValue::Number);
    let moment = (-62_135_596_800_000..=253_402_300_799_999_i64).prop_filter_map("no instant", Instant::from_milliseconds);
    let friend = (of("[a-z]{1,5}"), of("[A-Z]{1,5}"));
    let friend = friend.prop_filter_map("nobody", |(id, caption)| Relationship::new(id.as_deref(), caption.as_deref()));
    let file = words().prop_map(|text| serde_json::json!({ "name": text, "size": 3 }).as_object().cloned().expect("an object"));
    let value = prop_oneof![
        words().prop_map(|text| ("text", AttributeValue::parse(&text).expect("a value"))),
        words().prop_map(|text| ("gone", AttributeValue::parse(&text).expect("a value"))),
        number().prop_map(|number| ("size", number)),
        number().prop_map(|number| ("Size", number)),
        moment.prop_map(|moment| ("since", AttributeValue::Moment(moment))),
        vec("[a-zé]{1,5}".prop_map(Box::from), 0..3).prop_map(|path| ("1path", AttributeValue::List(path))),
        friend.prop_map(|friend| ("friend", AttributeValue::Relationship(friend))),
        vec(file, 0..3).prop_map(|files| ("papers", AttributeValue::Files(files))),
    ];
    vec(value, 0..5).prop_map(|values| values.into_iter().map(|(name, value)| (variable(name), value)).collect()).boxed()
}

fn number<N: TryFrom<i64> + std::fmt::Debug>(greatest: i64) -> impl Strategy<Value = Option<N>> {
    of((1..=greatest).prop_filter_map("a number", |number| N::try_from(number).ok()))
}

/// Anybody.
pub fn people() -> BoxedStrategy<Person> {
    let names = (any_text(), any_text(), any_text(), any_text::<kind::Title>());
    let keys = (text("[a-zA-Z.]{1,9}"), text("[a-z0-9-]{1,9}"), any_text(), any_text(), text("[a-z]{2}"), text("Europe/(Oslo|Rome)"));
    let ours = (any_text(), any_text(), text("[A-Z]{0,3}"), text("#[0-9a-f]{6}"), select(PersonType::ALL.to_vec()), [any::<bool>(); 5]);
    let numbers = (number(2), number(2), number(9), number(9), number(9), number(9));
    let contacts = (beside("[a-zA-Z.]{1,8}@[a-z]{1,8}", "work"), beside("\\+?[0-9]{1,10}", "work"), beside("https://[a-z]{1,8}", "photo"));
    let rest = (select(Account::ALL.to_vec()), attributes(), vec(any::<i64>(), 0..3), profile());
    (names, keys, ours, numbers, contacts, rest)
        .prop_map(|(names, keys, ours, numbers, contacts, rest)| {
            let (given_name, family_name, display_name, title) = names;
            let (login, external_id, employee_number, department, language, time_zone) = keys;
            let (description, additional_information, initials, profile_color, person_type, answers) = ours;
            let (role, manager, job_title, level, price_list, time_zone_row) = numbers;
            let [is_archived, has_license, send_invite, is_visible_in_people_allocation, has_timesheet_required] = answers;
            let ((email, emails), (phone, phones), (photo, photos)) = contacts;
            let (account, custom, projects, profile) = rest;
            let role: Option<RoleNumber> = role;
            let manager: Option<PersonNumber> = manager;
            let (job_title, level): (Option<JobTitleNumber>, Option<LevelNumber>) = (job_title, level);
            let (price_list, time_zone_row): (Option<PriceListNumber>, Option<TimeZoneRow>) = (price_list, time_zone_row);
            let profile = Profile { emails, phones, photos, ..profile };
            #[rustfmt::skip]
        let person = Person {
            given_name, family_name, display_name, title, login, external_id, employee_number, department, language, time_zone,
            description, additional_information, initials, profile_color, person_type, role, manager, job_title, level, price_list,
            time_zone_row, is_archived, has_license, send_invite, is_visible_in_people_allocation, has_timesheet_required, email,
            phone, photo, account, custom, projects, profile,
            ..nobody()
        };
            person
        })
        .boxed()
}
