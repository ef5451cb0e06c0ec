//! Replicas that are behind, away or stopped are never seen by who asks.

use super::place;
use crate::durability::killed::wire::{Request, Wire};
use crate::support::{Api, Cluster, Place, Serving};
use serde_json::json;
use std::time::{Duration, Instant};

/// As many as one page of the search holds.
const PEOPLE: usize = 10;
/// No replica takes this long to catch up.
const PATIENCE: Duration = Duration::from_secs(60);

/// A server that asks a replica where it may.
fn serving(place: &Place, replica: &Cluster) -> Serving {
    Serving::start_with(place, &["--replica", &replica.url()])
}

fn create(wire: &mut Wire, name: &str) {
    let request = Request::new(Api::ProofHub, "POST", "/api/v3/people").body(json!({
        "first_name": name, "last_name": "Souza", "email": format!("{name}@example.com"),
    }));
    let made = wire.ask(&request).expect("an answer");
    assert_eq!(made.status, 201, "{}", made.text());
}

/// How many people a search finds, which is a long read.
fn found(wire: &mut Wire) -> usize {
    let path = "/api/Organization/people?$filter=substringof(%27souza%27,Name)";
    wire.ask(&Request::new(Api::Modulo, "GET", path)).expect("an answer").items().len()
}

#[test]
#[ignore = "needs PostgreSQL"]
fn a_search_asks_the_replica_and_finds_what_was_written_a_moment_ago() {
    let primary = Cluster::new();
    let replica = primary.standby();
    let (place, secret) = place(&primary);
    let server = serving(&place, &replica);
    let mut wire = Wire::open(server.address, &secret).expect("a connection");

    for count in 1..=PEOPLE {
        create(&mut wire, &format!("ana{count}"));
        assert_eq!(found(&mut wire), count);
    }

    // What was written last is there a moment later, and from then on it answers.
    let has_answered = "select coalesce(sum(idx_scan + seq_scan), 0) > 0 from pg_stat_user_tables where relname = 'people'";
    let deadline = Instant::now() + PATIENCE;
    while replica.sql(has_answered) != "t" {
        assert!(Instant::now() < deadline, "the replica is never asked");
        assert_eq!(found(&mut wire), PEOPLE);
    }
}

#[test]
#[ignore = "needs PostgreSQL"]
fn a_replica_that_stands_still_is_passed_over() {
    let primary = Cluster::new();
    let replica = primary.standby();
    let (place, secret) = place(&primary);
    let server = serving(&place, &replica);
    let mut wire = Wire::open(server.address, &secret).expect("a connection");
    create(&mut wire, "ana");

    replica.sql("select pg_wal_replay_pause()");
    replica.wait_until("select pg_get_wal_replay_pause_state() = 'paused'");
    create(&mut wire, "ben");

    assert_eq!(found(&mut wire), 2);
}

#[test]
#[ignore = "needs PostgreSQL"]
fn a_replica_that_is_away_is_passed_over() {
    let primary = Cluster::new();
    let mut replica = primary.standby();
    let (place, secret) = place(&primary);
    let server = serving(&place, &replica);
    let mut wire = Wire::open(server.address, &secret).expect("a connection");
    create(&mut wire, "ana");
    assert_eq!(found(&mut wire), 1);

    // A primary that waits for nobody goes on without it.
    primary.sql("alter system reset synchronous_standby_names");
    primary.sql("select pg_reload_conf()");
    replica.stop_immediately();
    create(&mut wire, "ben");

    assert_eq!(found(&mut wire), 2);
}
