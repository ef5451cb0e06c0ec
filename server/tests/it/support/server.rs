//! A real server over a database of its own, with the organizations `senate` and `house`.

use super::{Answer, Api, Call, Client, Clock, Database, OWNER, line, say};
use rollcall::http::{HttpSettings, LimitSettings, MetricsAccess, OpenIdSettings, Server};
use rollcall_core::directory::{Directory, FirstOwner, ImportMode, Line, NewApplication, NewToken, RegisteredApplication, TokenOwner};
use rollcall_core::domain::{Email, IdentityId, LongLabel, Name, PersonNumber, QuirkName, Quirks, RedirectUri, Scope, Scopes, Slug};
use rollcall_core::query::{Comparison, Filter, PersonQuery, TextField};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::oneshot;

/// When every test begins, unless it says otherwise.
const BEGINNING: &str = "2025-01-01T00:00:00Z";

/// A server that runs as long as this value lives.
#[derive(Debug)]
pub struct TestServer {
    pub directory: Arc<Directory>,
    pub clock: Clock,
    address: SocketAddr,
    reader: String,
    admin: String,
    _stop: oneshot::Sender<()>,
    database: Database,
}

/// Another server over the database of a [`TestServer`], which runs as long as this value lives.
#[derive(Debug)]
pub struct Beside {
    address: SocketAddr,
    _stop: oneshot::Sender<()>,
}

impl Beside {
    /// The same client, asking here.
    pub fn client(&self, client: &Client) -> Client {
        Client { address: self.address, ..client.clone() }
    }
}

/// Serves a directory at a free port, until the sender is gone.
async fn serve(settings: HttpSettings, directory: &Arc<Directory>) -> (SocketAddr, oneshot::Sender<()>) {
    let settings = HttpSettings { listen: SocketAddr::from(([127, 0, 0, 1], 0)), ..settings };
    let server = Server::bind(settings, Arc::clone(directory), &rollcall::rooms()).await.expect("a free port");
    let address = server.address();
    let (stop, stopped) = oneshot::channel::<()>();
    tokio::spawn(server.run(async {
        // A sender that is gone is a stop too.
        let _ = stopped.await;
    }));
    (address, stop)
}

impl TestServer {
    /// Nobody is there yet.
    pub async fn start() -> Self {
        Self::start_at(BEGINNING).await
    }

    /// With these people in the senate, numbered from 1.
    pub async fn with(people: Vec<Line>) -> Self {
        let server = Self::start().await;
        server.add("senate", people).await;
        server
    }

    /// With people in both organizations.
    pub async fn with_both(senate: Vec<Line>, house: Vec<Line>) -> Self {
        let server = Self::with(senate).await;
        server.add("house", house).await;
        server
    }

    /// Nobody is there yet, and it is this time.
    pub async fn start_at(time: &str) -> Self {
        Self::start_with(time, LimitSettings::off()).await
    }

    /// Nobody is there yet, and clients are limited. On every other server they are not, so that no test but those of
    /// limits has to count its requests.
    pub async fn limited(limits: LimitSettings) -> Self {
        Self::start_with(BEGINNING, limits).await
    }

    /// Nobody is there yet, and the database is this one.
    pub async fn on(database: Database) -> Self {
        Self::start_on(database, BEGINNING, HttpSettings { limits: LimitSettings::off(), ..HttpSettings::default() }).await
    }

    /// Nobody is there yet, and people may sign in with this issuer.
    pub async fn with_issuer(issuer: OpenIdSettings) -> Self {
        let settings = HttpSettings { limits: LimitSettings::off(), open_id: Some(issuer), ..HttpSettings::default() };
        Self::start_on(Database::new(), BEGINNING, settings).await
    }

    /// Nobody is there yet, and these may see what is counted.
    pub async fn showing_metrics_to(database: Database, metrics: MetricsAccess) -> Self {
        let settings = HttpSettings { limits: LimitSettings::off(), metrics, ..HttpSettings::default() };
        Self::start_on(database, BEGINNING, settings).await
    }

    /// Nobody is there yet, and no request has a place among those in work.
    pub async fn without_places(database: Database) -> Self {
        let settings = HttpSettings { limits: LimitSettings::off(), max_requests: 0, ..HttpSettings::default() };
        Self::start_on(database, BEGINNING, settings).await
    }

    /// With these people, and little patience for a silent connection.
    pub async fn impatient(people: Vec<Line>, idle_timeout: Duration) -> Self {
        let settings = HttpSettings { limits: LimitSettings::off(), idle_timeout, ..HttpSettings::default() };
        let server = Self::start_on(Database::new(), BEGINNING, settings).await;
        server.add("senate", people).await;
        server
    }

    /// Another server over the same database, with a directory of its own.
    pub async fn beside(&self) -> Beside {
        let directory = Directory::open(&self.database.url, self.clock.surroundings()).await.expect("a directory");
        let settings = HttpSettings { limits: LimitSettings::off(), ..HttpSettings::default() };
        let (address, stop) = serve(settings, &Arc::new(directory)).await;
        Beside { address, _stop: stop }
    }

    /// Revokes a client's token, as another process would.
    pub async fn revoke(&self, client: &Client) {
        let directory = Directory::open(&self.database.url, self.clock.surroundings()).await.expect("a directory");
        let secret = client.secret.as_deref().expect("a secret");
        let token = directory.authenticate(secret).await.expect("a good token").token();
        directory.revoke_token(token).await.expect("revoked");
    }

    async fn start_with(time: &str, limits: LimitSettings) -> Self {
        Self::start_on(Database::new(), time, HttpSettings { limits, ..HttpSettings::default() }).await
    }

    async fn start_on(database: Database, time: &str, settings: HttpSettings) -> Self {
        let clock = Clock::at(time);
        let directory = Directory::open(&database.url, clock.surroundings()).await.expect("a directory");
        for (organization, name) in [("senate", "The Senate"), ("house", "The House")] {
            directory.create_organization(&slug(organization), &LongLabel::parse(name).expect("a name")).await.expect("an organization");
        }
        let directory = Arc::new(directory);
        let reader = secret_in(&directory, &["senate"], reading()).await;
        let admin = secret_in(&directory, &["senate"], Scopes::all()).await;
        let (address, stop) = serve(settings, &directory).await;
        Self { directory, clock, address, reader, admin, _stop: stop, database }
    }

    pub async fn add(&self, organization: &str, people: Vec<Line>) {
        self.import(organization, people, Vec::new()).await;
    }

    pub async fn add_groups(&self, organization: &str, groups: Vec<Line>) {
        self.import(organization, Vec::new(), groups).await;
    }

    async fn import(&self, organization: &str, people: Vec<Line>, groups: Vec<Line>) {
        let actor = self.directory.operator(&slug(organization)).await.expect("an organization");
        let mut import = self.directory.import(&actor, ImportMode::Batches).expect("an import");
        import.people(people).await.expect("people");
        import.groups(groups).await.expect("groups");
        let report = import.finish().await.expect("an end");
        assert!(report.refused.is_empty(), "{:?}", report.refused);
    }

    /// Nobody: no credential at all.
    pub fn anonymous(&self) -> Client {
        Client { address: self.address, secret: None, organization: Some("senate") }
    }

    /// May read everything in the senate.
    pub fn reader(&self) -> Client {
        self.bearer(&self.reader, Some("senate"))
    }

    /// May do everything in the senate.
    pub fn admin(&self) -> Client {
        self.bearer(&self.admin, Some("senate"))
    }

    /// Whoever holds this secret, naming this organization where an API asks for one.
    pub fn bearer(&self, secret: &str, organization: Option<&'static str>) -> Client {
        Client { address: self.address, secret: Some(secret.to_owned()), organization }
    }

    /// May read everything in one organization.
    pub async fn reader_of(&self, organization: &'static str) -> Client {
        let secret = secret_in(&self.directory, &[organization], reading()).await;
        self.bearer(&secret, Some(organization))
    }

    /// May do in the senate what the scopes say.
    pub async fn holder_of(&self, scopes: &[Scope]) -> Client {
        let secret = secret_in(&self.directory, &["senate"], Scopes::new(scopes.iter().copied())).await;
        self.bearer(&secret, Some("senate"))
    }

    /// The same, with quirks of its token.
    pub async fn quirky(&self, scopes: &[Scope], quirks: &[&str]) -> Client {
        let quirks = Quirks::new(quirks.iter().map(|name| QuirkName::parse(name).expect("a quirk")));
        let owner = TokenOwner::Organizations(vec![slug("senate")]);
        let new =
            NewToken { owner, scopes: Scopes::new(scopes.iter().copied()), name: "test".to_owned(), expires_in_seconds: None, quirks };
        let secret = self.directory.create_token(new).await.expect("a token").reveal().to_owned();
        self.bearer(&secret, Some("senate"))
    }

    /// May read everything in both organizations, and names none.
    pub async fn visitor(&self) -> Client {
        self.visitor_with(reading()).await
    }

    /// May do in both organizations what the scopes say, and names none.
    pub async fn visitor_with(&self, scopes: Scopes) -> Client {
        let secret = secret_in(&self.directory, &["senate", "house"], scopes).await;
        self.bearer(&secret, None)
    }

    /// May read everything in the senate, as one of its people.
    pub async fn person(&self, number: i64) -> Client {
        let secret = self.token(TokenOwner::Person(slug("senate"), person(number)), None).await;
        self.bearer(&secret, Some("senate"))
    }

    /// An identity with this e-mail address, which is these people: `[("senate", 1), ("house", 2)]`.
    pub async fn identity(&self, email: &str, places: &[(&str, i64)]) -> (IdentityId, Client) {
        let email = Email::parse(email).expect("an address");
        let identity = self.directory.create_identity(&email, None).await.expect("an identity").id;
        for (organization, number) in places {
            let actor = self.directory.operator(&slug(organization)).await.expect("an organization");
            self.directory.link_identity(&actor, identity, person(*number)).await.expect("a link");
        }
        let secret = self.token(TokenOwner::Identity(identity), None).await;
        (identity, self.bearer(&secret, None))
    }

    /// Somebody who owns the senate and can sign in at the console, as [`OWNER`].
    pub async fn owner(&self) {
        let first = FirstOwner {
            email: Email::parse(OWNER.0).expect("an address"),
            password: OWNER.1.to_owned(),
            name: Name::parse("Olivia Owner").expect("a name"),
            organization: slug("senate"),
            organization_name: LongLabel::parse("The Senate").expect("a name"),
        };
        self.directory.set_up(first).await.expect("an owner");
    }

    /// Somebody new in the senate with this role, who can sign in at the console; the number.
    pub async fn add_login(&self, email: &str, password: &str, role: &str) -> i64 {
        let identity =
            self.directory.create_identity(&Email::parse(email).expect("an address"), Some(password)).await.expect("an identity");
        self.add("senate", vec![line(Some("Somebody"), &[("email", email.into()), ("role", role.into())])]).await;
        let operator = self.directory.operator(&slug("senate")).await.expect("an organization");
        let filter = Filter::text(TextField::Email, Comparison::Equal, email);
        let found = self.directory.people(&operator, &PersonQuery { filter, ..PersonQuery::default() }).await.expect("people");
        let number = found.people.first().expect("somebody").number;
        self.directory.link_identity(&operator, identity.id, number).await.expect("a link");
        number.get()
    }

    /// A token that may read everything there.
    pub async fn token(&self, owner: TokenOwner, expires_in_seconds: Option<i64>) -> String {
        let new = NewToken { owner, scopes: reading(), name: "test".to_owned(), expires_in_seconds, quirks: Quirks::none() };
        self.directory.create_token(new).await.expect("a token").reveal().to_owned()
    }

    /// A registered application that may read everything.
    pub async fn application(&self, organizations: &[&str]) -> RegisteredApplication {
        self.application_with(organizations, "people:read,groups:read,organization:read").await
    }

    /// A registered application with these scopes.
    pub async fn application_with(&self, organizations: &[&str], scopes: &str) -> RegisteredApplication {
        self.application_named("test", organizations, scopes, &[]).await
    }

    /// A registered application of this name, with these scopes and redirection endpoints.
    pub async fn application_named(&self, name: &str, organizations: &[&str], scopes: &str, redirects: &[&str]) -> RegisteredApplication {
        let new = NewApplication {
            organizations: organizations.iter().map(|organization| slug(organization)).collect(),
            scopes: Scopes::parse(scopes).expect("scopes"),
            name: name.to_owned(),
            redirects: redirects.iter().map(|uri| RedirectUri::parse(uri).expect("a redirect")).collect(),
        };
        self.directory.create_application(new).await.expect("an application")
    }

    /// The id of an organization.
    pub async fn organization_id(&self, organization: &str) -> i64 {
        self.directory.organization_by_slug(&slug(organization)).await.expect("an organization").id.get()
    }

    /// Its address, as a browser is told it.
    pub fn site(&self) -> String {
        format!("http://{}", self.address)
    }

    /// A request without any of an API's customs.
    pub fn call(&self, method: &str, target: &str) -> Call {
        Call::new(self.address, method, target)
    }

    /// The list of people of every API, each asked with this change.
    pub async fn each_api(&self, client: &Client, change: impl Fn(Api, Call) -> Call) -> Vec<(Api, Answer)> {
        let mut answers = Vec::new();
        for api in Api::ALL {
            answers.push((api, change(api, client.call(api, "GET", api.people())).send().await));
        }
        answers
    }

    /// The answer to bytes that no client would send.
    pub async fn say(&self, bytes: &str) -> Answer {
        say(self.address, bytes.as_bytes()).await
    }
}

pub fn slug(text: &str) -> Slug {
    Slug::parse(text).expect("a slug")
}

fn person(number: i64) -> PersonNumber {
    PersonNumber::new(number).expect("a number")
}

fn reading() -> Scopes {
    Scopes::new([Scope::PeopleRead, Scope::GroupsRead, Scope::OrganizationRead])
}

async fn secret_in(directory: &Directory, organizations: &[&str], scopes: Scopes) -> String {
    let owner = TokenOwner::Organizations(organizations.iter().map(|organization| slug(organization)).collect());
    let new = NewToken { owner, scopes, name: "test".to_owned(), expires_in_seconds: None, quirks: Quirks::none() };
    directory.create_token(new).await.expect("a token").reveal().to_owned()
}
