//! Users, as Okta provisions and imports them.

use super::Provider;
use crate::support::{Api, TestServer, crowd};
use serde_json::{Value, json};

const NEW_USER: &str = r#"{
    "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
    "userName": "test.user@okta.local",
    "name": {
        "givenName": "Test",
        "familyName": "User"
    },
    "emails": [{
        "primary": true,
        "value": "test.user@okta.local",
        "type": "work"
    }],
    "displayName": "Test User",
    "locale": "en-US",
    "externalId": "00ujl29u0le5T6Aj10h7",
    "groups": [],
    "password": "1mz050nq",
    "active": true
}"#;

async fn with_new_user() -> (TestServer, Provider, String) {
    let server = TestServer::start().await;
    let okta = Provider::okta(&server).await;
    let id = okta.made("/Users", NEW_USER).await;
    (server, okta, format!("/Users/{id}"))
}

#[tokio::test]
async fn its_test_of_the_connection_reads_two_users() {
    let server = TestServer::with(crowd(3)).await;

    let answer = Provider::okta(&server).await.get("/Users?startIndex=1&count=2").await;

    assert_eq!(
        (answer.status, answer.at("/totalResults"), answer.at("/itemsPerPage"), answer.at("/startIndex")),
        (200, json!(3), json!(2), json!(1))
    );
}

#[tokio::test]
async fn a_user_is_looked_for_before_it_is_made() {
    let (_server, okta, _) = with_new_user().await;

    let mut totals = Vec::new();
    for name in ["test.user%40okta.local", "other.user%40okta.local"] {
        let answer = okta.get(&format!("/Users?filter=userName%20eq%20%22{name}%22&startIndex=1&count=100")).await;
        totals.push((answer.status, answer.at("/totalResults")));
    }

    assert_eq!(totals, [(200, json!(1)), (200, json!(0))]);
}

#[tokio::test]
async fn a_new_user_is_answered_whole_but_for_the_password() {
    let server = TestServer::start().await;

    let answer = Provider::okta(&server).await.post("/Users", NEW_USER).await;

    let sent: Value = serde_json::from_str(NEW_USER).expect("JSON");
    assert_eq!(answer.status, 201, "{}", answer.text());
    for member in ["userName", "name", "emails", "displayName", "locale", "externalId", "active"] {
        assert_eq!(answer.at(&format!("/{member}")), sent[member], "{member}");
    }
    assert!(!answer.text().contains("password") && !answer.text().contains("1mz050nq"), "{}", answer.text());
}

#[tokio::test]
async fn the_same_user_again_is_a_conflict() {
    let (_server, okta, _) = with_new_user().await;

    let again = okta.post("/Users", NEW_USER).await;

    Api::Scim.assert_refusal(&again, 409);
    assert_eq!(again.at("/scimType"), "uniqueness");
}

#[tokio::test]
async fn a_user_is_read_changed_and_put_back_whole() {
    let (_server, okta, user) = with_new_user().await;
    let mut body = okta.get(&user).await.json();
    body["name"] = json!({ "givenName": "Another", "middleName": "Excited", "familyName": "User" });
    body["emails"][0]["display"] = json!("test.user@okta.local");
    body["groups"] = json!([]);

    let answer = okta.put(&user, &body.to_string()).await;

    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(answer.at("/name"), json!({ "givenName": "Another", "middleName": "Excited", "familyName": "User" }));
    assert_eq!(
        answer.at("/emails"),
        json!([{ "value": "test.user@okta.local", "display": "test.user@okta.local", "type": "work", "primary": true }])
    );
    assert_eq!((answer.at("/locale"), answer.at("/externalId")), (json!("en-US"), json!("00ujl29u0le5T6Aj10h7")));
}

#[tokio::test]
async fn a_catalogue_application_deactivates_by_a_change_without_a_path() {
    let (server, okta, user) = with_new_user().await;

    let answer = okta.patched(&user, r#"[{"op": "replace", "value": {"active": false}}]"#).await;

    assert_eq!(answer.at("/active"), false);
    assert_eq!(server.reader().modulo("").await.at("/0/Status"), "Blocked");
}

#[tokio::test]
async fn an_application_of_its_wizard_deactivates_and_activates_by_a_whole_user() {
    let (_server, okta, user) = with_new_user().await;

    let mut seen = Vec::new();
    for active in [false, true] {
        let mut body = okta.get(&user).await.json();
        body["active"] = json!(active);
        seen.push(okta.put(&user, &body.to_string()).await.at("/active"));
    }

    assert_eq!(seen, [false, true]);
}

#[tokio::test]
async fn a_password_is_taken_and_dropped() {
    let (_server, okta, user) = with_new_user().await;
    let before = okta.get(&user).await;

    let answer = okta.patched(&user, r#"[{"op": "replace", "value": {"password": "t1meMa$heen"}}]"#).await;

    assert_eq!(answer.json(), before.json());
}

#[tokio::test]
async fn an_import_walks_through_everybody_by_hundreds() {
    let server = TestServer::with(crowd(205)).await;
    let okta = Provider::okta(&server).await;
    let mut seen = Vec::new();

    for start in [1, 101, 201] {
        let page = okta.get(&format!("/Users?startIndex={start}&count=100")).await;
        assert_eq!(page.at("/totalResults"), 205, "{}", page.text());
        seen.extend(page.at("/Resources").as_array().expect("a list").iter().map(|user| user["id"].to_string()));
    }

    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 205);
}
