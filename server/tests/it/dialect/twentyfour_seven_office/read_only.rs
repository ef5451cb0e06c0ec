//! The vendor's public API writes no people, and so nothing here is written.

use crate::support::{Api, TestServer, people};

/// Every documented path, with the methods that it answers.
const PATHS: [(&str, &str); 9] = [
    ("/v1/organization/people", "GET, HEAD"),
    ("/v1/organization/people/1", "GET, HEAD"),
    ("/v1/organization/information", "GET, HEAD"),
    ("/v1/me", "GET, HEAD"),
    ("/v1/me/identifiers", "GET, HEAD"),
    ("/v1/me/identifiers/63e5fe02-5773-4a49-ba13-22506f022316", "GET, HEAD"),
    ("/v1/me/licenses", "GET, HEAD"),
    ("/v1/me/licenses/63e5fe02-5773-4a49-ba13-22506f022316/organization", "GET, HEAD"),
    ("/oauth/token", "POST"),
];

#[tokio::test]
async fn every_other_method_of_every_path_is_told_the_known_ones() {
    let server = TestServer::with(people!["Jane"]).await;

    for (path, allowed) in PATHS {
        for method in ["GET", "POST", "PUT", "PATCH", "DELETE"].into_iter().filter(|method| !allowed.contains(method)) {
            let call = server.admin().call(Api::Seven, method, path).body("application/json", r#"{"firstName":"Omar"}"#);
            let answer = call.send().await;

            Api::Seven.assert_refusal(&answer, 405);
            assert_eq!(answer.header("allow"), Some(allowed), "{method} {path}");
        }
    }
}

#[tokio::test]
async fn a_refused_write_changes_nobody() {
    let server = TestServer::with(people!["Jane"]).await;
    let before = server.reader().seven("organization/people").await;

    for (method, path) in
        [("POST", "/v1/organization/people"), ("PATCH", "/v1/organization/people/1"), ("DELETE", "/v1/organization/people/1")]
    {
        server.admin().call(Api::Seven, method, path).body("application/json", r#"{"firstName":"Omar"}"#).send().await;
    }

    let after = server.reader().seven("organization/people").await;
    assert_eq!((after.text(), after.header("etag")), (before.text(), before.header("etag")));
}
