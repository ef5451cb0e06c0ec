//! Cells as CSV or as JSON lines.

use crate::cli::Failure;
use crate::cli::format::Format;
use crate::cli::output::Output;
use rollcall_core::directory::Cell;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use std::io;

/// What stands between the items of a list in one cell.
const LIST_SEPARATOR: &str = ";";

/// Writes lines.
#[derive(Debug)]
pub(super) enum Writer {
    Csv(Box<csv::Writer<Output>>),
    Json(Output),
}

impl Writer {
    /// Begins with the headings, where the format has any.
    pub(super) fn new(output: Output, format: Format, columns: &[String]) -> Result<Self, Failure> {
        match format {
            Format::Jsonl => Ok(Self::Json(output)),
            Format::Csv => {
                let mut writer = csv::Writer::from_writer(output);
                writer.write_record(columns).map_err(failed)?;
                Ok(Self::Csv(Box::new(writer)))
            }
        }
    }

    pub(super) fn line(&mut self, columns: &[String], cells: &[Cell]) -> Result<(), Failure> {
        match self {
            Self::Csv(writer) => writer.write_record(cells.iter().map(written)).map_err(failed),
            Self::Json(output) => output.json(&Line { names: columns, cells }),
        }
    }

    pub(super) fn finish(self) -> Result<(), Failure> {
        match self {
            Self::Csv(mut writer) => writer.flush().map_err(Failure::Output),
            Self::Json(output) => output.finish(),
        }
    }
}

fn failed(error: csv::Error) -> Failure {
    Failure::Output(match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    })
}

fn written(cell: &Cell) -> String {
    match cell {
        // Columns show what is an object as its text.
        Cell::Empty | Cell::Null | Cell::Object(_) => String::new(),
        Cell::Text(text) | Cell::Number(text) => text.clone(),
        Cell::Boolean(answer) => answer.to_string(),
        Cell::List(items) => items.iter().map(written).collect::<Vec<_>>().join(LIST_SEPARATOR),
    }
}

/// A line as a JSON object.
struct Line<'a> {
    names: &'a [String],
    cells: &'a [Cell],
}

impl Serialize for Line<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(Some(self.names.len()))?;
        for (name, cell) in self.names.iter().zip(self.cells) {
            object.serialize_entry(name, &Value(cell))?;
        }
        object.end()
    }
}

/// A cell as a JSON value.
struct Value<'a>(&'a Cell);

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Cell::Empty | Cell::Null => serializer.serialize_unit(),
            Cell::Text(text) => serializer.serialize_str(text),
            Cell::Boolean(answer) => serializer.serialize_bool(*answer),
            Cell::Number(digits) => match digits.parse::<serde_json::Number>() {
                Ok(number) => number.serialize(serializer),
                Err(_) => serializer.serialize_str(digits),
            },
            Cell::List(items) => serializer.collect_seq(items.iter().map(Value)),
            Cell::Object(members) => serializer.collect_map(members.iter().map(|(name, cell)| (name, Value(cell)))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_written_in_both_formats() {
        let list = Cell::List(vec![Cell::Number("7".to_owned()), Cell::Text("x".to_owned())]);
        let cells = [Cell::Null, Cell::Text(String::new()), Cell::Boolean(true), Cell::Number("12".to_owned()), list];
        let names = ["a", "b", "c", "d", "e"].map(str::to_owned);

        let json = serde_json::to_string(&Line { names: &names, cells: &cells }).unwrap();

        assert_eq!(json, r#"{"a":null,"b":"","c":true,"d":12,"e":[7,"x"]}"#);
        assert_eq!(cells.each_ref().map(written), ["", "", "true", "12", "7;x"]);
    }
}
