//! Tokens of less than the application may, asked for in 24SevenOffice's words.

use super::{FORM, SEVEN, assert_oauth_error, form, post, token};
use crate::support::{Answer, Api, TestServer, people};
use serde_json::json;

/// What an application that may read people, groups and the organization gets for this `scope`.
async fn asked(server: &TestServer, scope: &str) -> Answer {
    let application = server.application(&["senate"]).await;
    post(server, SEVEN, FORM, format!("{}&scope={scope}", form(&application))).await
}

#[tokio::test]
async fn a_token_does_what_its_scope_says_alone() {
    let server = TestServer::with(people!["Jane"]).await;

    let answer = asked(&server, "api.organization.information:read").await;

    assert_eq!(answer.at("/scope"), json!("api.organization.information:read"));
    let client = server.bearer(&token(&answer), None);
    assert_eq!(client.seven("organization/information").await.status, 200);
    Api::Seven.assert_refusal(&client.people(Api::Seven).await, 403);
}

#[tokio::test]
async fn without_a_scope_a_token_does_what_the_application_may() {
    let server = TestServer::start().await;

    for scope in ["", "+"] {
        let answer = asked(&server, scope).await;

        assert_eq!(answer.at("/scope"), json!("api.organization.person:read api.organization.information:read"));
        assert_eq!(server.bearer(&token(&answer), Some("senate")).proofhub("groups").await.status, 200);
    }
}

#[tokio::test]
async fn an_unknown_scope_gets_no_token() {
    let server = TestServer::start().await;

    for scope in ["people:read", "api.organization.person:write", "API.organization.person:read", "api.me.profile:read", "settings.team"] {
        let answer = asked(&server, &format!("api.organization.person:read+{scope}")).await;

        assert_oauth_error(&answer, &[400]);
        assert_eq!(answer.at("/error"), json!("invalid_scope"), "{scope}");
    }
}

#[tokio::test]
async fn a_scope_that_the_application_has_not_gets_no_token() {
    let server = TestServer::start().await;
    let application = server.application_with(&["senate"], "people:read").await;

    let answer = post(&server, SEVEN, FORM, format!("{}&scope=api.organization.information:read", form(&application))).await;

    assert_oauth_error(&answer, &[400]);
    assert_eq!(answer.at("/error"), json!("invalid_scope"));
}
