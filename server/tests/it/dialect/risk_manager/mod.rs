//! Risk Manager: people behind OData filters.

mod attributes;
mod comparisons;
mod conditions;
mod filter_errors;
mod functions;
mod group_writes;
mod groups;
mod information;
mod member_writes;
mod method_override;
mod order;
mod pages;
mod paths;
mod people;
mod person_writes;
mod repeats;
mod usernames;

use crate::support::{Answer, Api, Client, TestServer, people};
use serde_json::Value;

const PEOPLE: &str = "/api/Organization/people";
const GROUPS: &str = "/api/Organization/groups";

/// The id of nobody and of nothing.
const NOBODY: &str = "63e5fe02-5773-4a49-ba13-22506f022316";

/// A write of JSON.
async fn write(client: &Client, method: &str, path: &str, body: &Value) -> Answer {
    client.call(Api::Modulo, method, path).body("application/json", body.to_string()).send().await
}

/// The address of what was made: the list's, with the bare id that the answer is.
fn made(list: &str, answer: &Answer) -> String {
    assert_eq!(answer.status, 200, "{}", answer.text());
    let Value::String(id) = answer.json() else { panic!("no bare id: {}", answer.text()) };
    format!("{list}/{id}")
}

/// Where the only person of this name is.
async fn person(server: &TestServer, name: &str) -> String {
    let found = server.reader().filtered(&format!("Name eq '{name}'")).await;
    let [id] = found.ids().try_into().expect("one person");
    format!("{PEOPLE}/{}", id.as_str().expect("an id"))
}

/// The members at fault of a refusal with this status.
fn refused(answer: &Answer, status: u16) -> Vec<String> {
    Api::Modulo.assert_refusal(answer, status);
    let faults = answer.at("/app_errors");
    faults.as_array().expect("faults").iter().map(|fault| fault["parameter_name"].as_str().expect("a name").to_owned()).collect()
}

/// The number of changes in the senate so far: every one of them moves the version of the whole by one.
async fn changes(server: &TestServer) -> i64 {
    let actor = server.directory.operator(&crate::support::slug("senate")).await.expect("an operator");
    server.directory.version(&actor).await.expect("a version").sequence()
}

/// Four people who differ in everything that can be filtered.
async fn with_cast() -> TestServer {
    let cast = people![
        "Elizabeth Warren", login: "ewarren", email: "warren@example.com", phone: "202-224-4543", description: "Senator",
            additional_information: "Night shift";
        "Jane Doe", login: "janedoe", email: "jdoe@example.com", phone: "+1 (646) 555-0000", account: "blocked";
        "Omar", email: "omar@example.com";
        "Straße Müller", login: "O'Neill", account: "none", description: "100% of_it";
    ];
    TestServer::with(cast).await
}

/// The names of the people of [`with_cast`] that pass a filter.
async fn found(filter: &str) -> Vec<String> {
    let server = with_cast().await;
    server.reader().filtered(filter).await.names()
}
