//! `/api/info`, and how many people there are.

use crate::support::{Api, TestServer, people};
use serde_json::json;

#[tokio::test]
async fn a_token_of_a_person_tells_who_it_is() {
    let server = TestServer::with(people!["Omar"; "Jane Doe", login: "jane", email: "jane@example.com"]).await;
    let id = server.reader().modulo("").await.at("/1/Id");

    let answer = server.person(2).await.get(Api::Modulo, "/api/info/me").await;

    assert_eq!(answer.json(), json!({ "Id": id, "Name": "Jane Doe", "Login": "jane", "Email": "jane@example.com" }));
}

#[tokio::test]
async fn a_token_of_nobody_is_refused() {
    let server = TestServer::start().await;

    let answer = server.reader().get(Api::Modulo, "/api/info/me").await;

    assert!(matches!(answer.status, 403 | 404), "{}", answer.status);
    Api::Modulo.assert_refusal(&answer, answer.status);
}

#[tokio::test]
#[ignore = "the two lists are not served yet"]
async fn privileges_and_profiles_are_lists() {
    let server = TestServer::with(people!["Jane"]).await;
    let jane = server.person(1).await;

    for path in ["/api/info/me/privileges", "/api/info/me/profiles"] {
        let answer = jane.get(Api::Modulo, path).await;

        assert!(answer.json().is_array(), "{path}: {}", answer.text());
    }
}

#[tokio::test]
async fn people_are_counted() {
    let server = TestServer::with(people!["Jane", login: "jane"; "Omar"; "Ann"]).await;

    let all = server.reader().get(Api::Modulo, "/api/Organization/people/count").await;
    let some = server.reader().get(Api::Modulo, "/api/Organization/people/count?$filter=Login eq null").await;

    assert_eq!((all.json(), some.json()), (json!(3), json!(2)));
}
