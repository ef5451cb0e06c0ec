//! `rollcall config`

use super::global::Global;
use super::output::Output;
use super::{Failure, Outcome};
use crate::config::{DEFAULTS, explain};
use clap::Args;
use std::io::Write;

/// Print every setting, its value and where that comes from
#[derive(Debug, Args)]
pub(super) struct Config {
    /// Print the commented default settings instead, as a model for a file of one's own
    #[arg(long)]
    default: bool,
}

impl Config {
    pub(super) fn run(self, global: &Global) -> Result<Outcome, Failure> {
        let text = if self.default { DEFAULTS.to_owned() } else { explain::table(&global.settings(None)?.explain()) };
        let mut output = Output::new();
        output.write_all(text.as_bytes()).map_err(Failure::Output)?;
        output.finish()?;
        Ok(Outcome::Done)
    }
}
