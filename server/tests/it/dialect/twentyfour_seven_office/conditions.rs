//! Reads that the client has already.

use crate::support::{Answer, Api, TestServer, people};

const READS: [&str; 3] = ["/v1/organization/people", "/v1/organization/people/1", "/v1/organization/information"];

async fn read(server: &TestServer, path: &str, headers: &[(&str, &str)]) -> Answer {
    let call = server.reader().call(Api::Seven, "GET", path);
    headers.iter().fold(call, |call, (name, value)| call.header(name, value)).send().await
}

fn tag(answer: &Answer) -> &str {
    answer.header("etag").unwrap_or_else(|| panic!("no tag: {} {}", answer.status, answer.text()))
}

#[tokio::test]
async fn what_the_client_has_already_is_not_sent_again() {
    let server = TestServer::with(people!["Jane"]).await;

    for path in READS {
        let whole = read(&server, path, &[]).await;
        let again = read(&server, path, &[("If-None-Match", tag(&whole))]).await;

        assert_eq!((again.status, again.body.len(), again.header("content-type")), (304, 0, None), "{path}");
        assert_eq!((again.header("etag"), again.header("vary")), (whole.header("etag"), Some("Authorization, Accept")), "{path}");
    }
}

#[tokio::test]
async fn what_has_changed_is_sent_again() {
    let server = TestServer::with(people!["Jane", external_id: "j"]).await;
    let before = [read(&server, READS[0], &[]).await, read(&server, READS[1], &[]).await];

    server.add("senate", people!["Janet", external_id: "j"]).await;

    for (path, before) in READS.into_iter().zip(&before) {
        assert_eq!(read(&server, path, &[("If-None-Match", tag(before))]).await.status, 200, "{path}");
    }
}

#[tokio::test]
async fn a_person_is_not_sent_again_because_of_a_neighbour() {
    let server = TestServer::with(people!["Jane"]).await;
    let before = read(&server, READS[1], &[]).await;

    server.add("senate", people!["Omar"]).await;

    assert_eq!(read(&server, READS[1], &[("If-None-Match", tag(&before))]).await.status, 304);
}

#[tokio::test]
async fn every_media_type_has_a_tag_of_its_own() {
    let server = TestServer::with(people!["Jane"]).await;

    let mut tags = Vec::new();
    for media in ["application/json", "text/plain", "text/json"] {
        tags.push(tag(&read(&server, READS[1], &[("Accept", media)]).await).to_owned());
    }

    tags.dedup();
    assert_eq!(tags.len(), 3, "{tags:?}");
}

#[tokio::test]
async fn somebody_of_another_type_is_never_known() {
    let server = TestServer::with(people!["Jane"]).await;

    let answer = read(&server, "/v1/organization/people/1?personType=Client", &[("If-None-Match", "*")]).await;

    Api::Seven.assert_refusal(&answer, 404);
}

#[tokio::test]
async fn conditions_that_fail_or_cannot_be_read_are_refused_in_the_vendors_shape() {
    let server = TestServer::with(people!["Jane"]).await;

    for path in READS {
        Api::Seven.assert_refusal(&read(&server, path, &[("If-Match", "\"foreign\"")]).await, 412);
        Api::Seven.assert_refusal(&read(&server, path, &[("If-None-Match", "foreign")]).await, 400);
    }
}

#[tokio::test]
async fn what_belongs_to_an_identity_and_no_organization_has_no_tag() {
    let server = TestServer::with(people!["Jane"]).await;
    let (_, jane) = server.identity("jane@example.com", &[("senate", 1)]).await;

    for path in ["me", "me/identifiers", "me/licenses"] {
        let answer = jane.seven(path).await;

        assert_eq!((answer.status, answer.header("etag"), answer.header("cache-control")), (200, None, Some("no-store")), "{path}");
    }
}
