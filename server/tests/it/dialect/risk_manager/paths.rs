//! Addresses as real clients write them.

use crate::support::{Api, TestServer, people};

#[tokio::test]
async fn the_fixed_segments_have_any_case() {
    let server = TestServer::with(people!["Jane"]).await;

    for path in ["/api/organization/people", "/api/Organization/People", "/API/ORGANIZATION/PEOPLE"] {
        assert_eq!(server.reader().get(Api::Modulo, path).await.items().len(), 1, "{path}");
    }
}

#[tokio::test]
async fn doubled_and_trailing_slashes_are_harmless() {
    let server = TestServer::with(people!["Jane"]).await;

    for path in ["//api/Organization/people", "/api//Organization/people", "/api/Organization/people/"] {
        assert_eq!(server.reader().get(Api::Modulo, path).await.items().len(), 1, "{path}");
    }
}

#[tokio::test]
async fn an_installation_below_a_path_is_the_organization_of_that_name() {
    let server = TestServer::with(people!["Jane"]).await;

    for path in ["/senate/api/Organization/people", "/senate//api/organization/people/"] {
        assert_eq!(server.reader().get(Api::Modulo, path).await.items().len(), 1, "{path}");
    }
}

#[tokio::test]
async fn an_absent_address_is_refused_in_the_rooms_shape() {
    let server = TestServer::start().await;

    let answer = server.reader().get(Api::Modulo, "/api/Organization/nothing").await;

    Api::Modulo.assert_refusal(&answer, 404);
}
