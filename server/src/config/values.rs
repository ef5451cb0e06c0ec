//! The layers laid over one another: for each setting the value that counts, and its source.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::time::Duration;

use super::error::ConfigError;
use super::keys::{self, Key};
use super::source::Source;
use super::value::Value;

/// One setting's value and where it came from.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub value: Value,
    pub source: Source,
}

/// The values that count so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Values {
    entries: BTreeMap<&'static str, Entry>,
}

impl Values {
    /// Lays one value over what was there.
    pub(super) fn put(&mut self, key: &'static Key, value: Value, source: Source) {
        self.entries.insert(key.name, Entry { value, source });
    }

    /// Lays one value over what was there, from the text of a variable or flag.
    pub(super) fn put_text(&mut self, setting: &'static str, text: &str, source: Source) -> Result<(), ConfigError> {
        let key = keys::by_name(setting).ok_or(ConfigError::NoDefault { setting })?;
        match key.kind.parse(text) {
            Ok(value) => {
                self.put(key, value, source);
                Ok(())
            }
            Err(reason) => Err(ConfigError::Invalid { setting, reason: reason.to_owned(), at: source }),
        }
    }

    /// Lays a list over what was there.
    pub(super) fn put_list(&mut self, setting: &'static str, items: Vec<String>, source: Source) -> Result<(), ConfigError> {
        let key = keys::by_name(setting).ok_or(ConfigError::NoDefault { setting })?;
        self.put(key, Value::List(items), source);
        Ok(())
    }

    /// What counts for this setting.
    pub(super) fn get(&self, setting: &'static str) -> Result<&Entry, ConfigError> {
        self.entries.get(setting).ok_or(ConfigError::NoDefault { setting })
    }

    /// A text setting, typed by `parse`, whose error is the reason that the operator reads.
    pub(super) fn text<T>(&self, setting: &'static str, parse: impl FnOnce(&str) -> Result<T, String>) -> Result<T, ConfigError> {
        let entry = self.get(setting)?;
        let Value::Text(text) = &entry.value else { return Err(entry.mistyped(setting)) };
        parse(text).map_err(|reason| entry.invalid(setting, reason))
    }

    /// A list setting, each item typed by `parse`.
    pub(super) fn list<T>(&self, setting: &'static str, parse: impl Fn(&str) -> Result<T, String>) -> Result<Vec<T>, ConfigError> {
        let entry = self.get(setting)?;
        let Value::List(items) = &entry.value else { return Err(entry.mistyped(setting)) };
        items.iter().map(|item| parse(item).map_err(|reason| entry.invalid(setting, reason))).collect()
    }

    /// A number setting that must lie in `range`.
    pub(super) fn integer<T: TryFrom<u64>>(&self, setting: &'static str, range: RangeInclusive<u64>) -> Result<T, ConfigError> {
        let entry = self.get(setting)?;
        let Value::Integer(number) = entry.value else { return Err(entry.mistyped(setting)) };
        let in_range = Some(number).filter(|number| range.contains(number)).and_then(|number| T::try_from(number).ok());
        in_range.ok_or_else(|| entry.invalid(setting, format!("must be from {} to {}, but is {number}", range.start(), range.end())))
    }

    /// A number of seconds that must lie in `range`; `None`: it is 0.
    pub(super) fn seconds(&self, setting: &'static str, range: RangeInclusive<u64>) -> Result<Option<Duration>, ConfigError> {
        Ok(Some(self.integer(setting, range)?).filter(|seconds| *seconds > 0).map(Duration::from_secs))
    }

    /// The refusal of a value that does not go with another.
    pub(super) fn refusal(&self, setting: &'static str, reason: &str) -> ConfigError {
        self.get(setting).map_or_else(|error| error, |entry| entry.invalid(setting, reason.to_owned()))
    }

    /// A yes-or-no setting.
    pub(super) fn boolean(&self, setting: &'static str) -> Result<bool, ConfigError> {
        let entry = self.get(setting)?;
        let Value::Boolean(answer) = entry.value else { return Err(entry.mistyped(setting)) };
        Ok(answer)
    }
}

impl Entry {
    fn invalid(&self, setting: &'static str, reason: String) -> ConfigError {
        ConfigError::Invalid { setting, reason, at: self.source.clone() }
    }

    /// A section asked for another kind than the list of keys has.
    fn mistyped(&self, setting: &'static str) -> ConfigError {
        self.invalid(setting, "has a value of the wrong kind".to_owned())
    }
}
