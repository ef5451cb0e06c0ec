//! Groups and their members.

use crate::support::{Api, TestServer, group, people};
use rollcall_core::directory::Cell;
use rollcall_core::domain::Scope;
use serde_json::{Value, json};

/// Jane and Omar on the board, Omar and Ann on the committee.
async fn with_two_groups() -> TestServer {
    let server = TestServer::with(people!["Jane", login: "jane"; "Omar"; "Ann"; "Zoe"]).await;
    server.add_groups("senate", group("Board", &[1, 2])).await;
    server.add_groups("senate", group("Committee", &[2, 3])).await;
    server
}

/// Where the board is.
async fn board(server: &TestServer) -> String {
    let groups = server.reader().get(Api::Modulo, "/api/Organization/groups").await;
    format!("/api/Organization/groups/{}", groups.at("/0/Id").as_str().expect("an id"))
}

#[tokio::test]
async fn a_group_has_the_members_of_the_contract() {
    let server = with_two_groups().await;

    let answer = server.reader().get(Api::Modulo, "/api/Organization/groups").await;

    let expected = ["AdditionalInformation", "CustomAttributes", "Description", "Email", "Id", "Name", "Responsible"];
    assert_eq!(answer.members(), expected);
}

#[tokio::test]
async fn the_empty_filter_of_the_php_client_lists_every_group() {
    let server = with_two_groups().await;

    let answer = server.reader().get(Api::Modulo, "/api/Organization/groups?page=1&page_size=100&$filter=").await;

    assert_eq!(answer.names(), ["Board", "Committee"]);
}

#[tokio::test]
async fn groups_are_filtered_ordered_and_paged() {
    let server = with_two_groups().await;

    for (query, names) in [
        ("$filter=Name eq 'board'", vec!["Board"]),
        ("$filter=Description eq null", vec!["Board", "Committee"]),
        ("$orderby=Name desc", vec!["Committee", "Board"]),
        ("page=2&page_size=1", vec!["Committee"]),
    ] {
        let answer = server.reader().get(Api::Modulo, &format!("/api/Organization/groups?{query}")).await;

        assert_eq!(answer.names(), names, "{query}");
    }
}

#[tokio::test]
async fn ten_groups_come_by_default() {
    let server = TestServer::with(people!["Jane"]).await;
    let groups = (0..12).flat_map(|number| group(&format!("Group {number}"), &[1])).collect();
    server.add_groups("senate", groups).await;

    assert_eq!(server.reader().get(Api::Modulo, "/api/Organization/groups").await.items().len(), 10);
}

#[tokio::test]
async fn one_group_is_an_object() {
    let server = with_two_groups().await;

    let one = server.reader().get(Api::Modulo, &board(&server).await).await;

    assert_eq!((one.status, one.at("/Name")), (200, json!("Board")));
}

#[tokio::test]
async fn members_are_people() {
    let server = with_two_groups().await;

    let answer = server.reader().get(Api::Modulo, &format!("{}/members", board(&server).await)).await;

    assert_eq!(answer.items(), server.reader().modulo("page_size=2").await.items());
}

#[tokio::test]
async fn members_are_filtered_ordered_and_paged_like_people() {
    let server = with_two_groups().await;
    let board = board(&server).await;

    for (query, names) in [
        ("$filter=Login eq null", vec!["Omar"]),
        ("$filter=substringof(Name,'jane')", vec!["Jane"]),
        ("$orderby=Name desc", vec!["Omar", "Jane"]),
        ("page=2&page_size=1", vec!["Omar"]),
        ("page=3&page_size=1", vec![]),
    ] {
        assert_eq!(server.reader().get(Api::Modulo, &format!("{board}/members?{query}")).await.names(), names, "{query}");
    }
}

#[tokio::test]
async fn an_absent_group_is_not_found_and_has_no_members() {
    let server = with_two_groups().await;

    for tail in ["", "/members"] {
        let path = format!("/api/Organization/groups/63e5fe02-5773-4a49-ba13-22506f022316{tail}");

        Api::Modulo.assert_refusal(&server.reader().get(Api::Modulo, &path).await, 404);
    }
}

#[tokio::test]
async fn a_group_without_somebody_responsible_says_null() {
    let server = with_two_groups().await;

    let answer = server.reader().get(Api::Modulo, "/api/Organization/groups").await;

    assert_eq!(answer.column("Responsible"), [Value::Null, Value::Null]);
}

#[tokio::test]
async fn groups_need_the_scope_to_read_groups() {
    let server = with_two_groups().await;
    let caller = server.holder_of(&[Scope::PeopleRead]).await;

    Api::Modulo.assert_refusal(&caller.get(Api::Modulo, "/api/Organization/groups").await, 403);
}

#[tokio::test]
async fn a_field_of_people_is_unknown_to_groups() {
    let server = with_two_groups().await;

    let answer = server.reader().get(Api::Modulo, "/api/Organization/groups?$filter=Login eq null").await;

    Api::Modulo.assert_refusal(&answer, 400);
}

/// A board that Jane Doe answers for.
async fn with_responsible() -> TestServer {
    let server = TestServer::with(people!["Jane Doe", login: "jane", email: "jane@example.com"]).await;
    let mut lines = group("Board", &[1]);
    lines[0].cells.push(("group_responsible".to_owned(), Cell::Text("jane".to_owned())));
    server.add_groups("senate", [lines, group("Committee", &[1])].concat()).await;
    server
}

#[tokio::test]
async fn who_is_responsible_is_an_object() {
    let server = with_responsible().await;
    let id = server.reader().modulo("").await.at("/0/Id");

    let answer = server.reader().get(Api::Modulo, "/api/Organization/groups").await;

    assert_eq!((answer.at("/0/Responsible/Id"), answer.at("/0/Responsible/Name")), (id, json!("Jane Doe")));
}

#[tokio::test]
async fn groups_are_found_by_who_is_responsible() {
    let server = with_responsible().await;

    for (filter, names) in [("substringof('jane',Responsible)", vec!["Board"]), ("Responsible eq null", vec!["Committee"])] {
        let answer = server.reader().get(Api::Modulo, &format!("/api/Organization/groups?$filter={filter}")).await;

        assert_eq!(answer.names(), names, "{filter}");
    }
}
