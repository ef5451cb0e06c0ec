//! Expressions that are text, or absent.

use super::super::filter::{NumberExpression, TextExpression};
use super::super::record::{Record, attribute_text};
use std::borrow::Cow;

/// Bytes of a text that a function makes. The longest field has 80,000 bytes, and changing its case can triple it, so
/// every function of one field fits; nested `replace` and `concat`, which could double at each step, end here: what
/// would be longer is absent.
pub const COMPUTED_TEXT_BYTES_MAX: usize = 256 * 1024;

impl TextExpression {
    /// The same for a comparison, which ignores case anyway: without the lower-casing around it.
    ///
    /// So `tolower(Name) eq 'jane'`, which clients write out of habit, is answered by the index of the name.
    pub fn regardless_of_case(&self) -> &Self {
        match self {
            Self::ToLower(inner) => inner.regardless_of_case(),
            other => other,
        }
    }

    /// What it is for this record; `None` is absent.
    pub fn value<'a>(&'a self, record: &'a impl Record) -> Option<Cow<'a, str>> {
        match self {
            Self::Field(field) => record.text(*field),
            Self::Attribute(name) => record.attribute(name).and_then(attribute_text),
            Self::Literal(text) => Some(Cow::Borrowed(text)),
            Self::Absent => None,
            Self::ToLower(text) => text.value(record).and_then(|text| bounded(text.to_lowercase())),
            Self::ToUpper(text) => text.value(record).and_then(|text| bounded(text.to_uppercase())),
            Self::Trim(text) => text.value(record).map(trimmed),
            Self::Concat(first, second) => joined(&first.value(record)?, &second.value(record)?),
            Self::Substring { text, start, length } => substring(text, start, length.as_deref(), record),
            Self::Replace { text, find, with } => replaced(text.value(record)?, &find.value(record)?, &with.value(record)?),
        }
    }
}

fn bounded<'a>(text: String) -> Option<Cow<'a, str>> {
    (text.len() <= COMPUTED_TEXT_BYTES_MAX).then_some(Cow::Owned(text))
}

fn trimmed(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim_matches(' ')),
        Cow::Owned(text) => Cow::Owned(text.trim_matches(' ').to_owned()),
    }
}

fn joined<'a>(first: &str, second: &str) -> Option<Cow<'a, str>> {
    let is_short = first.len() + second.len() <= COMPUTED_TEXT_BYTES_MAX;
    is_short.then(|| Cow::Owned([first, second].concat()))
}

/// The characters from `start` up to `start + length` that exist. Absent where a place is no whole number.
fn substring<'a>(
    text: &'a TextExpression,
    start: &NumberExpression,
    length: Option<&NumberExpression>,
    record: &'a impl Record,
) -> Option<Cow<'a, str>> {
    let text = text.value(record)?;
    let start = start.value(record)?.whole()?;
    let end = match length {
        Some(length) => start.saturating_add(length.value(record)?.whole()?.max(0)),
        None => i64::MAX,
    };
    let from = byte_of(&text, start);
    let to = byte_of(&text, end).max(from);
    Some(match text {
        Cow::Borrowed(text) => Cow::Borrowed(&text[from..to]),
        Cow::Owned(text) => Cow::Owned(text[from..to].to_owned()),
    })
}

/// Where the character of this index begins; the text's own ends for what lies outside.
fn byte_of(text: &str, index: i64) -> usize {
    let Ok(index) = usize::try_from(index) else {
        return if index < 0 { 0 } else { text.len() };
    };
    text.char_indices().nth(index).map_or(text.len(), |(byte, _)| byte)
}

fn replaced<'a>(text: Cow<'a, str>, find: &str, with: &str) -> Option<Cow<'a, str>> {
    if find.is_empty() {
        return Some(text);
    }
    let mut result = String::new();
    let mut end = 0;
    for (start, found) in text.match_indices(find) {
        result.push_str(&text[end..start]);
        result.push_str(with);
        end = start + found.len();
        if result.len() > COMPUTED_TEXT_BYTES_MAX {
            return None;
        }
    }
    result.push_str(&text[end..]);
    bounded(result)
}
