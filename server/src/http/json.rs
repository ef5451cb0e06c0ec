//! JSON as clients send it, read strictly.
//!
//! Plain readers keep the last of doubled members, so two programs may see two different requests in one text; and a
//! zero byte in text cannot be stored by every database. So the text is walked once with a checking visitor, and only
//! then turned into a value.

use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use std::collections::HashSet;
use std::fmt;

/// How deep JSON may nest: twice of what any contract needs, half of what the parser bears.
const JSON_DEPTH_MAX: usize = 64;
/// Characters of a member's name that a message repeats.
const NAME_SHOWN_MAX: usize = 64;

/// The parser reads the text behind some members of this beginning as more JSON, past every check.
const PARSERS_OWN_NAMES: &str = "$serde_json::private::";

/// Why a text is no acceptable JSON. The words are for the client.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message} at line {line} column {column}")]
pub struct JsonFault {
    pub message: String,
    pub line: usize,
    pub column: usize,
}

/// What some clients' platforms write in front of every text in UTF-8, against RFC 8259, section 8.1. It cannot be seen, so
/// its refusal names it.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// Reads one JSON value that fills the whole text.
pub fn strict_json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, JsonFault> {
    let text = std::str::from_utf8(bytes).map_err(|error| JsonFault::at(bytes, error.valid_up_to(), "the text is not UTF-8"))?;
    if text.starts_with(BYTE_ORDER_MARK) {
        return Err(JsonFault::at(bytes, 0, "a byte order mark in front of the text"));
    }
    let mut checked = serde_json::Deserializer::from_str(text);
    Checked { depth: 0 }.deserialize(&mut checked).and_then(|()| checked.end()).map_err(JsonFault::from)?;
    serde_json::from_str(text).map_err(JsonFault::from)
}

impl JsonFault {
    fn at(bytes: &[u8], position: usize, message: &str) -> Self {
        let before = &bytes[..position];
        let line = before.split(|byte| *byte == b'\n').count();
        let column = before.rsplit(|byte| *byte == b'\n').next().map_or(0, <[u8]>::len) + 1;
        Self { message: message.to_owned(), line, column }
    }
}

impl From<serde_json::Error> for JsonFault {
    fn from(error: serde_json::Error) -> Self {
        let (line, column) = (error.line(), error.column());
        let words = error.to_string();
        let message = words.strip_suffix(&format!(" at line {line} column {column}")).unwrap_or(&words).to_owned();
        Self { message, line, column }
    }
}

/// One value somewhere in the text, about to be checked.
#[derive(Clone, Copy)]
struct Checked {
    depth: usize,
}

impl Checked {
    fn inside<E: serde::de::Error>(self) -> Result<Self, E> {
        let depth = self.depth + 1;
        if depth > JSON_DEPTH_MAX { Err(E::custom(format!("more than {JSON_DEPTH_MAX} levels of nesting"))) } else { Ok(Self { depth }) }
    }
}

impl<'de> DeserializeSeed<'de> for Checked {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Checked {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<(), E> {
        if text.contains('\0') { Err(E::custom("a zero byte in a text")) } else { Ok(()) }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let inside = self.inside()?;
        while items.next_element_seed(inside)?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let inside = self.inside()?;
        let mut seen = HashSet::new();
        while let Some(name) = members.next_key::<String>()? {
            self.visit_str::<A::Error>(&name)?;
            if name.starts_with(PARSERS_OWN_NAMES) {
                return Err(A::Error::custom("a member whose name has a meaning to the parser alone"));
            }
            if seen.contains(&name) {
                let shown: String = name.chars().take(NAME_SHOWN_MAX).collect();
                return Err(A::Error::custom(format!("the member {shown:?} is given twice")));
            }
            seen.insert(name);
            members.next_value_seed(inside)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn read(text: &str) -> Result<Value, String> {
        strict_json(text.as_bytes()).map_err(|fault| fault.to_string())
    }

    #[test]
    fn plain_json_is_read() {
        assert_eq!(read(r#" {"a": [1, -2.5, null, true, "\u00e9\ud83d\ude00"]} "#), Ok(json!({ "a": [1, -2.5, null, true, "é😀"] })));
    }

    #[test]
    fn a_byte_order_mark_is_refused_by_its_name() {
        assert_eq!(read("\u{feff}{}"), Err("a byte order mark in front of the text at line 1 column 1".to_owned()));
    }

    #[test]
    fn a_doubled_member_is_refused_at_any_depth_and_named() {
        let fault = strict_json::<Value>(b"{\"a\":\n [{\"Name\":1,\"N\\u0061me\":2}]}").unwrap_err();

        assert_eq!((fault.message.as_str(), fault.line), ("the member \"Name\" is given twice", 2));
    }

    #[test]
    fn nesting_ends_at_its_limit() {
        let nested = |depth: usize| read(&format!("{}{}", "[".repeat(depth), "]".repeat(depth)));

        assert!(nested(64).is_ok());
        assert!(nested(65).is_err());
        assert!(nested(100_000).is_err());
    }

    #[test]
    fn a_zero_byte_is_refused_in_values_and_in_names() {
        assert!(read(r#"["a\u0000"]"#).is_err());
        assert!(read(r#"{"\u0000": 1}"#).is_err());
    }

    #[test]
    fn json_in_a_text_does_not_slip_past_the_checks() {
        assert!(read(r#"{"a": {"$serde_json::private::RawValue": "{\"b\": \"\\u0000\", \"b\": 1}"}}"#).is_err());
    }

    #[test]
    fn half_a_character_is_refused() {
        assert!([r#""\ud83d""#, r#""\ude00""#, r#""\ud83dx""#, r#""\ud83d\u0041""#].iter().all(|text| read(text).is_err()));
    }

    #[test]
    fn what_follows_the_value_is_refused() {
        assert_eq!(read("{} {}"), Err("trailing characters at line 1 column 4".to_owned()));
    }

    #[test]
    fn what_is_not_utf_8_is_refused_with_its_place() {
        let fault = strict_json::<Value>(b"{\n\"a\xff\"}").unwrap_err();

        assert_eq!((fault.line, fault.column), (2, 3));
    }

    #[test]
    fn an_empty_text_and_a_broken_one_are_refused() {
        assert!(["", "{", "[1,]", "nul", "1e999", "{'a':1}"].iter().all(|text| read(text).is_err()));
    }
}
