use super::{assert_same, copy, done, full};
use crate::support::{Ended, Place};
use std::process::Child;
use std::time::{Duration, Instant};

const UNFINISHED: &str = "the copy into the database is not finished";

/// Kills a copy after so long, unless it has ended before.
fn run_for(from: &Place, to: &Place, long: Duration) -> Ended {
    let mut child = from.command(&["copy", "--from", &from.url(), "--to", &to.url()]).spawn().expect("the program");
    let deadline = Instant::now() + long;
    while Instant::now() < deadline && child.try_wait().expect("a status").is_none() {
        std::thread::yield_now();
    }
    kill(&mut child);
    Ended::of(child)
}

fn kill(child: &mut Child) {
    // It may have ended by itself.
    let _ = child.kill();
}

#[test]
fn killed_again_and_again_it_ends_whole_and_nobody_uses_it_before() {
    let (from, to) = (full(), Place::new());
    let (mut kills, mut halves) = (0, 0);

    // Each time it may go on a little longer.
    let mut long = Duration::from_millis(50);
    let ended = loop {
        let ended = run_for(&from, &to, long);
        if ended.status.is_some() {
            break ended;
        }
        kills += 1;
        let checked = to.run(&["check"]);
        halves += u32::from(checked.words.contains(UNFINISHED));
        long += Duration::from_millis(20).max(long / 10);
    };

    assert_eq!((ended.status, ended.words.as_str()), (Some(0), ""), "after {kills} kills");
    assert!(halves > 0, "none of {kills} kills met it half done");
    assert_same(&from, &to);
}

/// A copy that was killed somewhere between its first row and its last.
fn half(from: &Place) -> Place {
    let mut long = Duration::from_millis(50);
    loop {
        let to = Place::new();
        let ended = run_for(from, &to, long);
        if to.run(&["check"]).words.contains(UNFINISHED) {
            return to;
        }
        // Too early, or too late: a machine that does something else is slower the next time.
        long = if ended.status.is_some() { Duration::from_millis(50) } else { long + Duration::from_millis(20) };
    }
}

#[test]
fn every_command_refuses_half_a_copy_and_says_what_to_do() {
    let from = full();
    let to = half(&from);

    for words in [
        &["serve", "--listen", "127.0.0.1:0"][..],
        &["export", "acme"],
        &["organization", "create", "new", "--name", "New"],
        &["migrate"],
        &["check"],
    ] {
        let ended = to.run(words);
        let tells = ended.words.contains(UNFINISHED) && ended.words.contains("rollcall copy --from");
        assert_eq!((ended.status, tells), (Some(1), true), "{words:?}: {ended:?}");
    }
    let onwards = to.run(&["copy", "--from", &to.url(), "--to", &Place::on_a_file().url()]);
    assert!(onwards.words.contains("is itself half a copy"), "{onwards:?}");
}

#[test]
fn a_source_that_was_written_to_in_between_is_never_half_as_it_was() {
    let from = full();
    let to = half(&from);

    done(&from, &["organization", "create", "new", "--name", "New"]);
    let ended = copy(&from, &to);

    // Where it was killed before it had copied an organization, there is nothing that has changed.
    match ended.status {
        Some(0) => assert_same(&from, &to),
        _ => assert!(ended.words.contains("has changed in the database to copy from since the copy began"), "{ended:?}"),
    }
}

#[test]
fn another_source_is_not_mixed_in() {
    let (from, other) = (full(), full());
    let to = half(&from);

    let ended = copy(&other, &to);

    assert_eq!(ended.status, Some(1));
    assert!(ended.words.contains("a copy of another database into this one is under way"), "{ended:?}");
    assert_eq!(copy(&from, &to).status, Some(0));
    assert_same(&from, &to);
}
