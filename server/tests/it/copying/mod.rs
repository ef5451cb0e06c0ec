//! `rollcall copy`: everything moved to another database, whole, once, and only into an empty one.
//!
//! The first database is a file, and the other one is of the backend that this run is about.
//!
//! | module | what it claims |
//! | --- | --- |
//! | [`moving`] | people, history, numbers, tokens and passwords are there, and go on from there |
//! | [`resuming`] | killed again and again it ends whole, and until then nobody can use it |
//! | [`refusing`] | what cannot be copied, or copied into, is refused, and nothing is touched |

mod moving;
mod refusing;
mod resuming;

use crate::support::{Ended, Place};
use std::fmt::Write;

/// People of the first organization; the second has one.
const PEOPLE: usize = 300;

/// A file with two organizations, with managers who come later, groups, attributes, a history, and somebody in the bin.
fn full() -> Place {
    let place = Place::on_a_file().and_acme();
    done(&place, &["organization", "create", "globex", "--name", "Globex"]);
    done(&place, &["attribute", "create", "acme", "badge", "--type", "text"]);
    place.write("people.csv", &people());
    place.write("again.csv", &people().replace("Person", "Pérsön"));
    place.write("di.csv", "display_name\nDi\n");
    done(&place, &["import", "acme", "people.csv"]);
    done(&place, &["import", "acme", "again.csv"]);
    done(&place, &["import", "globex", "di.csv"]);
    done(&place, &["delete-person", "acme", "300"]);
    place
}

fn people() -> String {
    let mut lines = "number,external_id,login,email,display_name,manager,level,groups,custom.badge,description\n".to_owned();
    for number in 1..=PEOPLE {
        let (manager, group) = (1 + number * 7 % PEOPLE, number % 5);
        writeln!(
            lines,
            "{number},E{number},u{number},p{number}@example.com,Person {number},E{manager},Senior,Group {group},\"a\n{number}\",{}",
            "🦀 ".repeat(number % 40)
        )
        .expect("writing to a text");
    }
    lines
}

/// Does it, and fails unless all went well.
fn done(place: &Place, words: &[&str]) -> Ended {
    let ended = place.run(words);
    assert_eq!((ended.status, ended.words.contains("rollcall:")), (Some(0), false), "{words:?}: {ended:?}");
    ended
}

fn copy(from: &Place, to: &Place) -> Ended {
    from.run(&["copy", "--from", &from.url(), "--to", &to.url()])
}

/// Everything that can be printed of a database.
fn contents(place: &Place) -> Vec<String> {
    let print = |words: &[&str]| done(place, words).data;
    let of = |slug| {
        [
            print(&["export", slug, "--format", "jsonl"]),
            print(&["history", slug, "--json"]),
            print(&["role", "list", slug]),
            print(&["attribute", "list", slug]),
        ]
    };
    let shared = [print(&["organization", "list"]), print(&["token", "list"]), print(&["identity", "list"])];
    of("acme").into_iter().chain(of("globex")).chain(shared).collect()
}

/// Fails unless both hold the same, and the second is sound.
fn assert_same(from: &Place, to: &Place) {
    for (one, other) in contents(from).iter().zip(contents(to)) {
        let differs = one.lines().zip(other.lines()).find(|(one, other)| one != other);
        assert!(*one == other, "{differs:?}");
    }
    assert_eq!(done(to, &["check"]).words, "");
}
