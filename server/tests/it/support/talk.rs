//! A connection that stays open from request to request.

use super::{Answer, Call};
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// No answer takes this long; a test that waits for one is lost.
const ANSWER_TIME_MAX: Duration = Duration::from_secs(30);

/// A connection that stays open from request to request.
#[derive(Debug)]
pub struct Talk {
    stream: TcpStream,
    received: Vec<u8>,
}

impl Talk {
    pub async fn with(address: SocketAddr) -> Self {
        Self { stream: TcpStream::connect(address).await.expect("a connection"), received: Vec::new() }
    }

    /// The answer to one request.
    pub async fn ask(&mut self, call: &Call) -> Answer {
        self.stream.write_all(&call.bytes()).await.expect("writing");
        self.next().await
    }

    /// The answers to several requests that are sent all at once, in the order in which they come.
    pub async fn all(mut self, calls: &[Call]) -> Vec<Answer> {
        let bytes: Vec<u8> = calls.iter().flat_map(Call::bytes).collect();
        self.stream.write_all(&bytes).await.expect("writing");
        let mut answers = Vec::with_capacity(calls.len());
        for _ in calls {
            answers.push(self.next().await);
        }
        answers
    }

    async fn next(&mut self) -> Answer {
        tokio::time::timeout(ANSWER_TIME_MAX, self.read()).await.expect("an answer in time")
    }

    async fn read(&mut self) -> Answer {
        loop {
            if let Some(length) = length(&self.received) {
                let rest = self.received.split_off(length);
                return Answer::parse(&std::mem::replace(&mut self.received, rest));
            }
            let count = self.stream.read_buf(&mut self.received).await.expect("reading");
            assert!(count > 0, "the server closed in the middle of an answer: {:?}", String::from_utf8_lossy(&self.received));
        }
    }
}

/// The bytes of the first answer, if it is there whole. Every answer of these tests says how long it is.
fn length(received: &[u8]) -> Option<usize> {
    let head = received.windows(4).position(|window| window == b"\r\n\r\n")? + 4;
    let body = Answer::parse(&received[..head]).header("content-length").and_then(|text| text.parse().ok()).unwrap_or(0);
    (received.len() >= head + body).then_some(head + body)
}
