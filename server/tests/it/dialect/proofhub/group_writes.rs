//! Groups made, changed and deleted through ProofHub.

use super::{delete, post, put};
use crate::support::{Api, TestServer, group, people};
use rollcall_core::domain::Scope;
use serde_json::json;

const EVERYBODY: &str = "groups/9000000001";

async fn with_board() -> TestServer {
    let server = TestServer::with(people!["Jane"; "Omar"; "Ann"]).await;
    server.add_groups("senate", group("Board", &[1, 3])).await;
    server
}

#[tokio::test]
async fn a_group_is_made_with_its_people() {
    let server = with_board().await;

    let answer = post(&server.admin(), "groups", json!({ "name": "Managers", "assigned": [3, 2, 3] })).await;

    assert_eq!((answer.status, answer.text()), (201, r#"{"id":2,"name":"Managers","assigned":[2,3]}"#));
    assert_eq!(server.reader().proofhub("groups/2").await.text(), answer.text());
    assert_eq!(server.reader().proofhub("people").await.column("groups"), [json!([1]), json!([2]), json!([1, 2])]);
}

#[tokio::test]
async fn a_group_of_nobody_can_be_made() {
    let server = TestServer::start().await;

    let answers = [
        post(&server.admin(), "groups", json!({ "name": "Managers" })).await,
        post(&server.admin(), "groups", json!({ "name": "Managers", "assigned": [] })).await,
    ];

    assert_eq!(answers.map(|answer| (answer.status, answer.at("/assigned"))), [(201, json!([])), (201, json!([]))]);
}

#[tokio::test]
async fn what_is_not_written_of_a_group_stays() {
    let server = with_board().await;

    let renamed = put(&server.admin(), "groups/1", json!({ "name": "Council" })).await;
    let filled = put(&server.admin(), "groups/1", json!({ "assigned": [2] })).await;

    assert_eq!((renamed.status, renamed.json()), (200, json!({ "id": 1, "name": "Council", "assigned": [1, 3] })));
    assert_eq!((filled.status, filled.json()), (200, json!({ "id": 1, "name": "Council", "assigned": [2] })));
}

#[tokio::test]
async fn what_proofhub_does_not_show_of_a_group_stays() {
    let server = with_board().await;
    let board = server.reader().get(Api::Modulo, "/api/Organization/groups").await.at("/0/Id");

    put(&server.admin(), "groups/1", json!({ "assigned": [2] })).await;

    assert_eq!(server.reader().get(Api::Modulo, "/api/Organization/groups").await.at("/0/Id"), board);
}

#[tokio::test]
async fn to_put_back_a_group_that_was_read_changes_nothing() {
    let server = with_board().await;
    let before = server.reader().proofhub("groups").await;

    let answer = put(&server.admin(), "groups/1", before.at("/1")).await;

    let after = server.reader().proofhub("groups").await;
    assert_eq!((answer.status, answer.json()), (200, before.at("/1")));
    assert_eq!((after.text(), after.header("etag")), (before.text(), before.header("etag")));
}

#[tokio::test]
async fn a_deleted_group_is_gone_and_its_people_stay() {
    let server = with_board().await;

    let answers = [delete(&server.admin(), "groups/1").await, delete(&server.admin(), "groups/1").await];

    assert_eq!(answers[0].status, 204);
    Api::ProofHub.assert_refusal(&answers[1], 404);
    assert_eq!(server.reader().proofhub("groups").await.column("name"), ["All people"]);
    assert_eq!(server.reader().proofhub("people").await.column("groups"), [json!([]), json!([]), json!([])]);
}

#[tokio::test]
async fn who_is_nobody_cannot_be_put_into_a_group() {
    let server = with_board().await;

    for assigned in [json!([77]), json!([1, 77]), json!([0]), json!([4_294_967_297_i64]), json!(["jane"]), json!(1)] {
        let made = post(&server.admin(), "groups", json!({ "name": "Managers", "assigned": assigned })).await;
        let changed = put(&server.admin(), "groups/1", json!({ "assigned": assigned })).await;

        for answer in [made, changed] {
            Api::ProofHub.assert_refusal(&answer, 400);
            assert!(answer.text().contains("assigned"), "{}", answer.text());
        }
    }
    assert_eq!(server.reader().proofhub("groups").await.column("assigned"), [json!([1, 2, 3]), json!([1, 3])]);
}

#[tokio::test]
async fn a_group_has_a_name() {
    let server = with_board().await;

    for body in [json!({}), json!({ "name": "" }), json!({ "name": " " }), json!({ "name": null }), json!({ "name": 7 })] {
        let answer = post(&server.admin(), "groups", body).await;

        Api::ProofHub.assert_refusal(&answer, 400);
        assert!(answer.text().contains("name"), "{}", answer.text());
    }
    Api::ProofHub.assert_refusal(&put(&server.admin(), "groups/1", json!({ "name": "" })).await, 400);
}

#[tokio::test]
async fn all_people_cannot_be_written() {
    let server = with_board().await;
    let before = server.reader().proofhub("groups").await;

    let answers = [put(&server.admin(), EVERYBODY, json!({ "name": "Everybody" })).await, delete(&server.admin(), EVERYBODY).await];

    for answer in answers {
        Api::ProofHub.assert_refusal(&answer, 403);
        assert!(answer.text().contains("All people"), "{}", answer.text());
    }
    assert_eq!(server.reader().proofhub("groups").await.text(), before.text());
}

#[tokio::test]
async fn to_write_groups_needs_the_scope_to_write_groups() {
    let server = with_board().await;
    let caller = server.holder_of(&[Scope::PeopleRead, Scope::PeopleWrite, Scope::GroupsRead]).await;

    for answer in [
        post(&caller, "groups", json!({ "name": "Managers" })).await,
        put(&caller, "groups/1", json!({ "name": "Managers" })).await,
        delete(&caller, "groups/1").await,
    ] {
        Api::ProofHub.assert_refusal(&answer, 403);
        assert!(answer.text().contains("groups:write"), "{}", answer.text());
    }
}

#[tokio::test]
async fn who_may_write_and_not_read_is_shown_no_group_but_a_new_one() {
    let server = with_board().await;
    let writer = server.holder_of(&[Scope::GroupsWrite]).await;

    let changed = put(&writer, "groups/1", json!({ "name": "Council" })).await;
    let made = post(&writer, "groups", json!({ "name": "Managers" })).await;

    Api::ProofHub.assert_refusal(&changed, 403);
    assert!(changed.text().contains("groups:read"), "{}", changed.text());
    assert_eq!(made.status, 201);
    assert_eq!(server.reader().proofhub("groups/1").await.at("/name"), json!("Board"));
}

#[tokio::test]
async fn an_absent_group_cannot_be_written() {
    let server = with_board().await;

    for id in ["77", "0", "4294967297", "board"] {
        let path = format!("groups/{id}");
        Api::ProofHub.assert_refusal(&put(&server.admin(), &path, json!({ "name": "Managers" })).await, 404);
        Api::ProofHub.assert_refusal(&delete(&server.admin(), &path).await, 404);
    }
}
