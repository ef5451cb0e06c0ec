//! The members of an object that a client sends, each read as what it must be.
//!
//! Nothing is acknowledged that is not kept, so a member that is not known is a fault like a wrong value. Members that
//! only the server writes are passed over, because clients send back whole objects that they have read.

use rollcall_core::domain::{Change, InvalidText, Text, TextKind};
use serde_json::{Map, Value};
use std::fmt;

/// Characters of an unknown member's name that a message repeats.
const NAME_SHOWN_MAX: usize = 64;
/// Faults that a message tells. A body may hold a hundred thousand.
const FAULTS_SHOWN_MAX: usize = 20;

/// Everything that is wrong with an object, in sentences for its sender.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faults(Vec<String>);

/// The members of one object, taken out one by one.
#[derive(Debug)]
pub struct Members {
    members: Map<String, Value>,
    faults: Faults,
}

impl Faults {
    fn add(&mut self, member: &str, reason: impl fmt::Display) {
        self.0.push(format!("{member} {reason}."));
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = &self.0[..self.0.len().min(FAULTS_SHOWN_MAX)];
        f.write_str(&shown.join(" "))?;
        match self.0.len() - shown.len() {
            0 => Ok(()),
            more => write!(f, " And so on, {more} more."),
        }
    }
}

impl Members {
    pub fn new(members: Map<String, Value>) -> Self {
        Self { members, faults: Faults::default() }
    }

    /// Passes over what only the server writes.
    pub fn ignore(&mut self, names: &[&str]) {
        for name in names {
            self.members.remove(*name);
        }
    }

    /// Whether a member is sent and was not read yet.
    pub fn holds(&self, name: &str) -> bool {
        self.members.contains_key(name)
    }

    /// A text. `null` and an empty text clear it.
    pub fn text<K: TextKind>(&mut self, name: &str) -> Change<Text<K>> {
        self.nullable(name, |value| match value {
            Value::String(text) if text.is_empty() => Ok(Change::Clear),
            Value::String(text) => Text::parse(&text).map(Change::Set).map_err(|fault: InvalidText| fault.reason),
            _ => Err("must be a text".to_owned()),
        })
    }

    /// The id of something that `find` knows. `null` clears it.
    pub fn reference<T>(&mut self, name: &str, reason: &str, find: impl FnOnce(i64) -> Option<T>) -> Change<T> {
        self.nullable(name, |value| id(&value).and_then(find).map(Change::Set).ok_or_else(|| reason.to_owned()))
    }

    /// An id on its own, or as the member `id` of an object. `null`, in either place, clears it.
    pub fn nested_reference<T>(&mut self, name: &str, reason: &str, find: impl FnOnce(i64) -> Option<T>) -> Change<T> {
        if let Some(Value::Object(object)) = self.members.get_mut(name)
            && let Some(inner) = object.remove("id")
        {
            self.members.insert(name.to_owned(), inner);
        }
        self.reference(name, reason, find)
    }

    /// `true` or `false`. `null` says nothing.
    pub fn answer(&mut self, name: &str) -> Change<bool> {
        self.never_absent(name, |value| value.as_bool().ok_or_else(|| "must be true or false".to_owned()))
    }

    /// A list of ids, each turned into what it names. `null` says nothing.
    pub fn ids<T>(&mut self, name: &str, each: impl Fn(i64) -> Result<Option<T>, String>) -> Change<Vec<T>> {
        self.never_absent(name, |value| {
            let Value::Array(items) = value else { return Err("must be a list of ids".to_owned()) };
            let named = items.iter().map(|item| id(item).ok_or_else(|| "must hold nothing but ids".to_owned()).and_then(&each));
            named.filter_map(Result::transpose).collect()
        })
    }

    /// A fault that is seen only where several members are looked at together.
    pub fn fault(&mut self, name: &str, reason: impl fmt::Display) {
        self.faults.add(name, reason);
    }

    /// What was read, unless anything was wrong or is left.
    pub fn finish<T>(mut self, read: T) -> Result<T, Faults> {
        for name in self.members.keys() {
            let shown: String = name.chars().take(NAME_SHOWN_MAX).collect();
            self.faults.add(&shown, "is no member that can be written here");
        }
        if self.faults.0.is_empty() { Ok(read) } else { Err(self.faults) }
    }

    fn nullable<T>(&mut self, name: &str, read: impl FnOnce(Value) -> Result<Change<T>, String>) -> Change<T> {
        match self.members.remove(name) {
            None => Change::Keep,
            Some(Value::Null) => Change::Clear,
            Some(value) => read(value).unwrap_or_else(|reason| {
                self.faults.add(name, reason);
                Change::Keep
            }),
        }
    }

    fn never_absent<T>(&mut self, name: &str, read: impl FnOnce(Value) -> Result<T, String>) -> Change<T> {
        match self.nullable(name, |value| read(value).map(Change::Set)) {
            Change::Clear => Change::Keep,
            change => change,
        }
    }
}

/// A whole number, as itself or as text: the contract's own examples write the id of a role as text.
fn id(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_i64(),
        Value::String(digits) if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) => digits.parse().ok(),
        _ => None,
    }
}
