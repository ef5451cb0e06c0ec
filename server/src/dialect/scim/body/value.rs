//! One value that has no parts, by its attribute's type (RFC 7643, section 2.3).

use super::super::error::Error;
use super::super::schema::Kind;
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use serde_json::Value;

/// The value as its type has it; `None`: it says that there is none, as an empty text does, which OneLogin sends for
/// everything that it does not know. What a text must be beyond a text is told where its field is known.
pub(in super::super) fn simple(name: &str, kind: Kind, written: Value) -> Result<Option<Value>, Error> {
    if written.is_null() {
        return Ok(None);
    }
    let wanted = match kind {
        Kind::String | Kind::Reference | Kind::DateTime | Kind::Binary if written.as_str() == Some("") => return Ok(None),
        Kind::String | Kind::Reference | Kind::DateTime if written.is_string() => return Ok(Some(written)),
        Kind::Binary if written.as_str().is_some_and(is_base64) => return Ok(Some(written)),
        Kind::Integer if written.is_i64() => return Ok(Some(written)),
        Kind::Decimal if written.is_number() => return Ok(Some(written)),
        Kind::Boolean => match boolean(&written) {
            Some(said) => return Ok(Some(Value::Bool(said))),
            None => "true or false",
        },
        Kind::String | Kind::Reference => "a text",
        Kind::DateTime => "a moment, such as \"2026-02-01T09:30:00Z\"",
        Kind::Binary => "a text in base64",
        Kind::Integer => "a whole number",
        Kind::Decimal => "a number",
        Kind::Complex => "an object",
    };
    Err(Error::invalid_value(format!("`{name}` must be {wanted}.")))
}

/// Whether a text is base64 as RFC 4648, section 4, has it (RFC 7643, section 2.3.6), with its padding or without.
fn is_base64(text: &str) -> bool {
    STANDARD_NO_PAD.decode(text.trim_end_matches('=')).is_ok()
}

/// True or false, also as Entra writes them.
pub(in super::super) fn boolean(written: &Value) -> Option<bool> {
    match written {
        Value::Bool(said) => Some(*said),
        Value::String(word) if word.eq_ignore_ascii_case("true") => Some(true),
        Value::String(word) if word.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}
