use super::{contents, done, names, place};
use crate::support::{Ended, Place, Serving};
use std::fs::{self, File, OpenOptions};
use std::io::{Seek, SeekFrom, Write};

/// Fails unless it failed with these words, printed nothing, and left every file as it was.
fn assert_refused(place: &Place, words: &[&str], status: i32, said: &str) {
    let files = || names(place).into_iter().map(|name| (fs::read(place.path().join(&name)).ok(), name)).collect::<Vec<_>>();
    let before = files();

    let ended: Ended = place.run(words);

    assert_eq!((ended.status, ended.data.as_str()), (Some(status), ""), "{words:?}: {ended:?}");
    assert!(ended.words.contains(said), "{words:?}: {}", ended.words);
    assert!(files() == before, "{words:?} changed a file: {:?}", names(place));
}

/// A place with a database and its backup, `backup.db`.
fn backed_up() -> Place {
    let place = place();
    done(&place, &["backup", "backup.db"]);
    place
}

#[test]
fn a_file_that_is_there_is_not_written_over_unless_told() {
    let place = backed_up();

    assert_refused(&place, &["backup", "backup.db"], 1, "is there already: --replace lets");
    assert_refused(&place, &["restore", "backup.db"], 1, "is there already: --replace lets");
}

#[test]
fn the_database_is_not_backed_up_to_itself_nor_restored_from_itself() {
    let place = backed_up();
    fs::hard_link(place.path().join("rollcall.db"), place.path().join("second.db")).expect("a second name");

    for name in ["rollcall.db", "./rollcall.db", "second.db", "rollcall.db-wal", "rollcall.db-shm", "rollcall.db-journal"] {
        assert_refused(&place, &["backup", "--replace", name], 1, "is the database itself");
    }
    for name in ["rollcall.db", "second.db"] {
        assert_refused(&place, &["restore", "--replace", name], 1, "is the database itself");
    }
}

#[test]
fn a_database_whose_name_is_that_of_an_unfinished_backup_is_not_written_over() {
    let place = backed_up();
    fs::rename(place.path().join("backup.db"), place.path().join("x.rollcall-part")).expect("a name");

    assert_refused(&place, &["--database", "sqlite:x.rollcall-part", "backup", "x"], 1, "is the database itself");
    assert_refused(&place, &["--database", "sqlite:x", "restore", "x.rollcall-part"], 1, "is the database itself");
}

#[test]
fn a_stream_is_wrong_usage() {
    let place = backed_up();

    assert_refused(&place, &["backup", "-"], 2, "cannot go to standard output");
    assert_refused(&place, &["restore", "-"], 2, "cannot be read from standard input");
}

#[test]
fn postgresql_is_said_to_have_its_own_ways() {
    let place = backed_up();

    for command in ["backup", "restore"] {
        let words = ["--database", "postgres://nobody@127.0.0.1:1/nothing", command, "backup.db"];
        assert_refused(&place, &words, 2, "pg_dump");
    }
}

#[test]
fn where_there_is_no_file_none_is_made() {
    let place = backed_up();

    assert_refused(&place, &["--database", "sqlite:nothing.db", "backup", "new.db"], 1, "there is no file nothing.db");
    assert_refused(&place, &["restore", "nothing.db", "--replace"], 1, "there is no file nothing.db");
    assert_refused(&place, &["backup", "nowhere/backup.db"], 1, "could not find the folder nowhere");
}

#[test]
fn a_folder_is_no_backup_and_no_place_for_one() {
    let place = backed_up();
    fs::create_dir(place.path().join("folder")).expect("a folder");

    for name in ["folder", "folder/", "nowhere/", ".", ".."] {
        assert_refused(&place, &["backup", "--replace", name], 1, "is no file");
    }
    assert_refused(&place, &["restore", "--replace", "folder"], 1, "is no file");
    assert_refused(&place, &["--database", "sqlite:folder", "restore", "--replace", "backup.db"], 1, "is no file");
}

#[test]
fn what_is_no_database_of_rollcall_is_neither_backed_up_nor_restored() {
    let place = backed_up();
    place.write("empty.db", "");
    place.write("text.db", "This is no database, but long enough to be looked at as one. ".repeat(200).as_str());

    for name in ["empty.db", "text.db", "people.csv"] {
        assert_refused(&place, &["restore", "--replace", name], 1, "is no database of Rollcall");
        assert_refused(&place, &["--database", &format!("sqlite:{name}"), "backup", "new.db"], 1, "is no database of Rollcall");
    }
}

/// Writes over some bytes in the middle of a file, which stays as long as it is.
fn damage(file: &mut File) {
    let length = file.metadata().expect("a file").len();
    for part in 1..8 {
        file.seek(SeekFrom::Start(length / 8 * part)).expect("a place");
        file.write_all(&[0x5a; 2000]).expect("writing");
    }
}

#[test]
fn a_backup_that_is_damaged_or_cut_off_is_not_restored() {
    let place = backed_up();
    let open = |name: &str| {
        fs::copy(place.path().join("backup.db"), place.path().join(name)).expect("a copy");
        OpenOptions::new().write(true).open(place.path().join(name)).expect("a copy")
    };
    damage(&mut open("damaged.db"));
    let cut = open("cut.db");
    cut.set_len(cut.metadata().expect("a file").len() / 2).expect("a shorter file");

    for name in ["damaged.db", "cut.db"] {
        assert_refused(&place, &["restore", "--replace", name], 1, &format!("{name} is broken"));
    }
}

#[test]
fn a_database_that_is_damaged_is_not_backed_up_as_if_it_were_not() {
    let place = backed_up();
    damage(&mut OpenOptions::new().write(true).open(place.path().join("rollcall.db")).expect("a database"));

    let ended = place.run(&["backup", "new.db"]);

    assert_eq!((ended.status, ended.data.as_str()), (Some(1), ""), "{ended:?}");
    assert!(ended.words.contains("is broken"), "{ended:?}");
    assert!(!names(&place).iter().any(|name| name.starts_with("new.db")), "{:?}", names(&place));
}

#[test]
fn a_database_that_a_server_has_open_is_not_restored_over() {
    let place = backed_up();
    let server = Serving::start(&place);

    let ended = place.run(&["restore", "backup.db", "--replace"]);

    assert_eq!((ended.status, ended.data.as_str()), (Some(1), ""), "{ended:?}");
    assert!(ended.words.contains("is open in a server or another program: stop it first"), "{ended:?}");
    drop(server);
    let found: Vec<String> = names(&place).into_iter().filter(|name| name.contains("part") || name.contains("before")).collect();
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn a_database_that_a_server_has_open_is_no_backup() {
    let place = backed_up();
    let _server = Serving::start(&place);

    assert_refused(
        &place,
        &["--database", "sqlite:copy.db", "restore", "rollcall.db"],
        1,
        "rollcall.db-wal is there: the log of a database",
    );
}

#[test]
fn a_log_of_some_other_database_is_not_taken_for_that_of_the_new_one() {
    let place = backed_up();
    for log in ["new.db-wal", "new.db-shm", "new.db-journal"] {
        place.write(log, "left behind");

        assert_refused(&place, &["backup", "new.db"], 1, "is there: the log of a database");
        assert_refused(&place, &["--database", "sqlite:new.db", "restore", "backup.db", "--replace"], 1, "is there: the log of a database");
        fs::remove_file(place.path().join(log)).expect("a file");
    }
}

#[test]
fn two_backups_to_one_file_do_not_get_in_each_others_way() {
    let place = backed_up();
    let part = File::create(place.path().join("new.db.rollcall-part")).expect("a file");
    part.lock().expect("a lock, as the other backup has it");

    assert_refused(&place, &["backup", "new.db"], 1, "new.db is being written by another program");
}

#[test]
fn a_refused_restore_leaves_the_database_as_it_was() {
    let place = backed_up();
    let before = contents(&place, "sqlite:rollcall.db");
    place.write("text.db", "no database");

    place.run(&["restore", "--replace", "text.db"]);

    assert_eq!(contents(&place, "sqlite:rollcall.db"), before);
}
