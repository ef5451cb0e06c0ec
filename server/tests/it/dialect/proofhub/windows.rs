//! `start` and `limit`, which the manual does not mention and clients cannot do without.

use crate::support::{Api, TestServer, crowd, group};
use serde_json::json;

#[tokio::test]
async fn all_people_come_without_parameters() {
    let server = TestServer::with(crowd(150)).await;

    assert_eq!(server.reader().proofhub("people").await.items().len(), 150);
}

#[tokio::test]
async fn start_and_limit_cut_the_list() {
    let server = TestServer::with(crowd(9)).await;

    assert_eq!(server.reader().proofhub("people?start=4&limit=3").await.ids(), [5, 6, 7]);
}

#[tokio::test]
async fn a_client_that_stops_at_a_short_page_ends() {
    let server = TestServer::with(crowd(200)).await;

    let mut sizes = Vec::new();
    for start in [0, 90, 180] {
        sizes.push(server.reader().proofhub(&format!("people?start={start}&limit=90")).await.items().len());
    }

    assert_eq!(sizes, [90, 90, 20]);
}

#[tokio::test]
async fn a_start_past_the_end_is_an_empty_list() {
    let server = TestServer::with(crowd(3)).await;

    assert!(server.reader().proofhub("people?start=3&limit=90").await.items().is_empty());
}

#[tokio::test]
async fn a_window_has_at_most_a_hundred() {
    let server = TestServer::with(crowd(150)).await;

    for query in ["limit=500", "start=0", "start=10&limit=101"] {
        assert_eq!(server.reader().proofhub(&format!("people?{query}")).await.items().len(), 100, "{query}");
    }
}

#[tokio::test]
async fn windows_show_everybody_once() {
    let server = TestServer::with(crowd(25)).await;

    let mut ids = Vec::new();
    for start in [0, 10, 20] {
        ids.extend(server.reader().proofhub(&format!("people?start={start}&limit=10")).await.ids());
    }

    assert_eq!(json!(ids), json!((1..=25).collect::<Vec<_>>()));
}

#[tokio::test]
async fn what_is_no_number_is_a_bad_request() {
    let server = TestServer::with(crowd(3)).await;

    for query in ["start=-1", "start=ten", "limit=ten", "limit=-1"] {
        Api::ProofHub.assert_refusal(&server.reader().proofhub(&format!("people?{query}")).await, 400);
    }
}

#[tokio::test]
async fn groups_and_roles_have_windows_too() {
    let server = TestServer::with(crowd(1)).await;
    server.add_groups("senate", (1..=5).flat_map(|number| group(&format!("Group {number}"), &[1])).collect()).await;

    for place in ["groups", "roles"] {
        let all = server.reader().proofhub(place).await.items();
        let some = server.reader().proofhub(&format!("{place}?start=1&limit=2")).await.items();

        assert_eq!(some, all[1..3], "{place}");
        assert!(server.reader().proofhub(&format!("{place}?start=90&limit=90")).await.items().is_empty(), "{place}");
    }
}
