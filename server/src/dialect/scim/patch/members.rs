//! The members of a group. Nobody reads them to add one, so operations on them do not go through the resource: each is a
//! step for the directory, which works on the rows that it names.

use super::super::body::Allows;
use super::super::error::Error;
use super::super::filter::bind::{Scope, values};
use super::super::filter::{Path, tree::Node};
use super::super::quirks::SKIP_UNKNOWN_MEMBERS;
use super::super::schema::{Attribute, GROUP, ResourceSchema, ResourceType};
use super::Op;
use super::target::Place;
use super::value::{Unknown, is_nothing, object, parts};
use rollcall_core::directory::{MemberList, MemberReference, MemberStep, PersonReference, UnknownMember};
use rollcall_core::domain::{GroupId, PersonId};
use serde_json::Value;
use uuid::Uuid;

/// What the operations ask of the members of a group, in their order.
pub(super) struct Members<'a> {
    scope: Scope<'a>,
    allows: Allows<'a>,
    steps: Vec<MemberStep>,
}

impl<'a> Members<'a> {
    pub(super) const fn new(scope: Scope<'a>, allows: Allows<'a>) -> Self {
        Self { scope, allows, steps: Vec::new() }
    }

    pub(super) fn into_steps(self) -> Vec<MemberStep> {
        self.steps
    }

    /// Whether a place is theirs.
    pub(super) fn are(&self, place: &Place<'_>) -> bool {
        self.scope.schema.kind() == ResourceType::Group && place.extension.is_none() && place.attribute.is_named("members")
    }

    /// Takes note of one operation.
    pub(super) fn note(&mut self, op: Op, place: &Place<'_>, path: &Path, value: &Value, unknown: &mut Unknown<'_>) -> Result<(), Error> {
        let step = match (op, &path.filter) {
            (Op::Remove, Some(filter)) if place.sub.is_none() => self.passing(path, filter)?,
            (_, Some(_)) => return Err(Error::mutability("A member is added or removed; nothing about it is changed through the group.")),
            (Op::Remove, None) if value.is_null() => MemberStep::Set(MemberList::default()),
            (Op::Remove, None) => MemberStep::Remove(read(value, place.attribute, UnknownMember::LeftOut, unknown)?),
            (Op::Add, None) => MemberStep::Add(read(value, place.attribute, self.absent(), unknown)?),
            (Op::Replace, None) => MemberStep::Set(read(value, place.attribute, self.absent(), unknown)?),
        };
        self.steps.push(step);
        Ok(())
    }

    fn absent(&self) -> UnknownMember {
        if (self.allows)(&SKIP_UNKNOWN_MEMBERS) { UnknownMember::LeftOut } else { UnknownMember::Refused }
    }

    /// Removes those who pass a filter. Where it names them by their ids, the directory reads nobody else.
    fn passing(&self, path: &Path, filter: &Node) -> Result<MemberStep, Error> {
        let filter = values(&path.attribute, filter, self.scope);
        filter.map(MemberStep::RemoveWhere).map_err(|fault| Error::invalid_filter(format!("In the path: {fault}.")))
    }
}

/// The members in a whole group as a body has them. Nothing unknown is among them any more.
pub fn listed(members: &Value, schema: &ResourceSchema, absent: UnknownMember) -> Result<MemberList, Error> {
    let Some(attribute) = schema.schema(GROUP).and_then(|schema| schema.attribute("members")) else { return Ok(MemberList::default()) };
    read(members, attribute, absent, &mut Unknown::new(&|_| false))
}

/// The members that are written: a list, or one of them alone.
fn read(written: &Value, attribute: &Attribute, absent: UnknownMember, unknown: &mut Unknown<'_>) -> Result<MemberList, Error> {
    let one = std::slice::from_ref(written);
    let written = written.as_array().map_or(one, Vec::as_slice).iter().filter(|written| !is_nothing(written));
    let mut members = Vec::new();
    for (written, place) in written.zip(1..) {
        match reference(written, attribute, unknown)? {
            Some(member) => members.push(member),
            None if absent == UnknownMember::LeftOut => {}
            None => return Err(Error::invalid_value(format!("`members` names no person and no group at place {place}: an id is a UUID."))),
        }
    }
    Ok(MemberList { members, unknown: absent })
}

/// A member by its id, bare or as `value`, else by its address; `None`: what should be an id is none.
fn reference(written: &Value, attribute: &Attribute, unknown: &mut Unknown<'_>) -> Result<Option<MemberReference>, Error> {
    let said = object(parts(&attribute.name, attribute, written, unknown)?);
    let text = |name: &str| said.get(name).and_then(Value::as_str);
    let address =
        text("$ref").map(|address| address.trim_end_matches('/').rsplit('/')).and_then(|mut ends| Some((ends.next()?, ends.next())));
    let Some(id) = text("value").or(address.map(|(id, _)| id)) else {
        return Err(Error::invalid_value("A member is named by its `value`, the id of a person or a group."));
    };
    let kind = match (text("type"), address.and_then(|(_, endpoint)| endpoint)) {
        (Some(kind), _) => Some(ResourceType::ALL.into_iter().find(|known| known.as_str().eq_ignore_ascii_case(kind)).ok_or_else(no_type)?),
        (None, Some(endpoint)) => ResourceType::ALL.into_iter().find(|known| known.endpoint()[1..].eq_ignore_ascii_case(endpoint)),
        (None, None) => None,
    };
    Ok(Uuid::try_parse(id).ok().map(|id| match kind {
        Some(ResourceType::User) => MemberReference::Person(PersonReference::Id(PersonId::new(id))),
        Some(ResourceType::Group) => MemberReference::Group(GroupId::new(id)),
        None => MemberReference::Either(id),
    }))
}

fn no_type() -> Error {
    Error::invalid_value("`members.type` must be \"User\" or \"Group\".")
}
