//! Roles, languages and time zones.

use crate::support::{Api, TestServer};
use serde_json::{Value, json};

/// The vendor's own list: id, offset, label.
const TIME_ZONES: &str = include_str!("timezones.tsv");

#[tokio::test]
async fn the_first_roles_are_the_vendors_four() {
    let server = TestServer::start().await;

    let answer = server.reader().proofhub("roles").await;

    assert_eq!(answer.members(), ["default", "id", "name"]);
    assert_eq!(answer.column("name"), ["Owner", "Admin", "Normal User", "Client"]);
    assert_eq!(answer.column("id"), [1, 2, 3, 4]);
}

#[tokio::test]
async fn a_normal_user_is_the_default_role() {
    let server = TestServer::start().await;

    let roles = server.reader().proofhub("roles").await.items();

    let default: Vec<&Value> = roles.iter().filter(|role| role["default"] == json!(true)).map(|role| &role["name"]).collect();
    assert_eq!(default, ["Normal User"]);
}

#[tokio::test]
async fn the_client_role_is_no_default() {
    let server = TestServer::start().await;

    assert_eq!(server.reader().proofhub("roles").await.at("/3/default"), json!(false));
}

#[tokio::test]
async fn roles_cannot_be_written() {
    let server = TestServer::start().await;

    let answer = server.admin().call(Api::ProofHub, "POST", "/api/v3/roles").body("application/json", "{}").send().await;

    Api::ProofHub.assert_refusal(&answer, 405);
}

#[tokio::test]
async fn six_languages_are_known() {
    let server = TestServer::start().await;

    let answer = server.reader().proofhub("languages").await;

    assert_eq!(answer.members(), ["language", "title"]);
    assert_eq!(answer.column("language"), ["en", "fr", "de", "pl", "pt", "es"]);
}

#[tokio::test]
async fn the_hundred_and_fifty_time_zones_are_the_vendors() {
    let server = TestServer::start().await;
    let rows = TIME_ZONES.lines().skip(1).map(|line| {
        let cells: Vec<&str> = line.split('\t').collect();
        json!({ "id": cells[0].parse::<i64>().expect("an id"), "timezone": cells[2], "time_diff": cells[1] })
    });

    let answer = server.reader().proofhub("timezones").await;

    assert_eq!(answer.items(), rows.collect::<Vec<_>>());
    assert_eq!(answer.items().len(), 150);
}

#[tokio::test]
async fn the_lists_ask_for_a_key() {
    let server = TestServer::start().await;

    for place in ["roles", "languages", "timezones"] {
        Api::ProofHub.assert_refusal(&server.anonymous().proofhub(place).await, 401);
    }
}
