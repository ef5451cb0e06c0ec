//! OAuth 2.0 client credentials, in the two APIs that have a token endpoint.

mod choosing;
mod granted;
mod refused;
mod scopes;

use crate::support::{Answer, TestServer};
use rollcall_core::directory::RegisteredApplication;
use serde_json::{Value, json};

const SEVEN: &str = "/oauth/token";
const MODULO: &str = "/APIIntegration/token";
const FORM: &str = "application/x-www-form-urlencoded";

/// The body that a Python client of 24SevenOffice sends.
fn request(application: &RegisteredApplication) -> Value {
    json!({
        "grant_type": "client_credentials",
        "client_id": application.client_id,
        "client_secret": application.client_secret.reveal(),
        "audience": "https://api.24sevenoffice.com",
    })
}

fn form(application: &RegisteredApplication) -> String {
    format!("grant_type=client_credentials&client_id={}&client_secret={}", application.client_id, application.client_secret.reveal())
}

async fn post(server: &TestServer, path: &str, kind: &str, body: impl Into<Vec<u8>>) -> Answer {
    server.call("POST", path).body(kind, body).send().await
}

fn token(answer: &Answer) -> String {
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.at("/access_token").as_str().expect("a token").to_owned()
}

/// Fails unless this is an OAuth error whose members are text.
fn assert_oauth_error(answer: &Answer, statuses: &[u16]) {
    assert!(statuses.contains(&answer.status), "{}: {}", answer.status, answer.text());
    assert!(answer.at("/error").is_string() && answer.at("/error_description").is_string(), "{}", answer.text());
}
