//! The fixed-bytes server of `bin/limit.rs`, and the bodies that it answers with.

use crate::Outcome;
use crate::options::Options;
use crate::process::{Process, accepts, free_address};
use std::fs;
use std::net::SocketAddr;
use std::path::Path;

/// The fixed body that a work is held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Limit {
    One,
    Hundred,
}

impl Limit {
    pub(crate) const ALL: [Self; 2] = [Self::One, Self::Hundred];

    /// Its name in the results and its route.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::One => "one",
            Self::Hundred => "hundred",
        }
    }

    /// About what one person and a hundred of them take as JSON.
    const fn bytes(self) -> usize {
        match self {
            Self::One => 700,
            Self::Hundred => 61_000,
        }
    }

    /// A file with that body, as the argument that makes the route.
    pub(crate) fn route(self, folder: &Path) -> Outcome<String> {
        let file = folder.join(format!("{}.json", self.name()));
        fs::write(&file, format!("\"{}\"", "x".repeat(self.bytes() - 2)))?;
        Ok(format!("{}={}", self.name(), file.display()))
    }
}

/// Starts the server with these routes.
pub(crate) fn start(options: &Options, routes: &[String], folder: &Path) -> Outcome<(Process, SocketAddr)> {
    let address = free_address()?;
    let arguments = [&[address.to_string()], routes].concat();
    let program = options.programs.join("limit");
    let mut process = Process::start(options.server_core, &program, &arguments, &[], &folder.join("limit.log"))?;
    process.wait_for(address, accepts)?;
    Ok((process, address))
}
