//! Where PostgreSQL is, how long a statement there may take, and that no password is shown.

use super::run_on;
use crate::support::{Call, Cluster, Place, Running, Serving};
use std::os::unix::fs::PermissionsExt;
use std::process::Child;

/// Holds the lock of tables that everybody needs, for so many seconds or until this is dropped.
struct Holder(Child);

impl Holder {
    fn of(cluster: &Cluster, seconds: u32) -> Self {
        let holding = format!("set statement_timeout = 0; begin; lock table sequences, organizations; select pg_sleep({seconds}); commit");
        let holder = Self(cluster.begin(&holding));
        let granted =
            "select exists (select from pg_locks where relation = 'organizations'::regclass and mode = 'AccessExclusiveLock' and granted)";
        cluster.wait_until(granted);
        holder
    }
}

impl Drop for Holder {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
#[ignore = "needs PostgreSQL"]
fn of_several_hosts_the_one_that_takes_writes_is_found() {
    let primary = Cluster::new();
    let standby = primary.standby();

    let hosts = format!("127.0.0.1:1,127.0.0.1:{},127.0.0.1:{}", standby.port(), primary.port());
    let ended = run_on(&format!("postgres://postgres@{hosts}/rollcall"), &["organization", "create", "acme", "--name", "Acme"]);

    assert_eq!(ended.status, Some(0), "{ended:?}");
    assert_eq!(primary.sql("select slug from organizations"), "acme");
}

#[test]
#[ignore = "needs PostgreSQL"]
fn a_socket_is_named_by_its_folder() {
    let mut cluster = Cluster::new();
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::set_permissions(folder.path(), PermissionsExt::from_mode(0o777)).expect("its rights");
    cluster.configure(&format!("unix_socket_directories = '{}'\n", folder.path().display()));
    cluster.restart_immediately();

    let escaped = folder.path().display().to_string().replace('/', "%2F");
    for url in [
        format!("postgres://postgres@/rollcall?host={}&port={}", folder.path().display(), cluster.port()),
        format!("postgresql://postgres@{escaped}:{}/rollcall?sslmode=require", cluster.port()),
    ] {
        let ended = run_on(&url, &["migrate"]);

        assert_eq!(ended.status, Some(0), "{url}: {ended:?}");
    }
}

#[test]
#[ignore = "needs PostgreSQL"]
fn the_options_of_the_url_are_those_of_the_session() {
    let cluster = Cluster::new();
    cluster.sql("create schema people");

    let ended = run_on(&format!("{}?options=-c%20search_path%3Dpeople", cluster.url()), &["migrate"]);

    assert_eq!(ended.status, Some(0), "{ended:?}");
    assert_eq!(cluster.sql("select schemaname from pg_tables where tablename = 'organizations'"), "people");
}

#[test]
#[ignore = "needs PostgreSQL"]
fn tables_that_were_made_are_told_and_the_password_is_not() {
    let cluster = Cluster::new();
    let url = cluster.url().replace("postgres@", "postgres:geheim@");

    let [first, second] = [(); 2].map(|()| run_on(&url, &["migrate"]));

    let shown = cluster.url().replace("postgres@", "postgres:***@");
    let is_there = format!("the database {shown} is there, and its schema is that of this version\n");
    assert_eq!(first.words, format!("made the tables in the database {shown}, which had none\n{is_there}"));
    assert_eq!(second.words, is_there);
}

#[test]
#[ignore = "needs PostgreSQL"]
fn a_server_that_is_told_to_stop_while_it_waits_for_its_database_stops() {
    let place = Place::on_a_file();
    let database = "postgres://ana:geheim@127.0.0.1:1/rollcall";
    let mut running = Running::start(&place, &["serve", "--listen", "127.0.0.1:0", "--database", database]);
    let told = running.first_words();

    let ended = running.stop();

    assert!(told.contains("postgres://ana:***@127.0.0.1:1/rollcall does not let anybody in yet"), "{told}");
    assert_eq!(ended.status, Some(0), "{ended:?}");
}

#[test]
#[ignore = "needs PostgreSQL"]
fn a_command_waits_longer_than_its_role_would_let_it() {
    let cluster = Cluster::new();
    assert_eq!(run_on(&cluster.url(), &["migrate"]).status, Some(0));
    cluster.sql("alter role postgres set statement_timeout = '200ms'");

    let holder = Holder::of(&cluster, 1);
    let ended = run_on(&cluster.url(), &["organization", "list"]);

    assert_eq!(ended.status, Some(0), "{ended:?}");
    drop(holder);
}

#[tokio::test]
#[ignore = "needs PostgreSQL"]
async fn a_server_gives_a_statement_up_that_takes_longer_than_it_may() {
    let cluster = Cluster::new();
    let url = cluster.url();
    assert_eq!(run_on(&url, &["organization", "create", "acme", "--name", "Acme"]).status, Some(0));
    let token = run_on(&url, &["token", "create", "--organization", "acme", "--scopes", "people:read"]).data;
    let place = Place::at(&url);
    place.write("rollcall.toml", "[database]\nstatement_timeout_seconds = 1\n");
    let serving = Serving::start_with(&place, &["--config", "rollcall.toml"]);

    let holder = Holder::of(&cluster, 60);
    let call = Call::new(serving.address, "GET", "/api/persons").header("Authorization", &format!("Bearer {}", token.trim()));
    let answer = call.send().await;

    assert_eq!(answer.status, 503, "{answer:?}");
    assert!(cluster.log().contains("canceling statement due to statement timeout"), "{}", cluster.log());
    drop(holder);
}
