//! The members of one object, by the attributes that it may have.

use super::super::error::Error;
use super::super::quirks::IGNORE_UNKNOWN_ATTRIBUTES;
use super::super::schema::Attribute;
use super::{Allows, value};
use serde_json::{Map, Value};

/// Characters of a written name that an error repeats.
const NAME_SHOWN_MAX: usize = 100;

/// Reads objects.
pub(super) struct Reader<'a> {
    allows: Allows<'a>,
    /// Asked once, because asking is written to the log.
    ignores_unknown: Option<bool>,
}

impl<'a> Reader<'a> {
    pub fn new(allows: Allows<'a>) -> Self {
        Self { allows, ignores_unknown: None }
    }

    /// The members of an object that may have these attributes. `prefix` stands in front of their names in messages.
    pub fn members(&mut self, attributes: &[Attribute], members: Map<String, Value>, prefix: &str) -> Result<Map<String, Value>, Error> {
        let mut read = Map::new();
        for (written, value) in members {
            match attributes.iter().find(|attribute| attribute.is_named(&written)) {
                Some(attribute) => {
                    let value = self.named(&format!("{prefix}{}", attribute.name), attribute, value)?;
                    put(&mut read, &attribute.name, value)?;
                }
                None => self.unknown(&format!("{prefix}{written}"))?,
            }
        }
        read.retain(|_, value| !value.is_null());
        Ok(read)
    }

    /// The value of an attribute that stands in the resource itself.
    pub fn value(&mut self, attribute: &Attribute, value: Value) -> Result<Option<Value>, Error> {
        self.named(&attribute.name, attribute, value)
    }

    /// Meets a name that means nothing.
    pub fn unknown(&mut self, name: &str) -> Result<(), Error> {
        let ignores = *self.ignores_unknown.get_or_insert_with(|| (self.allows)(&IGNORE_UNKNOWN_ATTRIBUTES));
        if ignores { Ok(()) } else { Err(Error::invalid_syntax(format!("There is no attribute `{}`.", shown(name)))) }
    }

    fn named(&mut self, name: &str, attribute: &Attribute, written: Value) -> Result<Option<Value>, Error> {
        if attribute.is_read_only() {
            return Ok(None);
        }
        match written {
            Value::Null => Ok(None),
            Value::Array(items) if attribute.multi_valued => self.list(name, attribute, items),
            _ if attribute.multi_valued => Err(Error::invalid_value(format!("`{name}` must be a list."))),
            written => self.single(name, attribute, written),
        }
    }

    fn list(&mut self, name: &str, attribute: &Attribute, items: Vec<Value>) -> Result<Option<Value>, Error> {
        let mut read = Vec::with_capacity(items.len());
        for item in items {
            // What had parts, all of them empty, is the place of a template that a client had nothing to put into.
            let is_template = item.as_object().is_some_and(|parts| !parts.is_empty());
            match self.single(name, attribute, item)? {
                Some(item) => read.push(item),
                None if is_template => {}
                None => return Err(Error::invalid_value(format!("`{name}` must have no empty values."))),
            }
        }
        if read.iter().filter(|item| item["primary"] == Value::Bool(true)).count() > 1 {
            return Err(Error::invalid_value(format!("`{name}` must have one primary value at most.")));
        }
        Ok((!read.is_empty()).then_some(Value::Array(read)))
    }

    fn single(&mut self, name: &str, attribute: &Attribute, written: Value) -> Result<Option<Value>, Error> {
        if attribute.sub_attributes.is_empty() {
            return value::simple(name, attribute.kind, written);
        }
        let written = match written {
            Value::Array(mut one) if !attribute.multi_valued && one.len() <= 1 => one.pop().unwrap_or_default(),
            written => written,
        };
        let members = match (written, attribute.sub_attribute("value")) {
            (Value::Null, _) => return Ok(None),
            (Value::Object(members), _) => members,
            (Value::String(empty), Some(_)) if empty.is_empty() => return Ok(None),
            (bare @ Value::String(_), Some(value)) => Map::from_iter([(value.name.to_string(), bare)]),
            _ => return Err(Error::invalid_value(format!("`{name}` must be an object."))),
        };
        let read = self.members(&attribute.sub_attributes, members, &format!("{name}."))?;
        Ok((!read.is_empty()).then_some(Value::Object(read)))
    }
}

/// Adds a member, unless one of its name, in whatever case, was there before.
pub(super) fn put(members: &mut Map<String, Value>, name: &str, value: Option<Value>) -> Result<(), Error> {
    match members.insert(name.to_owned(), value.unwrap_or(Value::Null)) {
        None => Ok(()),
        Some(_) => Err(Error::invalid_syntax(format!("`{name}` is given twice, in different cases."))),
    }
}

fn shown(name: &str) -> String {
    name.chars().take(NAME_SHOWN_MAX).collect()
}
