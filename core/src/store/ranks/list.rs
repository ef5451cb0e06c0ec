//! What a ranking is of.

use super::Column;
use crate::domain::OrganizationId;
use crate::query::{
    Comparison, Direction, Filter, ListField, Number, NumberExpression, NumberField, OrderField, OrderTerm, PersonQuery, TextExpression,
};
use crate::store::compile;
use std::sync::Arc;

/// People who pass a filter, in an order. The filter needs nobody's groups and nobody else's record to say who passes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(in crate::store) struct List {
    pub(super) organization: OrganizationId,
    /// As programmers see it, which is all of it. `None`: everybody.
    filter: Option<Arc<str>>,
    /// `None`: by number, up or down.
    pub(super) by: Option<Column>,
}

impl List {
    /// The people that a query is about, by number. `None`: no ranking is made of them.
    pub(in crate::store) fn of(organization: OrganizationId, query: &PersonQuery) -> Option<Self> {
        let around = [ListField::Groups, ListField::Members, ListField::Manager, ListField::Responsible];
        if query.member_of.is_some() || around.iter().any(|list| query.filter.mentions(list)) {
            return None;
        }
        let filter = (query.filter != Filter::everything()).then(|| format!("{:?}", query.filter).into());
        Some(Self { organization, filter, by: None })
    }

    /// The same people in the order of the query, where that is one that a ranking can be of.
    pub(super) fn ordered(self, order: &[OrderTerm]) -> Option<Self> {
        if by_number(order).is_some() {
            return Some(self);
        }
        compile::order_column(order, &compile::PEOPLE).map(|column| Self { by: Some(column), ..self })
    }

    /// Everybody of the same organization, by number.
    pub(super) const fn everybody(&self) -> Self {
        Self { organization: self.organization, filter: None, by: None }
    }

    /// Whether all pass who are there at all.
    pub(super) const fn is_of_everybody(&self) -> bool {
        self.filter.is_none()
    }

    /// What it takes in memory.
    pub(super) fn bytes(&self) -> usize {
        self.filter.as_ref().map_or(0, |filter| filter.len())
    }
}

/// Whether people come by number, and if so which way. `None`: they come in another order.
pub(super) fn by_number(order: &[OrderTerm]) -> Option<Direction> {
    match order {
        [] => Some(Direction::Ascending),
        [first, ..] if first.field == OrderField::Number(NumberField::Number) => Some(first.direction),
        _ => None,
    }
}

/// Whether the filter asks one field for one value, so that an index holds who passes by number.
pub(super) const fn is_one_equality(filter: &Filter) -> bool {
    match filter {
        Filter::Number { left: NumberExpression::Field(_), comparison: Comparison::Equal, right } => {
            matches!(right, NumberExpression::Literal(Number::Integer(_)) | NumberExpression::Absent)
        }
        Filter::Text { left: TextExpression::Field(_), comparison: Comparison::Equal, right } => {
            matches!(right, TextExpression::Literal(_) | TextExpression::Absent)
        }
        Filter::Instant { comparison: Comparison::Equal, .. } => true,
        _ => false,
    }
}
