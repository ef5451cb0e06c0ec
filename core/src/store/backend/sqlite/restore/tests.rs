use super::*;
use crate::store::backend::sqlite::backup::back_up;
use crate::store::migrate::KNOWN;
use crate::store::migrate::tests::{before, versions};
use tempfile::TempDir;

/// An organization with one change, as the first version of the schema has it.
const ORGANIZATION: &str = "
    insert into organizations (id, slug, name, created_at) values (7, 'senate', 'Senate', 1000);
    insert into sequences (organization_id, sequence, changed_at, person_number, group_number, role_number, job_title_number,
        level_number, price_list_number) values (7, 1, 1000, 0, 0, 0, 0, 0, 0);
    insert into changes (organization_id, sequence, changed_at, actor, action, subject, subject_number)
        values (7, 1, 1000, 'operator', 'create', 'organization', 7);
";

/// A folder with a database, `old.db`, of the schema before a version, and whatever else was done to it.
fn folder_with_a_database_before(version: i64, sql: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let opened = SqliteConnection::open_for_writing(&folder.path().join("old.db"), OpenMode::CreateIfMissing);
    let mut connection = Connection::from(opened.expect("a connection"));
    let made: Result<(), StoreError> = run(async {
        before(&mut connection, version).await?;
        connection.script(ORGANIZATION).await?;
        connection.script(sql).await
    });
    made.expect("a database");
    folder
}

/// Backs the database of a folder up, and restores that under another name.
fn back_up_and_restore(folder: &TempDir) -> (Result<Holdings, BackupError>, Result<Restored, BackupError>) {
    let [old, backup, new] = ["old.db", "backup.db", "new.db"].map(|name| folder.path().join(name));
    let backed_up = back_up(&old, &backup, Existing::Keep);
    // What was refused as a backup may come as a copy of the file all the same.
    let source = if backed_up.is_ok() { backup } else { old };
    (backed_up, restore(&new, &source, Existing::Keep))
}

#[test]
fn a_database_of_every_older_version_is_backed_up_as_it_is_and_brought_to_this_version_when_restored() {
    for version in versions() {
        let folder = folder_with_a_database_before(version + 1, "");

        let (backed_up, restored) = back_up_and_restore(&folder);

        let (backed_up, restored) = (backed_up.expect("a backup"), restored.expect("a database"));
        assert_eq!((backed_up.schema, backed_up.organizations, backed_up.changes), (version, 1, 1));
        assert_eq!((restored.schema_before, restored.holdings.schema, restored.holdings.changes), (version, KNOWN, 1));
    }
}

#[test]
fn a_database_of_a_newer_version_is_refused() {
    let folder = folder_with_a_database_before(KNOWN + 1, "insert into migrations (version, name) values (999, 'future')");

    let (backed_up, restored) = back_up_and_restore(&folder);

    assert!(matches!(backed_up, Err(BackupError::Newer { found: 999, .. })), "{backed_up:?}");
    assert!(matches!(restored, Err(BackupError::Newer { found: 999, .. })), "{restored:?}");
}

#[test]
fn a_history_with_a_gap_is_refused() {
    let folder = folder_with_a_database_before(KNOWN + 1, "update sequences set sequence = 2");

    let (backed_up, restored) = back_up_and_restore(&folder);

    for refused in [backed_up.map(drop), restored.map(drop)] {
        let Err(BackupError::Broken { fault, .. }) = refused else { panic!("{refused:?}") };
        assert_eq!(fault, "the history of 1 organizations has gaps");
    }
}

#[test]
fn a_table_of_the_same_name_makes_no_database_of_ours() {
    let folder = tempfile::tempdir().expect("a folder");
    let connection = SqliteConnection::open_for_writing(&folder.path().join("old.db"), OpenMode::CreateIfMissing).expect("a connection");
    connection.batch("create table migrations (id integer, migration text)").expect("a table");
    drop(connection);

    let (backed_up, restored) = back_up_and_restore(&folder);

    assert!(matches!(backed_up, Err(BackupError::Foreign(_))), "{backed_up:?}");
    assert!(matches!(restored, Err(BackupError::Foreign(_))), "{restored:?}");
}

#[test]
fn whoever_opens_the_database_waits_while_its_name_is_given_to_another_file() {
    let folder = folder_with_a_database_before(KNOWN + 1, "");
    let path = folder.path().join("old.db");
    let closed_off = close_off(folder.path()).expect("a lock");
    let (started, starting) = std::sync::mpsc::channel();
    let opener = std::thread::spawn(move || {
        started.send(()).expect("a listener");
        SqliteConnection::open(&path, OpenMode::MustExist).map(drop)
    });
    starting.recv().expect("an opener");

    fs::rename(folder.path().join("old.db"), folder.path().join("kept.db")).expect("a name");
    drop(closed_off);

    assert!(opener.join().expect("the opener").is_err(), "it opened a file that has another name now");
}
