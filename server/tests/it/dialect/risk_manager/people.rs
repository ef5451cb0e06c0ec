//! The person as Risk Manager shows it, in lists and alone.

use crate::support::{Answer, Api, TestServer, group, people};
use rollcall_core::domain::Scope;
use serde_json::{Value, json};

const MEMBERS: [&str; 9] = ["AdditionalInformation", "CustomAttributes", "Description", "Email", "Id", "Login", "Name", "Phone", "Status"];

#[tokio::test]
async fn a_person_has_the_nine_members_of_the_contract() {
    let server = TestServer::with(people!["Jane", custom_link: "https://abccompany.com"]).await;

    let answer = server.reader().modulo("").await;

    assert_eq!(answer.members(), MEMBERS);
}

#[tokio::test]
async fn name_is_the_whole_name() {
    let server = TestServer::with(people!["Robert B. Aderholt", given_name: "Robert", family_name: "Aderholt"]).await;

    assert_eq!(server.reader().modulo("").await.names(), ["Robert B. Aderholt"]);
}

#[tokio::test]
async fn name_falls_back_to_the_parts_then_the_address_then_the_login() {
    let nameless = people![
        _, given_name: "Jane", family_name: "Doe";
        _, family_name: "Doe";
        _, email: "omar@example.com", login: "omar";
        _, login: "ann";
    ];
    let server = TestServer::with(nameless).await;

    assert_eq!(server.reader().modulo("").await.names(), ["Jane Doe", "Doe", "omar@example.com", "ann"]);
}

#[tokio::test]
async fn the_login_of_a_person_without_a_username_is_null() {
    let server = TestServer::with(people!["Omar"]).await;

    assert_eq!(server.reader().modulo("").await.column("Login"), [Value::Null]);
}

#[tokio::test]
async fn status_tells_the_account() {
    let server = TestServer::with(people!["A"; "B", account: "blocked"; "C", account: "none", login: "c"]).await;

    assert_eq!(server.reader().modulo("").await.column("Status"), ["Active", "Blocked", "NoAccess"]);
}

#[tokio::test]
async fn custom_attributes_are_one_object_by_variable_name() {
    let server = TestServer::with(people!["Jane", custom_link: "https://abccompany.com", custom_text: "Text"]).await;

    let answer = server.reader().modulo("").await;

    assert_eq!(answer.at("/0/CustomAttributes"), json!({ "link": "https://abccompany.com", "text": "Text" }));
}

#[tokio::test]
async fn people_without_custom_attributes_are_all_written_alike() {
    let server = TestServer::with(people!["Jane", custom_text: "Text"; "Omar"; "Ann"]).await;

    let answer = server.reader().modulo("").await;

    let without = ["/1", "/2"].map(|person| answer.at(person).get("CustomAttributes").cloned());
    assert!(without == [None, None] || without == [Some(json!({})), Some(json!({}))], "{without:?}");
}

#[tokio::test]
async fn ids_are_guids_and_no_two_are_the_same() {
    let server = TestServer::with(people!["Jane"; "Omar"]).await;

    let ids = server.reader().modulo("").await.ids();

    assert!(ids.iter().all(|id| id.as_str().is_some_and(|id| id.parse::<uuid::Uuid>().is_ok())), "{ids:?}");
    assert_ne!(ids[0], ids[1]);
}

#[tokio::test]
async fn one_person_is_an_object_with_its_groups() {
    let server = TestServer::with(people!["Jane"; "Omar"]).await;
    server.add_groups("senate", group("Board", &[1])).await;
    let list = server.reader().modulo("").await;

    let one = server.reader().get(Api::Modulo, &path_of(&list, 0)).await;

    assert_eq!((one.at("/Name"), one.at("/Groups/0/Name")), (json!("Jane"), json!("Board")));
    assert_eq!(one.at("/Groups").as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn one_person_is_otherwise_the_same_as_in_the_list() {
    let server = TestServer::with(people!["Jane", login: "jane", custom_text: "Text"]).await;
    let list = server.reader().modulo("").await;

    let mut one = server.reader().get(Api::Modulo, &path_of(&list, 0)).await.json();

    one.as_object_mut().expect("an object").remove("Groups");
    assert_eq!(one, list.at("/0"));
}

#[tokio::test]
async fn an_id_in_capitals_is_the_same_id() {
    let server = TestServer::with(people!["Jane"]).await;
    let list = server.reader().modulo("").await;
    let id = list.at("/0/Id").as_str().expect("an id").to_uppercase();

    let one = server.reader().get(Api::Modulo, &format!("/api/Organization/people/{id}")).await;

    assert_eq!((one.status, one.at("/Id")), (200, list.at("/0/Id")));
}

#[tokio::test]
async fn an_absent_person_is_not_found() {
    let server = TestServer::with(people!["Jane"]).await;

    let answer = server.reader().get(Api::Modulo, "/api/Organization/people/63e5fe02-5773-4a49-ba13-22506f022316").await;

    Api::Modulo.assert_refusal(&answer, 404);
}

#[tokio::test]
async fn an_id_that_is_no_guid_is_refused() {
    let server = TestServer::with(people!["Jane"]).await;

    for id in ["1", "jane", "63e5fe02-5773-4a49-ba13"] {
        let answer = server.reader().get(Api::Modulo, &format!("/api/Organization/people/{id}")).await;

        assert!(matches!(answer.status, 400 | 404), "{id}: {}", answer.status);
        Api::Modulo.assert_refusal(&answer, answer.status);
    }
}

#[tokio::test]
async fn people_need_the_scope_to_read_people() {
    let server = TestServer::with(people!["Jane"]).await;
    let caller = server.holder_of(&[Scope::OrganizationRead]).await;

    Api::Modulo.assert_refusal(&caller.modulo("").await, 403);
}

#[tokio::test]
async fn a_stranger_has_an_invalid_token() {
    let server = TestServer::start().await;

    let answer = server.anonymous().modulo("").await;

    Api::Modulo.assert_refusal(&answer, 401);
    assert_eq!(answer.at("/error"), json!("invalid_token"));
}

#[tokio::test]
async fn a_post_is_answered_like_the_method_that_its_header_names() {
    let server = TestServer::with(people!["Jane"]).await;
    let path = path_of(&server.reader().modulo("").await, 0);

    for method in ["PUT", "DELETE"] {
        let meant = server.reader().call(Api::Modulo, method, &path).send().await;
        let sent = server.reader().call(Api::Modulo, "POST", &path).header("X-HTTP-Method-Override", method).send().await;

        assert_eq!((sent.status, sent.body), (meant.status, meant.body), "{method}");
    }
}

#[tokio::test]
async fn a_wrong_looking_host_is_harmless() {
    let server = TestServer::with(people!["Jane"]).await;

    let call = server.reader().call(Api::Modulo, "GET", Api::Modulo.people());

    assert_eq!(call.header("Host", "house.rm.example.org").send().await.items().len(), 1);
}

fn path_of(list: &Answer, index: usize) -> String {
    let id = list.at(&format!("/{index}/Id"));
    format!("/api/Organization/people/{}", id.as_str().expect("an id"))
}
