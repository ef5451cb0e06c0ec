//! A person as a User (RFC 7643, section 4.1), with the enterprise extension and ours.

use super::super::caller::Base;
use super::super::schema::{CUSTOM_USER, CustomAttribute, ENTERPRISE_USER, ROLLCALL_USER, ResourceType, USER};
use super::members::Members;
use super::{custom, entries};
use rollcall_core::domain::{Account, Listed, Person, PersonId, PersonType, Place, Role, StatedField};
use serde_json::{Map, Value};

/// A person with what stands around it, as far as the caller may see that.
#[derive(Clone, Copy, Debug)]
pub struct User<'a> {
    pub person: &'a Person,
    /// The groups that it is in.
    pub places: &'a [Place],
    pub manager: Option<Manager<'a>>,
    /// The organization's roles.
    pub roles: &'a [Role],
    /// What the organization has defined for its people.
    pub custom: &'a [CustomAttribute],
}

/// Whom a person reports to.
#[derive(Clone, Copy, Debug)]
pub struct Manager<'a> {
    pub id: PersonId,
    /// The display name as it was given; a fallback is never shown.
    pub display_name: Option<&'a str>,
}

impl User<'_> {
    /// The resource without its `meta`.
    pub fn members(&self, base: &Base) -> Members {
        let extensions = [
            (ENTERPRISE_USER, self.enterprise(base)),
            (ROLLCALL_USER, self.rollcall()),
            (CUSTOM_USER, custom::shown(&self.person.custom, self.custom)),
        ];
        let there = extensions.into_iter().filter(|(_, members)| *members != Members::new());
        let (urns, extensions): (Vec<_>, Vec<_>) = there.map(|(urn, members)| (Value::from(urn), (urn, members))).unzip();
        let schemas = std::iter::once(Value::from(USER)).chain(urns).collect();
        let core = Members::new().list("schemas", schemas).put("id", Some(self.person.id.to_string()));
        let core = self.lists(self.texts(core), base);
        extensions.into_iter().fold(core, |resource, (urn, members)| resource.object(urn, members))
    }

    fn texts(&self, core: Members) -> Members {
        let Person { profile, .. } = self.person;
        core.text("externalId", self.person.external_id.as_ref())
            .put("userName", Some(user_name(self.person)))
            .object("name", self.name())
            .text("displayName", self.person.display_name.as_ref())
            .text("nickName", profile.nick_name.as_ref())
            .text("profileUrl", profile.profile_url.as_ref())
            .text("title", self.person.title.as_ref())
            .text("userType", profile.user_type.as_ref())
            .text("preferredLanguage", self.person.language.as_ref())
            .text("locale", profile.locale.as_ref())
            .text("timezone", self.person.time_zone.as_ref())
            .put("active", Some(is_active(self.person)))
    }

    fn name(&self) -> Members {
        let Person { profile, .. } = self.person;
        Members::new()
            .text("formatted", profile.formatted_name.as_ref())
            .text("familyName", self.person.family_name.as_ref())
            .text("givenName", self.person.given_name.as_ref())
            .text("middleName", profile.middle_name.as_ref())
            .text("honorificPrefix", profile.honorific_prefix.as_ref())
            .text("honorificSuffix", profile.honorific_suffix.as_ref())
    }

    fn lists(&self, core: Members, base: &Base) -> Members {
        let Person { profile, .. } = self.person;
        core.list("emails", entries::listed(self.person.emails()))
            .list("phoneNumbers", entries::listed(self.person.phones()))
            .list("ims", entries::listed(Listed::alone(&profile.ims)))
            .list("photos", entries::listed(self.person.photos()))
            .list("addresses", entries::addresses(&profile.addresses))
            .list("groups", self.places.iter().map(|place| group(place, base)).collect())
            .list("entitlements", entries::listed(Listed::alone(&profile.entitlements)))
            .list("roles", self.role().into_iter().collect())
            .list("x509Certificates", entries::listed(Listed::alone(&profile.certificates)))
    }

    fn role(&self) -> Option<Value> {
        let role = self.roles.iter().find(|role| Some(role.number) == self.person.role)?;
        let members = Members::new().put("value", Some(role.code.as_str())).put("display", Some(role.name.as_str()));
        Some(members.put("primary", Some(true)).into_value())
    }

    fn enterprise(&self, base: &Base) -> Members {
        let Person { profile, .. } = self.person;
        let manager = self.manager.map_or_else(Members::new, |manager| reference(manager.id, manager.display_name, base));
        Members::new()
            .text("employeeNumber", self.person.employee_number.as_ref())
            .text("costCenter", profile.cost_center.as_ref())
            .text("organization", profile.employer.as_ref())
            .text("division", profile.division.as_ref())
            .text("department", self.person.department.as_ref())
            .object("manager", manager)
    }

    /// The numbers of job title, level and price list are text, because only text has values to choose from.
    fn rollcall(&self) -> Members {
        let person = self.person;
        let stated = |field, value: bool| (value || person.profile.stated.contains(&field)).then_some(value);
        let kind = person.person_type;
        let is_kind_shown = kind != PersonType::Organization || person.profile.stated.contains(&StatedField::PersonType);
        Members::new()
            .put("number", Some(person.number.get()))
            .put("personType", is_kind_shown.then(|| kind.as_str().to_ascii_lowercase()))
            .put("hasLicense", stated(StatedField::HasLicense, person.has_license))
            .put("account", Some(person.account.as_str()))
            .put("archived", Some(person.is_archived))
            .text("description", person.description.as_ref())
            .text("additionalInformation", person.additional_information.as_ref())
            .text("initials", person.initials.as_ref())
            .text("profileColor", person.profile_color.as_ref())
            .put("jobTitle", person.job_title.map(|number| number.to_string()))
            .put("level", person.level.map(|number| number.to_string()))
            .put("priceList", person.price_list.map(|number| number.to_string()))
            .put("sendInvite", stated(StatedField::SendInvite, person.send_invite))
            .put("isVisibleInPeopleAllocation", stated(StatedField::IsVisibleInPeopleAllocation, person.is_visible_in_people_allocation))
            .put("hasTimesheetRequired", stated(StatedField::HasTimesheetRequired, person.has_timesheet_required))
            .list("projects", person.projects.iter().copied().map(Value::from).collect())
            .put("identity", person.identity.map(|identity| identity.to_string()))
            .instant("lastActiveAt", person.last_active_at)
    }
}

/// The login; the id of somebody who has none, which is shown and never stored.
pub fn user_name(person: &Person) -> String {
    person.login.as_ref().map_or_else(|| person.id.to_string(), ToString::to_string)
}

/// Whether somebody may take part.
pub fn is_active(person: &Person) -> bool {
    person.account != Account::Blocked && !person.is_archived
}

/// A person that an attribute refers to.
pub fn reference(id: PersonId, display_name: Option<&str>, base: &Base) -> Members {
    Members::new()
        .put("value", Some(id.to_string()))
        .put("$ref", Some(base.location(ResourceType::User.endpoint(), id)))
        .put("displayName", display_name)
}

fn group(place: &Place, base: &Base) -> Value {
    Members::new()
        .put("value", Some(place.id.to_string()))
        .put("$ref", Some(base.location(ResourceType::Group.endpoint(), place.id)))
        .put("display", Some(place.name.as_str()))
        .put("type", Some(if place.is_direct { "direct" } else { "indirect" }))
        .into_value()
}

/// The whole resource: what is left of it is for a projection to say.
pub fn resource(user: &User<'_>, base: &Base, version: String) -> Map<String, Value> {
    let Person { id, created_at, updated_at, .. } = *user.person;
    let meta = super::meta::Meta { kind: ResourceType::User, id, created_at, updated_at, version, base };
    user.members(base).object("meta", meta.members()).into_map()
}
