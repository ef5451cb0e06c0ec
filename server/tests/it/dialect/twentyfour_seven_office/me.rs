//! `/v1/me`: the identity behind a token, and the organizations that it enters.

use crate::support::{Answer, Api, Client, TestServer, people};
use serde_json::{Value, json};

const NOWHERE: &str = "00000000-0000-4000-8000-000000000000";

/// A server where `jane@example.com` is Jane in the senate.
async fn with_jane() -> (TestServer, Client, String) {
    let jane = people![_, given_name: "Jane", family_name: "Doe", time_zone: "Europe/Oslo", language: "en"];
    let server = TestServer::with(jane).await;
    let (identity, client) = server.identity("jane@example.com", &[("senate", 1)]).await;
    (server, client, identity.to_string())
}

/// A server where `jane@example.com` is the first of two in the senate and the second of two in the house.
async fn with_jane_in_both() -> (TestServer, Client) {
    let server = TestServer::with_both(people!["Jane"; "Omar"], people!["Ann"; "Jane"]).await;
    let (_, client) = server.identity("jane@example.com", &[("senate", 1), ("house", 2)]).await;
    (server, client)
}

#[tokio::test]
async fn a_token_without_an_identity_has_no_profile() {
    let server = TestServer::start().await;

    for path in ["me", "me/identifiers", "me/licenses"] {
        Api::Seven.assert_refusal(&server.reader().seven(path).await, 403);
    }
}

#[tokio::test]
async fn a_linked_person_shows_its_identity() {
    let (server, _, identity) = with_jane().await;

    let answer = server.reader().seven("organization/people/1").await;

    assert_eq!(answer.at("/identityId"), json!(identity));
}

#[tokio::test]
async fn a_profile_has_the_members_of_its_schema() {
    let (_server, jane, _) = with_jane().await;

    let answer = jane.seven("me").await;

    assert_eq!(answer.members(), ["countryCode", "culture", "firstName", "id", "language", "lastName", "timeZone"]);
}

#[tokio::test]
async fn a_profile_tells_the_identitys_person() {
    let (_server, jane, identity) = with_jane().await;

    let answer = jane.seven("me").await;

    let said = ["/id", "/firstName", "/lastName", "/timeZone", "/language"].map(|member| answer.at(member));
    assert_eq!(said, [json!(identity), json!("Jane"), json!("Doe"), json!("Europe/Oslo"), json!("en")]);
}

#[tokio::test]
async fn a_profile_bears_its_parameters() {
    let (_server, jane, _) = with_jane().await;

    let answer = jane.seven("me?thumb=true&bigthumb=false&maxAge=60").await;

    assert_eq!(answer.status, 200);
}

#[tokio::test]
async fn the_e_mail_address_is_a_confirmed_identifier() {
    let (_server, jane, _) = with_jane().await;

    let answer = jane.seven("me/identifiers").await;

    assert_eq!(answer.members(), ["id", "status", "type", "value"]);
    let said = ["/0/type", "/0/value", "/0/status"].map(|member| answer.at(member));
    assert_eq!(said, [json!("Email"), json!("jane@example.com"), json!("Confirmed")]);
}

#[tokio::test]
async fn identifiers_are_filtered_by_type_and_status() {
    let (_server, jane, _) = with_jane().await;

    let mut sizes = Vec::new();
    for query in ["type=Email", "type=Phone", "status=Confirmed", "status=Unconfirmed"] {
        sizes.push(jane.seven(&format!("me/identifiers?{query}")).await.items().len());
    }

    assert_eq!(sizes, [1, 0, 1, 0]);
}

#[tokio::test]
async fn an_unknown_status_is_a_validation_error() {
    let (_server, jane, _) = with_jane().await;

    let answer = jane.seven("me/identifiers?status=Perhaps").await;

    assert_eq!((answer.status, answer.at("/error/name")), (400, json!("ValidationError")));
}

#[tokio::test]
async fn one_identifier_is_the_same_as_in_the_list() {
    let (_server, jane, _) = with_jane().await;
    let list = jane.seven("me/identifiers").await;

    let one = jane.seven(&format!("me/identifiers/{}", text(&list, "/0/id"))).await;

    assert_eq!(one.json(), list.at("/0"));
}

#[tokio::test]
async fn an_absent_identifier_is_not_found() {
    let (_server, jane, _) = with_jane().await;

    Api::Seven.assert_refusal(&jane.seven(&format!("me/identifiers/{NOWHERE}")).await, 404);
}

#[tokio::test]
async fn licenses_show_every_organization_that_the_login_can_enter() {
    let (server, jane) = with_jane_in_both().await;
    let organizations = [server.organization_id("house").await, server.organization_id("senate").await];

    let answer = jane.seven("me/licenses").await;

    let mut said: Vec<Value> = answer.items().iter().map(|item| json!([item["organizationId"], item["name"], item["personId"]])).collect();
    said.sort_by_key(Value::to_string);
    let mut expected = vec![json!([organizations[0], "The House", 2]), json!([organizations[1], "The Senate", 1])];
    expected.sort_by_key(Value::to_string);
    assert_eq!(said, expected);
}

#[tokio::test]
async fn a_license_has_the_members_of_its_schema() {
    let (_server, jane) = with_jane_in_both().await;

    let answer = jane.seven("me/licenses").await;

    assert_eq!(answer.members(), ["id", "identityId", "name", "organizationId", "personId"]);
}

#[tokio::test]
async fn a_license_keeps_its_id() {
    let (_server, jane) = with_jane_in_both().await;

    let (first, second) = (jane.seven("me/licenses").await, jane.seven("me/licenses").await);

    assert_eq!(first.ids(), second.ids());
}

#[tokio::test]
async fn licenses_are_filtered_by_organization_and_by_person() {
    let (server, jane) = with_jane_in_both().await;
    let house = server.organization_id("house").await;

    let by_organization = jane.seven(&format!("me/licenses?organizationId={house}")).await;
    let by_person = jane.seven("me/licenses?personId=1").await;
    let by_both = jane.seven(&format!("me/licenses?organizationId={house}&personId=1")).await;

    assert_eq!(by_organization.column("name"), ["The House"]);
    assert_eq!(by_person.column("name"), ["The Senate"]);
    assert!(by_both.items().is_empty());
}

#[tokio::test]
async fn the_organization_of_a_license_has_the_members_of_its_schema() {
    let (server, jane) = with_jane_in_both().await;
    let house = server.organization_id("house").await;
    let license = text(&jane.seven(&format!("me/licenses?organizationId={house}")).await, "/0/id");

    let answer = jane.seven(&format!("me/licenses/{license}/organization")).await;

    assert_eq!(answer.members(), ["email", "id", "name"]);
    assert_eq!(answer.at("/name"), json!("The House"));
    assert!(text(&answer, "/id").parse::<uuid::Uuid>().is_ok());
}

#[tokio::test]
async fn an_absent_license_has_no_organization() {
    let (_server, jane, _) = with_jane().await;

    Api::Seven.assert_refusal(&jane.seven(&format!("me/licenses/{NOWHERE}/organization")).await, 404);
}

#[tokio::test]
async fn the_license_of_another_login_has_no_organization() {
    let (server, jane) = with_jane_in_both().await;
    let (_, omar) = server.identity("omar@example.com", &[("senate", 2)]).await;
    let license = text(&omar.seven("me/licenses").await, "/0/id");

    let answer = jane.seven(&format!("me/licenses/{license}/organization")).await;

    Api::Seven.assert_refusal(&answer, 404);
}

fn text(answer: &Answer, pointer: &str) -> String {
    answer.at(pointer).as_str().expect("a text").to_owned()
}
