//! `$filter`: comparisons, null, and how conditions are joined.

use super::{found, with_cast};
use crate::support::{TestServer, people};

const EVERYBODY: [&str; 4] = ["Elizabeth Warren", "Jane Doe", "Omar", "Straße Müller"];

#[tokio::test]
async fn a_person_without_a_login_is_found_by_eq_null() {
    let server = TestServer::with(people!["Jane", login: "jane"; "Omar"]).await;

    let found = server.reader().modulo("$filter=Login eq null").await;

    assert_eq!(found.names(), ["Omar"]);
}

#[tokio::test]
async fn a_person_with_a_login_is_found_by_ne_null() {
    assert_eq!(found("Login ne null").await, ["Elizabeth Warren", "Jane Doe", "Straße Müller"]);
}

#[tokio::test]
async fn null_may_stand_on_the_left() {
    assert_eq!(found("null eq Login").await, ["Omar"]);
}

#[tokio::test]
async fn an_id_finds_its_person() {
    let server = with_cast().await;
    let id = server.reader().modulo("").await.at("/1/Id");

    let filter = format!("Id eq guid'{}'", id.as_str().expect("an id"));

    assert_eq!(server.reader().filtered(&filter).await.ids(), [id]);
}

#[tokio::test]
async fn an_id_may_come_bare_and_in_capitals() {
    let server = with_cast().await;
    let id = server.reader().modulo("").await.at("/2/Id").as_str().expect("an id").to_owned();

    for filter in [format!("Id eq {id}"), format!("Id eq guid'{}'", id.to_uppercase())] {
        assert_eq!(server.reader().filtered(&filter).await.names(), ["Omar"], "{filter}");
    }
}

#[tokio::test]
async fn an_id_that_is_not_equal_leaves_one_out() {
    let server = with_cast().await;
    let id = server.reader().modulo("").await.at("/2/Id");

    let filter = format!("Id ne guid'{}'", id.as_str().expect("an id"));

    assert_eq!(server.reader().filtered(&filter).await.names(), ["Elizabeth Warren", "Jane Doe", "Straße Müller"]);
}

#[tokio::test]
async fn every_text_field_can_be_compared() {
    let server = with_cast().await;

    for filter in [
        "Name eq 'Elizabeth Warren'",
        "Description eq 'Senator'",
        "Email eq 'warren@example.com'",
        "Phone eq '202-224-4543'",
        "AdditionalInformation eq 'Night shift'",
        "Login eq 'ewarren'",
    ] {
        assert_eq!(server.reader().filtered(filter).await.names(), ["Elizabeth Warren"], "{filter}");
    }
}

#[tokio::test]
async fn the_field_may_stand_on_the_right() {
    assert_eq!(found("'Omar' eq Name").await, ["Omar"]);
}

#[tokio::test]
async fn equality_ignores_case() {
    assert_eq!(found("Name eq 'ELIZABETH warren'").await, ["Elizabeth Warren"]);
}

#[tokio::test]
async fn case_folding_is_full() {
    assert_eq!(found("Name eq 'STRASSE MÜLLER'").await, ["Straße Müller"]);
}

#[tokio::test]
async fn case_folding_does_not_normalize() {
    assert!(found("Name eq 'Straße Mu\u{308}ller'").await.is_empty());
}

#[tokio::test]
async fn not_equal_finds_the_absent() {
    assert_eq!(found("Phone ne '202-224-4543'").await, ["Jane Doe", "Omar", "Straße Müller"]);
}

#[tokio::test]
async fn not_finds_people_without_a_phone() {
    assert_eq!(found("not (Phone eq '202-224-4543')").await, ["Jane Doe", "Omar", "Straße Müller"]);
}

#[tokio::test]
async fn not_needs_no_parentheses_before_a_function() {
    assert_eq!(found("not substringof('e',Name)").await, ["Omar"]);
}

#[tokio::test]
async fn an_order_of_text_ignores_case() {
    assert_eq!(found("Login le 'EWARREN'").await, ["Elizabeth Warren"]);
    assert_eq!(found("Login ge 'JANEDOE'").await, ["Jane Doe", "Straße Müller"]);
}

#[tokio::test]
async fn an_order_of_text_leaves_the_absent_out() {
    assert_eq!(found("Login gt 'ewarren'").await, ["Jane Doe", "Straße Müller"]);
    assert_eq!(found("Login lt 'zz'").await, ["Elizabeth Warren", "Jane Doe", "Straße Müller"]);
}

#[tokio::test]
async fn status_is_compared_with_its_labels() {
    assert_eq!(found("Status eq 'Active'").await, ["Elizabeth Warren", "Omar"]);
    assert_eq!(found("Status eq 'Blocked'").await, ["Jane Doe"]);
    assert_eq!(found("Status eq 'NoAccess'").await, ["Straße Müller"]);
    assert_eq!(found("Status ne 'Active'").await, ["Jane Doe", "Straße Müller"]);
}

#[tokio::test]
async fn and_holds_closer_than_or() {
    assert_eq!(found("Name eq 'Omar' or Name eq 'Jane Doe' and Status eq 'Active'").await, ["Omar"]);
    assert_eq!(found("(Name eq 'Omar' or Name eq 'Jane Doe') and Status eq 'Blocked'").await, ["Jane Doe"]);
}

#[tokio::test]
async fn conditions_join_without_blanks_beside_parentheses() {
    assert_eq!(found("(Status eq 'Active')and(Login eq null)").await, ["Omar"]);
    assert_eq!(found("(Name eq 'Omar')or(Name eq 'Jane Doe')").await, ["Jane Doe", "Omar"]);
}

#[tokio::test]
async fn an_apostrophe_is_doubled() {
    assert_eq!(found("Login eq 'O''Neill'").await, ["Straße Müller"]);
}

#[tokio::test]
async fn an_ampersand_comes_encoded() {
    let server = TestServer::with(people!["Black & White"; "Grey"]).await;

    assert_eq!(server.reader().filtered("Name eq 'Black %26 White'").await.names(), ["Black & White"]);
}

#[tokio::test]
async fn blanks_may_come_as_plus_signs() {
    assert_eq!(found("Name+eq+'Jane+Doe'").await, ["Jane Doe"]);
}

#[tokio::test]
async fn an_empty_or_blank_filter_is_none() {
    assert_eq!(found("").await, EVERYBODY);
    assert_eq!(found("+").await, EVERYBODY);
}

#[tokio::test]
async fn the_dollar_may_be_encoded_or_left_out() {
    let server = with_cast().await;

    for key in ["$filter", "%24filter", "filter"] {
        assert_eq!(server.reader().modulo(&format!("{key}=Login eq null")).await.names(), ["Omar"], "{key}");
    }
}

#[tokio::test]
async fn conditions_of_literals_alone_are_evaluated() {
    assert_eq!(found("'1' eq '1'").await, EVERYBODY);
    assert_eq!(found("null eq null").await, EVERYBODY);
    assert!(found("1 gt 2").await.is_empty());
    assert!(found("null ne null").await.is_empty());
}

#[tokio::test]
async fn negation_turns_or_around_and_itself_back() {
    assert_eq!(found("not (Login eq null or Status eq 'Active')").await, ["Jane Doe", "Straße Müller"]);
    assert_eq!(found("not (not (Login eq null))").await, ["Omar"]);
}
