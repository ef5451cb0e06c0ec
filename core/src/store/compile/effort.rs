//! How much a read may cost, known before it begins.

use super::columns::{Columns, Kept};
use super::order;
use crate::query::{Comparison, Equality, Filter, Number, NumberExpression, OrderTerm, Test, TextExpression, Window};
use crate::store::backend::Effort;

/// Rows that a short read may return or step over.
const SHORT_ROWS_MAX: u64 = 10_000;

/// How much a read of this window in this order may cost.
pub(in crate::store) fn effort(filter: &Filter, order: &[OrderTerm], window: Window, columns: &Columns) -> Effort {
    let is_small = window.limit.is_some_and(|limit| limit.saturating_add(window.offset) <= SHORT_ROWS_MAX);
    let is_ordered_by_index = match order {
        [] => true,
        [only] => *filter == Filter::everything() && order::is_walked(&only.field, columns),
        _ => false,
    };
    if is_small && is_ordered_by_index && is_looked_up(filter, columns) { Effort::Short } else { Effort::Long }
}

/// Whether an index leads to the rows without passing many others.
fn is_looked_up(filter: &Filter, columns: &Columns) -> bool {
    let is_indexed = |kept: Kept| kept.column().is_none_or(|column| columns.is_indexed(column)) && kept != Kept::Elsewhere;
    match filter {
        Filter::Constant(_) => true,
        Filter::And(parts) | Filter::Or(parts) => parts.iter().all(|part| is_looked_up(part, columns)),
        Filter::Text { left: TextExpression::Field(field), comparison: Comparison::Equal, right } => {
            is_indexed((columns.text)(*field)) && matches!(right, TextExpression::Literal(_) | TextExpression::Absent)
        }
        Filter::Number { left: NumberExpression::Field(field), comparison: Comparison::Equal, right } => {
            is_indexed((columns.number)(*field))
                && matches!(right, NumberExpression::Literal(Number::Integer(_)) | NumberExpression::Absent)
        }
        Filter::Id { equality: Equality::Equal, .. } => true,
        Filter::Exact { field, test: Test::Comparison(Comparison::Equal), value: Some(_) } => is_indexed((columns.exact)(*field)),
        _ => false,
    }
}
