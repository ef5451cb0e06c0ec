//! `rollcall migrate`

use super::global::{Global, open_said};
use super::output::say;
use super::{Failure, Outcome};
use clap::Args;

/// Make the database, or bring its schema up to this version
///
/// Every command does so first, so nobody must call this; it is here for those who want it done at a time of their own.
#[derive(Debug, Args)]
pub(super) struct Migrate {}

impl Migrate {
    pub(super) async fn run(self, global: &Global) -> Result<Outcome, Failure> {
        let settings = global.settings(None)?;
        open_said(&settings.database.for_a_command()).await?;
        say(format_args!("the database {} is there, and its schema is that of this version", settings.database.url));
        Ok(Outcome::Done)
    }
}
