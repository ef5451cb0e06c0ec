//! Codes: what they are redeemed for, and when not.

use super::{BACK, FORM, PAGE, Place, TOKEN, assert_invalid_grant, parameter, text};
use crate::support::Api;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

#[tokio::test]
async fn a_code_is_redeemed_for_an_access_token_and_a_refresh_token() {
    let place = Place::new().await;

    let answer = place.redeem(&place.code().await).await;

    assert_eq!(answer.members(), ["access_token", "expires_in", "refresh_token", "scope", "token_type"]);
    assert_eq!((answer.at("/token_type"), answer.at("/expires_in")), (json!("bearer"), json!("86400")));
    assert_eq!((answer.header("cache-control"), answer.header("pragma")), (Some("no-store"), Some("no-cache")));
    assert_ne!(text(&answer, "/access_token"), text(&answer, "/refresh_token"));
}

#[tokio::test]
async fn a_code_is_redeemed_by_form_multipart_and_json() {
    let place = Place::new().await;

    for kind in [FORM, "application/json", "multipart/form-data; boundary=edge"] {
        let code = place.code().await;
        let members = [
            ("grant_type", "authorization_code"),
            ("client_id", place.application.client_id.as_str()),
            ("client_secret", place.application.client_secret.reveal()),
            ("code", code.as_str()),
            ("redirect_uri", BACK),
        ];
        let body = match kind {
            FORM => super::form(members.iter()),
            "application/json" => json!(std::collections::BTreeMap::from(members)).to_string(),
            _ => {
                let part =
                    |(name, value): &(&str, &str)| format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
                format!("{}--edge--\r\n", members.iter().map(part).collect::<String>())
            }
        };

        assert_eq!(place.server.call("POST", TOKEN).body(kind, body).send().await.status, 200, "{kind}");
    }
}

#[tokio::test]
async fn a_code_that_comes_again_revokes_what_it_gave() {
    let place = Place::new().await;
    let code = place.code().await;
    let first = place.redeem(&code).await;
    assert_eq!(place.reads_people_of(&first, "senate").await, 200);

    let again = place.redeem(&code).await;

    assert_invalid_grant(&again);
    assert_eq!(place.reads_people_of(&first, "senate").await, 401);
    assert_invalid_grant(&place.refresh(&text(&first, "/refresh_token")).await);
}

#[tokio::test]
async fn a_code_ends_after_five_minutes() {
    let place = Place::new().await;
    let codes = [place.code().await, place.code().await];

    place.server.clock.advance_seconds(299);
    let before = place.redeem(&codes[0]).await;
    place.server.clock.advance_seconds(1);

    assert_eq!(before.status, 200);
    assert_invalid_grant(&place.redeem(&codes[1]).await);
}

#[tokio::test]
async fn another_clients_code_is_none() {
    let place = Place::new().await;
    let other = place.server.application_named("other", &["senate"], "people:read", &[BACK]).await;
    let code = place.code().await;

    let stolen = place.ask_as(&other, TOKEN, &[("grant_type", "authorization_code"), ("code", &code), ("redirect_uri", BACK)]).await;

    assert_invalid_grant(&stolen);
    assert_eq!(place.redeem(&code).await.status, 200);
}

#[tokio::test]
async fn a_code_is_redeemed_with_the_address_that_it_was_asked_for() {
    let place = Place::new().await;
    let code = place.code().await;

    for redirect in ["https://app.example.com/back", "https://app.example.com/back?from=rollcall&", "https://evil.example/"] {
        let answer = place.ask(&[("grant_type", "authorization_code"), ("code", &code), ("redirect_uri", redirect)]).await;
        assert_invalid_grant(&answer);
    }
    Api::Modulo.assert_refusal(&place.ask(&[("grant_type", "authorization_code"), ("code", &code)]).await, 400);
    assert_eq!(place.redeem(&code).await.status, 200);
}

#[tokio::test]
async fn a_client_with_a_wrong_secret_redeems_nothing() {
    let place = Place::new().await;
    let other = place.server.application(&["senate"]).await;
    let code = place.code().await;
    let members = [
        ("grant_type", "authorization_code"),
        ("client_id", place.application.client_id.as_str()),
        ("client_secret", other.client_secret.reveal()),
        ("code", code.as_str()),
        ("redirect_uri", BACK),
    ];

    let answer = place.server.call("POST", TOKEN).body(FORM, super::form(members.iter())).send().await;

    Api::Modulo.assert_refusal(&answer, 401);
    assert_eq!(answer.at("/error"), "invalid_client");
}

#[tokio::test]
async fn what_is_no_code_is_refused_like_an_unknown_one() {
    let place = Place::new().await;

    for code in ["x", "0123456789abcdef0123456789abcdef", "0123456789ABCDEF0123456789ABCDEF", "' or 1=1 --", "é"] {
        assert_invalid_grant(&place.redeem(code).await);
    }
}

/// The example of RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

#[tokio::test]
async fn a_challenge_is_met_by_its_verifier_alone() {
    let place = Place::new().await;
    let page = format!("{PAGE}?{}", place.query(&format!("&code_challenge={CHALLENGE}&code_challenge_method=S256")));
    let code = parameter(&place.sign_in_at(&page).await, "code").expect("a code");
    let with = async |verifier: &str| {
        let members = [("grant_type", "authorization_code"), ("code", code.as_str()), ("redirect_uri", BACK), ("code_verifier", verifier)];
        place.ask(&members).await
    };

    assert_invalid_grant(&place.redeem(&code).await);
    assert_invalid_grant(&with(CHALLENGE).await);
    assert_eq!(with(VERIFIER).await.status, 200);
}

#[tokio::test]
async fn a_verifier_without_a_challenge_is_refused() {
    let place = Place::new().await;
    let code = place.code().await;

    let members = [("grant_type", "authorization_code"), ("code", code.as_str()), ("redirect_uri", BACK), ("code_verifier", VERIFIER)];

    assert_invalid_grant(&place.ask(&members).await);
}

#[tokio::test]
async fn of_twenty_who_redeem_a_code_at_once_one_is_given_tokens_and_keeps_none() {
    let place = Place::new().await;
    let code = place.code().await;

    let answers = futures_util::future::join_all((0..20).map(|_| place.redeem(&code))).await;

    let (given, refused): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answer| answer.status == 200);
    assert_eq!(given.len(), 1);
    refused.iter().for_each(assert_invalid_grant);
    assert_eq!(place.reads_people_of(&given[0], "senate").await, 401);
    assert_invalid_grant(&place.refresh(&text(&given[0], "/refresh_token")).await);
}

#[tokio::test]
async fn a_code_is_redeemed_by_a_client_of_http_basic() {
    let place = Place::new().await;
    let (id, secret) = (place.application.client_id.as_str(), place.application.client_secret.reveal());
    let basic = format!("Basic {}", STANDARD.encode(format!("{id}:{secret}")));
    let ask = async |more: &[(&str, &str)]| {
        let code = place.code().await;
        let members = [("grant_type", "authorization_code"), ("code", code.as_str()), ("redirect_uri", BACK)];
        let body = super::form(members.iter().chain(more));
        place.server.call("POST", TOKEN).header("Authorization", &basic).body(FORM, body).send().await
    };

    assert_eq!(ask(&[]).await.status, 200);
    assert_eq!(ask(&[("client_id", id)]).await.status, 200);
    assert_eq!(ask(&[("client_secret", secret)]).await.at("/error"), "invalid_request");
    assert_eq!(ask(&[("client_id", "another")]).await.at("/error"), "invalid_request");
}
