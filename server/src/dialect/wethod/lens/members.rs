//! The members of a body, each read as what it must be.
//!
//! Nothing is acknowledged that is not kept, so a member that is not known is a fault like a wrong value.

use super::Failures;
use rollcall_core::domain::{Change, InvalidNumber};
use serde_json::{Map, Value};

/// Characters of an unknown member's name that a message repeats.
const NAME_SHOWN_MAX: usize = 64;
/// Unknown members that are told one by one. A body may hold a hundred thousand.
const UNKNOWN_SHOWN_MAX: usize = 20;

/// The members of one object, taken out one by one.
#[derive(Debug)]
pub(super) struct Members {
    object: Map<String, Value>,
    failures: Failures,
}

impl Members {
    pub fn new(object: Map<String, Value>) -> Self {
        Self { object, failures: Failures::default() }
    }

    pub fn take(&mut self, name: &str) -> Option<Value> {
        self.object.remove(name)
    }

    /// A text. It is never absent: an empty one says that there is none.
    pub fn text(&mut self, name: &str) -> Option<String> {
        match self.take(name)? {
            Value::String(text) => Some(text),
            _ => self.fault(name, "must be a text"),
        }
    }

    /// `true` or `false`.
    pub fn answer(&mut self, name: &str) -> Change<bool> {
        match self.take(name) {
            None => Change::Keep,
            Some(Value::Bool(answer)) => Change::Set(answer),
            Some(_) => self.fault(name, "must be true or false").map_or(Change::Keep, Change::Set),
        }
    }

    /// The number of something, or `null` for nothing.
    pub fn id<T: TryFrom<i64, Error = InvalidNumber>>(&mut self, name: &str) -> Change<T> {
        match self.take(name) {
            None => Change::Keep,
            Some(Value::Null) => Change::Clear,
            Some(value) => match value.as_i64().ok_or(InvalidNumber).and_then(T::try_from) {
                Ok(number) => Change::Set(number),
                Err(fault) => self.fault(name, &format!("{fault}, or null")).map_or(Change::Keep, Change::Set),
            },
        }
    }

    /// What was wrong with what was read, and with what is left: members that are not kept may be `null`.
    pub fn finish(mut self, not_kept: &[&str]) -> Failures {
        for name in not_kept {
            if self.take(name).is_some_and(|value| !value.is_null()) {
                self.failures.add(name, "is not kept here, and can only be null");
            }
        }
        for name in self.object.keys().take(UNKNOWN_SHOWN_MAX) {
            let shown: String = name.chars().take(NAME_SHOWN_MAX).collect();
            self.failures.add(&shown, "is no member of a person that can be written");
        }
        self.failures
    }

    fn fault<T>(&mut self, name: &str, message: &str) -> Option<T> {
        self.failures.add(name, message);
        None
    }
}
