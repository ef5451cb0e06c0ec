//! A person that a client creates or edits.
//!
//! `Name` is the whole name and becomes the display name alone: its parts are for other APIs. What this API shows and
//! does not change here (`Id`, `Login`, `Status`) may be sent as it is shown, because clients send back what they read.

use super::super::wire;
use super::attributes::{self, Attribute};
use super::body::{Fault, FromBody, Object, Unreadable};
use super::{differing, differing_text};
use rollcall_core::domain::{
    Account, AdditionalInformation, AttributeObject, Attributes, Change, Definition, Description, Email, GroupId, LongLabel, Name, Person,
    PersonChange, Phone,
};
use serde_json::Value;
use std::collections::BTreeSet;
use uuid::Uuid;

const ID: &str = "Id";
const NAME: &str = "Name";
const EMAIL: &str = "Email";
const LOGIN: &str = "Login";
const STATUS: &str = "Status";
const GROUPS: &str = "Groups";

/// A person to be created.
#[derive(Clone, Debug, PartialEq)]
pub struct NewPerson {
    name: Name,
    email: Email,
    details: Details,
}

/// What is to become of a person.
#[derive(Clone, Debug, PartialEq)]
pub struct PersonEdit {
    /// Judged only if it is not what is shown: a name made of parts or of an address may be none that can be written.
    name: Option<String>,
    email: Option<Email>,
    details: Details,
    id: Option<Uuid>,
    login: Option<String>,
    status: Option<String>,
    groups: Option<BTreeSet<GroupId>>,
}

/// What creating and editing have in common.
#[derive(Clone, Debug, PartialEq)]
struct Details {
    description: Change<Description>,
    phone: Change<Phone>,
    additional_information: Change<AdditionalInformation>,
    custom: Vec<Attribute>,
}

impl FromBody for NewPerson {
    fn from_body(bytes: &[u8]) -> Result<Self, Unreadable> {
        let mut object = Object::read(bytes)?;
        let name = object.required_string(NAME).and_then(|text| whole_name(&mut object, &text));
        let email = object.required(EMAIL);
        let details = Details::read(&mut object);
        refuse_given(&mut object);
        match (name, email) {
            (Some(name), Some(email)) => object.finish(Self { name, email, details }),
            _ => object.fail(),
        }
    }
}

impl FromBody for PersonEdit {
    fn from_body(bytes: &[u8]) -> Result<Self, Unreadable> {
        let mut object = Object::read(bytes)?;
        // The contract marks it as required and says that null leaves a member alone: so null is enough.
        if !object.has(EMAIL) {
            object.fault(Fault::required(EMAIL));
        }
        let read = Self {
            name: object.string(NAME),
            email: object.optional(EMAIL),
            details: Details::read(&mut object),
            id: object.guid(ID),
            login: object.string(LOGIN),
            status: object.string(STATUS),
            groups: object.take(GROUPS).and_then(|value| groups(&mut object, value)),
        };
        object.finish(read)
    }
}

impl NewPerson {
    /// The change that makes a person of nobody. Who has no username has no access.
    pub fn create(self, definitions: &[Definition]) -> Result<PersonChange, Unreadable> {
        let mut faults = Vec::new();
        let custom = attributes::put(self.details.custom, &Attributes::new(), AttributeObject::Person, definitions, &mut faults);
        Unreadable::unless_sound(faults)?;
        Ok(PersonChange {
            display_name: Change::Set(self.name),
            email: Change::Set(self.email),
            description: self.details.description,
            phone: self.details.phone,
            additional_information: self.details.additional_information,
            account: Change::Set(Account::None),
            custom,
            ..PersonChange::default()
        })
    }
}

impl PersonEdit {
    /// What it changes in a person.
    pub fn put(self, before: &Person, definitions: &[Definition]) -> Result<PersonChange, Unreadable> {
        let mut faults = self.other_than_shown(before);
        let Details { description, phone, additional_information, custom } = self.details;
        let display_name = display_name(self.name, before).unwrap_or_else(|reason| {
            faults.push(Fault::invalid(NAME, reason));
            Change::Keep
        });
        let custom = attributes::put(custom, &before.custom, AttributeObject::Person, definitions, &mut faults);
        Unreadable::unless_sound(faults)?;
        Ok(PersonChange {
            display_name,
            email: differing(self.email.map_or(Change::Keep, Change::Set), before.email.as_ref()),
            description: differing_text(description, before.description.as_ref()),
            phone: differing_text(phone, before.phone.as_ref()),
            additional_information: differing_text(additional_information, before.additional_information.as_ref()),
            custom,
            ..PersonChange::default()
        })
    }

    /// Refuses groups that are not those that the client is shown: they are changed at the groups.
    pub fn check_groups(&self, shown: impl Iterator<Item = GroupId>) -> Result<(), Unreadable> {
        let is_shown = self.groups.as_ref().is_none_or(|sent| *sent == shown.collect());
        let reason = "cannot be changed here: POST or DELETE the person at groups/{id}/members";
        if is_shown { Ok(()) } else { Err(Unreadable::Members(vec![Fault::invalid(GROUPS, reason)])) }
    }

    /// Whether the client sent groups, which [`Self::check_groups`] must be asked about.
    pub const fn has_groups(&self) -> bool {
        self.groups.is_some()
    }

    /// What may be sent only as it is shown, and is not.
    fn other_than_shown(&self, before: &Person) -> Vec<Fault> {
        let differs = |sent: &Option<String>, shown: &str| sent.as_deref().is_some_and(|sent| !sent.is_empty() && sent != shown);
        let login = before.login.as_ref().map_or("", AsRef::as_ref);
        let other = [
            (self.id.is_some_and(|id| id != before.id.uuid()), ID, "is not that of the person in the address"),
            (differs(&self.login, login), LOGIN, "cannot be changed here: POST it to /api/administration/users"),
            (differs(&self.status, wire::status(before.account)), STATUS, "cannot be changed here: it follows from the username"),
        ];
        other.into_iter().filter(|(differs, ..)| *differs).map(|(_, member, reason)| Fault::invalid(member, reason)).collect()
    }
}

impl Details {
    fn read(object: &mut Object) -> Self {
        Self {
            description: object.clearable("Description"),
            phone: object.clearable("Phone"),
            additional_information: object.clearable("AdditionalInformation"),
            custom: object.attributes(),
        }
    }
}

/// A name as it is to be shown: none is blank. What is shown already is not stored, for it may be a fallback.
fn display_name(written: Option<String>, before: &Person) -> Result<Change<Name>, String> {
    match written {
        Some(text) if text != before.name() => parse_name(&text).map(Change::Set),
        _ => Ok(Change::Keep),
    }
}

fn whole_name(object: &mut Object, text: &str) -> Option<Name> {
    parse_name(text).map_err(|reason| object.fault(Fault::invalid(NAME, reason))).ok()
}

fn parse_name(text: &str) -> Result<Name, String> {
    // A label is a name that is not blank.
    LongLabel::parse(text).and_then(|_| Name::parse(text)).map_err(|error| error.reason)
}

/// What only this server gives to a person. Typed clients send the zero guid and empty texts for nothing.
fn refuse_given(object: &mut Object) {
    if object.guid(ID).is_some_and(|id| !id.is_nil()) {
        object.fault(Fault::invalid(ID, "is given by this server: leave it out"));
    }
    if object.string(LOGIN).is_some_and(|text| !text.is_empty()) {
        object.fault(Fault::invalid(LOGIN, "cannot be given here: POST it to /api/administration/users afterwards"));
    }
    if object.string(STATUS).is_some_and(|text| !text.is_empty() && text != wire::status(Account::None)) {
        object.fault(Fault::invalid(STATUS, "cannot be given here: a new person has NoAccess until there is a username"));
    }
    if object.take(GROUPS).is_some_and(|value| value != Value::Array(Vec::new())) {
        object.fault(Fault::invalid(GROUPS, "cannot be given here: POST the person to groups/{id}/members afterwards"));
    }
}

/// The ids of an array of groups.
fn groups(object: &mut Object, value: Value) -> Option<BTreeSet<GroupId>> {
    let id = |item: Value| match item {
        Value::Object(members) => Object::of(members, "").guid(ID).map(GroupId::new),
        _ => None,
    };
    let ids = match value {
        Value::Array(items) => items.into_iter().map(id).collect(),
        _ => None,
    };
    if ids.is_none() {
        object.fault(Fault::invalid(GROUPS, "must be an array of objects with an Id"));
    }
    ids
}
