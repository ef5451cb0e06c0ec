//! A directory with rooms around it and no network, for the rooms' own tests.

use crate::http::{App, AppState, HttpSettings, Room, Verdict, app};
use axum::body::Body;
use axum::http::{HeaderMap, Request};
use http_body_util::BodyExt;
use rollcall_core::directory::{Cell, Directory, ImportMode, Line, NewToken, Surroundings, TokenOwner};
use rollcall_core::domain::{LongLabel, Scopes, Slug};
use serde_json::Value;
use std::net::SocketAddr;
use std::sync::Arc;

/// A directory with rooms around it.
pub struct House {
    app: App,
    directory: Arc<Directory>,
    _folder: tempfile::TempDir,
}

/// What a room answered.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    headers: HeaderMap,
    pub body: String,
    /// Null where the body is no JSON.
    pub json: Value,
}

impl House {
    pub async fn new(rooms: &[&'static Room]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite:{}", folder.path().join("test.db").display());
        let state = AppState::new(HttpSettings::default(), Arc::new(Directory::open(&url, Surroundings::system()).expect("a directory")));
        Self { directory: Arc::clone(&state.directory), app: app(state, rooms), _folder: folder }
    }

    pub fn directory(&self) -> &Directory {
        &self.directory
    }

    pub fn slug(slug: &str) -> Slug {
        Slug::parse(slug).expect("a slug")
    }

    /// Makes an organization, which is called what its slug is.
    pub async fn organization(&self, slug: &str) {
        let name = LongLabel::parse(slug).expect("a name");
        self.directory.create_organization(&Self::slug(slug), &name).await.expect("an organization");
    }

    /// Loads people into an organization, each as columns with their text.
    pub async fn people(&self, slug: &str, people: &[&[(&str, &str)]]) {
        let actor = self.directory.operator(&Self::slug(slug)).await.expect("an operator");
        let cells =
            |person: &&[(&str, &str)]| person.iter().map(|(column, text)| ((*column).to_owned(), Cell::Text((*text).to_owned()))).collect();
        let lines = people.iter().zip(1..).map(|(person, number)| Line { number, cells: cells(person) }).collect();
        let mut import = self.directory.import(&actor, ImportMode::Atomic).expect("an import");
        import.people(lines).await.expect("people");
        let report = import.finish().await.expect("a report");
        assert!(report.refused.is_empty(), "{:?}", report.refused);
    }

    /// A token of one organization, behind its scheme.
    pub async fn token(&self, slug: &str, scopes: Scopes) -> String {
        let owner = TokenOwner::Organizations(vec![Self::slug(slug)]);
        let secret = self.directory.create_token(NewToken { owner, scopes, name: "test".to_owned(), expires_in_seconds: None }).await;
        format!("Bearer {}", secret.expect("a token").reveal())
    }

    pub async fn get(&self, target: &str, headers: &[(&str, &str)]) -> Answer {
        self.ask("GET", target, headers, "").await
    }

    pub async fn post(&self, target: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        self.ask("POST", target, headers, body).await
    }

    async fn ask(&self, method: &str, target: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let request = Request::builder().method(method).uri(target).header("host", "localhost");
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        let request = request.body(Body::from(body.to_owned())).expect("a request");
        let response = self.app.answer(request, SocketAddr::from(([127, 0, 0, 1], 1)), Verdict::Sound).await;
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.expect("a body").to_bytes();
        let body = String::from_utf8(bytes.to_vec()).expect("text");
        Answer { status: parts.status.as_u16(), headers: parts.headers, json: serde_json::from_str(&body).unwrap_or_default(), body }
    }
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }
}
