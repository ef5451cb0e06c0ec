//! Random records, and the attributes that their organization has defined.

use proptest::option;
use proptest::prelude::*;
use rollcall_core::domain::{
    Account, AttributeKind, AttributeNumber, AttributeObject, AttributeValue, Attributes, Definition, Email, ExternalId, Finite, Initials,
    Instant, Language, Login, Name, NewDefinition, Person, PersonId, PersonNumber, PersonType, Photo, Relationship, Text, TextKind, Title,
    VariableName,
};
use uuid::Uuid;

/// The attributes that are defined, for people and for groups: some of every shape of JSON.
pub fn definitions() -> Vec<Definition> {
    let kinds = [
        ("text", AttributeKind::Text),
        ("note", AttributeKind::Paragraph),
        ("size", AttributeKind::Number),
        ("since", AttributeKind::DateTime),
        ("path", AttributeKind::Outline),
        ("friend", AttributeKind::Relationship),
    ];
    let (number, now) = (AttributeNumber::new(1).expect("a number"), Instant::from_milliseconds(0).expect("an instant"));
    let definition = |object, (name, kind)| {
        let new = NewDefinition { kind, ..NewDefinition::text(object, variable(name)) };
        Definition::new(new, number, now).expect("a definition")
    };
    AttributeObject::ALL.into_iter().flat_map(|object| kinds.map(|kind| definition(object, kind))).collect()
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

pub fn text<K: TextKind>(words: impl Strategy<Value = String>) -> impl Strategy<Value = Option<Text<K>>> {
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

/// Values of some defined attributes, and of one that is defined no more.
pub fn attributes() -> impl Strategy<Value = Attributes> {
    let gone = prop::option::of(words().prop_map(|text| (variable("gone"), AttributeValue::parse(&text).expect("a value"))));
    (defined_attributes(), gone).prop_map(|(defined, gone)| defined.into_iter().chain(gone).collect())
}

/// Values of some defined attributes.
pub fn defined_attributes() -> impl Strategy<Value = Attributes> {
    let text = |name: &'static str| words().prop_map(move |text| (name, AttributeValue::parse(&text).expect("a value")));
    let number = any::<f64>().prop_filter_map("an infinity", Finite::new);
    let moment = (-62_135_596_800_000..=253_402_300_799_999_i64).prop_filter_map("no instant", Instant::from_milliseconds);
    let path = prop::collection::vec("[a-zé]{1,5}".prop_map(Box::from), 0..3);
    let friend = (option::of("[a-z]{1,5}"), "[A-Z]{1,5}");
    let friend = friend.prop_filter_map("nobody", |(id, caption)| Relationship::new(id.as_deref(), Some(&caption)));
    let value = prop_oneof![
        text("text"),
        text("note"),
        number.prop_map(|number| ("size", AttributeValue::Number(number))),
        moment.prop_map(|moment| ("since", AttributeValue::Moment(moment))),
        path.prop_map(|path| ("path", AttributeValue::List(path))),
        friend.prop_map(|friend| ("friend", AttributeValue::Relationship(friend))),
    ];
    prop::collection::vec(value, 0..4).prop_map(|values| values.into_iter().map(|(name, value)| (variable(name), value)).collect())
}
