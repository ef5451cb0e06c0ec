//! The two streams: data to standard output, words to standard error.

use super::Failure;
use serde::Serialize;
use std::fmt::Display;
use std::fs::File;
use std::io::{self, BufWriter, Stdout, Write};
use std::path::Path;

/// Standard output or a file, buffered. Call [`Self::finish`] at the end, or a failure to write goes unnoticed.
#[derive(Debug)]
pub(super) struct Output(BufWriter<Target>);

#[derive(Debug)]
enum Target {
    Standard(Stdout),
    File(File),
}

impl Write for Target {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Standard(stdout) => stdout.write(bytes),
            Self::File(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Standard(stdout) => stdout.flush(),
            Self::File(file) => file.flush(),
        }
    }
}

impl Output {
    pub(super) fn new() -> Self {
        Self(BufWriter::new(Target::Standard(io::stdout())))
    }

    /// A new file, in place of one that is there.
    pub(super) fn to_file(path: &Path) -> io::Result<Self> {
        Ok(Self(BufWriter::new(Target::File(File::create(path)?))))
    }

    pub(super) fn line(&mut self, text: impl Display) -> Result<(), Failure> {
        writeln!(self.0, "{text}").map_err(Failure::Output)
    }

    /// A JSON value on a line of its own.
    pub(super) fn json(&mut self, value: &impl Serialize) -> Result<(), Failure> {
        serde_json::to_writer(&mut self.0, value).map_err(|error| Failure::Output(error.into()))?;
        self.line("")
    }

    pub(super) fn finish(mut self) -> Result<(), Failure> {
        self.0.flush().map_err(Failure::Output)
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// Prints one line and nothing else.
pub(super) fn print_line(text: impl Display) -> Result<(), Failure> {
    let mut output = Output::new();
    output.line(text)?;
    output.finish()
}

/// Prints one JSON value and nothing else.
pub(super) fn print_json(value: &impl Serialize) -> Result<(), Failure> {
    let mut output = Output::new();
    output.json(value)?;
    output.finish()
}

/// Says a line on standard error. When nobody can hear it there is nobody to tell.
pub(super) fn say(text: impl Display) {
    let _ = writeln!(io::stderr(), "{text}");
}
