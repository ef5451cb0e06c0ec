//! Who is asking: a credential, and the request that it makes.

use super::{Answer, Api};
use std::fmt::Write;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// No answer takes this long; a test that waits for one is lost.
const ANSWER_TIME_MAX: Duration = Duration::from_secs(30);

/// Somebody who asks, with or without a secret.
#[derive(Clone, Debug)]
pub struct Client {
    pub address: SocketAddr,
    pub secret: Option<String>,
    /// What this client sends as `Wethod-Company`.
    pub organization: Option<&'static str>,
}

impl Client {
    /// Risk Manager's list of people: `modulo("$filter=Login eq null")`.
    pub async fn modulo(&self, query: &str) -> Answer {
        self.get(Api::Modulo, &format!("/api/Organization/people?{query}")).await
    }

    /// Risk Manager's list of people that pass a filter.
    pub async fn filtered(&self, filter: &str) -> Answer {
        self.modulo(&format!("page_size=100&$filter={filter}")).await
    }

    /// Risk Manager's list of people in an order.
    pub async fn ordered(&self, order: &str) -> Answer {
        self.modulo(&format!("page_size=100&$orderby={order}")).await
    }

    /// Wethod's list of persons: `wethod("limit=1")`.
    pub async fn wethod(&self, query: &str) -> Answer {
        self.get(Api::Wethod, &format!("/api/persons?{query}")).await
    }

    /// A place of ProofHub: `proofhub("people/1")`.
    pub async fn proofhub(&self, path: &str) -> Answer {
        self.get(Api::ProofHub, &format!("/api/v3/{path}")).await
    }

    /// A place of 24SevenOffice: `seven("organization/people")`.
    pub async fn seven(&self, path: &str) -> Answer {
        self.get(Api::Seven, &format!("/v1/{path}")).await
    }

    /// The list of people, in whichever API.
    pub async fn people(&self, api: Api) -> Answer {
        self.get(api, api.people()).await
    }

    pub async fn get(&self, api: Api, target: &str) -> Answer {
        self.call(api, "GET", target).send().await
    }

    /// A request as this API's clients send it, to be changed before it is sent.
    pub fn call(&self, api: Api, method: &str, target: &str) -> Call {
        let credential = self.secret.as_deref().map(|secret| api.credential(secret));
        let headers = api.customary(self.organization).into_iter().chain(credential);
        let call = Call::new(self.address, method, target);
        headers.fold(call, |call, (name, value)| call.header(name, &value))
    }
}

/// A request that was not sent yet.
#[derive(Clone, Debug)]
pub struct Call {
    address: SocketAddr,
    method: String,
    target: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Call {
    pub fn new(address: SocketAddr, method: &str, target: &str) -> Self {
        let headers = vec![("Host".to_owned(), address.to_string()), ("Connection".to_owned(), "close".to_owned())];
        Self { address, method: method.to_owned(), target: encoded(target), headers, body: Vec::new() }
    }

    /// With this header, in place of one of the same name.
    #[must_use]
    pub fn header(self, name: &str, value: &str) -> Self {
        let mut call = self.without(name);
        call.headers.push((name.to_owned(), value.to_owned()));
        call
    }

    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(field, _)| !field.eq_ignore_ascii_case(name));
        self
    }

    /// Below the path of an organization.
    #[must_use]
    pub fn below(mut self, slug: &str) -> Self {
        self.target = format!("/{slug}{}", self.target);
        self
    }

    #[must_use]
    pub fn body(mut self, kind: &str, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        let length = self.body.len().to_string();
        self.header("Content-Type", kind).header("Content-Length", &length)
    }

    pub async fn send(self) -> Answer {
        say(self.address, &self.bytes()).await
    }

    /// How many of so many such requests are answered 200, all over one connection.
    pub async fn good_of(self, requests: usize) -> usize {
        let last = self.bytes();
        let bytes = [self.clone().without("Connection").bytes().repeat(requests - 1), last].concat();
        let mut stream = TcpStream::connect(self.address).await.expect("a connection");
        let (mut reading, mut writing) = stream.split();
        let mut answers = Vec::new();
        let (written, read) = tokio::join!(writing.write_all(&bytes), reading.read_to_end(&mut answers));
        written.and(read).expect("a conversation");
        String::from_utf8(answers).expect("text").matches("HTTP/1.1 200 OK\r\n").count()
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut head = format!("{} {} HTTP/1.1\r\n", self.method, self.target);
        for (name, value) in &self.headers {
            write!(head, "{name}: {value}\r\n").expect("writing to a text");
        }
        head.push_str("\r\n");
        [head.as_bytes(), &self.body].concat()
    }
}

/// Writes the bytes and reads until the server closes. They must make it close after one answer.
pub async fn say(address: SocketAddr, bytes: &[u8]) -> Answer {
    let conversation = async {
        let mut stream = TcpStream::connect(address).await.expect("a connection");
        stream.write_all(bytes).await.expect("writing");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.expect("reading");
        answer
    };
    let answer = tokio::time::timeout(ANSWER_TIME_MAX, conversation).await.expect("an answer in time");
    Answer::parse(&answer)
}

/// The target with what no request line may hold percent-encoded; everything else stays as it was written.
fn encoded(target: &str) -> String {
    let mut text = String::with_capacity(target.len());
    for byte in target.bytes() {
        match byte {
            0x21..=0x7e if !matches!(byte, b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}' | b'#') => {
                text.push(char::from(byte))
            }
            _ => write!(text, "%{byte:02X}").expect("writing to a text"),
        }
    }
    text
}
