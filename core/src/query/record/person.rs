//! A person, alone or with what stands around it.

use super::{Element, Record, attribute_elements, borrowed};
use crate::domain::{Account, AttributeValue, Instant, Listed, NamedPerson, Person, Place, VariableName};
use crate::query::field::{BooleanField, ExactField, IdField, InstantField, ListField, NumberField, TextField};
use std::borrow::Cow;
use uuid::Uuid;

/// A person alone: it has no [`ListField::Groups`] and no [`ListField::Manager`]; a [`PersonRecord`] has.
impl Record for Person {
    fn text(&self, field: TextField) -> Option<Cow<'_, str>> {
        match field {
            TextField::Name => Some(Cow::Owned(self.name())),
            TextField::Description => borrowed(self.description.as_ref()),
            TextField::Email => borrowed(self.email.as_ref()),
            TextField::Phone => borrowed(self.phone.as_ref()),
            TextField::AdditionalInformation => borrowed(self.additional_information.as_ref()),
            TextField::Login => borrowed(self.login.as_ref()),
            TextField::GivenName => borrowed(self.given_name.as_ref()),
            TextField::FamilyName => borrowed(self.family_name.as_ref()),
            TextField::DisplayName => borrowed(self.display_name.as_ref()),
            TextField::Title => borrowed(self.title.as_ref()),
            TextField::Language => borrowed(self.language.as_ref()),
            TextField::TimeZone => borrowed(self.time_zone.as_ref()),
            TextField::EmployeeNumber => borrowed(self.employee_number.as_ref()),
            TextField::Department => borrowed(self.department.as_ref()),
            TextField::Initials => borrowed(self.initials.as_ref()),
            TextField::ProfileColor => borrowed(self.profile_color.as_ref()),
            TextField::MiddleName => borrowed(self.profile.middle_name.as_ref()),
            TextField::HonorificPrefix => borrowed(self.profile.honorific_prefix.as_ref()),
            TextField::HonorificSuffix => borrowed(self.profile.honorific_suffix.as_ref()),
            TextField::FormattedName => borrowed(self.profile.formatted_name.as_ref()),
            TextField::NickName => borrowed(self.profile.nick_name.as_ref()),
            TextField::UserType => borrowed(self.profile.user_type.as_ref()),
            TextField::Locale => borrowed(self.profile.locale.as_ref()),
            TextField::Division => borrowed(self.profile.division.as_ref()),
            TextField::CostCenter => borrowed(self.profile.cost_center.as_ref()),
            TextField::Employer => borrowed(self.profile.employer.as_ref()),
            TextField::ResponsibleName | TextField::Part(_) => None,
        }
    }

    fn number(&self, field: NumberField) -> Option<i64> {
        match field {
            NumberField::Number => Some(self.number.get()),
            NumberField::JobTitle => self.job_title.map(|number| number.get()),
            NumberField::Manager => self.manager.map(|number| number.get()),
            NumberField::Account => Some(self.account.code()),
            NumberField::PersonType => Some(self.person_type.code()),
            NumberField::Role => self.role.map(|number| number.get()),
            NumberField::Level => self.level.map(|number| number.get()),
            NumberField::PriceList => self.price_list.map(|number| number.get()),
            NumberField::Value => None,
        }
    }

    fn instant(&self, field: InstantField) -> Option<Instant> {
        match field {
            InstantField::UpdatedAt => Some(self.updated_at),
            InstantField::CreatedAt => Some(self.created_at),
            InstantField::LastActiveAt => self.last_active_at,
        }
    }

    fn id(&self, field: IdField) -> Option<Uuid> {
        match field {
            IdField::Id => Some(self.id.uuid()),
        }
    }

    fn exact(&self, field: ExactField) -> Option<Cow<'_, str>> {
        match field {
            ExactField::Id => Some(Cow::Owned(self.id.to_string())),
            ExactField::ExternalId => borrowed(self.external_id.as_ref()),
            ExactField::Identity => self.identity.map(|identity| Cow::Owned(identity.to_string())),
            ExactField::ProfileUrl => borrowed(self.profile.profile_url.as_ref()),
            ExactField::Part(_) => None,
        }
    }

    fn boolean(&self, field: BooleanField) -> Option<bool> {
        match field {
            BooleanField::Active => Some(self.account != Account::Blocked && !self.is_archived),
            BooleanField::Archived => Some(self.is_archived),
            BooleanField::HasLicense => Some(self.has_license),
            BooleanField::SendInvite => Some(self.send_invite),
            BooleanField::IsVisibleInPeopleAllocation => Some(self.is_visible_in_people_allocation),
            BooleanField::HasTimesheetRequired => Some(self.has_timesheet_required),
            BooleanField::Primary => None,
        }
    }

    fn elements(&self, list: &ListField) -> Vec<Element<'_>> {
        match list {
            ListField::Emails => elements(self.emails()),
            ListField::Phones => elements(self.phones()),
            ListField::Photos => elements(self.photos()),
            ListField::Ims => elements(Listed::alone(&self.profile.ims)),
            ListField::Entitlements => elements(Listed::alone(&self.profile.entitlements)),
            ListField::Certificates => elements(Listed::alone(&self.profile.certificates)),
            ListField::Addresses => self.profile.addresses.iter().map(Element::from).collect(),
            ListField::Projects => self.projects.iter().map(|project| Element::of_number(*project)).collect(),
            ListField::Attribute(name) => attribute_elements(self.custom.get(name)),
            ListField::Groups | ListField::Manager | ListField::Members | ListField::Responsible => Vec::new(),
        }
    }

    fn attribute(&self, name: &VariableName) -> Option<&AttributeValue> {
        self.custom.get(name)
    }

    fn record_number(&self) -> i64 {
        self.number.get()
    }
}

fn elements(listed: Vec<Listed<'_>>) -> Vec<Element<'_>> {
    listed.into_iter().map(Element::from).collect()
}

/// A person with its groups and its manager, as far as they are asked for.
#[derive(Clone, Copy, Debug)]
pub struct PersonRecord<'a> {
    pub person: &'a Person,
    pub groups: &'a [Place],
    pub manager: Option<&'a NamedPerson>,
}

impl Record for PersonRecord<'_> {
    fn text(&self, field: TextField) -> Option<Cow<'_, str>> {
        self.person.text(field)
    }

    fn number(&self, field: NumberField) -> Option<i64> {
        self.person.number(field)
    }

    fn instant(&self, field: InstantField) -> Option<Instant> {
        self.person.instant(field)
    }

    fn id(&self, field: IdField) -> Option<Uuid> {
        self.person.id(field)
    }

    fn exact(&self, field: ExactField) -> Option<Cow<'_, str>> {
        self.person.exact(field)
    }

    fn boolean(&self, field: BooleanField) -> Option<bool> {
        self.person.boolean(field)
    }

    fn elements(&self, list: &ListField) -> Vec<Element<'_>> {
        match list {
            ListField::Groups => self.groups.iter().map(Element::from).collect(),
            ListField::Manager => self.manager.map(Element::from).into_iter().collect(),
            list => self.person.elements(list),
        }
    }

    fn attribute(&self, name: &VariableName) -> Option<&AttributeValue> {
        self.person.attribute(name)
    }

    fn record_number(&self) -> i64 {
        self.person.record_number()
    }
}
