//! Lists: whether some element passes, asked of the rows that the elements stand in.
//!
//! What is asked of one element at once is asked of several rows here only where that is the same. Elsewhere the rows
//! are a superset, and only of those that pass: of those that do not, every row is a candidate.

use super::columns::{Columns, GROUPS, PEOPLE};
use super::matching::is_blurred;
use super::related::{Kind, as_record};
use super::{Compiler, Condition, operator};
use crate::domain::folded;
use crate::query::{Comparison, Filter, ListField, Part, TextExpression, TextField};
use crate::store::other_contacts::{EMAIL, PHONE};
use crate::store::sql::Value;

impl Compiler<'_> {
    pub(super) fn any(&mut self, list: &ListField, filter: &Filter, wanted: bool) -> Condition {
        let has_list = match list {
            ListField::Members | ListField::Responsible => self.columns.table == "groups",
            ListField::Attribute(_) => true,
            _ => self.columns.table == "people",
        };
        let first = self.values.len();
        match filter.clone().simplified() {
            _ if !has_list => Condition::constant(!wanted),
            Filter::Constant(false) => Condition::constant(!wanted),
            // Some element passes one of several conditions where one of them is passed by some element.
            Filter::Or(parts) => {
                let parts = parts.into_iter().map(|part| Filter::any(list.clone(), part)).collect();
                self.filter(&Filter::Or(parts), wanted)
            }
            inner => match self.element(list, &inner, wanted) {
                Some(condition) => condition,
                // Whoever has an element that passes all has elements that pass each.
                None => {
                    self.values.truncate(first);
                    self.is_exact = false;
                    let Filter::And(parts) = inner else { return Condition::Always };
                    if !wanted {
                        return Condition::Always;
                    }
                    let parts = parts.into_iter().map(|part| Filter::any(list.clone(), part)).collect();
                    self.filter(&Filter::And(parts), true)
                }
            },
        }
    }

    /// An inner filter that SQL can ask whole: whether the record is among those that a statement finds.
    fn element(&mut self, list: &ListField, inner: &Filter, wanted: bool) -> Option<Condition> {
        let found = match list {
            ListField::Emails => vec![self.contact(TextField::Email, EMAIL, inner)?],
            ListField::Phones => vec![self.contact(TextField::Phone, PHONE, inner)?],
            ListField::Manager => vec![self.related(inner, Kind::Untyped, &PEOPLE, wanted, |found| {
                format!("select number from people where organization_id = $1 and manager_number in ({found})")
            })?],
            ListField::Responsible => vec![self.related(inner, Kind::Untyped, &PEOPLE, wanted, |found| {
                format!("select number from groups where organization_id = $1 and responsible_number in ({found})")
            })?],
            ListField::Groups => vec![self.related(inner, Kind::Unknown, &GROUPS, wanted, members_below)?],
            ListField::Members => {
                let people = self.related(inner, Kind::Typed("User"), &PEOPLE, wanted, |found| {
                    format!("select group_number from memberships where organization_id = $1 and person_number in ({found})")
                })?;
                let groups = self.related(inner, Kind::Typed("Group"), &GROUPS, wanted, |found| {
                    format!("select group_number from subgroups where organization_id = $1 and subgroup_number in ({found})")
                })?;
                vec![people, groups]
            }
            _ => return None,
        };
        let not = if wanted { "" } else { "not " };
        Some(match Condition::joined_by(found, false, |statements| statements.join(" union all ")) {
            Condition::Sql(statement) => Condition::Sql(format!("number {not}in ({statement})")),
            Condition::Always => Condition::constant(wanted),
            Condition::Never => Condition::constant(!wanted),
        })
    }

    /// The records that refer to one that passes, as a statement that `refer` makes of the one that finds those.
    fn related(
        &mut self,
        inner: &Filter,
        kind: Kind,
        columns: &Columns,
        wanted: bool,
        refer: impl FnOnce(&str) -> String,
    ) -> Option<Condition> {
        let name = if columns.table == "groups" { TextField::Name } else { TextField::DisplayName };
        let filter = as_record(inner, kind, name)?.simplified();
        let (condition, is_exact) = self.nested(columns, &filter);
        // Too many would be found, so those that are not among them would be too few.
        if !is_exact && !wanted {
            return None;
        }
        self.is_exact &= is_exact;
        let condition = match condition {
            Condition::Never => return Some(Condition::Never),
            Condition::Always => String::new(),
            Condition::Sql(sql) => format!(" and {sql}"),
        };
        let table = columns.table;
        Some(Condition::Sql(refer(&format!("select number from {table} where organization_id = $1{condition}"))))
    }

    /// The condition of a filter on other records, and whether it decides alone.
    fn nested(&mut self, columns: &Columns, filter: &Filter) -> (Condition, bool) {
        let mut nested = Compiler {
            columns,
            connection: self.connection,
            first_parameter: self.first_parameter,
            values: std::mem::take(&mut self.values),
            is_exact: true,
        };
        let condition = nested.filter(filter, true);
        self.values = nested.values;
        (condition, nested.is_exact)
    }

    /// The people who have such an e-mail address or telephone number: their own, or another.
    fn contact(&mut self, own: TextField, kind: i64, inner: &Filter) -> Option<Condition> {
        let present = Filter::Text { left: TextExpression::Field(own), comparison: Comparison::NotEqual, right: TextExpression::Absent };
        let (own, others) = match inner {
            Filter::Constant(true) => (present, String::new()),
            Filter::Text { left, comparison: Comparison::NotEqual, right: TextExpression::Absent } if is_value(left) => {
                (present, String::new())
            }
            Filter::Text { left, comparison, right: TextExpression::Literal(text) } if is_value(left) => {
                let (operator, _) = operator(*comparison, true);
                let parameter = self.parameter(Value::Text(folded(text)));
                let own = present.and(Filter::text(own, *comparison, text.as_str()));
                (own, format!(" and value_folded {operator} {parameter}"))
            }
            Filter::Match { haystack, how, needle: TextExpression::Literal(text) } if is_value(haystack) => {
                let needle = folded(text);
                if needle.is_empty() || needle.contains('\0') || is_blurred(&needle) {
                    return None;
                }
                let own = Filter::Match { haystack: TextExpression::Field(own), how: *how, needle: TextExpression::Literal(text.clone()) };
                (own, format!(" and {}", self.found("value_folded", *how, &needle)))
            }
            _ => return None,
        };
        let Condition::Sql(own) = self.filter(&own, true) else { return None };
        Some(Condition::Sql(format!(
            "select number from people where organization_id = $1 and {own} \
            union all select person_number from other_contacts where organization_id = $1 and kind = {kind}{others}"
        )))
    }
}

/// The people in groups, or in groups inside them. A `cross join`, because SQLite keeps to its order: of one group to
/// those right inside it.
fn members_below(found: &str) -> String {
    format!(
        "with recursive below (number) as ({found} union \
            select subgroups.subgroup_number from below cross join subgroups \
            where subgroups.organization_id = $1 and subgroups.group_number = below.number) \
        select person_number from memberships where organization_id = $1 and group_number in (select number from below)"
    )
}

fn is_value(expression: &TextExpression) -> bool {
    matches!(expression.regardless_of_case(), TextExpression::Field(TextField::Part(Part::Value)))
}
