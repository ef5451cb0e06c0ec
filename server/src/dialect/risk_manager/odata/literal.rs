//! The values of OData 2.0 beyond plain text, and the bare guids and moments of 4.0. An error here is a message; the
//! lexer knows the place.

use super::lex::continues_word;
use super::quoted;
use super::tree::{Literal, Moment};
use jiff::{SignedDuration, civil::DateTime, tz::Offset};
use rollcall_core::query::{Cursor, Number};
use uuid::Uuid;

/// `word'text'`.
pub fn prefixed(word: &str, text: &str) -> Result<Literal, String> {
    let value = match word {
        "guid" => guid(text).map(Literal::Guid),
        "datetime" => moment(text).filter(|(_, has_offset)| !has_offset).map(|(moment, _)| Literal::Moment(moment)),
        "datetimeoffset" => moment(text).filter(|(_, has_offset)| *has_offset).map(|(moment, _)| Literal::Moment(moment)),
        "time" => time(text).map(Literal::Time),
        "X" | "binary" => binary(text).map(Literal::Binary),
        _ => {
            return Err(format!(
                "unknown kind of literal {}; there are guid, datetime, datetimeoffset, time, binary and X, \
                 and an apostrophe inside a text is written twice",
                quoted(word)
            ));
        }
    };
    value.ok_or_else(|| format!("{} is no {word}, which looks like {}", quoted(text), form(word)))
}

fn form(word: &str) -> &'static str {
    match word {
        "guid" => "guid'6fe49ce4-56d4-475f-9483-1adca6b2976c'",
        "datetime" => "datetime'2010-10-25T12:34:56' or datetime'2010-10-25'",
        "datetimeoffset" => "datetimeoffset'2010-10-25T12:34:56Z'",
        "time" => "time'PT12H34M56S'",
        _ => "X'00FF'",
    }
}

/// How far to look for the end of a bare value: beyond the longest, so that what is cut off is none.
const BARE_CHARACTERS_MAX: usize = 64;

/// A guid or a moment without word and apostrophes, and the piece of text that it is; `None` where neither stands here.
pub fn bare(rest: &str) -> Result<Option<(Literal, &str)>, String> {
    let continues = |character: &char| continues_word(*character) || matches!(character, '-' | ':' | '.' | '+');
    let end = rest.chars().take(BARE_CHARACTERS_MAX).take_while(continues).map(char::len_utf8).sum();
    let written = &rest[..end];
    if let Some(id) = guid(written) {
        return Ok(Some((Literal::Guid(id), written)));
    }
    if !written.get(..DATE.len()).is_some_and(|date| has_shape(date, DATE)) {
        return Ok(None);
    }
    match moment(written) {
        Some((moment, _)) => Ok(Some((Literal::Moment(moment), written))),
        None => Err(format!("{} is no moment, which looks like 2010-10-25T12:34:56Z", quoted(written))),
    }
}

/// The number that stands at the cursor, with its sign and its suffix.
pub fn number(cursor: &mut Cursor<'_>) -> Result<Number, String> {
    let rest = cursor.rest();
    let begin = cursor.position();
    let is_digit = |character: char| character.is_ascii_digit();
    cursor.eat("-");
    cursor.take_while(is_digit);
    let has_point = cursor.eat(".");
    let mut is_whole = !has_point;
    let mut is_complete = !has_point || !cursor.take_while(is_digit).is_empty();
    if cursor.eat("e") || cursor.eat("E") {
        is_whole = false;
        let _ = cursor.eat("+") || cursor.eat("-");
        is_complete &= !cursor.take_while(is_digit).is_empty();
    }
    let digits = &rest[..cursor.position() - begin];
    let suffix = cursor.take_while(continues_word);
    let decimal = || digits.parse().ok().filter(|value: &f64| value.is_finite()).map(Number::Decimal);
    let integer = || digits.parse().ok().map(Number::Integer);
    let value = match suffix {
        "" if is_whole => integer().or_else(decimal),
        "" | "d" | "D" | "f" | "F" | "m" | "M" => decimal(),
        "l" | "L" if is_whole => integer(),
        _ => None,
    };
    let written = &rest[..cursor.position() - begin];
    value.filter(|_| is_complete).ok_or_else(|| format!("{} is no number, or one too great", quoted(written)))
}

/// 8-4-4-4-12 hex digits.
fn guid(text: &str) -> Option<Uuid> {
    if text.len() == 36 { Uuid::try_parse(text).ok() } else { None }
}

const DATE: &str = "####-##-##";

/// A date, or a date and a time, and whether an offset was written; without one it is read as UTC.
fn moment(text: &str) -> Option<(Moment, bool)> {
    let (local, offset, has_offset) = split_offset(text)?;
    let (to_minutes, fraction) = local.split_once('.').map_or((local, None), |(before, after)| (before, Some(after)));
    let has_form = match fraction {
        None => ["####-##-##", "####-##-##T##:##", "####-##-##T##:##:##"].into_iter().any(|shape| has_shape(to_minutes, shape)),
        Some(digits) => has_shape(to_minutes, "####-##-##T##:##:##") && has_shape(digits, "#########".get(..digits.len())?),
    };
    if !has_form || fraction.is_some_and(str::is_empty) || has_offset && local.len() == DATE.len() {
        return None;
    }
    let local: DateTime = local.parse().ok()?;
    let at = offset.to_timestamp(local).ok()?;
    Some((Moment { at, offset }, has_offset))
}

/// `…Z`, `…+hh:mm`, `…-hh:mm`, or nothing of the kind.
fn split_offset(text: &str) -> Option<(&str, Offset, bool)> {
    if let Some(local) = text.strip_suffix('Z') {
        return Some((local, Offset::UTC, true));
    }
    let Some((local, offset)) = text.split_at_checked(text.len().saturating_sub("+hh:mm".len())) else {
        return Some((text, Offset::UTC, false));
    };
    let sign = match offset.as_bytes().first() {
        Some(b'+') => 1,
        Some(b'-') => -1,
        _ => return Some((text, Offset::UTC, false)),
    };
    if !has_shape(&offset[1..], "##:##") {
        return Some((text, Offset::UTC, false));
    }
    let (hours, minutes): (i32, i32) = (offset[1..3].parse().ok()?, offset[4..].parse().ok()?);
    if hours > 14 || minutes > 59 {
        return None;
    }
    Some((local, Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok()?, true))
}

/// Whether the text is the shape with a digit for every `#`.
fn has_shape(text: &str, shape: &str) -> bool {
    let fits = |(byte, wanted): (u8, u8)| if wanted == b'#' { byte.is_ascii_digit() } else { byte == wanted };
    text.len() == shape.len() && text.bytes().zip(shape.bytes()).all(fits)
}

/// `PT12H34M56.789S` and its parts.
fn time(text: &str) -> Option<SignedDuration> {
    let designators = |character: char| character.is_ascii_digit() || matches!(character, 'P' | 'T' | 'H' | 'M' | 'S' | '.');
    let has_form = text.starts_with("PT") && text.chars().all(designators);
    if has_form { text.parse().ok() } else { None }
}

/// An even number of hex digits.
fn binary(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u32>> = text.chars().map(|character| character.to_digit(16)).collect();
    let digits = digits.filter(|digits| digits.len() % 2 == 0)?;
    Some(digits.chunks_exact(2).map(|pair| (pair[0] * 16 + pair[1]) as u8).collect())
}
