//! The operators that the vendor's client library writes in front of a value.

use crate::support::{TestServer, people};
use serde_json::{Value, json};

async fn found(server: &TestServer, query: &str) -> Value {
    json!(server.reader().wethod(query).await.ids())
}

#[tokio::test]
async fn ids_are_compared_by_every_operator() {
    let people = people!["Ann"; "Ben", manager: "1"; "Cat", manager: "2"; "Dan", manager: "3"];
    let server = TestServer::with(people).await;

    for (value, ids) in [
        ("eq:2", json!([3])),
        ("neq:2", json!([1, 2, 4])),
        ("in:1,3", json!([2, 4])),
        ("nin:1,3", json!([1, 3])),
        ("gt:1", json!([3, 4])),
        ("gte:2", json!([3, 4])),
        ("lt:2", json!([2])),
        ("lte:2", json!([2, 3])),
        ("bt:2,3", json!([3, 4])),
    ] {
        assert_eq!(found(&server, &format!("allocation_manager_id={value}")).await, ids, "{value}");
    }
}

#[tokio::test]
async fn moments_and_days_are_compared_by_every_operator() {
    let server = TestServer::start().await;
    for (time, person) in
        [("2025-03-01T18:00:00Z", people!["Ann"]), ("2025-03-02T12:00:00Z", people!["Ben"]), ("2025-03-03T00:30:00Z", people!["Cat"])]
    {
        server.clock.set(time);
        server.add("senate", person).await;
    }

    for (value, ids) in [
        ("2025-03-02", json!([2])),
        ("eq:2025-03-02T23:00:00Z", json!([2])),
        ("neq:2025-03-02", json!([1, 3])),
        ("in:2025-03-01,2025-03-03", json!([1, 3])),
        ("nin:2025-03-01,2025-03-03", json!([2])),
        ("gt:2025-03-02", json!([3])),
        ("gte:2025-03-02", json!([2, 3])),
        ("lt:2025-03-02", json!([1])),
        ("lte:2025-03-02", json!([1, 2])),
        ("bt:2025-03-01T19:00:00Z,2025-03-02T13:00:00Z", json!([2])),
        ("bt:2025-03-01T21:00:00%2B02:00,2025-03-02T15:00:00%2B02:00", json!([2])),
    ] {
        assert_eq!(found(&server, &format!("updated_at={value}")).await, ids, "{value}");
    }
}
