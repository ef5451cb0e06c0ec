//! SCIM 2.0, over sockets.

mod bulk;
mod filters;
mod groups;
mod lists;
mod me;
mod patches;
mod providers;
mod users;
mod walks;

use crate::support::{Answer, Api, Call, Client};
use serde_json::{Value, json};

const USER: &str = "urn:ietf:params:scim:schemas:core:2.0:User";
const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const ROLLCALL: &str = "urn:ietf:params:scim:schemas:extension:rollcall:2.0:User";
const SEARCH: &str = "urn:ietf:params:scim:api:messages:2.0:SearchRequest";
const PATCH: &str = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

/// A request to a place below `/scim/v2`, as it may be changed before it is sent.
fn call(client: &Client, method: &str, path: &str, body: &Value) -> Call {
    let call = client.call(Api::Scim, method, &format!("/scim/v2/{path}"));
    if body.is_null() { call } else { call.body("application/scim+json", body.to_string()) }
}

async fn get(client: &Client, path: &str) -> Answer {
    call(client, "GET", path, &Value::Null).send().await
}

async fn post(client: &Client, path: &str, body: Value) -> Answer {
    call(client, "POST", path, &body).send().await
}

async fn put(client: &Client, path: &str, body: Value) -> Answer {
    call(client, "PUT", path, &body).send().await
}

async fn patch(client: &Client, path: &str, operations: Value) -> Answer {
    call(client, "PATCH", path, &json!({ "schemas": [PATCH], "Operations": operations })).send().await
}

async fn delete(client: &Client, path: &str) -> Answer {
    call(client, "DELETE", path, &Value::Null).send().await
}

/// The body of a user with these members.
fn user(members: Value) -> Value {
    let mut body = json!({ "schemas": [USER] });
    if let (Value::Object(body), Value::Object(members)) = (&mut body, members) {
        body.extend(members);
    }
    body
}

/// The id of a resource that was just answered.
fn id(answer: &Answer) -> String {
    answer.at("/id").as_str().unwrap_or_else(|| panic!("no id: {} {}", answer.status, answer.text())).to_owned()
}
