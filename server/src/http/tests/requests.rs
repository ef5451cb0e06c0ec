//! One request at a time: paths, methods, refusals, headers.

use super::support::TestServer;
use serde_json::{Value, json};

#[tokio::test]
async fn the_slug_leaves_the_path_and_chooses() {
    let server = TestServer::start().await;

    let answer = server.request("GET //senate//api/echo/?x=%2F&y=a+b", "").await;

    assert_eq!((answer.at("path"), answer.at("target")), (json!("senate"), json!("/api/echo?x=%2F&y=a+b")));
}

#[tokio::test]
async fn a_room_may_spell_its_paths_its_own_way() {
    let server = TestServer::start().await;

    let answer = server.request("GET /senate/API/echo", "").await;

    assert_eq!(answer.at("target"), "/api/echo");
}

#[tokio::test]
async fn a_room_may_let_a_header_name_the_method() {
    let server = TestServer::start().await;

    let answer = server.request("POST /api/echo", "X-HTTP-Method-Override: PUT\r\n").await;

    assert_eq!(answer.at("method"), "PUT");
}

#[tokio::test]
async fn every_method_of_a_path_has_its_own_access() {
    let server = TestServer::start().await;

    let (get, post) = (server.request("GET /api/echo", "").await, server.request("POST /api/echo", "").await);

    assert_eq!((get.at("access"), post.at("access")), (json!("Open"), json!("Credential")));
}

#[tokio::test]
async fn a_host_of_three_labels_chooses() {
    let server = TestServer::start().await;

    let answer = server.ask("GET /api/echo HTTP/1.1\r\nHost: senate.example.org:8080\r\nConnection: close\r\n\r\n").await;

    assert_eq!(answer.at("host"), "senate");
}

#[tokio::test]
async fn the_host_of_a_whole_address_wins_over_the_header() {
    let server = TestServer::start().await;

    let answer = server.request("GET http://senate.example.org/house/api/echo?x", "").await;

    assert_eq!((answer.at("host"), answer.at("path"), answer.at("query")), (json!("senate"), json!("house"), json!("x")));
}

#[tokio::test]
async fn an_encoded_slash_is_part_of_its_segment() {
    let server = TestServer::start().await;

    assert_eq!(server.request("GET /api/things/a%2fb", "").await.body, "a/b");
}

#[tokio::test]
async fn a_path_that_is_not_utf_8_is_a_bad_request() {
    let server = TestServer::start().await;

    let answer = server.request("GET /api/things/%ff", "").await;

    assert_eq!((answer.status, answer.json()), (400, json!({ "test": "bad_request" })));
}

#[tokio::test]
async fn an_absent_path_is_refused_by_the_room_that_claims_it() {
    let server = TestServer::start().await;

    let answer = server.request("GET /senate/api/nothing", "").await;

    assert_eq!((answer.status, answer.json()), (404, json!({ "test": "not_found" })));
}

#[tokio::test]
async fn a_path_that_no_room_claims_is_refused_by_the_front() {
    let server = TestServer::start().await;

    for line in ["GET /nothing/here", "GET /", "OPTIONS *", "CONNECT a.b:80"] {
        let answer = server.request(line, "").await;

        assert_eq!((answer.status, answer.at("error")), (404, json!("not_found")), "{line}");
    }
}

#[tokio::test]
async fn an_unknown_method_is_told_the_known_ones() {
    let server = TestServer::start().await;

    for method in ["FOO", "TRACE", "CONNECT", "DELETE", "OPTIONS", "get"] {
        let answer = server.request(&format!("{method} /api/echo"), "").await;

        assert_eq!((answer.status, answer.header("allow")), (405, Some("GET, HEAD, POST, PUT")), "{method}");
        assert_eq!(answer.json(), json!({ "test": "method_not_allowed" }));
    }
}

#[tokio::test]
async fn an_unknown_method_at_an_absent_path_is_not_found() {
    let server = TestServer::start().await;

    assert_eq!(server.request("FOO /api/nothing", "").await.json(), json!({ "test": "not_found" }));
}

#[tokio::test]
async fn head_answers_like_get_without_a_body() {
    let server = TestServer::start().await;

    let answer = server.request("HEAD /api/echo", "").await;

    assert_eq!((answer.status, answer.body.as_str()), (200, ""));
}

#[tokio::test]
async fn a_panic_is_an_error_in_the_rooms_shape() {
    let server = TestServer::start().await;

    let answer = server.request("GET /api/panic", "").await;

    assert_eq!((answer.status, answer.json()), (500, json!({ "test": "internal_error" })));
}

#[tokio::test]
async fn a_request_that_takes_too_long_may_be_tried_again() {
    let server = TestServer::with(|settings| settings.request_timeout = std::time::Duration::from_millis(20)).await;

    let answer = server.request("GET /api/never", "").await;

    assert_eq!((answer.status, answer.json()), (503, json!({ "test": "timed_out" })));
    assert!(answer.header("retry-after").is_some());
}

#[tokio::test]
async fn a_busy_server_sheds_load_and_still_lives() {
    let server = TestServer::with(|settings| settings.max_requests = 0).await;

    let (shed, live) = (server.request("GET /api/echo", "").await, server.request("GET /livez", "").await);

    assert_eq!((shed.status, shed.json(), live.status), (503, json!({ "test": "overloaded" }), 200));
    assert!(shed.header("retry-after").is_some());
}

#[tokio::test]
async fn a_request_keeps_its_own_id() {
    let server = TestServer::start().await;

    let answer = server.request("GET /api/echo", "X-Request-Id: trace-42\r\n").await;

    assert_eq!(answer.header("x-request-id"), Some("trace-42"));
}

#[tokio::test]
async fn every_answer_is_private_and_has_an_id() {
    let server = TestServer::start().await;

    for line in ["GET /api/echo", "GET /api/panic", "GET /nothing", "FOO /livez"] {
        let answer = server.request(line, "").await;

        let headers = ["cache-control", "x-content-type-options"].map(|name| answer.header(name));
        assert_eq!(headers, [Some("no-store"), Some("nosniff")], "{line}");
        assert_eq!(answer.header("x-request-id").map(str::len), Some(36), "{line}");
    }
}

#[tokio::test]
async fn a_body_announced_too_large_is_refused_unread() {
    let server = TestServer::start().await;

    let answer = server.ask("POST /api/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1048577\r\n\r\n").await;

    assert_eq!((answer.status, answer.json()), (413, json!({ "test": "body_too_large" })));
}

#[tokio::test]
async fn a_body_that_grows_too_large_is_refused() {
    let server = TestServer::with(|settings| settings.body_bytes_max = 3).await;

    let answer = server.request("POST /api/echo", "Transfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n0\r\n").await;

    assert_eq!((answer.status, answer.json()), (413, json!({ "test": "body_too_large" })));
}

#[tokio::test]
async fn the_refusal_of_a_large_body_arrives_although_the_body_goes_on() {
    let server = TestServer::start().await;
    let body = "x".repeat(1_500_000);

    let answer = server.ask(&format!("POST /api/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1500000\r\n\r\n{body}")).await;

    assert_eq!(answer.status, 413);
}

#[tokio::test]
async fn links_name_the_port_that_the_system_gave() {
    let server = TestServer::start().await;

    let answer = server.request("GET /api/links", "").await;

    assert_eq!(answer.body, format!("http://{}", server.address));
}

#[tokio::test]
async fn readiness_is_json() {
    let server = TestServer::start().await;

    let answer = server.request("GET /readyz", "").await;

    assert_eq!((answer.status, answer.json()), (200, json!({ "status": "ready" })));
}

#[tokio::test]
async fn nothing_chosen_is_said_as_nothing() {
    let server = TestServer::start().await;

    let answer = server.request("GET /api/echo", "").await;

    assert_eq!((answer.at("path"), answer.at("host")), (Value::Null, Value::Null));
}

#[tokio::test]
async fn every_503_says_when_to_try_again() {
    let server = TestServer::start().await;

    let answer = server.request("GET /api/busy", "").await;

    assert_eq!((answer.status, answer.header("retry-after")), (503, Some("2")));
}
