//! An order as SQL, where columns hold all that it is by.

use super::columns::{Columns, Kept, id_column};
use crate::query::{Direction, NumberField, OrderField, OrderTerm, TextField};
use crate::store::ranks::{Column, KeyType};

/// `order by` with ties by number. `None`: no columns hold
/// what the records are ordered by, so whoever reads the rows orders them in memory.
pub(in crate::store) fn order_by(terms: &[OrderTerm], columns: &Columns) -> Option<String> {
    let mut seen = Vec::new();
    let mut clauses = Vec::new();
    for term in terms {
        let column = match key(&term.field, columns) {
            Kept::Column(column) => column,
            Kept::Elsewhere => return None,
            // All are alike in what none of them has.
            Kept::Nowhere => continue,
        };
        if seen.contains(&column) {
            continue;
        }
        let direction = match term.direction {
            Direction::Ascending => "asc",
            Direction::Descending => "desc",
        };
        // Said of a column that is never absent, it would keep PostgreSQL from walking the column's index.
        let absent = match term.has_absent_last() {
            _ if columns.is_required(column) => "",
            true => " nulls last",
            false => " nulls first",
        };
        clauses.push(format!("{column} {direction}{absent}"));
        seen.push(column);
    }
    if !seen.contains(&"number") {
        clauses.push("number asc".to_owned());
    }
    Some(format!(" order by {}", clauses.join(", ")))
}

/// The one column that people are ordered by, if an index begins with it.
pub(in crate::store) fn order_column(terms: &[OrderTerm], columns: &Columns) -> Option<Column> {
    let [term] = terms else { return None };
    let keys = match &term.field {
        OrderField::Text(_) => KeyType::Text,
        OrderField::Number(NumberField::Number) => return None,
        OrderField::Number(_) | OrderField::Instant(_) => KeyType::Integer,
        OrderField::Id(_) => KeyType::Bytes,
        _ => return None,
    };
    let name = key(&term.field, columns).column().filter(|column| columns.is_indexed(column))?;
    Some(Column { name, keys, direction: term.direction, is_required: columns.is_required(name), has_absent_last: term.has_absent_last() })
}

/// Whether the rows are read in this order by walking an index.
pub(in crate::store) fn is_walked(order: &[OrderTerm], columns: &Columns) -> bool {
    match order {
        [] => true,
        [only] => is_term_walked(only, columns),
        _ => false,
    }
}

pub(super) fn is_term_walked(term: &OrderTerm, columns: &Columns) -> bool {
    match key(&term.field, columns) {
        Kept::Column(column) => column != RESPONSIBLE_NAME && columns.is_walked(column, term),
        Kept::Elsewhere => false,
        Kept::Nowhere => true,
    }
}

/// What a term orders rows by.
fn key(field: &OrderField, columns: &Columns) -> Kept {
    match field {
        OrderField::Text(TextField::ResponsibleName) if columns.table == "groups" => Kept::Column(RESPONSIBLE_NAME),
        OrderField::Text(field) => (columns.text)(*field),
        OrderField::Number(field) => (columns.number)(*field),
        OrderField::Instant(field) => (columns.instant)(*field),
        OrderField::Id(field) => Kept::Column(id_column(*field)),
        // Texts that are compared with their case stand in columns that each backend may order in its own way.
        OrderField::Exact(_) | OrderField::Boolean(_) | OrderField::Attribute(_) | OrderField::Element { .. } => Kept::Elsewhere,
    }
}

const RESPONSIBLE_NAME: &str = "(select people.name_folded from people where people.organization_id = groups.organization_id \
    and people.number = groups.responsible_number)";
