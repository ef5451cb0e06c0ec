//! A PostgreSQL server of a test's own, to be crashed, copied, promoted and set up as the test likes.

use super::postgres::{ask, give_to_the_server, program, program_of_the_server, run};
use rustix::process::{Pid, Signal, kill_process};
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::net::TcpListener;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::PathBuf;
use std::process::Child;
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Ports of such servers. Below those that a system gives to clients, one of which could else take the port of a server
/// that is down.
const PORTS: std::ops::Range<u16> = 20_000..30_000;
/// Another process may take a port that was free a moment ago.
const TRIES: usize = 10;
/// No server takes this long to start or to catch up.
const PATIENCE: Duration = Duration::from_secs(60);
const PAUSE: Duration = Duration::from_millis(10);

/// The order of text is a human one unless a column says otherwise, as it is on most servers.
const INITDB: [&str; 7] = [
    "--username=postgres",
    "--auth=trust",
    "--encoding=UTF8",
    "--locale=C.UTF-8",
    "--locale-provider=icu",
    "--icu-locale=en-US",
    "--no-sync",
];

/// A cluster with an empty database `rollcall`, on TCP alone; everybody is let in as `postgres`. Gone with this value.
#[derive(Debug)]
pub struct Cluster {
    folder: TempDir,
    port: u16,
    server: Option<Child>,
}

impl Cluster {
    pub fn new() -> Self {
        let folder = folder();
        let data = folder.path().join("data");
        run(program_of_the_server("initdb").args(INITDB).arg("--pgdata").arg(&data));
        let mut cluster = Self { folder, port: 0, server: None };
        // What a killed process wrote is in the system's memory, which outlives it.
        cluster.configure("fsync = off\nmax_connections = 100\nlisten_addresses = '127.0.0.1'\nunix_socket_directories = ''\n");
        cluster.start_anywhere();
        ask(&cluster.url_of("postgres"), "create database rollcall");
        cluster
    }

    /// Another server that follows this one. From now on no commit here is acknowledged before it is on the other's disk.
    pub fn standby(&self) -> Self {
        let mut standby = Self { folder: folder(), port: 0, server: None };
        let source = self.url_of("postgres");
        let options = ["--write-recovery-conf", "--wal-method=stream", "--checkpoint=fast", "--no-sync"];
        run(program_of_the_server("pg_basebackup").args(options).args(["--dbname", &source]).arg("--pgdata").arg(standby.data()));
        // What it was copied from may wait for standbys of its own.
        standby.configure("synchronous_standby_names = ''\n");
        standby.start_anywhere();
        self.sql("alter system set synchronous_standby_names = '*'");
        self.sql("select pg_reload_conf()");
        self.wait_until("select exists (select from pg_stat_replication where sync_state = 'sync')");
        standby
    }

    /// Keeps every finished piece of the log in the folder `archive`, as an operator does who wants to go back to any moment.
    pub fn archive(&mut self) {
        let archive = self.archived();
        std::fs::create_dir(&archive).expect("a folder");
        give_to_the_server(&archive);
        let command = format!("test ! -f {0}/%f && cp %p {0}/%f", archive.display());
        self.configure(&format!("archive_mode = on\narchive_command = '{command}'\n"));
        self.restart_immediately();
    }

    /// A copy of all its files while it runs, to begin a recovery from.
    pub fn base_backup(&self) -> TempDir {
        let backup = folder();
        let options = ["--wal-method=none", "--checkpoint=fast", "--no-sync"];
        let source = self.url_of("postgres");
        let target = backup.path().join("data");
        run(program_of_the_server("pg_basebackup").args(options).args(["--dbname", &source]).arg("--pgdata").arg(target));
        backup
    }

    /// Another server, made of such a copy and this one's archive, as everything was at a restore point.
    pub fn recovered(&self, backup: TempDir, point: &str) -> Self {
        let mut recovered = Self { folder: backup, port: 0, server: None };
        let fetch = format!("cp {}/%f %p", self.archived().display());
        recovered.configure(&format!(
            "archive_mode = off\nrestore_command = '{fetch}'\nrecovery_target_name = '{point}'\nrecovery_target_action = 'promote'\n"
        ));
        recovered.write("recovery.signal", "");
        recovered.start_anywhere();
        recovered.wait_until("select not pg_is_in_recovery()");
        recovered
    }

    fn archived(&self) -> PathBuf {
        self.folder.path().join("archive")
    }

    /// Makes a standby a server of its own, which takes writes.
    pub fn promote(&self) {
        self.sql("alter system reset synchronous_standby_names");
        self.sql("select pg_reload_conf()");
        assert_eq!(self.sql("select pg_promote()"), "t");
        self.wait_until("select not pg_is_in_recovery()");
    }

    /// Makes the server one that follows another, which is not there: from now on it only takes reads.
    pub fn demote(&mut self) {
        self.stop_immediately();
        self.write("standby.signal", "");
        self.start();
    }

    /// Every process of the server stands still, and its connections stay open.
    pub fn freeze(&self) {
        self.signal_all(Signal::STOP);
    }

    pub fn thaw(&self) {
        self.signal_all(Signal::CONT);
    }

    /// The server and those that it has begun for its clients.
    fn signal_all(&self, signal: Signal) {
        let server = self.server.as_ref().expect("a server").id();
        let children = std::fs::read_to_string(format!("/proc/{server}/task/{server}/children")).expect("its processes");
        let all = children.split_whitespace().map(|id| id.parse().expect("an id")).chain([i32::try_from(server).expect("an id")]);
        for id in all {
            // One of them may have ended by itself.
            let _ = kill_process(Pid::from_raw(id).expect("an id"), signal);
        }
    }

    /// Starts the server, on the same port as before.
    pub fn start(&mut self) {
        assert!(self.has_started(), "the server ends at once: {}", self.log());
    }

    /// Stops the server as a crash does: nothing is finished, and it recovers when it is started again.
    pub fn stop_immediately(&mut self) {
        let Some(mut server) = self.server.take() else { return };
        let id = i32::try_from(server.id()).ok().and_then(Pid::from_raw).expect("an id");
        kill_process(id, Signal::QUIT).expect("a signal");
        server.wait().expect("its end");
    }

    pub fn restart_immediately(&mut self) {
        self.stop_immediately();
        self.start();
    }

    /// The database `rollcall`, as somebody who may do everything.
    pub fn url(&self) -> String {
        self.url_of("rollcall")
    }

    pub fn url_of(&self, database: &str) -> String {
        format!("postgres://postgres@127.0.0.1:{}/{database}", self.port)
    }

    pub const fn port(&self) -> u16 {
        self.port
    }

    /// SQL in the database `rollcall` that takes a while.
    pub fn begin(&self, sql: &str) -> Child {
        program("psql").args(["--no-psqlrc", "--dbname", &self.url(), "--command", sql]).spawn().expect("psql")
    }

    /// The answer to SQL in the database `rollcall`: a line for each row, columns parted by `|`.
    pub fn sql(&self, sql: &str) -> String {
        ask(&self.url(), sql)
    }

    /// Waits until the answer to a question is yes.
    pub fn wait_until(&self, question: &str) {
        let deadline = Instant::now() + PATIENCE;
        while self.sql(question) != "t" {
            assert!(Instant::now() < deadline, "it never came true: {question}: {}", self.log());
            std::thread::sleep(PAUSE);
        }
    }

    /// More lines of `postgresql.conf`, for the next start.
    pub fn configure(&self, lines: &str) {
        let path = self.data().join("postgresql.conf");
        let mut file = OpenOptions::new().append(true).open(path).expect("the settings");
        file.write_all(lines.as_bytes()).expect("settings");
    }

    /// A file in the folder of the data, such as a certificate or `pg_hba.conf`, which only the server can read.
    pub fn write(&self, name: &str, text: &str) {
        let path = self.data().join(name);
        let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&path).expect("a file");
        file.write_all(text.as_bytes()).expect("a text");
        give_to_the_server(&path);
    }

    /// Everything that the server has logged.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// On the first free port.
    fn start_anywhere(&mut self) {
        for _ in 0..TRIES {
            self.port = free_port();
            if self.has_started() {
                return;
            }
        }
        panic!("the server ends at once: {}", self.log());
    }

    /// `false`: it ended at once, as it does where somebody else has the port.
    fn has_started(&mut self) -> bool {
        let log = File::options().append(true).create(true).open(self.folder.path().join("log")).expect("a log");
        let mut command = program_of_the_server("postgres");
        command.arg("-D").arg(self.data()).args(["-p", &self.port.to_string()]).stderr(log.try_clone().expect("the log")).stdout(log);
        let server = self.server.insert(command.spawn().expect("the server"));
        let deadline = Instant::now() + PATIENCE;
        while !is_ready(self.port) {
            if server.try_wait().expect("its state").is_some() {
                self.server = None;
                return false;
            }
            assert!(Instant::now() < deadline, "the server does not answer: {}", self.log());
            std::thread::sleep(PAUSE);
        }
        true
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.stop_immediately();
    }
}

fn is_ready(port: u16) -> bool {
    let mut asking = program("pg_isready");
    asking.args(["--quiet", "--host=127.0.0.1", "--port", &port.to_string()]).status().expect("pg_isready").success()
}

fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::set_permissions(folder.path(), PermissionsExt::from_mode(0o700)).expect("its rights");
    give_to_the_server(folder.path());
    folder
}

/// A port that nobody listens on. Tests of this process are given different ones, those of others begin elsewhere.
fn free_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let size = PORTS.end - PORTS.start;
    let begin = u16::try_from(std::process::id() * 37 % u32::from(size)).expect("an offset");
    let mut candidates = std::iter::repeat_with(|| PORTS.start + begin.wrapping_add(NEXT.fetch_add(1, Ordering::Relaxed)) % size);
    candidates.find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok()).expect("a free port")
}
