//! Custom attributes of a line: read by their definitions; what nobody has defined becomes a text.

use super::Cell;
use super::loading::Fault;
use super::references;
use crate::directory::recording::Recorder;
use crate::domain::{AttributeObject, AttributeValue, Change, DEFINITIONS_MAX, Definition, NewDefinition, VariableName};
use crate::store::{Numbered, WriteTransaction};
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// What the columns of attributes begin with, before the name.
pub(super) const PREFIX: &str = "custom.";

/// The definitions of one kind of record, as they stand in one transaction.
#[derive(Debug)]
pub(super) struct Definitions {
    object: AttributeObject,
    known: BTreeMap<VariableName, Definition>,
}

/// What becomes of attributes, by name.
pub(super) type AttributesChange = BTreeMap<VariableName, Change<AttributeValue>>;

/// What a line says of attributes.
#[derive(Debug, Default)]
pub(super) struct Said {
    pub(super) values: AttributesChange,
    /// Those that are still to be defined.
    undefined: Vec<VariableName>,
}

/// The name of the attribute whose column this is.
pub(super) fn named_by(column: &str) -> Option<Result<VariableName, String>> {
    column.strip_prefix(PREFIX).map(|name| VariableName::parse(name).map_err(|error| error.reason))
}

impl Definitions {
    pub(super) fn of(object: AttributeObject, all: Vec<Definition>) -> Self {
        let own = all.into_iter().filter(|definition| definition.object == object);
        Self { object, known: own.map(|definition| (definition.name.clone(), definition)).collect() }
    }

    /// For a line that says nothing of any.
    pub(super) const fn none(object: AttributeObject) -> Self {
        Self { object, known: BTreeMap::new() }
    }

    /// Reads every cell, and refuses the line with all reasons at once. Makes nothing yet.
    pub(super) fn read(&self, cells: Vec<(VariableName, Cell)>) -> Result<Said, Fault> {
        let (mut said, mut faults) = (Said::default(), Vec::new());
        for (name, cell) in cells {
            let definition = self.known.get(&name);
            if definition.is_none() {
                said.undefined.push(name.clone());
            }
            match definition.map_or_else(|| cell.free_text(), |definition| cell.attribute(definition)) {
                Ok(change) => drop(said.values.insert(name, change)),
                Err(reason) => faults.push(format!("{PREFIX}{name} {reason}")),
            }
        }
        if self.known.len() + said.undefined.len() > DEFINITIONS_MAX {
            faults.push(format!("custom attributes are {DEFINITIONS_MAX} at most, and the line would define more"));
        }
        if faults.is_empty() { Ok(said) } else { Err(Fault::Line(faults.join("; "))) }
    }

    /// Defines what a line has named first, and gives back its values.
    pub(super) async fn define(&mut self, tx: &mut WriteTransaction, said: Said, recorder: &Recorder) -> Result<AttributesChange, Fault> {
        for name in said.undefined.into_iter().filter(|name| !self.known.contains_key(name)).collect::<Vec<_>>() {
            let number = references::next(tx, Numbered::Attribute, "attribute").await?;
            let definition = Definition::new(NewDefinition::text(self.object, name.clone()), number, recorder.at())?;
            tx.insert_definition(&definition).await?;
            recorder.note_fields(tx, ("create", "attribute"), number.get(), None, Some(definition.to_json())).await?;
            self.known.insert(name, definition);
        }
        Ok(said.values)
    }
}

impl Cell {
    /// The value of an attribute. Nothing clears it.
    fn attribute(&self, definition: &Definition) -> Result<Change<AttributeValue>, String> {
        let value = match self {
            Self::Empty | Self::Null => return Ok(Change::Clear),
            Self::Text(text) | Self::Number(text) => definition.parse_text(text),
            Self::Boolean(_) | Self::List(_) | Self::Object(_) => definition.parse_json(&self.json()),
        };
        value.map(Change::Set).map_err(|misfit| misfit.reason)
    }

    /// The value of an attribute that nobody has defined.
    fn free_text(&self) -> Result<Change<AttributeValue>, String> {
        match self.written()? {
            None => Ok(Change::Clear),
            Some(text) => AttributeValue::parse(text).map(Change::Set).map_err(|error| error.reason),
        }
    }

    pub(super) fn json(&self) -> Json {
        match self {
            Self::Empty | Self::Null => Json::Null,
            Self::Text(text) => Json::from(text.as_str()),
            Self::Boolean(answer) => Json::from(*answer),
            // A number too great for JSON's own is no value of any attribute.
            Self::Number(digits) => serde_json::from_str(digits).unwrap_or_default(),
            Self::List(items) => items.iter().map(Self::json).collect(),
            Self::Object(members) => Json::Object(members.iter().map(|(name, cell)| (name.clone(), cell.json())).collect()),
        }
    }
}
