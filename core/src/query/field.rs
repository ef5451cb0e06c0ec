//! The fields that can be filtered and ordered by, one enum for each type of value.
//!
//! People and groups share them; what a record does not have is absent from it.

use crate::domain::VariableName;

/// Text, compared in its case-folded form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TextField {
    /// The whole name of a person (`Person::name`) or of a group.
    Name,
    Description,
    Email,
    Phone,
    AdditionalInformation,
    Login,
    /// A group's: the whole name of the person responsible for it.
    ResponsibleName,
}

impl TextField {
    pub const ALL: [Self; 7] =
        [Self::Name, Self::Description, Self::Email, Self::Phone, Self::AdditionalInformation, Self::Login, Self::ResponsibleName];
}

/// Whole numbers, and words that are kept as their code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NumberField {
    Number,
    JobTitle,
    Manager,
    /// [`Account::code`](crate::domain::Account::code).
    Account,
    /// [`PersonType::code`](crate::domain::PersonType::code).
    PersonType,
}

/// Moments.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum InstantField {
    UpdatedAt,
}

/// Uuids: equal or not, nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IdField {
    Id,
}

/// What a list can be ordered by.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum OrderField {
    Text(TextField),
    Number(NumberField),
    Instant(InstantField),
    Id(IdField),
    /// A custom attribute: numbers and moments by value, every other as the text that a filter sees.
    Attribute(VariableName),
}
