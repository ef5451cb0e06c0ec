//! People deleted through ProofHub.

use super::{delete, post, put};
use crate::support::{Api, TestServer, group, people};
use serde_json::json;

#[tokio::test]
async fn who_is_deleted_is_gone_from_every_api() {
    let server = TestServer::with(people!["Jane"; "Omar"]).await;
    server.add_groups("senate", group("Board", &[1, 2])).await;

    let answer = delete(&server.admin(), "people/1").await;

    assert_eq!((answer.status, answer.text()), (204, ""));
    Api::ProofHub.assert_refusal(&server.reader().proofhub("people/1").await, 404);
    for (api, answer) in server.each_api(&server.reader(), |_, call| call).await {
        assert_eq!(answer.names(), ["Omar"], "{api:?}");
    }
    assert_eq!(server.reader().proofhub("groups").await.column("assigned"), [json!([2]), json!([2])]);
}

#[tokio::test]
async fn who_is_gone_is_answered_like_somebody_who_never_was() {
    let server = TestServer::with(people!["Jane"]).await;
    let never = [delete(&server.admin(), "people/7").await, put(&server.admin(), "people/7", json!({ "title": "x" })).await];
    delete(&server.admin(), "people/1").await;

    let gone = [delete(&server.admin(), "people/1").await, put(&server.admin(), "people/1", json!({ "title": "x" })).await];

    for (gone, never) in gone.iter().zip(&never) {
        Api::ProofHub.assert_refusal(gone, 404);
        assert_eq!(gone.text(), never.text());
    }
}

#[tokio::test]
async fn the_id_of_who_is_gone_is_not_given_again_and_the_address_is_free() {
    let server = TestServer::with(people!["Jane", email: "jane@example.com"]).await;
    delete(&server.admin(), "people/1").await;

    let answer = post(&server.admin(), "people", json!({ "email": "jane@example.com" })).await;

    assert_eq!((answer.status, answer.at("/id")), (201, json!(2)));
}

#[tokio::test]
async fn to_delete_people_needs_the_scope_to_write_people() {
    let server = TestServer::with(people!["Jane"]).await;

    Api::ProofHub.assert_refusal(&delete(&server.reader(), "people/1").await, 403);
    assert_eq!(server.reader().proofhub("people/1").await.status, 200);
}

#[tokio::test]
async fn no_content_type_is_asked_of_a_deletion() {
    let server = TestServer::with(people!["Jane"; "Omar"]).await;

    for (person, kind) in [(1, "text/plain"), (2, "application/json")] {
        let call = server.admin().call(Api::ProofHub, "DELETE", &format!("/api/v3/people/{person}")).header("Content-Type", kind);

        assert_eq!(call.send().await.status, 204, "{kind}");
    }
}
