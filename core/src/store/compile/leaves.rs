//! Conditions on one column that are no text: numbers, moments, yes or no, and texts that are compared with their case.

use super::columns::Kept;
use super::{Compiler, Condition};
use crate::domain::Account;
use crate::query::{BooleanField, Comparison, Equality, ExactField, Number, NumberExpression, Test};
use crate::store::sql::Value;
use uuid::Uuid;

impl Compiler<'_> {
    pub(super) fn number(&mut self, left: &NumberExpression, comparison: Comparison, right: &NumberExpression, wanted: bool) -> Condition {
        let NumberExpression::Field(field) = left else { return self.residual() };
        let value = match right {
            NumberExpression::Literal(Number::Integer(value)) => Some(Value::Integer(*value)),
            NumberExpression::Absent => None,
            _ => return self.residual(),
        };
        self.compare_kept((self.columns.number)(*field), comparison, value, wanted)
    }

    /// What is kept somewhere compared with a value, or with nothing when the value is absent.
    pub(super) fn compare_kept(&mut self, kept: Kept, comparison: Comparison, value: Option<Value>, wanted: bool) -> Condition {
        match kept {
            Kept::Column(column) => self.compare(column, comparison, value, wanted),
            Kept::Elsewhere => self.residual(),
            Kept::Nowhere => Condition::constant(comparison.holds(None, value.map(drop)) == wanted),
        }
    }

    /// No column holds any of them; who is active, though, has an account that is not blocked.
    pub(super) fn boolean(&mut self, field: BooleanField, equality: Equality, value: Option<bool>, wanted: bool) -> Condition {
        if self.columns.table != "people" {
            return Condition::constant(equality.holds(None, value) == wanted);
        }
        let is_asked_to_be = value == Some((equality == Equality::Equal) == wanted);
        if field == BooleanField::Active && is_asked_to_be {
            self.is_exact = false;
            return self.compare("account", Comparison::NotEqual, Some(Value::Integer(Account::Blocked.code())), true);
        }
        self.residual()
    }

    /// Only equality is alike on every backend: each may have an order of its own.
    pub(super) fn exact(&mut self, field: ExactField, test: Test, value: Option<&str>, wanted: bool) -> Condition {
        let kept = (self.columns.exact)(field);
        let (column, comparison) = match (kept, test) {
            (Kept::Nowhere, Test::Comparison(comparison)) => return Condition::constant(comparison.holds(None, value) == wanted),
            (Kept::Nowhere, Test::Match(_)) => return Condition::constant(!wanted),
            (Kept::Column(column), Test::Comparison(comparison @ (Comparison::Equal | Comparison::NotEqual))) => (column, comparison),
            _ => return self.residual(),
        };
        let value = match (field, value) {
            (_, None) => None,
            (ExactField::Id | ExactField::Identity, Some(text)) => match canonical_uuid(text) {
                Some(id) => Some(Value::from(id)),
                // No id is written like this.
                None => return Condition::constant((comparison == Comparison::NotEqual) == wanted),
            },
            (_, Some(text)) => Some(Value::from(text)),
        };
        self.compare(column, comparison, value, wanted)
    }
}

/// The uuid whose text is exactly this.
pub(super) fn canonical_uuid(text: &str) -> Option<Uuid> {
    text.parse::<Uuid>().ok().filter(|id| id.to_string() == text)
}
