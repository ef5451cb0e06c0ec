//! The ways to ask for a token, and what the token is good for.

use super::{FORM, MODULO, SEVEN, form, post, request, token};
use crate::support::{Api, TestServer, people};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rollcall_core::directory::RegisteredApplication;
use serde_json::json;

fn multipart(application: &RegisteredApplication) -> String {
    let fields = [
        ("client_id", application.client_id.as_str()),
        ("client_secret", application.client_secret.reveal()),
        ("grant_type", "client_credentials"),
    ];
    let parts = fields.map(|(name, value)| format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"));
    format!("{}--edge--\r\n", parts.concat())
}

#[tokio::test]
async fn twentyfour_seven_office_takes_json() {
    let server = TestServer::with(people!["Jane"]).await;
    let application = server.application(&["senate"]).await;

    let answer = post(&server, SEVEN, "application/json", request(&application).to_string()).await;

    assert_eq!(server.bearer(&token(&answer), None).people(Api::Seven).await.ids(), [1]);
}

#[tokio::test]
async fn twentyfour_seven_office_takes_a_form() {
    let server = TestServer::with(people!["Jane"]).await;
    let application = server.application(&["senate"]).await;

    let answer = post(&server, SEVEN, FORM, form(&application)).await;

    assert_eq!(server.bearer(&token(&answer), None).people(Api::Seven).await.ids(), [1]);
}

#[tokio::test]
async fn twentyfour_seven_office_takes_http_basic() {
    let server = TestServer::with(people!["Jane"]).await;
    let application = server.application(&["senate"]).await;
    let basic = STANDARD.encode(format!("{}:{}", application.client_id, application.client_secret.reveal()));

    let call = server.call("POST", SEVEN).body(FORM, "grant_type=client_credentials");
    let answer = call.header("Authorization", &format!("Basic {basic}")).send().await;

    assert_eq!(server.bearer(&token(&answer), None).people(Api::Seven).await.ids(), [1]);
}

#[tokio::test]
async fn twentyfour_seven_office_names_the_bearer_and_counts_seconds() {
    let server = TestServer::start().await;
    let application = server.application(&["senate"]).await;

    let answer = post(&server, SEVEN, "application/json", request(&application).to_string()).await;

    assert_eq!(answer.at("/token_type"), json!("Bearer"));
    // A client renews a token one minute before it ends.
    assert!(answer.at("/expires_in").as_i64().is_some_and(|seconds| seconds > 60), "{}", answer.text());
}

#[tokio::test]
async fn risk_manager_takes_a_form_json_and_multipart() {
    let server = TestServer::with(people!["Jane"]).await;
    let application = server.application(&["senate"]).await;

    let bodies = [
        (FORM, form(&application)),
        ("application/json", request(&application).to_string()),
        ("multipart/form-data; boundary=edge", multipart(&application)),
    ];
    for (kind, body) in bodies {
        let answer = post(&server, MODULO, kind, body).await;

        assert_eq!(server.bearer(&token(&answer), None).people(Api::Modulo).await.items().len(), 1, "{kind}");
    }
}

#[tokio::test]
async fn risk_manager_spells_seconds_as_text() {
    let server = TestServer::start().await;
    let application = server.application(&["senate"]).await;

    let answer = post(&server, MODULO, FORM, form(&application)).await;

    assert_eq!((answer.at("/token_type"), answer.at("/expires_in")), (json!("bearer"), json!("86400")));
    assert!(answer.at("/scope").is_string());
}

#[tokio::test]
async fn risk_managers_token_endpoint_has_any_case() {
    let server = TestServer::start().await;
    let application = server.application(&["senate"]).await;

    for path in ["/APIIntegration/Token", "/apiintegration/token", "/senate/APIIntegration/token", "/senate//APIIntegration/Token/"] {
        assert_eq!(post(&server, path, FORM, form(&application)).await.status, 200, "{path}");
    }
}

#[tokio::test]
async fn a_media_type_may_have_parameters_and_capitals() {
    let server = TestServer::start().await;
    let application = server.application(&["senate"]).await;

    for path in [SEVEN, MODULO] {
        let bodies = [
            ("application/x-www-form-urlencoded; charset=UTF-8", form(&application)),
            ("Application/JSON;charset=utf-8", request(&application).to_string()),
        ];
        for (kind, body) in bodies {
            assert_eq!(post(&server, path, kind, body).await.status, 200, "{path} {kind}");
        }
    }
}

#[tokio::test]
async fn an_answer_with_a_token_is_never_stored() {
    let server = TestServer::start().await;
    let application = server.application(&["senate"]).await;

    for path in [SEVEN, MODULO] {
        assert_eq!(post(&server, path, FORM, form(&application)).await.header("cache-control"), Some("no-store"), "{path}");
    }
}

#[tokio::test]
async fn an_access_token_expires() {
    let server = TestServer::with(people!["Jane"]).await;
    let application = server.application(&["senate"]).await;
    let answer = post(&server, SEVEN, FORM, form(&application)).await;
    let client = server.bearer(&token(&answer), None);

    server.clock.advance_seconds(answer.at("/expires_in").as_i64().expect("seconds"));

    Api::Seven.assert_refusal(&client.people(Api::Seven).await, 401);
}

#[tokio::test]
async fn an_access_token_works_in_every_api() {
    let server = TestServer::with(people!["Jane"]).await;
    let application = server.application(&["senate"]).await;
    let answer = post(&server, MODULO, FORM, form(&application)).await;

    let client = server.bearer(&token(&answer), Some("senate"));

    for (api, answer) in server.each_api(&client, |_, call| call).await {
        assert_eq!(answer.items().len(), 1, "{api:?}");
    }
}
