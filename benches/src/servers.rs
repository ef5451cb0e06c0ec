//! The servers of a run, each on its address, and the most memory that each was seen to hold.

use crate::Outcome;
use crate::process::Process;
use std::net::SocketAddr;

/// A server by the name that it has in the results.
pub(crate) struct Server {
    pub(crate) name: &'static str,
    pub(crate) process: Process,
    pub(crate) address: SocketAddr,
    /// Anonymous memory, which no other process has, in kB: the most that was seen after a work.
    pub(crate) private_kilobytes: u64,
}

impl Server {
    pub(crate) fn new(name: &'static str, (process, address): (Process, SocketAddr)) -> Self {
        Self { name, process, address, private_kilobytes: 0 }
    }

    /// Remembers how much memory it holds now, if that is the most.
    pub(crate) fn observe(&mut self) -> Outcome<()> {
        self.private_kilobytes = self.private_kilobytes.max(self.process.kilobytes("RssAnon")?);
        Ok(())
    }
}
