//! JSON written straight into bytes, by rooms that write people from their packed records.

use rollcall_core::domain::Instant;
use std::ops::Range;
use uuid::Uuid;

/// Appends a text as a JSON string, quoted and escaped.
pub fn push_text(bytes: &mut Vec<u8>, text: &str) {
    // Writing text into bytes cannot fail.
    let _ = serde_json::to_writer(bytes, text);
}

/// The same, or `null`.
pub fn push_optional_text(bytes: &mut Vec<u8>, text: Option<&str>) {
    match text {
        Some(text) => push_text(bytes, text),
        None => bytes.extend_from_slice(b"null"),
    }
}

/// Appends a whole number.
pub fn push_number(bytes: &mut Vec<u8>, number: i64) {
    // Writing into bytes cannot fail.
    let _ = serde_json::to_writer(bytes, &number);
}

/// Appends a number that is not negative as hex digits: lower case, no zero in front.
pub fn push_hex(bytes: &mut Vec<u8>, number: u64) {
    let digits = (u64::BITS - number.leading_zeros()).div_ceil(4).max(1);
    for place in (0..digits).rev() {
        let digit = (number >> (4 * place) & 0xf) as u8;
        bytes.push(if digit < 10 { b'0' + digit } else { b'a' + digit - 10 });
    }
}

/// Appends a uuid in lower case with its hyphens, without quotation marks.
pub fn push_uuid(bytes: &mut Vec<u8>, id: Uuid) {
    let mut text = Uuid::encode_buffer();
    bytes.extend_from_slice(id.hyphenated().encode_lower(&mut text).as_bytes());
}

/// Appends a moment as a JSON string, in UTC with three decimals: `"2025-04-22T10:10:02.473Z"`.
pub fn push_milliseconds(bytes: &mut Vec<u8>, instant: Instant) {
    bytes.push(b'"');
    instant.push_milliseconds_text(bytes);
    bytes.push(b'"');
}

/// Appends a moment as a JSON string, in UTC without a fraction: `"2016-09-19T06:17:22+00:00"`.
pub fn push_seconds(bytes: &mut Vec<u8>, instant: Instant) {
    bytes.push(b'"');
    instant.push_seconds_text(bytes);
    bytes.push(b'"');
}

/// Moments of one record, of which several are mostly the same: such a one is copied and not reckoned again.
#[derive(Debug)]
pub struct Moments {
    push: fn(&mut Vec<u8>, Instant),
    last: Option<(Instant, Range<usize>)>,
}

impl Moments {
    /// `push` writes a moment.
    pub const fn new(push: fn(&mut Vec<u8>, Instant)) -> Self {
        Self { push, last: None }
    }

    /// Appends a moment to the bytes that the others were appended to.
    pub fn push(&mut self, bytes: &mut Vec<u8>, instant: Instant) {
        if let Some((_, written)) = self.last.as_ref().filter(|(last, _)| *last == instant) {
            bytes.extend_from_within(written.clone());
            return;
        }
        let start = bytes.len();
        (self.push)(bytes, instant);
        self.last = Some((instant, start..bytes.len()));
    }
}

/// Appends a JSON array whose elements `push` writes.
pub fn push_array<T>(bytes: &mut Vec<u8>, items: impl IntoIterator<Item = T>, mut push: impl FnMut(&mut Vec<u8>, T)) {
    bytes.push(b'[');
    for (place, item) in items.into_iter().enumerate() {
        if place > 0 {
            bytes.push(b',');
        }
        push(bytes, item);
    }
    bytes.push(b']');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl FnOnce(&mut Vec<u8>)) -> String {
        let mut bytes = Vec::new();
        write(&mut bytes);
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn text_is_quoted_and_escaped() {
        assert_eq!(written(|bytes| push_text(bytes, "a\"b\n")), r#""a\"b\n""#);
        assert_eq!(written(|bytes| push_optional_text(bytes, None)), "null");
    }

    #[test]
    fn hex_digits_are_those_of_the_formatter() {
        for number in [0, 1, 9, 10, 15, 16, 0x1f, 0xabc_def0, u64::MAX] {
            assert_eq!(written(|bytes| push_hex(bytes, number)), format!("{number:x}"));
        }
    }

    #[test]
    fn a_uuid_is_written_as_it_is_shown() {
        let id = Uuid::from_u128(0x0198_c2a4_0000_7abc_8def_0123_4567_89ab);

        assert_eq!(written(|bytes| push_uuid(bytes, id)), id.to_string());
    }

    #[test]
    fn an_array_has_commas_between_its_elements() {
        assert_eq!(written(|bytes| push_array(bytes, [1, -2], push_number)), "[1,-2]");
        assert_eq!(written(|bytes| push_array(bytes, [], push_number)), "[]");
    }

    #[test]
    fn moments_are_texts_in_both_customs() {
        let instant = Instant::from_milliseconds(1_745_316_602_473).unwrap();

        assert_eq!(written(|bytes| push_milliseconds(bytes, instant)), "\"2025-04-22T10:10:02.473Z\"");
        assert_eq!(written(|bytes| push_seconds(bytes, instant)), "\"2025-04-22T10:10:02+00:00\"");
    }
}
