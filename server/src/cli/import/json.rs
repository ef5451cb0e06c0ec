//! Lines that hold a JSON object each, by the names of columns.

use super::physical::{Physical, PhysicalLines, TOO_LONG};
use super::source::{Next, Read, Unreadable};
use crate::http::strict_json;
use rollcall_core::directory::{Cell, ImportFile, Line};
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::io::{self, BufRead};

/// A file of JSON lines.
#[derive(Debug)]
pub(super) struct JsonLines<R>(PhysicalLines<R>);

impl<R: BufRead> JsonLines<R> {
    pub(super) const fn new(reader: R) -> Self {
        Self(PhysicalLines::new(reader))
    }

    /// The next line that is not blank.
    pub(super) fn next(&mut self) -> io::Result<Next> {
        loop {
            let Some(line) = self.0.next()? else { return Ok(None) };
            let number = self.0.number();
            let cells = match &line {
                Physical::Line(bytes) if bytes.trim_ascii().is_empty() => continue,
                Physical::Line(bytes) => cells(bytes).map(|cells| (cells, bytes.len())),
                Physical::TooLong => Err(TOO_LONG.to_owned()),
            };
            let read = cells.map(|(cells, bytes)| Read { line: Line { number, cells }, bytes });
            return Ok(Some(read.map_err(|reason| Unreadable { number, reason })));
        }
    }
}

fn cells(bytes: &[u8]) -> Result<Vec<(String, Cell)>, String> {
    let text = bytes.trim_ascii();
    if text.first() != Some(&b'{') {
        return Err("is not a JSON object".to_owned());
    }
    let members: BTreeMap<String, Box<RawValue>> =
        strict_json(text).map_err(|fault| format!("is no sound JSON: {} at column {}", fault.message, fault.column))?;
    let cell = |(name, value): (String, Box<RawValue>)| match member(&name, &value) {
        Ok(cell) => Ok((name, cell)),
        Err(reason) => Err(format!("has {name}, which {reason}")),
    };
    members.into_iter().map(cell).collect()
}

/// The value of a column. Only some take objects.
fn member(name: &str, value: &RawValue) -> Result<Cell, String> {
    let takes_objects = ImportFile::takes_objects(name);
    match value.get().as_bytes().first() {
        Some(b'{') if takes_objects => object(value),
        Some(b'[') if takes_objects => {
            let items: Vec<Box<RawValue>> = serde_json::from_str(value.get()).map_err(|error| error.to_string())?;
            let item = |item: &RawValue| if item.get().starts_with('{') { object(item) } else { cell(item, false) };
            items.iter().map(|value| item(value)).collect::<Result<_, _>>().map(Cell::List)
        }
        _ => cell(value, true),
    }
}

/// An object, whose members are texts, numbers and the like.
fn object(value: &RawValue) -> Result<Cell, String> {
    let members: BTreeMap<String, Box<RawValue>> =
        strict_json(value.get().as_bytes()).map_err(|fault| format!("is no sound JSON: {}", fault.message))?;
    members.into_iter().map(|(name, value)| cell(&value, false).map(|cell| (name, cell))).collect::<Result<_, _>>().map(Cell::Object)
}

/// One value. Numbers stay as they are written.
fn cell(value: &RawValue, may_be_list: bool) -> Result<Cell, String> {
    let text = value.get();
    let unsound = |error: serde_json::Error| error.to_string();
    match text.as_bytes().first() {
        Some(b'n') => Ok(Cell::Null),
        Some(b't') => Ok(Cell::Boolean(true)),
        Some(b'f') => Ok(Cell::Boolean(false)),
        Some(b'"') => serde_json::from_str(text).map(Cell::Text).map_err(unsound),
        Some(b'[') if may_be_list => {
            let items: Vec<Box<RawValue>> = serde_json::from_str(text).map_err(unsound)?;
            items.iter().map(|item| cell(item, false)).collect::<Result<_, _>>().map(Cell::List)
        }
        Some(b'[') => Err("must not hold a list inside a list".to_owned()),
        Some(b'{') => Err("must not hold an object".to_owned()),
        _ => Ok(Cell::Number(text.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Vec<Result<Line, (u64, String)>> {
        let mut lines = JsonLines::new(bytes);
        let next = std::iter::from_fn(|| lines.next().unwrap());
        next.map(|read| read.map(|read| read.line).map_err(|unreadable| (unreadable.number, unreadable.reason))).collect()
    }

    fn reason(text: &str) -> String {
        read(text.as_bytes()).remove(0).unwrap_err().1
    }

    #[test]
    fn every_kind_of_value_is_told_apart() {
        let text = r#"{"a":"","b":null,"c":true,"d":1.50,"e":["x",2],"f":[]}"#;

        let line = read(text.as_bytes()).remove(0).unwrap();

        let cells: Vec<Cell> = line.cells.into_iter().map(|(_, cell)| cell).collect();
        let list = Cell::List(vec![Cell::Text("x".to_owned()), Cell::Number("2".to_owned())]);
        let number = Cell::Number("1.50".to_owned());
        assert_eq!(cells, [Cell::Text(String::new()), Cell::Null, Cell::Boolean(true), number, list, Cell::List(Vec::new())]);
    }

    #[test]
    fn blank_lines_count_and_a_byte_order_mark_does_not_disturb() {
        let lines = read("\u{feff}{\"a\":1}\r\n\n  \n{\"a\":2}".as_bytes());

        assert_eq!(lines.into_iter().map(|line| line.unwrap().number).collect::<Vec<_>>(), [1, 4]);
    }

    #[test]
    fn a_line_that_is_no_object_is_refused_alone() {
        let lines = read(b"[1]\n\"x\"\n{\"a\":1}\n");

        assert_eq!(lines[0], Err((1, "is not a JSON object".to_owned())));
        assert_eq!(lines[1], Err((2, "is not a JSON object".to_owned())));
        assert!(lines[2].is_ok());
    }

    #[test]
    fn a_doubled_member_is_refused() {
        assert!(reason(r#"{"email":"a@b","email":"c@d"}"#).contains("\"email\" is given twice"));
    }

    #[test]
    fn an_object_inside_and_a_list_in_a_list_are_refused() {
        assert_eq!(reason(r#"{"custom":{"a":1}}"#), "has custom, which must not hold an object");
        assert_eq!(reason(r#"{"projects":[[1]]}"#), "has projects, which must not hold a list inside a list");
    }

    #[test]
    fn what_is_no_json_is_refused_with_its_column() {
        for text in ["{\"a\":1", "{\"a\":1}}", "{\"a\":01}", "{\"a\":\"\\u0000\"}", "{a:1}", "{\"a\":1} {\"a\":2}"] {
            assert!(reason(text).contains(" at column "), "{text}: {}", reason(text));
        }
        assert!(read(b"{\"a\":\"\xff\"}").remove(0).unwrap_err().1.contains("UTF-8"));
    }

    #[test]
    fn deep_nesting_is_refused() {
        assert!(reason(&format!("{{\"a\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000))).contains("nesting"));
    }
}
