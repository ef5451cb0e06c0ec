//! A filter turned into SQL: conditions over folded columns, with bound parameters only.
//!
//! Negation is pushed down to the leaves first, so every condition stands where "unknown" and "false" are the same to
//! SQL. What the backends would not decide alike (a function of text, two conditions compared) becomes a *residual*:
//! SQL then finds a superset, and [`Filter::matches`] decides each row of it.

use super::backend::{Connection, Effort};
use super::sql::Value;
use crate::domain::folded;
use crate::query::{
    Comparison, Direction, Equality, Filter, IdField, InstantField, Match, Number, NumberExpression, NumberField, OrderField, OrderTerm,
    TextExpression, TextField, Window,
};

/// Letters of the shortest text that a trigram index finds.
const TRIGRAM: usize = 3;
/// Bytes of the longest text that the indexes are asked for: SQLite's patterns end at 50,000, and each letter of a text
/// costs a look-up of its trigram. A longer one, which only a function can make, is looked for in memory.
const NEEDLE_BYTES_MAX: usize = 2000;
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
        let column = match term.field {
            OrderField::Text(field) => (columns.text)(field).map_or_else(|| residual_order(field, columns), str::to_owned),
            OrderField::Number(field) => (columns.number)(field).unwrap_or("number").to_owned(),
            OrderField::Instant(field) => instant_column(field).to_owned(),
            OrderField::Id(field) => id_column(field).to_owned(),
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

    fn matching(&mut self, haystack: &TextExpression, how: Match, needle: &TextExpression, wanted: bool) -> Condition {
        match (self.operand(haystack), self.operand(needle)) {
            (Operand::Column(column), Operand::Literal(needle)) if needle.is_empty() => {
                Condition::Sql(format!("{column} is {}null", if wanted { "not " } else { "" }))
            }
            // No text holds NUL, and a pattern would end at it.
            (Operand::Column(_), Operand::Literal(needle)) if needle.contains('\0') => Condition::constant(!wanted),
            (Operand::Column(_), Operand::Literal(needle)) if is_blurred(&needle) => self.residual(),
            (Operand::Column(column), Operand::Literal(needle)) => match how {
                Match::StartsWith => self.starts_with(column, &needle, wanted),
                Match::Contains => self.holds(column, &needle, &format!("%{}%", escaped(&needle)), false, wanted),
                Match::EndsWith => self.holds(column, &needle, &format!("%{}", escaped(&needle)), true, wanted),
            },
            (Operand::Absent, _) | (_, Operand::Absent) => Condition::constant(!wanted),
            _ => self.residual(),
        }
    }

    /// A range of the folded column's index.
    fn starts_with(&mut self, column: &str, prefix: &str, wanted: bool) -> Condition {
        let from = self.parameter(Value::from(prefix));
        let below = after_prefix(prefix).map(|end| self.parameter(Value::Text(end)));
        Condition::Sql(match (below, wanted) {
            (Some(below), true) => format!("({column} >= {from} and {column} < {below})"),
            (None, true) => format!("{column} >= {from}"),
            (Some(below), false) => format!("({column} is null or {column} < {from} or {column} >= {below})"),
            (None, false) => format!("({column} is null or {column} < {from})"),
        })
    }

    /// Text inside a column: by the trigram index, or for fewer letters along the column's own index; the table is
    /// never walked. `must_end` says that the pattern asks for more than holding the text.
    fn holds(&mut self, column: &str, needle: &str, pattern: &str, must_end: bool, wanted: bool) -> Condition {
        let table = self.columns.table;
        let like = |parameter: &str| format!("{column} like {parameter} escape '\\'");
        let condition = if needle.chars().count() < TRIGRAM {
            let parameter = self.parameter(Value::from(pattern));
            format!("number in (select number from {table} where organization_id = $1 and {})", like(&parameter))
        } else {
            let parameter = self.first_parameter + self.values.len();
            let (condition, value) = self.connection.holds_text(table, column, needle, parameter);
            self.values.push(value);
            if must_end {
                let parameter = self.parameter(Value::from(pattern));
                format!("number in (select number from {table} where organization_id = $1 and {condition} and {})", like(&parameter))
            } else {
                condition
            }
        };
        Condition::Sql(if wanted { condition } else { format!("not ({condition})") })
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

/// Whether patterns and trigrams would not tell this text from another, or cost too much: SQLite reads U+FFFE and U+FFFF
/// as U+FFFD there.
fn is_blurred(needle: &str) -> bool {
    needle.len() > NEEDLE_BYTES_MAX || needle.contains(['\u{fffd}', '\u{fffe}', '\u{ffff}'])
}

/// Text for `like … escape '\'` that stands for itself.
fn escaped(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(character, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern
}

/// The least text, by code point, that is above everything that begins with the prefix. `None`: there is none.
fn after_prefix(prefix: &str) -> Option<String> {
    let mut characters: Vec<char> = prefix.chars().collect();
    while let Some(last) = characters.pop() {
        let next = ((last as u32 + 1)..=(char::MAX as u32)).find_map(char::from_u32);
        if let Some(next) = next {
            characters.push(next);
            return Some(characters.into_iter().collect());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_stands_for_itself() {
        assert_eq!(escaped("50%_a\\b"), "50\\%\\_a\\\\b");
    }

    #[test]
    fn the_end_of_a_prefix_skips_what_is_no_character() {
        assert_eq!(after_prefix("ab").as_deref(), Some("ac"));
        assert_eq!(after_prefix("\u{d7ff}").as_deref(), Some("\u{e000}"));
        assert_eq!(after_prefix("a\u{10ffff}").as_deref(), Some("b"));
        assert_eq!(after_prefix("\u{10ffff}"), None);
    }
}
