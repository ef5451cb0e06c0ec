//! A server on a port of its own with one small room, and a client that writes raw bytes.

use crate::http::quick::never;
use crate::http::refusal::Refusal;
use crate::http::room::{Room, as_rendered, method_as_sent};
use crate::http::route::{Access, Routes};
use crate::http::settings::HttpSettings;
use crate::http::state::AppState;
use crate::http::{Chosen, Conditions, IdempotencyKey, Server, Tag, body};
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use rollcall_core::directory::{Directory, Surroundings};
use rollcall_core::domain::Scopes;
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::oneshot;

/// The room of these tests.
pub static TEST_ROOM: Room = Room {
    name: "test",
    claims: |path| path.to_ascii_lowercase().starts_with("/api/"),
    spell: |path| path.strip_prefix("/API/").map(|rest| format!("/api/{rest}")),
    method: |method, headers| Ok(overriding(method, headers)),
    rate: None,
    headers: &[],
    quick: never,
    portrait: None,
    finish: as_rendered,
    quirks: &[],
    refuse: |refusal| (refusal.status(), Json(json!({ "test": refusal.code() }))).into_response(),
    routes,
};

/// A room that mounts nothing and claims nothing.
pub static EMPTY_ROOM: Room = Room {
    name: "empty",
    claims: |_| false,
    spell: |_| None,
    method: method_as_sent,
    rate: None,
    headers: &[],
    quick: never,
    portrait: None,
    finish: as_rendered,
    quirks: &[],
    refuse: |refusal: Refusal| refusal.into_response(),
    routes: Routes::new,
};

fn routes() -> Routes {
    Routes::new()
        .get("/api/echo", Access::Open, echo)
        .post("/api/echo", Access::Credential, echo)
        .put("/api/echo", Access::Open, echo)
        .get("/api/panic", Access::Open, panics)
        .get("/api/busy", Access::Open, is_busy)
        .get("/api/links", Access::Open, links)
        .get("/api/stuck", Access::Open, gets_stuck)
        .get("/api/tagged", Access::Open, tagged)
        .post("/api/tagged", Access::Open, |_: IdempotencyKey| std::future::ready(StatusCode::CREATED))
        .get("/api/never", Access::Open, std::future::pending::<Response>)
        .get("/api/things/{id}", Access::Open, |path: axum::extract::Path<String>| std::future::ready(path.0))
}

fn overriding(method: &Method, headers: &HeaderMap) -> Option<Method> {
    let meant = headers.get("x-http-method-override").filter(|_| method == Method::POST)?;
    Method::from_bytes(meant.as_bytes()).ok()
}

/// Says what reached the handler.
async fn echo(Extension(access): Extension<Access>, Extension(chosen): Extension<Chosen>, request: Request<Body>) -> Response {
    let (method, target) = (request.method().to_string(), request.uri().to_string());
    let query = request.uri().query().map(str::to_owned);
    match body::read(request.into_body()).await {
        Ok(bytes) => Json(json!({
            "method": method,
            "target": target,
            "query": query,
            "body": String::from_utf8_lossy(&bytes),
            "access": format!("{access:?}"),
            "path": chosen.path.map(|slug| slug.to_string()),
            "host": chosen.host,
        }))
        .into_response(),
        Err(refusal) => TEST_ROOM.refused(refusal),
    }
}

async fn is_busy() -> StatusCode {
    StatusCode::SERVICE_UNAVAILABLE
}

async fn panics() -> Response {
    panic!("as the test asked")
}

/// Something of organization 42 as it was last changed by change 31.
async fn tagged(conditions: Conditions) -> Response {
    let tag = Tag::new("2a-1f".parse().expect("a version"), Scopes::default(), "Authorization");
    match conditions.answer(&tag) {
        Ok(Some(known)) => known,
        Ok(None) => tag.onto("as of 31".into_response()),
        Err(refusal) => TEST_ROOM.refused(refusal),
    }
}

/// What links to this server begin with.
async fn links(State(app): State<AppState>) -> String {
    app.settings.public_url().to_string()
}

/// Holds its thread, so that neither a time-out nor a stop reaches it.
async fn gets_stuck() -> Response {
    std::thread::sleep(Duration::from_secs(4));
    StatusCode::OK.into_response()
}

/// A server that runs as long as this value lives.
pub struct TestServer {
    pub address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    running: tokio::task::JoinHandle<()>,
    _folder: tempfile::TempDir,
}

impl TestServer {
    pub async fn start() -> Self {
        Self::with(|_| {}).await
    }

    pub async fn with(change: impl FnOnce(&mut HttpSettings)) -> Self {
        let mut settings = HttpSettings { listen: SocketAddr::from(([127, 0, 0, 1], 0)), ..HttpSettings::default() };
        change(&mut settings);
        let folder = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite:{}", folder.path().join("test.db").display());
        let directory = Directory::open(&url, Surroundings::system()).await.expect("a directory");
        let server = Server::bind(settings, Arc::new(directory), &[&EMPTY_ROOM, &TEST_ROOM]).await.expect("a free port");
        let (stop, stopped) = oneshot::channel::<()>();
        let address = server.address();
        let running = tokio::spawn(server.run(async {
            // A sender that is gone is a stop too.
            let _ = stopped.await;
        }));
        Self { address, stop: Some(stop), running, _folder: folder }
    }

    /// Writes the bytes and reads until the server closes.
    pub async fn say(&self, bytes: &str) -> Vec<Answer> {
        let mut stream = self.connect().await;
        stream.write_all(bytes.as_bytes()).await.expect("writing");
        answers(stream).await
    }

    /// The one answer to the bytes. They must make the server close.
    pub async fn ask(&self, bytes: &str) -> Answer {
        let mut answers = self.say(bytes).await;
        assert_eq!(answers.len(), 1, "{answers:?}");
        answers.remove(0)
    }

    /// The answer to a request with this first line and these headers.
    pub async fn request(&self, line: &str, headers: &str) -> Answer {
        self.ask(&format!("{line} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n")).await
    }

    pub async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.expect("a connection")
    }

    pub fn stop(&mut self) {
        self.stop.take();
    }

    pub async fn ended(self) {
        self.running.await.expect("the server ends");
    }
}

/// Everything that the server says until it closes.
pub async fn answers(mut stream: TcpStream) -> Vec<Answer> {
    let mut bytes = Vec::new();
    let read = tokio::time::timeout(Duration::from_secs(20), stream.read_to_end(&mut bytes)).await;
    read.expect("the server closes").expect("reading");
    Answer::all(&String::from_utf8(bytes).expect("text"))
}

/// One answer of the server.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    head: String,
    pub body: String,
}

impl Answer {
    fn all(mut text: &str) -> Vec<Self> {
        let mut answers = Vec::new();
        while let Some((head, rest)) = text.split_once("\r\n\r\n") {
            let status = head.split(' ').nth(1).and_then(|word| word.parse().ok()).expect("a status");
            let mut answer = Self { status, head: head.to_owned(), body: String::new() };
            let length = answer.header("content-length").and_then(|value| value.parse().ok()).unwrap_or(0).min(rest.len());
            answer.body = rest[..length].to_owned();
            text = &rest[length..];
            answers.push(answer);
        }
        answers
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let fields = self.head.lines().skip(1).filter_map(|line| line.split_once(": "));
        fields.filter(|(field, _)| field.eq_ignore_ascii_case(name)).map(|(_, value)| value).next()
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).expect("JSON")
    }

    /// The member of the answer's object.
    pub fn at(&self, member: &str) -> Value {
        self.json()[member].clone()
    }
}
