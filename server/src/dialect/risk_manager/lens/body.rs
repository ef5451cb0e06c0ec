//! The JSON of a write: an object whose members are found without case, and everything that is wrong with it at once.
//!
//! Members that the contract does not have are not looked at, because the product's own clients send some, and neither
//! are they stored: the product's platform does the same, and compares the names of members without case.

use super::super::params::guid;
use super::attributes::{self, Attribute};
use crate::http::strict_json;
use rollcall_core::domain::{Change, InvalidText, Text, TextKind};
use serde_json::{Map, Value};
use uuid::Uuid;

/// A write that can be read from a body.
pub trait FromBody: Sized {
    /// Reads the whole body.
    fn from_body(bytes: &[u8]) -> Result<Self, Unreadable>;
}

/// Why a body is not what the contract wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It is not the kind of JSON that is wanted. The text is a sentence for the client.
    Body(String),
    /// Members that are wrong: at least one.
    Members(Vec<Fault>),
}

/// What is wrong with one member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// A word for programs: `required`, `invalid_value` or `doubled`.
    pub code: &'static str,
    /// As the contract writes it.
    pub member: String,
    /// What comes after the member's name in a sentence.
    pub reason: String,
}

impl Unreadable {
    /// Refuses members that are wrong, if there are any.
    pub fn unless_sound(faults: Vec<Fault>) -> Result<(), Self> {
        if faults.is_empty() { Ok(()) } else { Err(Self::Members(faults)) }
    }
}

impl Fault {
    pub fn invalid(member: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { code: "invalid_value", member: member.into(), reason: reason.into() }
    }

    pub fn required(member: impl Into<String>) -> Self {
        Self { code: "required", member: member.into(), reason: "is required".to_owned() }
    }

    pub fn doubled(member: impl Into<String>) -> Self {
        Self { code: "doubled", member: member.into(), reason: "is given more than once".to_owned() }
    }
}

/// Any JSON value, read strictly.
pub fn value(bytes: &[u8]) -> Result<Value, Unreadable> {
    strict_json(bytes).map_err(|fault| Unreadable::Body(format!("The body is no acceptable JSON: {fault}.")))
}

/// An object with the faults that were found in it so far.
#[derive(Debug)]
pub struct Object {
    members: Map<String, Value>,
    faults: Vec<Fault>,
    /// What stands before the members' names in faults, such as `Responsible.`.
    prefix: String,
}

impl Object {
    /// The object that a body is.
    pub fn read(bytes: &[u8]) -> Result<Self, Unreadable> {
        match value(bytes)? {
            Value::Object(members) => Ok(Self::of(members, "")),
            _ => Err(Unreadable::Body("The body must be a JSON object.".to_owned())),
        }
    }

    /// An object inside a body.
    pub fn of(members: Map<String, Value>, prefix: impl Into<String>) -> Self {
        Self { members, faults: Vec::new(), prefix: prefix.into() }
    }

    /// What was read, unless anything is wrong.
    pub fn finish<T>(self, read: T) -> Result<T, Unreadable> {
        Unreadable::unless_sound(self.faults).map(|()| read)
    }

    /// What is wrong with it, where something is.
    pub fn fail<T>(self) -> Result<T, Unreadable> {
        Err(Unreadable::Members(self.faults))
    }

    /// What is wrong with it.
    pub fn into_faults(self) -> Vec<Fault> {
        self.faults
    }

    /// Whether a member was sent, be it null.
    pub fn has(&self, name: &str) -> bool {
        self.members.keys().any(|key| key.eq_ignore_ascii_case(name))
    }

    /// A member that is not null.
    pub fn take(&mut self, name: &str) -> Option<Value> {
        let keys: Vec<String> = self.members.keys().filter(|key| key.eq_ignore_ascii_case(name)).cloned().collect();
        if keys.len() > 1 {
            self.fault(Fault::doubled(name));
        }
        let values: Vec<Value> = keys.iter().filter_map(|key| self.members.remove(key)).collect();
        values.into_iter().next().filter(|value| !value.is_null())
    }

    /// A member that is text. Null is one that was not sent.
    pub fn string(&mut self, name: &str) -> Option<String> {
        match self.take(name)? {
            Value::String(text) => Some(text),
            _ => {
                self.fault(Fault::invalid(name, "must be text"));
                None
            }
        }
    }

    /// A text that may be empty, which clears. Null leaves it alone.
    pub fn clearable<K: TextKind>(&mut self, name: &str) -> Change<Text<K>> {
        match self.string(name) {
            None => Change::Keep,
            Some(text) if text.is_empty() => Change::Clear,
            Some(text) => self.parsed(name, Text::parse(&text)).map_or(Change::Keep, Change::Set),
        }
    }

    /// A text that must be there and may not be empty.
    pub fn required<K: TextKind>(&mut self, name: &str) -> Option<Text<K>> {
        let text = self.required_string(name)?;
        self.parsed(name, Text::parse(&text))
    }

    /// A text that must be there.
    pub fn required_string(&mut self, name: &str) -> Option<String> {
        let (known, found) = (self.faults.len(), self.string(name));
        if found.is_none() && self.faults.len() == known {
            self.fault(Fault::required(name));
        }
        found
    }

    /// A text that may be left out, or null, and may not be empty.
    pub fn optional<K: TextKind>(&mut self, name: &str) -> Option<Text<K>> {
        let text = self.string(name)?;
        self.parsed(name, Text::parse(&text))
    }

    /// A guid. Null and the empty text are none.
    pub fn guid(&mut self, name: &str) -> Option<Uuid> {
        let text = self.string(name).filter(|text| !text.is_empty())?;
        let id = guid(&text);
        if id.is_none() {
            self.fault(Fault::invalid(name, "must be a guid"));
        }
        id
    }

    /// A guid that must be there.
    pub fn required_guid(&mut self, name: &str) -> Option<Uuid> {
        let (known, found) = (self.faults.len(), self.guid(name));
        if found.is_none() && self.faults.len() == known {
            self.fault(Fault::required(name));
        }
        found
    }

    /// `CustomAttributes`: for each variable its value, or null to erase it.
    pub fn attributes(&mut self) -> Vec<Attribute> {
        let Some(value) = self.take(attributes::MEMBER) else { return Vec::new() };
        attributes::read(value).unwrap_or_else(|fault| {
            self.fault(fault);
            Vec::new()
        })
    }

    /// Remembers that something is wrong.
    pub fn fault(&mut self, fault: Fault) {
        self.faults.push(Fault { member: format!("{}{}", self.prefix, fault.member), ..fault });
    }

    fn parsed<T>(&mut self, name: &str, parsed: Result<T, InvalidText>) -> Option<T> {
        parsed.map_err(|error| self.fault(Fault::invalid(name, error.reason))).ok()
    }
}
