//! Opening a database: several programs at once, a database that is held, a newer one, and a file that is none.

use super::{Ground, line, open, wait};
use crate::directory::{Directory, DirectoryError, Surroundings};
use crate::query::PersonQuery;
use crate::test_database::TestDatabase;
use std::error::Error;

/// Everything that an error says, cause by cause.
fn chain(error: &dyn Error) -> String {
    match error.source() {
        Some(cause) => format!("{error}: {}", chain(cause)),
        None => error.to_string(),
    }
}

fn open_error(url: &str) -> String {
    let error = wait(Directory::open(url, Surroundings::system())).err();
    chain(&error.expect("an error"))
}

#[test]
fn one_empty_database_is_opened_by_many_at_once() {
    for _ in 0..10 {
        let database = TestDatabase::empty();

        std::thread::scope(|threads| {
            let opening: Vec<_> = (0..8).map(|_| threads.spawn(|| open(&database))).collect();
            for opened in opening {
                let directory = opened.join().expect("no panic");
                assert_eq!(wait(directory.organizations()).expect("an answer"), []);
            }
        });
    }
}

#[test]
fn opening_and_reading_do_not_wait_for_a_long_write() {
    let ground = Ground::new();
    ground.load(vec![line(2, &[("login", "jane")])]);
    let (started, starting) = std::sync::mpsc::channel();
    let (end, ended) = std::sync::mpsc::channel::<()>();

    std::thread::scope(|threads| {
        let end = end;
        threads.spawn(|| {
            wait(ground.directory.store.write(ground.operator.organization(), move |_| {
                Box::pin(async move {
                    started.send(()).expect("a listener");
                    // A sign, or the end of a test that failed; the runtime goes on without this thread meanwhile.
                    let _ = tokio::task::block_in_place(|| ended.recv());
                    Ok::<_, DirectoryError>(())
                })
            }))
        });
        starting.recv().expect("a sign");
        let found = wait(open(&ground.database).people(&ground.operator, &PersonQuery::default())).map(|page| page.people.len());
        drop(end);

        // A wait for the write, which ends only after this, would have ended in an error.
        assert_eq!(found.expect("an answer"), 1);
    });
}

#[test]
fn a_schema_from_the_future_is_refused_and_left_alone() {
    let ground = Ground::new();
    ground.forge("insert into migrations (version, name) values (99, 'x')");

    let told = open_error(&ground.database.url);

    assert!(told.contains("made by a newer version of Rollcall"), "{told}");
}

#[test]
fn a_file_that_is_no_database_is_named_as_such() {
    let database = TestDatabase::file();
    let path = database.folder().join("test.db");
    std::fs::write(&path, "external_id,login\n".repeat(100)).expect("a file");

    let told = open_error(&database.url);

    assert!(told.contains("file is not a database"), "{told}");
    assert_eq!(std::fs::read(&path).map(|bytes| bytes.len()).ok(), Some(1800));
}
