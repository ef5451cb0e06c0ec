//! The person as Wethod shows it.

use crate::support::{Api, TestServer, people};
use rollcall_core::domain::Scope;
use serde_json::{Value, json};

const MEMBERS: [&str; 14] = [
    "allocation_manager_id",
    "created_at",
    "email",
    "has_timesheet_required",
    "id",
    "is_archived",
    "is_visible_in_people_allocation",
    "job_title_id",
    "level_id",
    "name",
    "price_list_id",
    "role",
    "surname",
    "updated_at",
];

#[tokio::test]
async fn a_person_has_every_required_member() {
    let server = TestServer::with(people!["Jane"]).await;

    let members = server.reader().wethod("").await.members();

    assert!(MEMBERS.iter().all(|member| members.iter().any(|found| found == member)), "{members:?}");
}

#[tokio::test]
async fn name_is_the_given_name_and_surname_the_family_name() {
    let server = TestServer::with(people!["Dr. Jane Q. Doe", given_name: "Jane", family_name: "Doe"]).await;

    let answer = server.reader().wethod("").await;

    assert_eq!((answer.at("/0/name"), answer.at("/0/surname")), (json!("Jane"), json!("Doe")));
}

#[tokio::test]
async fn absent_names_are_empty_texts() {
    let server = TestServer::with(people![_, email: "jane@example.com"]).await;

    let answer = server.reader().wethod("").await;

    assert_eq!((answer.at("/0/name"), answer.at("/0/surname")), (json!(""), json!("")));
}

#[tokio::test]
async fn absent_references_are_null() {
    let server = TestServer::with(people!["Jane"]).await;

    let answer = server.reader().wethod("").await;

    for member in ["level_id", "price_list_id", "job_title_id", "allocation_manager_id"] {
        assert_eq!(answer.column(member), [Value::Null], "{member}");
    }
}

#[tokio::test]
async fn references_are_numbers_from_one() {
    let jane =
        people!["Jane", email: "jane@example.com", level: "Senior", price_list: "Standard", job_title: "Designer", manager: "2"; "Omar"];
    let server = TestServer::with(jane).await;

    let answer = server.reader().wethod("").await;

    let ids = ["level_id", "price_list_id", "job_title_id", "allocation_manager_id"].map(|member| answer.at(&format!("/0/{member}")));
    assert_eq!(ids, [json!(1), json!(1), json!(1), json!(2)]);
}

#[tokio::test]
async fn role_is_the_roles_code() {
    let server = TestServer::with(people!["Jane", role: "ROLE_ADMIN"; "Omar"]).await;

    let answer = server.reader().wethod("").await;

    assert_eq!(answer.column("role"), ["ROLE_ADMIN", "ROLE_USER"]);
}

#[tokio::test]
async fn the_flags_of_a_new_person_are_false() {
    let server = TestServer::with(people!["Jane"]).await;

    let answer = server.reader().wethod("").await;

    for member in ["is_archived", "is_visible_in_people_allocation", "has_timesheet_required"] {
        assert_eq!(answer.column(member), [json!(false)], "{member}");
    }
}

#[tokio::test]
async fn the_flags_are_told() {
    let set = people!["A", archived: true; "B", is_visible_in_people_allocation: true; "C", has_timesheet_required: true];
    let server = TestServer::with(set).await;

    let answer = server.reader().wethod("").await;

    let flags = ["is_archived", "is_visible_in_people_allocation", "has_timesheet_required"].map(|member| answer.column(member));
    assert_eq!(json!(flags), json!([[true, false, false], [false, true, false], [false, false, true]]));
}

#[tokio::test]
async fn moments_have_milliseconds_and_a_z() {
    let server = TestServer::start_at("2025-04-22T10:10:02.473Z").await;
    server.add("senate", people!["Jane"]).await;

    let answer = server.reader().wethod("").await;

    for member in ["/0/created_at", "/0/updated_at"] {
        let moment = answer.at(member);
        let moment = moment.as_str().expect("a text");
        assert!(moment.starts_with("2025-04-22T10:10:02.") && moment.len() == 24 && moment.ends_with('Z'), "{moment}");
    }
}

#[tokio::test]
async fn an_address_longer_than_the_vendors_limit_does_not_fail_the_list() {
    let address = format!("{}@example.com", "a".repeat(80));
    let server = TestServer::with(people!["Jane", email: address.as_str()]).await;

    let answer = server.reader().wethod("").await;

    assert_eq!(answer.column("email"), [json!(address)]);
}

#[tokio::test]
async fn archived_people_are_in_the_list() {
    let server = TestServer::with(people!["Jane", archived: true; "Omar"]).await;

    let answer = server.reader().wethod("").await;

    assert_eq!(answer.ids(), [1, 2]);
}

#[tokio::test]
async fn one_person_is_the_same_as_in_the_list() {
    let server = TestServer::with(people!["Jane", email: "jane@example.com"; "Omar"]).await;

    let (list, one) = (server.reader().wethod("").await, server.reader().get(Api::Wethod, "/api/persons/2").await);

    assert_eq!((one.status, one.json()), (200, list.at("/1")));
}

#[tokio::test]
async fn an_absent_person_is_not_found() {
    let server = TestServer::with(people!["Jane"]).await;

    let answer = server.reader().get(Api::Wethod, "/api/persons/2").await;

    Api::Wethod.assert_refusal(&answer, 404);
}

#[tokio::test]
async fn an_id_that_is_none_is_refused() {
    let server = TestServer::with(people!["Jane"]).await;

    for id in ["0", "-1", "4294967297", "jane"] {
        let answer = server.reader().get(Api::Wethod, &format!("/api/persons/{id}")).await;

        assert!(matches!(answer.status, 400 | 404), "{id}: {}", answer.status);
        Api::Wethod.assert_refusal(&answer, answer.status);
    }
}

#[tokio::test]
async fn persons_need_the_scope_to_read_people() {
    let server = TestServer::with(people!["Jane"]).await;
    let caller = server.holder_of(&[Scope::GroupsRead, Scope::OrganizationRead]).await;

    let answer = caller.wethod("").await;

    Api::Wethod.assert_refusal(&answer, 403);
    assert_eq!(answer.members(), ["key", "message"]);
}

#[tokio::test]
async fn a_stranger_reads_key_and_message() {
    let server = TestServer::start().await;

    let answer = server.anonymous().wethod("").await;

    Api::Wethod.assert_refusal(&answer, 401);
    assert_eq!(answer.members(), ["key", "message"]);
}

#[tokio::test]
async fn the_probe_of_the_command_line_client_passes() {
    let server = TestServer::start().await;

    let answer = server.reader().get(Api::Wethod, "/api/clients?limit=1").await;

    assert!(matches!(answer.status, 200 | 403), "{}", answer.status);
    assert!(answer.json().is_array() || answer.json().is_object());
}

#[tokio::test]
async fn the_probe_of_the_command_line_client_tells_a_bad_token() {
    let server = TestServer::start().await;

    let answer = server.anonymous().get(Api::Wethod, "/api/clients?limit=1").await;

    Api::Wethod.assert_refusal(&answer, 401);
}

#[tokio::test]
async fn a_content_type_on_a_read_is_harmless() {
    let server = TestServer::with(people!["Jane"]).await;

    let call = server.reader().call(Api::Wethod, "GET", "/api/persons").header("Content-Type", "application/json");

    assert_eq!(call.send().await.items().len(), 1);
}
