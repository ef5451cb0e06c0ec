//! Reads that the client has already, and writes of what it has read.

use super::patch;
use crate::support::{Answer, Api, Client, TestServer, people};
use rollcall_core::domain::Scope;
use serde_json::json;

const ONE: &str = "/api/persons/1";

async fn known(client: &Client, path: &str, tag: &str) -> Answer {
    client.call(Api::Wethod, "GET", path).header("If-None-Match", tag).send().await
}

async fn patch_if(client: &Client, tag: &str, surname: &str) -> Answer {
    let call = client.call(Api::Wethod, "PATCH", ONE).header("If-Match", tag);
    call.body("application/json", json!({ "surname": surname }).to_string()).send().await
}

fn tag(answer: &Answer) -> String {
    answer.header("etag").unwrap_or_else(|| panic!("no tag: {} {}", answer.status, answer.text())).to_owned()
}

async fn read(client: &Client, path: &str) -> String {
    tag(&client.get(Api::Wethod, path).await)
}

#[tokio::test]
async fn every_read_of_a_company_has_a_tag_and_is_not_sent_twice() {
    let server = TestServer::with(people!["Jane", job_title: "Chair", level: "Senior", price_list: "Standard"]).await;

    for list in ["persons", "job-titles", "levels", "price-lists", "roles"] {
        for path in [format!("/api/{list}"), format!("/api/{list}/1")] {
            let whole = server.reader().get(Api::Wethod, &path).await;
            let again = known(&server.reader(), &path, &tag(&whole)).await;

            assert_eq!((again.status, again.body.len(), again.header("content-length")), (304, 0, None), "{path}");
            for header in ["etag", "cache-control", "vary"] {
                assert_eq!(again.header(header), whole.header(header), "{path} {header}");
            }
            assert_eq!(whole.header("vary"), Some("Authorization, Wethod-Company"), "{path}");
        }
    }
}

#[tokio::test]
async fn head_is_answered_like_get() {
    let server = TestServer::with(people!["Jane"]).await;
    let head = || server.reader().call(Api::Wethod, "HEAD", ONE);

    let whole = head().send().await;
    let again = head().header("If-None-Match", &tag(&whole)).send().await;

    assert_eq!((whole.status, again.status), (200, 304));
    assert_eq!(tag(&whole), read(&server.reader(), ONE).await);
}

#[tokio::test]
async fn a_list_is_sent_again_after_any_change_in_the_company() {
    let server = TestServer::with(people!["Jane"; "Omar"]).await;
    let before = read(&server.reader(), "/api/persons").await;

    patch(&server.admin(), "/api/persons/2", &json!({ "is_archived": true })).await;

    assert_eq!(known(&server.reader(), "/api/persons", &before).await.status, 200);
}

#[tokio::test]
async fn a_person_is_not_sent_again_after_a_neighbours_change() {
    let server = TestServer::with(people!["Jane"; "Omar"]).await;
    let before = read(&server.reader(), ONE).await;

    patch(&server.admin(), "/api/persons/2", &json!({ "is_archived": true })).await;

    assert_eq!(known(&server.reader(), ONE, &before).await.status, 304);
}

#[tokio::test]
async fn a_change_of_one_company_leaves_the_tags_of_another() {
    let server = TestServer::with_both(people!["Jane"], people!["Omar"]).await;
    let house = server.reader_of("house").await;
    let before = read(&house, "/api/persons").await;

    patch(&server.admin(), ONE, &json!({ "is_archived": true })).await;

    assert_eq!(known(&house, "/api/persons", &before).await.status, 304);
    assert_ne!(read(&server.reader(), "/api/persons").await, before);
}

#[tokio::test]
async fn other_scopes_have_another_tag() {
    let server = TestServer::with(people!["Jane"]).await;
    let narrow = server.holder_of(&[Scope::PeopleRead]).await;

    assert_ne!(read(&narrow, ONE).await, read(&server.reader(), ONE).await);
}

#[tokio::test]
async fn a_change_of_what_was_read_is_made_and_answered_with_the_next_tag() {
    let server = TestServer::with(people!["Jane Doe"]).await;
    let before = read(&server.reader(), ONE).await;

    let answer = patch_if(&server.admin(), &before, "Roe").await;

    assert_eq!((answer.status, answer.at("/surname")), (200, json!("Roe")));
    assert_ne!(tag(&answer), before);
    assert_eq!(tag(&answer), read(&server.admin(), ONE).await);
}

#[tokio::test]
async fn a_change_of_what_is_no_longer_so_is_refused() {
    let server = TestServer::with(people!["Jane Doe"]).await;
    let before = read(&server.admin(), ONE).await;
    patch(&server.admin(), ONE, &json!({ "name": "Janet" })).await;

    for stale in [before.clone(), format!("W/{before}"), "\"foreign\"".to_owned()] {
        let answer = patch_if(&server.admin(), &stale, "Roe").await;

        Api::Wethod.assert_refusal(&answer, 412);
        assert_eq!(answer.members(), ["key", "message"]);
    }
    assert_eq!(server.reader().get(Api::Wethod, ONE).await.at("/surname"), "Doe");
}

#[tokio::test]
async fn a_neighbours_change_is_no_reason_to_refuse() {
    let server = TestServer::with(people!["Jane Doe"; "Omar"]).await;
    let before = read(&server.admin(), ONE).await;
    patch(&server.admin(), "/api/persons/2", &json!({ "is_archived": true })).await;

    assert_eq!(patch_if(&server.admin(), &before, "Roe").await.status, 200);
}

#[tokio::test]
async fn an_asterisk_asks_for_whoever_is_there() {
    let server = TestServer::with(people!["Jane Doe"]).await;
    let absent = server.admin().call(Api::Wethod, "PATCH", "/api/persons/2").header("If-Match", "*");

    assert_eq!(patch_if(&server.admin(), "*", "Roe").await.status, 200);
    Api::Wethod.assert_refusal(&absent.body("application/json", "{}").send().await, 404);
}

#[tokio::test]
async fn what_is_absent_is_never_known() {
    let server = TestServer::with(people!["Jane"]).await;

    for path in ["/api/persons/2", "/api/roles/99", "/api/levels/1"] {
        Api::Wethod.assert_refusal(&known(&server.reader(), path, "*").await, 404);
    }
}

#[tokio::test]
async fn a_condition_that_cannot_be_read_is_refused_after_the_stranger() {
    let server = TestServer::with(people!["Jane"]).await;

    Api::Wethod.assert_refusal(&known(&server.anonymous(), ONE, "no tag").await, 401);
    Api::Wethod.assert_refusal(&known(&server.reader(), ONE, "no tag").await, 400);
    Api::Wethod.assert_refusal(&patch_if(&server.admin(), "no tag", "Roe").await, 400);
}
