//! The built program, run in a folder of its own.

use super::Database;
use super::database::Backend;
use serde_json::Value;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use tempfile::TempDir;

/// A folder with a database of its own, which the program finds without being told.
#[derive(Debug)]
pub struct Place {
    folder: TempDir,
    /// Where it is not the file in the folder.
    database: Option<Database>,
    /// Where it is neither.
    url: Option<String>,
}

/// How a command ended, and what it printed.
#[derive(Debug)]
pub struct Ended {
    pub status: Option<i32>,
    pub data: String,
    pub words: String,
}

impl Place {
    pub fn new() -> Self {
        match Backend::of_this_run() {
            Backend::Sqlite => Self::on_a_file(),
            Backend::Postgres => Self { folder: folder(), database: Some(Database::new()), url: None },
        }
    }

    /// With a database in its folder, whatever this run is about. It is not made yet.
    pub fn on_a_file() -> Self {
        Self { folder: folder(), database: None, url: None }
    }

    /// With a database that is somebody else's to make and to remove.
    pub fn at(url: &str) -> Self {
        Self { folder: folder(), database: None, url: Some(url.to_owned()) }
    }

    /// A place with the organization `acme`.
    pub fn with_acme() -> Self {
        Self::new().and_acme()
    }

    #[must_use]
    pub fn and_acme(self) -> Self {
        let place = self;
        assert_eq!(place.run(&["organization", "create", "acme", "--name", "Acme"]).status, Some(0));
        place
    }

    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rollcall"));
        command.args(words);
        self.apart(command)
    }

    /// The same, in place of a shell that has done what the script says.
    pub fn command_after(&self, script: &str, words: &[&str]) -> Command {
        let mut command = Command::new("/bin/sh");
        command.args(["-c", &format!("{script}; exec \"$0\" \"$@\""), env!("CARGO_BIN_EXE_rollcall")]).args(words);
        self.apart(command)
    }

    /// Another program of this machine.
    pub fn command_of(&self, program: &str, words: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.args(words);
        self.apart(command)
    }

    /// In this folder, with nothing of the environment of the tests.
    fn apart(&self, mut command: Command) -> Command {
        command.current_dir(self.path()).env_clear().env("TMPDIR", self.path());
        if let Some(url) = self.url_elsewhere() {
            command.env("ROLLCALL_DATABASE_URL", url);
        }
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    pub fn run(&self, words: &[&str]) -> Ended {
        self.run_with_input(words, "")
    }

    pub fn run_with_input(&self, words: &[&str], input: &str) -> Ended {
        let mut child = self.command(words).stdin(Stdio::piped()).spawn().expect("the program");
        // A program that wants no input may be gone before it gets any.
        let _ = child.stdin.take().expect("its input").write_all(input.as_bytes());
        Ended::of(child)
    }

    /// Where its database is, for a program in any folder.
    pub fn url(&self) -> String {
        let file = || format!("sqlite:{}", self.path().join("rollcall.db").display());
        self.url_elsewhere().map_or_else(file, str::to_owned)
    }

    fn url_elsewhere(&self) -> Option<&str> {
        self.database.as_ref().map(|database| database.url.as_str()).or(self.url.as_deref())
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn write(&self, name: &str, text: &str) {
        fs::write(self.path().join(name), text).expect("a file");
    }

    pub fn people(&self) -> u64 {
        self.run(&["organization", "list"]).json()["people"].as_u64().expect("a number")
    }
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

impl Ended {
    pub fn of(child: Child) -> Self {
        let output = child.wait_with_output().expect("the program's end");
        let text = |bytes| String::from_utf8(bytes).expect("text");
        Self { status: output.status.code(), data: text(output.stdout), words: text(output.stderr) }
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.data).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

/// A program that runs until it is told to stop.
#[derive(Debug)]
pub struct Running {
    pub child: Child,
    pub lines: std::io::Lines<BufReader<ChildStdout>>,
}

impl Running {
    pub fn start(place: &Place, words: &[&str]) -> Self {
        let mut child = place.command(words).spawn().expect("the program");
        let lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        Self { child, lines }
    }

    pub fn lines(&mut self, count: usize) -> Vec<String> {
        self.lines.by_ref().take(count).map(|line| line.expect("a line")).collect()
    }

    /// The first line that it says on standard error.
    pub fn first_words(&mut self) -> String {
        let mut words = BufReader::new(self.child.stderr.take().expect("its words"));
        let mut line = String::new();
        words.read_line(&mut line).expect("a line");
        // Somebody must read the rest, or the program waits for it.
        std::thread::spawn(move || std::io::copy(&mut words, &mut std::io::sink()));
        line
    }

    pub fn stop(self) -> Ended {
        let id = i32::try_from(self.child.id()).ok().and_then(rustix::process::Pid::from_raw).expect("an id");
        rustix::process::kill_process(id, rustix::process::Signal::TERM).expect("a signal");
        Ended::of(self.child)
    }
}

/// A server over a place's database, as long as this value lives.
#[derive(Debug)]
pub struct Serving {
    pub address: SocketAddr,
    child: Child,
}

impl Serving {
    pub fn start(place: &Place) -> Self {
        Self::start_with(place, &[])
    }

    /// With more flags.
    pub fn start_with(place: &Place, flags: &[&str]) -> Self {
        let mut command = place.command(&[&["serve", "--listen", "127.0.0.1:0"], flags].concat());
        // Tests ask faster than any vendor lets its clients.
        let mut child = command.env("ROLLCALL_LIMITS_VENDOR_RATES", "false").spawn().expect("the program");
        let mut log = BufReader::new(child.stderr.take().expect("its log"));
        let mut first = String::new();
        log.read_line(&mut first).expect("a line");
        let address = first.trim().rsplit_once("http://").and_then(|(_, address)| address.parse().ok());
        // Somebody must read the rest, or the server waits for it.
        std::thread::spawn(move || std::io::copy(&mut log, &mut std::io::sink()));
        Self { address: address.unwrap_or_else(|| panic!("no address: {first}")), child }
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
