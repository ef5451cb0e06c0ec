//! Lines of a CSV file whose first line names the columns.
//!
//! Not read with the `csv` crate (which writes exports): that one has no limit on a record, so a quote left open takes
//! the rest of the file into memory, and it counts the lines of a record from the blank lines before it.

use super::headings::{column_of, separator_of};
use super::physical::{LINE_BYTES_MAX, Physical, PhysicalLines, TOO_LONG};
use super::record::Record;
use super::source::{Fault, Next, Read, Unreadable};
use rollcall_core::directory::{Cell, ImportFile, Line};
use std::io::{self, BufRead};

/// A CSV file after its headings.
#[derive(Debug)]
pub(super) struct CsvLines<R> {
    lines: PhysicalLines<R>,
    separator: u8,
    headings_line: u64,
    columns: Vec<String>,
}

/// The cells of a record and how long it is, or why it is none.
type Cells = Result<(Vec<String>, usize), String>;

impl<R: BufRead> CsvLines<R> {
    /// Reads the headings.
    pub(super) fn open(reader: R, file: ImportFile) -> Result<Self, Fault> {
        let mut lines = PhysicalLines::new(reader);
        let separator = find_separator(&mut lines)?;
        let wrong = |number: u64, reason: &str| Fault::Headings(format!("line {number} {reason}"));
        let (number, cells) = next_record(&mut lines, separator)?.ok_or_else(|| wrong(1, "should name the columns, and there is none"))?;
        let (cells, _) = cells.map_err(|reason| wrong(number, &reason))?;
        let columns: Vec<String> = cells.iter().map(|cell| column_of(cell, file)).collect();
        match fault_of(&columns) {
            Some(reason) => Err(wrong(number, &reason)),
            None => Ok(Self { lines, separator, headings_line: number, columns }),
        }
    }

    /// The names of the columns, and the line that they stand on.
    pub(super) fn headings(&self) -> (u64, &[String]) {
        (self.headings_line, &self.columns)
    }

    /// The next line that is not blank.
    pub(super) fn next(&mut self) -> io::Result<Next> {
        let Some((number, cells)) = next_record(&mut self.lines, self.separator)? else { return Ok(None) };
        let read = cells.and_then(|(cells, bytes)| {
            let (found, expected) = (cells.len(), self.columns.len());
            if found != expected {
                return Err(format!("has {found} of {expected} cells: one for each heading"));
            }
            let cells = self.columns.iter().cloned().zip(cells.into_iter().map(cell)).collect();
            Ok(Read { line: Line { number, cells }, bytes })
        });
        Ok(Some(read.map_err(|reason| Unreadable { number, reason })))
    }
}

/// What makes headings none, whatever columns there may be.
fn fault_of(columns: &[String]) -> Option<String> {
    let nameless = columns.iter().position(String::is_empty)?;
    Some(format!("has no name for column {}", nameless + 1))
}

fn cell(text: String) -> Cell {
    if text.is_empty() { Cell::Empty } else { Cell::Text(text) }
}

/// What stands between the cells of a file, by its first line that is not blank, which is read again.
fn find_separator<R: BufRead>(lines: &mut PhysicalLines<R>) -> io::Result<u8> {
    let mut taken = Vec::new();
    let mut separator = None;
    while separator.is_none() {
        let Some(line) = lines.next()? else { break };
        if let Physical::Line(text) = &line {
            separator = (!text.trim_ascii().is_empty()).then(|| separator_of(text));
        }
        let is_text = matches!(line, Physical::Line(_));
        taken.push(line);
        if !is_text {
            break;
        }
    }
    lines.give_back(taken);
    Ok(separator.unwrap_or(b','))
}

/// The next record that is not a blank line, with the number of its first line.
fn next_record<R: BufRead>(lines: &mut PhysicalLines<R>, separator: u8) -> io::Result<Option<(u64, Cells)>> {
    loop {
        let Some(first) = lines.next()? else { return Ok(None) };
        let number = lines.number();
        match first {
            Physical::Line(line) if line.trim_ascii().is_empty() => {}
            Physical::Line(line) => return Ok(Some((number, collect(lines, line, separator)?))),
            Physical::TooLong => return Ok(Some((number, Err(TOO_LONG.to_owned())))),
        }
    }
}

/// The record that begins with this line. Where its quotes never close, the lines after the first are given back: they
/// are records of their own.
fn collect<R: BufRead>(lines: &mut PhysicalLines<R>, first: Vec<u8>, separator: u8) -> io::Result<Cells> {
    let mut record = Record::new(separator);
    let mut bytes = first.len();
    let mut taken = Vec::new();
    let mut line = first;
    loop {
        match record.add(&line) {
            Ok(true) => return Ok(texts(record).map(|cells| (cells, bytes))),
            Ok(false) => taken.push(Physical::Line(line)),
            Err(reason) => return Ok(Err(reason)),
        }
        line = match lines.next()? {
            Some(Physical::Line(next)) if bytes + next.len() <= LINE_BYTES_MAX => next,
            end => {
                taken.extend(end);
                lines.give_back(taken.split_off(1));
                return Ok(Err("opens a quote that is not closed within 1 MiB".to_owned()));
            }
        };
        bytes += line.len();
    }
}

fn texts(record: Record) -> Result<Vec<String>, String> {
    let text = |(index, cell): (usize, Vec<u8>)| {
        let text = String::from_utf8(cell).map_err(|_| format!("has a cell {} that is not UTF-8", index + 1))?;
        if text.contains('\0') { Err(format!("has a NUL character in cell {}", index + 1)) } else { Ok(text) }
    };
    record.into_cells().into_iter().enumerate().map(text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is read of a text: cells joined by `|`, or `!` and the reason, each behind the number of its line.
    fn read(bytes: &[u8]) -> Vec<String> {
        let mut lines = CsvLines::open(bytes, ImportFile::People).unwrap();
        let next = std::iter::from_fn(|| lines.next().unwrap());
        let show = |cells: Vec<(String, Cell)>| cells.into_iter().map(|(_, cell)| shown(cell)).collect::<Vec<_>>().join("|");
        next.map(|read| match read {
            Ok(read) => format!("{} {}", read.line.number, show(read.line.cells)),
            Err(unreadable) => format!("{} !{}", unreadable.number, unreadable.reason),
        })
        .collect()
    }

    fn shown(cell: Cell) -> String {
        match cell {
            Cell::Text(text) => text,
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn cells_stand_under_their_headings_and_empty_ones_are_absent() {
        assert_eq!(read(b"a,b\n1,2\n,\"\"\n"), ["2 1|2", "3 Empty|Empty"]);
    }

    #[test]
    fn lines_are_counted_as_an_editor_shows_them() {
        assert_eq!(read(b"a,b\r\n\r\n\"x\r\ny\",1\r\n\n2,3"), ["3 x\r\ny|1", "6 2|3"]);
    }

    #[test]
    fn quotes_commas_and_accents_survive() {
        assert_eq!(
            read("a,b\n\"Bishop, \"\"Jr.\"\"\",Luj\u{e1}n\n5\" pipe,x\n".as_bytes()),
            ["2 Bishop, \"Jr.\"|Luj\u{e1}n", "3 5\" pipe|x"]
        );
    }

    #[test]
    fn a_byte_order_mark_and_blanks_around_headings_are_no_part_of_them() {
        let lines = CsvLines::open("\u{feff}external_id , name\n".as_bytes(), ImportFile::Groups).unwrap();

        assert_eq!(lines.headings(), (1, ["external_id".to_owned(), "name".to_owned()].as_slice()));
    }

    #[test]
    fn semicolons_or_tabs_stand_between_cells_where_they_do_between_headings() {
        assert_eq!(read(b"\nLogin;E-mail\n\"a;b\";c,d\n"), ["3 a;b|c,d"]);
        assert_eq!(read(b"login\temail\r\na;b\tc,d\r\n"), ["2 a;b|c,d"]);
    }

    #[test]
    fn a_wrong_number_of_cells_is_refused_alone() {
        let refusal = |found| format!("!has {found} of 2 cells: one for each heading");

        assert_eq!(read(b"a,b\n1\n1,2,3\n4,5\n"), [format!("2 {}", refusal(1)), format!("3 {}", refusal(3)), "4 4|5".to_owned()]);
    }

    #[test]
    fn what_is_not_text_is_refused_alone() {
        assert_eq!(read(b"a,b\n1,\xff\n\0,2\n3,4\n"), ["2 !has a cell 2 that is not UTF-8", "3 !has a NUL character in cell 1", "4 3|4"]);
    }

    #[test]
    fn text_behind_a_closing_quote_is_refused_alone() {
        let refusal = "2 !has text after the closing quote of cell 1; a quote inside quotes is doubled";

        assert_eq!(read(b"a,b\n\"x\"y,1\n2,3\n"), [refusal, "3 2|3"]);
    }

    #[test]
    fn a_quote_left_open_costs_its_own_line_alone() {
        assert_eq!(read(b"a,b\n\"x,1\n2,3\n4,5\n"), ["2 !opens a quote that is not closed within 1 MiB", "3 2|3", "4 4|5"]);
    }

    #[test]
    fn a_quote_left_open_in_a_long_file_costs_its_own_line_alone() {
        let rows = 300_000;
        let text = format!("a,b\n\"x,1\n{}", "22,33\n".repeat(rows));

        let read = read(text.as_bytes());

        assert_eq!((read.len(), read.first().map(String::as_str)), (rows + 1, Some("2 !opens a quote that is not closed within 1 MiB")));
        assert_eq!(read.last().cloned(), Some(format!("{} 22|33", rows + 2)));
    }

    #[test]
    fn a_line_that_is_too_long_is_refused_alone() {
        let text = format!("a,b\n{},1\n2,3\n", "x".repeat(2 * LINE_BYTES_MAX));

        assert_eq!(read(text.as_bytes()), ["2 !is longer than 1 MiB", "3 2|3"]);
    }

    #[test]
    fn headings_that_are_none_are_refused_with_the_way_out() {
        let fault = |text: &str| match CsvLines::open(text.as_bytes(), ImportFile::People) {
            Err(Fault::Headings(reason)) => reason,
            other => panic!("{other:?}"),
        };

        assert_eq!(fault("login,email,\na,b,\n"), "line 1 has no name for column 3");
    }

    #[test]
    fn a_file_without_headings_is_refused_whole() {
        for text in [&b""[..], b"\n\n", b"\xff\xfea\0", b"\"a\n"] {
            assert!(matches!(CsvLines::open(text, ImportFile::People), Err(Fault::Headings(_))), "{text:?}");
        }
    }
}
