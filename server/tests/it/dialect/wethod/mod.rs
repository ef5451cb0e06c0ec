//! Wethod: persons by pages, with the filters of the reference page, and changed one by one.

mod catalogue;
mod conditions;
mod filters;
mod headers;
mod operators;
mod persons;
mod windows;
mod writes;

use crate::support::{Answer, Api, Client};
use serde_json::Value;

/// A change as the vendor's clients send it.
async fn patch(client: &Client, path: &str, body: &Value) -> Answer {
    client.call(Api::Wethod, "PATCH", path).body("application/json", body.to_string()).send().await
}
