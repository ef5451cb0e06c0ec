//! A packed person asked by a filter without being unpacked: only the fields that the filter names are read.

use super::{Fields, PersonField, UNREADABLE, decode};
use crate::domain::{Account, AttributeValue, Instant, Person, VariableName};
use crate::query::{BooleanField, Element, ExactField, Filter, IdField, InstantField, ListField, NumberField, Record, TextField};
use crate::store::error::StoreError;
use std::borrow::Cow;
use std::cell::{Cell, OnceCell};
use uuid::Uuid;

/// A person as the store keeps it. What is not read field by field is asked of the whole, which is unpacked once.
pub(in crate::store) struct Packed<'a> {
    record: &'a [u8],
    whole: OnceCell<Option<Person>>,
    /// Whether a field that was asked for could not be read.
    is_broken: Cell<bool>,
}

impl<'a> Packed<'a> {
    pub(in crate::store) const fn new(record: &'a [u8]) -> Self {
        Self { record, whole: OnceCell::new(), is_broken: Cell::new(false) }
    }

    /// Whether the person passes.
    pub(in crate::store) fn passes(&self, filter: &Filter) -> Result<bool, StoreError> {
        let passes = filter.matches(self);
        if self.is_broken.get() { Err(UNREADABLE) } else { Ok(passes) }
    }

    pub(in crate::store) fn unpacked(self) -> Result<Person, StoreError> {
        match self.whole.into_inner() {
            Some(whole) => whole.ok_or(UNREADABLE),
            None => decode(self.record),
        }
    }

    fn whole(&self) -> Option<&Person> {
        let whole = self.whole.get_or_init(|| decode(self.record).ok());
        if whole.is_none() {
            self.is_broken.set(true);
        }
        whole.as_ref()
    }

    /// The whole, where it has a profile. Most people have none, and records of older versions know of none.
    fn of_profile(&self) -> Option<&Person> {
        let read = |fields: &mut Fields<'a>| {
            if fields.ends.len() <= PersonField::Profile as usize {
                return Ok(false);
            }
            fields.skip(PersonField::Profile)?;
            Ok(fields.present()?.is_some())
        };
        if self.field(PersonField::Id, read)? { self.whole() } else { None }
    }

    /// One field, read.
    fn field<T>(&self, field: PersonField, read: impl FnOnce(&mut Fields<'a>) -> Result<T, StoreError>) -> Option<T> {
        let read = Fields::new(self.record).and_then(|mut fields| {
            fields.skip(field)?;
            read(&mut fields)
        });
        if read.is_err() {
            self.is_broken.set(true);
        }
        read.ok()
    }

    fn string(&self, field: PersonField) -> Option<Cow<'a, str>> {
        self.field(field, Fields::string).flatten()
    }

    /// The whole name, as [`Person::name`] says it.
    fn name(&self) -> Cow<'a, str> {
        let part = |field| self.string(field).filter(|text| !text.is_empty());
        let joined = || match (part(PersonField::GivenName), part(PersonField::FamilyName)) {
            (Some(given), Some(family)) => Some(Cow::Owned(format!("{given} {family}"))),
            (given, family) => given.or(family),
        };
        let address = || self.string(PersonField::Email).or_else(|| self.string(PersonField::Login));
        part(PersonField::DisplayName).or_else(joined).or_else(address).unwrap_or_default()
    }

    fn integer(&self, field: PersonField) -> Option<i64> {
        self.field(field, Fields::number).flatten()
    }

    fn yes(&self, field: PersonField) -> Option<bool> {
        self.field(field, Fields::boolean)
    }
}

impl Record for Packed<'_> {
    fn text(&self, field: TextField) -> Option<Cow<'_, str>> {
        let packed = match field {
            TextField::Description => PersonField::Description,
            TextField::Email => PersonField::Email,
            TextField::Phone => PersonField::Phone,
            TextField::AdditionalInformation => PersonField::AdditionalInformation,
            TextField::Login => PersonField::Login,
            TextField::GivenName => PersonField::GivenName,
            TextField::FamilyName => PersonField::FamilyName,
            TextField::DisplayName => PersonField::DisplayName,
            TextField::Title => PersonField::Title,
            TextField::Language => PersonField::Language,
            TextField::TimeZone => PersonField::TimeZone,
            TextField::EmployeeNumber => PersonField::EmployeeNumber,
            TextField::Department => PersonField::Department,
            TextField::Initials => PersonField::Initials,
            TextField::ProfileColor => PersonField::ProfileColor,
            TextField::Name => return Some(self.name()),
            TextField::ResponsibleName | TextField::Part(_) => return None,
            TextField::MiddleName
            | TextField::HonorificPrefix
            | TextField::HonorificSuffix
            | TextField::FormattedName
            | TextField::NickName
            | TextField::UserType
            | TextField::Locale
            | TextField::Division
            | TextField::CostCenter
            | TextField::Employer => return self.of_profile()?.text(field),
        };
        self.string(packed)
    }

    fn number(&self, field: NumberField) -> Option<i64> {
        match field {
            NumberField::Number => self.integer(PersonField::Number),
            NumberField::JobTitle => self.integer(PersonField::JobTitle),
            NumberField::Manager => self.integer(PersonField::Manager),
            NumberField::Account => self.integer(PersonField::Account),
            NumberField::PersonType => self.integer(PersonField::PersonType),
            NumberField::Role => self.integer(PersonField::Role),
            NumberField::Level => self.integer(PersonField::Level),
            NumberField::PriceList => self.integer(PersonField::PriceList),
            NumberField::Value => None,
        }
    }

    fn instant(&self, field: InstantField) -> Option<Instant> {
        let packed = match field {
            InstantField::UpdatedAt => PersonField::UpdatedAt,
            InstantField::CreatedAt => PersonField::CreatedAt,
            InstantField::LastActiveAt => PersonField::LastActiveAt,
        };
        self.field(packed, Fields::instant).flatten()
    }

    fn id(&self, field: IdField) -> Option<Uuid> {
        match field {
            IdField::Id => self.field(PersonField::Id, Fields::uuid).flatten(),
        }
    }

    fn exact(&self, field: ExactField) -> Option<Cow<'_, str>> {
        match field {
            ExactField::Id => self.string(PersonField::Id),
            ExactField::ExternalId => self.string(PersonField::ExternalId),
            ExactField::Identity => self.string(PersonField::Identity),
            ExactField::ProfileUrl => self.of_profile()?.exact(field),
            ExactField::Part(_) => None,
        }
    }

    fn boolean(&self, field: BooleanField) -> Option<bool> {
        match field {
            BooleanField::Active => {
                let is_blocked = self.integer(PersonField::Account)? == Account::Blocked.code();
                Some(!is_blocked && !self.yes(PersonField::IsArchived)?)
            }
            BooleanField::Archived => self.yes(PersonField::IsArchived),
            BooleanField::HasLicense => self.yes(PersonField::HasLicense),
            BooleanField::SendInvite => self.yes(PersonField::SendInvite),
            BooleanField::IsVisibleInPeopleAllocation => self.yes(PersonField::IsVisibleInPeopleAllocation),
            BooleanField::HasTimesheetRequired => self.yes(PersonField::HasTimesheetRequired),
            BooleanField::Primary => None,
        }
    }

    fn elements(&self, list: &ListField) -> Vec<Element<'_>> {
        self.whole().map_or_else(Vec::new, |whole| whole.elements(list))
    }

    fn attribute(&self, name: &VariableName) -> Option<&AttributeValue> {
        self.whole()?.attribute(name)
    }

    fn record_number(&self) -> i64 {
        self.integer(PersonField::Number).unwrap_or_default()
    }
}

/// What a person is called, as it was given, without unpacking the rest.
pub(in crate::store) fn display_name(record: &[u8]) -> Result<Option<String>, StoreError> {
    let mut fields = Fields::new(record)?;
    fields.skip(PersonField::DisplayName)?;
    Ok(fields.string()?.map(Cow::into_owned))
}

/// Whether a packed person is archived, without unpacking the rest.
pub(in crate::store) fn is_archived(record: &[u8]) -> Result<bool, StoreError> {
    let mut fields = Fields::new(record)?;
    fields.skip(PersonField::IsArchived)?;
    fields.boolean()
}

#[cfg(test)]
mod tests {
    use super::super::encode;
    use super::*;
    use crate::domain::{
        Color, Email, ExternalId, IdentityId, Language, Name, PersonId, PersonNumber, PersonType, Profile, Text, some_profile,
    };
    use crate::query::Comparison;
    use proptest::prelude::*;

    /// Somebody of whom something is said in every field.
    fn full() -> Person {
        let instant = |milliseconds| Instant::from_milliseconds(milliseconds).expect("an instant");
        let mut person = Person::new(PersonId::new(Uuid::from_u128(7)), PersonNumber::new(12).expect("a number"), instant(5));
        person.external_id = ExternalId::parse("Ab\"c").ok();
        person.identity = Some(IdentityId::new(Uuid::from_u128(9)));
        person.login = Text::parse("jane").ok();
        person.given_name = Name::parse("Jane").ok();
        person.family_name = Name::parse("Ö\n").ok();
        person.display_name = Name::parse("J. Ö").ok();
        person.email = Email::parse("jane@x").ok();
        person.phone = Text::parse("1").ok();
        person.title = Text::parse("Chair").ok();
        person.description = Text::parse("d").ok();
        person.additional_information = Text::parse("a").ok();
        person.language = Language::parse("nb").ok();
        person.time_zone = Text::parse("Europe/Oslo").ok();
        person.initials = Text::parse("JÖ").ok();
        person.photo = Text::parse("https://x/p").ok();
        person.profile_color = Color::parse("#781f1f").ok();
        person.employee_number = Text::parse("007").ok();
        person.department = Text::parse("Law").ok();
        person.job_title = 1_i64.try_into().ok();
        person.level = 2_i64.try_into().ok();
        person.price_list = 3_i64.try_into().ok();
        person.manager = 4_i64.try_into().ok();
        person.role = 5_i64.try_into().ok();
        person.person_type = PersonType::Client;
        person.projects = vec![3, 1];
        person.custom.insert(VariableName::stored("word"), AttributeValue::Text("w".into()));
        person.last_active_at = Some(instant(6));
        person.updated_at = instant(7);
        person
    }

    const NUMBERS: [NumberField; 9] = [
        NumberField::Number,
        NumberField::JobTitle,
        NumberField::Manager,
        NumberField::Account,
        NumberField::PersonType,
        NumberField::Role,
        NumberField::Level,
        NumberField::PriceList,
        NumberField::Value,
    ];
    const INSTANTS: [InstantField; 3] = [InstantField::UpdatedAt, InstantField::CreatedAt, InstantField::LastActiveAt];
    const EXACT: [ExactField; 4] = [ExactField::Id, ExactField::ExternalId, ExactField::ProfileUrl, ExactField::Identity];
    const LISTS: [ListField; 6] =
        [ListField::Emails, ListField::Photos, ListField::Ims, ListField::Addresses, ListField::Projects, ListField::Groups];

    /// Fails unless the packed person answers like the person itself.
    fn assert_alike(person: &Person) {
        let record = encode(person);
        let packed = Packed::new(&record);
        for field in TextField::ALL {
            assert_eq!(packed.text(field), person.text(field), "{field:?}");
        }
        for field in EXACT {
            assert_eq!(packed.exact(field), person.exact(field), "{field:?}");
        }
        for field in NUMBERS {
            assert_eq!(packed.number(field), person.number(field), "{field:?}");
        }
        for field in INSTANTS {
            assert_eq!(packed.instant(field), person.instant(field), "{field:?}");
        }
        for field in BooleanField::ALL {
            assert_eq!(packed.boolean(field), person.boolean(field), "{field:?}");
        }
        for list in &LISTS {
            assert_eq!(packed.elements(list), person.elements(list), "{list:?}");
        }
        let word = VariableName::stored("word");
        assert_eq!(packed.attribute(&word), person.attribute(&word));
        assert_eq!((packed.id(IdField::Id), packed.record_number()), (person.id(IdField::Id), person.record_number()));
        assert_eq!(packed.unpacked().expect("readable"), *person);
    }

    proptest! {
        #[test]
        fn a_packed_person_answers_like_the_person(profile in some_profile(), flags: [bool; 6], account in 0..3_usize) {
            let [is_archived, has_license, send_invite, is_visible_in_people_allocation, has_timesheet_required, has_profile] = flags;
            let profile = if has_profile { profile } else { Profile::default() };
            let account = Account::ALL[account];
            let flagged = Person { is_archived, has_license, send_invite, account, profile, ..full() };
            assert_alike(&Person { is_visible_in_people_allocation, has_timesheet_required, ..flagged });
        }
    }

    #[test]
    fn somebody_of_whom_nothing_is_said_answers_like_that() {
        let person = full();

        assert_alike(&Person::new(person.id, person.number, person.created_at));
    }

    #[test]
    fn a_record_of_an_older_version_has_no_profile_to_ask() {
        let record = super::super::of_version(1, 37, &full());
        let asked = Filter::text(TextField::NickName, Comparison::NotEqual, "x");

        assert!(Packed::new(&record).passes(&asked).expect("readable"));
    }

    #[test]
    fn a_field_that_cannot_be_read_is_an_error_and_no_absence() {
        let mut record = encode(&full());
        let last = record.len() - 1;
        record.truncate(last);
        record[2..6].copy_from_slice(&[255; 4]);
        let id = Filter::id(IdField::Id, Uuid::from_u128(7));

        assert!(Packed::new(&record).passes(&id).is_err());
        assert!(Packed::new(&record).unpacked().is_err());
    }

    #[test]
    fn a_display_name_and_whether_somebody_is_archived_are_read_alone() {
        let record = encode(&Person { is_archived: true, ..full() });

        assert_eq!(display_name(&record).expect("readable").as_deref(), Some("J. Ö"));
        assert!(is_archived(&record).expect("readable"));
    }
}
