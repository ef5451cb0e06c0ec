use super::{contents, create, done, names, people, place, restored_beside, token};
use crate::support::{Api, Client, Place, Serving};
use serde_json::json;
use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt};

fn client(server: &Serving, secret: &str) -> Client {
    Client { address: server.address, secret: Some(secret.to_owned()), organization: Some("acme") }
}

#[test]
fn what_comes_back_is_what_was_backed_up_to_the_byte() {
    let place = place();
    token(&place);
    done(&place, &["delete-person", "acme", "2"]);
    let before = contents(&place, "sqlite:rollcall.db");
    done(&place, &["backup", "backup.db"]);
    done(&place, &["delete-person", "acme", "1"]);

    done(&place, &["restore", "backup.db", "--replace"]);

    assert_eq!(contents(&place, "sqlite:rollcall.db"), before);
}

#[test]
fn who_was_in_the_bin_can_be_brought_back_after_a_restore() {
    let place = place();
    done(&place, &["delete-person", "acme", "2"]);
    done(&place, &["backup", "backup.db"]);

    done(&place, &["restore", "backup.db", "--replace"]);

    done(&place, &["restore-person", "acme", "2"]);
    assert_eq!(people(&place, "sqlite:rollcall.db"), 4);
}

#[tokio::test]
async fn tokens_still_work_and_numbers_go_on_after_a_restore() {
    let place = place();
    let secret = token(&place);
    done(&place, &["delete-person", "acme", "3"]);
    done(&place, &["backup", "backup.db"]);
    fs::remove_file(place.path().join("rollcall.db")).expect("a database");
    done(&place, &["restore", "backup.db"]);
    let server = Serving::start(&place);

    let made = create(&client(&server, &secret)).await;

    // The third person's number is used, though nobody has it.
    assert_eq!((made.status, made.at("/id")), (201, json!(4)), "{}", made.text());
}

#[test]
fn the_database_that_was_there_before_is_kept_under_a_name_that_says_so() {
    let place = place();
    done(&place, &["backup", "backup.db"]);
    done(&place, &["delete-person", "acme", "1"]);
    let before = contents(&place, "sqlite:rollcall.db");

    let ended = done(&place, &["restore", "backup.db", "--replace"]);
    done(&place, &["restore", "backup.db", "--replace"]);

    let kept = fs::canonicalize(place.path()).expect("a folder").join("rollcall.db.before-restore");
    assert_eq!(ended.json()["kept"], json!(kept));
    assert_eq!(names(&place), ["backup.db", "people.csv", "rollcall.db", "rollcall.db.before-restore", "rollcall.db.before-restore-2"]);
    assert_eq!(contents(&place, "sqlite:rollcall.db.before-restore"), before);
}

#[tokio::test]
async fn what_a_killed_server_left_in_its_log_is_kept_with_the_old_database() {
    let place = place();
    let secret = token(&place);
    done(&place, &["backup", "backup.db"]);
    let server = Serving::start(&place);
    let deleted = client(&server, &secret).call(Api::ProofHub, "DELETE", "/api/v3/people/1").send().await;
    assert!(deleted.status < 300, "{}", deleted.text());
    drop(server);
    assert!(names(&place).contains(&"rollcall.db-wal".to_owned()));

    done(&place, &["restore", "backup.db", "--replace"]);

    assert_eq!(names(&place), ["backup.db", "people.csv", "rollcall.db", "rollcall.db.before-restore"]);
    assert_eq!([people(&place, "sqlite:rollcall.db"), people(&place, "sqlite:rollcall.db.before-restore")], [4, 3]);
}

#[test]
fn a_database_that_is_broken_is_replaced_and_kept() {
    let place = place();
    done(&place, &["backup", "backup.db"]);
    let before = contents(&place, "sqlite:rollcall.db");
    for log in ["", "a log that is none"] {
        place.write("rollcall.db", "This was a database.");
        if !log.is_empty() {
            place.write("rollcall.db-wal", log);
        }

        let ended = done(&place, &["restore", "backup.db", "--replace"]);

        let kept = ended.json()["kept"].as_str().expect("a path").to_owned();
        assert_eq!(fs::read_to_string(kept).expect("a file"), "This was a database.");
        assert_eq!(contents(&place, "sqlite:rollcall.db"), before, "with the log {log:?}");
    }
}

#[test]
fn a_restored_database_belongs_to_whom_the_old_one_did() {
    let place = place();
    let path = place.path().join("rollcall.db");
    done(&place, &["backup", "backup.db"]);
    fs::set_permissions(&path, Permissions::from_mode(0o640)).expect("rights");
    if rustix::process::geteuid().is_root() {
        std::os::unix::fs::chown(&path, Some(65534), Some(65534)).expect("an owner");
    }
    let before = fs::metadata(&path).expect("a database");

    done(&place, &["restore", "backup.db", "--replace"]);

    let after = fs::metadata(&path).expect("a database");
    assert_eq!((after.mode() & 0o777, after.uid(), after.gid()), (0o640, before.uid(), before.gid()));
}

#[test]
fn a_restored_database_where_there_was_none_can_be_read_by_its_owner_alone() {
    let place = place();
    done(&place, &["backup", "backup.db"]);

    restored_beside(&place, "backup.db", "copy.db");

    assert_eq!(fs::metadata(place.path().join("copy.db")).expect("a database").mode() & 0o777, 0o600);
}

#[test]
fn a_copy_of_the_file_made_while_nobody_had_it_open_is_a_backup_too() {
    let place = place();
    fs::copy(place.path().join("rollcall.db"), place.path().join("copied.db")).expect("a copy");

    let url = restored_beside(&place, "copied.db", "copy.db");

    assert_eq!(contents(&place, &url), contents(&place, "sqlite:rollcall.db"));
}

#[test]
fn a_database_behind_a_link_is_replaced_where_it_is() {
    let place = Place::on_a_file();
    fs::create_dir(place.path().join("data")).expect("a folder");
    let create = ["--database", "sqlite:data/people.db", "organization", "create", "acme", "--name", "Acme"];
    done(&place, &create);
    std::os::unix::fs::symlink("data/people.db", place.path().join("rollcall.db")).expect("a link");
    done(&place, &["backup", "backup.db"]);

    done(&place, &["restore", "backup.db", "--replace"]);

    assert!(place.path().join("rollcall.db").is_symlink() && place.path().join("data/people.db.before-restore").is_file());
    assert_eq!(done(&place, &["--database", "sqlite:data/people.db", "check"]).json()["organizations"], json!(1));
}
