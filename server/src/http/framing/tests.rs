//! Heads and bodies, cut in every way, sound and doubtful.

use super::*;

/// Feeds the bytes in pieces of so many; returns what went through, and the verdicts.
fn follow(bytes: &str, piece: usize) -> (String, Vec<Verdict>) {
    let mut follower = Follower::new(300);
    let (mut received, mut released, mut verdicts) = (BytesMut::new(), BytesMut::new(), Vec::new());
    for piece in bytes.as_bytes().chunks(piece) {
        received.extend_from_slice(piece);
        verdicts.extend(follower.advance(&mut received, &mut released));
    }
    (String::from_utf8(released.to_vec()).unwrap(), verdicts)
}

fn is_refused(bytes: &str) -> bool {
    let (_, verdicts) = follow(bytes, 1000);
    matches!(verdicts.as_slice(), [Verdict::Refused(_)])
}

#[test]
fn requests_go_through_unchanged_however_they_are_cut() {
    let bytes = "POST /a HTTP/1.1\r\nContent-Length: 10\r\n\r\nab\r\n\r\nGET GET /b HTTP/1.1\nHost: x\n\nGET /c HTTP/1.1\r\n\r\n";

    for piece in 1..bytes.len() {
        assert_eq!(follow(bytes, piece), (bytes.to_owned(), vec![Verdict::Sound; 3]));
    }
}

#[test]
fn a_refused_head_becomes_a_harmless_one_and_nothing_follows() {
    let bytes = "POST /a?b HTTP/1.1\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /admin HTTP/1.1\r\n\r\n";

    let (released, verdicts) = follow(bytes, 7);

    assert_eq!(released, "POST /a HTTP/1.1\r\nconnection: close\r\n\r\n");
    assert!(matches!(verdicts.as_slice(), [Verdict::Refused(Refusal::BadRequest { .. })]));
}

#[test]
fn a_body_in_chunks_is_the_last_of_its_connection() {
    let bytes = "POST / HTTP/1.1\r\nTransfer-Encoding: Chunked\r\n\r\n0\r\n\r\nGET /b HTTP/1.1\r\n\r\n";

    assert_eq!(follow(bytes, 5), (bytes.to_owned(), vec![Verdict::SoundAndLast]));
}

#[test]
fn a_length_that_can_be_read_in_two_ways_is_refused() {
    assert!(is_refused("POST / HTTP/1.1\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\n"));
    assert!(is_refused("POST / HTTP/1.1\r\nContent-Length: 4, 4\r\n\r\n"));
    assert!(is_refused("POST / HTTP/1.1\r\nContent-Length: +4\r\n\r\n"));
    assert!(is_refused("POST / HTTP/1.1\r\nContent-Length:\r\n\r\n"));
    assert!(is_refused("POST / HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\n\r\n"));
    assert!(is_refused("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n"));
    assert!(is_refused("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"));
}

#[test]
fn a_folded_header_and_a_blank_before_a_colon_are_refused() {
    assert!(is_refused("GET / HTTP/1.1\r\nA: b\r\n c\r\n\r\n"));
    assert!(is_refused("POST / HTTP/1.1\r\nContent-Length : 4\r\n\r\n"));
    assert!(is_refused("GET / HTTP/1.1\r\n A: b\r\n\r\n"));
}

#[test]
fn the_same_length_twice_is_one_length() {
    let bytes = "POST / HTTP/1.1\r\nContent-Length: 2\r\ncontent-length: 2\r\n\r\nabGET / HTTP/1.1\r\n\r\n";

    assert_eq!(follow(bytes, 9).1, [Verdict::Sound, Verdict::Sound]);
}

#[test]
fn what_is_not_http_is_refused_before_its_end() {
    assert!(is_refused("\u{16}\u{3}\u{1}"));
}

#[test]
fn a_head_without_end_is_refused_as_too_large() {
    let (_, verdicts) = follow(&format!("GET / HTTP/1.1\r\nA: {}", "b".repeat(400)), 10);

    assert_eq!(verdicts, [Verdict::Refused(Refusal::HeadTooLarge)]);
}

#[test]
fn a_refused_head_keeps_what_can_be_read_of_its_path() {
    let stands_in = |bytes: &[u8]| stand_in(bytes).lines().next().map(str::to_owned).unwrap_or_default();

    assert_eq!(stands_in(b"GET /api/\xe9/x HTTP/1.1\r\n"), "GET /api/ HTTP/1.1");
    assert_eq!(stands_in(b"G@T /api/<>?x HTTP/1.1\r\n"), "GET /api/ HTTP/1.1");
    assert_eq!(stands_in(format!("PUT /api/{}", "x".repeat(70_000)).as_bytes()).len(), "PUT  HTTP/1.1".len() + PATH_BYTES_READ);
    assert_eq!(stands_in(b"GET /api/v"), "GET / HTTP/1.1");
    assert_eq!(stands_in(b"GET /api/v3\r\n"), "GET /api/v3 HTTP/1.1");
    assert_eq!(stands_in(b"CONNECT a.b:80 HTTP/1.1\r\n"), "GET / HTTP/1.1");
    assert_eq!(stands_in(b"\x16\x03\x01"), "GET / HTTP/1.1");
}
