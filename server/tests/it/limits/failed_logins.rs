//! Bad keys, tokens and secrets: after too many of them their address is told to wait, and good ones pass.

use super::retry_after;
use crate::support::{Answer, Api, Client, TestServer};
use rollcall::http::LimitSettings;
use rollcall_core::directory::RegisteredApplication;
use serde_json::json;

const TOKEN_ENDPOINTS: [&str; 2] = ["/oauth/token", "/APIIntegration/token"];

/// A server with so many failed logins for each address.
async fn limited(failed_logins_per_minute: u32) -> TestServer {
    TestServer::limited(LimitSettings { failed_logins_per_minute, ..LimitSettings::off() }).await
}

/// Somebody whose secret opens nothing.
fn stranger(server: &TestServer) -> Client {
    server.bearer("rollcall_mistyped", Some("senate"))
}

async fn grant(server: &TestServer, path: &str, application: &RegisteredApplication, secret: &str) -> Answer {
    let body = json!({ "grant_type": "client_credentials", "client_id": application.client_id, "client_secret": secret });
    server.call("POST", path).body("application/json", body.to_string()).send().await
}

#[tokio::test]
async fn too_many_bad_keys_are_told_when_to_come_back_in_every_api() {
    for api in Api::ALL {
        let server = limited(20).await;
        for _ in 0..20 {
            api.assert_refusal(&stranger(&server).people(api).await, 401);
        }

        let answer = stranger(&server).people(api).await;

        api.assert_refusal(&answer, 429);
        assert_eq!(retry_after(&answer), 3, "{api:?}");
    }
}

#[tokio::test]
async fn a_bad_key_is_a_401_again_after_the_wait() {
    let server = limited(1).await;
    assert_eq!(stranger(&server).people(Api::ProofHub).await.status, 401);
    let wait = retry_after(&stranger(&server).people(Api::ProofHub).await);

    server.clock.advance_seconds(i64::try_from(wait).expect("few seconds"));

    assert_eq!(stranger(&server).people(Api::ProofHub).await.status, 401);
}

#[tokio::test]
async fn a_good_key_passes_amid_a_storm_of_bad_ones() {
    let server = limited(3).await;

    for _ in 0..10 {
        stranger(&server).people(Api::ProofHub).await;
        for api in Api::ALL {
            assert_eq!(server.reader().people(api).await.status, 200, "{api:?}");
        }
    }

    assert_eq!(stranger(&server).people(Api::ProofHub).await.status, 429);
}

#[tokio::test]
async fn bad_keys_count_together_whichever_api_they_are_sent_to() {
    let server = limited(4).await;
    for api in Api::ALL {
        assert_eq!(stranger(&server).people(api).await.status, 401, "{api:?}");
    }

    for api in Api::ALL {
        assert_eq!(stranger(&server).people(api).await.status, 429, "{api:?}");
    }
}

#[tokio::test]
async fn too_many_bad_secrets_of_an_application_are_told_when_to_come_back() {
    for path in TOKEN_ENDPOINTS {
        let server = limited(2).await;
        let application = server.application(&["senate"]).await;
        for _ in 0..2 {
            assert_eq!(grant(&server, path, &application, "wrong").await.status, 401, "{path}");
        }

        let answer = grant(&server, path, &application, "wrong").await;

        assert_eq!((answer.status, retry_after(&answer)), (429, 30), "{path}");
        assert!(answer.at("/error").is_string() && answer.at("/error_description").is_string(), "{path}");
    }
}

#[tokio::test]
async fn a_good_secret_of_an_application_passes_amid_bad_ones() {
    for path in TOKEN_ENDPOINTS {
        let server = limited(1).await;
        let application = server.application(&["senate"]).await;

        for _ in 0..5 {
            grant(&server, path, &application, "wrong").await;
            assert_eq!(grant(&server, path, &application, application.client_secret.reveal()).await.status, 200, "{path}");
        }
    }
}

#[tokio::test]
async fn a_request_without_a_key_is_no_attempt() {
    let server = limited(1).await;

    for _ in 0..5 {
        assert_eq!(server.anonymous().people(Api::ProofHub).await.status, 401);
    }
}

#[tokio::test]
async fn failed_logins_are_not_counted_when_that_is_switched_off() {
    let server = limited(0).await;

    for _ in 0..30 {
        assert_eq!(stranger(&server).people(Api::ProofHub).await.status, 401);
    }
}
