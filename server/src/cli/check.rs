//! `rollcall check`

use super::global::Global;
use super::output::{print_json, say};
use super::{Failure, Outcome};
use clap::Args;
use serde::Serialize;

/// Look whether the database is sound; prints a report as JSON, and each finding on standard error
///
/// Reads everything: the file itself, every record beside its columns, the change sequences and the links. Changes
/// nothing. The exit status is 1 when there are findings.
#[derive(Debug, Args)]
pub(super) struct Check {}

#[derive(Serialize)]
struct Report<'a> {
    organizations: u64,
    people: u64,
    findings: &'a [String],
}

impl Check {
    pub(super) async fn run(self, global: &Global) -> Result<Outcome, Failure> {
        let report = global.directory().await?.check().await?;
        report.findings.iter().for_each(say);
        print_json(&Report { organizations: report.organizations, people: report.people, findings: &report.findings })?;
        Ok(if report.findings.is_empty() { Outcome::Done } else { Outcome::Lacking })
    }
}
