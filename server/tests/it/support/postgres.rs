//! The programs of PostgreSQL that the tests run: where they are, and as whom.

use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Where Debian keeps the programs of each version of the server, in folders that are numbered.
const DEBIAN: &str = "/usr/lib/postgresql";

/// One of the server's programs, of the newest version that is installed.
pub fn program(name: &str) -> Command {
    let mut command = Command::new(newest().map_or_else(|| name.into(), |folder| folder.join(name)));
    // Nothing of the environment may name another server.
    command.env_clear().env("LC_ALL", "C").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    if let Some(path) = std::env::var_os("PATH") {
        command.env("PATH", path);
    }
    command
}

/// The same, as somebody whom the server accepts to be run by: it refuses root.
pub fn program_of_the_server(name: &str) -> Command {
    let mut command = program(name);
    if let Some((user, group)) = owner() {
        command.uid(user).gid(group);
    }
    command
}

/// What the program printed. It must succeed.
pub fn run(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| {
        panic!("{error}: {command:?}\nthese tests need PostgreSQL's server, such as Debian's package postgresql; ./test.sh installs it")
    });
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

/// The answer to SQL: a line for each row, columns parted by `|`.
pub fn ask(url: &str, sql: &str) -> String {
    let options = ["--no-psqlrc", "--quiet", "--no-align", "--tuples-only", "--set=ON_ERROR_STOP=1"];
    run(program("psql").args(options).args(["--dbname", url, "--command", sql])).trim_end().to_owned()
}

/// Gives a file to whom the server runs as.
pub fn give_to_the_server(path: &Path) {
    if let Some((user, group)) = owner() {
        std::os::unix::fs::chown(path, Some(user), Some(group)).expect("a new owner");
    }
}

fn newest() -> Option<PathBuf> {
    let versions = std::fs::read_dir(DEBIAN).ok()?.filter_map(|entry| Some(entry.ok()?.path().join("bin")));
    let number = |folder: &PathBuf| folder.parent()?.file_name()?.to_str()?.parse::<u32>().ok();
    versions.filter(|folder| folder.join("initdb").exists()).max_by_key(number)
}

/// The user and group that the server runs as where root runs the tests; else it is whoever runs them.
fn owner() -> Option<(u32, u32)> {
    if !rustix::process::geteuid().is_root() {
        return None;
    }
    let users = std::fs::read_to_string("/etc/passwd").expect("the users");
    let user = |name: &str| users.lines().find_map(|line| ids(line.strip_prefix(name)?.strip_prefix(':')?));
    Some(user("postgres").or_else(|| user("nobody")).expect("a user for the server"))
}

/// `x:101:104:…` are the user 101 and the group 104.
fn ids(rest: &str) -> Option<(u32, u32)> {
    let mut fields = rest.split(':').skip(1).map_while(|field| field.parse().ok());
    Some((fields.next()?, fields.next()?))
}
