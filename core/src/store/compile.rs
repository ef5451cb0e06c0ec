//! A filter turned into SQL: conditions over folded columns, with bound parameters only.
//!
//! Negation is pushed down to the leaves first, so every condition stands where "unknown" and "false" are the same to
//! SQL. What the backends would not decide alike (a function of text, two conditions compared) becomes a *residual*:
//! SQL then finds a superset, and [`Filter::matches`] decides each row of it.

mod columns;
mod effort;
mod leaves;
mod lists;
mod matching;
mod order;
mod related;

pub(super) use columns::{Columns, GROUPS, PEOPLE};
pub(super) use effort::{effort, is_counted_at_once, people_effort};
pub(super) use order::{is_walked, order_by, order_column};

use super::backend::Connection;
use super::sql::Value;
use crate::domain::folded;
use crate::query::{Comparison, Filter, TextExpression, Window};
use columns::{Kept, id_column};

/// A filter as SQL.
pub(super) struct Compiled {
    /// Empty, or a condition that begins with ` and `.
    pub(super) condition: String,
    /// The values of its parameters.
    pub(super) values: Vec<Value>,
    /// Whether the condition decides alone; otherwise each row is still to be asked.
    pub(super) is_exact: bool,
}

/// Compiles a filter; its parameters begin at `first_parameter`.
pub(super) fn compile(filter: &Filter, columns: &Columns, connection: &Connection, first_parameter: usize) -> Compiled {
    let mut compiler = Compiler { columns, connection, first_parameter, values: Vec::new(), is_exact: true };
    let condition = match compiler.filter(filter, true) {
        Condition::Always => String::new(),
        Condition::Never => " and 1 = 0".to_owned(),
        Condition::Sql(sql) => format!(" and {sql}"),
    };
    Compiled { condition, values: compiler.values, is_exact: compiler.is_exact }
}

impl Window {
    /// ` limit … offset …`, and the values with its own added.
    pub(super) fn as_clause(self, mut values: Vec<Value>) -> (String, Vec<Value>) {
        let limit = self.limit.and_then(|limit| i64::try_from(limit).ok()).unwrap_or(i64::MAX);
        let offset = i64::try_from(self.offset).unwrap_or(i64::MAX);
        values.extend([Value::from(limit), Value::from(offset)]);
        // The organization is `$1`, before all of them.
        (format!(" limit ${} offset ${}", values.len(), values.len() + 1), values)
    }
}

enum Condition {
    Always,
    Never,
    Sql(String),
}

impl Condition {
    const fn constant(value: bool) -> Self {
        if value { Self::Always } else { Self::Never }
    }

    /// All of them, or any.
    fn joined(conditions: Vec<Self>, is_and: bool) -> Self {
        Self::joined_by(conditions, is_and, |open| format!("({})", open.join(if is_and { " and " } else { " or " })))
    }

    /// All of them, or any; `join` makes one of several that are still open.
    fn joined_by(conditions: Vec<Self>, is_and: bool, join: impl FnOnce(&[String]) -> String) -> Self {
        let mut open = Vec::new();
        for condition in conditions {
            match (condition, is_and) {
                (Self::Always, true) | (Self::Never, false) => {}
                (Self::Never, true) => return Self::Never,
                (Self::Always, false) => return Self::Always,
                (Self::Sql(sql), _) => open.push(sql),
            }
        }
        match open.len() {
            0 => Self::constant(is_and),
            1 => Self::Sql(open.remove(0)),
            _ => Self::Sql(join(&open)),
        }
    }
}

struct Compiler<'a> {
    columns: &'a Columns,
    connection: &'a Connection,
    first_parameter: usize,
    values: Vec<Value>,
    is_exact: bool,
}

impl Compiler<'_> {
    /// The condition under which the filter is `wanted`.
    fn filter(&mut self, filter: &Filter, wanted: bool) -> Condition {
        match filter {
            Filter::Constant(value) => Condition::constant(*value == wanted),
            Filter::Not(inner) => self.filter(inner, !wanted),
            Filter::And(all) => self.junction(all, wanted, wanted),
            Filter::Or(any) if wanted && any.iter().all(effort::is_selective) => self.united(any),
            Filter::Or(any) => self.junction(any, wanted, !wanted),
            Filter::Same(..) => self.residual(),
            Filter::Text { left, comparison, right } => self.text(left, *comparison, right, wanted),
            Filter::Match { haystack, how, needle } => self.matching(haystack, *how, needle, wanted),
            Filter::Number { left, comparison, right } => self.number(left, *comparison, right, wanted),
            Filter::Instant { field, comparison, value } => {
                let value = value.map(|instant| Value::Integer(instant.milliseconds()));
                self.compare_kept((self.columns.instant)(*field), *comparison, value, wanted)
            }
            // No column holds an attribute.
            Filter::AttributeInstant { .. } => self.residual(),
            Filter::Id { field, equality, value } => self.compare(id_column(*field), (*equality).into(), value.map(Value::from), wanted),
            Filter::Boolean { field, equality, value } => self.boolean(*field, *equality, *value, wanted),
            Filter::Exact { field, test, value } => self.exact(*field, *test, value.as_deref(), wanted),
            Filter::Any { list, filter } => self.any(list, filter, wanted),
            Filter::FirstChoice { .. } => self.residual(),
        }
    }

    /// What SQL does not decide: every row is a candidate.
    fn residual(&mut self) -> Condition {
        self.is_exact = false;
        Condition::Always
    }

    fn junction(&mut self, parts: &[Filter], wanted: bool, is_and: bool) -> Condition {
        let first = self.values.len();
        let conditions = parts.iter().map(|part| self.filter(part, wanted)).collect();
        self.decided(first, Condition::joined(conditions, is_and))
    }

    /// Any of several conditions, each of which an index answers with few rows: these together. Said as a disjunction, a
    /// database may rather walk all rows in their order.
    fn united(&mut self, parts: &[Filter]) -> Condition {
        let first = self.values.len();
        let conditions = parts.iter().map(|part| self.filter(part, true)).collect();
        let table = self.columns.table;
        let rows = |condition: &String| format!("select number from {table} where organization_id = $1 and {condition}");
        let united = Condition::joined_by(conditions, false, |open| {
            format!("number in ({})", open.iter().map(rows).collect::<Vec<_>>().join(" union all "))
        });
        self.decided(first, united)
    }

    /// What is decided without SQL needs no parameters.
    fn decided(&mut self, first: usize, condition: Condition) -> Condition {
        if !matches!(condition, Condition::Sql(_)) {
            self.values.truncate(first);
        }
        condition
    }

    fn text(&mut self, left: &TextExpression, comparison: Comparison, right: &TextExpression, wanted: bool) -> Condition {
        if comparison == Comparison::Equal
            && let Some(name) = self.wider(left, right, wanted)
        {
            self.is_exact = false;
            return self.text(&name, comparison, right, true);
        }
        match (self.operand(left), self.operand(right)) {
            (Operand::Column(column), Operand::Literal(text)) => self.compare(column, comparison, Some(Value::Text(text)), wanted),
            (Operand::Literal(text), Operand::Column(column)) => {
                self.compare(column, comparison.mirrored(), Some(Value::Text(text)), wanted)
            }
            (Operand::Column(column), Operand::Absent) | (Operand::Absent, Operand::Column(column)) => {
                self.compare(column, comparison, None, wanted)
            }
            (Operand::Column(left), Operand::Column(right)) => self.compare_columns(left, comparison, right, wanted),
            (Operand::Absent, Operand::Absent) => Condition::constant((comparison == Comparison::Equal) == wanted),
            (Operand::Absent, Operand::Literal(_)) | (Operand::Literal(_), Operand::Absent) => {
                Condition::constant((comparison == Comparison::NotEqual) == wanted)
            }
            _ => self.residual(),
        }
    }

    /// A column compared with a value, or with nothing when the value is absent.
    fn compare(&mut self, column: &str, comparison: Comparison, value: Option<Value>, wanted: bool) -> Condition {
        let (operator, also_absent) = operator(comparison, wanted);
        let Some(value) = value else {
            return match operator {
                "=" => Condition::Sql(format!("{column} is null")),
                "<>" => Condition::Sql(format!("{column} is not null")),
                _ => Condition::constant(!wanted),
            };
        };
        let parameter = self.parameter(value);
        let condition = format!("{column} {operator} {parameter}");
        Condition::Sql(if also_absent { format!("({column} is null or {condition})") } else { condition })
    }

    fn compare_columns(&mut self, left: &str, comparison: Comparison, right: &str, wanted: bool) -> Condition {
        let (operator, also_absent) = operator(comparison, wanted);
        Condition::Sql(match operator {
            "=" => format!("({left} = {right} or ({left} is null and {right} is null))"),
            "<>" => format!("({left} <> {right} or ({left} is null and {right} is not null) or ({left} is not null and {right} is null))"),
            _ if also_absent => format!("({left} is null or {right} is null or {left} {operator} {right})"),
            _ => format!("{left} {operator} {right}"),
        })
    }

    fn parameter(&mut self, value: Value) -> String {
        let number = self.first_parameter + self.values.len();
        self.values.push(value);
        format!("${number}")
    }

    fn operand(&self, expression: &TextExpression) -> Operand {
        match expression.regardless_of_case() {
            TextExpression::Field(field) => match (self.columns.text)(*field) {
                Kept::Column(column) => Operand::Column(column),
                Kept::Elsewhere => Operand::Computed,
                Kept::Nowhere => Operand::Absent,
            },
            TextExpression::Literal(text) => Operand::Literal(folded(text)),
            TextExpression::Absent => Operand::Absent,
            _ => Operand::Computed,
        }
    }
}

/// One side of a comparison of text, folded.
enum Operand {
    Column(&'static str),
    Literal(String),
    Absent,
    Computed,
}

/// The SQL operator under which a comparison is `wanted`, and whether an absent value satisfies it too.
const fn operator(comparison: Comparison, wanted: bool) -> (&'static str, bool) {
    match (comparison, wanted) {
        (Comparison::Equal, true) | (Comparison::NotEqual, false) => ("=", false),
        (Comparison::NotEqual, true) | (Comparison::Equal, false) => ("<>", true),
        (Comparison::Greater, true) => (">", false),
        (Comparison::GreaterOrEqual, true) => (">=", false),
        (Comparison::Less, true) => ("<", false),
        (Comparison::LessOrEqual, true) => ("<=", false),
        (Comparison::Greater, false) => ("<=", true),
        (Comparison::GreaterOrEqual, false) => ("<", true),
        (Comparison::Less, false) => (">=", true),
        (Comparison::LessOrEqual, false) => (">", true),
    }
}
