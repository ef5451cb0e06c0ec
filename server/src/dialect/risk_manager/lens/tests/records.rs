//! Random records, and the attributes that their organization has defined.

use proptest::option;
use proptest::prelude::*;
use rollcall_core::domain::{
    Account, AttributeNumber, AttributeObject, AttributeValue, Attributes, Definition, Email, ExternalId, Initials, Instant, Language,
    Login, Name, NewDefinition, Person, PersonId, PersonNumber, PersonType, Photo, Text, TextKind, Title, VariableName,
};
use uuid::Uuid;

/// The attributes that are defined.
pub fn definitions() -> Vec<Definition> {
    let (number, now) = (AttributeNumber::new(1).expect("a number"), Instant::from_milliseconds(0).expect("an instant"));
    let texts = ["text", "note", "link"].map(|name| NewDefinition::text(AttributeObject::Person, variable(name)));
    texts.map(|text| Definition::new(text, number, now).expect("a definition")).into()
}

pub fn variable(name: &str) -> VariableName {
    VariableName::parse(name).expect("a variable")
}

/// Somebody about whom nothing is known.
pub fn nobody() -> Person {
    let now = Instant::from_milliseconds(0).expect("an instant");
    Person::new(PersonId::new(Uuid::from_u128(7)), PersonNumber::new(7).expect("a number"), now)
}

/// Texts of every strangeness: empty, blank, with marks and quotation marks, from other scripts, and long.
pub fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[a-zA-Z ]{0,12}",
        1 => Just(String::new()),
        1 => Just("  ".to_owned()),
        1 => "[a-z'\"\\\\/<&é ß🦀\u{301}]{1,8}",
        1 => "[a-z]{380,400}",
    ]
}

pub fn addresses() -> impl Strategy<Value = String> {
    "[a-zA-Z.]{1,8}@[a-z]{1,8}\\.example"
}

fn text<K: TextKind>(words: impl Strategy<Value = String>) -> impl Strategy<Value = Option<Text<K>>> {
    option::of(words).prop_map(|text| text.and_then(|text| Text::parse(&text).ok()))
}

/// Anybody: what this API shows is random, and so is a good part of what it does not show.
pub fn people() -> impl Strategy<Value = Person> {
    let names = (text::<_>(words()), text::<_>(words()), text::<_>(words()));
    let shown = (text(addresses()), text(words()), text(words()), text(words()), text("[a-z]{1,9}"));
    let unseen = (text(words()), text("[a-z]{1,9}"), text("[a-z]{1,9}"), any::<bool>());
    let accounts = prop::sample::select(Account::ALL.to_vec());
    (names, shown, unseen, accounts, attributes()).prop_map(|(names, shown, unseen, account, custom)| {
        let (given_name, family_name, display_name): (Option<Name>, Option<Name>, Option<Name>) = names;
        let (email, phone, description, additional_information, login): (Option<Email>, _, _, _, Option<Login>) = shown;
        let (title, external_id, initials, is_archived): (Option<Title>, Option<ExternalId>, Option<Initials>, bool) = unseen;
        Person {
            given_name,
            family_name,
            display_name,
            email,
            phone,
            description,
            additional_information,
            login,
            title,
            external_id,
            initials,
            is_archived,
            account,
            custom,
            person_type: PersonType::External,
            language: Language::parse("pt-BR").ok(),
            photo: Photo::parse("https://example.com/a.png").ok(),
            ..nobody()
        }
    })
}

/// Values of the defined attributes, and of one that is defined no more.
fn attributes() -> impl Strategy<Value = Attributes> {
    prop::collection::btree_map(prop::sample::select(vec!["text", "note", "link", "gone"]), words(), 0..4).prop_map(|values| {
        values.into_iter().filter_map(|(name, text)| Some((variable(name), AttributeValue::parse(&text).ok()?))).collect()
    })
}
