//! `GET /metrics`: what is counted, in the text format of Prometheus.
//!
//! Requests are counted in plain atomic numbers that were laid out, one set for each route and method, when the server
//! began: counting is finding the route and three additions, without a lock and without a label made. Only whoever reads
//! them makes text of it, and this is why no registry of metrics is used here: theirs looks labels up, or locks a histogram,
//! for every request.
//!
//! | module | what it is |
//! | --- | --- |
//! | `requests` | requests by API, route, method and status, and how long they took |
//! | `process` | what the system knows of this process |
//! | `text` | the text format |
//! | `page` | everything together, and who may see it |

mod page;
mod process;
mod requests;
mod text;

pub(super) use page::show;
pub(super) use requests::RoomCounts;

use super::room::Room;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::sync::Semaphore;

/// Who may see what is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MetricsAccess {
    /// Who asks from this machine or from one of the trusted proxies, and through no proxy.
    #[default]
    Local,
    /// Who has a credential with `organization:admin`.
    Admin,
    /// Everybody.
    Open,
    /// Nobody.
    Off,
}

/// Everything that one server counts.
#[derive(Debug)]
pub struct Metrics {
    rooms: Vec<Arc<RoomCounts>>,
    connections: AtomicU64,
    accepted: AtomicU64,
    /// The places of requests in work, and how many there are in all.
    places: Arc<Semaphore>,
    places_max: usize,
}

/// A connection that is open, for as long as this lives.
#[derive(Debug)]
pub(super) struct OpenConnection(Arc<Metrics>);

impl Metrics {
    pub(super) fn new(rooms: &[&'static Room], places_max: usize) -> Self {
        let rooms = rooms.iter().map(|room| Arc::new(RoomCounts::new(room))).collect();
        let (connections, accepted) = (AtomicU64::new(0), AtomicU64::new(0));
        Self { rooms, connections, accepted, places: Arc::new(Semaphore::new(places_max)), places_max }
    }

    /// The counts of each room, in the order of the rooms.
    pub(super) fn rooms(&self) -> &[Arc<RoomCounts>] {
        &self.rooms
    }

    /// The places of requests in work.
    pub(super) const fn places(&self) -> &Arc<Semaphore> {
        &self.places
    }

    pub(super) fn connected(self: &Arc<Self>) -> OpenConnection {
        self.accepted.fetch_add(1, Ordering::Relaxed);
        self.connections.fetch_add(1, Ordering::Relaxed);
        OpenConnection(Arc::clone(self))
    }
}

impl Drop for OpenConnection {
    fn drop(&mut self) {
        self.0.connections.fetch_sub(1, Ordering::Relaxed);
    }
}
