//! People put into groups and taken out.

use super::{GROUPS, NOBODY, PEOPLE, changes, refused, write};
use crate::support::{Api, TestServer, group, people};
use serde_json::{Value, json};

/// John and Mary, two of one name, and a board of Zoe. The last is the address of its members.
async fn with_board() -> (TestServer, String) {
    let server = TestServer::with(people!["Zoe"; "John Smith"; "Mary Dawson"; "Omar", external_id: "O1"; "Omar", external_id: "O2"]).await;
    server.add_groups("senate", group("Board", &[1])).await;
    let board = server.reader().get(Api::Modulo, GROUPS).await.at("/0/Id");
    (server, format!("{GROUPS}/{}/members", board.as_str().expect("an id")))
}

async fn members(server: &TestServer, path: &str) -> Vec<String> {
    server.reader().get(Api::Modulo, path).await.names()
}

/// The ids of everybody, by number.
async fn ids(server: &TestServer) -> Vec<Value> {
    server.reader().get(Api::Modulo, PEOPLE).await.ids()
}

#[tokio::test]
async fn the_contracts_examples_put_people_into_a_group() {
    let (server, path) = with_board().await;
    let names = json!([{ "Name": "John Smith" }, { "Name": "Mary Dawson" }]);

    let answer = write(&server.admin(), "POST", &path, &names).await;
    assert_eq!((answer.status, answer.text()), (204, ""));
    assert_eq!(members(&server, &path).await, ["Zoe", "John Smith", "Mary Dawson"]);

    let ids = ids(&server).await;
    assert_eq!(write(&server.admin(), "POST", &path, &json!([{ "Id": ids[3] }, { "Id": ids[4] }])).await.status, 204);
    assert_eq!(members(&server, &path).await.len(), 5);
}

#[tokio::test]
async fn people_are_taken_out_of_a_group() {
    let (server, path) = with_board().await;
    write(&server.admin(), "POST", &path, &json!([{ "Name": "John Smith" }, { "Name": "Mary Dawson" }])).await;
    let zoe = ids(&server).await[0].clone();

    assert_eq!(write(&server.admin(), "DELETE", &path, &json!([{ "Id": zoe }, { "Name": "mary dawson" }])).await.status, 204);

    assert_eq!(members(&server, &path).await, ["John Smith"]);
}

#[tokio::test]
async fn who_is_in_is_not_put_in_again_and_who_is_out_is_not_taken_out() {
    let (server, path) = with_board().await;
    let before = changes(&server).await;

    assert_eq!(write(&server.admin(), "POST", &path, &json!([{ "Name": "Zoe" }, { "Name": "ZOE" }])).await.status, 204);
    assert_eq!(write(&server.admin(), "DELETE", &path, &json!([{ "Name": "John Smith" }])).await.status, 204);
    assert_eq!(write(&server.admin(), "POST", &path, &json!([])).await.status, 204);

    assert_eq!(changes(&server).await, before);
}

#[tokio::test]
async fn all_are_put_in_or_none_and_the_place_at_fault_is_told() {
    let (server, path) = with_board().await;

    for fault in [json!({ "Name": "Nobody" }), json!({ "Name": "Omar" }), json!({ "Id": NOBODY })] {
        for method in ["POST", "DELETE"] {
            let answer = write(&server.admin(), method, &path, &json!([{ "Name": "John Smith" }, { "Name": "Zoe" }, fault])).await;

            assert_eq!(refused(&answer, 400), ["Members"]);
            assert!(answer.at("/error_description").as_str().is_some_and(|text| text.ends_with("at place 3")), "{}", answer.text());
        }
    }
    assert_eq!(members(&server, &path).await, ["Zoe"]);
}

#[tokio::test]
async fn every_item_that_is_no_person_is_told() {
    let (server, path) = with_board().await;
    let body = json!([{ "Name": "John Smith" }, {}, "Zoe", { "Id": "zoe" }, { "Id": null, "Name": " " }, { "Name": 5 }]);

    let answer = write(&server.admin(), "POST", &path, &body).await;

    assert_eq!(refused(&answer, 400), ["Members", "Members", "Members.Id", "Members", "Members.Name"]);
    for body in [json!({ "Name": "John Smith" }), json!(null), json!("Zoe")] {
        Api::Modulo.assert_refusal(&write(&server.admin(), "DELETE", &path, &body).await, 400);
    }
}

#[tokio::test]
async fn a_whole_person_as_the_php_client_sends_it_is_one_by_its_id() {
    let (server, path) = with_board().await;
    let mut omar = server.reader().get(Api::Modulo, PEOPLE).await.at("/3");
    omar["Name"] = Value::Null;

    assert_eq!(write(&server.admin(), "POST", &path, &json!([omar])).await.status, 204);

    assert_eq!(members(&server, &path).await, ["Zoe", "Omar"]);
}

#[tokio::test]
async fn taking_out_without_a_body_takes_nobody_out() {
    let (server, path) = with_board().await;

    Api::Modulo.assert_refusal(&server.admin().call(Api::Modulo, "DELETE", &path).send().await, 400);

    assert_eq!(members(&server, &path).await, ["Zoe"]);
}
