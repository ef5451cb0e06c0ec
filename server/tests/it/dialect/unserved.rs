//! What the APIs have and this server does not: refused so that a client can tell.

use crate::support::{Api, TestServer, people};
use serde_json::json;

const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";

/// Writes to places that no contract lets anybody write to.
const WRITES: [(Api, &str, &str); 5] = [
    (Api::Modulo, "POST", "/api/Organization/people/count"),
    (Api::Modulo, "PUT", "/api/info/me"),
    (Api::ProofHub, "POST", "/api/v3/roles"),
    (Api::ProofHub, "DELETE", "/api/v3/timezones"),
    (Api::Wethod, "PATCH", "/api/roles/1"),
];

#[tokio::test]
async fn a_write_is_told_that_the_place_can_only_be_read() {
    let server = TestServer::with(people!["Jane"]).await;

    for (api, method, path) in WRITES {
        let answer = server.admin().call(api, method, path).body(JSON, r#"{"Name":"Omar","Email":"omar@example.com"}"#).send().await;

        assert_eq!(answer.header("allow"), Some("GET, HEAD"), "{method} {path}");
        api.assert_refusal(&answer, 405);
    }
}

#[tokio::test]
async fn a_refused_write_changes_nobody() {
    let server = TestServer::with(people!["Jane"]).await;
    let before = server.reader().wethod("").await;

    for (api, method, path) in WRITES {
        server.admin().call(api, method, path).body(JSON, r#"{"first_name":"Omar","name":"Omar"}"#).send().await;
    }

    assert_eq!(server.reader().wethod("").await.text(), before.text());
}

#[tokio::test]
async fn the_grants_of_users_are_unsupported_where_the_vendor_has_none() {
    let server = TestServer::start().await;
    let application = server.application(&["senate"]).await;
    let client = format!("client_id={}&client_secret={}", application.client_id, application.client_secret.reveal());
    let grants = [
        ("/APIIntegration/token", "password&username=jane&password=x"),
        ("/oauth/token", "password&username=jane&password=x"),
        ("/oauth/token", "authorization_code&code=5f2b&redirect_uri=https://example.com/back"),
        ("/oauth/token", "refresh_token&refresh_token=5f2b"),
    ];

    for (path, grant) in grants {
        let answer = server.call("POST", path).body(FORM, format!("grant_type={grant}&{client}")).send().await;

        assert_eq!((answer.status, answer.at("/error")), (400, json!("unsupported_grant_type")), "{path} {grant}");
    }
}

#[tokio::test]
async fn xml_is_neither_written_nor_read() {
    let server = TestServer::with(people!["Jane"]).await;

    let reply = server.reader().call(Api::Modulo, "GET", Api::Modulo.people()).header("Accept", "application/xml").send().await;
    let request = server.call("POST", "/APIIntegration/token").body("application/xml", "<token/>").send().await;

    Api::Modulo.assert_refusal(&reply, 406);
    Api::Modulo.assert_refusal(&request, 415);
}

#[tokio::test]
async fn the_rest_of_each_api_is_absent_in_its_own_shape() {
    let server = TestServer::with(people!["Jane"]).await;

    for (api, path) in [
        (Api::Seven, "/v1/customers"),
        (Api::Modulo, "/api/info"),
        (Api::Modulo, "/api/admin/profiles"),
        (Api::Modulo, "/api/administration/roles"),
        (Api::Modulo, "/api/Organization/queries/Everybody"),
        (Api::Modulo, "/api/objects/Machine"),
        (Api::Wethod, "/api/projects"),
        (Api::Wethod, "/api/people-allocations"),
        (Api::ProofHub, "/api/v3/projects"),
        (Api::ProofHub, "/api/v3/people/me"),
    ] {
        api.assert_refusal(&server.reader().get(api, path).await, 404);
    }
}
