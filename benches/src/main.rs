//! Measures Rollcall: see `run.sh` and docs/performance.md.

mod http;
mod load;
mod names;
mod options;
mod people;
mod process;
mod reading;
mod report;
mod rollcall;
mod sample;
mod works;

use clap::Parser;
use options::Options;
use std::error::Error;

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let options = Options::parse();
    let folder = tempfile::tempdir()?;
    let database = rollcall::Database::make(&options, &format!("sqlite:{}", folder.path().join("people.db").display()), folder.path())?;
    eprintln!("loaded {} people in {:.1} s", options.people, database.import.as_secs_f64());
    let measures = reading::measure(&options, &database, folder.path())?;
    print!("{}", report::text(&measures));
    Ok(())
}
