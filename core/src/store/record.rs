//! A person packed into one value: every field as a fragment of JSON, found through a table of where each ends.
//!
//! ```text
//! version: 1 byte · count: 1 byte · ends: count × u16, little-endian · fragments, one after another
//! ```
//!
//! Where the fragments are longer than a u16 can say, and in versions before the fourth, an end is a u32: such a record is of
//! version 3 still.
//!
//! Text is stored escaped and quoted, so that a list can be written to the wire without being taken apart; an absent
//! field has no bytes. The order of the fields is the format: new ones go to the end, with a new version. How custom
//! attributes are kept in theirs is `attributes`' business.

mod derived;
mod field;
mod packed;
mod people;
mod person;

pub use field::PersonField;
pub(super) use packed::{Packed, display_name, is_archived};
pub use people::PackedPeople;
pub use person::{PackedPerson, PackedRecord, UnreadableRecord};

use super::attributes;
use super::error::StoreError;
use crate::domain::{Account, Attributes, IdentityId, Instant, Person, PersonId, PersonNumber, PersonType, Profile, Text, TextKind};
use std::borrow::Cow;
use uuid::Uuid;

/// The version that this program writes.
const VERSION: u8 = 4;
/// The same for a record with longer fragments.
const LONG_VERSION: u8 = 3;
const FIELDS: usize = 39;
/// Bytes in front of the ends.
const HEAD: usize = 2;

/// The older versions and how many fields they have, the first of those of today.
const OLDER: [(u8, usize); 2] = [(1, 37), (2, 38)];

const UNREADABLE: StoreError = StoreError::Unreadable { what: "record of a person" };

/// Packs a person.
pub(super) fn encode(person: &Person) -> Vec<u8> {
    packed(person).finish()
}

fn packed(person: &Person) -> Packer {
    let mut packer = Packer::new();
    packer.quoted(&person.id.to_string());
    packer.number(Some(person.number.get()));
    packer.text(person.external_id.as_ref());
    packer.optional_quoted(person.identity.map(|identity| identity.to_string()).as_deref());
    packer.text(person.login.as_ref());
    packer.text(person.given_name.as_ref());
    packer.text(person.family_name.as_ref());
    packer.text(person.display_name.as_ref());
    packer.text(person.email.as_ref());
    packer.text(person.phone.as_ref());
    packer.text(person.title.as_ref());
    packer.number(person.job_title.map(|number| number.get()));
    packer.number(person.level.map(|number| number.get()));
    packer.number(person.price_list.map(|number| number.get()));
    packer.number(person.manager.map(|number| number.get()));
    packer.number(person.role.map(|number| number.get()));
    packer.number(Some(person.person_type.code()));
    packer.boolean(person.has_license);
    packer.number(Some(person.account.code()));
    packer.boolean(person.is_archived);
    packer.text(person.description.as_ref());
    packer.text(person.additional_information.as_ref());
    packer.text(person.language.as_ref());
    packer.text(person.time_zone.as_ref());
    packer.text(person.initials.as_ref());
    packer.text(person.photo.as_ref());
    packer.text(person.profile_color.as_ref());
    packer.boolean(person.send_invite);
    packer.boolean(person.is_visible_in_people_allocation);
    packer.boolean(person.has_timesheet_required);
    packer.text(person.employee_number.as_ref());
    packer.text(person.department.as_ref());
    packer.projects(&person.projects);
    packer.attributes(&person.custom);
    packer.number(person.last_active_at.map(Instant::milliseconds));
    packer.number(Some(person.created_at.milliseconds()));
    packer.number(Some(person.updated_at.milliseconds()));
    packer.number(person.time_zone_row.map(|row| row.get()));
    packer.profile(&person.profile);
    packer
}

/// Bytes of each end in a record of a version.
const fn width(version: u8) -> usize {
    if version == VERSION { size_of::<u16>() } else { size_of::<u32>() }
}

/// Where a fragment ends, in either width.
fn end_of(bytes: &[u8]) -> Option<usize> {
    match bytes {
        [low, high] => Some(u16::from_le_bytes([*low, *high]).into()),
        _ => bytes.try_into().ok().map(u32::from_le_bytes).and_then(|end| end.try_into().ok()),
    }
}

/// Unpacks a person.
pub(super) fn decode(record: &[u8]) -> Result<Person, StoreError> {
    let mut fields = Fields::new(record)?;
    Ok(Person {
        id: PersonId::new(fields.uuid()?.ok_or(UNREADABLE)?),
        number: fields.number()?.and_then(|number| PersonNumber::new(number).ok()).ok_or(UNREADABLE)?,
        external_id: fields.text()?,
        identity: fields.uuid()?.map(IdentityId::new),
        login: fields.text()?,
        given_name: fields.text()?,
        family_name: fields.text()?,
        display_name: fields.text()?,
        email: fields.text()?,
        phone: fields.text()?,
        title: fields.text()?,
        job_title: fields.reference()?,
        level: fields.reference()?,
        price_list: fields.reference()?,
        manager: fields.reference()?,
        role: fields.reference()?,
        person_type: fields.number()?.and_then(PersonType::from_code).ok_or(UNREADABLE)?,
        has_license: fields.boolean()?,
        account: fields.number()?.and_then(Account::from_code).ok_or(UNREADABLE)?,
        is_archived: fields.boolean()?,
        description: fields.text()?,
        additional_information: fields.text()?,
        language: fields.text()?,
        time_zone: fields.text()?,
        initials: fields.text()?,
        photo: fields.text()?,
        profile_color: fields.text()?,
        send_invite: fields.boolean()?,
        is_visible_in_people_allocation: fields.boolean()?,
        has_timesheet_required: fields.boolean()?,
        employee_number: fields.text()?,
        department: fields.text()?,
        projects: serde_json::from_slice(fields.next()?).map_err(|_| UNREADABLE)?,
        custom: attributes::unpacked(fields.next()?)?,
        last_active_at: fields.instant()?,
        created_at: fields.instant()?.ok_or(UNREADABLE)?,
        updated_at: fields.instant()?.ok_or(UNREADABLE)?,
        time_zone_row: if fields.is_at_end() { None } else { fields.reference()? },
        profile: if fields.is_at_end() { Profile::default() } else { fields.profile()? },
    })
}

struct Packer {
    fragments: Vec<u8>,
    ends: Vec<u32>,
}

impl Packer {
    fn new() -> Self {
        Self { fragments: Vec::with_capacity(512), ends: Vec::with_capacity(FIELDS) }
    }

    fn end_field(&mut self) {
        // A record is far below 4 GiB: every text in it has a limit.
        self.ends.push(u32::try_from(self.fragments.len()).unwrap_or(u32::MAX));
    }

    fn quoted(&mut self, text: &str) {
        self.optional_quoted(Some(text));
    }

    fn optional_quoted(&mut self, text: Option<&str>) {
        if let Some(text) = text {
            quote(text, &mut self.fragments);
        }
        self.end_field();
    }

    fn text<K: TextKind>(&mut self, text: Option<&Text<K>>) {
        self.optional_quoted(text.map(Text::as_str));
    }

    fn number(&mut self, number: Option<i64>) {
        if let Some(number) = number {
            self.fragments.extend_from_slice(number.to_string().as_bytes());
        }
        self.end_field();
    }

    fn boolean(&mut self, value: bool) {
        self.fragments.extend_from_slice(if value { b"true" } else { b"false" });
        self.end_field();
    }

    fn projects(&mut self, projects: &[i64]) {
        if projects.is_empty() {
            self.fragments.extend_from_slice(b"[]");
        } else {
            let array: serde_json::Value = projects.into();
            self.fragments.extend_from_slice(array.to_string().as_bytes());
        }
        self.end_field();
    }

    fn attributes(&mut self, custom: &Attributes) {
        self.fragments.extend_from_slice(attributes::packed(custom).as_bytes());
        self.end_field();
    }

    /// Most people have none.
    fn profile(&mut self, profile: &Profile) {
        if *profile != Profile::default() {
            let object = serde_json::Value::Object(profile.to_json());
            self.fragments.extend_from_slice(object.to_string().as_bytes());
        }
        self.end_field();
    }

    fn finish(self) -> Vec<u8> {
        let is_long = self.fragments.len() > u16::MAX.into();
        self.finish_as(if is_long { LONG_VERSION } else { VERSION })
    }

    /// Fragments that are too long for the version must not be given to it.
    fn finish_as(self, version: u8) -> Vec<u8> {
        debug_assert_eq!(self.ends.len(), FIELDS);
        let width = width(version);
        let mut record = Vec::with_capacity(HEAD + FIELDS * width + self.fragments.len());
        record.extend_from_slice(&[version, FIELDS as u8]);
        for end in self.ends {
            record.extend_from_slice(&end.to_le_bytes()[..width]);
        }
        record.extend_from_slice(&self.fragments);
        record
    }
}

/// Writes a text as JSON. Most hold nothing that is to be escaped.
fn quote(text: &str, to: &mut Vec<u8>) {
    if text.bytes().all(|byte| byte >= 0x20 && byte != b'"' && byte != b'\\') {
        to.push(b'"');
        to.extend_from_slice(text.as_bytes());
        to.push(b'"');
    } else {
        to.extend_from_slice(serde_json::Value::from(text).to_string().as_bytes());
    }
}

/// The record as a version before the fourth had it, which knew only the first of the fields.
#[cfg(test)]
fn of_version(version: u8, fields: u8, person: &Person) -> Vec<u8> {
    let mut record = packed(person).finish_as(LONG_VERSION);
    record.drain(HEAD + usize::from(fields) * 4..HEAD + FIELDS * 4);
    record[..HEAD].copy_from_slice(&[version, fields]);
    record
}

/// Fragments of a record, in their order.
struct Fields<'a> {
    ends: std::slice::ChunksExact<'a, u8>,
    fragments: &'a [u8],
    start: usize,
}

impl<'a> Fields<'a> {
    fn new(record: &'a [u8]) -> Result<Self, StoreError> {
        let (version, count) = (*record.first().ok_or(UNREADABLE)?, usize::from(*record.get(1).ok_or(UNREADABLE)?));
        if (version, count) != (VERSION, FIELDS) && (version, count) != (LONG_VERSION, FIELDS) && !OLDER.contains(&(version, count)) {
            return Err(UNREADABLE);
        }
        let width = width(version);
        let (ends, fragments) = record[HEAD..].split_at_checked(count * width).ok_or(UNREADABLE)?;
        Ok(Self { ends: ends.chunks_exact(width), fragments, start: 0 })
    }

    /// Steps to a field; from the beginning alone.
    fn skip(&mut self, to: PersonField) -> Result<(), StoreError> {
        if let Some(last) = (to as usize).checked_sub(1) {
            self.start = self.ends.nth(last).and_then(end_of).ok_or(UNREADABLE)?;
        }
        Ok(())
    }

    /// Whether no field is left: a record of an older version ends before the fields that came later.
    fn is_at_end(&self) -> bool {
        self.ends.len() == 0
    }

    fn next(&mut self) -> Result<&'a [u8], StoreError> {
        let end = self.ends.next().and_then(end_of).ok_or(UNREADABLE)?;
        let fragment = self.fragments.get(self.start..end).ok_or(UNREADABLE)?;
        self.start = end;
        Ok(fragment)
    }

    fn present(&mut self) -> Result<Option<&'a [u8]>, StoreError> {
        self.next().map(|fragment| (!fragment.is_empty()).then_some(fragment))
    }

    fn string(&mut self) -> Result<Option<Cow<'a, str>>, StoreError> {
        let Some(fragment) = self.present()? else { return Ok(None) };
        let inner = fragment.strip_prefix(b"\"").and_then(|rest| rest.strip_suffix(b"\"")).ok_or(UNREADABLE)?;
        if inner.contains(&b'\\') {
            return serde_json::from_slice::<String>(fragment).map(|text| Some(Cow::Owned(text))).map_err(|_| UNREADABLE);
        }
        std::str::from_utf8(inner).map(|text| Some(Cow::Borrowed(text))).map_err(|_| UNREADABLE)
    }

    fn text<K: TextKind>(&mut self) -> Result<Option<Text<K>>, StoreError> {
        Ok(self.string()?.map(|text| Text::stored(&text)))
    }

    fn uuid(&mut self) -> Result<Option<Uuid>, StoreError> {
        self.string()?.map(|text| text.parse().map_err(|_| UNREADABLE)).transpose()
    }

    fn number(&mut self) -> Result<Option<i64>, StoreError> {
        let Some(fragment) = self.present()? else { return Ok(None) };
        std::str::from_utf8(fragment).ok().and_then(|digits| digits.parse().ok()).map(Some).ok_or(UNREADABLE)
    }

    /// A number of another record in the same organization.
    fn reference<N: TryFrom<i64>>(&mut self) -> Result<Option<N>, StoreError> {
        self.number()?.map(|number| N::try_from(number).map_err(|_| UNREADABLE)).transpose()
    }

    fn boolean(&mut self) -> Result<bool, StoreError> {
        match self.next()? {
            b"true" => Ok(true),
            b"false" => Ok(false),
            _ => Err(UNREADABLE),
        }
    }

    fn profile(&mut self) -> Result<Profile, StoreError> {
        let Some(fragment) = self.present()? else { return Ok(Profile::default()) };
        let fields = serde_json::from_slice(fragment).map_err(|_| UNREADABLE)?;
        Profile::parse_json(&fields).map_err(|_| UNREADABLE)
    }

    fn instant(&mut self) -> Result<Option<Instant>, StoreError> {
        self.number()?.map(|milliseconds| Instant::from_milliseconds(milliseconds).ok_or(UNREADABLE)).transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{AttributeValue, Email, Name, TimeZone, TimeZoneRow, VariableName, some_profile, some_value};
    use proptest::prelude::*;

    fn person() -> Person {
        let now = Instant::from_milliseconds(1_700_000_000_123).expect("an instant");
        Person::new(PersonId::new(Uuid::from_u128(7)), PersonNumber::new(12).expect("a number"), now)
    }

    #[test]
    fn a_new_person_comes_back_from_its_record() {
        assert_eq!(decode(&encode(&person())).expect("readable"), person());
    }

    #[test]
    fn a_record_says_whether_its_person_is_archived() {
        let said = [true, false].map(|is_archived| super::is_archived(&encode(&Person { is_archived, ..person() })).expect("readable"));

        assert_eq!(said, [true, false]);
    }

    #[test]
    fn a_record_of_an_unknown_version_is_unreadable() {
        let mut record = encode(&person());

        record[0] = 99;

        assert!(decode(&record).is_err());
    }

    fn of_version_1(person: &Person) -> Vec<u8> {
        of_version(1, 37, &Person { time_zone_row: None, ..person.clone() })
    }

    #[test]
    fn a_record_of_version_1_is_its_person_without_the_row_of_a_time_zone() {
        let archived = Person { is_archived: true, projects: vec![1, 2], time_zone: TimeZone::parse("Europe/Oslo").ok(), ..person() };

        let record = of_version_1(&archived);

        assert_eq!(decode(&record).expect("readable"), archived);
        assert!(super::is_archived(&record).expect("readable"));
        assert!((0..record.len()).all(|length| decode(&record[..length]).is_err()));
    }

    #[test]
    fn a_record_of_version_2_is_its_person_without_a_profile() {
        let zoned = Person { time_zone: TimeZone::parse("Europe/Oslo").ok(), time_zone_row: TimeZoneRow::new(37).ok(), ..person() };

        let record = of_version(2, 38, &zoned);

        assert_eq!(decode(&record).expect("readable"), zoned);
        assert!((0..record.len()).all(|length| decode(&record[..length]).is_err()));
    }

    #[test]
    fn a_record_of_version_3_is_its_person() {
        assert_eq!(decode(&of_version(3, 39, &person())).expect("readable"), person());
    }

    #[test]
    fn a_record_with_long_texts_comes_back() {
        let long = Person { projects: (0..20_000).collect(), ..person() };

        let record = encode(&long);

        assert_eq!((record[0], decode(&record).expect("readable")), (LONG_VERSION, long));
    }

    #[test]
    fn a_record_with_the_fields_of_another_version_is_unreadable() {
        let (mut first, mut second) = (of_version_1(&person()), encode(&person()));

        (first[0], second[0]) = (2, 1);

        assert!([first, second].iter().all(|record| decode(record).is_err()));
    }

    #[test]
    fn a_record_cut_short_is_unreadable_and_nothing_worse() {
        let record = encode(&person());

        assert!((0..record.len()).all(|length| decode(&record[..length]).is_err()));
    }

    proptest! {
        #[test]
        fn any_text_comes_back_from_its_record(given in "\\PC{0,40}", controls in "[\\x01-\\x1f\"\\\\/é🦀]{0,20}", projects: Vec<i64>, row: Option<u16>, (_, value) in some_value(), profile in some_profile()) {
            let mut original = person();
            original.given_name = Name::parse(&given).ok();
            original.family_name = Name::parse(&controls).ok();
            original.email = Email::parse("jane@example.com").ok();
            original.projects = projects;
            original.time_zone_row = row.and_then(|row| TimeZoneRow::new(row.into()).ok());
            original.custom.insert(VariableName::stored("state"), AttributeValue::Text(controls.into()));
            original.custom.insert(VariableName::stored("typed"), value);
            original.profile = profile;

            prop_assert_eq!(decode(&encode(&original)).expect("readable"), original);
        }
    }
}
