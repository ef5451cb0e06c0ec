//! A server that starts before its database, and one whose database will never be there.

use super::{World, list};
use crate::durability::killed::wire::Wire;
use crate::durability::process::Process;
use crate::support::{Cluster, Place};

#[test]
#[ignore = "needs PostgreSQL"]
fn a_server_that_starts_before_its_database_waits_and_serves() {
    let World { mut cluster, place, secret, server } = World::new();
    server.stop();
    cluster.stop_immediately();

    let server = std::thread::scope(|threads| {
        let starting = threads.spawn(|| Process::start(&place));
        cluster.start();
        starting.join().expect("a server")
    });

    let answer = Wire::open(server.address, &secret).expect("a connection").ask(&list()).expect("an answer");
    assert_eq!(answer.status, 200, "{}", answer.text());
}

#[test]
#[ignore = "needs PostgreSQL"]
fn a_database_that_is_not_there_to_come_is_not_waited_for() {
    let cluster = Cluster::new();

    let ended = Place::at(&cluster.url_of("nowhere")).run(&["serve", "--listen", "127.0.0.1:0"]);

    assert_eq!(ended.status, Some(1), "{ended:?}");
    assert!(ended.words.contains("database \"nowhere\" does not exist") && !ended.words.contains("trying again"), "{ended:?}");
}

#[test]
#[ignore = "needs PostgreSQL"]
fn a_wrong_password_is_not_tried_again() {
    let mut cluster = Cluster::new();
    cluster.sql("create role guest login password 'right'");
    cluster.write("pg_hba.conf", "host all guest 127.0.0.1/32 scram-sha-256\nhost all all 127.0.0.1/32 trust\n");
    cluster.restart_immediately();

    let ended = Place::at(&cluster.url().replace("postgres@", "guest:wrong@")).run(&["serve", "--listen", "127.0.0.1:0"]);

    assert_eq!(ended.status, Some(1), "{ended:?}");
    let words = &ended.words;
    assert!(words.contains("password authentication failed") && !words.contains("trying again") && !words.contains("wrong"), "{ended:?}");
}
