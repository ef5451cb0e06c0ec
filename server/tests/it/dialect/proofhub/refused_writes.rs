//! Writes that are refused, each so that a client can tell why; and nothing of them is kept.

use super::{delete, post, put, write};
use crate::support::{Answer, Api, TestServer, group, people};
use serde_json::{Value, json};

async fn with_jane() -> TestServer {
    TestServer::with(people!["Jane Doe", email: "jane@example.com"]).await
}

/// Every write of this API, with a body that would be taken.
fn writes() -> [(&'static str, &'static str, Value); 6] {
    let (person, group) = (json!({ "email": "ana@example.com" }), json!({ "name": "Managers" }));
    [
        ("POST", "people", person.clone()),
        ("PUT", "people/1", person.clone()),
        ("DELETE", "people/1", person),
        ("POST", "groups", group.clone()),
        ("PUT", "groups/1", group.clone()),
        ("DELETE", "groups/1", group),
    ]
}

#[tokio::test]
async fn a_body_that_is_not_announced_as_json_is_of_the_wrong_kind() {
    let server = with_jane().await;
    server.add_groups("senate", group("Board", &[1])).await;

    for (method, path, body) in writes().into_iter().filter(|(method, ..)| *method != "DELETE") {
        for kind in ["text/plain", "application/x-www-form-urlencoded", "application/xml", ""] {
            let answer = write(&server.admin(), method, path, &body).header("Content-Type", kind).send().await;
            Api::ProofHub.assert_refusal(&answer, 415);
        }
        let answer = write(&server.admin(), method, path, &body).without("Content-Type").send().await;
        Api::ProofHub.assert_refusal(&answer, 415);
    }
}

#[tokio::test]
async fn json_may_be_announced_with_its_encoding() {
    let server = TestServer::start().await;

    let body = json!({ "email": "ana@example.com" });
    let answer = write(&server.admin(), "POST", "people", &body).header("Content-Type", "application/json; charset=utf-8").send().await;

    assert_eq!(answer.status, 201);
}

#[tokio::test]
async fn a_body_that_is_no_object_is_refused() {
    let server = with_jane().await;

    for body in ["", "{", "[]", "null", "\"x\"", r#"{"email":"a@b","email":"c@d"}"#, r#"{"first_name":"a\u0000"}"#, "{\"a\":\"\u{ff}\"} x"]
    {
        for (method, path) in [("POST", "people"), ("PUT", "people/1")] {
            let call = server.admin().call(Api::ProofHub, method, &format!("/api/v3/{path}")).body("application/json", body);

            Api::ProofHub.assert_refusal(&call.send().await, 400);
        }
    }
}

#[tokio::test]
async fn every_fault_of_a_body_is_named_at_once() {
    let server = with_jane().await;
    let body = json!({
        "first_name": 1, "email": "nobody", "role": "x", "timezone": 2, "profile_color": "red", "suspended": "yes", "frist_name": "Ana",
    });

    let answer = put(&server.admin(), "people/1", body.clone()).await;

    Api::ProofHub.assert_refusal(&answer, 400);
    for member in body.as_object().expect("an object").keys() {
        assert!(answer.text().contains(member), "{member}: {}", answer.text());
    }
}

#[tokio::test]
async fn what_is_not_there_cannot_be_referred_to() {
    let server = with_jane().await;

    for (member, value) in [("role", json!("77")), ("role", json!({ "id": 77 })), ("groups", json!([77])), ("timezone", json!(9))] {
        let made = post(&server.admin(), "people", json!({ "email": "ana@example.com", member: value })).await;
        let changed = put(&server.admin(), "people/1", json!({ "title": "Chair", member: value })).await;

        for answer in [made, changed] {
            Api::ProofHub.assert_refusal(&answer, 400);
            assert!(answer.text().contains(member), "{}", answer.text());
        }
    }
    assert_eq!(server.reader().proofhub("people").await.column("title"), [""]);
}

#[tokio::test]
async fn nobody_loses_their_address() {
    let server = with_jane().await;

    for email in [json!(""), Value::Null] {
        let answer = put(&server.admin(), "people/1", json!({ "email": email })).await;

        Api::ProofHub.assert_refusal(&answer, 400);
        assert!(answer.text().contains("email"), "{}", answer.text());
    }
}

#[tokio::test]
async fn a_body_about_somebody_else_is_refused() {
    let server = with_jane().await;

    let answer = put(&server.admin(), "people/1", json!({ "id": 2, "title": "Chair" })).await;

    Api::ProofHub.assert_refusal(&answer, 400);
}

#[tokio::test]
async fn a_client_must_say_what_it_is_to_write_too() {
    let server = with_jane().await;

    for (method, path, body) in writes() {
        let answer = write(&server.admin(), method, path, &body).without("User-Agent").send().await;

        Api::ProofHub.assert_refusal(&answer, 400);
    }
}

#[tokio::test]
async fn a_stranger_is_told_nothing_else() {
    let server = with_jane().await;

    for (method, path, _) in writes() {
        let call = server.anonymous().call(Api::ProofHub, method, &format!("/api/v3/{path}"));

        Api::ProofHub.assert_refusal(&call.body("text/plain", "x").send().await, 401);
    }
}

#[tokio::test]
async fn what_is_refused_changes_nothing() {
    let server = with_jane().await;
    server.add_groups("senate", group("Board", &[1])).await;
    let before = everything(&server).await;

    for body in [json!({ "title": "Chair", "email": "nobody" }), json!({ "title": "Chair", "role": 77 }), json!({ "groups": [1, 77] })] {
        put(&server.admin(), "people/1", body.clone()).await;
        post(&server.admin(), "people", body).await;
    }
    put(&server.admin(), "groups/1", json!({ "name": "Managers", "assigned": [77] })).await;
    post(&server.admin(), "groups", json!({ "name": "Managers", "assigned": [1, 77] })).await;

    assert_eq!(everything(&server).await, before);
}

/// Both lists, with the tags that move with every change of the organization.
async fn everything(server: &TestServer) -> [(String, Option<String>); 2] {
    let seen = |answer: Answer| (answer.text().to_owned(), answer.header("etag").map(str::to_owned));
    [seen(server.reader().proofhub("people").await), seen(server.reader().proofhub("groups").await)]
}

#[tokio::test]
async fn what_is_elsewhere_is_answered_like_what_is_nowhere_to_the_byte() {
    let server = TestServer::with_both(people!["Jane"], people!["Zoe", number: 77, email: "zoe@example.com"]).await;
    server.add_groups("senate", group("Board", &[1])).await;
    server.add_groups("house", [group("Rules", &[77]), group("Ethics", &[77])].concat()).await;
    let admin = server.admin();

    for (there, nowhere) in [("people/77", "people/78"), ("groups/2", "groups/3")] {
        let body = if there.starts_with("people") { json!({ "title": "Chair" }) } else { json!({ "name": "Ours" }) };
        let answers = [put(&admin, there, body.clone()).await, put(&admin, nowhere, body).await];
        let deleted = [delete(&admin, there).await, delete(&admin, nowhere).await];

        for [there, nowhere] in [answers, deleted] {
            Api::ProofHub.assert_refusal(&there, 404);
            assert_eq!(there.body, nowhere.body);
        }
    }
    let assigned = [77, 78].map(|person| json!({ "assigned": [person] }));
    let [there, nowhere] = [put(&admin, "groups/1", assigned[0].clone()).await, put(&admin, "groups/1", assigned[1].clone()).await];
    assert_eq!((there.status, there.text().replace("77", "78")), (400, nowhere.text().to_owned()));
}

#[tokio::test]
async fn an_organization_that_may_not_be_entered_cannot_be_written_to() {
    let server = TestServer::with_both(people!["Jane"], people!["Zoe"]).await;

    for (method, path, body) in writes() {
        let [there, nowhere] = [
            write(&server.admin(), method, path, &body).below("house").send().await,
            write(&server.admin(), method, path, &body).below("nowhere").send().await,
        ];

        Api::ProofHub.assert_refusal(&there, 404);
        assert_eq!(there.body, nowhere.body, "{method} {path}");
    }
}
