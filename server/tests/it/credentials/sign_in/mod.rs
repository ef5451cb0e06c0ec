//! Signing in with a password, by way of an application: Risk Manager's authorization code and refresh tokens.

mod codes;
mod given;
mod page;
mod redirects;
mod refreshes;

use crate::support::{Answer, Api, Client, TestServer, people};
use rollcall_core::directory::RegisteredApplication;
use rollcall_core::domain::IdentityId;

const PAGE: &str = "/APIIntegration/AuthorizeFeatures";
const TOKEN: &str = "/APIIntegration/token";
const FORM: &str = "application/x-www-form-urlencoded";
const BACK: &str = "https://app.example.com/back?from=rollcall";
const EMAIL: &str = "jane@example.com";
const PASSWORD: &str = "correct horse & battery";

/// Jane, who is person 1 in both organizations, and an application that enters both.
struct Place {
    server: TestServer,
    application: RegisteredApplication,
    identity: IdentityId,
}

/// What a browser remembers of a page: its cookie, the key of its form, and where the form goes.
#[derive(Debug)]
pub struct Opened {
    pub cookie: String,
    pub key: String,
    pub action: String,
}

impl Place {
    async fn new() -> Self {
        Self::on(TestServer::start().await).await
    }

    async fn on(server: TestServer) -> Self {
        for organization in ["senate", "house"] {
            server.add(organization, people!["Jane", number: 1]).await;
        }
        let (identity, _) = server.identity(EMAIL, &[("senate", 1), ("house", 1)]).await;
        server.directory.set_password(identity, PASSWORD).await.expect("a password");
        let application = server.application_named("Audit <tool>", &["senate", "house"], "people:read,people:write", &[BACK]).await;
        Self { server, application, identity }
    }

    /// The query with which the application sends people, and more.
    fn query(&self, more: &str) -> String {
        query(&self.application, BACK, more)
    }

    /// The page as a browser opens it.
    async fn open(&self, page: &str) -> Opened {
        let answer = self.server.call("GET", page).send().await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        Opened::of(&answer)
    }

    /// The answer to a form as a browser sends it.
    async fn send(&self, opened: &Opened, members: &[(&str, &str)]) -> Answer {
        let body = form([("form_key", opened.key.as_str())].iter().chain(members));
        self.server.call("POST", &opened.action).header("Cookie", &opened.cookie).body(FORM, body).send().await
    }

    /// Jane signs in at this page.
    async fn sign_in_at(&self, page: &str) -> Answer {
        let opened = self.open(page).await;
        self.send(&opened, &[("email", EMAIL), ("password", PASSWORD), ("action", "sign_in")]).await
    }

    /// The code that the application gets when Jane signs in.
    async fn code(&self) -> String {
        parameter(&self.sign_in_at(&format!("{PAGE}?{}", self.query(""))).await, "code").expect("a code")
    }

    /// The answer of the token endpoint to the application.
    async fn ask(&self, members: &[(&str, &str)]) -> Answer {
        self.ask_as(&self.application, TOKEN, members).await
    }

    async fn ask_as(&self, client: &RegisteredApplication, endpoint: &str, members: &[(&str, &str)]) -> Answer {
        let client = [("client_id", client.client_id.as_str()), ("client_secret", client.client_secret.reveal())];
        self.server.call("POST", endpoint).body(FORM, form(client.iter().chain(members))).send().await
    }

    async fn redeem(&self, code: &str) -> Answer {
        self.ask(&[("grant_type", "authorization_code"), ("code", code), ("redirect_uri", BACK)]).await
    }

    async fn refresh(&self, token: &str) -> Answer {
        self.ask(&[("grant_type", "refresh_token"), ("refresh_token", token)]).await
    }

    /// Whoever holds the access token of an answer.
    fn holder(&self, answer: &Answer) -> Client {
        self.server.bearer(&text(answer, "/access_token"), Some("senate"))
    }

    async fn reads_people_of(&self, answer: &Answer, organization: &str) -> u16 {
        self.holder(answer).call(Api::Modulo, "GET", Api::Modulo.people()).below(organization).send().await.status
    }
}

impl Opened {
    pub fn of(page: &Answer) -> Self {
        let between = |start: &str| {
            let rest = page.text().split_once(start).unwrap_or_else(|| panic!("no {start}: {}", page.text())).1;
            rest.split_once('"').expect("an end").0.replace("&amp;", "&").replace("&#39;", "'").replace("&quot;", "\"")
        };
        let cookie = page.header("set-cookie").expect("a cookie").split(';').next().expect("its value").to_owned();
        Self { cookie, key: between("name=\"form_key\" value=\""), action: between("action=\"") }
    }
}

fn query(application: &RegisteredApplication, redirect: &str, more: &str) -> String {
    let known = [("response_type", "code"), ("client_id", application.client_id.as_str()), ("redirect_uri", redirect)];
    format!("{}{more}", form(known.iter()))
}

pub fn form<'a>(members: impl Iterator<Item = &'a (&'a str, &'a str)>) -> String {
    let members = members.map(|(name, value)| {
        let value: String = value.bytes().map(|byte| format!("%{byte:02X}")).collect();
        format!("{name}={value}")
    });
    members.collect::<Vec<_>>().join("&")
}

/// What an answer sends back to the application under this name.
pub fn parameter(answer: &Answer, name: &str) -> Option<String> {
    assert!([302, 303].contains(&answer.status), "{}", answer.text());
    let (_, query) = answer.header("location").expect("a place to go").split_once('?')?;
    let value = query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))?;
    let value = value.replace('+', " ");
    Some(percent_encoding::percent_decode_str(&value).decode_utf8().expect("text").into_owned())
}

fn text(answer: &Answer, pointer: &str) -> String {
    answer.at(pointer).as_str().unwrap_or_else(|| panic!("no {pointer}: {} {}", answer.status, answer.text())).to_owned()
}

fn assert_invalid_grant(answer: &Answer) {
    Api::Modulo.assert_refusal(answer, 400);
    assert_eq!(answer.at("/error"), "invalid_grant", "{}", answer.text());
}
