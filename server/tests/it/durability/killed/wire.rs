//! One connection of a client that may be cut off at any byte. An answer that did not come whole is none.

use crate::support::{Answer, Api};
use serde_json::Value;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Error, ErrorKind, Read, Result, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// No answer takes this long; a server that lives and does not answer is a failure of its own.
const ANSWER_TIME_MAX: Duration = Duration::from_secs(30);

/// A connection that is kept for the next request.
#[derive(Debug)]
pub struct Wire {
    stream: BufReader<TcpStream>,
    secret: String,
}

/// What is asked, so that it can be asked again.
#[derive(Clone, Debug)]
pub struct Request {
    pub api: Api,
    pub method: &'static str,
    pub path: String,
    pub body: Option<Value>,
    /// Its `Idempotency-Key`.
    pub key: Option<String>,
}

impl Request {
    pub fn new(api: Api, method: &'static str, path: impl Into<String>) -> Self {
        Self { api, method, path: path.into(), body: None, key: None }
    }

    #[must_use]
    pub fn body(mut self, body: Value) -> Self {
        self.body = Some(body);
        self
    }

    #[must_use]
    pub fn key(mut self, key: &str) -> Self {
        self.key = Some(key.to_owned());
        self
    }

    fn bytes(&self, secret: &str) -> Vec<u8> {
        let mut head = format!("{} {} HTTP/1.1\r\nHost: localhost\r\n", self.method, self.path);
        let credential = self.api.credential(secret);
        let key = self.key.iter().map(|key| ("Idempotency-Key", key.clone()));
        for (name, value) in self.api.customary(Some("acme")).into_iter().chain([credential]).chain(key) {
            write!(head, "{name}: {value}\r\n").expect("a text");
        }
        let body = self.body.as_ref().map(Value::to_string).unwrap_or_default();
        if self.body.is_some() {
            write!(head, "Content-Type: application/json\r\nContent-Length: {}\r\n", body.len()).expect("a text");
        }
        [head.as_bytes(), b"\r\n", body.as_bytes()].concat()
    }
}

impl Wire {
    pub fn open(address: SocketAddr, secret: &str) -> Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(ANSWER_TIME_MAX))?;
        Ok(Self { stream: BufReader::new(stream), secret: secret.to_owned() })
    }

    /// The whole answer, or an error if the server went away before the end of it.
    pub fn ask(&mut self, request: &Request) -> Result<Answer> {
        self.stream.get_mut().write_all(&request.bytes(&self.secret))?;
        let mut answer = self.head()?;
        let length = answer.header("content-length").map_or(0, |length| length.parse().expect("a length"));
        answer.body = vec![0; length];
        self.stream.read_exact(&mut answer.body)?;
        Ok(answer)
    }

    fn head(&mut self) -> Result<Answer> {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            if self.stream.read_until(b'\n', &mut head)? == 0 {
                return Err(Error::from(ErrorKind::UnexpectedEof));
            }
        }
        Ok(Answer::parse(&head))
    }
}
