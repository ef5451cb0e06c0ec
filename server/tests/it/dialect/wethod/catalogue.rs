//! What persons refer to: job titles, levels, price lists and roles.

use crate::support::{Api, TestServer, people};
use serde_json::json;

async fn with_jane() -> TestServer {
    TestServer::with(people!["Jane", job_title: "Designer", level: "Senior", price_list: "Standard"]).await
}

#[tokio::test]
async fn each_list_has_the_members_of_its_object() {
    let server = with_jane().await;

    for (place, members) in [
        ("job-titles", "created_at id is_archived level_id name updated_at"),
        (
            "levels",
            "chargeability_target code created_at id is_default_in_budget is_external must_be_planned must_do_timesheet name updated_at",
        ),
        (
            "price-lists",
            "available_from available_to client_id created_at description id is_default_for_client is_default_for_company name \
             updated_at uses_default_price_list_costs",
        ),
        ("roles", "created_at id is_default name updated_at"),
    ] {
        let answer = server.reader().get(Api::Wethod, &format!("/api/{place}")).await;

        assert_eq!(answer.members().join(" "), members, "{place}");
    }
}

#[tokio::test]
async fn a_persons_references_lead_there() {
    let server = with_jane().await;
    let jane = server.reader().wethod("").await.at("/0");

    for (member, place, name) in
        [("job_title_id", "job-titles", "Designer"), ("level_id", "levels", "Senior"), ("price_list_id", "price-lists", "Standard")]
    {
        let answer = server.reader().get(Api::Wethod, &format!("/api/{place}/{}", jane[member])).await;

        assert_eq!((answer.status, answer.at("/name")), (200, json!(name)), "{place}");
    }
}

#[tokio::test]
async fn one_is_the_same_as_in_the_list_and_an_absent_one_is_not_found() {
    let server = with_jane().await;

    for place in ["job-titles", "levels", "price-lists", "roles"] {
        let list = server.reader().get(Api::Wethod, &format!("/api/{place}")).await;

        assert_eq!(server.reader().get(Api::Wethod, &format!("/api/{place}/1")).await.json(), list.at("/0"), "{place}");
        Api::Wethod.assert_refusal(&server.reader().get(Api::Wethod, &format!("/api/{place}/77")).await, 404);
    }
}

#[tokio::test]
async fn the_lists_have_windows() {
    let server = with_jane().await;

    let answer = server.reader().get(Api::Wethod, "/api/roles?limit=2&offset=1").await;

    assert_eq!(answer.ids(), [2, 3]);
}
