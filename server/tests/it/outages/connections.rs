//! Connections that the database ends, as an administrator or a proxy between does.

use super::{World, create, list};

const END_ALL: &str = "select count(pg_terminate_backend(pid)) > 0 from pg_stat_activity
    where application_name like 'rollcall%' and pid <> pg_backend_pid()";

#[test]
#[ignore = "needs PostgreSQL"]
fn a_read_on_a_connection_that_was_ended_is_answered() {
    let world = World::new();
    assert_eq!(world.ask(&list()).status, 200);

    for _ in 0..5 {
        assert_eq!(world.cluster.sql(END_ALL), "t");
        let answer = world.ask(&list());
        assert_eq!(answer.status, 200, "{}", answer.text());
    }
}

#[test]
#[ignore = "needs PostgreSQL"]
fn a_write_on_a_connection_that_was_ended_before_it_is_carried_out() {
    let world = World::new();

    for turn in 0..5 {
        let answer = world.ask(&create(&format!("ana{turn}@example.com")));
        assert_eq!(answer.status, 201, "{}", answer.text());
        assert_eq!(world.cluster.sql(END_ALL), "t");
    }
    assert_eq!(world.cluster.sql("select count(*) from people"), "5");
}
