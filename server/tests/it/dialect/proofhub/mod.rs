//! ProofHub: whole lists, windows that its manual does not mention, moments to the letter; and its writes.

mod changed_people;
mod conditions;
mod deleted_people;
mod group_writes;
mod groups;
mod headers;
mod lists;
mod new_people;
mod people;
mod refused_writes;
mod repeats;
mod windows;

use crate::support::{Answer, Api, Call, Client};
use serde_json::Value;

const JSON: &str = "application/json";

/// A write with a JSON body, to be changed before it is sent: `write(&admin, "PUT", "people/1", &body)`.
fn write(client: &Client, method: &str, path: &str, body: &Value) -> Call {
    client.call(Api::ProofHub, method, &format!("/api/v3/{path}")).body(JSON, body.to_string())
}

async fn post(client: &Client, path: &str, body: Value) -> Answer {
    write(client, "POST", path, &body).send().await
}

async fn put(client: &Client, path: &str, body: Value) -> Answer {
    write(client, "PUT", path, &body).send().await
}

async fn delete(client: &Client, path: &str) -> Answer {
    client.call(Api::ProofHub, "DELETE", &format!("/api/v3/{path}")).send().await
}
