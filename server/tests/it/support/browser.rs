//! A browser without scripts: it keeps cookies, follows the forms of pages and goes where it is sent.

use super::{Answer, Call, TestServer};
use std::collections::BTreeMap;

/// What signs in as the senate's owner, where [`TestServer::owner`] was asked for one.
pub const OWNER: (&str, &str) = ("owner@example.com", "correct horse");

/// One browser.
#[derive(Clone, Debug)]
pub struct Browser<'a> {
    server: &'a TestServer,
    cookies: BTreeMap<String, String>,
    /// What it was shown last.
    pub page: Option<Answer>,
}

impl<'a> Browser<'a> {
    pub fn new(server: &'a TestServer) -> Self {
        Self { server, cookies: BTreeMap::new(), page: None }
    }

    /// A browser in which the senate's owner has signed in.
    pub async fn of_owner(server: &'a TestServer) -> Self {
        server.owner().await;
        let mut browser = Self::new(server);
        browser.sign_in(OWNER.0, OWNER.1).await;
        browser
    }

    pub async fn sign_in(&mut self, email: &str, password: &str) -> &Answer {
        self.open("/console/sign-in").await;
        self.send("/console/sign-in", &[("email", email), ("password", password)]).await
    }

    /// Opens a page, and follows where it sends.
    pub async fn open(&mut self, path: &str) -> &Answer {
        let mut answer = self.get(path).await;
        while let Some(next) = answer.header("location").map(str::to_owned) {
            answer = self.get(&next).await;
        }
        self.page.insert(answer)
    }

    /// Opens a page, and stays there.
    pub async fn get(&mut self, path: &str) -> Answer {
        let call = self.server.call("GET", path);
        self.ask(call).await
    }

    /// Sends a form with the key of the page that is shown, and follows where that leads.
    pub async fn send(&mut self, path: &str, fields: &[(&str, &str)]) -> &Answer {
        let answer = self.post(path, fields).await;
        match answer.header("location").map(str::to_owned) {
            Some(next) => self.open(&next).await,
            None => self.page.insert(answer),
        }
    }

    /// The same, and stays.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let key = self.form_key();
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.append_pair("form_key", &key).extend_pairs(fields);
        let call = self.server.call("POST", path).body("application/x-www-form-urlencoded", form.finish());
        self.ask(call).await
    }

    /// The key of forms on the page that is shown; empty where it has none.
    pub fn form_key(&self) -> String {
        let page = self.page.as_ref().map(Answer::text).unwrap_or_default();
        let key = page.split_once("name=\"form_key\" value=\"").and_then(|(_, rest)| rest.split_once('"'));
        key.map(|(key, _)| key.to_owned()).unwrap_or_default()
    }

    /// The text of the page that is shown.
    pub fn text(&self) -> &str {
        self.page.as_ref().map(Answer::text).unwrap_or_default()
    }

    async fn ask(&mut self, call: Call) -> Answer {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let call = if cookies.is_empty() { call } else { call.header("Cookie", &cookies.join("; ")) };
        let answer = call.send().await;
        for (_, cookie) in answer.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie")) {
            let (pair, attributes) = cookie.split_once(';').expect("attributes");
            let (name, value) = pair.split_once('=').expect("a cookie");
            if attributes.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        answer
    }
}
