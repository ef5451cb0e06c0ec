//! A throw-away database for a test, of the backend that the environment asks for, and the runtime that tests share.
//!
//! `ROLLCALL_TEST_BACKEND` is `sqlite`, which it is unless set, or `postgres`: then `ROLLCALL_TEST_POSTGRES` is the URL of a
//! PostgreSQL server, with a user who may make databases and roles. `./test.sh` starts one. A test that is about the file
//! of the embedded database takes [`TestDatabase::file`], whatever the environment says.

use crate::directory::{Directory, Surroundings};
use std::hash::{BuildHasher, DefaultHasher, Hash, Hasher, RandomState};
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// Gone with this value.
pub(crate) struct TestDatabase {
    pub(crate) url: String,
    kept: Kept,
}

enum Kept {
    Folder(TempDir),
    Server { name: String },
}

/// How long a test waits for one piece of work before it is taken to hang, and fails: far longer than any takes.
const PATIENCE: Duration = Duration::from_secs(600);

/// Waits for work. Connections to a server are driven by the runtime that opened them, so there is one for all tests.
pub(crate) fn wait<T>(work: impl Future<Output = T>) -> T {
    static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().expect("a runtime"));
    RUNTIME.block_on(async { tokio::time::timeout(PATIENCE, work).await.expect("an end of this work") })
}

impl TestDatabase {
    /// With the schema and nothing else.
    pub(crate) fn new() -> Self {
        static TEMPLATE: LazyLock<String> = LazyLock::new(template);
        if is_embedded() { Self::file() } else { Self::copy_of(&TEMPLATE) }
    }

    /// Without even the schema.
    pub(crate) fn empty() -> Self {
        if is_embedded() { Self::file() } else { Self::copy_of("template0") }
    }

    /// The embedded one: a file in a folder of its own, which is not made yet.
    pub(crate) fn file() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        Self { url: format!("sqlite:{}", folder.path().join("test.db").display()), kept: Kept::Folder(folder) }
    }

    fn copy_of(template: &str) -> Self {
        let name = fresh("test");
        ask(&format!("create database {name} template {template} encoding 'UTF8' strategy wal_log"));
        Self { url: url_of(&name), kept: Kept::Server { name } }
    }

    pub(crate) fn open(&self, surroundings: Surroundings) -> Directory {
        wait(Directory::open(&self.url, surroundings)).expect("a directory")
    }

    /// Everything that it holds, as whoever steals it would read it.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        match &self.kept {
            Kept::Folder(folder) => {
                let files = std::fs::read_dir(folder.path()).expect("a folder");
                files.flat_map(|file| std::fs::read(file.expect("a file").path()).expect("bytes")).collect()
            }
            Kept::Server { .. } => {
                let dump = run(Command::new("pg_dump").args(["--data-only", "--dbname", &self.url]));
                let hidden = dump.split(['\t', '\n']).filter_map(|field| field.strip_prefix(r"\\x")).flat_map(bytes_of_hex);
                dump.bytes().chain(hidden).collect()
            }
        }
    }

    /// Where the file of the embedded one is, and what lies beside it.
    pub(crate) fn folder(&self) -> &Path {
        match &self.kept {
            Kept::Folder(folder) => folder.path(),
            Kept::Server { .. } => panic!("a test about files must ask for one"),
        }
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        if let Kept::Server { name } = &self.kept {
            // Connections of the test may still be open.
            ask(&format!("drop database {name} with (force)"));
        }
    }
}

/// Whether this run is about the embedded database.
pub(crate) fn is_embedded() -> bool {
    match std::env::var("ROLLCALL_TEST_BACKEND").as_deref() {
        Ok("sqlite") | Err(_) => true,
        Ok("postgres") => false,
        Ok(other) => panic!("ROLLCALL_TEST_BACKEND is {other:?}; it may be sqlite or postgres"),
    }
}

/// The database that all others are copies of: made once for each state of the schema.
///
/// It gets its name only when it is whole, so that programs that make it at the same moment need no lock.
fn template() -> String {
    let name = format!("rollcall_template_{:016x}", schema());
    if ask(&format!("select exists (select from pg_database where datname = '{name}')")) == "t" {
        return name;
    }
    let draft = fresh("draft");
    ask(&format!("create database {draft} template template0 encoding 'UTF8'"));
    // With the runtime its connections end, which a template may not have.
    let runtime = Runtime::new().expect("a runtime");
    drop(runtime.block_on(Directory::open(&url_of(&draft), Surroundings::system())).expect("a template"));
    drop(runtime);
    ask(&format!("do $$ begin alter database {draft} rename to {name}; exception when duplicate_database then null; end $$"));
    // It is there still where another program was first.
    ask(&format!("drop database if exists {draft}"));
    name
}

/// A number that is another one wherever the schema is.
fn schema() -> u64 {
    let folder = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations")).expect("the schema");
    let mut files: Vec<_> = folder.map(|file| file.expect("a file").path()).collect();
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in files {
        file.file_name().hash(&mut hasher);
        std::fs::read(&file).expect("a migration").hash(&mut hasher);
    }
    hasher.finish()
}

/// The server's answer to SQL.
fn ask(sql: &str) -> String {
    let options = ["--no-psqlrc", "--quiet", "--no-align", "--tuples-only", "--set=ON_ERROR_STOP=1"];
    run(Command::new("psql").args(options).args(["--dbname", &server(), "--command", sql])).trim_end().to_owned()
}

/// What one of the server's programs printed.
fn run(command: &mut Command) -> String {
    let output =
        command.output().unwrap_or_else(|error| panic!("{error}: {command:?}: tests on PostgreSQL need it; ./test.sh installs it"));
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

fn bytes_of_hex(digits: &str) -> Vec<u8> {
    let digit = |digit: u8| char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok()).expect("a digit");
    digits.as_bytes().chunks_exact(2).map(|pair| digit(pair[0]) << 4 | digit(pair[1])).collect()
}

fn server() -> String {
    std::env::var("ROLLCALL_TEST_POSTGRES")
        .expect("tests on PostgreSQL need ROLLCALL_TEST_POSTGRES, the URL of a server; ./test.sh starts one and sets it")
}

/// The URL of another database of the server.
fn url_of(name: &str) -> String {
    let server = server();
    let (host, _) = server.rsplit_once('/').expect("a URL of PostgreSQL with the name of a database");
    format!("{host}/{name}")
}

/// A name that no other database of the server has, whoever else runs tests on it.
fn fresh(kind: &str) -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    static RUN: LazyLock<u64> = LazyLock::new(|| RandomState::new().hash_one(std::process::id()));
    format!("rollcall_{kind}_{:016x}_{}", *RUN, NEXT.fetch_add(1, Ordering::Relaxed))
}
