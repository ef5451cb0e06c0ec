//! What clients and operators see while PostgreSQL is away, restarts, or takes no writes.
//!
//! | module | what it claims |
//! | --- | --- |
//! | [`restarts`] | a restart of the database is a delay, and nobody is told what is not so |
//! | [`connections`] | connections that the database ends are made again |
//! | [`readiness`] | `/readyz` tells the truth, also of a database that takes no writes or says nothing |
//! | [`beginning`] | a server waits for its database at the start, and not for one that is not there to come |
//! | [`ending`] | a server ends in time, whatever its database does |
//!
//! These tests need PostgreSQL's server, so they are left out unless they are asked for: `--include-ignored`, as
//! `./test.sh` does when it runs the suite on PostgreSQL.

mod beginning;
mod connections;
mod ending;
mod readiness;
mod restarts;

use crate::durability::killed::wire::{Request, Wire};
use crate::durability::process::Process;
use crate::support::{Answer, Api, Cluster, Place};
use serde_json::json;
use std::time::{Duration, Instant};

/// No server takes this long to notice what has become of its database.
const PATIENCE: Duration = Duration::from_secs(60);
const PAUSE: Duration = Duration::from_millis(20);

/// One server on a database of its own, and a token that may do everything in its organization.
struct World {
    cluster: Cluster,
    place: Place,
    secret: String,
    server: Process,
}

impl World {
    fn new() -> Self {
        let cluster = Cluster::new();
        let place = Place::at(&cluster.url()).and_acme();
        let scopes = "people:read,people:write,organization:read";
        let secret = place.run(&["token", "create", "--organization", "acme", "--scopes", scopes]).data.trim().to_owned();
        let server = Process::start(&place);
        Self { cluster, place, secret, server }
    }

    fn wire(&self) -> Wire {
        Wire::open(self.server.address, &self.secret).expect("a connection")
    }

    fn ask(&self, request: &Request) -> Answer {
        self.wire().ask(request).expect("an answer")
    }

    /// The answer to an operator's question, once it has this status.
    fn once(&self, path: &str, status: u16) -> Answer {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let answer = self.ask(&get(path));
            if answer.status == status {
                return answer;
            }
            assert!(Instant::now() < deadline, "{path} stays {}: {}", answer.status, answer.text());
            std::thread::sleep(PAUSE);
        }
    }
}

fn get(path: &str) -> Request {
    Request::new(Api::ProofHub, "GET", path)
}

fn list() -> Request {
    get("/api/v3/people")
}

fn create(email: &str) -> Request {
    let body = json!({ "first_name": "Ana", "last_name": "Souza", "email": email });
    Request::new(Api::ProofHub, "POST", "/api/v3/people").body(body)
}
