//! Conditional and repeated requests as a client sees them.

use super::support::TestServer;

const TAG: &str = r#""2a-1f-0""#;

#[tokio::test]
async fn a_read_is_told_with_its_tag_to_get_and_to_head_alike() {
    let server = TestServer::start().await;

    for (method, body) in [("GET", "as of 31"), ("HEAD", "")] {
        let answer = server.request(&format!("{method} /api/tagged"), "").await;

        let headers = ["etag", "cache-control", "vary"].map(|name| answer.header(name));
        assert_eq!((answer.status, answer.body.as_str()), (200, body));
        assert_eq!(headers, [Some(TAG), Some("private, no-cache"), Some("Authorization")]);
    }
}

#[tokio::test]
async fn what_the_client_has_already_is_not_sent_again() {
    let server = TestServer::start().await;

    for method in ["GET", "HEAD"] {
        let answer = server.request(&format!("{method} /api/tagged"), &format!("If-None-Match: W/{TAG}\r\n")).await;

        assert_eq!((answer.status, answer.body.as_str(), answer.header("etag")), (304, "", Some(TAG)), "{method}");
        assert_eq!((answer.header("content-length"), answer.header("content-type")), (None, None), "{method}");
    }
}

#[tokio::test]
async fn a_version_that_is_gone_is_refused_by_the_room() {
    let server = TestServer::start().await;

    let answer = server.request("GET /api/tagged", "If-Match: \"2a-1e-0\"\r\n").await;

    assert_eq!((answer.status, answer.at("test")), (412, "precondition_failed".into()));
}

#[tokio::test]
async fn headers_that_cannot_be_read_are_refused_by_the_room() {
    let server = TestServer::start().await;

    let answers = [
        server.request("GET /api/tagged", "If-None-Match: 2a-1f-0\r\n").await,
        server.request("POST /api/tagged", "Idempotency-Key: two words\r\n").await,
    ];

    for answer in answers {
        assert_eq!((answer.status, answer.at("test")), (400, "bad_request".into()));
    }
}
