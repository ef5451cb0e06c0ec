//! Okta's own test of SCIM servers, step by step.

use super::Provider;
use crate::support::{Answer, Api, TestServer, people};
use serde_json::{Value, json};

/// A request with the headers of that test.
async fn asked(okta: &Provider, path: &str) -> Answer {
    let call = okta.client.call(Api::Scim, "GET", &format!("/scim/v2{path}")).header("Accept-Charset", "utf-8");
    let call = call.header("Content-Type", "application/scim+json; charset=utf-8").header("Accept", "application/scim+json");
    call.header("User-Agent", "OKTA SCIM Integration").send().await
}

async fn with_ana() -> (TestServer, Provider) {
    let server = TestServer::with(people![_, given_name: "Ana", family_name: "de Souza", email: "ana@example.com", login: "ana"]).await;
    let okta = Provider::okta(&server).await;
    (server, okta)
}

#[tokio::test]
async fn a_list_of_one_says_everything_that_is_asked_of_it() {
    let (_server, okta) = with_ana().await;

    let list = asked(&okta, "/Users?count=1&startIndex=1").await;

    assert_eq!((list.status, list.at("/schemas")), (200, json!(["urn:ietf:params:scim:api:messages:2.0:ListResponse"])));
    for number in ["/itemsPerPage", "/startIndex", "/totalResults"] {
        assert!(list.at(number).is_u64(), "{number}: {}", list.text());
    }
    for member in ["id", "name/familyName", "name/givenName", "userName", "active", "emails/0/value"] {
        assert!(![Value::Null, json!(""), json!(false)].contains(&list.at(&format!("/Resources/0/{member}"))), "{member}: {}", list.text());
    }
}

#[tokio::test]
async fn one_user_is_read_by_id() {
    let (_server, okta) = with_ana().await;
    let id = asked(&okta, "/Users?count=1&startIndex=1").await.at("/Resources/0/id");

    let user = asked(&okta, &format!("/Users/{}", id.as_str().expect("an id"))).await;

    assert_eq!((user.status, user.at("/id"), user.at("/active")), (200, id, json!(true)));
}

#[tokio::test]
async fn nobody_is_found_by_a_name_or_an_id_that_is_nobodys() {
    let (_server, okta) = with_ana().await;

    let by_name = asked(&okta, "/Users?filter=userName eq \"abcdefgh@atko.com\"").await;

    assert_eq!((by_name.status, by_name.at("/totalResults")), (200, json!(0)));
    for id in ["010101001010101011001010101011", "00919288221112222"] {
        Api::Scim.assert_refusal(&asked(&okta, &format!("/Users/{id}")).await, 404);
    }
}

#[tokio::test]
async fn a_user_is_made_once_and_found_in_any_case() {
    let (_server, okta) = with_ana().await;
    let body = r#"{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"runscope300@atko.com","name":{"givenName":"Runscope","familyName":"Three"},"emails":[{"primary":true,"value":"runscope300@atko.com","type":"work"}],"displayName":"Runscope Three","active":true}"#;

    let made = okta.post("/Users", body).await;
    let again = okta.post("/Users", body).await;
    let found = asked(&okta, "/Users?filter=userName eq \"RUNSCOPE300@ATKO.COM\"").await;

    assert_eq!((made.status, made.at("/active"), made.at("/name/familyName")), (201, json!(true), json!("Three")), "{}", made.text());
    Api::Scim.assert_refusal(&again, 409);
    assert_eq!((found.status, found.at("/Resources/0/id")), (200, made.at("/id")));
}

#[tokio::test]
async fn groups_are_listed() {
    let (_server, okta) = with_ana().await;

    let groups = asked(&okta, "/Groups").await;

    assert_eq!((groups.status, groups.at("/totalResults"), groups.at("/Resources")), (200, json!(0), json!([])));
}

#[tokio::test]
async fn what_is_no_token_is_refused_in_the_shape_of_errors() {
    let (server, _) = with_ana().await;

    let call = server.anonymous().call(Api::Scim, "GET", "/scim/v2/Users?filter=userName eq \"ANA\"").header("Authorization", "non-token");

    Api::Scim.assert_refusal(&call.send().await, 401);
}
