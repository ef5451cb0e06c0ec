//! Signing in with an issuer: who comes in, and what is no proof.

use crate::support::{Browser, Issuer, TestServer};
use serde_json::{Value, json};
use std::collections::HashMap;

/// A browser that was sent to the issuer, and what it was to ask there.
async fn sent<'a>(server: &'a TestServer, issuer: &Issuer) -> (Browser<'a>, HashMap<String, String>) {
    let mut browser = Browser::new(server);
    let answer = browser.get("/console/sign-in/issuer?next=/console/sessions").await;
    let location = answer.header("location").unwrap_or_else(|| panic!("{}", answer.text())).to_owned();
    let (endpoint, query) = location.split_once('?').expect("a query");
    assert_eq!(endpoint, format!("{}/authorize", issuer.address));
    (browser, form_urlencoded::parse(query.as_bytes()).into_owned().collect())
}

async fn back<'a>(browser: &mut Browser<'a>, state: &str) -> u16 {
    browser.open(&format!("/console/sign-in/issuer/back?code=code&state={state}")).await.status
}

/// What comes of an answer with these claims.
async fn comes_of(claims: Value) -> u16 {
    let issuer = Issuer::start().await;
    let server = TestServer::with_issuer(issuer.settings()).await;
    server.owner().await;
    let (mut browser, question) = sent(&server, &issuer).await;
    issuer.answer(&question, &claims);
    back(&mut browser, &question["state"]).await
}

#[tokio::test]
async fn whom_the_issuer_vouches_for_is_signed_in_and_comes_to_the_page_that_was_asked_for() {
    let issuer = Issuer::start().await;
    let server = TestServer::with_issuer(issuer.settings()).await;
    server.owner().await;
    let (mut browser, question) = sent(&server, &issuer).await;
    assert_eq!((question["response_type"].as_str(), question["scope"].as_str()), ("code", "openid email"));

    issuer.answer(&question, &json!({}));

    assert_eq!(back(&mut browser, &question["state"]).await, 200);
    assert!(browser.text().contains("This session"), "{}", browser.text());
}

#[tokio::test]
async fn the_button_says_where_it_leads() {
    let issuer = Issuer::start().await;
    let server = TestServer::with_issuer(issuer.settings()).await;
    let mut browser = Browser::new(&server);

    browser.open("/console/sign-in").await;

    assert!(browser.text().contains("Sign in with Example"), "{}", browser.text());
}

#[tokio::test]
async fn a_server_without_an_issuer_sends_nobody_away() {
    let server = TestServer::start().await;

    for path in ["/console/sign-in/issuer", "/console/sign-in/issuer/back?code=code&state=x"] {
        assert_eq!(server.call("GET", path).send().await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn an_address_that_nobody_has_here_is_told_to_ask_for_an_invitation() {
    assert_eq!(comes_of(json!({ "email": "stranger@example.com" })).await, 403);
}

#[tokio::test]
async fn an_address_that_was_not_verified_proves_nothing() {
    for verified in [json!(false), json!("false"), Value::Null, json!("yes")] {
        assert_eq!(comes_of(json!({ "email_verified": verified })).await, 403, "{verified}");
    }
}

#[tokio::test]
async fn a_token_for_somebody_else_or_another_time_proves_nothing() {
    let wrong = [
        json!({ "aud": "another" }),
        json!({ "iss": "https://evil.example" }),
        json!({ "nonce": "another" }),
        json!({ "exp": 1_000_000_000 }),
        json!({ "azp": "another" }),
        json!({ "email": null }),
    ];
    for claims in wrong {
        assert_eq!(comes_of(claims.clone()).await, 403, "{claims}");
    }
}

#[tokio::test]
async fn a_browser_that_did_not_set_out_does_not_arrive() {
    let issuer = Issuer::start().await;
    let server = TestServer::with_issuer(issuer.settings()).await;
    server.owner().await;
    let (mut browser, question) = sent(&server, &issuer).await;
    issuer.answer(&question, &json!({}));

    assert_eq!(back(&mut Browser::new(&server), &question["state"]).await, 403);
    assert_eq!(back(&mut browser, "another").await, 403);
}

#[tokio::test]
async fn an_issuer_that_is_away_is_said_to_be() {
    let issuer = Issuer::start().await;
    let mut settings = issuer.settings();
    settings.issuer = "http://127.0.0.1:1".to_owned();
    let server = TestServer::with_issuer(settings).await;

    let answer = Browser::new(&server).get("/console/sign-in/issuer").await;

    assert_eq!(answer.status, 403);
    assert!(answer.text().contains("could not be signed in there"), "{}", answer.text());
}
