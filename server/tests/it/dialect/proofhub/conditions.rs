//! Reads of what a client has already, and writes of what it has read.

use super::{delete, post, put, write};
use crate::support::{Answer, Api, Client, TestServer, group, people};
use serde_json::{Value, json};

/// Every place that can be read.
const PLACES: [&str; 9] =
    ["people", "people/1", "people?start=0&limit=1", "groups", "groups/1", "groups/9000000001", "roles", "languages", "timezones"];

async fn with_board() -> TestServer {
    let server = TestServer::with(people!["Jane", email: "jane@example.com"; "Omar"]).await;
    server.add_groups("senate", [group("Board", &[1]), group("Choir", &[2])].concat()).await;
    server
}

fn tag(answer: &Answer) -> String {
    answer.header("etag").unwrap_or_else(|| panic!("no tag: {} {}", answer.status, answer.text())).to_owned()
}

async fn ask(client: &Client, path: &str, header: &str, tag: &str) -> Answer {
    client.call(Api::ProofHub, "GET", &format!("/api/v3/{path}")).header(header, tag).send().await
}

#[tokio::test]
async fn what_a_client_has_already_is_not_sent_again() {
    let server = with_board().await;

    for path in PLACES {
        let read = server.reader().proofhub(path).await;
        let again = ask(&server.reader(), path, "If-None-Match", &tag(&read)).await;

        assert_eq!((again.status, again.text(), tag(&again)), (304, "", tag(&read)), "{path}");
    }
}

#[tokio::test]
async fn a_change_is_sent() {
    let server = with_board().await;
    let before = [server.reader().proofhub("people").await, server.reader().proofhub("people/1").await];

    put(&server.admin(), "people/1", json!({ "title": "Chair" })).await;

    for (path, before) in ["people", "people/1"].into_iter().zip(before) {
        assert_eq!(ask(&server.reader(), path, "If-None-Match", &tag(&before)).await.status, 200, "{path}");
    }
}

#[tokio::test]
async fn a_neighbours_change_moves_no_tag_of_a_single_record() {
    let server = with_board().await;
    let singles = ["people/1", "groups/1"];
    let before = [server.reader().proofhub(singles[0]).await, server.reader().proofhub(singles[1]).await];

    put(&server.admin(), "people/2", json!({ "title": "Chair" })).await;
    put(&server.admin(), "groups/2", json!({ "name": "Choirs", "assigned": [] })).await;

    for (path, before) in singles.into_iter().zip(before) {
        assert_eq!(ask(&server.reader(), path, "If-None-Match", &tag(&before)).await.status, 304, "{path}");
    }
}

#[tokio::test]
async fn a_membership_moves_the_tags_of_both_its_ends() {
    let server = with_board().await;
    let before = [server.reader().proofhub("people/2").await, server.reader().proofhub("groups/1").await];

    put(&server.admin(), "groups/1", json!({ "assigned": [1, 2] })).await;

    for (path, before) in ["people/2", "groups/1"].into_iter().zip(before) {
        assert_eq!(ask(&server.reader(), path, "If-None-Match", &tag(&before)).await.status, 200, "{path}");
    }
}

#[tokio::test]
async fn a_write_of_what_was_read_is_carried_out() {
    let server = with_board().await;

    for (path, body) in [("people/1", json!({ "title": "Chair" })), ("groups/1", json!({ "name": "Council" }))] {
        let read = server.reader().proofhub(path).await;
        let answer = write(&server.admin(), "PUT", path, &body).header("If-Match", &tag(&read)).send().await;

        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    }
}

#[tokio::test]
async fn a_write_of_what_has_changed_since_is_refused() {
    let server = with_board().await;

    for (path, [one, other]) in [
        ("people/1", [json!({ "title": "Chair" }), json!({ "title": "Speaker" })]),
        ("groups/1", [json!({ "name": "Council" }), json!({ "name": "Committee" })]),
    ] {
        let read = server.reader().proofhub(path).await;
        put(&server.admin(), path, one.clone()).await;

        let written = write(&server.admin(), "PUT", path, &other).header("If-Match", &tag(&read)).send().await;
        let deleted = write(&server.admin(), "DELETE", path, &Value::Null).header("If-Match", &tag(&read)).send().await;

        for answer in [written, deleted] {
            Api::ProofHub.assert_refusal(&answer, 412);
        }
        let (member, value) = one.as_object().and_then(|one| one.iter().next()).expect("a member");
        assert_eq!(&server.reader().proofhub(path).await.json()[member], value);
    }
}

#[tokio::test]
async fn a_body_is_judged_after_the_condition_and_the_record() {
    let server = with_board().await;
    let wrong = json!({ "name": 7, "email": 7 });

    for (path, absent) in [("people/1", "people/77"), ("groups/1", "groups/77")] {
        let stale = write(&server.admin(), "PUT", path, &wrong).header("If-Match", "\"1-0\"").send().await;

        Api::ProofHub.assert_refusal(&stale, 412);
        Api::ProofHub.assert_refusal(&put(&server.admin(), absent, wrong.clone()).await, 404);
        Api::ProofHub.assert_refusal(&put(&server.admin(), path, wrong.clone()).await, 400);
    }
}

#[tokio::test]
async fn what_was_made_may_be_changed_by_its_tag() {
    let server = with_board().await;
    let person = post(&server.admin(), "people", json!({ "email": "ana@example.com" })).await;
    let group = post(&server.admin(), "groups", json!({ "name": "Managers" })).await;

    for (path, made, body) in [("people/3", person, json!({ "title": "Chair" })), ("groups/3", group, json!({ "name": "Council" }))] {
        let answer = write(&server.admin(), "PUT", path, &body).header("If-Match", &tag(&made)).send().await;

        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    }
}

#[tokio::test]
async fn a_condition_that_cannot_be_read_is_refused() {
    let server = with_board().await;

    let read = ask(&server.reader(), "people", "If-None-Match", "x").await;
    let written = write(&server.admin(), "PUT", "people/1", &json!({ "title": "Chair" })).header("If-Match", "x").send().await;

    Api::ProofHub.assert_refusal(&read, 400);
    Api::ProofHub.assert_refusal(&written, 400);
}

#[tokio::test]
async fn a_deletion_of_what_was_read_is_carried_out() {
    let server = with_board().await;
    let read = server.reader().proofhub("people/1").await;

    let call = server.admin().call(Api::ProofHub, "DELETE", "/api/v3/people/1").header("If-Match", &tag(&read));

    assert_eq!(call.send().await.status, 204);
    assert_eq!(delete(&server.admin(), "people/1").await.status, 404);
}
