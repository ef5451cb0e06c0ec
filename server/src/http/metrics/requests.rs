//! Requests of one room by route, method and status, and how long they took.

use crate::http::room::Room;
use axum::http::{Method, StatusCode};
use matchit::Router;
use rollcall_core::measure::Histogram;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Microseconds of one request: from an answer that was kept to one that the time-out ended.
const TIME_BOUNDS: &[u64] =
    &[100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000, 10_000_000, 30_000_000];
/// The statuses that are answered; any other counts in the place behind them.
const STATUSES: [u16; 29] = [
    200, 201, 202, 204, 206, 301, 302, 303, 304, 307, 400, 401, 403, 404, 405, 406, 408, 409, 411, 412, 413, 415, 422, 428, 429, 431, 500,
    503, 504,
];
/// Of a client that makes its method up.
const OTHER: &str = "other";
const METHODS: [&str; 8] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", OTHER];

/// What is counted of one room.
#[derive(Debug)]
pub(in crate::http) struct RoomCounts {
    api: &'static str,
    /// From a path, as the room's routes spell it, to its place among the routes.
    places: Router<usize>,
    routes: Vec<RouteCounts>,
}

/// Where a request is counted.
#[derive(Clone, Copy, Debug)]
pub(in crate::http) struct Place(usize);

/// What is counted of one route.
#[derive(Debug)]
struct RouteCounts {
    /// The pattern that is mounted; empty: no route is there.
    pattern: &'static str,
    methods: [MethodCounts; METHODS.len()],
}

#[derive(Debug)]
struct MethodCounts {
    statuses: [AtomicU64; STATUSES.len() + 1],
    times: Histogram,
}

/// A method of a route that was asked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Counted<'a> {
    pub api: &'static str,
    pub route: &'static str,
    pub method: &'static str,
    pub times: &'a Histogram,
    statuses: &'a [AtomicU64],
}

impl RoomCounts {
    pub fn new(room: &Room) -> Self {
        let mut patterns: Vec<&'static str> = (room.routes)().list().iter().map(|route| route.path).collect();
        patterns.sort_unstable();
        patterns.dedup();
        let mut places = Router::new();
        let mut routes = vec![RouteCounts::new("")];
        for pattern in patterns {
            // What cannot be mounted twice there cannot be here: the router has refused it before.
            if places.insert(pattern, routes.len()).is_ok() {
                routes.push(RouteCounts::new(pattern));
            }
        }
        Self { api: room.name, places, routes }
    }

    /// Where a request for this path is counted.
    pub fn place(&self, path: &str) -> Place {
        Place(self.places.at(path).map_or(0, |found| *found.value))
    }

    /// Where a request is counted whose path cannot be read.
    pub const fn nowhere() -> Place {
        Place(0)
    }

    /// Counts one that was answered so, after so long.
    pub fn count(&self, place: Place, method: &Method, status: StatusCode, time: Duration) {
        let name = method.as_str();
        let method = METHODS.iter().position(|known| *known == name).unwrap_or(METHODS.len() - 1);
        let Some(counts) = self.routes.get(place.0).and_then(|route| route.methods.get(method)) else { return };
        let status = STATUSES.iter().position(|known| *known == status.as_u16()).unwrap_or(STATUSES.len());
        if let Some(count) = counts.statuses.get(status) {
            count.fetch_add(1, Ordering::Relaxed);
        }
        counts.times.add_time(time);
    }

    /// Everything that was asked for at all.
    pub(super) fn counted(&self) -> impl Iterator<Item = Counted<'_>> {
        let all = self.routes.iter().flat_map(|route| METHODS.into_iter().zip(&route.methods).map(move |pair| (route.pattern, pair)));
        all.filter(|(_, (_, counts))| counts.times.count() > 0).map(|(route, (method, counts))| Counted {
            api: self.api,
            route,
            method,
            times: &counts.times,
            statuses: &counts.statuses,
        })
    }
}

impl RouteCounts {
    fn new(pattern: &'static str) -> Self {
        let counts = |_| MethodCounts { statuses: std::array::from_fn(|_| AtomicU64::new(0)), times: Histogram::new(TIME_BOUNDS) };
        Self { pattern, methods: std::array::from_fn(counts) }
    }
}

impl Counted<'_> {
    /// Each status that was answered, with how often.
    pub(super) fn statuses(&self) -> impl Iterator<Item = (String, u64)> {
        let names = STATUSES.iter().map(ToString::to_string).chain([OTHER.to_owned()]);
        names.zip(self.statuses).map(|(name, count)| (name, count.load(Ordering::Relaxed))).filter(|(_, count)| *count > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::tests::support::TEST_ROOM;

    fn counted(requests: &[(&str, Method, u16)]) -> Vec<String> {
        let counts = RoomCounts::new(&TEST_ROOM);
        for (path, method, status) in requests {
            let status = StatusCode::from_u16(*status).unwrap();
            counts.count(counts.place(path), method, status, Duration::from_millis(1));
        }
        let lines = counts.counted().flat_map(|counted| {
            let (route, method) = (counted.route, counted.method);
            counted.statuses().map(move |(status, count)| format!("{method} {route} {status} {count}")).collect::<Vec<_>>()
        });
        lines.collect()
    }

    #[test]
    fn requests_are_counted_by_the_mounted_pattern_and_never_by_the_address() {
        let requests = [("/api/things/7", Method::GET, 200), ("/api/things/8", Method::GET, 200), ("/api/echo", Method::PUT, 409)];

        assert_eq!(counted(&requests), ["PUT /api/echo 409 1", "GET /api/things/{id} 200 2"]);
    }

    #[test]
    fn what_is_nowhere_or_made_up_shares_one_place() {
        let brew = Method::from_bytes(b"BREW").unwrap();

        let lines = counted(&[("/a", Method::GET, 404), ("/b", Method::GET, 404), ("/c", brew, 418)]);

        assert_eq!(lines, ["GET  404 2", "other  other 1"]);
    }
}
