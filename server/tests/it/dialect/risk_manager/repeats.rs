//! Creates that are sent again.

use super::{GROUPS, PEOPLE, made};
use crate::support::{Answer, Api, Client, TestServer};
use serde_json::{Value, json};

fn jane() -> Value {
    json!({ "Name": "Jane", "Email": "jane@example.com" })
}

async fn create(client: &Client, path: &str, key: &str, body: &Value) -> Answer {
    let call = client.call(Api::Modulo, "POST", path).body("application/json", body.to_string());
    call.header("Idempotency-Key", key).send().await
}

#[tokio::test]
async fn a_repeated_create_makes_one_record_and_is_answered_as_the_first_was() {
    let server = TestServer::start().await;
    let admin = server.admin();

    for (key, path) in [("5f2b", PEOPLE), ("5f2c", GROUPS)] {
        let (first, again) = (create(&admin, path, key, &jane()).await, create(&admin, path, key, &jane()).await);

        assert_eq!(made(path, &first), made(path, &again));
        assert_eq!(server.reader().get(Api::Modulo, path).await.names(), ["Jane"]);
    }
}

#[tokio::test]
async fn a_key_that_came_with_another_request_is_refused() {
    let server = TestServer::start().await;
    create(&server.admin(), PEOPLE, "5f2b", &jane()).await;

    for (path, body) in [(PEOPLE, json!({ "Name": "Omar", "Email": "omar@example.com" })), (GROUPS, jane())] {
        Api::Modulo.assert_refusal(&create(&server.admin(), path, "5f2b", &body).await, 422);
    }
    assert_eq!(server.reader().modulo("").await.names(), ["Jane"]);
}

#[tokio::test]
async fn a_create_that_was_refused_leaves_its_key_free() {
    let server = TestServer::start().await;

    Api::Modulo.assert_refusal(&create(&server.admin(), PEOPLE, "5f2b", &json!({ "Name": "Jane" })).await, 400);

    assert_eq!(create(&server.admin(), PEOPLE, "5f2b", &jane()).await.status, 200);
}
