//! Commands that are killed at work. The system kills a program that makes a file larger than it may, at that very
//! write: so each of these is killed at one place after another, and always at the same ones.
//! About the file of the embedded database alone, whose growth is what kills them.

use super::{assert_sound, many_people};
use crate::support::{Ended, Place};
use std::process::Child;

/// Runs a command until one of its files would be larger than so many bytes; the system kills it there.
fn start_to_be_killed(place: &Place, bytes: u64, words: &[&str]) -> Child {
    place.command_after(&format!("ulimit -c 0; ulimit -f {}", bytes / 512), words).spawn().expect("the program")
}

#[test]
fn a_schema_that_was_killed_in_the_making_is_made_whole_later() {
    let mut killed = 0;
    for bytes in (0..300_000).step_by(12_288) {
        let place = Place::on_a_file();

        let ended = Ended::of(start_to_be_killed(&place, bytes, &["migrate"]));

        killed += u32::from(ended.status.is_none());
        assert_eq!(place.run(&["organization", "create", "acme", "--name", "Acme"]).status, Some(0), "{bytes}");
        assert_sound(&place);
    }
    assert!(killed > 5, "{killed}");
}

#[test]
fn an_import_that_was_killed_keeps_whole_batches_and_goes_on_later() {
    for bytes in [100_000, 2_500_000] {
        let place = Place::on_a_file().and_acme();
        place.write("people.csv", &many_people(3000));

        let ended = Ended::of(start_to_be_killed(&place, bytes, &["import", "acme", "people.csv"]));

        let kept = place.people();
        assert_eq!((ended.status, kept % 1000), (None, 0), "{bytes}: {kept} {ended:?}");
        assert_sound(&place);
        let again = place.run(&["import", "acme", "people.csv"]).json();
        assert_eq!((again["people"]["created"].as_u64(), again["people"]["unchanged"].as_u64()), (Some(3000 - kept), Some(kept)));
    }
}

#[test]
fn an_atomic_import_that_was_killed_keeps_nothing() {
    for bytes in [100_000, 2_500_000] {
        let place = Place::on_a_file().and_acme();
        place.write("people.csv", &many_people(3000));

        let ended = Ended::of(start_to_be_killed(&place, bytes, &["import", "acme", "people.csv", "--atomic"]));

        assert_eq!((ended.status, place.people()), (None, 0), "{bytes}: {ended:?}");
        assert_sound(&place);
    }
}
