use super::{contents, create, done, names, people, place, restored_beside, signal, token};
use crate::support::{Client, Ended, Place, Serving};
use rustix::process::Signal;
use std::fs;
use std::time::Duration;

/// How often something is killed, unless the environment says otherwise; as for a server, see [`crate::durability`].
const ROUNDS: u64 = 12;

fn rounds() -> u64 {
    std::env::var("ROLLCALL_KILL_ROUNDS").map_or(ROUNDS, |rounds| rounds.parse().expect("a number of rounds"))
}

/// Starts a command, and kills it a little later than the round before. Whether it was done by then.
fn kill_in_round(place: &Place, round: u64, words: &[&str]) -> bool {
    let mut child = place.command(words).spawn().expect("the program");
    // Not to wait for anything, but to be at another place of its work in every round.
    std::thread::sleep(Duration::from_micros(round * 4000 % 60_000));
    signal(&child, Signal::KILL);
    child.wait().expect("its end").success()
}

/// Runs a command that may not make any file larger than so many bytes: told so, it fails, and not told, it is killed.
fn run_within(place: &Place, bytes: u64, is_told: bool, words: &[&str]) -> Ended {
    let told = if is_told { "trap '' XFSZ" } else { "ulimit -c 0" };
    Ended::of(place.command_after(&format!("{told}; ulimit -f {}", bytes / 512), words).spawn().expect("the program"))
}

#[test]
fn a_backup_that_is_killed_leaves_the_one_before_it_whole() {
    let place = place();
    done(&place, &["backup", "backup.db"]);
    for round in 0..rounds() {
        kill_in_round(&place, round, &["backup", "--replace", "backup.db"]);

        restored_beside(&place, "backup.db", "copy.db");
    }
    done(&place, &["backup", "--replace", "backup.db"]);
    let left: Vec<String> = names(&place).into_iter().filter(|name| name.starts_with("backup")).collect();
    assert_eq!(left, ["backup.db"], "what the killed ones left is taken over");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_restore_that_is_killed_leaves_the_old_database_or_the_new_one_whole() {
    let place = place();
    let secret = token(&place);
    done(&place, &["backup", "backup.db"]);
    let (mut last, mut finished) = (4, 0);
    for round in 0..rounds() {
        let server = Serving::start(&place);
        let client = Client { address: server.address, secret: Some(secret.clone()), organization: Some("acme") };
        let made = create(&client).await;
        assert_eq!(made.status, 201, "{}", made.text());
        // It leaves a log behind, with the new person in it.
        drop(server);

        kill_in_round(&place, round, &["restore", "backup.db", "--replace"]);

        let found = people(&place, "sqlite:rollcall.db");
        assert!(found == last + 1 || found == 4, "round {round}: {found} people, where {last} and one more were");
        finished += u32::from(found != last + 1);
        last = found;
        for name in names(&place).iter().filter(|name| name.contains("before-restore")) {
            fs::remove_file(place.path().join(name)).expect("a file");
        }
    }
    done(&place, &["restore", "backup.db", "--replace"]);
    assert_eq!(names(&place), ["backup.db", "people.csv", "rollcall.db", "rollcall.db.before-restore"], "{finished} were done");
}

#[test]
fn a_backup_that_finds_no_room_says_so_and_leaves_nothing() {
    let place = place();
    for bytes in [0, 40_960, 200_704] {
        let ended = run_within(&place, bytes, true, &["backup", "backup.db"]);

        assert_eq!((ended.status, ended.data.as_str()), (Some(1), ""), "{bytes}: {ended:?}");
        assert!(!names(&place).iter().any(|name| name.starts_with("backup")), "{bytes}: {ended:?}");
    }
}

#[test]
fn a_restore_that_finds_no_room_says_so_and_leaves_the_database_as_it_was() {
    let place = place();
    done(&place, &["backup", "backup.db"]);
    let before = contents(&place, "sqlite:rollcall.db");
    for bytes in [0, 40_960, 200_704] {
        let ended = run_within(&place, bytes, true, &["restore", "backup.db", "--replace"]);

        assert_eq!((ended.status, ended.data.as_str()), (Some(1), ""), "{bytes}: {ended:?}");
        assert_eq!(names(&place), ["backup.db", "people.csv", "rollcall.db"], "{bytes}: {ended:?}");
    }
    assert_eq!(contents(&place, "sqlite:rollcall.db"), before);
}

#[test]
fn a_backup_killed_at_one_write_after_another_has_no_name_yet() {
    let place = place();
    let mut killed = 0;
    for bytes in (0..300_000).step_by(49_152) {
        let ended = run_within(&place, bytes, false, &["backup", "backup.db"]);

        killed += u32::from(ended.status.is_none());
        assert!(!place.path().join("backup.db").exists(), "{bytes}: {ended:?}");
    }
    assert!(killed > 3, "{killed}");
    done(&place, &["backup", "backup.db"]);
    assert_eq!(names(&place), ["backup.db", "people.csv", "rollcall.db"]);
}
