//! `/Me`: the user that the credential belongs to.

use super::{call, delete, get, id, patch, put, user};
use crate::support::{Api, TestServer, people};
use rollcall_core::directory::{NewToken, TokenOwner};
use rollcall_core::domain::{PersonNumber, Quirks, Scopes, Slug};
use serde_json::{Value, json};

async fn senate() -> TestServer {
    TestServer::with(people!["Jane", number: 1, login: "jane", role: "ROLE_OWNER"; "Clive", number: 2, login: "clive", role: "ROLE_CLIENT"])
        .await
}

/// Somebody's own client, which may do what its role allows.
async fn own(server: &TestServer, number: i64) -> crate::support::Client {
    let owner = TokenOwner::Person(Slug::parse("senate").expect("a slug"), PersonNumber::new(number).expect("a number"));
    let new = NewToken { owner, scopes: Scopes::all(), name: "own".to_owned(), expires_in_seconds: None, quirks: Quirks::none() };
    let secret = server.directory.create_token(new).await.expect("a token").reveal().to_owned();
    server.bearer(&secret, None)
}

#[tokio::test]
async fn everybody_sees_themselves_whatever_their_role() {
    let server = senate().await;

    for (number, login) in [(1, "jane"), (2, "clive")] {
        let me = get(&own(&server, number).await, "Me").await;
        assert_eq!((me.status, me.at("/userName")), (200, json!(login)), "{}", me.text());
        assert!(me.header("location").is_some_and(|at| at.ends_with(&format!("/Users/{}", id(&me)))));
    }
}

#[tokio::test]
async fn a_token_that_is_nobodys_has_no_me() {
    let server = senate().await;

    let answers = [
        get(&server.admin(), "Me").await,
        put(&server.admin(), "Me", user(json!({ "userName": "x" }))).await,
        patch(&server.admin(), "Me", json!([{ "op": "add", "path": "title", "value": "x" }])).await,
        delete(&server.admin(), "Me").await,
    ];

    for answer in answers {
        Api::Scim.assert_refusal(&answer, 404);
        assert!(answer.at("/detail").as_str().is_some_and(|detail| detail.contains("/Me")));
    }
}

#[tokio::test]
async fn me_is_written_as_the_user_is() {
    let server = senate().await;
    let jane = own(&server, 1).await;

    let patched = patch(&jane, "Me", json!([{ "op": "add", "path": "title", "value": "Chair" }])).await;
    let replaced = put(&jane, "Me", user(json!({ "userName": "jane", "nickName": "J" }))).await;

    assert_eq!((patched.status, patched.at("/title")), (200, json!("Chair")));
    assert_eq!((replaced.at("/title"), replaced.at("/nickName"), id(&replaced)), (Value::Null, json!("J"), id(&patched)));
}

#[tokio::test]
async fn who_may_not_write_people_does_not_write_themselves() {
    let server = senate().await;

    let answer = patch(&own(&server, 2).await, "Me", json!([{ "op": "add", "path": "title", "value": "Chair" }])).await;

    Api::Scim.assert_refusal(&answer, 403);
}

#[tokio::test]
async fn the_last_owner_cannot_go() {
    let server = senate().await;

    Api::Scim.assert_refusal(&delete(&own(&server, 1).await, "Me").await, 409);
}

#[tokio::test]
async fn nobody_is_made_at_me() {
    let server = senate().await;

    let answer = call(&own(&server, 1).await, "POST", "Me", &user(json!({ "userName": "x" }))).send().await;

    Api::Scim.assert_refusal(&answer, 405);
    assert_eq!(answer.header("allow"), Some("GET, HEAD, PUT, PATCH, DELETE"));
}
