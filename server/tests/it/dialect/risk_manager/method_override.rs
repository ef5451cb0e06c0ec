//! Writes of clients that can send GET and POST alone.

use super::{GROUPS, NOBODY, PEOPLE, made, person, write};
use crate::support::{Answer, Api, Client, TestServer, group, people};
use serde_json::{Value, json};

/// A POST that says in its header what it stands for.
async fn post(client: &Client, word: &str, path: &str, body: &Value) -> Answer {
    let call = client.call(Api::Modulo, "POST", path).body("application/json", body.to_string());
    call.header("X-HTTP-Method-Override", word).send().await
}

#[tokio::test]
async fn a_post_edits_and_deletes_in_any_spelling_of_the_method() {
    let server = TestServer::with(people!["Jane"]).await;
    let jane = person(&server, "Jane").await;

    for (word, name) in [("PUT", "Ann"), ("put", "Zoe"), ("Put", "Omar")] {
        assert_eq!(post(&server.admin(), word, &jane, &json!({ "Email": null, "Name": name })).await.status, 204, "{word}");
        assert_eq!(server.reader().modulo("").await.names(), [name]);
    }
    for (word, status) in [("delete", 204), ("DELETE", 404)] {
        assert_eq!(post(&server.admin(), word, &jane, &Value::Null).await.status, status, "{word}");
    }
}

#[tokio::test]
async fn a_post_that_stands_for_a_post_is_one() {
    let server = TestServer::start().await;

    let answer = post(&server.admin(), "POST", PEOPLE, &json!({ "Name": "Jane", "Email": "jane@example.com" })).await;

    assert_eq!(server.reader().get(Api::Modulo, &made(PEOPLE, &answer)).await.at("/Name"), "Jane");
}

#[tokio::test]
async fn the_php_client_takes_members_out_of_a_group_by_post() {
    let server = TestServer::with(people!["Jane"; "Omar"]).await;
    server.add_groups("senate", group("Board", &[1, 2])).await;
    let board = server.reader().get(Api::Modulo, GROUPS).await.at("/0/Id");
    let path = format!("{GROUPS}/{}/members", board.as_str().expect("an id"));

    assert_eq!(post(&server.admin(), "DELETE", &path, &json!([{ "Name": "Jane" }])).await.status, 204);

    assert_eq!(server.reader().get(Api::Modulo, &path).await.names(), ["Omar"]);
}

#[tokio::test]
async fn a_word_that_is_no_method_is_refused_and_makes_nobody() {
    let server = TestServer::start().await;

    for word in ["GET", "PATCH", "PUT, POST", "nonsense", ""] {
        let answer = post(&server.admin(), word, PEOPLE, &json!({ "Name": "Jane", "Email": "jane@example.com" })).await;
        Api::Modulo.assert_refusal(&answer, 400);
    }
    assert_eq!(server.reader().modulo("").await.items().len(), 0);
}

#[tokio::test]
async fn a_post_that_stands_for_what_the_place_does_not_know_is_told_what_it_knows() {
    let server = TestServer::start().await;

    let answer = post(&server.admin(), "PUT", PEOPLE, &json!({})).await;

    Api::Modulo.assert_refusal(&answer, 405);
    assert_eq!(answer.header("allow"), Some("GET, HEAD, POST"));
}

#[tokio::test]
async fn only_a_post_stands_for_anything() {
    let server = TestServer::with(people!["Jane"]).await;
    let jane = person(&server, "Jane").await;

    let read = server.admin().call(Api::Modulo, "GET", &jane).header("X-HTTP-Method-Override", "DELETE").send().await;
    let edit = server.admin().call(Api::Modulo, "PUT", &jane).header("X-HTTP-Method-Override", "DELETE");
    let edit = edit.body("application/json", json!({ "Email": null, "Name": "Ann" }).to_string()).send().await;

    assert_eq!((read.status, edit.status), (200, 204));
    assert_eq!(server.reader().modulo("").await.names(), ["Ann"]);
}

#[tokio::test]
async fn the_scope_is_that_of_the_method_that_is_meant() {
    let server = TestServer::with(people!["Jane"]).await;
    let jane = person(&server, "Jane").await;

    Api::Modulo.assert_refusal(&post(&server.reader(), "DELETE", &jane, &Value::Null).await, 403);
    Api::Modulo.assert_refusal(&post(&server.anonymous(), "DELETE", &jane, &Value::Null).await, 401);

    let absent = write(&server.admin(), "DELETE", &format!("{PEOPLE}/{NOBODY}"), &Value::Null).await;
    Api::Modulo.assert_refusal(&absent, 404);
    assert_eq!(server.reader().modulo("").await.names(), ["Jane"]);
}
