//! What a connection carries besides one tidy request: several, broken, slow and hostile ones.

use super::support::{Answer, TestServer, answers};
use serde_json::json;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

const SHORT: Duration = Duration::from_millis(50);

fn is_bad_request_of_the_room(answer: &Answer) -> bool {
    answer.status == 400 && answer.json() == json!({ "test": "bad_request" }) && answer.header("connection") == Some("close")
}

#[tokio::test]
async fn a_request_with_both_lengths_is_refused_and_nothing_follows() {
    let server = TestServer::start().await;

    let answer = server
        .ask(
            "POST /api/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n\
             0\r\n\r\nGET /api/echo HTTP/1.1\r\nHost: x\r\n\r\n",
        )
        .await;

    assert!(is_bad_request_of_the_room(&answer), "{answer:?}");
}

#[tokio::test]
async fn both_lengths_are_refused_behind_a_sound_request_too() {
    let server = TestServer::start().await;

    let answers = server
        .say(
            "POST /api/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nab\
             POST /api/echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
        )
        .await;

    assert_eq!(answers[0].at("body"), "ab");
    assert!(is_bad_request_of_the_room(&answers[1]), "{answers:?}");
}

#[tokio::test]
async fn what_is_not_http_is_refused_in_json() {
    let server = TestServer::start().await;

    for bytes in ["hello\r\n\r\n", "\u{16}\u{3}\u{1}", "GET /api/echo\r\n\r\n", "GET /api/echo HTTP/9\r\n\r\n"] {
        let answer = server.ask(bytes).await;

        assert_eq!(answer.status, 400, "{bytes}");
        assert!(answer.json().is_object(), "{bytes}");
    }
}

#[tokio::test]
async fn a_malformed_header_is_refused_in_the_rooms_shape() {
    let server = TestServer::start().await;

    for header in ["A : b", "A", "A: b\r\n c", "Content-Length: x", "Transfer-Encoding: gzip"] {
        let answer = server.ask(&format!("POST /api/echo HTTP/1.1\r\nHost: x\r\n{header}\r\n\r\n")).await;

        assert!(is_bad_request_of_the_room(&answer), "{header}: {answer:?}");
    }
}

#[tokio::test]
async fn pipelined_requests_are_answered_in_order() {
    let server = TestServer::start().await;

    let answers = server
        .say(
            "GET /api/echo?1 HTTP/1.1\r\nHost: x\r\n\r\nPOST /api/echo?2 HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc\
             GET /api/echo?3 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        )
        .await;

    let targets: Vec<_> = answers.iter().map(|answer| answer.at("target")).collect();
    assert_eq!(targets, ["/api/echo?1", "/api/echo?2", "/api/echo?3"]);
}

#[tokio::test]
async fn a_body_that_nobody_reads_does_not_become_a_request() {
    let server = TestServer::start().await;
    let hidden = "GET /api/echo?hidden HTTP/1.1\r\nHost: x\r\n\r\n";

    let answers = server
        .say(&format!(
            "POST /api/nothing HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\n\r\n{hidden}\
             GET /api/echo?open HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            hidden.len()
        ))
        .await;

    assert!(answers.iter().all(|answer| !answer.body.contains("hidden")), "{answers:?}");
}

#[tokio::test]
async fn a_body_in_chunks_is_read_and_its_connection_closed() {
    let server = TestServer::start().await;

    let answer =
        server.ask("POST /api/echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1;x=y\r\nc\r\n0\r\n\r\n").await;

    assert_eq!((answer.at("body"), answer.header("connection")), (json!("abc"), Some("close")));
}

#[tokio::test]
async fn a_broken_chunk_is_a_bad_request() {
    let server = TestServer::start().await;

    let answer = server.ask("POST /api/echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nab\r\n").await;

    assert!(is_bad_request_of_the_room(&answer), "{answer:?}");
}

#[tokio::test]
async fn a_missing_or_doubled_host_is_a_bad_request() {
    let server = TestServer::start().await;

    for hosts in ["", "Host: a\r\nHost: a\r\n", "Host: a b\r\n"] {
        let answer = server.ask(&format!("GET /api/echo HTTP/1.1\r\n{hosts}Connection: close\r\n\r\n")).await;

        assert!(is_bad_request_of_the_room(&answer), "{hosts}: {answer:?}");
    }
}

#[tokio::test]
async fn the_old_version_needs_no_host() {
    let server = TestServer::start().await;

    assert_eq!(server.ask("GET /api/echo HTTP/1.0\r\n\r\n").await.status, 200);
}

#[tokio::test]
async fn a_head_that_never_ends_is_given_up_with_an_answer() {
    let server = TestServer::with(|settings| settings.header_timeout = SHORT).await;

    let answer = server.ask("GET /api/echo HTTP/1.1\r\nHost: x\r\nA").await;

    assert_eq!((answer.status, answer.json()), (408, json!({ "test": "request_timeout" })));
}

#[tokio::test]
async fn a_silent_connection_is_closed_without_a_word() {
    let server = TestServer::with(|settings| settings.idle_timeout = SHORT).await;

    assert!(server.say("").await.is_empty());
}

#[tokio::test]
async fn blank_lines_do_not_keep_a_connection_open() {
    let server = TestServer::with(|settings| settings.idle_timeout = SHORT).await;
    let (mut reading, mut writing) = server.connect().await.into_split();
    let dribble = async {
        loop {
            for byte in [b"\r", b"\n"] {
                // It fails once the server has closed.
                let _ = writing.write_all(byte).await;
                tokio::time::sleep(SHORT / 5).await;
            }
        }
    };

    let closed = async { reading.read(&mut [0; 100]).await.unwrap_or(0) };

    tokio::select! {
        bytes = tokio::time::timeout(SHORT * 20, closed) => assert_eq!(bytes.ok(), Some(0)),
        () = dribble => {}
    }
}

#[tokio::test]
async fn a_kept_connection_is_closed_when_nothing_follows() {
    let server = TestServer::with(|settings| settings.idle_timeout = SHORT).await;

    assert_eq!(server.say("GET /api/echo HTTP/1.1\r\nHost: x\r\n\r\n").await.len(), 1);
}

#[tokio::test]
async fn a_request_in_work_outlives_the_patience_for_silence() {
    let server = TestServer::with(|settings| {
        settings.idle_timeout = Duration::from_millis(10);
        settings.request_timeout = Duration::from_millis(100);
    })
    .await;

    assert_eq!(server.request("GET /api/never", "").await.at("test"), "timed_out");
}

#[tokio::test]
async fn a_head_that_is_too_large_is_refused() {
    let server = TestServer::start().await;

    for headers in [format!("A: {}\r\n", "b".repeat(40_000)), "A: b\r\n".repeat(101)] {
        let answer = server.ask(&format!("GET /api/echo HTTP/1.1\r\nHost: x\r\n{headers}\r\n")).await;

        assert_eq!((answer.status, answer.json()), (431, json!({ "test": "headers_too_large" })));
    }
}

#[tokio::test]
async fn a_client_that_has_said_all_still_gets_its_answer() {
    let server = TestServer::start().await;
    let mut stream = server.connect().await;

    stream.write_all(b"GET /api/echo HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
    stream.shutdown().await.unwrap();

    assert_eq!(answers(stream).await[0].status, 200);
}

#[tokio::test]
async fn a_client_that_waits_to_send_its_body_is_told_to_go_on() {
    let server = TestServer::start().await;
    let mut stream = server.connect().await;

    let head = b"POST /api/echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\nConnection: close\r\n\r\n";
    stream.write_all(head).await.unwrap();
    let mut go_on = [0; 25];
    stream.read_exact(&mut go_on).await.unwrap();
    stream.write_all(b"ab").await.unwrap();

    assert_eq!(&go_on, b"HTTP/1.1 100 Continue\r\n\r\n");
    assert_eq!(answers(stream).await[0].at("body"), "ab");
}

#[tokio::test]
async fn a_stopped_server_lets_a_request_in_work_end() {
    let mut server = TestServer::with(|settings| settings.request_timeout = Duration::from_millis(200)).await;
    let mut stream = server.connect().await;
    stream.write_all(b"GET /api/never HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
    tokio::time::sleep(SHORT).await;

    server.stop();

    assert_eq!(answers(stream).await[0].at("test"), "timed_out");
    server.ended().await;
}

#[tokio::test]
async fn a_stopped_server_does_not_wait_for_silent_connections() {
    let mut server = TestServer::start().await;
    let stream = server.connect().await;
    tokio::time::sleep(SHORT).await;

    server.stop();
    server.ended().await;

    assert!(answers(stream).await.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_stopped_server_does_not_wait_for_a_request_that_cannot_be_stopped() {
    let mut server = TestServer::with(|settings| settings.drain_timeout = SHORT).await;
    let mut stream = server.connect().await;
    stream.write_all(b"GET /api/stuck HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
    tokio::time::sleep(SHORT).await;

    server.stop();

    // The request holds its thread for longer than this.
    tokio::time::timeout(Duration::from_secs(3), server.ended()).await.expect("it ends");
}
