//! People made through ProofHub.

use super::{post, write};
use crate::support::{Api, TestServer, group, people};
use rollcall_core::domain::Scope;
use serde_json::{Value, json};

/// The contract's own example of a creation.
const STELLA: &str = r#"{
    "first_name":"Stella",
    "last_name":"Altois",
    "email":"stella.altois@email.com",
    "role":"90391275",
    "language":"en"
}"#;

fn stella() -> Value {
    serde_json::from_str(STELLA).expect("the example")
}

/// An organization with the role of the example.
async fn with_role() -> TestServer {
    TestServer::with(people!["Chris Wagley", email: "chris@email.com", role: "90391275"]).await
}

#[tokio::test]
async fn the_contracts_own_example_makes_a_person() {
    let server = with_role().await;

    let answer = server.admin().call(Api::ProofHub, "POST", "/api/v3/people").body("application/json", STELLA).send().await;

    assert_eq!(answer.status, 201, "{}", answer.text());
    for (member, value) in [
        ("id", json!(2)),
        ("first_name", json!("Stella")),
        ("last_name", json!("Altois")),
        ("email", json!("stella.altois@email.com")),
        ("role", json!({ "id": 90_391_275 })),
        ("language", json!("en")),
        ("groups", json!([])),
        ("suspended", json!(false)),
        ("created_at", json!("2025-01-01T00:00:00+00:00")),
    ] {
        assert_eq!(answer.at(&format!("/{member}")), value, "{member}");
    }
}

#[tokio::test]
async fn who_was_made_is_read_as_it_was_answered() {
    let server = with_role().await;

    let answer = post(&server.admin(), "people", stella()).await;

    assert_eq!(server.reader().proofhub("people/2").await.text(), answer.text());
    assert_eq!(server.reader().proofhub("people").await.at("/1"), answer.json());
}

#[tokio::test]
async fn who_is_made_with_a_role_of_null_has_the_default_one() {
    let server = TestServer::start().await;

    let answer = post(&server.admin(), "people", json!({ "email": "ana@example.com", "role": null })).await;

    assert_eq!(answer.at("/role"), json!({ "id": 3 }));
    assert_eq!(server.reader().proofhub("people/1").await.text(), answer.text());
}

#[tokio::test]
async fn both_prefixes_and_an_organization_in_the_path_can_be_written() {
    let server = TestServer::start().await;

    for (place, path) in ["/api/v3/people", "/v3/people/", "/senate/v3/people", "/senate/api/v3/people"].iter().enumerate() {
        let body = json!({ "email": format!("ana{place}@example.com") }).to_string();
        let answer = server.admin().call(Api::ProofHub, "POST", path).body("application/json", body).send().await;

        assert_eq!(answer.status, 201, "{path}: {}", answer.text());
    }
}

#[tokio::test]
async fn an_address_is_enough() {
    let server = TestServer::start().await;

    let answer = post(&server.admin(), "people", json!({ "email": "ana@example.com" })).await;

    assert_eq!((answer.status, answer.at("/first_name"), answer.at("/email")), (201, json!(""), json!("ana@example.com")));
}

#[tokio::test]
async fn whoever_is_given_no_role_has_the_default_one() {
    let server = TestServer::start().await;

    let answer = post(&server.admin(), "people", json!({ "email": "ana@example.com" })).await;

    let roles = server.reader().proofhub("roles").await.items();
    let default = roles.iter().find(|role| role["default"] == true).expect("a default role");
    assert_eq!(answer.at("/role/id"), default["id"]);
}

#[tokio::test]
async fn a_role_is_written_as_text_as_a_number_or_as_an_object() {
    let server = TestServer::start().await;

    for (place, role) in [json!("4"), json!(4), json!({ "id": 4 }), json!({ "id": "4" })].into_iter().enumerate() {
        let answer = post(&server.admin(), "people", json!({ "email": format!("ana{place}@example.com"), "role": role })).await;

        assert_eq!(answer.at("/role"), json!({ "id": 4 }), "{role}");
    }
}

#[tokio::test]
async fn every_member_that_can_be_written_is_shown_as_it_was() {
    let server = TestServer::with(people!["Jane"]).await;
    server.add_groups("senate", [group("Board", &[1]), group("Committee", &[1])].concat()).await;
    let body = json!({
        "first_name": "Ana", "last_name": "de Souza", "title": "Manager", "email": "ana@example.com", "role": { "id": 4 },
        "groups": [1, 2], "timezone": 45, "initials": "N", "image_url": "https://example.com/ana.png", "profile_color": "#112233",
        "language": "pt", "suspended": true, "send_invite": true, "projects": [23_423_233, 23_423_234],
    });

    let answer = post(&server.admin(), "people", body.clone()).await;

    for (member, value) in body.as_object().expect("an object") {
        assert_eq!(&answer.json()[member], value, "{member}");
    }
}

#[tokio::test]
async fn who_is_made_in_a_group_is_one_of_its_members() {
    let server = TestServer::with(people!["Jane"]).await;
    server.add_groups("senate", group("Board", &[1])).await;

    post(&server.admin(), "people", json!({ "email": "ana@example.com", "groups": [1, 9_000_000_001_i64] })).await;

    assert_eq!(server.reader().proofhub("groups").await.column("assigned"), [json!([1, 2]), json!([1, 2])]);
}

#[tokio::test]
async fn who_is_made_is_seen_by_every_api() {
    let server = TestServer::start().await;

    post(&server.admin(), "people", json!({ "first_name": "Ana", "last_name": "de Souza", "email": "ana@example.com" })).await;

    for (api, answer) in server.each_api(&server.reader(), |_, call| call).await {
        assert_eq!(answer.names(), ["Ana de Souza"], "{api:?}");
    }
}

#[tokio::test]
async fn an_address_that_another_has_is_a_conflict() {
    let server = TestServer::with(people!["Chris", email: "chris@email.com"]).await;

    for email in ["chris@email.com", " CHRIS@Email.com ", "ｃｈｒｉｓ@email.com"] {
        let answer = post(&server.admin(), "people", json!({ "email": email })).await;

        Api::ProofHub.assert_refusal(&answer, 409);
        assert!(answer.text().contains("email"), "{}", answer.text());
    }
    assert_eq!(server.reader().proofhub("people").await.items().len(), 1);
}

#[tokio::test]
async fn a_conflict_does_not_tell_who_the_other_one_is() {
    let server = TestServer::with(people!["Chris", number: 4711, email: "chris@email.com"]).await;

    let answer = post(&server.admin(), "people", json!({ "email": "chris@email.com" })).await;

    assert!(!answer.text().contains("4711") && !answer.text().contains("Chris"), "{}", answer.text());
}

#[tokio::test]
async fn an_address_of_another_organization_is_free() {
    let server = TestServer::with_both(Vec::new(), people!["Chris", email: "chris@email.com"]).await;

    assert_eq!(post(&server.admin(), "people", json!({ "email": "chris@email.com" })).await.status, 201);
}

#[tokio::test]
async fn of_twenty_creates_of_one_address_at_once_one_makes_a_person() {
    let server = TestServer::start().await;
    let admin = server.admin();
    let creates = (0..20).map(|place| {
        let body = json!({ "first_name": format!("Ana {place}"), "email": "ana@example.com" });
        tokio::spawn(write(&admin, "POST", "people", &body).send())
    });

    let mut statuses = Vec::new();
    for create in creates.collect::<Vec<_>>() {
        statuses.push(create.await.expect("an answer").status);
    }

    statuses.sort_unstable();
    assert_eq!(statuses, [&[201][..], &[409; 19]].concat());
    assert_eq!(server.reader().proofhub("people").await.items().len(), 1);
}

#[tokio::test]
async fn to_make_people_needs_the_scope_to_write_people() {
    let server = TestServer::start().await;

    let answer = post(&server.reader(), "people", json!({ "email": "ana@example.com" })).await;

    Api::ProofHub.assert_refusal(&answer, 403);
    assert!(answer.text().contains("people:write"), "{}", answer.text());
}

#[tokio::test]
async fn to_put_a_new_person_into_a_group_needs_the_scope_to_write_groups() {
    let server = TestServer::with(people!["Jane"]).await;
    server.add_groups("senate", group("Board", &[1])).await;
    let writer = server.holder_of(&[Scope::PeopleWrite]).await;

    let refused = post(&writer, "people", json!({ "email": "ana@example.com", "groups": [1] })).await;

    Api::ProofHub.assert_refusal(&refused, 403);
    assert!(refused.text().contains("groups:write"), "{}", refused.text());
    assert_eq!(server.reader().proofhub("people").await.items().len(), 1);
}

#[tokio::test]
async fn who_may_write_and_not_read_is_answered_whole() {
    let server = TestServer::start().await;
    let writer = server.holder_of(&[Scope::PeopleWrite]).await;

    let answer = post(&writer, "people", json!({ "email": "ana@example.com" })).await;

    assert_eq!((answer.status, answer.members().len()), (201, 18));
}

#[tokio::test]
async fn nobody_gives_a_role_that_allows_more_than_their_own_key() {
    let server = TestServer::start().await;
    let writer = server.holder_of(&[Scope::PeopleWrite, Scope::PeopleRead]).await;
    let owner = server.reader().proofhub("roles").await.at("/0/id");

    let answer = post(&writer, "people", json!({ "email": "ana@example.com", "role": owner })).await;

    Api::ProofHub.assert_refusal(&answer, 403);
}
