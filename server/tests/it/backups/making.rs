use super::{contents, create, done, names, place, restored_beside, signal, token};
use crate::support::{Client, Place, Serving};
use rustix::process::Signal;
use serde_json::json;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Child;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// Clients that write at once.
const WRITERS: usize = 4;
/// Nothing here takes so long; a test that waits for it is lost.
const WAIT_MAX: Duration = Duration::from_secs(60);

/// Waits until it is so.
fn wait_until(is_so: impl Fn() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < WAIT_MAX, "it is not so after {WAIT_MAX:?}");
        std::thread::yield_now();
    }
}

/// Clients that create people until they are told to stop, and the numbers of those who were acknowledged.
struct Writers {
    made: Arc<Mutex<BTreeSet<i64>>>,
    is_over: Arc<AtomicBool>,
    tasks: Vec<tokio::task::JoinHandle<()>>,
}

impl Writers {
    fn start(client: &Client) -> Self {
        let (made, is_over) = (Arc::default(), Arc::default());
        let tasks = (0..WRITERS).map(|_| tokio::spawn(write(client.clone(), Arc::clone(&made), Arc::clone(&is_over)))).collect();
        Self { made, is_over, tasks }
    }

    fn made(&self) -> BTreeSet<i64> {
        self.made.lock().expect("the numbers").clone()
    }

    async fn stop(self) {
        self.is_over.store(true, Ordering::Relaxed);
        for task in self.tasks {
            task.await.expect("a writer");
        }
    }
}

async fn write(client: Client, made: Arc<Mutex<BTreeSet<i64>>>, is_over: Arc<AtomicBool>) {
    while !is_over.load(Ordering::Relaxed) {
        let answer = create(&client).await;
        assert_eq!(answer.status, 201, "{}", answer.text());
        made.lock().expect("the numbers").insert(answer.at("/id").as_i64().expect("a number"));
    }
}

/// The numbers of everybody in an organization.
fn numbers(place: &Place, url: &str) -> BTreeSet<i64> {
    let people = done(place, &["--database", url, "export", "acme", "--format", "jsonl"]).data;
    let number = |line: &str| serde_json::from_str::<serde_json::Value>(line).expect("JSON")["number"].as_i64().expect("a number");
    people.lines().map(number).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_beside_writers_is_of_one_moment_and_holds_what_was_acknowledged_before_it() {
    let place = place();
    let server = Serving::start(&place);
    let client = Client { address: server.address, secret: Some(token(&place)), organization: Some("acme") };
    let writers = Writers::start(&client);

    for round in 1..=3 {
        tokio::task::block_in_place(|| wait_until(|| writers.made().len() >= 20 * round));
        let before = writers.made();
        let backup = format!("backup-{round}.db");
        let report = tokio::task::block_in_place(|| done(&place, &["backup", &backup])).json();

        // Restoring proves every history gapless, and checking everything else.
        let url = tokio::task::block_in_place(|| restored_beside(&place, &backup, "copy.db"));
        let found = tokio::task::block_in_place(|| numbers(&place, &url));
        assert!(found.is_superset(&before), "{:?} are missing", before.difference(&found));
        assert_eq!(report["people"], json!(found.len() + 1), "with the one of globex");
    }
    writers.stop().await;
}

/// A backup of many people that is stopped at work, once it has written something; and the name that it writes to.
fn stopped_backup(place: &Place) -> Child {
    for attempt in 0..20 {
        let mut child = place.command(&["backup", &format!("backup-{attempt}.db")]).spawn().expect("the program");
        let part = place.path().join(format!("backup-{attempt}.db.rollcall-part"));
        let is_done = |child: &mut Child| child.try_wait().expect("a status").is_some();
        while !is_done(&mut child) && !fs::metadata(&part).is_ok_and(|part| part.len() > 0) {
            std::thread::yield_now();
        }
        if !is_done(&mut child) {
            signal(&child, Signal::STOP);
            if part.exists() {
                return child;
            }
            signal(&child, Signal::CONT);
        }
        child.wait().expect("its end");
    }
    panic!("every backup was done before it could be stopped");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_that_takes_long_keeps_no_write_waiting() {
    let place = place();
    let people = (0..4000).fold("display_name,description\n".to_owned(), |mut lines, number| {
        writeln!(lines, "Person {number},{}", "x".repeat(300)).expect("a text");
        lines
    });
    place.write("many.csv", &people);
    done(&place, &["import", "globex", "many.csv"]);
    let server = Serving::start(&place);
    let client = Client { address: server.address, secret: Some(token(&place)), organization: Some("acme") };
    let mut backup = tokio::task::block_in_place(|| stopped_backup(&place));

    let answer = create(&client).await;

    assert_eq!(answer.status, 201, "{}", answer.text());
    signal(&backup, Signal::CONT);
    assert!(backup.wait().expect("its end").success());
}

#[test]
fn a_backup_says_what_is_in_it() {
    let place = place();

    let ended = done(&place, &["backup", "backup.db"]);

    let report = ended.json();
    let bytes = fs::metadata(place.path().join("backup.db")).expect("a backup").len();
    assert_eq!([&report["organizations"], &report["people"], &report["bytes"]], [&json!(2), &json!(4), &json!(bytes)]);
    let changes: usize = ["acme", "globex"].map(|slug| done(&place, &["history", slug]).data.lines().count()).iter().sum();
    assert_eq!(report["changes"], json!(changes));
    assert_eq!(ended.words, "backed sqlite:rollcall.db up to backup.db\n");
}

#[test]
fn a_backup_is_one_file_that_its_owner_alone_can_read() {
    let place = place();

    done(&place, &["backup", "backup.db"]);

    assert_eq!(names(&place), ["backup.db", "people.csv", "rollcall.db"]);
    let rights = fs::metadata(place.path().join("backup.db")).expect("a backup").permissions().mode();
    assert_eq!(rights & 0o777, 0o600);
}

#[test]
fn a_backup_changes_nothing_in_the_database() {
    let place = place();
    let before = fs::read(place.path().join("rollcall.db")).expect("a database");

    done(&place, &["backup", "backup.db"]);

    assert!(fs::read(place.path().join("rollcall.db")).expect("a database") == before);
}

#[test]
fn a_backup_holds_nothing_of_whoever_was_erased() {
    let place = place();
    place.write("more.csv", "external_id,display_name\nx,Quetzalcoatl\n");
    done(&place, &["import", "acme", "more.csv"]);
    done(&place, &["delete-person", "acme", "4"]);
    done(&place, &["purge", "acme", "4"]);

    done(&place, &["backup", "backup.db"]);

    let bytes = fs::read(place.path().join("backup.db")).expect("a backup");
    assert!(!bytes.windows(12).any(|window| window.eq_ignore_ascii_case(b"Quetzalcoatl")));
}

#[test]
fn a_backup_takes_the_place_of_an_older_one_when_told_to() {
    let place = place();
    done(&place, &["backup", "backup.db"]);
    done(&place, &["delete-person", "acme", "1"]);

    done(&place, &["backup", "--replace", "backup.db"]);

    let url = restored_beside(&place, "backup.db", "copy.db");
    assert_eq!(contents(&place, &url), contents(&place, "sqlite:rollcall.db"));
}
