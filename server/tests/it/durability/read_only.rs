//! A database that cannot be written from the beginning. Permissions stand for a read-only file system; root, whom they
//! do not stop, runs the program as a user whom they do. One that becomes read-only while it is served refuses the same
//! writes as a full disk: see [`super::full_disk`]. About the file of the embedded database alone.

use crate::support::{Ended, Place};
use std::fs::{Permissions, set_permissions};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};

/// The user whom Linux systems give nothing to.
const NOBODY: u32 = 65534;

/// Runs the program as somebody who may read this place, and write nothing in it.
fn run_as_reader(place: &Place, words: &[&str]) -> Ended {
    let folder = place.path();
    let mut command = place.command(words);
    if rustix::process::geteuid().is_root() {
        // Where the program was built, others than root may not look. Copied by another process: a file that this one has
        // just written could still be open in a child of another test, and then it cannot be run.
        let copied = Command::new("cp").arg(env!("CARGO_BIN_EXE_rollcall")).arg(folder.join("program")).status();
        assert!(copied.expect("a copy of the program").success());
        command = Command::new("./program");
        command.args(words).current_dir(folder).env_clear().uid(NOBODY).gid(NOBODY);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    }
    set_permissions(folder.join("rollcall.db"), Permissions::from_mode(0o444)).expect("permissions");
    set_permissions(folder, Permissions::from_mode(0o555)).expect("permissions");
    let ended = Ended::of(command.spawn().expect("the program"));
    // So that the folder can be removed.
    set_permissions(folder, Permissions::from_mode(0o755)).expect("permissions");
    ended
}

#[test]
fn a_database_that_cannot_be_written_is_not_served_and_says_why() {
    for words in [&["serve", "--listen", "127.0.0.1:0"][..], &["organization", "create", "globex", "--name", "Globex"]] {
        let place = Place::on_a_file().and_acme();

        let ended = run_as_reader(&place, words);

        assert_eq!((ended.status, ended.data.as_str()), (Some(1), ""), "{ended:?}");
        assert!(ended.words.starts_with("rollcall: could not open the database sqlite:rollcall.db\n"), "{ended:?}");
        assert!(ended.words.contains("the database's file, its folder or its file system cannot be written"), "{ended:?}");
    }
}
