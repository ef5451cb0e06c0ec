//! A server process that is killed, stopped, and deprived of its disk.

use crate::support::Place;
use rustix::process::{Pid, Resource, Rlimit, Signal, getrlimit, kill_process, prlimit};
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::Child;
use std::thread::JoinHandle;

/// With the signal of a file that grows too large ignored, so that the write fails as it does on a full disk.
pub const IGNORING_THE_LIMIT: &str = "trap '' XFSZ";

/// A server over a place's database.
#[derive(Debug)]
pub struct Process {
    pub address: SocketAddr,
    child: Child,
    /// Everything that it logs, once it has ended.
    log: Option<JoinHandle<String>>,
}

impl Process {
    pub fn start(place: &Place) -> Self {
        Self::start_with(place, &[])
    }

    /// With more of an environment.
    pub fn start_with(place: &Place, environment: &[(&str, &str)]) -> Self {
        let mut command = place.command_after(IGNORING_THE_LIMIT, &["serve", "--listen", "127.0.0.1:0"]);
        command.envs(environment.iter().copied());
        let mut child = command.env("ROLLCALL_LIMITS_VENDOR_RATES", "false").spawn().expect("the program");
        let mut log = BufReader::new(child.stderr.take().expect("its log"));
        let mut first = String::new();
        let address = loop {
            let length = log.read_line(&mut first).expect("a line");
            // The end of a line of text, or of a text in JSON.
            let end = first.trim().trim_end_matches(['"', '}']);
            let address = end.rsplit_once("http://").and_then(|(_, address)| address.parse().ok());
            match address {
                Some(address) => break address,
                None => assert!(length > 0, "it ended before it listened: {first}"),
            }
        };
        let log = std::thread::spawn(move || {
            let lines = log.lines().map_while(Result::ok);
            lines.fold(first, |text, line| text + &line + "\n")
        });
        Self { address, child, log: Some(log) }
    }

    /// From now on the system refuses every write to a file, wherever in it, as a full disk or one that became read-only
    /// does. Works for every user, root included, and on every file system.
    pub fn take_the_disk_away(&self) {
        self.limit_files(Some(0));
    }

    /// No file may grow beyond so many bytes: the disk is full once one of them is that large.
    pub fn leave_room_for(&self, bytes: u64) {
        self.limit_files(Some(bytes));
    }

    pub fn give_the_disk_back(&self) {
        self.limit_files(getrlimit(Resource::Fsize).current);
    }

    fn limit_files(&self, bytes: Option<u64>) {
        let limit = Rlimit { current: bytes, maximum: getrlimit(Resource::Fsize).maximum };
        prlimit(Some(self.pid()), Resource::Fsize, limit).expect("a limit");
    }

    /// Kills it, as a power failure or an operator does: it has no time to do anything.
    pub fn kill(mut self) {
        kill_process(self.pid(), Signal::KILL).expect("a signal");
        self.child.wait().expect("its end");
    }

    /// Stops it, and answers its exit status and everything that it logged.
    pub fn stop(mut self) -> (Option<i32>, String) {
        kill_process(self.pid(), Signal::TERM).expect("a signal");
        let status = self.child.wait().expect("its end").code();
        let log = self.log.take().expect("a log").join().expect("its log");
        (status, log)
    }

    fn pid(&self) -> Pid {
        i32::try_from(self.child.id()).ok().and_then(Pid::from_raw).expect("an id")
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself, and been waited for.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
