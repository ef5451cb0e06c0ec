//! Attributes whose value is a list: values that are added once, chosen by a filter, and of which one is primary at most.

use super::super::error::Error;
use super::super::schema::Attribute;
use super::selection::{Selection, are_alike};
use super::value::{Unknown, is_nothing, object, parts, simple};
use rollcall_core::domain::ENTRIES_MAX;
use serde_json::{Map, Value};

/// Plain values of one list; of those with parts there are `ENTRIES_MAX`. More are sent by mistake, and each is compared
/// with each.
const PLAIN_VALUES_MAX: usize = 1000;

/// A list that an operation works on.
#[derive(Debug)]
pub(super) struct List<'a> {
    attribute: &'a Attribute,
    values: Vec<Value>,
}

impl<'a> List<'a> {
    /// The list as it stands.
    pub(super) fn of(holder: &Map<String, Value>, attribute: &'a Attribute) -> Self {
        let values = holder.get(attribute.name.as_ref()).and_then(Value::as_array).cloned().unwrap_or_default();
        Self { attribute, values }
    }

    /// What is left; `None` where nothing is.
    pub(super) fn into_value(self) -> Option<Value> {
        (!self.values.is_empty()).then_some(Value::Array(self.values))
    }

    pub(super) fn clear(&mut self) {
        self.values.clear();
    }

    /// Adds values, each unless it is there: then it says more about the one that is.
    pub(super) fn add(&mut self, written: &Value, unknown: &mut Unknown<'_>) -> Result<(), Error> {
        let mut places = Vec::new();
        for value in self.read(written, unknown)? {
            let place = self.values.iter().position(|standing| self.is_said_of(&value, standing, false)).unwrap_or(self.values.len());
            match (self.values.get_mut(place), value) {
                (Some(Value::Object(standing)), Value::Object(value)) => standing.extend(value),
                (Some(standing), value) => *standing = value,
                (None, value) => self.values.push(value),
            }
            places.push(place);
        }
        self.settle(&places)
    }

    /// Takes away each value of which everything is said that one of these says.
    pub(super) fn remove(&mut self, written: &Value, unknown: &mut Unknown<'_>) -> Result<(), Error> {
        let said = self.read(written, unknown)?;
        let values = std::mem::take(&mut self.values);
        self.values = values.into_iter().filter(|standing| !said.iter().any(|said| self.is_said_of(said, standing, true))).collect();
        Ok(())
    }

    /// Takes away the values that are meant.
    pub(super) fn remove_selected(&mut self, selection: &Selection<'_>) {
        self.values.retain(|value| !selection.passes(value));
    }

    /// Says more about the values that are meant, or with `is_whole` puts others in their places.
    pub(super) fn set_selected(
        &mut self,
        selection: &Selection<'_>,
        written: &Value,
        is_whole: bool,
        unknown: &mut Unknown<'_>,
    ) -> Result<(), Error> {
        let mut read = self.read(written, unknown)?;
        if read.len() > 1 {
            return Err(Error::invalid_value(format!("The values of `{}` that a filter chooses take one value.", self.attribute.name)));
        }
        let Some(value) = read.pop() else {
            if is_whole {
                self.remove_selected(selection);
            }
            return Ok(());
        };
        let mut places = self.places(selection);
        if places.is_empty() && is_whole {
            return Err(self.none_meant());
        }
        if places.is_empty() {
            places.push(self.grow(selection)?);
        }
        for place in &places {
            match (&mut self.values[*place], value.clone()) {
                (Value::Object(standing), Value::Object(value)) => {
                    if is_whole {
                        // What the filter says of the value goes on being true of it, unless the new one says otherwise.
                        *standing = selection.seed().unwrap_or_default();
                    }
                    standing.extend(value);
                }
                (standing, value) => *standing = value,
            }
        }
        self.settle(&places)
    }

    /// Writes or takes away a part of the values that are meant. Where none is, one is made, as Entra expects, if the filter
    /// says what it would be.
    pub(super) fn set_part(&mut self, selection: &Selection<'_>, sub: &Attribute, written: &Value) -> Result<(), Error> {
        let name = sub.name.as_ref();
        let Some(part) = simple(&format!("{}.{name}", self.attribute.name), sub, written)? else {
            self.remove_part(selection, sub);
            return Ok(());
        };
        let mut places = self.places(selection);
        if places.is_empty() {
            if selection.seed().is_some_and(|seed| seed.contains_key(name)) {
                return Err(self.none_meant());
            }
            places.push(self.grow(selection)?);
        }
        for place in &places {
            if let Value::Object(value) = &mut self.values[*place] {
                value.insert(name.to_owned(), part.clone());
            }
        }
        self.settle(&places)
    }

    /// Takes away a part of the values that are meant, and those of which nothing is left.
    pub(super) fn remove_part(&mut self, selection: &Selection<'_>, sub: &Attribute) {
        let attribute = self.attribute;
        self.values.retain_mut(|value| {
            if !selection.passes(value) {
                return true;
            }
            if let Value::Object(parts) = value {
                parts.remove(sub.name.as_ref());
            }
            !is_hollow(attribute, value)
        });
    }

    fn places(&self, selection: &Selection<'_>) -> Vec<usize> {
        self.values.iter().enumerate().filter(|(_, value)| selection.passes(value)).map(|(place, _)| place).collect()
    }

    /// Makes the value that a filter describes.
    fn grow(&mut self, selection: &Selection<'_>) -> Result<usize, Error> {
        let seed = selection.seed().ok_or_else(|| self.none_meant())?;
        self.values.push(Value::Object(seed));
        Ok(self.values.len() - 1)
    }

    fn none_meant(&self) -> Error {
        Error::no_target(format!("None of the values of `{}` passes the filter.", self.attribute.name))
    }

    /// The values that are written: a list, or one of its values alone.
    fn read(&self, written: &Value, unknown: &mut Unknown<'_>) -> Result<Vec<Value>, Error> {
        let one = std::slice::from_ref(written);
        let written = written.as_array().map_or(one, Vec::as_slice);
        self.check_length(written.len())?;
        let mut values = Vec::with_capacity(written.len());
        for written in written.iter().filter(|written| !is_nothing(written)) {
            let name = &self.attribute.name;
            if self.attribute.sub_attributes.is_empty() {
                values.extend(simple(name, self.attribute, written)?);
            } else {
                let value = object(parts(name, self.attribute, written, unknown)?);
                values.extend((!value.is_empty()).then_some(Value::Object(value)));
            }
        }
        Ok(values)
    }

    /// Whether all that is said is true of a value that stands in the list. Two that have a `value` are the same one by
    /// this and their type, unless `whole`: then by everything.
    fn is_said_of(&self, said: &Value, standing: &Value, whole: bool) -> bool {
        let (Value::Object(said), Value::Object(standing)) = (said, standing) else {
            return are_alike(self.attribute, said, standing);
        };
        let counts = |name: &str| match said.contains_key("value") {
            true => whole || name == "value" || name == "type",
            false => whole || name != "primary",
        };
        let mut counted = said.iter().filter(|(name, _)| counts(name)).peekable();
        let is_true = |(name, said): (&String, &Value)| {
            let sub = self.attribute.sub_attribute(name);
            standing.get(name).zip(sub).is_some_and(|(standing, sub)| are_alike(sub, said, standing))
        };
        counted.peek().is_some() && counted.all(is_true)
    }

    fn check_length(&self, length: usize) -> Result<(), Error> {
        let most = if self.attribute.sub_attributes.is_empty() { PLAIN_VALUES_MAX } else { ENTRIES_MAX };
        if length > most {
            return Err(Error::invalid_value(format!("`{}` has at most {most} values.", self.attribute.name)));
        }
        Ok(())
    }

    /// Where one of the values that were written is the primary one, no other is (RFC 7644, section 3.5.2). One that is
    /// still being made, and has nothing but what is said about it, takes nobody's place.
    fn settle(&mut self, written: &[usize]) -> Result<(), Error> {
        self.check_length(self.values.len())?;
        let is_primary = |value: &Value| value.get("primary") == Some(&Value::Bool(true));
        let counts = |value: &Value| is_primary(value) && !is_hollow(self.attribute, value);
        let mut first = written.iter().copied().filter(|place| counts(&self.values[*place]));
        let Some(primary) = first.next() else { return Ok(()) };
        if first.any(|place| place != primary) {
            return Err(Error::invalid_value(format!("One value of `{}` can be primary, not several.", self.attribute.name)));
        }
        for (place, value) in self.values.iter_mut().enumerate() {
            if place != primary && is_primary(value) {
                value["primary"] = Value::Bool(false);
            }
        }
        Ok(())
    }
}

/// Whether nothing is there of a value but what is said about it.
pub(super) fn is_hollow(attribute: &Attribute, value: &Value) -> bool {
    let Value::Object(parts) = value else { return false };
    match attribute.sub_attribute("value") {
        Some(_) => !parts.contains_key("value"),
        None => parts.keys().all(|name| matches!(name.as_str(), "type" | "primary" | "display")),
    }
}
