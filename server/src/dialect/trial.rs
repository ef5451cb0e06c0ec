//! For the rooms' own tests: every room over a directory of two organizations, asked without a network.

use crate::http::{App, AppState, HttpSettings, LimitSettings, Verdict, app};
use axum::body::Body;
use axum::http::{HeaderMap, Request};
use http_body_util::BodyExt;
use rollcall_core::directory::{
    Cell, Directory, ImportMode, Line, NewApplication, NewToken, RegisteredApplication, Surroundings, TokenOwner,
};
use rollcall_core::domain::{Email, Identity, IdentityId, LongLabel, PersonNumber, Quirks, Scopes, Slug};
use serde_json::Value;
use std::net::SocketAddr;
use std::sync::Arc;

/// Three people of the senate. Jane has neither login nor e-mail address.
const PEOPLE: [&[(&str, &str)]; 3] = [
    &[
        ("number", "7"),
        ("uuid", "6fe49ce4-56d4-475f-9483-1adca6b2976c"),
        ("display_name", "John Smith"),
        ("email", "jsmith@example.com"),
        ("login", "jsmith"),
    ],
    &[
        ("number", "8"),
        ("uuid", "63e5fe02-5773-4a49-ba13-22506f022316"),
        ("display_name", "James Hoffman"),
        ("login", "jhoffman"),
        ("account", "none"),
    ],
    &[
        ("number", "9"),
        ("uuid", "0198c2a4-7d3e-7000-8000-000000000009"),
        ("given_name", "Jane"),
        ("family_name", "Doe"),
        ("account", "blocked"),
    ],
];

/// John and Jane are the managers, and John is responsible for them.
const MANAGERS: [&[(&str, &str)]; 2] = [
    &[
        ("group_number", "5"),
        ("group_uuid", "0198c2a4-7d3e-7000-8000-000000000005"),
        ("group_name", "Managers"),
        ("group_responsible", "jsmith"),
        ("person_number", "7"),
    ],
    &[("group_number", "5"), ("person_number", "9")],
];

/// A directory with the organizations `senate` and `house`.
pub struct Trial {
    app: App,
    directory: Arc<Directory>,
    _folder: tempfile::TempDir,
}

/// An answer, read.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: String,
}

impl Trial {
    pub async fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite:{}", folder.path().join("trial.db").display());
        let directory = Directory::open(&url, Surroundings::system()).await.expect("a directory");
        for name in ["senate", "house"] {
            let label = LongLabel::parse(name).expect("a name");
            directory.create_organization(&slug(name), &label).await.expect("an organization");
        }
        let directory = Arc::new(directory);
        let settings = HttpSettings { limits: LimitSettings::off(), ..HttpSettings::default() };
        let state = AppState::new(settings, Arc::clone(&directory));
        Self { app: app(state, super::ROOMS), directory, _folder: folder }
    }

    /// The same with three people and one group in the senate.
    pub async fn populated() -> Self {
        let trial = Self::new().await;
        trial.add("senate", &PEOPLE, &MANAGERS).await;
        trial
    }

    /// Adds people and groups, each as columns with their text.
    pub async fn add(&self, organization: &str, people: &[&[(&str, &str)]], groups: &[&[(&str, &str)]]) {
        let actor = self.directory.operator(&slug(organization)).await.expect("an operator");
        let mut import = self.directory.import(&actor, ImportMode::Batches).expect("an import");
        import.people(lines(people)).await.expect("people");
        import.groups(lines(groups)).await.expect("groups");
        assert_eq!(import.finish().await.expect("a report").refused, []);
    }

    /// Somebody with a login.
    pub async fn identity(&self, email: &str) -> Identity {
        let email = Email::parse(email).expect("an address");
        self.directory.create_identity(&email, None).await.expect("an identity")
    }

    /// The token of somebody with a login, with no scope of its own.
    pub async fn token_of_identity(&self, identity: IdentityId) -> String {
        self.token_for(TokenOwner::Identity(identity), Scopes::default()).await
    }

    /// The token of one of the senate's people, with every scope.
    pub async fn token_of(&self, person: i64) -> String {
        let person = PersonNumber::new(person).expect("a number");
        self.token_for(TokenOwner::Person(slug("senate"), person), Scopes::all()).await
    }

    /// A token of these organizations with these scopes.
    pub async fn token(&self, organizations: &[&str], scopes: &str) -> String {
        self.token_for(TokenOwner::Organizations(slugs(organizations)), Scopes::parse(scopes).expect("scopes")).await
    }

    async fn token_for(&self, owner: TokenOwner, scopes: Scopes) -> String {
        let new = NewToken { owner, scopes, name: "trial".to_owned(), expires_in_seconds: None, quirks: Quirks::none() };
        self.directory.create_token(new).await.expect("a token").reveal().to_owned()
    }

    /// An application of these organizations with these scopes.
    pub async fn application(&self, organizations: &[&str], scopes: &str) -> RegisteredApplication {
        let scopes = Scopes::parse(scopes).expect("scopes");
        let new = NewApplication { organizations: slugs(organizations), scopes, name: "trial".to_owned(), redirects: Vec::new() };
        self.directory.create_application(new).await.expect("an application")
    }

    pub async fn get(&self, target: &str, headers: &[(&str, &str)]) -> Answer {
        self.ask("GET", target, headers, "").await
    }

    pub async fn ask(&self, method: &str, target: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let host = if headers.iter().any(|(name, _)| *name == "host") { None } else { Some(("host", "localhost")) };
        let request = Request::builder().method(method).uri(target);
        let request = headers.iter().copied().chain(host).fold(request, |request, (name, value)| request.header(name, value));
        let request = request.body(Body::from(body.to_owned())).expect("a request");
        let response = self.app.answer(request, SocketAddr::from(([127, 0, 0, 1], 1)), Verdict::Sound).await;
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.expect("a body").to_bytes();
        Answer { status: parts.status.as_u16(), headers: parts.headers, body: String::from_utf8(bytes.into()).expect("text") }
    }
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).expect("JSON")
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

fn slug(name: &str) -> Slug {
    Slug::parse(name).expect("a slug")
}

fn slugs(names: &[&str]) -> Vec<Slug> {
    names.iter().map(|name| slug(name)).collect()
}

fn lines(rows: &[&[(&str, &str)]]) -> Vec<Line> {
    let cells = |row: &[(&str, &str)]| row.iter().map(|(column, text)| ((*column).to_owned(), Cell::Text((*text).to_owned()))).collect();
    rows.iter().zip(1..).map(|(row, number)| Line { number, cells: cells(row) }).collect()
}
