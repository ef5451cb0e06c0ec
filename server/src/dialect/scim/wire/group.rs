//! A group as a Group (RFC 7643, section 4.2), with our extension.

use super::super::caller::Base;
use super::super::schema::{CUSTOM_GROUP, CustomAttribute, GROUP, ROLLCALL_GROUP, ResourceType};
use super::custom;
use super::members::Members;
use super::user::{Manager, reference};
use rollcall_core::domain::{self, Member, MemberId};
use serde_json::{Map, Value};

/// A group with what stands around it, as far as the caller may see that.
#[derive(Clone, Copy, Debug)]
pub struct Group<'a> {
    pub group: &'a domain::Group,
    /// Empty where they are not to be shown.
    pub members: &'a [Member],
    pub responsible: Option<Manager<'a>>,
    /// What the organization has defined for its groups.
    pub custom: &'a [CustomAttribute],
}

impl Group<'_> {
    /// The resource without its `meta`.
    pub fn members(&self, base: &Base) -> Members {
        let extensions = [(ROLLCALL_GROUP, self.rollcall(base)), (CUSTOM_GROUP, custom::shown(&self.group.custom, self.custom))];
        let there = extensions.into_iter().filter(|(_, members)| *members != Members::new());
        let (urns, extensions): (Vec<_>, Vec<_>) = there.map(|(urn, members)| (Value::from(urn), (urn, members))).unzip();
        let core = Members::new()
            .list("schemas", std::iter::once(Value::from(GROUP)).chain(urns).collect())
            .put("id", Some(self.group.id.to_string()))
            .text("externalId", self.group.external_id.as_ref())
            .text("displayName", Some(&self.group.name))
            .list("members", self.members.iter().map(|of| member(of, base)).collect());
        extensions.into_iter().fold(core, |resource, (urn, members)| resource.object(urn, members))
    }

    fn rollcall(&self, base: &Base) -> Members {
        let domain::Group { number, description, email, additional_information, .. } = self.group;
        let responsible = self.responsible.map_or_else(Members::new, |person| reference(person.id, person.display_name, base));
        Members::new()
            .put("number", Some(number.get()))
            .text("description", description.as_ref())
            .object("email", Members::new().text("value", email.as_ref()))
            .text("additionalInformation", additional_information.as_ref())
            .object("responsible", responsible)
    }
}

fn member(member: &Member, base: &Base) -> Value {
    let (kind, id) = match member.id {
        MemberId::Person(id) => (ResourceType::User, id.uuid()),
        MemberId::Group(id) => (ResourceType::Group, id.uuid()),
    };
    Members::new()
        .put("value", Some(id.to_string()))
        .put("$ref", Some(base.location(kind.endpoint(), id)))
        .put("type", Some(kind.as_str()))
        .put("display", member.name.as_deref())
        .into_value()
}

/// The whole resource: what is left of it is for a projection to say.
pub fn resource(group: &Group<'_>, base: &Base, version: String) -> Map<String, Value> {
    let domain::Group { id, created_at, updated_at, .. } = *group.group;
    let meta = super::meta::Meta { kind: ResourceType::Group, id, created_at, updated_at, version, base };
    group.members(base).object("meta", meta.members()).into_map()
}
