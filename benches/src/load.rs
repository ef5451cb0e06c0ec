//! Runs what makes the load, on a core of its own.

use crate::Outcome;
use crate::openldap::PEOPLE;
use crate::options::Options;
use crate::process::{output_of, pinned};
use crate::sample::Sample;
use std::path::Path;

/// The folder with the scripts of wrk.
const WORKS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/works");

/// Runs `script` with `arguments` against the HTTP server at `address`.
pub(crate) fn wrk(options: &Options, address: &str, script: &str, arguments: &[&str]) -> Outcome<Sample> {
    let mut command = pinned(options.load_core, Path::new("wrk"));
    command.env("WORKS", WORKS).args(["-t", "1", "-c", &options.connections.to_string()]);
    command.args([
        "-d",
        &format!("{}s", options.seconds),
        "--timeout",
        "30s",
        "-s",
        &format!("{WORKS}/{script}"),
        &format!("http://{address}"),
        "--",
    ]);
    command.args(arguments);
    Sample::parse(&output_of(&mut command)?)
}

/// Runs requests of one kind against the LDAP server at `address`.
pub(crate) fn slapd_load(options: &Options, address: &str, kind: &str, subjects: &Path, first: u64) -> Outcome<Sample> {
    let mut command = pinned(options.load_core, &options.programs.join("ldap_load"));
    command.args([address, &options.connections.to_string(), &options.seconds.to_string(), kind]);
    command.arg(subjects).args([PEOPLE, &first.to_string()]);
    Sample::parse(&output_of(&mut command)?)
}

/// Runs a script of one statement on PostgreSQL, prepared, down eight connections.
pub(crate) fn pgbench(options: &Options, script: &Path, url: &str) -> Outcome<Sample> {
    let mut command = pinned(options.load_core, Path::new("pgbench"));
    command.args(["-n", "-M", "prepared", "-c", "8", "-j", "1", "-T", &options.seconds.to_string(), "-f"]).arg(script).arg(url);
    let printed = output_of(&mut command)?;
    let after = |words: &str| -> Outcome<f64> {
        let line = printed.lines().find_map(|line| line.strip_prefix(words)).ok_or_else(|| format!("no {words} in {printed}"))?;
        Ok(line.split_whitespace().next().unwrap_or_default().parse()?)
    };
    let rate = after("tps = ")?;
    let requests = after("number of transactions actually processed: ")?;
    let average = after("latency average = ")? * 1000.0;
    Ok(Sample {
        requests,
        seconds: requests / rate,
        refused: after("number of failed transactions: ")?,
        p50_microseconds: average,
        p99_microseconds: f64::NAN,
        ..Sample::default()
    })
}
