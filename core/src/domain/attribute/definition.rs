//! What an organization says of one attribute, and which values fit.

use super::limits::LimitsChange;
use super::{AttributeKind, AttributeObject, AttributeValue, Limits, VariableName, parse};
use crate::domain::{AttributeNumber, Change, Description, Instant, InvalidText, LongLabel};
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;

/// A custom attribute of people or of groups.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// Names it in the history; never reused.
    pub number: AttributeNumber,
    pub object: AttributeObject,
    /// Unique among the attributes of its object; case counts. Never changes.
    pub name: VariableName,
    pub kind: AttributeKind,
    /// What people call it.
    pub label: LongLabel,
    pub description: Option<Description>,
    pub limits: Limits,
    pub created_at: Instant,
    pub updated_at: Instant,
}

/// What a new attribute is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDefinition {
    pub object: AttributeObject,
    pub name: VariableName,
    pub kind: AttributeKind,
    /// The variable name where there is none.
    pub label: Option<LongLabel>,
    pub description: Option<Description>,
    pub limits: Limits,
}

/// What an edit asks of a definition.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DefinitionChange {
    pub kind: Option<AttributeKind>,
    pub label: Option<LongLabel>,
    pub description: Change<Description>,
    pub limits: LimitsChange,
}

/// A value that does not fit its attribute. The message names the attribute and the rule and never quotes the value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("custom.{name} {reason}")]
pub struct InvalidAttribute {
    pub name: VariableName,
    /// What the value must be, in words that follow the name.
    pub reason: String,
}

impl NewDefinition {
    /// Text without limits, as an import defines what nobody has.
    pub const fn text(object: AttributeObject, name: VariableName) -> Self {
        let limits = Limits {
            length_min: None,
            length_max: None,
            value_min: None,
            value_max: None,
            decimal_places: None,
            allowed_values: Vec::new(),
            files_max: None,
        };
        Self { object, name, kind: AttributeKind::Text, label: None, description: None, limits }
    }
}

impl Definition {
    /// The attribute of this name.
    pub fn find<'a>(definitions: &'a [Self], object: AttributeObject, name: &VariableName) -> Option<&'a Self> {
        definitions.iter().find(|definition| definition.object == object && definition.name == *name)
    }

    /// Refuses limits that its type does not have or that no value could keep.
    pub fn new(new: NewDefinition, number: AttributeNumber, now: Instant) -> Result<Self, InvalidText> {
        new.limits.check_for(new.kind)?;
        let label = match new.label {
            Some(label) => label,
            None => LongLabel::parse(new.name.as_str())?,
        };
        let NewDefinition { object, name, kind, description, limits, .. } = new;
        Ok(Self { number, object, name, kind, label, description, limits, created_at: now, updated_at: now })
    }

    /// As an edit would have it; its moments stay.
    pub fn changed(&self, change: DefinitionChange) -> Result<Self, InvalidText> {
        let mut changed = self.clone();
        let DefinitionChange { kind, label, description, limits } = change;
        changed.kind = kind.unwrap_or(changed.kind);
        changed.label = label.unwrap_or(changed.label);
        description.apply(&mut changed.description);
        limits.apply(&mut changed.limits);
        changed.limits.check_for(changed.kind)?;
        Ok(changed)
    }

    /// What it says, as lists and the history show it: what is absent is left out.
    pub fn to_json(&self) -> Map<String, Json> {
        let mut members = Map::new();
        let mut put = |name: &str, value: &str| drop(members.insert(name.to_owned(), value.into()));
        put("object", self.object.as_str());
        put("name", self.name.as_str());
        put("type", self.kind.as_str());
        put("label", self.label.as_str());
        if let Some(description) = &self.description {
            put("description", description.as_str());
        }
        members.extend(self.limits.to_json());
        members
    }

    /// The value that an API's JSON means. Null is no value, and is for the caller to have met before.
    pub fn parse_json(&self, json: &Json) -> Result<AttributeValue, InvalidAttribute> {
        let value = parse::json(self.kind, json).map_err(|reason| self.refusal(reason))?;
        self.check(&value)?;
        Ok(value)
    }

    /// The value that a cell of text means: lists have `;` between their items, or are JSON like objects.
    pub fn parse_text(&self, text: &str) -> Result<AttributeValue, InvalidAttribute> {
        let value = parse::text(self.kind, text).map_err(|reason| self.refusal(reason))?;
        self.check(&value)?;
        Ok(value)
    }

    /// Whether a value is of this attribute's type and keeps within its limits.
    pub fn check(&self, value: &AttributeValue) -> Result<(), InvalidAttribute> {
        let checked = value.check().and_then(|()| parse::check(self.kind, value)).and_then(|()| self.limits.check(value));
        checked.map_err(|reason| self.refusal(reason))
    }

    fn refusal(&self, reason: String) -> InvalidAttribute {
        InvalidAttribute { name: self.name.clone(), reason }
    }
}

/// Whether what a write asks of the attributes of one record can be: each is defined, and each value fits.
pub fn check_custom(
    definitions: &[Definition],
    object: AttributeObject,
    custom: &BTreeMap<VariableName, Change<AttributeValue>>,
) -> Result<(), InvalidAttribute> {
    for (name, change) in custom {
        match (Definition::find(definitions, object, name), change) {
            (_, Change::Keep) | (Some(_), Change::Clear) => {}
            (Some(definition), Change::Set(value)) => definition.check(value)?,
            (None, _) => {
                return Err(InvalidAttribute { name: name.clone(), reason: "is not an attribute of this organization".to_owned() });
            }
        }
    }
    Ok(())
}
