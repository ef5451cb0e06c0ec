//! `Wethod-Company` and `Wethod-Version`, both required.

use crate::support::{Api, TestServer, people};

#[tokio::test]
async fn both_headers_are_required() {
    let server = TestServer::with(people!["Jane"]).await;

    for header in ["Wethod-Company", "Wethod-Version"] {
        let answer = server.reader().call(Api::Wethod, "GET", "/api/persons").without(header).send().await;

        Api::Wethod.assert_refusal(&answer, 400);
        assert!(answer.text().contains(header), "{}", answer.text());
    }
}

#[tokio::test]
async fn the_credential_comes_before_the_headers() {
    let server = TestServer::start().await;

    let call = server.anonymous().call(Api::Wethod, "GET", "/api/persons");

    Api::Wethod.assert_refusal(&call.without("Wethod-Company").without("Wethod-Version").send().await, 401);
}

#[tokio::test]
async fn the_path_stands_for_the_company() {
    let server = TestServer::with(people!["Jane"]).await;

    let call = server.reader().call(Api::Wethod, "GET", "/api/persons").without("Wethod-Company").below("senate");

    assert_eq!(call.send().await.ids(), [1]);
}

#[tokio::test]
async fn path_and_company_may_agree() {
    let server = TestServer::with(people!["Jane"]).await;

    let call = server.reader().call(Api::Wethod, "GET", "/api/persons").header("Wethod-Company", "senate").below("senate");

    assert_eq!(call.send().await.ids(), [1]);
}

#[tokio::test]
async fn path_and_company_that_disagree_are_a_bad_request() {
    let server = TestServer::start().await;
    let visitor = server.visitor().await;

    let call = visitor.call(Api::Wethod, "GET", "/api/persons").header("Wethod-Company", "senate").below("house");

    Api::Wethod.assert_refusal(&call.send().await, 400);
}

#[tokio::test]
async fn an_older_or_newer_version_date_is_taken() {
    let server = TestServer::with(people!["Jane"]).await;

    for version in ["2024-06-15", "2025-01-01"] {
        let answer = server.reader().call(Api::Wethod, "GET", "/api/persons").header("Wethod-Version", version).send().await;

        assert_eq!(answer.items().len(), 1, "{version}");
    }
}
