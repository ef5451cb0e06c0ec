//! Loading people and groups from files: what a line is, what became of it, and in how many transactions.
//!
//! | module | what it is |
//! | --- | --- |
//! | `columns`, `cells` | a line of people parsed, before anything is asked of the store |
//! | `group_columns` | a line of groups and of who and what is in them parsed |
//! | `plan` | in how many transactions, whom a line is about, what becomes of people in no line |
//! | `loading` | what one loading knows while it goes on |
//! | `known` | who has the keys that a batch names, asked all at once |
//! | `people`, `groups` | a parsed line carried out |
//! | `attributes` | custom attributes, read by their definitions |
//! | `missing` | people in no line, moved to the bin |
//! | `references` | roles, job titles and what else is short: found by name, or made |
//! | `named` | people, groups and identities that a line names |
//!
//! Start at [`Directory::import`]. A line that is wrong is reported with its number and reason. Lines are parsed
//! outside the write lock; with [`ImportMode::Atomic`] and [`ImportMode::DryRun`] it is taken once, at the end.

mod attributes;
mod cells;
mod columns;
mod group_columns;
mod groups;
mod known;
mod loading;
mod missing;
mod named;
mod people;
mod plan;
mod references;

pub use missing::{MissingPeople, Withheld};
pub use plan::{ImportMode, ImportPlan, InvalidPercent, MatchColumn, Percent};

use super::{Action, Actor, Directory, DirectoryError, Object};
use crate::store::{Work, WriteTransaction};
use columns::PersonDraft;
use group_columns::GroupDraft;
use loading::Loading;
pub(super) use references::next as next_number;
use std::collections::HashSet;

/// One line of a file, by column.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Where it stands in the file, for whoever mends it: counted from 1, headings included.
    pub number: u64,
    /// What it holds, under canonical names of fields. A column that is not there is left alone.
    pub cells: Vec<(String, Cell)>,
}

impl Line {
    /// Shows every cell to a reader; the reasons of those that it could not read, all of them, otherwise.
    fn read_cells(&self, mut read: impl FnMut(&str, &Cell) -> Result<(), String>) -> Result<(), String> {
        let faults = self.cells.iter().filter_map(|(column, cell)| read(column, cell).err().map(|reason| format!("{column} {reason}")));
        let faults: Vec<String> = faults.collect();
        if faults.is_empty() { Ok(()) } else { Err(faults.join("; ")) }
    }
}

/// What stands in one column of a line.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing, in a file that cannot tell nothing from empty text (CSV).
    Empty,
    /// Expressly nothing (`null` of JSON).
    Null,
    Text(String),
    Boolean(bool),
    /// A number, as it was written.
    Number(String),
    List(Vec<Cell>),
    /// A JSON object, which the columns of [`ImportFile::takes_objects`] take.
    Object(Vec<(String, Cell)>),
}

/// What became of the lines. After a dry run, what would have become of them; all counts are zero after an atomic
/// loading that was refused.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportReport {
    pub people: Counts,
    pub groups: Counts,
    /// Of people in groups, and of groups in groups.
    pub memberships: Counts,
    pub refused: Vec<RefusedLine>,
    /// What became of people in no line; `None` when nothing was to.
    pub missing: Option<MissingPeople>,
    /// Whether the changes stand.
    pub is_kept: bool,
}

impl ImportReport {
    /// Whether everything was done that was asked: no line was refused, and everybody to be deleted is.
    pub fn is_whole(&self) -> bool {
        self.refused.is_empty() && self.missing.as_ref().is_none_or(MissingPeople::are_settled)
    }
}

/// How many records of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub created: u64,
    pub updated: u64,
    pub unchanged: u64,
    /// Because they were in no line. What a deleted person leaves, such as its memberships, is not counted.
    pub deleted: u64,
}

/// A line that was not loaded, or not wholly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedLine {
    pub file: ImportFile,
    pub number: u64,
    /// Why, for whoever mends it.
    pub reason: String,
}

/// Which of the two files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ImportFile {
    People,
    Groups,
}

impl ImportFile {
    /// The columns of such a file; `custom.NAME` comes to them for each custom attribute.
    pub const fn columns(self) -> &'static [&'static str] {
        match self {
            Self::People => &columns::PEOPLE,
            Self::Groups => &group_columns::GROUPS,
        }
    }

    /// Whether a column of people or of groups takes objects, alone or in a list.
    pub fn takes_objects(column: &str) -> bool {
        column.starts_with(attributes::PREFIX) || columns::OBJECTS.contains(&column)
    }
}

/// A loading that goes on. Made by [`Directory::import`], ended by [`Import::finish`].
#[derive(Debug)]
pub struct Import<'a> {
    directory: &'a Directory,
    actor: Actor,
    plan: ImportPlan,
    loading: Loading,
    /// What waits for the end, unless batches are kept as they come.
    staged: Vec<Batch>,
}

/// Parsed lines of one kind.
#[derive(Clone, Debug)]
enum Batch {
    People(Vec<PersonDraft>),
    Groups(Vec<GroupDraft>),
}

/// Lines that were looked at as far as they can be without the directory.
#[derive(Debug)]
pub struct ParsedLines {
    batch: Batch,
    refused: Vec<RefusedLine>,
}

impl ParsedLines {
    pub fn people(lines: Vec<Line>) -> Self {
        let (drafts, refused) = parsed(lines, ImportFile::People, PersonDraft::parse);
        Self { batch: Batch::People(drafts), refused }
    }

    pub fn groups(lines: Vec<Line>) -> Self {
        let (drafts, refused) = parsed(lines, ImportFile::Groups, GroupDraft::parse);
        Self { batch: Batch::Groups(drafts), refused }
    }
}

fn parsed<D>(lines: Vec<Line>, file: ImportFile, parse: fn(&Line) -> Result<D, String>) -> (Vec<D>, Vec<RefusedLine>) {
    let (mut drafts, mut refused) = (Vec::with_capacity(lines.len()), Vec::new());
    for line in lines {
        match parse(&line) {
            Ok(draft) => drafts.push(draft),
            Err(reason) => refused.push(RefusedLine { file, number: line.number, reason }),
        }
    }
    (drafts, refused)
}

impl Directory {
    /// Begins to load people and groups into the actor's organization.
    pub fn import(&self, actor: &Actor, plan: impl Into<ImportPlan>) -> Result<Import<'_>, DirectoryError> {
        actor.may(Action::Write, Object::People)?;
        actor.may(Action::Write, Object::Groups)?;
        let plan = plan.into();
        let loading = Loading::new(actor.clone(), plan, self.surroundings.clone());
        Ok(Import { directory: self, actor: actor.clone(), plan, loading, staged: Vec::new() })
    }
}

impl Import<'_> {
    /// Refuses columns that nobody knows, and doubled ones, before anything is loaded.
    ///
    /// Who gave an unknown one is told all that there are; a line that holds one is not, for there may be many such lines.
    pub fn check_columns(&self, file: ImportFile, columns: &[&str]) -> Result<(), DirectoryError> {
        let mut seen = HashSet::new();
        for column in columns {
            let known = match file {
                ImportFile::People => columns::check_person_column(column),
                ImportFile::Groups => group_columns::check_group_column(column),
            };
            let fault = known.err().or_else(|| (!seen.insert(*column)).then(|| "is there twice".to_owned()));
            if let Some(reason) = fault {
                let is_unknown = !file.columns().contains(column);
                let all = if is_unknown { format!("; the columns are {}", file.columns().join(", ")) } else { String::new() };
                return Err(DirectoryError::Invalid { field: format!("column {column}"), reason: reason + &all });
            }
        }
        Ok(())
    }

    /// Loads lines of people.
    pub async fn people(&mut self, lines: Vec<Line>) -> Result<(), DirectoryError> {
        self.parsed(ParsedLines::people(lines)).await
    }

    /// Loads lines of groups, and of who and what is in them. The people in them must have been loaded before, now or
    /// earlier; groups in them may come later.
    pub async fn groups(&mut self, lines: Vec<Line>) -> Result<(), DirectoryError> {
        self.parsed(ParsedLines::groups(lines)).await
    }

    /// Loads lines that were parsed before, be it while those before them were loaded.
    pub async fn parsed(&mut self, lines: ParsedLines) -> Result<(), DirectoryError> {
        self.loading.report.refused.extend(lines.refused);
        self.take(lines.batch).await
    }

    /// Takes note of a line that could not even be read.
    pub fn refuse(&mut self, file: ImportFile, number: u64, reason: String) {
        self.loading.report.refused.push(RefusedLine { file, number, reason });
    }

    /// Loads what waits for the end, and says what became of everything.
    pub async fn finish(mut self) -> Result<ImportReport, DirectoryError> {
        let batches = std::mem::take(&mut self.staged);
        let mode = self.plan.mode;
        let keep: fn(&Loading) -> bool = match mode {
            ImportMode::Batches => |_| true,
            ImportMode::Atomic => |loading| loading.report.is_whole(),
            ImportMode::DryRun => |_| false,
        };
        let loading = self
            .carry_out(keep, move |tx, mut loading| {
                Box::pin(async move {
                    for batch in batches {
                        loading.load(tx, batch).await?;
                    }
                    loading.settle_managers(tx).await?;
                    loading.settle_subgroups(tx).await?;
                    loading.delete_missing(tx).await?;
                    Ok(loading)
                })
            })
            .await?;
        let mut report = loading.report.clone();
        report.is_kept = keep(&loading);
        if mode == ImportMode::Atomic && !report.is_kept {
            (report.people, report.groups, report.memberships) = (Counts::default(), Counts::default(), Counts::default());
        }
        report.refused.sort_by_key(|line| (line.file, line.number));
        Ok(report)
    }

    async fn take(&mut self, batch: Batch) -> Result<(), DirectoryError> {
        if self.plan.mode != ImportMode::Batches {
            self.staged.push(batch);
            return Ok(());
        }
        self.loading = self
            .carry_out(
                |_| true,
                move |tx, mut loading| {
                    Box::pin(async move {
                        loading.load(tx, batch).await?;
                        Ok(loading)
                    })
                },
            )
            .await?;
        Ok(())
    }

    /// Runs one transaction that takes the state of this loading along and brings it back.
    async fn carry_out<F>(&mut self, keep: fn(&Loading) -> bool, work: F) -> Result<Loading, DirectoryError>
    where
        F: for<'t> FnOnce(&'t mut WriteTransaction, Loading) -> Work<'t, Loading, DirectoryError> + Send + 'static,
    {
        let fresh = Loading::new(self.actor.clone(), self.plan, self.directory.surroundings.clone());
        let loading = std::mem::replace(&mut self.loading, fresh);
        self.directory.store.write_if(self.actor.organization(), keep, move |tx| work(tx, loading)).await
    }
}
