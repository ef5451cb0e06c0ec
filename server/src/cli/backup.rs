//! `rollcall backup`, `rollcall restore`

use super::global::Global;
use super::output::{print_json, say};
use super::{Failure, Outcome};
use clap::Args;
use rollcall_core::directory::{BackupError, Existing, Holdings, back_up, restore};
use serde::Serialize;
use std::path::{Path, PathBuf};

/// How the other backend is backed up, in the place of these commands.
const POSTGRES: &str = "backup and restore are for SQLite: back PostgreSQL up with pg_dump and pg_restore, or by the archive of its log \
    (point-in-time recovery); see docs/operating.md";

/// Write all there is to a file, as it is at one moment, also while a server works on the database
///
/// The backup is a database of one file, which its owner alone can read. It gets its name only once it is whole, on the disk,
/// and proved sound; the time that it takes keeps no write waiting. Prints what is in it as JSON. Bring it back with `rollcall
/// restore`.
#[derive(Debug, Args)]
pub(super) struct Backup {
    /// The file to write
    file: PathBuf,
    /// Let it take the place of a file of this name, once it is whole
    #[arg(long)]
    replace: bool,
}

/// Put a backup in the place of the database, which no server or other program may have open
///
/// The backup is proved sound and brought to this version's schema before anything else is done. Prints what is in it as JSON,
/// with where the database is that was there before.
#[derive(Debug, Args)]
pub(super) struct Restore {
    /// The backup
    file: PathBuf,
    /// Let it take the place of a database that is there, which is kept beside it under another name
    #[arg(long)]
    replace: bool,
}

#[derive(Serialize)]
struct Report {
    organizations: u64,
    people: u64,
    changes: u64,
    bytes: u64,
    /// The version of its schema.
    schema: i64,
}

#[derive(Serialize)]
struct RestoreReport {
    #[serde(flatten)]
    report: Report,
    /// Where the database is that was there before.
    kept: Option<PathBuf>,
}

impl Report {
    const fn of(holdings: Holdings) -> Self {
        let Holdings { schema, organizations, people, changes, bytes } = holdings;
        Self { organizations, people, changes, bytes, schema }
    }
}

impl Backup {
    pub(super) fn run(self, global: &Global) -> Result<Outcome, Failure> {
        refuse_stream(&self.file, "a backup counts only once it was read again: it cannot go to standard output, but to a file")?;
        let url = global.settings(None)?.database.url;
        let holdings = back_up(&url, &self.file, existing(self.replace)).map_err(failure)?;
        say(format_args!("backed {url} up to {}", self.file.display()));
        print_json(&Report::of(holdings))?;
        Ok(Outcome::Done)
    }
}

impl Restore {
    pub(super) fn run(self, global: &Global) -> Result<Outcome, Failure> {
        refuse_stream(&self.file, "a backup is a file: it cannot be read from standard input")?;
        let url = global.settings(None)?.database.url;
        let restored = restore(&url, &self.file, existing(self.replace)).map_err(failure)?;
        let (before, now) = (restored.schema_before, restored.holdings.schema);
        if before < now {
            say(format_args!("brought it from schema {before} to {now}"));
        }
        say(format_args!("restored {url} from {}", self.file.display()));
        if let Some(kept) = &restored.kept {
            say(format_args!("kept the database that was there before as {}: delete it when you need it no more", kept.display()));
        }
        print_json(&RestoreReport { report: Report::of(restored.holdings), kept: restored.kept })?;
        Ok(Outcome::Done)
    }
}

const fn existing(replace: bool) -> Existing {
    if replace { Existing::Replace } else { Existing::Keep }
}

fn refuse_stream(file: &Path, words: &'static str) -> Result<(), Failure> {
    if file.as_os_str() == "-" { Err(Failure::Usage(words)) } else { Ok(()) }
}

fn failure(error: BackupError) -> Failure {
    match error {
        BackupError::Postgres => Failure::Usage(POSTGRES),
        BackupError::Taken(_) => Failure::Unusable(format!("{error}: --replace lets another take its place")),
        BackupError::Unclosed(_) => Failure::Unusable(format!(
            "{error}: stop the program that has it open, or back that database up with `rollcall backup`, or move the file away"
        )),
        BackupError::Open(_) => Failure::Unusable(format!("{error}: stop it first")),
        other => Failure::Backup(other),
    }
}
