//! What a run is told.

use clap::Parser;
use std::path::PathBuf;

/// Measures Rollcall against the fixed-bytes server, OpenLDAP and PostgreSQL, and writes results/latest.{txt,json,svg}.
#[derive(Clone, Debug, Parser)]
#[command(name = "benches/run.sh")]
pub(crate) struct Options {
    /// How many people the organization has
    #[arg(long, default_value_t = 100_000)]
    pub(crate) people: u64,
    /// How often every work is measured, in turn
    #[arg(long, default_value_t = 5)]
    pub(crate) rounds: u32,
    /// How long, each time
    #[arg(long, default_value_t = 3)]
    pub(crate) seconds: u32,
    /// Works by the beginnings of their names, such as W1,W2 or "W2 scim"; all without it
    #[arg(long, value_delimiter = ',')]
    pub(crate) only: Vec<String>,
    /// Measure the fixed-bytes server with bodies of each answer's own size too
    #[arg(long)]
    pub(crate) own_sizes: bool,
    /// Leave OpenLDAP out, also where it is installed
    #[arg(long)]
    pub(crate) without_openldap: bool,
    /// A database on a PostgreSQL server, such as postgres://postgres@127.0.0.1/postgres: makes one more beside it, measures Rollcall there,
    /// and pgbench's reads of single rows, and drops it
    #[arg(long)]
    pub(crate) postgres: Option<String>,
    /// Measure with 10,000, 100,000 and 1,000,000 people, and say how cost grows
    #[arg(long)]
    pub(crate) grow: bool,
    /// Keep-alive connections of the load
    #[arg(long, default_value_t = 32)]
    pub(crate) connections: u32,
    /// The core that servers run on
    #[arg(long, default_value_t = 0)]
    pub(crate) server_core: usize,
    /// The core that the load runs on
    #[arg(long, default_value_t = 1)]
    pub(crate) load_core: usize,
    /// Where results are written
    #[arg(long, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/results"))]
    pub(crate) results: PathBuf,
    /// Count instructions instead, as benches/instructions.sh does
    #[arg(long, hide = true)]
    pub(crate) instructions: bool,
    /// The program that is measured
    #[arg(long, hide = true)]
    pub(crate) rollcall: PathBuf,
    /// Where the other programs of this folder are
    #[arg(long, hide = true)]
    pub(crate) programs: PathBuf,
}

impl Options {
    /// Whether a work of this name is to be measured.
    pub(crate) fn wants(&self, name: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|only| name.starts_with(only.as_str()))
    }

    /// Whether any work that writes is to be measured.
    pub(crate) fn wants_writing(&self) -> bool {
        self.only.is_empty() || self.only.iter().any(|only| ["W6", "W7", "W8"].iter().any(|work| only.starts_with(work)))
    }
}
