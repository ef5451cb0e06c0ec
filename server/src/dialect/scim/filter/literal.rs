//! The values that stand after an operator, by the rules of JSON (RFC 8259).

use super::tree::continues_word;
use super::{Error, quoted};
use rollcall_core::query::{Cursor, Number};

/// The text that begins at the cursor with its quotation mark.
pub fn text(cursor: &mut Cursor<'_>) -> Result<String, Error> {
    let position = cursor.position();
    let rest = cursor.rest();
    cursor.eat("\"");
    loop {
        cursor.take_while(|character| !matches!(character, '"' | '\\'));
        match cursor.next_char() {
            Some('"') => break,
            Some(_) => _ = cursor.next_char(),
            None => return Err(Error::new(position, "the text that begins here has no closing quotation mark")),
        }
    }
    let written = &rest[..cursor.position() - position];
    let unlike = |_| Error::new(position, "the text that begins here has an escape or a character that a text of JSON has not");
    serde_json::from_str(written).map_err(unlike)
}

/// The number that stands at the cursor.
pub fn number(cursor: &mut Cursor<'_>) -> Result<Number, Error> {
    let position = cursor.position();
    let written = cursor.take_while(|character| continues_word(character) || character == '+');
    let number: Option<serde_json::Number> = serde_json::from_str(written).ok();
    let number = number.and_then(|number| number.as_i64().map(Number::Integer).or_else(|| number.as_f64().map(Number::Decimal)));
    number
        .ok_or_else(|| Error::new(position, format!("{} is no number, or one too great; a text stands in double quotes", quoted(written))))
}
