//! Every route that reads.

use super::{Twins, strangers, uuid};
use crate::routes::routes;
use crate::support::Api;

/// People, or anything else, by number: there, and not there.
const NUMBERS: [&str; 8] = ["1", "2", "7", "999999", "0", "-1", "9223372036854775808", "9000000001"];

#[tokio::test]
#[ignore = "needs PostgreSQL"]
async fn every_route_that_reads_is_answered_alike() {
    let mut twins = Twins::with(strangers(150)).await;
    let uuids = [uuid(1), uuid(2), uuid(150), uuid(151)];
    let others = ["x", "", "User", "urn:ietf:params:scim:schemas:core:2.0:User", "a%00b", "%F0%9F%A6%80", "%25"];
    let ids: Vec<&str> = NUMBERS.into_iter().chain(uuids.iter().map(String::as_str)).chain(others).collect();

    for (api, route) in routes().into_iter().filter(|(_, route)| route.method == "GET") {
        let targets: Vec<String> =
            if route.path.contains('{') { ids.iter().map(|id| filled(route.path, id)).collect() } else { vec![route.path.to_owned()] };
        for target in targets {
            twins.ask(|admin| admin.call(api, "GET", &target)).await;
        }
    }
}

#[tokio::test]
#[ignore = "needs PostgreSQL"]
async fn every_page_of_every_list_is_answered_alike() {
    let mut twins = Twins::with(strangers(230)).await;

    for (first, size) in [(0, 1), (1, 10), (99, 100), (200, 100), (229, 3), (230, 1), (500, 10)] {
        for (api, target) in [
            (Api::Modulo, format!("/api/Organization/people?page={}&page_size={size}", first / size)),
            (Api::Modulo, format!("/api/Organization/groups?page={}&page_size={size}", first / size)),
            (Api::Wethod, format!("/api/persons?offset={first}&limit={size}")),
            (Api::ProofHub, format!("/api/v3/people?start={first}&limit={size}")),
            (Api::ProofHub, format!("/api/v3/groups?start={first}&limit={size}")),
            (Api::Scim, format!("/scim/v2/Users?startIndex={}&count={size}", first + 1)),
            (Api::Scim, format!("/scim/v2/Groups?startIndex={}&count={size}", first + 1)),
            (Api::Seven, "/v1/organization/people".to_owned()),
        ] {
            twins.ask(|admin| admin.call(api, "GET", &target)).await;
        }
    }
}

/// The path with an id in the place of its parameter.
fn filled(path: &str, id: &str) -> String {
    let segments = path.split('/').map(|segment| if segment.starts_with('{') { id } else { segment });
    segments.collect::<Vec<_>>().join("/")
}
