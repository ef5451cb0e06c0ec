//! A file to be loaded, or standard input: its name, its format and its progress.

use super::csv::CsvLines;
use super::json::JsonLines;
use crate::cli::Failure;
use crate::cli::format::Format;
use indicatif::ProgressBar;
use rollcall_core::directory::{ImportFile, Line};
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader};
use std::path::Path;

/// Bytes read from the system at once.
const READ_BYTES: usize = 256 * 1024;

/// A line and how long it was.
#[derive(Debug)]
pub(super) struct Read {
    pub(super) line: Line,
    pub(super) bytes: usize,
}

/// A line that cannot be made out.
#[derive(Debug)]
pub(super) struct Unreadable {
    pub(super) number: u64,
    pub(super) reason: String,
}

/// The next line, if there is one.
pub(super) type Next = Option<Result<Read, Unreadable>>;

/// Why a file cannot be begun with.
#[derive(Debug)]
pub(super) enum Fault {
    System(io::Error),
    Headings(String),
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        Self::System(error)
    }
}

/// Where lines come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin<'a> {
    StandardInput,
    File(&'a Path),
}

/// A file that is being read.
pub(in crate::cli) struct Source<'a> {
    name: String,
    file: ImportFile,
    lines: Lines<'a>,
}

enum Lines<'a> {
    Csv(CsvLines<Box<dyn BufRead + 'a>>),
    Json(JsonLines<Box<dyn BufRead + 'a>>),
}

impl<'a> Origin<'a> {
    /// `-` is standard input.
    pub(super) fn of(path: &'a Path) -> Self {
        if path.as_os_str() == "-" { Self::StandardInput } else { Self::File(path) }
    }

    /// How many bytes there are to read, where that is known.
    pub(super) fn bytes(&self) -> Option<u64> {
        match self {
            Self::StandardInput => None,
            Self::File(path) => fs::metadata(path).ok().filter(fs::Metadata::is_file).map(|metadata| metadata.len()),
        }
    }

    /// Opens it and reads its headings, where it has any. The bar moves with what is read.
    pub(super) fn open(&self, file: ImportFile, format: Option<Format>, bar: &ProgressBar) -> Result<Source<'static>, Failure> {
        let (name, mut reader): (String, Box<dyn BufRead>) = match self {
            Self::StandardInput => {
                ("standard input".to_owned(), Box::new(BufReader::with_capacity(READ_BYTES, bar.wrap_read(io::stdin()))))
            }
            Self::File(path) => {
                let opened = File::open(path).map_err(|source| Failure::system(format!("open {}", path.display()), source))?;
                (path.display().to_string(), Box::new(BufReader::with_capacity(READ_BYTES, bar.wrap_read(opened))))
            }
        };
        let start = reader.fill_buf().map_err(|source| Failure::system(format!("read {name}"), source))?;
        if let Some(reason) = no_lines(start) {
            return Err(Failure::Unusable(format!("{name} {reason}; nothing was loaded")));
        }
        let format = format.or_else(|| self.format_by_name()).unwrap_or_else(|| sniff(start));
        Source::new(name, file, format, reader)
    }

    fn format_by_name(&self) -> Option<Format> {
        let Self::File(path) = self else { return None };
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "csv" => Some(Format::Csv),
            "jsonl" | "ndjson" => Some(Format::Jsonl),
            _ => None,
        }
    }
}

/// By the first character that is no blank: no column's name begins with a brace.
fn sniff(start: &[u8]) -> Format {
    if first_character(start) == Some(b'{') { Format::Jsonl } else { Format::Csv }
}

/// What a file is that holds no lines of text, by how it starts, and what to do about it.
fn no_lines(start: &[u8]) -> Option<&'static str> {
    match start {
        [0x1F, 0x8B, ..] => Some("is compressed with gzip; unpack it first"),
        [b'P', b'K', 3, 4, ..] => Some("is a spreadsheet or a ZIP archive; save it as CSV in UTF-8"),
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [_, 0, ..] | [0, _, ..] => Some("is not UTF-8 but looks like UTF-16; save it as UTF-8"),
        _ if first_character(start) == Some(b'[') => Some("is one JSON array; write its objects without it, one a line"),
        _ => None,
    }
}

/// The first one that is neither a byte order mark nor a blank.
fn first_character(start: &[u8]) -> Option<u8> {
    start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start).trim_ascii_start().first().copied()
}

impl<'a> Source<'a> {
    /// Lines from a reader, under a name for messages.
    pub(in crate::cli) fn new(name: String, file: ImportFile, format: Format, reader: Box<dyn BufRead + 'a>) -> Result<Self, Failure> {
        let lines = match format {
            Format::Jsonl => Lines::Json(JsonLines::new(reader)),
            Format::Csv => Lines::Csv(CsvLines::open(reader, file).map_err(|fault| match fault {
                Fault::System(source) => Failure::system(format!("read {name}"), source),
                Fault::Headings(reason) => Failure::Unusable(format!("{name} {reason}; nothing was loaded")),
            })?),
        };
        Ok(Self { name, file, lines })
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    pub(super) const fn file(&self) -> ImportFile {
        self.file
    }

    /// The names of the columns and the line that they stand on, where the format has such a line.
    pub(super) fn headings(&self) -> Option<(u64, &[String])> {
        match &self.lines {
            Lines::Csv(lines) => Some(lines.headings()),
            Lines::Json(_) => None,
        }
    }

    pub(super) fn next(&mut self) -> Result<Next, Failure> {
        let next = match &mut self.lines {
            Lines::Csv(lines) => lines.next(),
            Lines::Json(lines) => lines.next(),
        };
        next.map_err(|source| Failure::system(format!("read {}", self.name), source))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_holds_no_lines_of_text_is_told_what_it_is() {
        let told = |start: &[u8], word: &str| no_lines(start).is_some_and(|reason| reason.contains(word));

        assert!(told(b"\x1F\x8B\x08\x00", "gzip"));
        assert!(told(b"PK\x03\x04\x14\x00", "spreadsheet"));
        assert!(told(b"\xFF\xFEl\0o\0", "UTF-16") && told(b"l\0o\0", "UTF-16") && told(b"\0l\0o", "UTF-16"));
        assert!(told(b"\xEF\xBB\xBF\n [{\"login\":\"a\"}]", "JSON array"));
    }

    #[test]
    fn a_file_of_text_is_what_it_is() {
        assert_eq!([&b"login\na\n"[..], b"\xEF\xBB\xBFlogin\n", b"", b"{\"login\":1}"].map(no_lines), [None; 4]);
        assert_eq!([&b"login"[..], b"\xEF\xBB\xBF\n {", b""].map(sniff), [Format::Csv, Format::Jsonl, Format::Csv]);
    }
}
