//! The canonical person: the one record that every API shows a projection of.

use super::{
    AdditionalInformation, Attributes, Color, Department, Description, Email, EmployeeNumber, ExternalId, IdentityId, Initials, Instant,
    JobTitleNumber, Language, LevelNumber, Listed, Login, Name, PersonId, PersonNumber, Phone, Photo, PriceListNumber, Profile, RoleNumber,
    TimeZone, TimeZoneRow, Title,
};
use std::str::FromStr;

/// A record owned by exactly one organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub id: PersonId,
    pub number: PersonNumber,
    pub external_id: Option<ExternalId>,
    pub identity: Option<IdentityId>,
    pub login: Option<Login>,
    pub given_name: Option<Name>,
    pub family_name: Option<Name>,
    /// The whole name, where it was given as one.
    pub display_name: Option<Name>,
    pub email: Option<Email>,
    pub phone: Option<Phone>,
    pub title: Option<Title>,
    pub job_title: Option<JobTitleNumber>,
    pub level: Option<LevelNumber>,
    pub price_list: Option<PriceListNumber>,
    pub manager: Option<PersonNumber>,
    pub role: Option<RoleNumber>,
    pub person_type: PersonType,
    pub has_license: bool,
    pub account: Account,
    pub is_archived: bool,
    pub description: Option<Description>,
    pub additional_information: Option<AdditionalInformation>,
    pub language: Option<Language>,
    pub time_zone: Option<TimeZone>,
    /// The row of ProofHub's list that the zone was last written as. Several rows stand for one zone, and who wrote one
    /// of them reads it again, for as long as it stands for [`Self::time_zone`]; afterwards it says nothing.
    pub time_zone_row: Option<TimeZoneRow>,
    pub initials: Option<Initials>,
    pub photo: Option<Photo>,
    pub profile_color: Option<Color>,
    pub send_invite: bool,
    pub is_visible_in_people_allocation: bool,
    pub has_timesheet_required: bool,
    pub employee_number: Option<EmployeeNumber>,
    pub department: Option<Department>,
    /// Ids of ProofHub's projects, which live elsewhere.
    pub projects: Vec<i64>,
    pub custom: Attributes,
    /// What few APIs show.
    pub profile: Profile,
    pub last_active_at: Option<Instant>,
    pub created_at: Instant,
    pub updated_at: Instant,
}

impl Person {
    /// A new person with the defaults of a new person, and no role.
    pub fn new(id: PersonId, number: PersonNumber, now: Instant) -> Self {
        Self {
            id,
            number,
            external_id: None,
            identity: None,
            login: None,
            given_name: None,
            family_name: None,
            display_name: None,
            email: None,
            phone: None,
            title: None,
            job_title: None,
            level: None,
            price_list: None,
            manager: None,
            role: None,
            person_type: PersonType::Organization,
            has_license: false,
            account: Account::Active,
            is_archived: false,
            description: None,
            additional_information: None,
            language: Language::parse("en").ok(),
            time_zone: None,
            time_zone_row: None,
            initials: None,
            photo: None,
            profile_color: None,
            send_invite: false,
            is_visible_in_people_allocation: false,
            has_timesheet_required: false,
            employee_number: None,
            department: None,
            projects: Vec::new(),
            custom: Attributes::new(),
            profile: Profile::default(),
            last_active_at: None,
            created_at: now,
            updated_at: now,
        }
    }

    /// The whole name: the display name, else the parts joined, else the e-mail address, else the login, else nothing.
    ///
    /// This is what Risk Manager calls `Name`; filters and order over it use its folded form.
    pub fn name(&self) -> String {
        let name = whole_name(self.display_name.as_ref(), self.given_name.as_ref(), self.family_name.as_ref());
        let email = || self.email.as_ref().map(Email::to_string);
        let login = || self.login.as_ref().map(Login::to_string);
        name.or_else(email).or_else(login).unwrap_or_default()
    }

    /// The given and the family name, for APIs that know no whole one: as they are kept or, where both are empty, the
    /// display name cut at its first blank. What is derived here is for showing; it is never stored.
    pub fn given_and_family(&self) -> (Option<&str>, Option<&str>) {
        let is_given = |name: &Option<Name>| name.as_ref().is_some_and(|name| !name.as_str().is_empty());
        let whole = self.display_name.as_ref().and_then(|name| cut_name(name.as_str()));
        match whole {
            Some((given, family)) if !is_given(&self.given_name) && !is_given(&self.family_name) => (Some(given), family),
            _ => (self.given_name.as_ref().map(Name::as_str), self.family_name.as_ref().map(Name::as_str)),
        }
    }

    /// Every e-mail address, with [`Self::email`] in its place.
    pub fn emails(&self) -> Vec<Listed<'_>> {
        Listed::of(self.email.as_ref(), &self.profile.emails, "work")
    }

    /// Every telephone number, with [`Self::phone`] in its place.
    pub fn phones(&self) -> Vec<Listed<'_>> {
        Listed::of(self.phone.as_ref(), &self.profile.phones, "work")
    }

    /// Every picture, with [`Self::photo`] in its place.
    pub fn photos(&self) -> Vec<Listed<'_>> {
        Listed::of(self.photo.as_ref(), &self.profile.photos, "photo")
    }
}

/// A whole name cut at its first blank, without the blanks around the two parts; of one word, the first alone. `None`
/// where it is blank.
pub fn cut_name(whole: &str) -> Option<(&str, Option<&str>)> {
    match whole.trim() {
        "" => None,
        whole => Some(match whole.split_once(char::is_whitespace) {
            Some((given, family)) => (given, Some(family.trim_start())),
            None => (whole, None),
        }),
    }
}

/// The display name, else the parts joined. An empty name counts as none.
pub fn whole_name(display: Option<&Name>, given: Option<&Name>, family: Option<&Name>) -> Option<String> {
    let text = |name: Option<&Name>| name.map(Name::to_string).filter(|text| !text.is_empty());
    text(display).or_else(|| match (text(given), text(family)) {
        (Some(given), Some(family)) => Some(format!("{given} {family}")),
        (given, family) => given.or(family),
    })
}

/// A word that is none of those a field takes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must be one of {choices}")]
pub struct UnknownWord {
    pub choices: &'static str,
}

/// What somebody is to the organization. 24SevenOffice's four words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PersonType {
    Organization,
    External,
    Basic,
    Client,
}

impl PersonType {
    pub const ALL: [Self; 4] = [Self::Organization, Self::External, Self::Basic, Self::Client];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Organization => "Organization",
            Self::External => "External",
            Self::Basic => "Basic",
            Self::Client => "Client",
        }
    }

    /// What stands for it in the store; fixed for ever.
    pub const fn code(self) -> i64 {
        match self {
            Self::Organization => 1,
            Self::External => 2,
            Self::Basic => 3,
            Self::Client => 4,
        }
    }

    pub(crate) fn from_code(code: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

impl FromStr for PersonType {
    type Err = UnknownWord;

    /// In any case: `organization` and `Organization` are the same.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.into_iter().find(|kind| kind.as_str().eq_ignore_ascii_case(text));
        found.ok_or(UnknownWord { choices: "organization, external, basic, client" })
    }
}

/// Whether somebody may sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Account {
    Active,
    Blocked,
    None,
}

impl Account {
    pub const ALL: [Self; 3] = [Self::Active, Self::Blocked, Self::None];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Blocked => "blocked",
            Self::None => "none",
        }
    }

    /// What stands for it in the store; fixed for ever.
    ///
    /// The codes are in the alphabetical order of Risk Manager's labels (Active, Blocked, NoAccess), so ordering by
    /// `Status` is ordering by this column.
    pub const fn code(self) -> i64 {
        match self {
            Self::Active => 1,
            Self::Blocked => 2,
            Self::None => 3,
        }
    }

    pub(crate) fn from_code(code: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|account| account.code() == code)
    }
}

impl FromStr for Account {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.into_iter().find(|account| account.as_str().eq_ignore_ascii_case(text));
        found.ok_or(UnknownWord { choices: "active, blocked, none" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(given: Option<&str>, family: Option<&str>, whole: Option<&str>) -> Person {
        let name = |text: Option<&str>| text.map(|text| Name::parse(text).expect("a name"));
        let now = Instant::from_milliseconds(0).expect("an instant");
        let nobody = Person::new(PersonId::new(uuid::Uuid::nil()), PersonNumber::new(1).expect("a number"), now);
        Person { given_name: name(given), family_name: name(family), display_name: name(whole), ..nobody }
    }

    #[test]
    fn a_whole_name_is_cut_at_its_first_blank_only_where_there_are_no_parts() {
        let cut = named(None, Some(""), Some(" Ana  de Souza"));
        let kept = named(Some("Ana"), None, Some("Ana de Souza"));
        let single = named(None, None, Some("Ana"));

        assert_eq!(cut.given_and_family(), (Some("Ana"), Some("de Souza")));
        assert_eq!(kept.given_and_family(), (Some("Ana"), None));
        assert_eq!(single.given_and_family(), (Some("Ana"), None));
        assert_eq!(named(None, None, None).given_and_family(), (None, None));
    }
}
