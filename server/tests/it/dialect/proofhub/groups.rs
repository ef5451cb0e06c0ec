//! Groups, with the built-in one of everybody.

use crate::support::{Api, TestServer, group, people};
use rollcall_core::domain::Scope;
use serde_json::{Value, json};

async fn with_board() -> TestServer {
    let server = TestServer::with(people!["Jane"; "Omar"; "Ann"]).await;
    server.add_groups("senate", group("Board", &[1, 3])).await;
    server
}

#[tokio::test]
async fn a_group_has_id_name_and_assigned() {
    let server = with_board().await;

    assert_eq!(server.reader().proofhub("groups").await.members(), ["assigned", "id", "name"]);
}

#[tokio::test]
async fn the_list_starts_with_all_people() {
    let server = with_board().await;

    let answer = server.reader().proofhub("groups").await;

    assert_eq!(answer.column("name"), ["All people", "Board"]);
    assert_eq!(answer.column("assigned"), [json!([1, 2, 3]), json!([1, 3])]);
}

#[tokio::test]
async fn all_people_is_no_group_of_a_person() {
    let server = with_board().await;
    let everybody = server.reader().proofhub("groups").await.at("/0/id");

    let groups = server.reader().proofhub("people").await.column("groups");

    assert!(groups.iter().all(|groups| groups.as_array().is_some_and(|groups| !groups.contains(&everybody))), "{groups:?}");
}

#[tokio::test]
async fn all_people_is_unknown_to_other_apis() {
    let server = with_board().await;

    assert_eq!(server.reader().get(Api::Modulo, "/api/Organization/groups").await.names(), ["Board"]);
}

#[tokio::test]
async fn all_people_has_the_same_id_in_every_organization() {
    let server = TestServer::with_both(people!["Jane"], people!["Omar"]).await;
    let house = server.reader_of("house").await;

    let ids = [server.reader().proofhub("groups").await.at("/0/id"), house.proofhub("groups").await.at("/0/id")];

    assert_eq!(ids[0], ids[1]);
}

#[tokio::test]
async fn one_group_is_the_same_as_in_the_list() {
    let server = with_board().await;
    let list = server.reader().proofhub("groups").await;

    for (index, id) in list.ids().iter().enumerate() {
        assert_eq!(server.reader().proofhub(&format!("groups/{id}")).await.json(), list.items()[index]);
    }
}

#[tokio::test]
async fn an_absent_group_is_not_found() {
    let server = with_board().await;

    Api::ProofHub.assert_refusal(&server.reader().proofhub("groups/77").await, 404);
}

#[tokio::test]
async fn groups_need_the_scope_to_read_groups() {
    let server = with_board().await;
    let caller = server.holder_of(&[Scope::PeopleRead]).await;

    Api::ProofHub.assert_refusal(&caller.proofhub("groups").await, 403);
}

#[tokio::test]
async fn an_organization_without_people_has_the_group_of_everybody() {
    let server = TestServer::start().await;

    assert_eq!(server.reader().proofhub("groups").await.column("assigned"), [Value::Array(Vec::new())]);
}
