//! The token endpoint.

use super::{error, said};
use crate::dialect::trial::Trial;
use serde_json::json;

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

#[tokio::test]
async fn an_application_gets_a_token_by_form_multipart_or_json() {
    let trial = Trial::new().await;
    let application = trial.application(&["senate"], "people:read").await;
    let (id, secret) = (&application.client_id, application.client_secret.reveal());
    let part = |name: &str, value: &str| format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    let multipart = part("client_id", id) + &part("client_secret", secret) + &part("grant_type", "client_credentials") + "--x--\r\n";
    let bodies = [
        (FORM.1, format!("client_id={id}&client_secret={secret}&grant_type=client_credentials")),
        ("multipart/form-data; boundary=x", multipart),
        ("application/json", json!({ "client_id": id, "client_secret": secret, "grant_type": "client_credentials" }).to_string()),
    ];

    for (kind, body) in bodies {
        let answer = trial.ask("POST", "/APIIntegration/Token", &[("content-type", kind)], &body).await;
        let granted = answer.json();
        assert_eq!((answer.status, &granted["token_type"], &granted["expires_in"]), (200, &json!("bearer"), &json!("86400")), "{kind}");
        let token = format!("OAuth2 {}", granted["access_token"].as_str().unwrap());
        assert_eq!(trial.get("/api/organization/people", &[("authorization", &token)]).await.status, 200);
    }
}

#[tokio::test]
async fn a_token_request_that_is_wrong_is_told_how() {
    let trial = Trial::new().await;
    let application = trial.application(&["senate"], "people:read").await;
    let (id, secret) = (&application.client_id, application.client_secret.reveal());
    let good = format!("client_id={id}&client_secret={secret}");
    let cases = [
        (format!("client_id={id}&client_secret=x&grant_type=client_credentials"), said(401, "invalid_client")),
        (format!("client_id=x&client_secret={secret}&grant_type=client_credentials"), said(401, "invalid_client")),
        (good.clone(), said(400, "invalid_request")),
        (format!("{good}&client_id={id}&grant_type=client_credentials"), said(400, "invalid_request")),
        ("client_id=&client_secret=x&grant_type=client_credentials".to_owned(), said(400, "invalid_request")),
        (format!("{good}&grant_type={id}"), said(400, "unsupported_grant_type")),
        (format!("{good}&grant_type=authorization_code&code=x"), said(400, "invalid_request")),
        (format!("{good}&grant_type=authorization_code&code=x&redirect_uri=y"), said(400, "invalid_grant")),
        (format!("{good}&grant_type=refresh_token"), said(400, "invalid_request")),
        (format!("{good}&grant_type=refresh_token&refresh_token=x"), said(400, "invalid_grant")),
        ("grant_type=refresh_token&refresh_token=x".to_owned(), said(400, "invalid_request")),
        (format!("{good}&grant_type=password&username=a&password=b"), said(400, "unsupported_grant_type")),
        ("%".to_owned(), said(400, "invalid_request")),
    ];

    for (body, expected) in cases {
        assert_eq!(error(&trial.ask("POST", "/apiintegration/token", &[FORM], &body).await), expected, "{body}");
    }
    let xml = trial.ask("POST", "/apiintegration/token", &[("content-type", "text/xml")], "<a/>").await;
    assert_eq!(error(&xml), said(415, "unsupported_media_type"));
}

#[tokio::test]
async fn an_application_of_several_organizations_chooses_by_the_path() {
    let trial = Trial::new().await;
    let application = trial.application(&["senate", "house"], "people:read").await;
    let (id, secret) = (&application.client_id, application.client_secret.reveal());
    let body = format!("client_id={id}&client_secret={secret}&grant_type=client_credentials");

    let mut answers = Vec::new();
    for path in ["/apiintegration/token", "/house/apiintegration/token", "/nowhere/apiintegration/token"] {
        answers.push(trial.ask("POST", path, &[FORM], &body).await.status);
    }

    assert_eq!(answers, [400, 200, 404]);
}
