//! The members of a user and of its extensions, in the order in which resources show them.

use super::super::super::projection::Projection;
use super::super::super::schema::{Attribute, ENTERPRISE_USER, ROLLCALL_USER, ResourceSchema};
use rollcall_core::directory::{PackedPerson, PersonField};
use rollcall_core::domain::{Profile, StatedField};
use std::borrow::Cow;
use std::sync::LazyLock;

/// One member and what it is made of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    /// As JSON, with the comma in front and the colon behind: `,"title":`.
    pub member: &'static str,
    pub source: Source,
}

/// What the value of a member is made of.
#[derive(Clone, Copy, Debug)]
pub(super) enum Source {
    /// The field as it is packed.
    Field(PersonField),
    /// The same of a number, as a text.
    QuotedNumber(PersonField),
    Instant(PersonField),
    /// Yes or no: yes, or what was said to be no.
    Stated(PersonField, StatedField),
    Profile(fn(&Profile) -> Option<&str>),
    Special(Special),
}

/// What is made of more than one field.
#[derive(Clone, Copy, Debug)]
pub(super) enum Special {
    UserName,
    Name,
    Active,
    Emails,
    Phones,
    Ims,
    Photos,
    Addresses,
    Groups,
    Entitlements,
    Roles,
    Certificates,
    Manager,
    PersonType,
    Account,
    Projects,
}

/// The rows that one projection shows.
#[derive(Clone, Debug)]
pub(super) struct Rows {
    pub core: Vec<Row>,
    pub enterprise: Vec<Row>,
    pub rollcall: Vec<Row>,
    pub shows_meta: bool,
}

/// What is shown when nobody says, which is what nearly everybody is shown.
static USUAL: LazyLock<Rows> = LazyLock::new(|| Rows::of(&ResourceSchema::user(&[]), &Projection::Usual));

impl Row {
    const fn new(member: &'static str, source: Source) -> Self {
        Self { member, source }
    }

    /// Whether a person has what the member is made of, as far as one field tells.
    pub(super) fn is_surely_of(&self, person: &PackedPerson<'_>) -> bool {
        matches!(self.source, Source::Field(field) if person.has(field))
    }

    fn name(&self) -> &'static str {
        self.member.trim_matches(|mark| matches!(mark, ',' | '"' | ':'))
    }
}

impl Rows {
    /// `None`: the projection takes attributes apart.
    pub(super) fn shown(schema: &ResourceSchema, projection: &Projection) -> Option<Cow<'static, Self>> {
        match projection {
            Projection::Usual => Some(Cow::Borrowed(&USUAL)),
            projection if projection.is_of_whole_attributes() => Some(Cow::Owned(Self::of(schema, projection))),
            Projection::Only(_) | Projection::Without(_) => None,
        }
    }

    fn of(schema: &ResourceSchema, projection: &Projection) -> Self {
        let bare = |name: &str| schema.bare().find(|attribute| attribute.name == name);
        let is_shown = |attribute: Option<&Attribute>| attribute.is_some_and(|attribute| projection.shows(None, attribute));
        let extension = |urn: &str, rows: &[Row]| {
            let extension = schema.extension(urn);
            let attribute = |row: &Row| extension.and_then(|extension| extension.attribute(row.name()));
            rows.iter().copied().filter(|row| attribute(row).is_some_and(|attribute| projection.shows(extension, attribute))).collect()
        };
        Self {
            core: CORE.iter().copied().filter(|row| is_shown(bare(row.name()))).collect(),
            enterprise: extension(ENTERPRISE_USER, &ENTERPRISE),
            rollcall: extension(ROLLCALL_USER, &ROLLCALL),
            shows_meta: is_shown(bare("meta")),
        }
    }
}

/// The parts of `name`.
pub(super) static NAME: [Row; 6] = [
    Row::new(",\"formatted\":", Source::Profile(|profile| profile.formatted_name.as_ref().map(AsRef::as_ref))),
    Row::new(",\"familyName\":", Source::Field(PersonField::FamilyName)),
    Row::new(",\"givenName\":", Source::Field(PersonField::GivenName)),
    Row::new(",\"middleName\":", Source::Profile(|profile| profile.middle_name.as_ref().map(AsRef::as_ref))),
    Row::new(",\"honorificPrefix\":", Source::Profile(|profile| profile.honorific_prefix.as_ref().map(AsRef::as_ref))),
    Row::new(",\"honorificSuffix\":", Source::Profile(|profile| profile.honorific_suffix.as_ref().map(AsRef::as_ref))),
];

pub(super) static CORE: [Row; 21] = [
    Row::new(",\"externalId\":", Source::Field(PersonField::ExternalId)),
    Row::new(",\"userName\":", Source::Special(Special::UserName)),
    Row::new(",\"name\":", Source::Special(Special::Name)),
    Row::new(",\"displayName\":", Source::Field(PersonField::DisplayName)),
    Row::new(",\"nickName\":", Source::Profile(|profile| profile.nick_name.as_ref().map(AsRef::as_ref))),
    Row::new(",\"profileUrl\":", Source::Profile(|profile| profile.profile_url.as_ref().map(AsRef::as_ref))),
    Row::new(",\"title\":", Source::Field(PersonField::Title)),
    Row::new(",\"userType\":", Source::Profile(|profile| profile.user_type.as_ref().map(AsRef::as_ref))),
    Row::new(",\"preferredLanguage\":", Source::Field(PersonField::Language)),
    Row::new(",\"locale\":", Source::Profile(|profile| profile.locale.as_ref().map(AsRef::as_ref))),
    Row::new(",\"timezone\":", Source::Field(PersonField::TimeZone)),
    Row::new(",\"active\":", Source::Special(Special::Active)),
    Row::new(",\"emails\":", Source::Special(Special::Emails)),
    Row::new(",\"phoneNumbers\":", Source::Special(Special::Phones)),
    Row::new(",\"ims\":", Source::Special(Special::Ims)),
    Row::new(",\"photos\":", Source::Special(Special::Photos)),
    Row::new(",\"addresses\":", Source::Special(Special::Addresses)),
    Row::new(",\"groups\":", Source::Special(Special::Groups)),
    Row::new(",\"entitlements\":", Source::Special(Special::Entitlements)),
    Row::new(",\"roles\":", Source::Special(Special::Roles)),
    Row::new(",\"x509Certificates\":", Source::Special(Special::Certificates)),
];

static ENTERPRISE: [Row; 6] = [
    Row::new(",\"employeeNumber\":", Source::Field(PersonField::EmployeeNumber)),
    Row::new(",\"costCenter\":", Source::Profile(|profile| profile.cost_center.as_ref().map(AsRef::as_ref))),
    Row::new(",\"organization\":", Source::Profile(|profile| profile.employer.as_ref().map(AsRef::as_ref))),
    Row::new(",\"division\":", Source::Profile(|profile| profile.division.as_ref().map(AsRef::as_ref))),
    Row::new(",\"department\":", Source::Field(PersonField::Department)),
    Row::new(",\"manager\":", Source::Special(Special::Manager)),
];

static ROLLCALL: [Row; 18] = [
    Row::new(",\"number\":", Source::Field(PersonField::Number)),
    Row::new(",\"personType\":", Source::Special(Special::PersonType)),
    Row::new(",\"hasLicense\":", Source::Stated(PersonField::HasLicense, StatedField::HasLicense)),
    Row::new(",\"account\":", Source::Special(Special::Account)),
    Row::new(",\"archived\":", Source::Field(PersonField::IsArchived)),
    Row::new(",\"description\":", Source::Field(PersonField::Description)),
    Row::new(",\"additionalInformation\":", Source::Field(PersonField::AdditionalInformation)),
    Row::new(",\"initials\":", Source::Field(PersonField::Initials)),
    Row::new(",\"profileColor\":", Source::Field(PersonField::ProfileColor)),
    Row::new(",\"jobTitle\":", Source::QuotedNumber(PersonField::JobTitle)),
    Row::new(",\"level\":", Source::QuotedNumber(PersonField::Level)),
    Row::new(",\"priceList\":", Source::QuotedNumber(PersonField::PriceList)),
    Row::new(",\"sendInvite\":", Source::Stated(PersonField::SendInvite, StatedField::SendInvite)),
    Row::new(
        ",\"isVisibleInPeopleAllocation\":",
        Source::Stated(PersonField::IsVisibleInPeopleAllocation, StatedField::IsVisibleInPeopleAllocation),
    ),
    Row::new(",\"hasTimesheetRequired\":", Source::Stated(PersonField::HasTimesheetRequired, StatedField::HasTimesheetRequired)),
    Row::new(",\"projects\":", Source::Special(Special::Projects)),
    Row::new(",\"identity\":", Source::Field(PersonField::Identity)),
    Row::new(",\"lastActiveAt\":", Source::Instant(PersonField::LastActiveAt)),
];
