//! How much a read may cost, known before it begins.

use super::columns::{self, Columns, Kept};
use super::order;
use crate::query::{
    Comparison, Equality, ExactField, Filter, ListField, Number, NumberExpression, OrderTerm, Part, PersonQuery, Test, TextExpression,
    TextField, Window,
};
use crate::store::backend::Effort;

/// Rows that a short read may return or step over.
const SHORT_ROWS_MAX: u64 = 10_000;

/// How much a read of people may cost, as far as its filter, its order and its window say it.
pub(in crate::store) fn people_effort(query: &PersonQuery) -> Effort {
    effort(&query.filter, &query.order, query.window, &columns::PEOPLE)
}

/// How much a read of this window in this order may cost.
pub(in crate::store) fn effort(filter: &Filter, order: &[OrderTerm], window: Window, columns: &Columns) -> Effort {
    let is_small = window.limit.is_some_and(|limit| limit.saturating_add(window.offset) <= SHORT_ROWS_MAX);
    let is_ordered_by_index = match order {
        [] => true,
        [only] => *filter == Filter::everything() && order::is_term_walked(only, columns),
        _ => false,
    };
    if is_small && is_ordered_by_index && is_looked_up(filter, columns) { Effort::Short } else { Effort::Long }
}

/// Whether an index leads to the rows without passing many others.
fn is_looked_up(filter: &Filter, columns: &Columns) -> bool {
    let is_indexed = |kept: Kept| kept.column().is_none_or(|column| columns.is_indexed(column)) && kept != Kept::Elsewhere;
    match filter {
        Filter::Constant(_) => true,
        Filter::And(parts) => parts.iter().any(is_selective) || parts.iter().all(|part| is_looked_up(part, columns)),
        Filter::Or(parts) => parts.iter().all(|part| is_looked_up(part, columns)),
        Filter::Text { left: TextExpression::Field(TextField::DisplayName), comparison: Comparison::Equal, right } => {
            columns.table == "people" && matches!(right, TextExpression::Literal(text) if !text.is_empty())
        }
        Filter::Text { left: TextExpression::Field(field), comparison: Comparison::Equal, right } => {
            is_indexed((columns.text)(*field)) && matches!(right, TextExpression::Literal(_) | TextExpression::Absent)
        }
        Filter::Number { left: NumberExpression::Field(field), comparison: Comparison::Equal, right } => {
            is_indexed((columns.number)(*field))
                && matches!(right, NumberExpression::Literal(Number::Integer(_)) | NumberExpression::Absent)
        }
        Filter::Id { equality: Equality::Equal, .. } => true,
        Filter::Exact { field, test: Test::Comparison(Comparison::Equal), value: Some(_) } => is_indexed((columns.exact)(*field)),
        Filter::Any { list, filter } => is_listed(list, filter),
        _ => false,
    }
}

/// Whether an index leads to one record, or to few, whatever else is asked of them.
pub(super) fn is_selective(filter: &Filter) -> bool {
    match filter {
        Filter::And(parts) => parts.iter().any(is_selective),
        Filter::Or(parts) => parts.iter().all(is_selective),
        Filter::Id { equality: Equality::Equal, .. } => true,
        Filter::Exact { field: ExactField::Id | ExactField::ExternalId, test: Test::Comparison(Comparison::Equal), value: Some(_) } => true,
        Filter::Text { left: TextExpression::Field(TextField::Login | TextField::Email), comparison: Comparison::Equal, right } => {
            matches!(right, TextExpression::Literal(_))
        }
        Filter::Any { list: list @ (ListField::Emails | ListField::Phones), filter } => is_listed(list, filter),
        _ => false,
    }
}

/// Whether few pass a filter, so that to count them is to look them up.
pub(in crate::store) fn is_counted_at_once(filter: &Filter) -> bool {
    match filter {
        Filter::And(parts) => parts.iter().any(is_counted_at_once),
        Filter::Or(parts) => parts.iter().all(is_counted_at_once),
        Filter::Text { comparison: Comparison::Equal, right: TextExpression::Literal(_), .. } => true,
        other => is_selective(other),
    }
}

/// Whether an index leads from one element to the records that have it in their list.
fn is_listed(list: &ListField, filter: &Filter) -> bool {
    let is_record = matches!(list, ListField::Manager | ListField::Members | ListField::Responsible);
    let is_equal = |test: &Test| *test == Test::Comparison(Comparison::Equal);
    match filter {
        Filter::And(parts) => parts.iter().any(|part| is_listed(list, part)),
        Filter::Or(parts) => parts.iter().all(|part| is_listed(list, part)),
        Filter::Id { equality: Equality::Equal, .. } => is_record,
        Filter::Exact { field: ExactField::Id | ExactField::Part(Part::Value), test, value: Some(_) } => is_record && is_equal(test),
        Filter::Text { left: TextExpression::Field(TextField::Part(Part::Value)), comparison: Comparison::Equal, right } => {
            (is_record || matches!(list, ListField::Emails | ListField::Phones)) && matches!(right, TextExpression::Literal(_))
        }
        _ => false,
    }
}
