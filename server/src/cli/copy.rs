//! `rollcall copy`

use super::global::Global;
use super::output::{print_json, say};
use super::{Failure, Outcome};
use crate::config::TypedUrl;
use clap::Args;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rollcall_core::directory::{CopyProgress, CopyReport, Directory};
use serde::Serialize;
use std::time::Instant;

/// Copy everything into another database, and compare the two; prints a summary as JSON
///
/// All organizations with their people, groups, numbers, history and attributes, all tokens, applications, identities and
/// sign-ins, and the key that signs: clients go on with what they have. Either database may be a file or a PostgreSQL
/// server. The one to copy into must be empty; where it is missing, it is made if it is a file.
///
/// Stop the servers of the first database before: what is copied is how it is at one moment, and what is written there
/// afterwards is not. When that is noticed, the copy is made all the same, and the exit status is 1.
///
/// A copy that was killed, or failed, goes on where it was when the same command is given again. Until it is done, every other
/// command refuses the database to copy into. At the end all of it is read and compared, by how many rows there are in each
/// table and what they add up to.
#[derive(Debug, Args)]
pub(super) struct Copy {
    /// The database to copy, as sqlite:FILE or postgres://…
    #[arg(long, value_name = "URL")]
    from: TypedUrl,
    /// The database to copy into
    #[arg(long, value_name = "URL")]
    to: TypedUrl,
}

#[derive(Serialize)]
struct Summary<'a> {
    rows: u64,
    seconds: f64,
    /// Tables that were written to in the first database meanwhile.
    changed: &'a [&'static str],
    tables: Vec<Table<'a>>,
}

#[derive(Serialize)]
struct Table<'a> {
    name: &'a str,
    rows: u64,
    checksum: &'a str,
}

impl Copy {
    pub(super) async fn run(self, global: &Global) -> Result<Outcome, Failure> {
        if global.database.is_some() {
            return Err(Failure::Usage("copy takes --from and --to, and no --database"));
        }
        let settings = global.start_quietly()?;
        let from = settings.database.for_a_command_on(&self.from, "--from")?;
        let to = settings.database.for_a_command_on(&self.to, "--to")?;
        let started = Instant::now();
        let bar = progress_bar();
        let report = Directory::copy(&from, &to, |progress| show(&bar, progress)).await?;
        bar.finish_and_clear();
        print(&report, started)?;
        if report.changed.is_empty() {
            return Ok(Outcome::Done);
        }
        say(format_args!(
            "everything is copied as it was when the copy began, but the first database was written to since: {}",
            report.changed.join(", ")
        ));
        Ok(Outcome::Lacking)
    }
}

fn print(report: &CopyReport, started: Instant) -> Result<(), Failure> {
    let tables = report.tables.iter().map(|table| Table { name: table.name, rows: table.rows, checksum: &table.checksum });
    print_json(&Summary {
        rows: report.tables.iter().map(|table| table.rows).sum(),
        seconds: started.elapsed().as_secs_f64(),
        changed: &report.changed,
        tables: tables.collect(),
    })
}

fn show(bar: &ProgressBar, progress: CopyProgress) {
    bar.set_message(if progress.is_comparing { "comparing" } else { "copying" });
    bar.set_length(progress.of);
    bar.set_position(progress.done);
}

/// Shows how far it is, on a terminal alone.
fn progress_bar() -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr());
    match ProgressStyle::with_template("{bar:40} {msg}, {percent} %, {eta} left") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
