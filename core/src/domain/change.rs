//! What a write asks of a person: for every field, leave it, set it, or clear it.

use super::{
    Account, AdditionalInformation, AttributeValue, Color, Department, Description, Email, EmployeeNumber, ExternalId, GroupNumber,
    IdentityId, Initials, Instant, JobTitleNumber, Language, LevelNumber, Login, Name, Person, PersonNumber, PersonType, Phone, Photo,
    PriceListNumber, ProfileChange, RoleNumber, TimeZone, TimeZoneRow, Title, VariableName,
};
use std::collections::BTreeMap;

/// Absent, null and a value are three different things in an update.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Change<T> {
    #[default]
    Keep,
    Set(T),
    Clear,
}

impl<T> Change<T> {
    /// Carries it out on a field that may be absent.
    pub fn apply(self, field: &mut Option<T>) {
        match self {
            Self::Keep => {}
            Self::Set(value) => *field = Some(value),
            Self::Clear => *field = None,
        }
    }

    /// Carries it out on a field that is never absent: clearing leaves it.
    pub fn apply_to_present(self, field: &mut T) {
        if let Self::Set(value) = self {
            *field = value;
        }
    }

    /// Carries it out on a list, which is empty where it is absent.
    pub fn apply_to_list(self, list: &mut T)
    where
        T: Default,
    {
        match self {
            Self::Keep => {}
            Self::Set(items) => *list = items,
            Self::Clear => *list = T::default(),
        }
    }

    /// Carries it out on one entry of a map.
    pub fn apply_to_entry<K: Ord>(self, entries: &mut BTreeMap<K, T>, key: K) {
        match self {
            Self::Keep => {}
            Self::Set(value) => drop(entries.insert(key, value)),
            Self::Clear => drop(entries.remove(&key)),
        }
    }
}

/// What a write asks of a person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonChange {
    pub external_id: Change<ExternalId>,
    pub identity: Change<IdentityId>,
    pub login: Change<Login>,
    pub given_name: Change<Name>,
    pub family_name: Change<Name>,
    pub display_name: Change<Name>,
    pub email: Change<Email>,
    pub phone: Change<Phone>,
    pub title: Change<Title>,
    pub job_title: Change<JobTitleNumber>,
    pub level: Change<LevelNumber>,
    pub price_list: Change<PriceListNumber>,
    pub manager: Change<PersonNumber>,
    pub role: Change<RoleNumber>,
    pub person_type: Change<PersonType>,
    pub has_license: Change<bool>,
    pub account: Change<Account>,
    pub is_archived: Change<bool>,
    pub description: Change<Description>,
    pub additional_information: Change<AdditionalInformation>,
    pub language: Change<Language>,
    pub time_zone: Change<TimeZone>,
    pub time_zone_row: Change<TimeZoneRow>,
    pub initials: Change<Initials>,
    pub photo: Change<Photo>,
    pub profile_color: Change<Color>,
    pub send_invite: Change<bool>,
    pub is_visible_in_people_allocation: Change<bool>,
    pub has_timesheet_required: Change<bool>,
    pub employee_number: Change<EmployeeNumber>,
    pub department: Change<Department>,
    pub projects: Change<Vec<i64>>,
    pub custom: BTreeMap<VariableName, Change<AttributeValue>>,
    /// The groups to be in, all of them. A person's record does not hold them, so [`Self::apply`] leaves them.
    pub groups: Change<Vec<GroupNumber>>,
    pub profile: ProfileChange,
    pub last_active_at: Change<Instant>,
}

impl PersonChange {
    /// Carries it out. Whether anything is different afterwards is for the caller to see.
    pub fn apply(self, person: &mut Person) {
        self.external_id.apply(&mut person.external_id);
        self.identity.apply(&mut person.identity);
        self.login.apply(&mut person.login);
        self.given_name.apply(&mut person.given_name);
        self.family_name.apply(&mut person.family_name);
        self.display_name.apply(&mut person.display_name);
        self.email.apply(&mut person.email);
        self.phone.apply(&mut person.phone);
        self.title.apply(&mut person.title);
        self.job_title.apply(&mut person.job_title);
        self.level.apply(&mut person.level);
        self.price_list.apply(&mut person.price_list);
        self.manager.apply(&mut person.manager);
        self.role.apply(&mut person.role);
        self.person_type.apply_to_present(&mut person.person_type);
        self.has_license.apply_to_present(&mut person.has_license);
        self.account.apply_to_present(&mut person.account);
        self.is_archived.apply_to_present(&mut person.is_archived);
        self.description.apply(&mut person.description);
        self.additional_information.apply(&mut person.additional_information);
        self.language.apply(&mut person.language);
        self.time_zone.apply(&mut person.time_zone);
        self.time_zone_row.apply(&mut person.time_zone_row);
        self.initials.apply(&mut person.initials);
        self.photo.apply(&mut person.photo);
        self.profile_color.apply(&mut person.profile_color);
        self.send_invite.apply_to_present(&mut person.send_invite);
        self.is_visible_in_people_allocation.apply_to_present(&mut person.is_visible_in_people_allocation);
        self.has_timesheet_required.apply_to_present(&mut person.has_timesheet_required);
        self.employee_number.apply(&mut person.employee_number);
        self.department.apply(&mut person.department);
        self.projects.apply_to_list(&mut person.projects);
        for (name, change) in self.custom {
            change.apply_to_entry(&mut person.custom, name);
        }
        self.profile.apply(&mut person.profile);
        self.last_active_at.apply(&mut person.last_active_at);
    }
}
