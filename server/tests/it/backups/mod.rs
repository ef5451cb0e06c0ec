//! The database written to a file and put back: nothing is lost on the way, and nothing half done is left. About the file
//! of the embedded database, but for the last: PostgreSQL is backed up by its own tools.
//!
//! | module | what it claims |
//! | --- | --- |
//! | [`making`] | a backup is of one moment, while others write, and holds what was acknowledged before |
//! | [`restoring`] | what comes back is what was backed up, and goes on from there |
//! | [`refusing`] | what cannot be backed up or restored, or should not be, is refused, and nothing is touched |
//! | [`killed`] | killed at any moment, or out of room, there is a whole database and a whole backup |
//! | [`postgres`] | what the documentation says of `pg_dump` and of going back to a moment is so |

mod killed;
mod making;
mod postgres;
mod refusing;
mod restoring;

use crate::support::{Answer, Api, Client, Ended, Place};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::json;
use std::fs;
use std::process::Child;
use std::sync::atomic::{AtomicU32, Ordering};

/// A place with a database of two organizations, `acme` and `globex`, each with people.
fn place() -> Place {
    fill(Place::on_a_file())
}

/// Makes the two organizations and their people.
fn fill(place: Place) -> Place {
    let place = place.and_acme();
    assert_eq!(place.run(&["organization", "create", "globex", "--name", "Globex"]).status, Some(0));
    for (slug, people) in [("acme", "external_id,display_name,groups\na,Ana,Board\nb,Bo,\nc,Cy,Board\n"), ("globex", "display_name\nDi\n")]
    {
        place.write("people.csv", people);
        assert_eq!(place.run(&["import", slug, "people.csv"]).status, Some(0));
    }
    place
}

fn token(place: &Place) -> String {
    place.run(&["token", "create", "--organization", "acme", "--scopes", "people:read,people:write"]).data.trim().to_owned()
}

/// Does it, and fails unless all went well.
fn done(place: &Place, words: &[&str]) -> Ended {
    let ended = place.run(words);
    assert_eq!(ended.status, Some(0), "{words:?}: {ended:?}");
    ended
}

/// Restores a backup as another database of the place, which must be sound, and gives its URL.
fn restored_beside(place: &Place, backup: &str, name: &str) -> String {
    let url = format!("sqlite:{name}");
    done(place, &["--database", &url, "restore", backup, "--replace"]);
    let checked = done(place, &["--database", &url, "check"]);
    assert_eq!(checked.words, "");
    url
}

/// Everything that can be printed of the two organizations of a database.
fn contents(place: &Place, url: &str) -> Vec<String> {
    let print = |words: &[&str]| done(place, &[&["--database", url], words].concat()).data;
    let of = |slug| [print(&["export", slug, "--format", "jsonl"]), print(&["history", slug, "--json"]), print(&["role", "list", slug])];
    let shared = [print(&["organization", "list"]), print(&["token", "list"])];
    of("acme").into_iter().chain(of("globex")).chain(shared).collect()
}

/// How many people there are in a database, which must be sound.
fn people(place: &Place, url: &str) -> u64 {
    done(place, &["--database", url, "check"]).json()["people"].as_u64().expect("a number")
}

/// The names in a place's folder, in order.
fn names(place: &Place) -> Vec<String> {
    let entries = fs::read_dir(place.path()).expect("a folder").map(|entry| entry.expect("an entry").file_name());
    let mut names: Vec<String> = entries.map(|name| name.into_string().expect("text")).collect();
    names.sort();
    names
}

/// Creates somebody, whom nobody has created before.
async fn create(client: &Client) -> Answer {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let email = format!("zoe{}@example.com", NEXT.fetch_add(1, Ordering::Relaxed));
    let body = json!({ "first_name": "Zoe", "email": email }).to_string();
    client.call(Api::ProofHub, "POST", "/api/v3/people").body("application/json", body).send().await
}

fn signal(child: &Child, signal: Signal) {
    let id = i32::try_from(child.id()).ok().and_then(Pid::from_raw).expect("an id");
    kill_process(id, signal).expect("a signal");
}
