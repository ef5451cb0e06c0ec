use super::*;
use crate::domain::{Email, Text, TextKind};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;

type EmailEntry = Entry<kind::Email>;

fn email(text: &str) -> Email {
    Email::parse(text).expect("an address")
}

fn entry(value: Option<&str>, kind: Option<&str>, is_primary: Option<bool>) -> EmailEntry {
    Entry { value: value.map(email), kind: kind.map(|kind| Text::parse(kind).expect("a type")), display: None, is_primary }
}

fn values(listed: &[Listed<'_>]) -> Vec<String> {
    listed.iter().map(|entry| format!("{} {}", entry.value, entry.kind.unwrap_or("-"))).collect()
}

fn some_kind() -> impl Strategy<Value = Option<&'static str>> {
    prop_oneof![Just(None), Just(Some("work")), Just(Some("home")), Just(Some("other"))]
}

/// Texts that every kind takes, the strange among them.
fn some_text<K: TextKind>(pattern: &'static str) -> impl Strategy<Value = Option<Text<K>>> {
    of(pattern).prop_map(|text| text.and_then(|text| Text::parse(&text).ok()))
}

/// A list as it is stored; `has_place`: it stands beside a field.
fn some_entries<K: TextKind>(pattern: &'static str, usual: &'static str, has_place: bool) -> impl Strategy<Value = Vec<Entry<K>>> {
    let written = (pattern, some_kind(), of("\\PC{0,6}"), any::<bool>()).prop_filter_map("valid", |(value, kind, display, is_said)| {
        Some(Entry {
            value: Some(Text::parse(&value).ok()?),
            kind: kind.and_then(|kind| Text::parse(kind).ok()),
            display: display.and_then(|display| Text::parse(&display).ok()),
            is_primary: is_said.then_some(false),
        })
    });
    (vec(written, 0..4), any::<prop::sample::Index>(), any::<bool>()).prop_map(move |(mut list, place, is_any)| {
        if is_any && !list.is_empty() {
            let place = place.index(list.len());
            list[place].is_primary = Some(true);
        }
        if has_place { Entry::split(list, usual).1 } else { list }
    })
}

/// Any profile that can be stored.
pub(crate) fn some_profile() -> impl Strategy<Value = Profile> {
    let texts =
        (some_text("\\PC{0,8}"), some_text("\\PC{0,8}"), some_text("[A-Z][a-z]{0,3}\\."), some_text("\\PC{0,8}"), some_text("\\PC{0,8}"));
    let words = (some_text("https://[a-z]{1,8}\\.example"), some_text("[A-Za-z]{0,8}"), some_text("[a-z]{2}[-_][A-Z]{2}"));
    let units = (some_text("\\PC{0,8}"), some_text("\\PC{0,8}"), some_text("\\PC{0,8}"));
    let lists = (
        some_entries("[a-zA-Z]{1,6}@[a-z]{1,6}", "work", true),
        some_entries("\\+?[0-9 ]{1,10}", "work", true),
        some_entries("https://[a-z]{1,8}\\.example/p", "photo", true),
        some_entries("[a-z]{1,8}", "", false),
        some_entries("\\PC{1,8}", "", false),
        some_entries("[A-Za-z0-9+/]{4,12}", "", false),
    );
    let address = (some_text("\\PC{0,20}"), some_text("\\PC{0,8}"), some_text("\\PC{0,8}"), of(any::<bool>()), some_kind());
    let addresses = vec(address, 0..3);
    let stated = proptest::sample::subsequence(StatedField::ALL.to_vec(), 0..=StatedField::ALL.len());
    (texts, words, units, lists, (addresses, stated)).prop_map(|(texts, words, units, lists, (addresses, stated))| Profile {
        formatted_name: texts.0,
        middle_name: texts.1,
        honorific_prefix: texts.2,
        honorific_suffix: texts.3,
        nick_name: texts.4,
        profile_url: words.0,
        user_type: words.1,
        locale: words.2,
        cost_center: units.0,
        division: units.1,
        employer: units.2,
        emails: lists.0,
        phones: lists.1,
        photos: lists.2,
        ims: lists.3,
        entitlements: lists.4,
        certificates: lists.5,
        addresses: one_primary(addresses.into_iter().map(some_address).collect()),
        stated: stated.into_iter().collect(),
    })
}

/// As lists are written: the primary address is one.
fn one_primary(mut addresses: Vec<PostalAddress>) -> Vec<PostalAddress> {
    for address in addresses.iter_mut().skip(1) {
        address.is_primary = address.is_primary.map(|_| false);
    }
    addresses
}

type AddressParts =
    (Option<Text<kind::AddressPart>>, Option<Text<kind::AddressPart>>, Option<Text<kind::AddressPart>>, Option<bool>, Option<&'static str>);

fn some_address((formatted, street, country, is_primary, kind): AddressParts) -> PostalAddress {
    let kind = kind.and_then(|kind| Text::parse(kind).ok());
    PostalAddress { formatted, street, country, is_primary, kind, ..PostalAddress::default() }
}

#[test]
fn an_address_of_another_api_is_shown_as_the_primary_one_for_work() {
    let own = email("jane@acme.example");

    let shown = Listed::of(Some(&own), &[] as &[EmailEntry], "work");

    assert_eq!(shown, [Listed { value: "jane@acme.example", kind: Some("work"), display: None, is_primary: Some(true) }]);
}

#[test]
fn the_primary_entry_is_the_persons_own() {
    let list = vec![entry(Some("a@x"), Some("work"), None), entry(Some("b@x"), Some("home"), Some(true))];

    assert_eq!(Entry::split(list, "work").0, Some(email("b@x")));
}

#[test]
fn without_a_primary_entry_the_one_for_work_is_the_persons_own_and_else_the_first() {
    let list = || vec![entry(Some("a@x"), Some("home"), None), entry(Some("b@x"), Some("Work"), None)];

    assert_eq!(Entry::split(list(), "work").0, Some(email("b@x")));
    assert_eq!(Entry::split(list()[..1].to_vec(), "work").0, Some(email("a@x")));
}

#[test]
fn a_list_that_says_no_more_than_its_value_is_not_kept() {
    let (own, kept) = Entry::split(vec![entry(Some("a@x"), Some("work"), Some(true))], "work");

    assert_eq!((own, kept), (Some(email("a@x")), vec![]));
}

#[test]
fn a_changed_own_value_stands_in_the_place_of_the_old_one() {
    let (_, kept) = Entry::split(vec![entry(Some("a@x"), Some("home"), None), entry(Some("b@x"), Some("other"), Some(true))], "work");
    let changed = email("c@x");

    assert_eq!(values(&Listed::of(Some(&changed), &kept, "work")), ["a@x home", "c@x other"]);
    assert_eq!(values(&Listed::of(None, &kept, "work")), ["a@x home"]);
}

#[test]
fn an_own_value_without_a_place_in_the_list_stands_in_front() {
    let own = email("c@x");

    assert_eq!(values(&Listed::of(Some(&own), &[entry(Some("a@x"), Some("home"), None)], "work")), ["c@x work", "a@x home"]);
}

#[test]
fn a_list_that_is_too_long_is_refused_by_name() {
    let many: Vec<serde_json::Value> = (0..=ENTRIES_MAX).map(|place| serde_json::json!({ "value": format!("a{place}@x") })).collect();
    let fields = serde_json::Map::from_iter([("emails".to_owned(), many.into())]);

    let refused = Profile::parse_json(&fields).expect_err("refused");

    assert_eq!(refused.to_string(), "emails must have at most 100 entries");
}

proptest! {
    #[test]
    fn a_whole_list_is_shown_as_it_was_written(list in some_entries::<kind::Email>("[a-z]{1,6}@[a-z]{1,6}", "", false)) {
        let (own, kept) = Entry::split(list.clone(), "work");

        prop_assert_eq!(Listed::of(own.as_ref(), &kept, "work"), Listed::alone(&list));
    }

    #[test]
    fn a_profile_comes_back_from_its_json(profile in some_profile()) {
        let json = serde_json::to_string(&profile.to_json()).expect("JSON");

        prop_assert_eq!(Profile::parse_json(&serde_json::from_str(&json).expect("JSON")), Ok(profile));
    }
}
