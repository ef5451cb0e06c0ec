//! Base URLs, hosts, and headers that real clients send or forget.

use crate::support::{Api, TestServer, people};

#[tokio::test]
async fn the_base_may_have_or_lack_the_first_segment_and_a_trailing_slash() {
    let server = TestServer::with(people!["Jane"]).await;

    for path in ["/api/v3/people", "/v3/people", "/api/v3/people/", "/v3/people/", "/senate/api/v3/people", "/senate/v3/people"] {
        assert_eq!(server.reader().get(Api::ProofHub, path).await.ids(), [1], "{path}");
    }
}

#[tokio::test]
async fn a_host_name_chooses_the_organization() {
    let server = TestServer::with_both(people!["Jane", number: 11], people!["Omar", number: 22]).await;
    let visitor = server.visitor().await;

    for (host, number) in [("senate.people.example.org", 11), ("HOUSE.people.example.org:8080", 22)] {
        let answer = visitor.call(Api::ProofHub, "GET", "/api/v3/people").header("Host", host).send().await;

        assert_eq!(answer.ids(), [number], "{host}");
    }
}

#[tokio::test]
async fn an_address_and_a_short_name_choose_nothing() {
    let server = TestServer::with(people!["Jane"]).await;

    for host in ["127.0.0.1:8080", "localhost", "example.org"] {
        let answer = server.reader().call(Api::ProofHub, "GET", "/api/v3/people").header("Host", host).send().await;

        assert_eq!(answer.ids(), [1], "{host}");
    }
}

#[tokio::test]
async fn a_missing_or_empty_user_agent_is_a_bad_request() {
    let server = TestServer::with(people!["Jane"]).await;

    let missing = server.reader().call(Api::ProofHub, "GET", "/api/v3/people").without("User-Agent").send().await;
    let empty = server.reader().call(Api::ProofHub, "GET", "/api/v3/people").header("User-Agent", "").send().await;

    Api::ProofHub.assert_refusal(&missing, 400);
    Api::ProofHub.assert_refusal(&empty, 400);
}

#[tokio::test]
async fn any_other_user_agent_is_taken() {
    let server = TestServer::with(people!["Jane"]).await;

    for agent in ["jane@example.com", "python-requests/2.32.3", "Go-http-client/1.1", "AppName (name@example.com)"] {
        let answer = server.reader().call(Api::ProofHub, "GET", "/api/v3/people").header("User-Agent", agent).send().await;

        assert_eq!(answer.ids(), [1], "{agent}");
    }
}

#[tokio::test]
async fn the_key_comes_before_the_user_agent() {
    let server = TestServer::start().await;

    let answer = server.anonymous().call(Api::ProofHub, "GET", "/api/v3/people").without("User-Agent").send().await;

    Api::ProofHub.assert_refusal(&answer, 401);
}

#[tokio::test]
async fn a_content_type_on_a_read_is_ignored() {
    let server = TestServer::with(people!["Jane"]).await;

    for kind in ["application/json", "text/plain"] {
        let answer = server.reader().call(Api::ProofHub, "GET", "/api/v3/people").header("Content-Type", kind).send().await;

        assert_eq!(answer.ids(), [1], "{kind}");
    }
}

#[tokio::test]
async fn an_absent_address_is_refused_in_the_rooms_shape() {
    let server = TestServer::start().await;

    Api::ProofHub.assert_refusal(&server.reader().proofhub("nothing").await, 404);
}

#[tokio::test]
async fn whoever_asks_too_often_is_told_when_to_come_back() {
    let server = TestServer::with(people!["Jane"]).await;

    for _ in 0..40 {
        let answer = server.reader().proofhub("people").await;

        assert!(answer.status == 200 || (answer.status == 429 && answer.header("retry-after").is_some()), "{}", answer.status);
    }
}
