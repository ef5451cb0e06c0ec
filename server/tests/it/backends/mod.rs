//! The two backends: what holds on PostgreSQL alone, and that both answer alike.
//!
//! These tests need PostgreSQL's server, so they are left out unless they are asked for: `--include-ignored`, as
//! `./test.sh` does when it runs the suite on PostgreSQL.

mod addresses;
mod clusters;
mod tls;
mod twins;
mod walls;

use crate::support::{Ended, Place};

/// A command on the database at a URL.
fn run_on(url: &str, words: &[&str]) -> Ended {
    Place::at(url).run(words)
}
