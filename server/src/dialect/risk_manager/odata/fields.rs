//! What can be filtered and ordered by, under the names that this API gives it.

use super::{Error, quoted};
use rollcall_core::domain::{AttributeKind, Definition, VariableName};
use rollcall_core::query::{IdField, NumberField, OrderField, TextField};

/// What stands before the variable name of a custom attribute.
pub const ATTRIBUTES: &str = "CustomAttributes/";

/// The fields of one resource, in the order of its documentation, and the custom attributes of its records.
#[derive(Clone, Copy, Debug)]
pub struct Fields<'a> {
    named: &'static [(&'static str, Field)],
    attributes: &'a [Definition],
}

/// One field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Field {
    Id,
    Text(TextField),
    /// Active, Blocked or NoAccess: text to the client, kept as the account's code.
    Status,
    Attribute(VariableName, AttributeKind),
}

impl<'a> Fields<'a> {
    pub const PEOPLE: Self = Self::new(&[
        ("Id", Field::Id),
        ("Name", Field::Text(TextField::Name)),
        ("Description", Field::Text(TextField::Description)),
        ("Email", Field::Text(TextField::Email)),
        ("Phone", Field::Text(TextField::Phone)),
        ("AdditionalInformation", Field::Text(TextField::AdditionalInformation)),
        ("Login", Field::Text(TextField::Login)),
        ("Status", Field::Status),
    ]);

    pub const GROUPS: Self = Self::new(&[
        ("Id", Field::Id),
        ("Name", Field::Text(TextField::Name)),
        ("Description", Field::Text(TextField::Description)),
        ("Email", Field::Text(TextField::Email)),
        ("AdditionalInformation", Field::Text(TextField::AdditionalInformation)),
        ("Responsible", Field::Text(TextField::ResponsibleName)),
    ]);

    pub const fn new(named: &'static [(&'static str, Field)]) -> Self {
        Self { named, attributes: &[] }
    }

    /// The same with the custom attributes that the organization has defined.
    pub const fn with(self, attributes: &'a [Definition]) -> Self {
        Self { named: self.named, attributes }
    }

    /// The field of this name, which is compared with case, as OData does. `position` is for the error.
    pub fn find(&self, position: usize, name: &str) -> Result<Field, Error> {
        if let Some(variable) = name.strip_prefix(ATTRIBUTES) {
            return self.find_attribute(position, variable);
        }
        let found = self.named.iter().find(|(known, _)| *known == name);
        let unknown = || Error::new(position, format!("unknown field {} (case counts); there are {}", quoted(name), self.names()));
        found.map(|(_, field)| field.clone()).ok_or_else(unknown)
    }

    fn find_attribute(&self, position: usize, variable: &str) -> Result<Field, Error> {
        let found = self.attributes.iter().find(|definition| definition.name.as_str() == variable);
        let unknown = || {
            let known = self.attribute_names();
            Error::new(position, format!("unknown custom attribute {} (case counts); there {known}", quoted(variable)))
        };
        let definition = found.ok_or_else(unknown)?;
        if definition.kind.is_files() {
            let message = format!("the attribute {} is of the type {}, which has nothing to compare", quoted(variable), definition.kind);
            return Err(Error::new(position, message));
        }
        Ok(Field::Attribute(definition.name.clone(), definition.kind))
    }

    /// `Id, Name, …`, for messages.
    pub fn names(&self) -> String {
        let names: Vec<&str> = self.named.iter().map(|(name, _)| *name).collect();
        names.join(", ")
    }

    /// The first custom attributes, for messages.
    fn attribute_names(&self) -> String {
        const SHOWN_MAX: usize = 20;
        if self.attributes.is_empty() {
            return "are none".to_owned();
        }
        let names: Vec<&str> = self.attributes.iter().take(SHOWN_MAX).map(|definition| definition.name.as_str()).collect();
        format!("are {}{}", names.join(", "), if self.attributes.len() > SHOWN_MAX { ", …" } else { "" })
    }
}

impl From<Field> for OrderField {
    fn from(field: Field) -> Self {
        match field {
            Field::Id => Self::Id(IdField::Id),
            Field::Text(field) => Self::Text(field),
            Field::Status => Self::Number(NumberField::Account),
            Field::Attribute(name, _) => Self::Attribute(name),
        }
    }
}
