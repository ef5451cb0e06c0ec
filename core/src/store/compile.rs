//! A filter turned into SQL: conditions over folded columns, with bound parameters only.
//!
//! Negation is pushed down to the leaves first, so every condition stands where "unknown" and "false" are the same to
//! SQL. What the backends would not decide alike (a function of text, two conditions compared) becomes a *residual*:
//! SQL then finds a superset, and [`Filter::matches`] decides each row of it.

mod matching;

use super::backend::{Connection, Effort};
use super::sql::Value;
use crate::domain::folded;
use crate::query::{
    Comparison, Direction, Equality, Filter, IdField, InstantField, Number, NumberExpression, NumberField, OrderField, OrderTerm,
    TextExpression, TextField, Window, is_computed,
};

/// Rows that a short read may return or step over.
const SHORT_ROWS_MAX: u64 = 10_000;

/// Which column holds which field of one kind of record.
pub(super) struct Columns {
    pub(super) table: &'static str,
    pub(super) text: fn(TextField) -> Option<&'static str>,
    pub(super) number: fn(NumberField) -> Option<&'static str>,
}

pub(super) const PEOPLE: Columns = Columns {
    table: "people",
    text: |field| match field {
        TextField::Name => Some("name_folded"),
        TextField::Description => Some("description_folded"),
        TextField::Email => Some("email_folded"),
        TextField::Phone => Some("phone_folded"),
        TextField::AdditionalInformation => Some("additional_information_folded"),
        TextField::Login => Some("login_folded"),
        TextField::ResponsibleName => None,
    },
    number: |field| match field {
        NumberField::Number => Some("number"),
        NumberField::JobTitle => Some("job_title_number"),
        NumberField::Manager => Some("manager_number"),
        NumberField::Account => Some("account"),
        NumberField::PersonType => Some("person_type"),
    },
};

pub(super) const GROUPS: Columns = Columns {
    table: "groups",
    text: |field| match field {
        TextField::Name => Some("name_folded"),
        TextField::Description => Some("description_folded"),
        TextField::Email => Some("email_folded"),
        TextField::AdditionalInformation => Some("additional_information_folded"),
        TextField::Phone | TextField::Login | TextField::ResponsibleName => None,
    },
    number: |field| match field {
        NumberField::Number => Some("number"),
        NumberField::JobTitle | NumberField::Manager | NumberField::Account | NumberField::PersonType => None,
    },
};

const fn instant_column(field: InstantField) -> &'static str {
    match field {
        InstantField::UpdatedAt => "updated_at",
    }
}

const fn id_column(field: IdField) -> &'static str {
    match field {
        IdField::Id => "id",
    }
}

/// A filter as SQL.
pub(super) struct Compiled {
    /// Empty, or a condition that begins with ` and `.
    pub(super) condition: String,
    /// The values of its parameters.
    pub(super) values: Vec<Value>,
    /// Whether the condition decides alone; otherwise each row is still to be asked.
    pub(super) is_exact: bool,
}

/// How much a read of this window in this order may cost.
pub(super) fn effort(filter: &Filter, order: &[OrderTerm], window: Window) -> Effort {
    let is_small = window.limit.is_some_and(|limit| limit.saturating_add(window.offset) <= SHORT_ROWS_MAX);
    if is_computed(order) {
        return Effort::Long;
    }
    let is_ordered_by_index = order.is_empty() || (order.len() == 1 && *filter == Filter::everything());
    if is_small && is_ordered_by_index && is_looked_up(filter) { Effort::Short } else { Effort::Long }
}

/// Whether an index leads to the rows without passing many others.
fn is_looked_up(filter: &Filter) -> bool {
    match filter {
        Filter::Constant(_) => true,
        Filter::And(parts) | Filter::Or(parts) => parts.iter().all(is_looked_up),
        // The name of who is responsible stands in another table.
        Filter::Text { left: TextExpression::Field(TextField::ResponsibleName), .. } => false,
        Filter::Text { left: TextExpression::Field(_), comparison: Comparison::Equal, right } => {
            matches!(right, TextExpression::Literal(_) | TextExpression::Absent)
        }
        Filter::Number { left: NumberExpression::Field(_), comparison: Comparison::Equal, right } => {
            matches!(right, NumberExpression::Literal(Number::Integer(_)) | NumberExpression::Absent)
        }
        Filter::Id { equality: Equality::Equal, .. } => true,
        _ => false,
    }
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

/// `order by` with ties by number; what is absent comes first going up and last going down.
pub(super) fn order_by(terms: &[OrderTerm], columns: &Columns) -> String {
    let mut seen = Vec::new();
    let mut clauses = Vec::new();
    for term in terms {
        let column = match &term.field {
            OrderField::Text(field) => (columns.text)(*field).map_or_else(|| residual_order(*field, columns), str::to_owned),
            OrderField::Number(field) => (columns.number)(*field).unwrap_or("number").to_owned(),
            OrderField::Instant(field) => instant_column(*field).to_owned(),
            OrderField::Id(field) => id_column(*field).to_owned(),
            // Whoever reads the rows orders them in memory.
            OrderField::Attribute(_) => continue,
        };
        if seen.contains(&column) {
            continue;
        }
        let direction = match term.direction {
            Direction::Ascending => "asc nulls first",
            Direction::Descending => "desc nulls last",
        };
        clauses.push(format!("{column} {direction}"));
        seen.push(column);
    }
    if !seen.iter().any(|column| column == "number") {
        clauses.push("number asc".to_owned());
    }
    format!(" order by {}", clauses.join(", "))
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

/// What a record is ordered by where no column of its own holds it.
fn residual_order(field: TextField, columns: &Columns) -> String {
    if field == TextField::ResponsibleName && columns.table == "groups" {
        return "(select people.name_folded from people where people.organization_id = groups.organization_id \
                and people.number = groups.responsible_number)"
            .to_owned();
    }
    // Absent from every record of this kind.
    "cast(null as text)".to_owned()
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
            Filter::Or(any) => self.junction(any, wanted, !wanted),
            Filter::Same(..) => self.residual(),
            Filter::Text { left, comparison, right } => self.text(left, *comparison, right, wanted),
            Filter::Match { haystack, how, needle } => self.matching(haystack, *how, needle, wanted),
            Filter::Number { left, comparison, right } => self.number(left, *comparison, right, wanted),
            Filter::Instant { field, comparison, value } => {
                let value = value.map(|instant| Value::Integer(instant.milliseconds()));
                self.compare(instant_column(*field), *comparison, value, wanted)
            }
            // No column holds an attribute.
            Filter::AttributeInstant { .. } => self.residual(),
            Filter::Id { field, equality, value } => {
                let comparison = match equality {
                    Equality::Equal => Comparison::Equal,
                    Equality::NotEqual => Comparison::NotEqual,
                };
                self.compare(id_column(*field), comparison, value.map(Value::from), wanted)
            }
        }
    }

    /// What SQL does not decide: every row is a candidate.
    fn residual(&mut self) -> Condition {
        self.is_exact = false;
        Condition::Always
    }

    fn junction(&mut self, parts: &[Filter], wanted: bool, is_and: bool) -> Condition {
        let mut conditions = Vec::new();
        for part in parts {
            match (self.filter(part, wanted), is_and) {
                (Condition::Always, true) | (Condition::Never, false) => {}
                (Condition::Never, true) => return Condition::Never,
                (Condition::Always, false) => return Condition::Always,
                (Condition::Sql(sql), _) => conditions.push(sql),
            }
        }
        match conditions.len() {
            0 => Condition::constant(is_and),
            1 => Condition::Sql(conditions.remove(0)),
            _ => Condition::Sql(format!("({})", conditions.join(if is_and { " and " } else { " or " }))),
        }
    }

    fn text(&mut self, left: &TextExpression, comparison: Comparison, right: &TextExpression, wanted: bool) -> Condition {
        match (self.operand(left), self.operand(right)) {
            (Operand::Column(column), Operand::Literal(text)) => self.compare(column, comparison, Some(Value::Text(text)), wanted),
            (Operand::Literal(text), Operand::Column(column)) => {
                self.compare(column, comparison.mirrored(), Some(Value::Text(text)), wanted)
            }
            (Operand::Column(column), Operand::Absent) | (Operand::Absent, Operand::Column(column)) => {
                self.compare(column, comparison, None, wanted)
            }
            (Operand::Column(left), Operand::Column(right)) => self.compare_columns(left, comparison, right, wanted),
            _ => self.residual(),
        }
    }

    fn number(&mut self, left: &NumberExpression, comparison: Comparison, right: &NumberExpression, wanted: bool) -> Condition {
        let columns = self.columns;
        let column = |field: &NumberField| (columns.number)(*field);
        match (left, right) {
            (NumberExpression::Field(field), NumberExpression::Literal(Number::Integer(value))) => match column(field) {
                Some(column) => self.compare(column, comparison, Some(Value::Integer(*value)), wanted),
                None => self.residual(),
            },
            (NumberExpression::Field(field), NumberExpression::Absent) => match column(field) {
                Some(column) => self.compare(column, comparison, None, wanted),
                None => self.residual(),
            },
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
            TextExpression::Field(field) => (self.columns.text)(*field).map_or(Operand::Computed, Operand::Column),
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
