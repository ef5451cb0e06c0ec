//! What became of a loading: a line for each refused line, and a summary.

use super::source::Source;
use crate::cli::Failure;
use crate::cli::output::{print_json, say};
use rollcall_core::directory::{Counts, ImportFile, ImportReport};
use rollcall_core::domain::Slug;
use serde::Serialize;

#[derive(Serialize)]
struct Summary<'a> {
    organization: &'a str,
    people: Numbers,
    groups: Numbers,
    memberships: Numbers,
    refused: usize,
    dry_run: bool,
    applied: bool,
}

#[derive(Serialize)]
struct Numbers {
    created: u64,
    updated: u64,
    unchanged: u64,
}

/// Says which lines were refused, and why.
pub(super) fn tell(report: &ImportReport, people: &Source<'_>, groups: Option<&Source<'_>>) {
    for line in &report.refused {
        let name = match line.file {
            ImportFile::People => people.name(),
            ImportFile::Groups => groups.map_or("groups", Source::name),
        };
        say(format_args!("{name} line {}: {}", line.number, line.reason));
    }
}

/// Prints the summary.
pub(super) fn print(report: &ImportReport, slug: &Slug, dry_run: bool) -> Result<(), Failure> {
    print_json(&Summary {
        organization: slug.as_str(),
        people: report.people.into(),
        groups: report.groups.into(),
        memberships: report.memberships.into(),
        refused: report.refused.len(),
        dry_run,
        applied: report.is_kept,
    })
}

impl From<Counts> for Numbers {
    fn from(counts: Counts) -> Self {
        Self { created: counts.created, updated: counts.updated, unchanged: counts.unchanged }
    }
}
