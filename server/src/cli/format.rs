//! The formats of files of people.

use clap::ValueEnum;

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Comma-separated values under headings
    Csv,
    /// One JSON object a line
    Jsonl,
}
