//! Creates that are sent again.

use super::write;
use crate::support::{Answer, Api, Client, TestServer};
use serde_json::{Value, json};

const KEY: &str = "Idempotency-Key";

fn ana() -> Value {
    json!({ "first_name": "Ana", "email": "ana@example.com" })
}

async fn create(client: &Client, path: &str, key: &str, body: &Value) -> Answer {
    write(client, "POST", path, body).header(KEY, key).send().await
}

#[tokio::test]
async fn a_repeated_create_is_answered_as_the_first_was() {
    let server = TestServer::start().await;
    let admin = server.admin();

    for (key, path, body) in [("5f2b", "people", ana()), ("5f2c", "groups", json!({ "name": "Managers" }))] {
        let first = create(&admin, path, key, &body).await;
        let again = create(&admin, path, key, &body).await;

        assert_eq!((again.status, again.text(), again.header("etag")), (201, first.text(), first.header("etag")), "{path}");
    }
}

#[tokio::test]
async fn a_repeated_create_makes_one_record() {
    let server = TestServer::start().await;

    for _ in 0..3 {
        create(&server.admin(), "people", "5f2b", &ana()).await;
        create(&server.admin(), "groups", "5f2c", &json!({ "name": "Managers" })).await;
    }

    assert_eq!(server.reader().proofhub("people").await.items().len(), 1);
    assert_eq!(server.reader().proofhub("groups").await.column("name"), ["All people", "Managers"]);
}

#[tokio::test]
async fn a_key_that_came_with_another_body_is_refused() {
    let server = TestServer::start().await;
    create(&server.admin(), "people", "5f2b", &ana()).await;

    let other = create(&server.admin(), "people", "5f2b", &json!({ "email": "zoe@example.com" })).await;

    Api::ProofHub.assert_refusal(&other, 422);
    assert_eq!(server.reader().proofhub("people").await.items().len(), 1);
}

#[tokio::test]
async fn without_a_key_the_same_address_is_a_conflict() {
    let server = TestServer::start().await;
    write(&server.admin(), "POST", "people", &ana()).send().await;

    Api::ProofHub.assert_refusal(&write(&server.admin(), "POST", "people", &ana()).send().await, 409);
}

#[tokio::test]
async fn a_create_that_was_refused_may_be_sent_again_with_its_key() {
    let server = TestServer::start().await;
    let body = json!({ "first_name": "Ana", "email": "ana@example.com", "groups": [1] });
    let refused = create(&server.admin(), "people", "5f2b", &body).await;
    write(&server.admin(), "POST", "groups", &json!({ "name": "Managers" })).send().await;

    let made = create(&server.admin(), "people", "5f2b", &body).await;

    assert_eq!((refused.status, made.status), (400, 201));
}
