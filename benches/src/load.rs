//! Runs wrk, on the core of the load.

use crate::Outcome;
use crate::options::Options;
use crate::process::{output_of, pinned};
use crate::sample::Sample;
use std::net::SocketAddr;
use std::path::Path;

/// The folder with the scripts of wrk.
const WORKS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/works");

/// Runs `script` with `arguments` against the server at `address`.
pub(crate) fn wrk(options: &Options, address: SocketAddr, script: &str, arguments: &[&str]) -> Outcome<Sample> {
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
