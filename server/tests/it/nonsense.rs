//! Whatever is sent, the answer is the room's own: never a failure of the server, and nothing is changed that is refused.
//!
//! Every member of every write is tried with every value of a list of what no client means, then whole bodies, ids,
//! headers and kinds. What is taken is read back through every API. All of it is bounded and in order, so a failure comes
//! again.

mod bodies;
pub mod values;

use crate::support::{Answer, Api, Call, TestServer, group, people, slug};
use bodies::{Place, places};
use rollcall_core::directory::Version;
use std::collections::BTreeMap;

const JANE: &str = "6fe49ce4-56d4-475f-9483-000000000001";
const BOARD: &str = "6fe49ce4-56d4-475f-9483-000000000002";

/// A refusal repeats nothing at length.
const REFUSAL_BYTES_MAX: usize = 16_384;

async fn senate() -> TestServer {
    let people = people![
        "Jane Doe", number: 1, uuid: JANE, given_name: "Jane", family_name: "Doe", email: "jane@example.org", login: "jane", custom_text: "a";
        "Omar", number: 2, email: "omar@example.org";
        "Otto", number: 3, role: "ROLE_OWNER";
    ];
    let server = TestServer::with(people).await;
    let mut board = group("Board", &[1]);
    board[0].cells.push(("group_uuid".to_owned(), rollcall_core::directory::Cell::Text(BOARD.to_owned())));
    server.add_groups("senate", board).await;
    server
}

async fn version(server: &TestServer) -> Version {
    let operator = server.directory.operator(&slug("senate")).await.expect("an organization");
    server.directory.version(&operator).await.expect("a version")
}

/// What came of many requests: how many were answered with each status.
#[derive(Debug)]
struct Outcomes {
    statuses: BTreeMap<u16, usize>,
    version: Version,
}

impl Outcomes {
    async fn of(server: &TestServer) -> Self {
        Self { statuses: BTreeMap::new(), version: version(server).await }
    }

    /// Sends a request and judges the answer.
    async fn try_one(&mut self, server: &TestServer, api: Api, call: Call, what: &str) -> Answer {
        let answer = call.send().await;
        let before = std::mem::replace(&mut self.version, version(server).await);
        assert!(answer.status < 500, "{what}: {} {}", answer.status, shortened(answer.text()));
        if answer.status >= 400 {
            api.assert_refusal(&answer, answer.status);
            assert!(answer.body.len() < REFUSAL_BYTES_MAX, "{what}: a refusal of {} bytes", answer.body.len());
            assert_eq!(self.version, before, "{what}: refused, and yet something changed");
        }
        *self.statuses.entry(answer.status).or_default() += 1;
        answer
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(300).collect()
}

/// Everything is still shown, in every API, and the store is sound.
async fn assert_whole(server: &TestServer, what: &str) {
    let admin = server.admin();
    for api in Api::ALL {
        let answer = admin.people(api).await;
        assert_eq!(answer.status, 200, "{what}: {}", shortened(answer.text()));
        answer.json();
    }
    for (api, path) in [(Api::ProofHub, "/api/v3/groups"), (Api::Modulo, "/api/organization/groups")] {
        assert_eq!(admin.get(api, path).await.status, 200, "{what}");
    }
}

async fn assert_sound(server: &TestServer) {
    assert_eq!(server.directory.check().await.expect("a report").findings, Vec::<String>::new());
}

fn call(server: &TestServer, place: &Place, body: Vec<u8>) -> Call {
    server.admin().call(place.api, place.method, place.path).body("application/json", body)
}

/// Tries each of these values as each member of these writes.
async fn try_values(server: &TestServer, places: impl Iterator<Item = Place>, values: &[String]) -> Outcomes {
    let mut outcomes = Outcomes::of(server).await;
    for place in places {
        for member in place.members {
            for value in values {
                let what = format!("{:?} {} {} {member}: {}", place.api, place.method, place.path, shortened(value));
                outcomes.try_one(server, place.api, call(server, &place, place.with(member, value)), &what).await;
            }
            assert_whole(server, member).await;
        }
    }
    assert_sound(server).await;
    outcomes
}

#[tokio::test]
async fn no_value_of_any_member_breaks_anything() {
    let server = senate().await;

    // What makes a record reads the same members as what changes one; random bodies try the two together.
    let outcomes = try_values(&server, places().into_iter().filter(|place| !place.makes()), &values::values()).await;

    assert!(outcomes.statuses.contains_key(&400) && outcomes.statuses.contains_key(&200), "{outcomes:?}");
}

#[tokio::test]
async fn no_heavy_value_of_any_member_breaks_anything() {
    let server = senate().await;

    let outcomes = try_values(&server, places().into_iter().filter(|place| !place.makes()), &values::heavy_values()).await;

    assert!(outcomes.statuses.contains_key(&400), "{outcomes:?}");
}

#[tokio::test]
async fn no_body_breaks_anything() {
    let server = senate().await;
    let mut outcomes = Outcomes::of(&server).await;

    for place in places() {
        for body in values::bodies() {
            let what = format!("{:?} {} {}: {}", place.api, place.method, place.path, shortened(&String::from_utf8_lossy(&body)));
            outcomes.try_one(&server, place.api, call(&server, &place, body), &what).await;
        }
    }

    assert_whole(&server, "bodies").await;
    assert_sound(&server).await;
}

#[tokio::test]
async fn no_random_body_breaks_anything() {
    let server = senate().await;
    let mut outcomes = Outcomes::of(&server).await;
    let mut random = values::Random::new(0x5eed);

    for round in 0..40 {
        for place in places() {
            let body = place.random(&mut random);
            let what = format!("{round}: {:?} {} {}: {}", place.api, place.method, place.path, shortened(&body));
            outcomes.try_one(&server, place.api, call(&server, &place, body.into_bytes()), &what).await;
        }
    }

    assert_whole(&server, "random bodies").await;
    assert_sound(&server).await;
}

#[tokio::test]
async fn no_kind_of_body_breaks_anything() {
    let server = senate().await;
    let mut outcomes = Outcomes::of(&server).await;

    for place in places() {
        for kind in values::KINDS {
            let what = format!("{:?} {} {}: {kind}", place.api, place.method, place.path);
            let call = call(&server, &place, b"{}".to_vec()).header("Content-Type", kind);
            outcomes.try_one(&server, place.api, call, &what).await;
        }
    }

    assert_sound(&server).await;
}

#[tokio::test]
async fn no_header_breaks_anything() {
    let server = senate().await;
    let mut outcomes = Outcomes::of(&server).await;

    for place in places() {
        for (name, value) in values::headers() {
            let what = format!("{:?} {} {}: {name}: {}", place.api, place.method, place.path, shortened(&value));
            let call = call(&server, &place, place.with("", "")).header(name, &value);
            outcomes.try_one(&server, place.api, call, &what).await;
        }
    }

    assert_sound(&server).await;
}

#[tokio::test]
async fn no_id_breaks_anything() {
    let server = senate().await;
    let admin = server.admin();
    let mut outcomes = Outcomes::of(&server).await;

    for (api, method, path) in bodies::IDENTIFIED {
        for id in values::IDS {
            let target = path.replace("{id}", id);
            let call = admin.call(api, method, &target).body("application/json", "{}");
            let answer = outcomes.try_one(&server, api, call, &format!("{api:?} {method} {target}")).await;

            assert!(matches!(answer.status, 400 | 404 | 405), "{api:?} {method} {target}: {}", answer.status);
        }
    }

    assert_sound(&server).await;
}

#[tokio::test]
async fn no_body_breaks_what_is_open_to_strangers() {
    let server = senate().await;
    let before = version(&server).await;

    for (path, kind) in bodies::OPEN.into_iter().flat_map(|path| values::KINDS_OF_FORMS.map(|kind| (path, kind))) {
        for body in values::bodies() {
            let what = format!("POST {path}: {kind}: {}", shortened(&String::from_utf8_lossy(&body)));
            let answer = server.call("POST", path).body(kind, body).send().await;

            assert!((400..500).contains(&answer.status), "{what}: {}", answer.status);
            assert!(answer.body.len() < REFUSAL_BYTES_MAX, "{what}: a refusal of {} bytes", answer.body.len());
        }
    }

    assert_eq!(version(&server).await, before);
    assert_sound(&server).await;
}
