//! `updated_at`, `job_title_id` and `allocation_manager_id`.

use crate::support::{Api, TestServer, people};
use serde_json::{Value, json};

/// Ann at 18:00, Ben at 20:00 and Cat at 23:30 of the first of March 2025, all in UTC.
async fn three_evenings() -> TestServer {
    let server = TestServer::start().await;
    for (time, person) in
        [("2025-03-01T18:00:00Z", people!["Ann"]), ("2025-03-01T20:00:00Z", people!["Ben"]), ("2025-03-01T23:30:00Z", people!["Cat"])]
    {
        server.clock.set(time);
        server.add("senate", person).await;
    }
    server
}

async fn found(server: &TestServer, query: &str) -> Value {
    json!(server.reader().wethod(query).await.ids())
}

#[tokio::test]
async fn updated_after_a_moment() {
    let server = three_evenings().await;

    assert_eq!(found(&server, "updated_at=gt:2025-03-01T19:00:00Z").await, json!([2, 3]));
}

#[tokio::test]
async fn updated_before_a_moment() {
    let server = three_evenings().await;

    assert_eq!(found(&server, "updated_at=lt:2025-03-01T19:00:00Z").await, json!([1]));
}

#[tokio::test]
async fn after_and_before_leave_the_moment_itself_out() {
    let server = three_evenings().await;
    let moment = server.reader().wethod("").await.at("/1/updated_at");
    let moment = moment.as_str().expect("a text");

    let both = [found(&server, &format!("updated_at=gt:{moment}")).await, found(&server, &format!("updated_at=lt:{moment}")).await];

    assert_eq!(both, [json!([3]), json!([1])]);
}

#[tokio::test]
async fn the_offset_of_a_moment_counts() {
    let server = three_evenings().await;

    assert_eq!(found(&server, "updated_at=gt:2025-03-01T21:00:00%2B02:00").await, json!([2, 3]));
    assert_eq!(found(&server, "updated_at=lt:2025-03-01T14:00:00-05:00").await, json!([1]));
}

#[tokio::test]
async fn a_blank_stands_for_the_plus_of_an_offset() {
    let server = three_evenings().await;

    assert_eq!(found(&server, "updated_at=gt:2025-03-01T21:00:00+02:00").await, json!([2, 3]));
}

#[tokio::test]
async fn a_bare_moment_finds_its_day() {
    let server = three_evenings().await;

    assert_eq!(found(&server, "updated_at=2025-03-01T07:00:00Z").await, json!([1, 2, 3]));
    assert_eq!(found(&server, "updated_at=2025-03-02T07:00:00Z").await, json!([]));
}

#[tokio::test]
async fn the_day_is_that_of_the_given_offset() {
    let server = three_evenings().await;

    // 23:30 in UTC is half past one of the second of March two hours further east.
    assert_eq!(found(&server, "updated_at=2025-03-01T20:00:00%2B02:00").await, json!([1, 2]));
    assert_eq!(found(&server, "updated_at=2025-03-02T20:00:00%2B02:00").await, json!([3]));
}

#[tokio::test]
async fn the_vendors_own_examples_are_taken() {
    let server = three_evenings().await;

    for value in ["2024-01-01T20:00:00%2B02:00", "gt:2024-01-01T20:00:00%2B02:00", "lt:2024-01-01T20:00:00%2B02:00"] {
        assert_eq!(server.reader().wethod(&format!("updated_at={value}")).await.status, 200, "{value}");
    }
}

#[tokio::test]
async fn what_is_no_moment_is_invalid_data() {
    let server = three_evenings().await;

    for value in ["yesterday", "gt:", "gt:2025-13-01T00:00:00Z", "between:2025-03-01T00:00:00Z", "gt:lt:2025-03-01T00:00:00Z"] {
        let answer = server.reader().wethod(&format!("updated_at={value}")).await;

        Api::Wethod.assert_refusal(&answer, 400);
        assert_eq!((answer.at("/key"), answer.at("/failures/0/field")), (json!("invalid_data"), json!("updated_at")), "{value}");
    }
}

#[tokio::test]
async fn moments_at_the_ends_of_the_calendar_are_no_failure() {
    let server = three_evenings().await;

    for value in ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "9999-12-31T23:59:59-12:00", "0000-01-01T00:00:00%2B14:00"] {
        for operator in ["", "gt:", "lt:"] {
            let answer = server.reader().wethod(&format!("updated_at={operator}{value}")).await;

            assert!(matches!(answer.status, 200 | 400), "{operator}{value}: {}", answer.status);
        }
    }
}

#[tokio::test]
async fn an_unknown_filter_is_invalid_data_that_names_it() {
    let server = three_evenings().await;

    let answer = server.reader().wethod("email=ann@example.com").await;

    assert_eq!((answer.status, answer.at("/failures/0/field")), (400, json!("email")));
}

#[tokio::test]
async fn a_change_moves_a_person_into_a_later_window() {
    let server = TestServer::with(people!["Ann", external_id: "a"; "Ben", external_id: "b"]).await;
    server.clock.set("2025-03-01T00:00:00Z");

    server.add("senate", people!["Ann", external_id: "a", phone: "1"]).await;

    assert_eq!(found(&server, "updated_at=gt:2025-02-01T00:00:00Z").await, json!([1]));
}

#[tokio::test]
async fn a_person_that_is_imported_unchanged_stays_where_it_was() {
    let server = TestServer::with(people!["Ann", external_id: "a"]).await;
    server.clock.set("2025-03-01T00:00:00Z");

    server.add("senate", people!["Ann", external_id: "a"]).await;

    assert_eq!(found(&server, "updated_at=gt:2025-02-01T00:00:00Z").await, json!([]));
}

#[tokio::test]
async fn a_clock_that_goes_back_takes_no_update_back() {
    let server = TestServer::start_at("2025-03-01T00:00:00Z").await;
    server.add("senate", people!["Ann"]).await;
    server.clock.set("2025-02-01T00:00:00Z");

    server.add("senate", people!["Ben"]).await;

    let moments = server.reader().wethod("").await.column("updated_at");
    assert!(moments[0].as_str() <= moments[1].as_str(), "{moments:?}");
}

#[tokio::test]
async fn job_title_finds_its_people() {
    let server =
        TestServer::with(people!["Ann", job_title: "Designer"; "Ben", job_title: "Writer"; "Cat", job_title: "Designer"; "Dan"]).await;
    let designer = server.reader().wethod("").await.at("/0/job_title_id");

    assert_eq!(found(&server, &format!("job_title_id={designer}")).await, json!([1, 3]));
}

#[tokio::test]
async fn allocation_manager_finds_the_people_allocated() {
    let server = TestServer::with(people!["Ann"; "Ben", manager: "1"; "Cat", manager: "2"; "Dan", manager: "1"]).await;

    assert_eq!(found(&server, "allocation_manager_id=1").await, json!([2, 4]));
}

#[tokio::test]
async fn filters_hold_together() {
    let people =
        people!["Ann", job_title: "Designer"; "Ben", job_title: "Designer", manager: "1"; "Cat", job_title: "Writer", manager: "1"];
    let server = TestServer::with(people).await;

    assert_eq!(found(&server, "job_title_id=1&allocation_manager_id=1").await, json!([2]));
}

#[tokio::test]
async fn a_filter_and_a_window_work_together() {
    let server = TestServer::with(people!["Ann"; "Ben", manager: "1"; "Cat"; "Dan", manager: "1"; "Eve", manager: "1"]).await;

    assert_eq!(found(&server, "allocation_manager_id=1&limit=1&offset=1").await, json!([4]));
}

#[tokio::test]
async fn a_reference_that_nobody_has_finds_nobody() {
    let server = TestServer::with(people!["Ann", job_title: "Designer"]).await;

    assert_eq!(found(&server, "job_title_id=77").await, json!([]));
}

#[tokio::test]
async fn a_reference_that_is_no_number_is_invalid_data() {
    let server = TestServer::with(people!["Ann"]).await;

    for field in ["job_title_id", "allocation_manager_id"] {
        let answer = server.reader().wethod(&format!("{field}=abc")).await;

        assert_eq!((answer.status, answer.at("/failures/0/field")), (400, json!(field)));
    }
}
