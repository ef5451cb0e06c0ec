//! Which column holds which field of one kind of record.

use crate::query::{Absent, Direction, ExactField, IdField, InstantField, NumberField, OrderTerm, TextField};

/// Where a field of a record is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) enum Kept {
    /// In a column of its own, text folded.
    Column(&'static str),
    /// In the packed record alone, or in another table.
    Elsewhere,
    /// Records of this kind never have it.
    Nowhere,
}

impl Kept {
    pub(super) const fn column(self) -> Option<&'static str> {
        match self {
            Self::Column(column) => Some(column),
            Self::Elsewhere | Self::Nowhere => None,
        }
    }
}

/// The columns of one kind of record.
pub(in crate::store) struct Columns {
    pub(super) table: &'static str,
    pub(super) text: fn(TextField) -> Kept,
    pub(super) number: fn(NumberField) -> Kept,
    pub(super) instant: fn(InstantField) -> Kept,
    pub(super) exact: fn(ExactField) -> Kept,
    /// Those of them that no record is without.
    required: &'static [&'static str],
    /// Those of them that no index begins with.
    unindexed: &'static [&'static str],
    /// Those of them with few values, each of which many records have.
    few_valued: &'static [&'static str],
    /// Those of them that may be absent and have an index for either place of what is.
    absent_at_either_end: &'static [&'static str],
}

impl Columns {
    pub(super) fn is_indexed(&self, column: &str) -> bool {
        !self.unindexed.contains(&column)
    }

    pub(super) fn is_required(&self, column: &str) -> bool {
        self.required.contains(&column)
    }

    /// Whether an index holds the records in this order, ties by number included, or nearly so.
    pub(super) fn is_walked(&self, column: &str, term: &OrderTerm) -> bool {
        let is_index_in_order = term.absent == Absent::Least || self.is_required(column) || self.absent_at_either_end.contains(&column);
        // Walked down, an index has ties the wrong way round, so all that tie are read and sorted.
        let has_few_ties = term.direction == Direction::Ascending || !self.few_valued.contains(&column);
        self.is_indexed(column) && is_index_in_order && has_few_ties
    }
}

pub(in crate::store) const PEOPLE: Columns = Columns {
    table: "people",
    text: |field| match field {
        TextField::Name => Kept::Column("name_folded"),
        TextField::Description => Kept::Column("description_folded"),
        TextField::Email => Kept::Column("email_folded"),
        TextField::Phone => Kept::Column("phone_folded"),
        TextField::AdditionalInformation => Kept::Column("additional_information_folded"),
        TextField::Login => Kept::Column("login_folded"),
        TextField::ResponsibleName | TextField::Part(_) => Kept::Nowhere,
        _ => Kept::Elsewhere,
    },
    number: |field| match field {
        NumberField::Number => Kept::Column("number"),
        NumberField::JobTitle => Kept::Column("job_title_number"),
        NumberField::Manager => Kept::Column("manager_number"),
        NumberField::Account => Kept::Column("account"),
        NumberField::PersonType => Kept::Column("person_type"),
        NumberField::Role => Kept::Column("role_number"),
        NumberField::Level => Kept::Column("level_number"),
        NumberField::PriceList => Kept::Column("price_list_number"),
        NumberField::Value => Kept::Nowhere,
    },
    instant: |field| match field {
        InstantField::UpdatedAt => Kept::Column("updated_at"),
        InstantField::CreatedAt | InstantField::LastActiveAt => Kept::Elsewhere,
    },
    exact: |field| match field {
        ExactField::Id => Kept::Column("id"),
        ExactField::ExternalId => Kept::Column("external_id"),
        ExactField::Identity => Kept::Column("identity_id"),
        ExactField::ProfileUrl => Kept::Elsewhere,
        ExactField::Part(_) => Kept::Nowhere,
    },
    required: &["number", "id", "name_folded", "account", "person_type", "updated_at"],
    unindexed: &["level_number", "price_list_number"],
    few_valued: &["account", "person_type", "role_number", "job_title_number", "manager_number"],
    absent_at_either_end: &["login_folded"],
};

pub(in crate::store) const GROUPS: Columns = Columns {
    table: "groups",
    text: |field| match field {
        TextField::Name => Kept::Column("name_folded"),
        TextField::Description => Kept::Column("description_folded"),
        TextField::Email => Kept::Column("email_folded"),
        TextField::AdditionalInformation => Kept::Column("additional_information_folded"),
        TextField::ResponsibleName => Kept::Elsewhere,
        _ => Kept::Nowhere,
    },
    number: |field| match field {
        NumberField::Number => Kept::Column("number"),
        _ => Kept::Nowhere,
    },
    instant: |field| match field {
        InstantField::UpdatedAt => Kept::Column("updated_at"),
        InstantField::CreatedAt => Kept::Column("created_at"),
        InstantField::LastActiveAt => Kept::Nowhere,
    },
    exact: |field| match field {
        ExactField::Id => Kept::Column("id"),
        ExactField::ExternalId => Kept::Column("external_id"),
        ExactField::Identity | ExactField::ProfileUrl | ExactField::Part(_) => Kept::Nowhere,
    },
    required: &["number", "id", "name_folded", "created_at", "updated_at"],
    unindexed: &["created_at", "updated_at"],
    few_valued: &[],
    absent_at_either_end: &[],
};

pub(super) const fn id_column(field: IdField) -> &'static str {
    match field {
        IdField::Id => "id",
    }
}
