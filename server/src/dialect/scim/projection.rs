//! `attributes` and `excludedAttributes`: which of a resource's attributes an answer shows (RFC 7644, section 3.9).
//!
//! Names may be bare, behind the URN of their schema, or a schema's URN alone, with sub-attributes, all in any case. A
//! name that means nothing here chooses nothing: a client may ask many servers for the same. What is shown only where it is
//! asked for is shown where it, or what holds it, is named.

#[cfg(test)]
mod tests;

use super::error::Error;
use super::filter::AttributePath;
use super::schema::{Attribute, ResourceSchema, Returned, Schema};
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// Which attributes an answer shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Projection {
    /// Those that are shown when nobody says.
    #[default]
    Usual,
    /// These, and those that are always shown.
    Only(Names),
    /// Those that are shown when nobody says, without these.
    Without(Names),
}

/// Attributes that are named. Each is there once however often it was named, so there are as many at most as the schema
/// has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names(BTreeSet<Name>);

/// One name, in its canonical spelling.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Name {
    /// The URN of the extension; empty for what stands in the resource itself.
    extension: &'static str,
    /// Absent: every attribute of the schema.
    attribute: Option<String>,
    /// Absent: the whole attribute.
    sub_attribute: Option<String>,
}

impl Projection {
    /// From the two parameters of a query string, which are lists with commas.
    pub fn of_texts(attributes: Option<&str>, excluded: Option<&str>, schema: &ResourceSchema) -> Result<Self, Error> {
        let list = |text: Option<&str>| -> Vec<String> { text.unwrap_or_default().split(',').map(str::to_owned).collect() };
        Self::of_lists(&list(attributes), &list(excluded), schema)
    }

    /// From the two lists of names in the body of a search. A list without names is none.
    pub fn of_lists(attributes: &[String], excluded: &[String], schema: &ResourceSchema) -> Result<Self, Error> {
        let has_names = |list: &[String]| list.iter().any(|name| !name.trim().is_empty());
        match (has_names(attributes), has_names(excluded)) {
            (false, false) => Ok(Self::Usual),
            (true, false) => Ok(Self::Only(Names::of(attributes, schema))),
            (false, true) => Ok(Self::Without(Names::of(excluded, schema))),
            (true, true) => Err(Error::invalid_value("Send `attributes` or `excludedAttributes`, not both.")),
        }
    }

    /// Whether the answer shows anything of this attribute. What it does not show need not be read.
    pub fn shows(&self, extension: Option<&Schema>, attribute: &Attribute) -> bool {
        let urn = extension.map_or("", |extension| extension.id);
        match (attribute.returned, self) {
            (Returned::Always, _) => true,
            (_, Self::Only(names)) => names.touch(urn, attribute),
            (Returned::Request, _) => false,
            (Returned::Default, Self::Usual) => true,
            (Returned::Default, Self::Without(names)) => !names.cover(urn, attribute, None),
        }
    }

    /// Whether every attribute is shown as it is shown when nobody says, or whole, or not at all.
    pub fn is_of_whole_attributes(&self) -> bool {
        match self {
            Self::Usual => true,
            Self::Only(names) | Self::Without(names) => names.0.iter().all(|name| name.sub_attribute.is_none()),
        }
    }

    /// The resource as the answer shows it. Of the schemas it names those alone that it shows something of, so whoever
    /// puts it back is known not to know of the others.
    pub fn apply(&self, schema: &ResourceSchema, resource: Map<String, Value>) -> Map<String, Value> {
        let shown = resource.into_iter().filter_map(|(name, value)| {
            let shown = match (schema.extension(&name), value) {
                (Some(extension), Value::Object(members)) => self.extension(extension, members),
                (_, value) => self.attribute(None, schema.bare().find(|attribute| attribute.name == name)?, value),
            };
            Some((name, shown?))
        });
        let mut shown: Map<String, Value> = shown.collect();
        let extensions: Vec<&str> = schema.extensions().map(|extension| extension.id).filter(|urn| shown.contains_key(*urn)).collect();
        let is_shown = |urn: &Value| urn.as_str().is_some_and(|urn| urn == schema.core().id || extensions.contains(&urn));
        if let Some(Value::Array(urns)) = shown.get_mut("schemas") {
            urns.retain(is_shown);
        }
        shown
    }

    fn extension(&self, extension: &Schema, members: Map<String, Value>) -> Option<Value> {
        let shown = members.into_iter().filter_map(|(name, value)| {
            let shown = self.attribute(Some(extension), extension.attribute(&name)?, value)?;
            Some((name, shown))
        });
        let shown: Map<String, Value> = shown.collect();
        (!shown.is_empty()).then_some(Value::Object(shown))
    }

    fn attribute(&self, extension: Option<&Schema>, attribute: &Attribute, value: Value) -> Option<Value> {
        if !self.shows(extension, attribute) {
            return None;
        }
        let urn = extension.map_or("", |extension| extension.id);
        let is_usual = |sub: &str| attribute.sub_attribute(sub).is_none_or(|sub| sub.returned != Returned::Request);
        match self {
            _ if attribute.sub_attributes.is_empty() => Some(value),
            Self::Usual => parts(value, &is_usual),
            Self::Only(names) if names.cover(urn, attribute, None) => Some(value),
            Self::Only(names) => parts(value, &|sub| names.cover(urn, attribute, Some(sub))),
            Self::Without(names) => parts(value, &|sub| is_usual(sub) && !names.cover(urn, attribute, Some(sub))),
        }
    }
}

/// The parts of a value, or of each value of a list, that are shown; nothing where none is.
fn parts(value: Value, shows: &dyn Fn(&str) -> bool) -> Option<Value> {
    match value {
        Value::Object(mut members) => {
            members.retain(|name, _| shows(name));
            (!members.is_empty()).then_some(Value::Object(members))
        }
        Value::Array(items) => {
            let items: Vec<Value> = items.into_iter().filter_map(|item| parts(item, shows)).collect();
            (!items.is_empty()).then_some(Value::Array(items))
        }
        simple => Some(simple),
    }
}

impl Names {
    fn of(list: &[String], schema: &ResourceSchema) -> Self {
        Self(list.iter().filter_map(|name| Name::of(name.trim(), schema)).collect())
    }

    /// Whether all of the attribute, or of its sub-attribute, is named.
    fn cover(&self, urn: &str, attribute: &Attribute, sub: Option<&str>) -> bool {
        self.of_attribute(urn, attribute).any(|name| name.sub_attribute.is_none() || name.sub_attribute.as_deref() == sub)
    }

    /// Whether something of the attribute is named.
    fn touch(&self, urn: &str, attribute: &Attribute) -> bool {
        self.of_attribute(urn, attribute).next().is_some()
    }

    fn of_attribute(&self, urn: &str, attribute: &Attribute) -> impl Iterator<Item = &Name> {
        let is_of = move |name: &&Name| name.extension == urn && name.attribute.as_ref().is_none_or(|named| *named == attribute.name);
        self.0.iter().filter(is_of)
    }
}

impl Name {
    fn of(text: &str, schema: &ResourceSchema) -> Option<Self> {
        if schema.core().is_called(text) {
            return Some(Self { extension: "", attribute: None, sub_attribute: None });
        }
        if let Some(extension) = schema.extension(text) {
            return Some(Self { extension: extension.id, attribute: None, sub_attribute: None });
        }
        let path = AttributePath::parse(text).ok()?;
        let resolved = schema.resolve(&path).ok()?;
        Some(Self {
            extension: resolved.extension.map_or("", |extension| extension.id),
            attribute: Some(resolved.attribute.name.to_string()),
            sub_attribute: resolved.sub_attribute.map(|sub| sub.name.to_string()),
        })
    }
}
