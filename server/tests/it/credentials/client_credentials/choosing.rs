//! Which of an application's organizations a token is for.

use super::{FORM, MODULO, SEVEN, assert_oauth_error, form, post, request, token};
use crate::support::{Api, TestServer, people};
use serde_json::json;

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
async fn the_path_chooses_the_organization_of_twentyfour_seven_offices_token() {
    let server = TestServer::with_both(people!["Jane"], people!["Zoe"; "Ann"]).await;
    let application = server.application(&["senate", "house"]).await;

    let answer = post(&server, "/house/oauth/token", FORM, form(&application)).await;

    assert_eq!(server.bearer(&token(&answer), None).people(Api::Seven).await.items().len(), 2);
}
