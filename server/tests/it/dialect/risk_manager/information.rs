//! `/api/info`, and how many people there are.

use crate::support::{Api, TestServer, people, slug};
use rollcall_core::directory::{NewToken, TokenOwner};
use rollcall_core::domain::{PersonNumber, Quirks, Scopes};
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

    Api::Modulo.assert_refusal(&answer, 403);
    assert_eq!(answer.at("/error"), json!("access_denied"));
}

#[tokio::test]
async fn privileges_are_the_scopes_of_the_token() {
    let server = TestServer::with(people!["Jane"]).await;
    let expected = json!([{ "Name": "people:read" }, { "Name": "groups:read" }, { "Name": "organization:read" }]);

    for caller in [server.person(1).await, server.reader()] {
        assert_eq!(caller.get(Api::Modulo, "/api/info/me/privileges").await.json(), expected);
    }
}

#[tokio::test]
async fn a_token_without_scopes_has_no_privileges() {
    let server = TestServer::start().await;

    let answer = server.holder_of(&[]).await.get(Api::Modulo, "/api/info/me/privileges").await;

    assert_eq!(answer.json(), json!([]));
}

#[tokio::test]
async fn the_profile_of_a_person_is_its_role() {
    let server = TestServer::with(people!["Jane"; "Omar", role: "903912753"]).await;

    let profiles = [
        server.person(1).await.get(Api::Modulo, "/api/info/me/profiles").await.json(),
        server.person(2).await.get(Api::Modulo, "/api/info/me/profiles").await.json(),
    ];

    assert_eq!(profiles[0], json!([{ "Id": 3, "Name": "Normal User" }]));
    assert_eq!((profiles[1].as_array().map(Vec::len), &profiles[1][0]["Id"]), (Some(1), &json!(903_912_753)));
}

#[tokio::test]
async fn a_token_of_nobody_has_no_profiles() {
    let server = TestServer::start().await;

    Api::Modulo.assert_refusal(&server.reader().get(Api::Modulo, "/api/info/me/profiles").await, 403);
}

#[tokio::test]
async fn the_words_behind_info_have_any_case() {
    let server = TestServer::with(people!["Jane"]).await;
    let jane = server.person(1).await;

    for path in ["/api/Info/Me", "/API/info/me/Privileges", "/senate//api/Info/ME/Profiles/"] {
        assert_eq!(jane.get(Api::Modulo, path).await.status, 200, "{path}");
    }
}

#[tokio::test]
async fn nobody_needs_a_scope_to_see_themselves() {
    let server = TestServer::with(people!["Jane"]).await;
    let owner = TokenOwner::Person(slug("senate"), PersonNumber::new(1).expect("a number"));
    let new = NewToken { owner, scopes: Scopes::default(), name: "test".to_owned(), expires_in_seconds: None, quirks: Quirks::none() };
    let secret = server.directory.create_token(new).await.expect("a token");
    let jane = server.bearer(secret.reveal(), Some("senate"));

    for (path, name) in [("/api/info/me", "/Name"), ("/api/info/me/profiles", "/0/Name")] {
        assert!(jane.get(Api::Modulo, path).await.at(name).is_string(), "{path}");
    }
}

#[tokio::test]
async fn people_are_counted() {
    let server = TestServer::with(people!["Jane", login: "jane"; "Omar"; "Ann"]).await;

    let all = server.reader().get(Api::Modulo, "/api/Organization/people/count").await;
    let some = server.reader().get(Api::Modulo, "/api/Organization/people/count?$filter=Login eq null").await;

    assert_eq!((all.json(), some.json()), (json!(3), json!(2)));
}
