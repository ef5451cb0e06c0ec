//! A group that a client creates or edits.
//!
//! `Responsible` is a person by `Id` or by `Name`; an empty object takes the responsible person away.

use super::attributes::{self, Attribute};
use super::body::{Fault, FromBody, Object, Unreadable};
use super::{differing, differing_text, references};
use rollcall_core::directory::{GroupChange, PersonReference};
use rollcall_core::domain::{AdditionalInformation, AttributeObject, Attributes, Change, Definition, Description, Email, Group, LongLabel};
use serde_json::Value;
use uuid::Uuid;

const ID: &str = "Id";
const NAME: &str = "Name";
const RESPONSIBLE: &str = "Responsible";

/// A group to be created.
#[derive(Clone, Debug, PartialEq)]
pub struct NewGroup {
    name: LongLabel,
    details: Details,
}

/// What is to become of a group.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupEdit {
    id: Option<Uuid>,
    name: Option<LongLabel>,
    details: Details,
}

/// What creating and editing have in common.
#[derive(Clone, Debug, PartialEq)]
struct Details {
    description: Change<Description>,
    email: Change<Email>,
    responsible: Change<PersonReference>,
    additional_information: Change<AdditionalInformation>,
    custom: Vec<Attribute>,
}

impl FromBody for NewGroup {
    fn from_body(bytes: &[u8]) -> Result<Self, Unreadable> {
        let mut object = Object::read(bytes)?;
        if object.guid(ID).is_some_and(|id| !id.is_nil()) {
            object.fault(Fault::invalid(ID, "is given by this server: leave it out"));
        }
        let name = object.required(NAME);
        let details = Details::read(&mut object);
        match name {
            Some(name) => object.finish(Self { name, details }),
            None => object.fail(),
        }
    }
}

impl FromBody for GroupEdit {
    fn from_body(bytes: &[u8]) -> Result<Self, Unreadable> {
        let mut object = Object::read(bytes)?;
        let read = Self { id: object.guid(ID), name: object.optional(NAME), details: Details::read(&mut object) };
        object.finish(read)
    }
}

impl NewGroup {
    /// The change that makes a group of nothing.
    pub fn create(self, definitions: &[Definition]) -> Result<GroupChange, Unreadable> {
        let Details { description, email, responsible, additional_information, custom } = self.details;
        let mut faults = Vec::new();
        let custom = attributes::put(custom, &Attributes::new(), AttributeObject::Group, definitions, &mut faults);
        Unreadable::unless_sound(faults)?;
        let name = Change::Set(self.name);
        Ok(GroupChange { name, description, email, responsible, additional_information, custom, ..GroupChange::default() })
    }
}

impl GroupEdit {
    /// What it changes in a group. The directory sees whether it is another person who is to be responsible.
    pub fn put(self, before: &Group, definitions: &[Definition]) -> Result<GroupChange, Unreadable> {
        let Details { description, email, responsible, additional_information, custom } = self.details;
        let mut faults = Vec::new();
        if self.id.is_some_and(|id| id != before.id.uuid()) {
            faults.push(Fault::invalid(ID, "is not that of the group in the address"));
        }
        let custom = attributes::put(custom, &before.custom, AttributeObject::Group, definitions, &mut faults);
        Unreadable::unless_sound(faults)?;
        Ok(GroupChange {
            name: differing(self.name.map_or(Change::Keep, Change::Set), Some(&before.name)),
            description: differing_text(description, before.description.as_ref()),
            email: differing(email, before.email.as_ref()),
            responsible,
            additional_information: differing_text(additional_information, before.additional_information.as_ref()),
            custom,
            ..GroupChange::default()
        })
    }
}

impl Details {
    fn read(object: &mut Object) -> Self {
        Self {
            description: object.clearable("Description"),
            email: object.clearable("Email"),
            responsible: object.take(RESPONSIBLE).map_or(Change::Keep, |value| responsible(object, value)),
            additional_information: object.clearable("AdditionalInformation"),
            custom: object.attributes(),
        }
    }
}

fn responsible(object: &mut Object, value: Value) -> Change<PersonReference> {
    if value.as_object().is_some_and(serde_json::Map::is_empty) {
        return Change::Clear;
    }
    references::read(value, RESPONSIBLE).map_or_else(
        |fault| {
            object.fault(fault);
            Change::Keep
        },
        Change::Set,
    )
}
