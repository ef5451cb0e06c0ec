//! OAuth 2.0 client credentials, in the two APIs that have a token endpoint.

use crate::support::{Answer, Api, TestServer, people};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
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

fn multipart(application: &RegisteredApplication) -> String {
    let fields = [
        ("client_id", application.client_id.as_str()),
        ("client_secret", application.client_secret.reveal()),
        ("grant_type", "client_credentials"),
    ];
    let parts = fields.map(|(name, value)| format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"));
    format!("{}--edge--\r\n", parts.concat())
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

#[tokio::test]
async fn twentyfour_seven_office_takes_json() {
    let server = TestServer::with(people!["Jane"]).await;
    let application = server.application(&["senate"]).await;

    let answer = post(&server, SEVEN, "application/json", request(&application).to_string()).await;

    assert_eq!(server.bearer(&token(&answer), None).people(Api::Seven).await.ids(), [1]);
}

#[tokio::test]
async fn twentyfour_seven_office_takes_a_form() {
    let server = TestServer::with(people!["Jane"]).await;
    let application = server.application(&["senate"]).await;

    let answer = post(&server, SEVEN, FORM, form(&application)).await;

    assert_eq!(server.bearer(&token(&answer), None).people(Api::Seven).await.ids(), [1]);
}

#[tokio::test]
async fn twentyfour_seven_office_takes_http_basic() {
    let server = TestServer::with(people!["Jane"]).await;
    let application = server.application(&["senate"]).await;
    let basic = STANDARD.encode(format!("{}:{}", application.client_id, application.client_secret.reveal()));

    let call = server.call("POST", SEVEN).body(FORM, "grant_type=client_credentials");
    let answer = call.header("Authorization", &format!("Basic {basic}")).send().await;

    assert_eq!(server.bearer(&token(&answer), None).people(Api::Seven).await.ids(), [1]);
}

#[tokio::test]
async fn twentyfour_seven_office_names_the_bearer_and_counts_seconds() {
    let server = TestServer::start().await;
    let application = server.application(&["senate"]).await;

    let answer = post(&server, SEVEN, "application/json", request(&application).to_string()).await;

    assert_eq!(answer.at("/token_type"), json!("Bearer"));
    // A client renews a token one minute before it ends.
    assert!(answer.at("/expires_in").as_i64().is_some_and(|seconds| seconds > 60), "{}", answer.text());
}

#[tokio::test]
async fn login_organization_chooses_as_text_and_as_a_number() {
    let server = TestServer::with_both(people!["Jane"], people!["Zoe"; "Ann"]).await;
    let application = server.application(&["senate", "house"]).await;
    let house = server.organization_id("house").await;

    for organization in [json!(house.to_string()), json!(house)] {
        let mut body = request(&application);
        body["login_organization"] = organization;
        let answer = post(&server, SEVEN, "application/json", body.to_string()).await;

        assert_eq!(server.bearer(&token(&answer), None).people(Api::Seven).await.items().len(), 2);
    }
}

#[tokio::test]
async fn an_application_of_two_organizations_must_choose() {
    let server = TestServer::start().await;
    let application = server.application(&["senate", "house"]).await;

    let answer = post(&server, SEVEN, "application/json", request(&application).to_string()).await;

    assert_oauth_error(&answer, &[400]);
    assert!(answer.text().contains("login_organization"), "{}", answer.text());
}

#[tokio::test]
async fn an_organization_that_the_application_may_not_enter_is_like_one_that_is_not_there() {
    let server = TestServer::start().await;
    let application = server.application(&["senate"]).await;
    let house = server.organization_id("house").await;

    let mut answers = Vec::new();
    for organization in [house.to_string(), "543819716587312".to_owned()] {
        let mut body = request(&application);
        body["login_organization"] = json!(organization);
        let answer = post(&server, SEVEN, "application/json", body.to_string()).await;
        assert_oauth_error(&answer, &[400, 401, 403, 404]);
        answers.push((answer.status, answer.at("/error"), answer.at("/error_description")));
    }

    assert_eq!(answers[0], answers[1]);
}

#[tokio::test]
async fn a_wrong_secret_gets_no_token() {
    let server = TestServer::start().await;
    let application = server.application(&["senate"]).await;
    let other = server.application(&["senate"]).await;
    let mut body = request(&application);
    body["client_secret"] = json!(other.client_secret.reveal());

    let seven = post(&server, SEVEN, "application/json", body.to_string()).await;
    let modulo = post(&server, MODULO, "application/json", body.to_string()).await;

    assert_oauth_error(&seven, &[401, 403]);
    assert_oauth_error(&modulo, &[400, 401]);
    assert_eq!(modulo.at("/error"), json!("invalid_client"));
}

#[tokio::test]
async fn an_unknown_application_is_answered_like_a_wrong_secret() {
    let server = TestServer::start().await;
    let application = server.application(&["senate"]).await;
    let secret = server.application(&["senate"]).await.client_secret;

    for path in [SEVEN, MODULO] {
        let ids = [application.client_id.as_str(), "00000000000040008000000000000000"];
        let form = |id: &str| format!("grant_type=client_credentials&client_id={id}&client_secret={}", secret.reveal());
        let (wrong, unknown) = (post(&server, path, FORM, form(ids[0])).await, post(&server, path, FORM, form(ids[1])).await);

        assert_eq!((wrong.status, wrong.at("/error")), (unknown.status, unknown.at("/error")), "{path}");
        assert_eq!(wrong.at("/error_description"), unknown.at("/error_description"), "{path}");
    }
}

#[tokio::test]
async fn another_grant_is_unsupported() {
    let server = TestServer::start().await;
    let application = server.application(&["senate"]).await;
    // One of the vendor's samples sends the client's id as the grant.
    let id = application.client_id.clone();

    for path in [SEVEN, MODULO] {
        let body = form(&application).replace("client_credentials", &id);
        let answer = post(&server, path, FORM, body).await;

        assert_oauth_error(&answer, &[400]);
        assert_eq!(answer.at("/error"), json!("unsupported_grant_type"), "{path}");
    }
}

#[tokio::test]
async fn a_body_that_says_nothing_is_an_error_and_no_crash() {
    let server = TestServer::start().await;

    for path in [SEVEN, MODULO] {
        for (kind, body) in [("application/json", "{}"), ("application/json", "{"), (FORM, ""), ("text/plain", "hello"), (FORM, "%zz=1")] {
            let answer = post(&server, path, kind, body).await;

            assert!((400..500).contains(&answer.status), "{path} {body:?}: {}", answer.status);
            assert!(answer.json().is_object(), "{path} {body:?}");
        }
    }
}

#[tokio::test]
async fn risk_manager_takes_a_form_json_and_multipart() {
    let server = TestServer::with(people!["Jane"]).await;
    let application = server.application(&["senate"]).await;

    let bodies = [
        (FORM, form(&application)),
        ("application/json", request(&application).to_string()),
        ("multipart/form-data; boundary=edge", multipart(&application)),
    ];
    for (kind, body) in bodies {
        let answer = post(&server, MODULO, kind, body).await;

        assert_eq!(server.bearer(&token(&answer), None).people(Api::Modulo).await.items().len(), 1, "{kind}");
    }
}

#[tokio::test]
async fn risk_manager_spells_seconds_as_text() {
    let server = TestServer::start().await;
    let application = server.application(&["senate"]).await;

    let answer = post(&server, MODULO, FORM, form(&application)).await;

    assert_eq!((answer.at("/token_type"), answer.at("/expires_in")), (json!("bearer"), json!("86400")));
    assert!(answer.at("/scope").is_string());
}

#[tokio::test]
async fn risk_managers_token_endpoint_has_any_case() {
    let server = TestServer::start().await;
    let application = server.application(&["senate"]).await;

    for path in ["/APIIntegration/Token", "/apiintegration/token", "/senate/APIIntegration/token", "/senate//APIIntegration/Token/"] {
        assert_eq!(post(&server, path, FORM, form(&application)).await.status, 200, "{path}");
    }
}

#[tokio::test]
async fn the_path_chooses_the_organization_of_risk_managers_token() {
    let server = TestServer::with_both(people!["Jane"], people!["Zoe"; "Ann"]).await;
    let application = server.application(&["senate", "house"]).await;

    let answer = post(&server, "/house/APIIntegration/token", FORM, form(&application)).await;

    assert_eq!(server.bearer(&token(&answer), None).people(Api::Modulo).await.items().len(), 2);
}

#[tokio::test]
async fn an_application_of_two_organizations_must_choose_in_risk_manager() {
    let server = TestServer::start().await;
    let application = server.application(&["senate", "house"]).await;

    assert_oauth_error(&post(&server, MODULO, FORM, form(&application)).await, &[400]);
}

#[tokio::test]
async fn an_access_token_expires() {
    let server = TestServer::with(people!["Jane"]).await;
    let application = server.application(&["senate"]).await;
    let answer = post(&server, SEVEN, FORM, form(&application)).await;
    let client = server.bearer(&token(&answer), None);

    server.clock.advance_seconds(answer.at("/expires_in").as_i64().expect("seconds"));

    Api::Seven.assert_refusal(&client.people(Api::Seven).await, 401);
}

#[tokio::test]
async fn an_access_token_works_in_every_api() {
    let server = TestServer::with(people!["Jane"]).await;
    let application = server.application(&["senate"]).await;
    let answer = post(&server, MODULO, FORM, form(&application)).await;

    let client = server.bearer(&token(&answer), Some("senate"));

    for (api, answer) in server.each_api(&client, |_, call| call).await {
        assert_eq!(answer.items().len(), 1, "{api:?}");
    }
}
