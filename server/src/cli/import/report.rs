//! What became of a loading: a line for each refused line, and a summary.

use super::source::Source;
use crate::cli::Failure;
use crate::cli::output::{print_json, say};
use rollcall_core::directory::{Counts, ImportFile, ImportReport, MissingPeople, Withheld};
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
    deleted: u64,
}

/// Says which lines were refused, and why, and who was to be deleted and is not.
pub(super) fn tell(report: &ImportReport, people: &Source<'_>, groups: Option<&Source<'_>>) {
    for line in &report.refused {
        let name = match line.file {
            ImportFile::People => people.name(),
            ImportFile::Groups => groups.map_or("groups", Source::name),
        };
        say(format_args!("{name} line {}: {}", line.number, line.reason));
    }
    if let Some(missing) = &report.missing {
        withheld(missing).into_iter().for_each(|line| say(format_args!("{}: {line}", people.name())));
    }
}

/// Why people in no line were not deleted.
fn withheld(missing: &MissingPeople) -> Vec<String> {
    let MissingPeople { count, of, .. } = missing;
    let reason = missing.withheld.map(|withheld| match withheld {
        Withheld::NobodyLoaded => format!("no line of people was loaded, so none of the {of} people is deleted"),
        Withheld::LinesRefused => {
            format!("{count} of {of} people are in no line that was loaded; nobody is deleted, for a refused line may be about one of them")
        }
        Withheld::TooMany => format!(
            "{count} of {of} people are in no line, which is more than may be deleted; nobody is; to delete them, add --delete-max {}",
            (count * 100).div_ceil(*of.max(&1))
        ),
    });
    let owner = missing.last_owner.map(|number| format!("person {number} is in no line and stays, as the organization's last owner"));
    reason.into_iter().chain(owner).collect()
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
        Self { created: counts.created, updated: counts.updated, unchanged: counts.unchanged, deleted: counts.deleted }
    }
}
