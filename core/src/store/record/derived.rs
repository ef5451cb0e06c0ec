//! What a packed person is, where more than one field or a code says it.

use super::{PackedPerson, PersonField};
use crate::domain::{Account, PersonType, cut_name};
use std::borrow::Cow;

/// A JSON text without its quotation marks.
type Inner<'a> = Cow<'a, [u8]>;

impl<'a> PackedPerson<'a> {
    /// The given and the family name as [`Person::given_and_family`](crate::domain::Person::given_and_family) has them, as
    /// JSON without quotation marks.
    pub fn given_and_family(&self) -> (Option<Inner<'a>>, Option<Inner<'a>>) {
        let (given, family) = (self.inner(PersonField::GivenName), self.inner(PersonField::FamilyName));
        if is_blank(given) && is_blank(family) {
            self.cut_display_name().unwrap_or((given.map(Cow::Borrowed), family.map(Cow::Borrowed)))
        } else {
            (given.map(Cow::Borrowed), family.map(Cow::Borrowed))
        }
    }

    /// Appends [`Person::name`](crate::domain::Person::name) as JSON.
    pub fn push_name(&self, bytes: &mut Vec<u8>) {
        let [display, given, family] = [PersonField::DisplayName, PersonField::GivenName, PersonField::FamilyName]
            .map(|field| self.inner(field).filter(|text| !text.is_empty()));
        bytes.push(b'"');
        match (display, given, family) {
            (Some(name), _, _) | (None, Some(name), None) | (None, None, Some(name)) => bytes.extend_from_slice(name),
            (None, Some(given), Some(family)) => {
                bytes.extend_from_slice(given);
                bytes.push(b' ');
                bytes.extend_from_slice(family);
            }
            (None, None, None) => {
                let reachable = self.inner(PersonField::Email).or_else(|| self.inner(PersonField::Login));
                bytes.extend_from_slice(reachable.unwrap_or_default());
            }
        }
        bytes.push(b'"');
    }

    /// Its values of custom attributes as one object of texts, numbers and lists. `None` where one of them is of another form,
    /// which is kept otherwise than it is shown.
    pub fn plain_custom(&self) -> Option<&'a [u8]> {
        match self.json(PersonField::Custom) {
            b"" => Some(b"{}"),
            // A brace may be within a text; then they are taken apart for nothing.
            object if object.get(1..)?.contains(&b'{') => None,
            object => Some(object),
        }
    }

    /// `None`: a code that this program does not know.
    pub fn person_type(&self) -> Option<PersonType> {
        self.number(PersonField::PersonType).and_then(PersonType::from_code)
    }

    /// `None`: a code that this program does not know.
    pub fn account(&self) -> Option<Account> {
        self.number(PersonField::Account).and_then(Account::from_code)
    }

    fn cut_display_name(&self) -> Option<(Option<Inner<'a>>, Option<Inner<'a>>)> {
        match self.text(PersonField::DisplayName)? {
            // Nothing of it is escaped, so nothing of its parts is.
            Cow::Borrowed(whole) => {
                let (given, family) = cut_name(whole)?;
                Some((Some(Cow::Borrowed(given.as_bytes())), family.map(|family| Cow::Borrowed(family.as_bytes()))))
            }
            Cow::Owned(whole) => {
                let (given, family) = cut_name(&whole)?;
                Some((Some(Cow::Owned(escaped(given))), family.map(|family| Cow::Owned(escaped(family)))))
            }
        }
    }

    /// A text as JSON without its quotation marks.
    fn inner(&self, field: PersonField) -> Option<&'a [u8]> {
        self.json(field).strip_prefix(b"\"")?.strip_suffix(b"\"")
    }
}

fn is_blank(text: Option<&[u8]>) -> bool {
    text.is_none_or(<[u8]>::is_empty)
}

fn escaped(text: &str) -> Vec<u8> {
    let mut quoted = serde_json::Value::from(text).to_string().into_bytes();
    quoted.pop();
    quoted.drain(..1);
    quoted
}

#[cfg(test)]
mod tests {
    use super::super::PackedRecord;
    use super::*;
    use crate::domain::{Email, Instant, Login, Name, Person, PersonId, PersonNumber};
    use proptest::option::of;
    use proptest::prelude::*;
    use uuid::Uuid;

    /// Names with blanks of every kind, and what JSON must escape.
    fn name() -> impl Strategy<Value = Option<Name>> {
        let text = prop_oneof![Just(String::new()), "[ \\t\\n\\x0b\u{85}\u{a0}\u{3000}]{1,3}", "[ \\t\\r\u{a0}aé🦀\"\\\\\u{2028}]{0,8}"];
        of(text.prop_map(|text| Name::parse(&text).expect("a name")))
    }

    fn inner(text: Option<&str>) -> Option<String> {
        text.map(|text| serde_json::to_string(text).expect("JSON")).map(|json| json[1..json.len() - 1].to_owned())
    }

    proptest! {
        #[test]
        fn a_packed_person_is_called_like_the_person(
            names in (name(), name(), name()),
            email in of(Just("a\"b@x")),
            login in of(Just("ja\\ne")),
            kind in 0..4_usize,
            account in 0..3_usize,
        ) {
            let now = Instant::from_milliseconds(0).expect("an instant");
            let mut person = Person::new(PersonId::new(Uuid::nil()), PersonNumber::new(1).expect("a number"), now);
            (person.given_name, person.family_name, person.display_name) = names;
            person.email = email.and_then(|email| Email::parse(email).ok());
            person.login = login.and_then(|login| Login::parse(login).ok());
            (person.person_type, person.account) = (PersonType::ALL[kind], Account::ALL[account]);

            let record = PackedRecord::new(&person);
            let packed = record.packed();

            let text = |bytes: Inner<'_>| String::from_utf8(bytes.into_owned()).expect("text");
            let (given, family) = packed.given_and_family();
            let (expected_given, expected_family) = person.given_and_family();
            prop_assert_eq!((given.map(text), family.map(text)), (inner(expected_given), inner(expected_family)));
            let mut name = Vec::new();
            packed.push_name(&mut name);
            prop_assert_eq!(String::from_utf8(name).expect("text"), serde_json::to_string(&person.name()).expect("JSON"));
            prop_assert_eq!((packed.person_type(), packed.account()), (Some(person.person_type), Some(person.account)));
        }
    }
}
