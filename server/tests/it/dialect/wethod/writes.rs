//! Persons changed through Wethod: `PATCH /api/persons/{id}`.

use super::patch;
use crate::support::{Answer, Api, TestServer, people, slug};
use rollcall_core::directory::RecordedChange;
use rollcall_core::domain::Scope;
use serde_json::{Value, json};

/// Jane, who refers to one of everything and is managed by Omar, and Omar.
async fn with_jane_and_omar() -> TestServer {
    let people = people![
        "Jane Doe", email: "jane@example.com", phone: "+47", level: "Senior", price_list: "Standard", job_title: "Designer", manager: "2",
            role: "ROLE_ADMIN";
        "Omar", level: "Junior", price_list: "Reduced", job_title: "Chair";
    ];
    TestServer::with(people).await
}

async fn jane(server: &TestServer) -> Value {
    server.reader().get(Api::Wethod, "/api/persons/1").await.json()
}

async fn last_change(server: &TestServer) -> RecordedChange {
    let operator = server.directory.operator(&slug("senate")).await.expect("an operator");
    let mut history = server.directory.history(&operator, 0, None, 1000).await.expect("the history");
    history.pop().expect("a change")
}

/// The members that a refusal names.
fn failed(answer: &Answer) -> Vec<String> {
    Api::Wethod.assert_refusal(answer, 400);
    assert_eq!(answer.at("/key"), "invalid_data");
    let Value::Array(failures) = answer.at("/failures") else { panic!("no failures: {}", answer.text()) };
    failures.iter().map(|failure| failure["field"].as_str().expect("a field").to_owned()).collect()
}

#[tokio::test]
async fn every_member_that_can_be_written_is_changed_and_shown() {
    let server = with_jane_and_omar().await;
    let mut expected = jane(&server).await;
    server.clock.advance_seconds(60);

    let written = json!({
        "name": "Janet", "surname": "Roe", "role_id": 3, "is_archived": true, "is_visible_in_people_allocation": true,
        "has_timesheet_required": true, "level_id": 2, "price_list_id": 2, "job_title_id": 2, "allocation_manager_id": null,
    });
    let answer = patch(&server.admin(), "/api/persons/1", &written).await;

    let after = answer.json();
    for (member, value) in written.as_object().expect("members").iter().filter(|(member, _)| *member != "role_id") {
        expected[member] = value.clone();
    }
    expected["role"] = json!("ROLE_USER");
    expected["updated_at"] = after["updated_at"].clone();
    assert_eq!((answer.status, &after), (200, &expected));
    assert_eq!(jane(&server).await, expected);
    assert!(after["updated_at"].as_str() > after["created_at"].as_str());
}

#[tokio::test]
async fn what_is_not_written_stays() {
    let server = with_jane_and_omar().await;
    let mut expected = jane(&server).await;

    let after = patch(&server.admin(), "/api/persons/1", &json!({ "is_archived": true })).await.json();

    expected["is_archived"] = json!(true);
    expected["updated_at"] = after["updated_at"].clone();
    assert_eq!(after, expected);
}

#[tokio::test]
async fn null_clears_an_id_and_an_empty_text_a_name() {
    let server = with_jane_and_omar().await;
    let ids = ["level_id", "price_list_id", "job_title_id", "allocation_manager_id", "role_id"];
    let mut written: Value = ids.iter().map(|member| ((*member).to_owned(), Value::Null)).collect::<serde_json::Map<_, _>>().into();
    written["surname"] = json!("");

    let after = patch(&server.admin(), "/api/persons/1", &written).await.json();

    assert!(ids.iter().filter(|member| **member != "role_id").all(|member| after[member].is_null()), "{after}");
    assert_eq!((&after["role"], &after["name"], &after["surname"]), (&Value::Null, &json!("Jane"), &json!("")));
}

#[tokio::test]
async fn nobody_is_left_without_any_name() {
    let server =
        TestServer::with(people![_, given_name: "Jane", family_name: "Doe"; _, given_name: "Omar", email: "omar@example.com"]).await;
    let nameless = json!({ "name": "", "surname": "" });

    let (jane, omar) =
        (patch(&server.admin(), "/api/persons/1", &nameless).await, patch(&server.admin(), "/api/persons/2", &nameless).await);

    assert_eq!(failed(&jane), ["name"]);
    assert_eq!((omar.status, server.reader().modulo("").await.names()), (200, vec!["Jane Doe".to_owned(), "omar@example.com".to_owned()]));
}

#[tokio::test]
async fn every_failure_is_reported_at_once_and_nothing_changes() {
    let server = with_jane_and_omar().await;
    let before = server.reader().wethod("").await;

    let written = json!({
        "name": "Janet", "surname": "x".repeat(51), "email": "other@example.com", "role": "ROLE_OWNER", "role_id": 99, "is_archived": "yes",
        "allocation_manager_id": 1, "capacity_id": 4, "favourite_colour": "red", "level_id": "2",
    });
    let answer = patch(&server.admin(), "/api/persons/1", &written).await;

    let mut members = failed(&answer);
    members.sort();
    let expected =
        ["allocation_manager_id", "capacity_id", "email", "favourite_colour", "is_archived", "level_id", "role", "role_id", "surname"];
    assert_eq!(members, expected);
    assert_eq!(server.reader().wethod("").await.text(), before.text());
}

#[tokio::test]
async fn an_id_that_is_nobodys_is_named_by_its_member() {
    let server = with_jane_and_omar().await;

    for member in ["level_id", "price_list_id", "job_title_id", "allocation_manager_id", "role_id"] {
        let answer = patch(&server.admin(), "/api/persons/1", &json!({ member: 77 })).await;

        assert_eq!(failed(&answer), [member]);
    }
}

#[tokio::test]
async fn nobody_is_made_their_own_allocation_manager() {
    let server = with_jane_and_omar().await;

    let answer = patch(&server.admin(), "/api/persons/2", &json!({ "allocation_manager_id": 2 })).await;

    assert_eq!(failed(&answer), ["allocation_manager_id"]);
}

#[tokio::test]
async fn somebody_who_is_their_own_allocation_manager_can_be_changed() {
    let server = TestServer::with(people!["John Doe", manager: "1"]).await;

    let answer = patch(&server.admin(), "/api/persons/1", &json!({ "surname": "Roe", "allocation_manager_id": 1 })).await;

    assert_eq!((answer.status, answer.at("/surname"), answer.at("/allocation_manager_id")), (200, json!("Roe"), json!(1)));
}

#[tokio::test]
async fn a_person_that_is_sent_back_as_it_is_does_not_change() {
    let server = with_jane_and_omar().await;
    let before = server.reader().get(Api::Wethod, "/api/persons/1").await;
    server.clock.advance_seconds(60);

    for body in [before.json(), json!({})] {
        let answer = patch(&server.admin(), "/api/persons/1", &body).await;

        assert_eq!((answer.status, answer.json()), (200, before.json()));
    }
    let after = server.reader().get(Api::Wethod, "/api/persons/1").await;
    assert_eq!(after.header("etag"), before.header("etag"));
}

#[tokio::test]
async fn the_whole_name_follows_a_changed_part() {
    let server = TestServer::with(people!["Ana de Souza"]).await;

    patch(&server.admin(), "/api/persons/1", &json!({ "name": "Ana", "surname": "Silva" })).await;

    assert_eq!(server.reader().modulo("").await.at("/0/Name"), "Ana Silva");
}

#[tokio::test]
async fn a_whole_name_that_is_only_shown_in_parts_stays_whole() {
    let server = TestServer::with(people!["Ana de Souza"]).await;

    patch(&server.admin(), "/api/persons/1", &json!({ "name": "Ana", "surname": "de Souza", "is_archived": true })).await;

    let fields: Vec<String> = last_change(&server).await.after.expect("fields").keys().cloned().collect();
    assert_eq!(fields, ["archived"]);
}

#[tokio::test]
async fn only_json_is_read() {
    let server = with_jane_and_omar().await;
    let call = || server.admin().call(Api::Wethod, "PATCH", "/api/persons/1");

    for kind in ["application/x-www-form-urlencoded", "text/xml", "text/plain"] {
        Api::Wethod.assert_refusal(&call().body(kind, r#"{"name":"Janet"}"#).send().await, 415);
    }
    for body in ["", "{", "[]", "null", r#"{"name":"a","name":"b"}"#, "\u{feff}{}", r#"{"name":"\u0000"}"#] {
        let answer = call().body("application/json", body).send().await;

        Api::Wethod.assert_refusal(&answer, 400);
        assert_eq!(answer.at("/key"), "invalid_json", "{body}");
    }
    assert_eq!(call().body("application/json; charset=utf-8", "{}").send().await.status, 200);
}

#[tokio::test]
async fn absent_and_not_yours_answer_alike() {
    let server = TestServer::with_both(people!["Jane"], people!["Omar"; "Zoe"]).await;
    let other = server.bearer(server.admin().secret.as_deref().expect("a secret"), Some("house"));

    let answers = [
        patch(&server.admin(), "/api/persons/2", &json!({ "name": "Janet" })).await,
        patch(&server.admin(), "/api/persons/nobody", &json!({ "name": "Janet" })).await,
        patch(&other, "/api/persons/2", &json!({ "name": "Janet" })).await,
    ];

    for answer in &answers {
        Api::Wethod.assert_refusal(answer, 404);
        assert_eq!(answer.text(), answers[0].text());
    }
}

#[tokio::test]
async fn a_change_needs_the_scopes_to_write_people_and_to_see_them() {
    let server = with_jane_and_omar().await;
    let before = server.reader().wethod("").await;

    for scope in [Scope::PeopleRead, Scope::PeopleWrite] {
        let caller = server.holder_of(&[scope]).await;
        Api::Wethod.assert_refusal(&patch(&caller, "/api/persons/1", &json!({ "is_archived": true })).await, 403);
    }

    assert_eq!(server.reader().wethod("").await.text(), before.text());
}

#[tokio::test]
async fn nobody_gives_a_role_that_allows_more_than_they_may() {
    let server = with_jane_and_omar().await;
    let caller = server.holder_of(&[Scope::PeopleRead, Scope::PeopleWrite]).await;

    Api::Wethod.assert_refusal(&patch(&caller, "/api/persons/2", &json!({ "role_id": 1 })).await, 403);

    assert_eq!(server.reader().wethod("").await.at("/1/role"), "ROLE_USER");
}

#[tokio::test]
async fn the_last_owner_can_neither_be_demoted_nor_archived() {
    let server = TestServer::with(people!["Jane", role: "ROLE_OWNER"; "Omar"]).await;

    for change in [json!({ "role_id": 3 }), json!({ "is_archived": true })] {
        Api::Wethod.assert_refusal(&patch(&server.admin(), "/api/persons/1", &change).await, 409);
    }
}

#[tokio::test]
async fn a_change_is_remembered_with_the_api_and_the_request() {
    let server = with_jane_and_omar().await;
    let call = server.admin().call(Api::Wethod, "PATCH", "/api/persons/1").header("X-Request-Id", "trace-42");

    call.body("application/json", r#"{"surname":"Roe"}"#).send().await;

    let last = last_change(&server).await;
    assert_eq!((last.dialect.as_deref(), last.request.as_deref(), last.number), (Some("wethod"), Some("trace-42"), 1));
    assert_eq!((last.action.as_str(), last.subject.as_str()), ("update", "person"));
}

#[tokio::test]
async fn persons_are_neither_made_nor_deleted_nor_replaced() {
    let server = with_jane_and_omar().await;
    let places = [
        ("POST", "/api/persons", "GET, HEAD"),
        ("PATCH", "/api/persons", "GET, HEAD"),
        ("DELETE", "/api/persons/1", "GET, HEAD, PATCH"),
        ("PUT", "/api/persons/1", "GET, HEAD, PATCH"),
        ("POST", "/api/persons/1", "GET, HEAD, PATCH"),
    ];

    for (method, path, allow) in places {
        let answer = server.admin().call(Api::Wethod, method, path).body("application/json", "{}").send().await;

        Api::Wethod.assert_refusal(&answer, 405);
        assert_eq!(answer.header("allow"), Some(allow), "{method} {path}");
    }
}

#[tokio::test]
async fn what_persons_refer_to_is_only_read() {
    let server = with_jane_and_omar().await;

    for place in ["job-titles", "levels", "price-lists", "roles"] {
        for (method, path) in [
            ("POST", format!("/api/{place}")),
            ("PATCH", format!("/api/{place}/1")),
            ("PUT", format!("/api/{place}/1")),
            ("DELETE", format!("/api/{place}/1")),
        ] {
            let answer = server.admin().call(Api::Wethod, method, &path).body("application/json", r#"{"name":"x"}"#).send().await;

            Api::Wethod.assert_refusal(&answer, 405);
            assert_eq!(answer.header("allow"), Some("GET, HEAD"), "{method} {path}");
        }
    }
}

#[tokio::test]
async fn satellites_whose_paths_nobody_knows_are_not_found() {
    let server = with_jane_and_omar().await;

    for place in ["locations", "capacities", "person-payrolls", "person-capacities", "holidays", "business-units"] {
        for method in ["GET", "POST"] {
            Api::Wethod.assert_refusal(&server.admin().call(Api::Wethod, method, &format!("/api/{place}")).send().await, 404);
        }
    }
}
