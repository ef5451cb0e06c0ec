//! A throw-away database, of the backend that the environment asks for.
//!
//! `ROLLCALL_TEST_BACKEND` is `sqlite`, which it is unless set, or `postgres`: then `ROLLCALL_TEST_POSTGRES` is the URL of a
//! PostgreSQL server, with a user who may make databases and roles. `./test.sh` starts one.

use super::postgres::ask;
use std::hash::{BuildHasher, DefaultHasher, Hash, Hasher, RandomState};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};
use tempfile::TempDir;

/// A database of its own for one test, gone with this value.
#[derive(Debug)]
pub struct Database {
    pub url: String,
    kept: Kept,
}

#[derive(Debug)]
enum Kept {
    Folder(#[expect(dead_code, reason = "it is there as long as the database is")] TempDir),
    Server { name: String },
}

/// The backends that a test may run on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    Sqlite,
    Postgres,
}

impl Backend {
    /// The one that this run is about.
    pub fn of_this_run() -> Self {
        match std::env::var("ROLLCALL_TEST_BACKEND").as_deref() {
            Ok("sqlite") | Err(_) => Self::Sqlite,
            Ok("postgres") => Self::Postgres,
            Ok(other) => panic!("ROLLCALL_TEST_BACKEND is {other:?}; it may be sqlite or postgres"),
        }
    }
}

impl Database {
    /// A new one of the backend that this run is about, without an organization.
    pub fn new() -> Self {
        Self::on(Backend::of_this_run())
    }

    pub fn on(backend: Backend) -> Self {
        match backend {
            Backend::Sqlite => Self::sqlite(),
            Backend::Postgres => Self::postgres(),
        }
    }

    pub fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        Self { url: format!("sqlite:{}", folder.path().join("test.db").display()), kept: Kept::Folder(folder) }
    }

    /// One on a server, whatever this run is about.
    pub fn postgres() -> Self {
        static TEMPLATE: LazyLock<String> = LazyLock::new(template);
        let name = fresh("test");
        ask(&server(), &format!("create database {name} template {} strategy wal_log", *TEMPLATE));
        Self { url: url_of(&name), kept: Kept::Server { name } }
    }
}

impl Database {
    /// What a server answers to SQL: a line for each row, columns parted by `|`.
    pub fn sql(&self, sql: &str) -> String {
        ask(&self.url, sql)
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Kept::Server { name } = &self.kept {
            // Somebody who still waits for an answer gets none.
            ask(&server(), &format!("drop database {name} with (force)"));
        }
    }
}

/// The database that all others are copies of: made once for each state of the schema, by the program itself.
///
/// It gets its name only when it is whole, so that programs that make it at the same moment need no lock.
fn template() -> String {
    let name = format!("rollcall_template_{:016x}", schema());
    let is_there = || ask(&server(), &format!("select exists (select from pg_database where datname = '{name}')")) == "t";
    if is_there() {
        return name;
    }
    let draft = fresh("draft");
    // Whatever the collation of the server is, the schema names its own.
    ask(&server(), &format!("create database {draft} template template0 encoding 'UTF8'"));
    let migrated = Command::new(env!("CARGO_BIN_EXE_rollcall")).args(["migrate", "--database", &url_of(&draft)]).env_clear().output();
    let migrated = migrated.expect("the program");
    assert!(migrated.status.success(), "the template cannot be made: {}", String::from_utf8_lossy(&migrated.stderr));
    ask(&server(), &format!("do $$ begin alter database {draft} rename to {name}; exception when duplicate_database then null; end $$"));
    // It is there still where another program was first.
    ask(&server(), &format!("drop database if exists {draft}"));
    name
}

/// A number that is another one wherever the schema is.
fn schema() -> u64 {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../core/migrations");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).expect("the schema").map(|file| file.expect("a file").path()).collect();
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in files {
        file.file_name().hash(&mut hasher);
        std::fs::read(&file).expect("a migration").hash(&mut hasher);
    }
    hasher.finish()
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
