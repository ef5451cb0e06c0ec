use super::{assert_same, contents, copy, done, full};
use crate::credentials::sign_in::{Opened, form, parameter};
use crate::support::{Answer, Api, Call, Client, Place, Serving};
use serde_json::{Value, json};

const PAGE: &str = "/APIIntegration/AuthorizeFeatures";
const TOKEN: &str = "/APIIntegration/token";
const FORM: &str = "application/x-www-form-urlencoded";
const BACK: &str = "https://app.example.com/back";
const EMAIL: &str = "p7@example.com";
const PASSWORD: &str = "correct horse & battery";

#[test]
fn everything_is_the_same_there_and_back_again() {
    let (first, second, third) = (full(), Place::new(), Place::on_a_file());

    let there = copy(&first, &second);
    assert_same(&first, &second);
    let back = copy(&second, &third);
    assert_same(&first, &third);

    assert_eq!((there.status, there.words.as_str()), (Some(0), ""));
    assert_eq!((back.status, back.words.as_str()), (Some(0), ""));
    assert_eq!(there.json()["tables"], back.json()["tables"]);
}

#[test]
fn the_summary_counts_every_table() {
    let (from, to) = (full(), Place::new());

    let summary = copy(&from, &to).json();

    let rows = |name: &str| {
        let tables = summary["tables"].as_array().expect("tables");
        tables.iter().find(|table| table["name"] == name).expect("a table")["rows"].as_u64()
    };
    assert_eq!(["organizations", "people", "bin", "groups", "attributes"].map(rows), [2, 300, 1, 5, 1].map(Some));
    assert_eq!(summary["changed"], json!([]));
    let sum: u64 = summary["tables"].as_array().expect("tables").iter().map(|table| table["rows"].as_u64().expect("a number")).sum();
    assert_eq!(summary["rows"], sum);
}

#[test]
fn asked_again_it_finds_all_of_it_there() {
    let (from, to) = (full(), Place::new());

    let (first, second) = (copy(&from, &to), copy(&from, &to));

    assert_eq!((second.status, second.words.as_str()), (Some(0), ""));
    assert_eq!(second.json()["tables"], first.json()["tables"]);
}

#[test]
fn numbers_and_sequences_go_on_where_they_were() {
    let (from, to) = (full(), Place::new());
    copy(&from, &to);

    for place in [&from, &to] {
        place.write("eve.csv", "display_name,uuid,created_at\nEve,0192f5a0-0000-7000-8000-00000000abcd,2020-01-01T00:00:00Z\n");
        done(place, &["import", "acme", "eve.csv"]);
        done(place, &["restore-person", "acme", "300"]);
    }

    let places = |place: &Place| {
        let lines = done(place, &["history", "acme", "--json"]).data;
        let change = |line: &str| {
            let change: Value = serde_json::from_str(line).expect("JSON");
            ["sequence", "action", "subject", "number"].map(|member| change[member].clone())
        };
        lines.lines().map(change).collect::<Vec<_>>()
    };
    assert_eq!(places(&from), places(&to));
    assert_eq!(done(&from, &["export", "acme"]).data, done(&to, &["export", "acme"]).data);
}

#[tokio::test]
async fn tokens_applications_passwords_and_sign_ins_are_good_there() {
    let from = full();
    let token = done(&from, &["token", "create", "--organization", "acme", "--scopes", "people:read"]).data.trim().to_owned();
    let created = ["application", "create", "--organization", "acme", "--scopes", "people:read", "--redirect-uri", BACK];
    let application = Application::of(&done(&from, &created).json());
    let identity = from.run_with_input(&["identity", "create", "--email", EMAIL, "--password-stdin"], PASSWORD).json();
    done(&from, &["identity", "link", identity["id"].as_str().expect("an id"), "acme", "7"]);
    let here = Serving::start(&from);
    let signed_in = application.redeem(&here, &application.sign_in(&here).await).await;
    drop(here);

    let to = Place::new();
    assert_eq!(copy(&from, &to).status, Some(0));

    let there = Serving::start(&to);
    assert_eq!(people(&there, &token).await, 200);
    assert_eq!(people(&there, &text(&signed_in, "/access_token")).await, 200);
    let refresh_token = text(&signed_in, "/refresh_token");
    let refreshed = application.ask(&there, &[("grant_type", "refresh_token"), ("refresh_token", &refresh_token)]).await;
    assert_eq!(people(&there, &text(&refreshed, "/access_token")).await, 200);
    let again = application.redeem(&there, &application.sign_in(&there).await).await;
    assert_eq!(people(&there, &text(&again, "/access_token")).await, 200);
    assert!(contents(&to).iter().any(|text| text.contains(EMAIL)));
}

async fn people(server: &Serving, secret: &str) -> u16 {
    let client = Client { address: server.address, secret: Some(secret.to_owned()), organization: Some("acme") };
    client.people(Api::Modulo).await.status
}

fn text(answer: &Answer, pointer: &str) -> String {
    answer.at(pointer).as_str().unwrap_or_else(|| panic!("no {pointer}: {} {}", answer.status, answer.text())).to_owned()
}

/// An application that acts for person 7, by either server.
struct Application {
    id: String,
    secret: String,
}

impl Application {
    fn of(created: &Value) -> Self {
        let text = |member: &str| created[member].as_str().expect("a text").to_owned();
        Self { id: text("client_id"), secret: text("client_secret") }
    }

    /// The code that it gets when the person signs in.
    async fn sign_in(&self, server: &Serving) -> String {
        let query = form([("response_type", "code"), ("client_id", self.id.as_str()), ("redirect_uri", BACK)].iter());
        let opened = Opened::of(&Call::new(server.address, "GET", &format!("{PAGE}?{query}")).send().await);
        let members = [("form_key", opened.key.as_str()), ("email", EMAIL), ("password", PASSWORD), ("action", "sign_in")];
        let call = Call::new(server.address, "POST", &opened.action).header("Cookie", &opened.cookie);
        parameter(&call.body(FORM, form(members.iter())).send().await, "code").expect("a code")
    }

    async fn redeem(&self, server: &Serving, code: &str) -> Answer {
        self.ask(server, &[("grant_type", "authorization_code"), ("code", code), ("redirect_uri", BACK)]).await
    }

    async fn ask(&self, server: &Serving, members: &[(&str, &str)]) -> Answer {
        let client = [("client_id", self.id.as_str()), ("client_secret", self.secret.as_str())];
        Call::new(server.address, "POST", TOKEN).body(FORM, form(client.iter().chain(members))).send().await
    }
}
