//! The clusters that other tests crash and promote do what these tests rely on.

use crate::support::Cluster;

#[test]
#[ignore = "needs PostgreSQL"]
fn what_was_committed_outlives_a_crash_of_the_server() {
    let mut cluster = Cluster::new();
    cluster.sql("create table kept (number bigint); insert into kept values (7)");

    cluster.restart_immediately();

    assert_eq!(cluster.sql("select number from kept"), "7");
    assert!(cluster.log().contains("database system was not properly shut down"), "{}", cluster.log());
}

#[test]
#[ignore = "needs PostgreSQL"]
fn what_was_committed_is_on_the_standby_when_the_primary_is_lost() {
    let mut primary = Cluster::new();
    primary.sql("create table kept (number bigint)");
    let standby = primary.standby();
    primary.sql("insert into kept values (7)");

    primary.stop_immediately();
    standby.promote();
    standby.sql("insert into kept values (8)");

    assert_eq!(standby.sql("select number from kept order by number"), "7\n8");
}

#[test]
#[ignore = "needs PostgreSQL"]
fn a_cluster_is_set_up_as_the_test_likes() {
    let mut cluster = Cluster::new();
    cluster.configure("work_mem = '7MB'\n");
    cluster.write("pg_hba.conf", "host all all 127.0.0.1/32 trust # ours\n");

    cluster.restart_immediately();

    assert_eq!(cluster.sql("show work_mem"), "7MB");
    assert_eq!(cluster.sql("select count(*) from pg_hba_file_rules"), "1");
}
