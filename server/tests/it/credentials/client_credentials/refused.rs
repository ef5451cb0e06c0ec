//! Requests that get no token.

use super::{FORM, MODULO, SEVEN, assert_oauth_error, form, post, request};
use crate::support::TestServer;
use serde_json::json;
use std::time::Duration;

#[tokio::test]
async fn a_wrong_secret_gets_no_token() {
    let server = TestServer::start().await;
    let application = server.application(&["senate"]).await;
    let other = server.application(&["senate"]).await;
    let mut body = request(&application);
    body["client_secret"] = json!(other.client_secret.reveal());

    let seven = post(&server, SEVEN, "application/json", body.to_string()).await;
    let modulo = post(&server, MODULO, "application/json", body.to_string()).await;

    assert_oauth_error(&seven, &[401, 403]);
    assert_oauth_error(&modulo, &[400, 401]);
    assert_eq!(modulo.at("/error"), json!("invalid_client"));
}

#[tokio::test]
async fn an_unknown_application_is_answered_like_a_wrong_secret() {
    let server = TestServer::start().await;
    let application = server.application(&["senate"]).await;
    let secret = server.application(&["senate"]).await.client_secret;

    for path in [SEVEN, MODULO] {
        let ids = [application.client_id.as_str(), "00000000000040008000000000000000"];
        let form = |id: &str| format!("grant_type=client_credentials&client_id={id}&client_secret={}", secret.reveal());
        let (wrong, unknown) = (post(&server, path, FORM, form(ids[0])).await, post(&server, path, FORM, form(ids[1])).await);

        assert_eq!((wrong.status, wrong.at("/error")), (unknown.status, unknown.at("/error")), "{path}");
        assert_eq!(wrong.at("/error_description"), unknown.at("/error_description"), "{path}");
    }
}

#[tokio::test]
async fn another_grant_is_unsupported() {
    let server = TestServer::start().await;
    let application = server.application(&["senate"]).await;
    // One of the vendor's samples sends the client's id as the grant.
    let id = application.client_id.clone();

    for path in [SEVEN, MODULO] {
        let body = form(&application).replace("client_credentials", &id);
        let answer = post(&server, path, FORM, body).await;

        assert_oauth_error(&answer, &[400]);
        assert_eq!(answer.at("/error"), json!("unsupported_grant_type"), "{path}");
    }
}

#[tokio::test]
async fn a_body_that_says_nothing_is_an_error_and_no_crash() {
    let server = TestServer::start().await;

    for path in [SEVEN, MODULO] {
        for (kind, body) in [("application/json", "{}"), ("application/json", "{"), (FORM, ""), ("text/plain", "hello"), (FORM, "%zz=1")] {
            let answer = post(&server, path, kind, body).await;

            assert!((400..500).contains(&answer.status), "{path} {body:?}: {}", answer.status);
            assert!(answer.json().is_object(), "{path} {body:?}");
        }
    }
}

#[tokio::test]
async fn a_member_given_twice_is_refused() {
    let server = TestServer::start().await;
    let application = server.application(&["senate"]).await;
    let twice = request(&application).to_string().replacen('{', "{\"grant_type\":\"client_credentials\",", 1);

    for path in [SEVEN, MODULO] {
        let answers = [
            post(&server, path, FORM, format!("{}&grant_type=client_credentials", form(&application))).await,
            post(&server, path, "application/json", twice.clone()).await,
        ];
        for answer in answers {
            assert_oauth_error(&answer, &[400]);
        }
    }
}

#[tokio::test]
async fn a_body_of_very_many_members_is_answered_like_a_small_one() {
    let server = TestServer::start().await;
    let form: String = (0..120_000).map(|number| format!("{number:x}=&")).collect();
    let parts: String = (0..10_000).map(|number| format!("--x\r\nContent-Disposition: form-data; name=\"{number}\"\r\n\r\n\r\n")).collect();

    for path in [SEVEN, MODULO] {
        for (kind, body) in [(FORM, form.clone()), ("multipart/form-data; boundary=x", format!("{parts}--x--\r\n"))] {
            let answer = tokio::time::timeout(Duration::from_secs(10), post(&server, path, kind, body)).await;

            assert_oauth_error(&answer.expect("an answer in time"), &[400]);
        }
    }
}
