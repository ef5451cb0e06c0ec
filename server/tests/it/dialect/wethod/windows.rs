//! `limit` and `offset`.

use crate::support::{Answer, Api, TestServer, crowd, people};
use serde_json::{Value, json};

#[tokio::test]
async fn the_first_hundred_come_by_default() {
    let server = TestServer::with(crowd(150)).await;

    let answer = server.reader().wethod("").await;

    assert_eq!(answer.items().len(), 100);
}

#[tokio::test]
async fn limit_and_offset_cut_the_list() {
    let server = TestServer::with(crowd(9)).await;

    let answer = server.reader().wethod("limit=3&offset=4").await;

    assert_eq!(answer.ids(), [5, 6, 7]);
}

#[tokio::test]
async fn the_last_page_is_short() {
    let server = TestServer::with(crowd(150)).await;

    let answer = server.reader().wethod("offset=100").await;

    assert_eq!(answer.items().len(), 50);
}

#[tokio::test]
async fn an_offset_past_the_end_is_an_empty_list() {
    let server = TestServer::with(crowd(3)).await;

    let answer = server.reader().wethod("offset=3").await;

    assert!(answer.items().is_empty());
}

#[tokio::test]
async fn pages_show_everybody_once() {
    let server = TestServer::with(crowd(25)).await;

    let mut ids: Vec<Value> = Vec::new();
    for offset in [0, 10, 20] {
        ids.extend(server.reader().wethod(&format!("limit=10&offset={offset}")).await.ids());
    }

    assert_eq!(json!(ids), json!((1..=25).collect::<Vec<_>>()));
}

#[tokio::test]
async fn a_limit_outside_one_to_a_hundred_is_invalid_data() {
    let server = TestServer::with(people!["Jane"]).await;

    for limit in ["0", "101", "-1", "ten", "1.5", "99999999999999999999"] {
        assert_failure(&server.reader().wethod(&format!("limit={limit}")).await, "limit");
    }
}

#[tokio::test]
async fn a_negative_offset_is_invalid_data() {
    let server = TestServer::with(people!["Jane"]).await;

    for offset in ["-1", "ten"] {
        assert_failure(&server.reader().wethod(&format!("offset={offset}")).await, "offset");
    }
}

#[tokio::test]
async fn every_failure_is_told_at_once() {
    let server = TestServer::with(people!["Jane"]).await;

    let answer = server.reader().wethod("limit=0&offset=-1").await;

    let failures = answer.at("/failures");
    let fields: Vec<&Value> = failures.as_array().expect("failures").iter().map(|failure| &failure["field"]).collect();
    assert_eq!(fields, ["limit", "offset"]);
}

/// Fails unless the answer is a 400 that names the field.
fn assert_failure(answer: &Answer, field: &str) {
    Api::Wethod.assert_refusal(answer, 400);
    assert_eq!(answer.members(), ["failures", "key", "message"]);
    assert_eq!((answer.at("/key"), answer.at("/failures/0/field")), (json!("invalid_data"), json!(field)));
    assert!(answer.at("/failures/0/message").is_string());
}
