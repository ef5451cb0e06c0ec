//! PATCH, over sockets.

mod attributes;
mod groups;
mod providers;
mod refusals;
mod users;

use super::{ENTERPRISE, PATCH, call, get, id, patch, post, user};
use crate::support::{Answer, Api, Client, TestServer, people};
use rollcall_core::directory::{NewToken, TokenOwner};
use rollcall_core::domain::{Quirks, Scopes, Slug};
use serde_json::{Value, json};

const JANE: &str = "6fe49ce4-56d4-475f-9483-000000000001";
const OMAR: &str = "6fe49ce4-56d4-475f-9483-000000000002";
const ZOE: &str = "6fe49ce4-56d4-475f-9483-000000000003";
/// An id that is nobody's.
const NOBODY: &str = "6fe49ce4-56d4-475f-9483-0000000000ff";

async fn senate() -> TestServer {
    TestServer::with(people![
        "Jane Doe", number: 1, uuid: JANE, email: "jane@example.org", login: "jane", given_name: "Jane", title: "Whip";
        "Omar", number: 2, uuid: OMAR, login: "omar", role: "ROLE_OWNER";
        "Zoe", number: 3, uuid: ZOE;
    ])
    .await
}

fn jane() -> String {
    format!("Users/{JANE}")
}

/// Does operations to Jane that must be done, and returns what is read of her after.
async fn after(server: &TestServer, operations: Value) -> Value {
    let answer = patch(&server.admin(), &jane(), operations.clone()).await;
    assert_eq!(answer.status, 200, "{operations}: {}", answer.text());
    let read = get(&server.reader(), &jane()).await.json();
    assert_eq!(without_version(answer.json()), without_version(read.clone()), "{operations}");
    read
}

/// A resource without its version, which differs by what the caller may see.
fn without_version(mut resource: Value) -> Value {
    if let Some(meta) = resource.pointer_mut("/meta").and_then(Value::as_object_mut) {
        meta.remove("version");
    }
    resource
}

/// May do everything in the senate, with these quirks.
async fn quirky(server: &TestServer, quirks: &str) -> Client {
    let owner = TokenOwner::Organizations(vec![Slug::parse("senate").expect("a slug")]);
    let quirks = Quirks::parse(quirks).expect("quirks");
    let new = NewToken { owner, scopes: Scopes::all(), name: "quirky".to_owned(), expires_in_seconds: None, quirks };
    let secret = server.directory.create_token(new).await.expect("a token").reveal().to_owned();
    server.bearer(&secret, None)
}

/// Refused with this status and word.
fn assert_refused(answer: &Answer, status: u16, word: &str) {
    Api::Scim.assert_refusal(answer, status);
    assert_eq!(answer.at("/scimType"), json!(word), "{}", answer.text());
}
