//! What makes an acknowledged write last in the embedded database, and what happens when nothing can be written to its file.

use super::strangers::strangers;
use super::{Ground, line, wait};
use crate::directory::{Directory, DirectoryError, ImportMode, Surroundings};
use crate::query::PersonQuery;
use crate::test_database::TestDatabase;

/// An answer of the writer's own connection.
fn ask_the_writer(ground: &Ground, sql: &'static str) -> Option<String> {
    let work = ground.directory.store.write_system(move |tx| {
        Box::pin(async move {
            let read = |row: &crate::store::sql::Row<'_>| row.optional_text(0).map(|text| text.map(str::to_owned));
            Ok::<_, DirectoryError>(tx.first(sql, Vec::new(), read).await?.flatten())
        })
    });
    wait(work).expect("an answer")
}

/// From now on the database may not grow, as if its disk were full.
fn fill(ground: &Ground) {
    set_pages_max(ground, "pragma max_page_count = 1");
}

fn make_room(ground: &Ground) {
    set_pages_max(ground, "pragma max_page_count = 1000000000");
}

fn set_pages_max(ground: &Ground, sql: &'static str) {
    let work = ground
        .directory
        .store
        .write_system(move |tx| Box::pin(async move { Ok::<_, DirectoryError>(tx.first(sql, Vec::new(), |row| row.integer(0)).await?) }));
    wait(work).expect("an answer");
}

fn count(ground: &Ground) -> usize {
    wait(ground.directory.people(&ground.operator, &PersonQuery::default())).expect("an answer").people.len()
}

#[test]
fn the_writer_waits_for_the_disk_at_every_commit() {
    let ground = Ground::on_a_file();

    assert_eq!(ask_the_writer(&ground, "select cast(synchronous as text) from pragma_synchronous").as_deref(), Some("2"));
    assert_eq!(ask_the_writer(&ground, "select journal_mode from pragma_journal_mode").as_deref(), Some("wal"));
    assert_eq!(ask_the_writer(&ground, "select cast(foreign_keys as text) from pragma_foreign_keys").as_deref(), Some("1"));
}

#[test]
fn a_full_database_refuses_what_is_too_much_and_keeps_what_it_has() {
    let ground = Ground::on_a_file();
    ground.load(vec![line(2, &[("login", "jane")])]);
    fill(&ground);

    let refused = wait(async {
        let mut import = ground.directory.import(&ground.operator, ImportMode::Batches).expect("allowed");
        import.people(strangers(300)).await
    });

    assert!(matches!(refused, Err(DirectoryError::Unwritable(_))), "{refused:?}");
    assert_eq!(count(&ground), 1);
    assert_eq!(wait(ground.directory.check()).expect("a report").findings, Vec::<String>::new());
}

#[test]
fn writing_goes_on_by_itself_once_there_is_room_again() {
    let ground = Ground::on_a_file();
    fill(&ground);
    let mut import = ground.directory.import(&ground.operator, ImportMode::Batches).expect("allowed");
    wait(import.people(strangers(300))).expect_err("full");

    make_room(&ground);
    ground.load(strangers(300));

    assert_eq!(count(&ground), 300);
    assert_eq!(wait(ground.directory.check()).expect("a report").findings, Vec::<String>::new());
}

#[test]
fn a_database_that_cannot_be_made_says_so_and_is_no_full_disk() {
    let database = TestDatabase::file();
    let url = format!("sqlite:{}", database.folder().join("missing").join("test.db").display());

    let failed = wait(Directory::open(&url, Surroundings::system())).expect_err("an error");

    assert!(failed.to_string().contains("store failed"), "{failed}");
}
