//! Several servers on one PostgreSQL database.
//!
//! | module | what it claims |
//! | --- | --- |
//! | [`killed`] | nothing that was acknowledged is lost when servers, the database or its primary are killed |
//! | [`at_once`] | what one of them has written, every other one shows |
//! | [`replicas`] | a replica that is behind or away is never seen |

mod at_once;
mod killed;
mod replicas;

use crate::durability::process::Process;
use crate::support::{Cluster, Place};

/// Servers of one database.
const SERVERS: usize = 3;

/// A place on a server's database, with the organization `acme`, and a token that may do everything there.
fn place(cluster: &Cluster) -> (Place, String) {
    place_at(&cluster.url())
}

fn place_at(url: &str) -> (Place, String) {
    let place = Place::at(url).and_acme();
    let scopes = "people:read,people:write,groups:read,groups:write,organization:read";
    let secret = place.run(&["token", "create", "--organization", "acme", "--scopes", scopes]).data.trim().to_owned();
    (place, secret)
}

fn servers(place: &Place) -> Vec<Process> {
    (0..SERVERS).map(|_| Process::start(place)).collect()
}
