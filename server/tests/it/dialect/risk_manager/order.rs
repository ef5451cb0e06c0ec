//! `$orderby`.

use crate::support::{TestServer, people};

/// Three people and one of whom nothing but the name is known.
async fn with_three_and_one() -> TestServer {
    let people = people![
        "bob", login: "b", email: "B@example.com", phone: "2", description: "Two", additional_information: "II", account: "none";
        "Alice", login: "A", email: "a@example.com", phone: "1", description: "one", additional_information: "I", account: "blocked";
        "Carol", login: "c", email: "c@example.com", phone: "3", description: "zero", additional_information: "iii";
        "Absent";
    ];
    TestServer::with(people).await
}

async fn assert_order(order: &str, expected: [&str; 4]) {
    let server = with_three_and_one().await;

    assert_eq!(server.reader().ordered(order).await.names(), expected, "{order}");
}

#[tokio::test]
async fn names_are_ordered_without_case() {
    assert_order("Name", ["Absent", "Alice", "bob", "Carol"]).await;
    assert_order("Name desc", ["Carol", "bob", "Alice", "Absent"]).await;
}

#[tokio::test]
async fn the_absent_come_first_ascending() {
    for field in ["Email", "Phone", "AdditionalInformation", "Login", "Description"] {
        assert_order(field, ["Absent", "Alice", "bob", "Carol"]).await;
    }
}

#[tokio::test]
async fn the_absent_come_last_descending() {
    for field in ["Email", "Phone", "AdditionalInformation", "Login", "Description"] {
        assert_order(&format!("{field} desc"), ["Carol", "bob", "Alice", "Absent"]).await;
    }
}

#[tokio::test]
async fn ascending_may_be_said() {
    assert_order("Login asc", ["Absent", "Alice", "bob", "Carol"]).await;
}

#[tokio::test]
async fn status_is_ordered_by_its_label() {
    assert_order("Status,Name", ["Absent", "Carol", "Alice", "bob"]).await;
    assert_order("Status desc,Name", ["bob", "Alice", "Absent", "Carol"]).await;
}

#[tokio::test]
async fn ids_have_an_order() {
    let server = with_three_and_one().await;

    let (up, down) = (server.reader().ordered("Id").await.ids(), server.reader().ordered("Id desc").await.ids());

    assert!(up.is_sorted_by_key(ToString::to_string), "{up:?}");
    assert_eq!(up, down.into_iter().rev().collect::<Vec<_>>());
}

#[tokio::test]
async fn several_fields_have_each_their_direction() {
    let server =
        TestServer::with(people!["A", description: "x"; "B", description: "y"; "C", description: "x"; "D", description: "y"]).await;

    assert_eq!(server.reader().ordered("Description desc,Name").await.names(), ["B", "D", "A", "C"]);
    assert_eq!(server.reader().ordered("Description,Name desc").await.names(), ["C", "A", "D", "B"]);
}

#[tokio::test]
async fn ties_and_no_order_are_by_number() {
    let server = TestServer::with(people!["C", phone: "1"; "A", phone: "1"; "B", phone: "1"]).await;

    assert_eq!(server.reader().ordered("Phone").await.names(), ["C", "A", "B"]);
    assert_eq!(server.reader().modulo("").await.names(), ["C", "A", "B"]);
}

#[tokio::test]
async fn blanks_beside_the_commas_are_taken() {
    assert_order("Login , Name", ["Absent", "Alice", "bob", "Carol"]).await;
}

#[tokio::test]
async fn the_dollar_may_be_left_out_and_an_empty_order_is_none() {
    let server = with_three_and_one().await;

    assert_eq!(server.reader().modulo("orderby=Name desc").await.names(), ["Carol", "bob", "Alice", "Absent"]);
    assert_eq!(server.reader().modulo("$orderby=").await.names(), ["bob", "Alice", "Carol", "Absent"]);
}

#[tokio::test]
async fn the_whole_name_is_what_is_ordered() {
    let server = TestServer::with(people![_, given_name: "Zoe", family_name: "Adams"; "Bob"; _, email: "carl@example.com"]).await;

    assert_eq!(server.reader().ordered("Name").await.names(), ["Bob", "carl@example.com", "Zoe Adams"]);
}
