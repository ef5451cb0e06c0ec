//! Text looked for inside text: by the trigram index, along a column's own index, or in memory where neither can tell.

use super::{Compiler, Condition, Operand};
use crate::query::{Match, TextExpression, TextField};
use crate::store::sql::Value;

/// Letters of the shortest text that a trigram index finds.
const TRIGRAM: usize = 3;
/// Bytes of the longest text that the indexes are asked for: SQLite's patterns end at 50,000, and each letter of a text
/// costs a look-up of its trigram. A longer one, which only a function can make, is looked for in memory.
const NEEDLE_BYTES_MAX: usize = 2000;
impl Compiler<'_> {
    pub(super) fn matching(&mut self, haystack: &TextExpression, how: Match, needle: &TextExpression, wanted: bool) -> Condition {
        if let Some(name) = self.wider(haystack, needle, wanted) {
            self.is_exact = false;
            return self.matching(&name, how, needle, true);
        }
        match (self.operand(haystack), self.operand(needle)) {
            (Operand::Column(column), Operand::Literal(needle)) if needle.is_empty() => {
                Condition::Sql(format!("{column} is {}null", if wanted { "not " } else { "" }))
            }
            // No text holds NUL, and a pattern would end at it.
            (Operand::Column(_), Operand::Literal(needle)) if needle.contains('\0') => Condition::constant(!wanted),
            (Operand::Column(_), Operand::Literal(needle)) if is_blurred(&needle) => self.residual(),
            (Operand::Column(column), Operand::Literal(needle)) => match how {
                Match::StartsWith => self.starts_with(column, &needle, wanted),
                Match::Contains => self.holds(column, &needle, &pattern(how, &needle), false, wanted),
                Match::EndsWith => self.holds(column, &needle, &pattern(how, &needle), true, wanted),
            },
            (Operand::Absent, _) | (_, Operand::Absent) => Condition::constant(!wanted),
            _ => self.residual(),
        }
    }

    /// What holds the text of a display name wherever it is not empty: the whole name, which has a column. Whoever is
    /// found by it is still to be asked.
    pub(super) fn wider(&self, field: &TextExpression, value: &TextExpression, wanted: bool) -> Option<TextExpression> {
        let is_display_name = *field.regardless_of_case() == TextExpression::Field(TextField::DisplayName);
        let is_wider = wanted && is_display_name && self.columns.table == "people";
        match self.operand(value) {
            Operand::Literal(text) if is_wider && !text.is_empty() => Some(TextExpression::Field(TextField::Name)),
            _ => None,
        }
    }

    /// A range of the folded column's index.
    fn starts_with(&mut self, column: &str, prefix: &str, wanted: bool) -> Condition {
        if wanted {
            return Condition::Sql(self.prefixed(column, prefix));
        }
        let from = self.parameter(Value::from(prefix));
        let below = after_prefix(prefix).map(|end| self.parameter(Value::Text(end)));
        Condition::Sql(match below {
            Some(below) => format!("({column} is null or {column} < {from} or {column} >= {below})"),
            None => format!("({column} is null or {column} < {from})"),
        })
    }

    fn prefixed(&mut self, column: &str, prefix: &str) -> String {
        let from = self.parameter(Value::from(prefix));
        match after_prefix(prefix).map(|end| self.parameter(Value::Text(end))) {
            Some(below) => format!("({column} >= {from} and {column} < {below})"),
            None => format!("{column} >= {from}"),
        }
    }

    /// A text found in a column of another table, along an index.
    pub(super) fn found(&mut self, column: &str, how: Match, needle: &str) -> String {
        if how == Match::StartsWith {
            return self.prefixed(column, needle);
        }
        let parameter = self.parameter(Value::Text(pattern(how, needle)));
        format!("{column} like {parameter} escape '\\'")
    }

    /// Text inside a column: by the trigram index, or for fewer letters along the column's own index; the table is
    /// never walked. `must_end` says that the pattern asks for more than holding the text. Whom an index finds that may be wrong, and
    /// whoever is to end so, is asked once more.
    fn holds(&mut self, column: &str, needle: &str, pattern: &str, must_end: bool, wanted: bool) -> Condition {
        let table = self.columns.table;
        let like = |parameter: &str| format!("{column} like {parameter} escape '\\'");
        let condition = if needle.chars().count() < TRIGRAM {
            let parameter = self.parameter(Value::from(pattern));
            format!("number in (select number from {table} where organization_id = $1 and {})", like(&parameter))
        } else {
            let parameter = self.first_parameter + self.values.len();
            let (condition, value) = self.connection.holds_text(table, column, needle, pattern, parameter);
            self.values.push(value);
            if must_end || !self.connection.finds_text_surely(table) {
                let parameter = self.parameter(Value::from(pattern));
                format!("number in (select number from {table} where organization_id = $1 and {condition} and {})", like(&parameter))
            } else {
                condition
            }
        };
        Condition::Sql(if wanted { condition } else { format!("not ({condition})") })
    }
}

/// Whether patterns and trigrams would not tell this text from another, or cost too much: SQLite reads U+FFFE and U+FFFF
/// as U+FFFD there.
pub(super) fn is_blurred(needle: &str) -> bool {
    needle.len() > NEEDLE_BYTES_MAX || needle.contains(['\u{fffd}', '\u{fffe}', '\u{ffff}'])
}

/// What a column is like that holds the text so.
fn pattern(how: Match, needle: &str) -> String {
    let text = escaped(needle);
    match how {
        Match::StartsWith => format!("{text}%"),
        Match::Contains => format!("%{text}%"),
        Match::EndsWith => format!("%{text}"),
    }
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
