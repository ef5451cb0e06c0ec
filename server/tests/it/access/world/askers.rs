//! Everybody who asks.

use super::{ADA, ARCHIE, BERT, CLIVE, DORA, INES, NORMA, OTTO, World, ZACK, person};
use crate::support::{Api, Call, Client, TestServer, slug};
use rollcall_core::directory::{AccessRequest, DirectoryError, Lifetimes, NewToken, RegisteredApplication, ShownCode, TokenOwner};
use rollcall_core::domain::{Email, Quirks, Scope, Scopes};

/// Where the application has people sent back to.
const REDIRECT: &str = "https://app.example.org/back";
/// What the application may do: more than some who sign in to it.
const OF_THE_APPLICATION: &str = "people:read,people:write,groups:read,groups:write";
const PASSWORD: &str = "correct horse battery staple";

/// Somebody who asks.
#[derive(Clone, Debug)]
pub struct Asker {
    pub name: &'static str,
    /// The number of the person, in the senate, whose token it is.
    pub person: Option<i64>,
    /// Whether the house is where they are let in.
    pub is_of_the_house: bool,
    secret: Option<String>,
    choice: Choice,
}

/// How an asker names an organization.
#[derive(Clone, Copy, Debug)]
enum Choice {
    /// As each API's clients do, which is in Wethod alone.
    Company(&'static str),
    /// In front of the path.
    Path(&'static str),
    Nothing,
}

/// All of them, with what belongs to the two identities among them.
pub struct Admitted {
    pub askers: Vec<Asker>,
    pub identifiers: [String; 2],
    pub licences: [String; 2],
}

impl Asker {
    /// A request as this one's clients send it.
    pub fn call(&self, world: &World, api: Api, method: &str, target: &str) -> Call {
        let company = if let Choice::Company(slug) = self.choice { Some(slug) } else { None };
        let client = Client { secret: self.secret.clone(), organization: company, ..world.server.anonymous() };
        let call = client.call(api, method, target);
        if let Choice::Path(slug) = self.choice { call.below(slug) } else { call }
    }

    fn of_the_senate(name: &'static str, secret: Option<String>) -> Self {
        Self { name, person: None, is_of_the_house: false, secret, choice: Choice::Company("senate") }
    }

    fn choosing(self, name: &'static str, choice: Choice) -> Self {
        Self { name, choice, is_of_the_house: matches!(choice, Choice::Company("house")), ..self }
    }
}

/// Lets everybody in, in the order of the table. Some of them are gone at the end.
pub async fn admit(server: &TestServer) -> Admitted {
    let mut askers = vec![Asker::of_the_senate("no credential", None), Asker::of_the_senate("nonsense", Some("nonsense".to_owned()))];
    askers.extend(dead(server).await);
    askers.extend(by_scope(server).await);
    askers.extend(elsewhere(server).await);
    for (name, number) in [
        ("an owner", OTTO),
        ("an admin", ADA),
        ("a normal user", NORMA),
        ("a client", CLIVE),
        ("a blocked owner", BERT),
        ("an archived owner", ARCHIE),
        ("a deleted owner", DORA),
    ] {
        let secret = token(server, TokenOwner::Person(slug("senate"), person(number)), Scopes::all(), None).await;
        askers.push(Asker { person: Some(number), ..Asker::of_the_senate(name, Some(secret)) });
    }
    let ines = Login::new(server, "ines@example.org", "senate", INES).await;
    let zack = Login::new(server, "zack@example.org", "house", ZACK).await;
    askers.push(Asker { person: Some(INES), ..Asker::of_the_senate("an identity", Some(ines.secret)) });
    let visitor = Asker::of_the_senate("", Some(zack.secret));
    askers.push(visitor.choosing("an identity of the house, choosing the senate", Choice::Path("senate")));
    let application = server.application_named("test", &["senate"], OF_THE_APPLICATION, &[REDIRECT]).await;
    askers.push(Asker::of_the_senate("an application", Some(granted(server, &application).await)));
    let norma = signed_in(server, &application, "norma@example.org", NORMA).await;
    askers.push(Asker { person: Some(NORMA), ..Asker::of_the_senate("a normal user, by way of the application", Some(norma)) });
    Admitted { askers, identifiers: [ines.identifier, zack.identifier], licences: [ines.licence, zack.licence] }
}

/// An identity's token, and what is its own.
struct Login {
    secret: String,
    identifier: String,
    licence: String,
}

impl Login {
    async fn new(server: &TestServer, email: &str, organization: &str, number: i64) -> Self {
        let identity = server.directory.create_identity(&Email::parse(email).expect("an address"), None).await.expect("an identity");
        let operator = server.directory.operator(&slug(organization)).await.expect("an organization");
        server.directory.link_identity(&operator, identity.id, person(number)).await.expect("a link");
        let secret = token(server, TokenOwner::Identity(identity.id), Scopes::all(), None).await;
        let credential = server.directory.authenticate(&secret).await.expect("a credential");
        let licences = server.directory.licences(&credential).await.expect("licences");
        Self { secret, identifier: identity.identifiers[0].id.to_string(), licence: licences[0].id().to_string() }
    }
}

/// Tokens that were good once.
async fn dead(server: &TestServer) -> [Asker; 2] {
    let senate = || TokenOwner::Organizations(vec![slug("senate")]);
    let expired = token(server, senate(), Scopes::all(), Some(1)).await;
    server.clock.advance_seconds(2);
    let revoked = token(server, senate(), Scopes::all(), None).await;
    let id = server.directory.authenticate(&revoked).await.expect("a credential").token();
    server.directory.revoke_token(id).await.expect("a token");
    [Asker::of_the_senate("an expired token", Some(expired)), Asker::of_the_senate("a revoked token", Some(revoked))]
}

/// Tokens of the senate, as nobody in particular.
async fn by_scope(server: &TestServer) -> Vec<Asker> {
    let each = Scope::ALL.map(|scope| (scope.as_str(), Scopes::new([scope])));
    let mut askers = Vec::new();
    for (name, scopes) in [("no scope", Scopes::default())].into_iter().chain(each).chain([("every scope", Scopes::all())]) {
        let secret = token(server, TokenOwner::Organizations(vec![slug("senate")]), scopes, None).await;
        askers.push(Asker::of_the_senate(name, Some(secret)));
    }
    askers
}

/// Tokens with every scope, of the house and of both.
async fn elsewhere(server: &TestServer) -> Vec<Asker> {
    let house = token(server, TokenOwner::Organizations(vec![slug("house")]), Scopes::all(), None).await;
    let both = token(server, TokenOwner::Organizations(vec![slug("senate"), slug("house")]), Scopes::all(), None).await;
    let (house, both) = (Asker::of_the_senate("", Some(house)), Asker::of_the_senate("", Some(both)));
    vec![
        house.clone().choosing("the house's", Choice::Company("house")),
        house.choosing("the house's, choosing the senate", Choice::Path("senate")),
        both.clone().choosing("of both, choosing the senate", Choice::Path("senate")),
        both.choosing("of both, choosing nothing", Choice::Nothing),
    ]
}

/// A token that the application has for itself.
async fn granted(server: &TestServer, application: &RegisteredApplication) -> String {
    let asked = AccessRequest { lifetime_seconds: 3600, scopes: None };
    let choose = |entries: &[_]| entries.first().cloned().ok_or(DirectoryError::NotFound);
    let granted = server.directory.grant_access(&application.client_id, application.client_secret.reveal(), asked, choose);
    granted.await.expect("a token").secret.reveal().to_owned()
}

/// A token that it has of somebody who signed in.
async fn signed_in(server: &TestServer, application: &RegisteredApplication, email: &str, number: i64) -> String {
    let identity = server.directory.create_identity(&Email::parse(email).expect("an address"), Some(PASSWORD)).await.expect("an identity");
    let operator = server.directory.operator(&slug("senate")).await.expect("an organization");
    server.directory.link_identity(&operator, identity.id, person(number)).await.expect("a link");
    let client = server.directory.sign_in_client(&application.client_id, REDIRECT, None).await.expect("a client");
    let code = server.directory.sign_in(&client, None, email, PASSWORD).await.expect("a code");
    let shown = ShownCode { code, redirect: REDIRECT.to_owned(), verifier: None };
    let (lifetimes, client) =
        (Lifetimes { access_seconds: 3600, refresh_seconds: 3600 }, (application.client_id.as_str(), application.client_secret.reveal()));
    server.directory.redeem_code(client, None, shown, lifetimes).await.expect("tokens").access.secret.reveal().to_owned()
}

async fn token(server: &TestServer, owner: TokenOwner, scopes: Scopes, expires_in_seconds: Option<i64>) -> String {
    let new = NewToken { owner, scopes, name: "test".to_owned(), expires_in_seconds, quirks: Quirks::none() };
    server.directory.create_token(new).await.expect("a token").reveal().to_owned()
}
