//! An answer as the bytes of a response, but for what is another in each: its name and its date.

use super::date;
use crate::http::request_id::{RequestId, X_REQUEST_ID};
use axum::body::{Body, HttpBody};
use axum::http::header::{CONTENT_LENGTH, DATE, TRANSFER_ENCODING};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use bytes::Bytes;
use futures_util::FutureExt;
use http_body_util::BodyExt;
use std::io::Write;

/// A body up to this length goes out in one piece with its head: to copy it costs less than to send two pieces.
const COPIED_BYTES_MAX: usize = 4096;

/// An answer of 200 whose body is known whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The line of the status and every header that is always the same.
    head: Bytes,
    body: Bytes,
}

impl Answer {
    /// `None`: the response is of another status, or its body is not there yet.
    pub(super) fn of(response: Response) -> Option<Self> {
        let (parts, body) = response.into_parts();
        if parts.status != StatusCode::OK {
            return None;
        }
        let body = whole(body)?;
        let mut head = Vec::with_capacity(384);
        head.extend_from_slice(b"HTTP/1.1 200 OK\r\n");
        push_headers(&mut head, &parts.headers);
        // Writing into bytes cannot fail.
        let _ = write!(head, "content-length: {}\r\n", body.len());
        Some(Self { head: head.into(), body })
    }

    /// The response to one request, now: its whole head, then its body.
    pub(super) fn to_bytes(&self, id: &RequestId, id_header: Option<&str>, is_last: bool) -> (Vec<u8>, Bytes) {
        let date = date::now();
        let id = id.as_str().as_bytes();
        let mut head = Vec::with_capacity(self.head.len() + 192 + self.body.len().min(COPIED_BYTES_MAX));
        let parts: [&[u8]; 5] = [&self.head, b"x-request-id: ", id, b"\r\ndate: ", &date];
        parts.into_iter().for_each(|part| head.extend_from_slice(part));
        if let Some(name) = id_header {
            [b"\r\n", name.as_bytes(), b": ", id].into_iter().for_each(|part| head.extend_from_slice(part));
        }
        if is_last {
            head.extend_from_slice(b"\r\nconnection: close");
        }
        head.extend_from_slice(b"\r\n\r\n");
        if self.body.len() > COPIED_BYTES_MAX {
            return (head, self.body.clone());
        }
        head.extend_from_slice(&self.body);
        (head, Bytes::new())
    }

    /// So many bytes are held for it.
    pub(super) const fn bytes(&self) -> usize {
        self.head.len() + self.body.len()
    }
}

fn push_headers(head: &mut Vec<u8>, headers: &HeaderMap) {
    let of_one_response = [X_REQUEST_ID, DATE, CONTENT_LENGTH, TRANSFER_ENCODING];
    for (name, value) in headers.iter().filter(|(name, _)| !of_one_response.contains(name)) {
        let parts: [&[u8]; 4] = [name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"];
        parts.into_iter().for_each(|part| head.extend_from_slice(part));
    }
}

/// The bytes of a body that is ready.
fn whole(body: Body) -> Option<Bytes> {
    body.size_hint().exact()?;
    body.collect().now_or_never()?.ok().map(|body| body.to_bytes())
}
