//! What one server has written, every other one shows.

use super::{SERVERS, place, servers};
use crate::durability::killed::wire::{Request, Wire};
use crate::support::{Api, Cluster};
use serde_json::json;

/// Writes of each client.
const WRITES: usize = 40;

#[test]
#[ignore = "needs PostgreSQL"]
fn who_has_written_through_one_server_reads_it_through_every_other() {
    let cluster = Cluster::new();
    let (place, secret) = place(&cluster);
    let servers = servers(&place);

    std::thread::scope(|threads| {
        for client in 0..SERVERS {
            let mut wires: Vec<Wire> = servers.iter().map(|server| Wire::open(server.address, &secret).expect("a connection")).collect();
            threads.spawn(move || {
                for write in 0..WRITES {
                    let email = format!("c{client}-{write}@example.com");
                    let create = Request::new(Api::ProofHub, "POST", "/api/v3/people").body(json!({
                        "first_name": "Ana", "last_name": "Souza", "email": email,
                    }));
                    let turn = (client + write) % SERVERS;
                    let made = wires[turn].ask(&create).expect("an answer");
                    assert_eq!(made.status, 201, "{}", made.text());
                    let path = format!("/api/v3/people/{}", made.at("/id"));
                    for step in 1..SERVERS {
                        let shown = wires[(turn + step) % SERVERS].ask(&Request::new(Api::ProofHub, "GET", &path)).expect("an answer");
                        assert_eq!((shown.status, shown.at("/email").as_str()), (200, Some(email.as_str())), "{}", shown.text());
                    }
                }
            });
        }
    });
}

#[test]
#[ignore = "needs PostgreSQL"]
fn two_servers_never_give_one_login_or_number_twice() {
    let cluster = Cluster::new();
    let (place, secret) = place(&cluster);
    let servers = servers(&place);

    let made: Vec<u16> = std::thread::scope(|threads| {
        let creating = servers.iter().map(|server| {
            let mut wire = Wire::open(server.address, &secret).expect("a connection");
            threads.spawn(move || {
                let create = |number: usize| {
                    Request::new(Api::Scim, "POST", "/scim/v2/Users")
                        .body(json!({ "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": format!("ana{number}") }))
                };
                (0..WRITES).map(|number| wire.ask(&create(number)).expect("an answer").status).collect::<Vec<_>>()
            })
        });
        let creating: Vec<_> = creating.collect();
        creating.into_iter().flat_map(|thread| thread.join().expect("no panic")).collect()
    });

    assert_eq!(made.iter().filter(|status| **status == 201).count(), WRITES, "{made:?}");
    crate::durability::assert_sound(&place);
}
