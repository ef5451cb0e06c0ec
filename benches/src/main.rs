//! Measures Rollcall: see `run.sh` and docs/performance.md.

mod footprint;
mod http;
mod instructions;
mod limit;
mod load;
mod names;
mod openldap;
mod options;
mod people;
mod postgres;
mod process;
mod reading;
mod report;
mod rollcall;
mod rounds;
mod run;
mod sample;
mod servers;
mod targets;
mod works;
mod writing;

use clap::Parser;
use options::Options;
use std::error::Error;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// How many people a run has that shows how cost grows.
const GROWING: [u64; 3] = [10_000, 100_000, 1_000_000];

fn main() -> Outcome<()> {
    let options = Options::parse();
    if options.instructions {
        return instructions::record(&options);
    }
    let sizes = if options.grow { GROWING.to_vec() } else { vec![options.people] };
    let mut runs = Vec::new();
    for people in sizes {
        let folder = tempfile::tempdir()?;
        runs.push(run::with(&Options { people, ..options.clone() }, folder.path())?);
    }
    report::write(&options, &runs)
}
