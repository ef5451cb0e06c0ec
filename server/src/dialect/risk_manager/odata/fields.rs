//! What can be filtered and ordered by, under the names that this API gives it.

use super::{Error, quoted};
use rollcall_core::query::{IdField, NumberField, OrderField, TextField};

/// The fields of one resource, in the order of its documentation.
#[derive(Clone, Copy, Debug)]
pub struct Fields(pub &'static [(&'static str, Field)]);

/// One field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    Id,
    Text(TextField),
    /// Active, Blocked or NoAccess: text to the client, kept as the account's code.
    Status,
}

impl Fields {
    pub const PEOPLE: Self = Self(&[
        ("Id", Field::Id),
        ("Name", Field::Text(TextField::Name)),
        ("Description", Field::Text(TextField::Description)),
        ("Email", Field::Text(TextField::Email)),
        ("Phone", Field::Text(TextField::Phone)),
        ("AdditionalInformation", Field::Text(TextField::AdditionalInformation)),
        ("Login", Field::Text(TextField::Login)),
        ("Status", Field::Status),
    ]);

    pub const GROUPS: Self = Self(&[
        ("Id", Field::Id),
        ("Name", Field::Text(TextField::Name)),
        ("Description", Field::Text(TextField::Description)),
        ("Email", Field::Text(TextField::Email)),
        ("AdditionalInformation", Field::Text(TextField::AdditionalInformation)),
        ("Responsible", Field::Text(TextField::ResponsibleName)),
    ]);

    /// The field of this name, which is compared with case, as OData does. `position` is for the error.
    pub fn find(&self, position: usize, name: &str) -> Result<Field, Error> {
        let found = self.0.iter().find(|(known, _)| *known == name);
        let unknown = || Error::new(position, format!("unknown field {} (case counts); there are {}", quoted(name), self.names()));
        found.map(|(_, field)| *field).ok_or_else(unknown)
    }

    /// `Id, Name, …`, for messages.
    pub fn names(&self) -> String {
        let names: Vec<&str> = self.0.iter().map(|(name, _)| *name).collect();
        names.join(", ")
    }
}

impl From<Field> for OrderField {
    fn from(field: Field) -> Self {
        match field {
            Field::Id => Self::Id(IdField::Id),
            Field::Text(field) => Self::Text(field),
            Field::Status => Self::Number(NumberField::Account),
        }
    }
}
