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
        let format = match format.or_else(|| self.format_by_name()) {
            Some(format) => format,
            None => sniff(&mut reader).map_err(|source| Failure::system(format!("read {name}"), source))?,
        };
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
fn sniff(reader: &mut Box<dyn BufRead>) -> io::Result<Format> {
    let start = reader.fill_buf()?;
    let start = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start).trim_ascii_start();
    Ok(if start.first() == Some(&b'{') { Format::Jsonl } else { Format::Csv })
}

impl<'a> Source<'a> {
    /// Lines from a reader, under a name for messages.
    pub(in crate::cli) fn new(name: String, file: ImportFile, format: Format, reader: Box<dyn BufRead + 'a>) -> Result<Self, Failure> {
        let lines = match format {
            Format::Jsonl => Lines::Json(JsonLines::new(reader)),
            Format::Csv => Lines::Csv(CsvLines::open(reader).map_err(|fault| match fault {
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
