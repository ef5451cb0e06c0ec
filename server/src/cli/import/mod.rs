//! `rollcall import`
//!
//! | module | what it is |
//! | --- | --- |
//! | `source` | a file or standard input: its name, its format, its progress |
//! | `physical` | lines as an editor counts them, within their limit |
//! | `csv`, `record` | lines of a CSV file with headings |
//! | `headings` | what stands between cells, and which columns headings mean |
//! | `json` | lines that hold a JSON object each |
//! | `report` | what became of it all, as lines and as JSON |
//!
//! The rules of columns and values are the directory's: see [`Line`](rollcall_core::directory::Line).

mod csv;
mod headings;
mod json;
mod physical;
mod record;
mod report;
mod source;

pub(super) use source::Source;

use super::format::Format;
use super::global::{Global, operator};
use super::{Failure, Outcome};
use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rollcall_core::directory::{self, ImportFile, ImportMode, ImportPlan, MatchColumn, ParsedLines, Percent};
use rollcall_core::domain::Slug;
use source::{Origin, Unreadable};
use std::path::PathBuf;

/// Lines given to the directory at once: one transaction each, which lasts some tenths of a second. Fewer would write the pages of
/// the indexes more often; more would keep everybody else who writes waiting longer.
const BATCH_LINES: usize = 10_000;
/// Bytes of text given to the directory at once, where lines are long.
const BATCH_BYTES: usize = 8 * 1024 * 1024;
/// Characters of a line of columns in the help.
const HELP_WIDTH: usize = 100;

/// Load people, and groups with their members, from CSV files or JSON lines
///
/// People are added, or updated when they are known by external_id, uuid or number, or without these by login, e-mail
/// address or name. A wrong line is left out and said on standard error with its number and the reason; the summary on
/// standard output is JSON. The exit status is 1 when any line was refused.
///
/// A CSV file begins with the names of its columns; an empty cell is absent. Names may be written in any case and with
/// blanks or hyphens, as in E-mail, and commas, semicolons or tabs may stand between them: cells follow. In JSON lines, each line is an object by
/// the same names, and null is absent. Lists, such as projects and groups, stand in one cell with ; between their items,
/// or in a JSON array. Custom attributes take the JSON of their type; in CSV, objects stand as JSON.
#[derive(Debug, Args)]
#[command(after_long_help = columns_in_words())]
pub(super) struct Import {
    /// The organization
    #[arg(value_parser = Slug::parse)]
    slug: Slug,
    /// The file of people; - is standard input
    file: PathBuf,
    /// A file of groups and of who and what is in them, loaded after the people; - is standard input
    #[arg(long, value_name = "FILE")]
    groups: Option<PathBuf>,
    /// The format of both files [default: by their names, or else by their first character]
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Load everything, report, and take it all back
    #[arg(long)]
    dry_run: bool,
    /// Load everything at once, and only if nothing is refused
    #[arg(long)]
    atomic: bool,
    /// Take each line of people to be about the person with the same value in this one column
    ///
    /// A line without a value there is refused, and so is one whose e-mail address several people have. Every other column
    /// is then an ordinary one: matched by email, a file may give people other external ids.
    #[arg(long = "match", value_name = "COLUMN", value_enum)]
    matching: Option<Matching>,
    /// Delete everybody who was there before and is in no line
    #[arg(long)]
    delete_missing: bool,
    /// Delete nobody when it would be more than this share of all
    #[arg(long, value_name = "PERCENT", requires = "delete_missing", default_value = "10")]
    delete_max: Percent,
}

/// What `--match` takes.
#[derive(Clone, Copy, Debug, ValueEnum)]
#[value(rename_all = "snake_case")]
enum Matching {
    ExternalId,
    Email,
    Login,
}

impl From<Matching> for MatchColumn {
    fn from(matching: Matching) -> Self {
        match matching {
            Matching::ExternalId => Self::ExternalId,
            Matching::Email => Self::Email,
            Matching::Login => Self::Login,
        }
    }
}

impl Import {
    pub(super) async fn run(self, global: &Global) -> Result<Outcome, Failure> {
        let people = Origin::of(&self.file);
        let groups = self.groups.as_deref().map(Origin::of);
        if people == Origin::StandardInput && groups == Some(Origin::StandardInput) {
            return Err(Failure::Usage("only one of the two files can be standard input"));
        }
        let directory = global.directory().await?;
        let actor = operator(&directory, &self.slug).await?;
        let bar = progress_bar(people.bytes().zip(groups.as_ref().map_or(Some(0), Origin::bytes)).map(|(people, groups)| people + groups));
        let mut people = people.open(ImportFile::People, self.format, &bar)?;
        let mut groups = groups.map(|origin| origin.open(ImportFile::Groups, self.format, &bar)).transpose()?;

        let mut import = directory.import(&actor, self.plan())?;
        for source in std::iter::once(&people).chain(&groups) {
            check_columns(&import, source)?;
        }
        load(&mut import, &mut people).await?;
        if let Some(groups) = &mut groups {
            load(&mut import, groups).await?;
        }
        let report = import.finish().await.map_err(|error| match self.plan().mode {
            ImportMode::Batches => Failure::Unsettled(error),
            ImportMode::Atomic | ImportMode::DryRun => error.into(),
        })?;
        bar.finish_and_clear();
        report::tell(&report, &people, groups.as_ref());
        report::print(&report, &self.slug, self.dry_run)?;
        Ok(if report.is_whole() { Outcome::Done } else { Outcome::Lacking })
    }

    fn plan(&self) -> ImportPlan {
        let mode = match (self.dry_run, self.atomic) {
            (true, _) => ImportMode::DryRun,
            (false, true) => ImportMode::Atomic,
            (false, false) => ImportMode::Batches,
        };
        let delete_missing = self.delete_missing.then_some(self.delete_max);
        ImportPlan { mode, matching: self.matching.map(MatchColumn::from), delete_missing }
    }
}

/// Refuses a file whose headings the directory does not know, before any of it is loaded.
fn check_columns(import: &directory::Import<'_>, source: &Source<'_>) -> Result<(), Failure> {
    let Some((line, columns)) = source.headings() else { return Ok(()) };
    let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
    let checked = import.check_columns(source.file(), &columns);
    checked.map_err(|error| Failure::Unusable(format!("{} line {line}: {error}; nothing was loaded", source.name())))
}

/// Lines that are given to the directory together.
struct Batch {
    lines: ParsedLines,
    /// The number of the first of them.
    first: u64,
}

/// Gives every line of a file to the directory, in batches, each read and parsed while the one before it is loaded.
pub(super) async fn load(import: &mut directory::Import<'_>, source: &mut Source<'_>) -> Result<(), Failure> {
    let (file, name) = (source.file(), source.name().to_string());
    let mut unreadable = Vec::new();
    let mut next = next_batch(source, &mut unreadable)?;
    while let Some(Batch { lines, first }) = next {
        for Unreadable { number, reason } in unreadable.drain(..) {
            import.refuse(file, number, reason);
        }
        let read_on = async { next_batch(source, &mut unreadable) };
        let (loaded, read) = tokio::join!(import.parsed(lines), read_on);
        // What waits for the end of the file cannot fail before it: these lines would have been kept as they came.
        loaded.map_err(|error| Failure::BrokenOff { file: name.clone(), line: first, source: error })?;
        next = read?;
    }
    for Unreadable { number, reason } in unreadable {
        import.refuse(file, number, reason);
    }
    Ok(())
}

/// The next lines; none at the end of the file. Lines that cannot be made out are told of on the way.
fn next_batch(source: &mut Source<'_>, unreadable: &mut Vec<Unreadable>) -> Result<Option<Batch>, Failure> {
    let mut lines = Vec::new();
    let mut bytes = 0;
    while lines.len() < BATCH_LINES && bytes < BATCH_BYTES {
        match source.next()? {
            None => break,
            Some(Ok(read)) => {
                bytes += read.bytes;
                lines.push(read.line);
            }
            Some(Err(line)) => unreadable.push(line),
        }
    }
    let Some(first) = lines.first().map(|line| line.number) else { return Ok(None) };
    let lines = match source.file() {
        ImportFile::People => ParsedLines::people(lines),
        ImportFile::Groups => ParsedLines::groups(lines),
    };
    Ok(Some(Batch { lines, first }))
}

/// The columns of both files, for the help.
fn columns_in_words() -> String {
    let list = |file: ImportFile| {
        let mut text = String::new();
        let mut width = 0;
        for column in file.columns() {
            let separator = if width + column.len() > HELP_WIDTH { "\n  " } else { " " };
            width = if separator == " " { width + 1 + column.len() } else { column.len() };
            text.push_str(separator);
            text.push_str(column);
        }
        text
    };
    let (people, groups) = (list(ImportFile::People), list(ImportFile::Groups));
    format!(
        "Columns of people:\n {people}\n\nColumns of groups:\n {groups}\n\n\
         Both take custom.NAME for each custom attribute; see `rollcall attribute`."
    )
}

/// Shows how far it is, on a terminal alone.
fn progress_bar(bytes: Option<u64>) -> ProgressBar {
    let template = match bytes {
        Some(_) => "{bar:40} {bytes} of {total_bytes}, {eta} left",
        None => "{spinner} {bytes}",
    };
    let bar = ProgressBar::with_draw_target(bytes, ProgressDrawTarget::stderr());
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
