//! What a server takes when nobody asks anything: time to start, memory, and disk.

use crate::Outcome;
use crate::options::Options;
use crate::process::output_of;
use crate::rollcall::{Database, EVERYBODY};
use rusqlite::{Connection, OpenFlags};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// How often a server is started.
const STARTS: usize = 5;
/// After so long a server that nobody asks has done what it does at its start.
const IDLE: Duration = Duration::from_secs(2);

#[derive(Clone, Copy, Debug)]
pub(crate) struct Footprint {
    /// From the start of the program to the first 200 of `/readyz`, in milliseconds: of a database with nobody in it, and of the full one.
    pub(crate) start_empty: f64,
    pub(crate) start_full: f64,
    /// Resident memory of a server that nobody has asked anything, in kB, with nobody and with everybody in the database.
    pub(crate) idle_empty: u64,
    pub(crate) idle_full: u64,
    /// Disk that one person takes, in bytes: without the history, and with it.
    pub(crate) disk_without_history: f64,
    pub(crate) disk: f64,
}

/// Measures servers of an empty database and of `full`, whose file is `file`.
pub(crate) fn of(options: &Options, full: &Database, file: &Path, folder: &Path) -> Outcome<Footprint> {
    let empty = full.at(&format!("sqlite:{}", folder.join("empty.db").display()));
    output_of(Command::new(&options.rollcall).args(["--database", empty.url(), "organization", "create", EVERYBODY, "--name", EVERYBODY]))?;
    let (start_empty, idle_empty) = starts(options, &empty, folder)?;
    let (start_full, idle_full) = starts(options, full, folder)?;
    let (disk_without_history, disk) = disk_of_a_person(file)?;
    Ok(Footprint { start_empty, start_full, idle_empty, idle_full, disk_without_history, disk })
}

/// The median of the times to start, and the resident memory of the last server.
fn starts(options: &Options, database: &Database, folder: &Path) -> Outcome<(f64, u64)> {
    let mut times = Vec::new();
    for start in 1..=STARTS {
        let (process, _, ready) = database.serve(options.server_core, &folder.join("start.log"))?;
        times.push(ready.as_secs_f64() * 1000.0);
        if start == STARTS {
            std::thread::sleep(IDLE);
            let resident = process.kilobytes("VmRSS")?;
            process.stop()?;
            times.sort_by(f64::total_cmp);
            return Ok((times[times.len() / 2], resident));
        }
        process.stop()?;
    }
    Err("a server was never started".into())
}

/// Bytes of all tables and indexes but those of the history, and of all, divided by the people.
fn disk_of_a_person(file: &Path) -> Outcome<(f64, f64)> {
    let database = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let number = |sql: &str| database.query_row(sql, [], |row| row.get::<_, f64>(0));
    let people = number("select cast(count(*) as real) from people")?;
    let history = number(
        "select cast(coalesce(sum(pgsize), 0) as real) from dbstat where aggregate = true and name in (select name from sqlite_schema where tbl_name = 'changes')",
    )?;
    let all = number("select cast(sum(pgsize) as real) from dbstat where aggregate = true")?;
    Ok(((all - history) / people, all / people))
}
