//! `/readyz` and `/livez`.

use super::{World, create, get, list};

#[test]
#[ignore = "needs PostgreSQL"]
fn a_server_is_ready_while_its_database_is_there() {
    let mut world = World::new();
    assert_eq!(world.ask(&get("/readyz")).status, 200);

    world.cluster.stop_immediately();
    let away = world.once("/readyz", 503);
    assert!(away.text().contains("the database cannot be reached"), "{}", away.text());
    assert_eq!(world.ask(&get("/livez")).status, 200);

    world.cluster.start();
    world.once("/readyz", 200);
}

#[test]
#[ignore = "needs PostgreSQL"]
fn a_database_that_takes_no_writes_is_read_and_is_not_ready() {
    let world = World::new();
    world.cluster.sql("alter system set default_transaction_read_only = on");
    world.cluster.sql("select pg_reload_conf()");

    let unready = world.once("/readyz", 503);
    let (read, write) = (world.ask(&list()), world.ask(&create("ana@example.com")));

    assert!(unready.text().contains("the database only takes reads"), "{}", unready.text());
    assert_eq!((read.status, write.status), (200, 503), "{}", write.text());
    assert!(write.text().contains("cannot write at present") && write.header("retry-after").is_some(), "{}", write.text());
}

#[test]
#[ignore = "needs PostgreSQL"]
fn a_database_that_takes_writes_again_is_written_again() {
    let world = World::new();
    world.cluster.sql("alter system set default_transaction_read_only = on");
    world.cluster.sql("select pg_reload_conf()");
    world.once("/readyz", 503);
    assert_eq!(world.ask(&create("ana@example.com")).status, 503);

    world.cluster.sql("alter system reset default_transaction_read_only");
    world.cluster.sql("select pg_reload_conf()");
    world.once("/readyz", 200);

    assert_eq!(world.ask(&create("ana@example.com")).status, 201);
}

#[test]
#[ignore = "needs PostgreSQL"]
fn a_standby_is_read_and_is_not_ready() {
    let mut world = World::new();
    world.cluster.demote();

    let unready = world.once("/readyz", 503);
    let write = world.ask(&create("ana@example.com"));

    assert!(unready.text().contains("the database only takes reads"), "{}", unready.text());
    assert_eq!((world.ask(&list()).status, write.status), (200, 503), "{}", write.text());
}

#[test]
#[ignore = "needs PostgreSQL"]
fn a_database_that_says_nothing_does_not_keep_the_answer_back() {
    let world = World::new();
    assert_eq!(world.ask(&get("/readyz")).status, 200);

    world.cluster.freeze();
    let unready = world.ask(&get("/readyz"));
    world.cluster.thaw();

    assert_eq!(unready.status, 503, "{}", unready.text());
    world.once("/readyz", 200);
}
