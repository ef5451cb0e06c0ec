//! People and groups in as few words as a test needs.

use rollcall_core::directory::{Cell, Line};

/// People as lines of an import: `people!["Jane Doe", login: "jane"; "Omar"]`. The first word is the whole name; `_` is
/// none. Every other one is a column under its canonical name; `custom_NAME` is the custom attribute `NAME`.
macro_rules! people {
    ($($name:tt $(, $field:ident: $value:expr)*);* $(;)?) => {
        vec![$($crate::support::line($crate::support::people!(@name $name), &[$((stringify!($field), $value.into())),*])),*]
    };
    (@name _) => { None };
    (@name $name:expr) => { Some($name) };
}
pub(crate) use people;

/// One person, the whole name first.
pub fn line(name: Option<&str>, fields: &[(&str, Value)]) -> Line {
    let name = name.map(|name| ("display_name".to_owned(), Cell::Text(name.to_owned())));
    let fields = fields.iter().map(|(field, value)| (column(field), value.0.clone()));
    Line { number: 1, cells: name.into_iter().chain(fields).collect() }
}

/// So many people: `Person 001`, `Person 002` and so on.
pub fn crowd(size: usize) -> Vec<Line> {
    (1..=size).map(|number| line(Some(&format!("Person {number:03}")), &[])).collect()
}

/// A group of the people with these numbers, as lines of an import.
pub fn group(name: &str, people: &[i64]) -> Vec<Line> {
    let membership = |person: &i64| Line {
        number: 1,
        cells: vec![
            ("group_external_id".to_owned(), Cell::Text(name.to_owned())),
            ("group_name".to_owned(), Cell::Text(name.to_owned())),
            ("person_number".to_owned(), Cell::Number(person.to_string())),
        ],
    };
    people.iter().map(membership).collect()
}

fn column(field: &str) -> String {
    field.strip_prefix("custom_").map_or_else(|| field.to_owned(), |name| format!("custom.{name}"))
}

/// What stands in a column.
#[derive(Clone, Debug)]
pub struct Value(Cell);

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self(Cell::Text(text.to_owned()))
    }
}

impl From<bool> for Value {
    fn from(answer: bool) -> Self {
        Self(Cell::Boolean(answer))
    }
}

impl From<i32> for Value {
    fn from(number: i32) -> Self {
        Self(Cell::Number(number.to_string()))
    }
}

impl<const N: usize> From<[i64; N]> for Value {
    fn from(numbers: [i64; N]) -> Self {
        Self(Cell::List(numbers.iter().map(|number| Cell::Number(number.to_string())).collect()))
    }
}
