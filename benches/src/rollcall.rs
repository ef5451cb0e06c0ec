//! Rollcall itself: its database, its tokens and its server.

use crate::Outcome;
use crate::http::is_ready;
use crate::options::Options;
use crate::people::write_csv;
use crate::process::{Process, free_address, output_of};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// As an operator sets it for a directory that is asked often: a line for each request is what "info" says.
pub(crate) const LOG_LEVEL: &str = "warn";
const ENVIRONMENT: &[(&str, &str)] = &[("ROLLCALL_LIMITS_VENDOR_RATES", "false"), ("ROLLCALL_LOG_LEVEL", LOG_LEVEL)];

/// The organization of all the people, and one of a hundred, whose whole list 24SevenOffice's API gives: it has no pages.
pub(crate) const EVERYBODY: &str = "everybody";
pub(crate) const HUNDRED: &str = "hundred";
const SCOPES: &str = "people:read,people:write,groups:read,groups:write,organization:read,organization:admin";

/// A database with people in it.
#[derive(Clone, Debug)]
pub(crate) struct Database {
    program: PathBuf,
    url: String,
    pub(crate) token: String,
    pub(crate) token_of_hundred: String,
    /// How long `rollcall import` took.
    pub(crate) import: Duration,
}

impl Database {
    /// Makes the database at `url` and loads people into it.
    pub(crate) fn make(options: &Options, url: &str, folder: &Path) -> Outcome<Self> {
        let mut database = Self {
            program: options.rollcall.clone(),
            url: url.to_owned(),
            token: String::new(),
            token_of_hundred: String::new(),
            import: Duration::ZERO,
        };
        database.load(HUNDRED, 100, folder)?;
        database.import = database.load(EVERYBODY, options.people, folder)?;
        database.token = database.make_token(EVERYBODY)?;
        database.token_of_hundred = database.make_token(HUNDRED)?;
        Ok(database)
    }

    fn load(&self, slug: &str, people: u64, folder: &Path) -> Outcome<Duration> {
        let file = folder.join(format!("{slug}.csv"));
        let mut csv = BufWriter::new(File::create(&file)?);
        write_csv(&mut csv, people)?;
        csv.flush()?;
        self.command(&["organization", "create", slug, "--name", slug])?;
        let started = Instant::now();
        self.command(&["import", slug, &file.to_string_lossy()])?;
        Ok(started.elapsed())
    }

    fn make_token(&self, slug: &str) -> Outcome<String> {
        Ok(self.command(&["token", "create", "--organization", slug, "--scopes", SCOPES])?.trim().to_owned())
    }

    fn command(&self, arguments: &[&str]) -> Outcome<String> {
        output_of(Command::new(&self.program).args(["--database", &self.url]).args(arguments))
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Writes everything to `file`, which is a database then.
    pub(crate) fn back_up(&self, file: &Path) -> Outcome<()> {
        self.command(&["backup", &file.to_string_lossy()]).map(drop)
    }

    /// The same people in another place, with the same tokens.
    pub(crate) fn at(&self, url: &str) -> Self {
        Self { url: url.to_owned(), ..self.clone() }
    }

    /// Starts a server, and says how long it took until it was ready.
    pub(crate) fn serve(&self, core: usize, log: &Path) -> Outcome<(Process, SocketAddr, Duration)> {
        let address = free_address()?;
        let arguments = ["serve", "--database", &self.url, "--listen", &address.to_string()];
        let mut process = Process::start(core, &self.program, &arguments, ENVIRONMENT, log)?;
        let ready = process.wait_for(address, is_ready)?;
        Ok((process, address, ready))
    }

    /// Starts a server that callgrind counts the instructions of; what it dumps is `callgrind.N` in `folder`.
    pub(crate) fn serve_under_callgrind(&self, core: usize, folder: &Path) -> Outcome<(Process, SocketAddr)> {
        let address = free_address()?;
        let out = format!("--callgrind-out-file={}", folder.join("callgrind").display());
        let (program, listen) = (self.program.to_string_lossy(), address.to_string());
        let arguments = ["--tool=callgrind", &out, &program, "serve", "--database", &self.url, "--listen", &listen];
        let mut process = Process::start(core, Path::new("valgrind"), &arguments, ENVIRONMENT, &folder.join("callgrind.log"))?;
        process.wait_for(address, is_ready)?;
        Ok((process, address))
    }
}
