//! A packed person as rooms read it: fragments of JSON that go to the wire as they stand.

use super::{Fields, PersonField, decode, encode, end_of, width};
use crate::domain::{Attributes, Instant, Person, Profile};
use crate::store::attributes;
use std::borrow::Cow;

/// A record that this program cannot read: it is damaged, or a newer version wrote it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the record of a person cannot be read")]
pub struct UnreadableRecord;

/// A person as the store keeps it, borrowed from a row. Every field is a fragment of JSON.
#[derive(Clone, Copy, Debug)]
pub struct PackedPerson<'a> {
    record: &'a [u8],
    ends: &'a [u8],
    /// Bytes of each end.
    width: usize,
    fragments: &'a [u8],
}

/// As many digits fit a number whichever they are.
const DIGITS_MAX: usize = 18;

/// A packed person of its own, for what was not read from a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackedRecord(Vec<u8>);

impl PackedRecord {
    pub fn new(person: &Person) -> Self {
        Self(encode(person))
    }

    pub fn person(&self) -> Result<PackedPerson<'_>, UnreadableRecord> {
        PackedPerson::new(&self.0)
    }

    /// One that the store keeps. Fails for one that cannot be read.
    pub(crate) fn read(record: &[u8]) -> Result<Self, UnreadableRecord> {
        PackedPerson::new(record).map(|_| Self(record.to_vec()))
    }

    pub fn packed(&self) -> PackedPerson<'_> {
        PackedPerson::of_read(&self.0)
    }
}

impl<'a> PackedPerson<'a> {
    /// Fails unless every field can be found. After that no reading fails.
    pub(crate) fn new(record: &'a [u8]) -> Result<Self, UnreadableRecord> {
        let fields = Fields::new(record).map_err(|_| UnreadableRecord)?;
        let mut start = 0;
        for end in fields.ends {
            let end = end_of(end).filter(|end| *end >= start).ok_or(UnreadableRecord)?;
            start = end;
        }
        if start > fields.fragments.len() {
            return Err(UnreadableRecord);
        }
        Ok(Self::of_read(record))
    }

    /// Of a record that was packed here, or that [`Self::new`] has read before.
    pub(crate) fn of_read(record: &'a [u8]) -> Self {
        let [version, count, rest @ ..] = record else { return Self { record, ends: &[], width: 1, fragments: &[] } };
        let width = width(*version);
        let (ends, fragments) = rest.split_at_checked(usize::from(*count) * width).unwrap_or_default();
        Self { record, ends, width, fragments }
    }

    /// The field as JSON: a quoted and escaped text, a number, `true` or `false`. Empty where the person has none.
    pub fn json(&self, field: PersonField) -> &'a [u8] {
        let end = |place: usize| self.ends.get(place * self.width..(place + 1) * self.width).and_then(end_of);
        let place = field as usize;
        // A record of an older version ends before the fields that came later.
        let Some(end_here) = end(place) else { return &[] };
        let start = place.checked_sub(1).and_then(end).unwrap_or(0);
        self.fragments.get(start..end_here).unwrap_or_default()
    }

    /// The same, `null` where the person has none.
    pub fn json_or_null(&self, field: PersonField) -> &'a [u8] {
        match self.json(field) {
            [] => b"null",
            fragment => fragment,
        }
    }

    pub fn has(&self, field: PersonField) -> bool {
        !self.json(field).is_empty()
    }

    /// Text as it is, not as JSON.
    pub fn text(&self, field: PersonField) -> Option<Cow<'a, str>> {
        let fragment = self.json(field);
        let inner = fragment.strip_prefix(b"\"")?.strip_suffix(b"\"")?;
        if inner.contains(&b'\\') {
            return serde_json::from_slice::<String>(fragment).ok().map(Cow::Owned);
        }
        std::str::from_utf8(inner).ok().map(Cow::Borrowed)
    }

    pub fn number(&self, field: PersonField) -> Option<i64> {
        // Most numbers are short, and every answer is full of them.
        match self.json(field) {
            [] => None,
            digits if digits.len() <= DIGITS_MAX && digits.iter().all(u8::is_ascii_digit) => {
                Some(digits.iter().fold(0, |number, digit| number * 10 + i64::from(digit - b'0')))
            }
            number => std::str::from_utf8(number).ok()?.parse().ok(),
        }
    }

    /// Whether a field that is yes or no is yes.
    pub fn is(&self, field: PersonField) -> bool {
        self.json(field) == b"true"
    }

    pub fn instant(&self, field: PersonField) -> Option<Instant> {
        self.number(field).and_then(Instant::from_milliseconds)
    }

    /// Whether it has a value of any custom attribute.
    pub fn has_custom(&self) -> bool {
        !matches!(self.json(PersonField::Custom), b"" | b"{}")
    }

    /// Its values of custom attributes, taken apart.
    pub fn custom(&self) -> Result<Attributes, UnreadableRecord> {
        if self.has_custom() {
            attributes::unpacked(self.json(PersonField::Custom)).map_err(|_| UnreadableRecord)
        } else {
            Ok(Attributes::new())
        }
    }

    /// What few APIs show of it, taken apart. Most people have none.
    pub fn profile(&self) -> Result<Option<Profile>, UnreadableRecord> {
        let fragment = self.json(PersonField::Profile);
        if fragment.is_empty() {
            return Ok(None);
        }
        let fields = serde_json::from_slice(fragment).map_err(|_| UnreadableRecord)?;
        Profile::parse_json(&fields).map(Some).map_err(|_| UnreadableRecord)
    }

    /// The whole person, where what is shown of it is not worth being written from fragments.
    pub fn unpacked(&self) -> Result<Person, UnreadableRecord> {
        decode(self.record).map_err(|_| UnreadableRecord)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Name, PersonId, PersonNumber, VariableName, some_profile, some_value};
    use proptest::prelude::*;
    use uuid::Uuid;

    fn person() -> Person {
        let now = Instant::from_milliseconds(1_700_000_000_123).expect("an instant");
        Person::new(PersonId::new(Uuid::from_u128(7)), PersonNumber::new(12).expect("a number"), now)
    }

    #[test]
    fn a_field_is_the_json_that_it_was_packed_as() {
        let record = PackedRecord::new(&Person { family_name: Name::parse("O\"Hara").ok(), is_archived: true, ..person() });
        let packed = record.person().expect("readable");

        assert_eq!(packed.json(PersonField::FamilyName), br#""O\"Hara""#);
        assert_eq!(packed.text(PersonField::FamilyName).as_deref(), Some("O\"Hara"));
        assert_eq!((packed.json(PersonField::GivenName), packed.json_or_null(PersonField::GivenName)), (&b""[..], &b"null"[..]));
        assert_eq!((packed.number(PersonField::Number), packed.is(PersonField::IsArchived)), (Some(12), true));
        assert_eq!(packed.instant(PersonField::CreatedAt), Some(person().created_at));
        assert!(!packed.has_custom());
    }

    #[test]
    fn a_record_of_an_older_version_lacks_what_came_later() {
        let record = super::super::of_version(1, 37, &person());
        let packed = PackedPerson::new(&record).expect("readable");

        assert_eq!((packed.json(PersonField::Profile), packed.json(PersonField::Number)), (&b""[..], &b"12"[..]));
    }

    #[test]
    fn a_damaged_record_is_no_person() {
        let record = encode(&person());
        let mut swapped = record.clone();
        swapped[2..6].copy_from_slice(&[255; 4]);

        assert!((0..record.len()).all(|length| PackedPerson::new(&record[..length]).is_err()));
        assert!(PackedPerson::new(&swapped).is_err());
    }

    proptest! {
        #[test]
        fn an_unpacked_person_is_the_person_that_was_packed(name in "\\PC{1,20}", profile in some_profile(), (_, value) in some_value()) {
            let custom = [(VariableName::stored("some"), value)].into();
            let person = Person { given_name: Name::parse(&name).ok(), profile, custom, ..person() };

            let record = PackedRecord::new(&person);
            let packed = record.person().expect("readable");

            prop_assert_eq!(packed.profile().expect("readable").unwrap_or_default(), person.profile.clone());
            prop_assert_eq!(packed.custom().expect("readable"), person.custom.clone());
            prop_assert_eq!(packed.unpacked(), Ok(person));
        }
    }
}
