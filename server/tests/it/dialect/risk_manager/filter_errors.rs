//! `$filter` and `$orderby`: what is refused, never answered with an empty list.

use super::with_cast;
use crate::support::{Answer, Api};
use serde_json::json;

/// Fails unless every filter is a bad request whose first application error names `$filter`.
async fn assert_refused(filters: &[&str]) {
    let server = with_cast().await;
    for filter in filters {
        assert_names(&server.reader().filtered(filter).await, "$filter", filter);
    }
}

fn assert_names(answer: &Answer, parameter: &str, text: &str) {
    assert_eq!(answer.status, 400, "{text}: {}", answer.text());
    Api::Modulo.assert_refusal(answer, 400);
    assert_eq!(answer.at("/app_errors/0/parameter_name"), json!(parameter), "{text}");
}

#[tokio::test]
async fn an_unknown_field_is_refused() {
    assert_refused(&["Shoe eq 'a'", "substringof('a',Shoe)", "Groups eq null", "CustomAttributes eq null"]).await;
}

#[tokio::test]
async fn an_unknown_field_is_named_with_its_position() {
    let server = with_cast().await;

    let answer = server.reader().filtered("Login eq null and Shoe eq 'a'").await;

    assert!(answer.text().contains("Shoe"), "{}", answer.text());
    assert!(answer.text().contains("18") || answer.text().contains("19"), "no position: {}", answer.text());
}

#[tokio::test]
async fn an_unknown_function_or_operator_is_named() {
    let server = with_cast().await;

    for (filter, word) in [("soundslike(Name,'a')", "soundslike"), ("Name like 'a'", "like")] {
        let answer = server.reader().filtered(filter).await;

        assert_names(&answer, "$filter", filter);
        assert!(answer.text().contains(word), "{}", answer.text());
    }
}

#[tokio::test]
async fn names_functions_and_keywords_have_one_case() {
    assert_refused(&["name eq 'a'", "Name EQ 'a'", "SubstringOf('a',Name)", "Name eq 'a' AND Name eq 'b'", "NOT (Name eq 'a')"]).await;
}

#[tokio::test]
async fn status_takes_equality_alone() {
    assert_refused(&[
        "substringof('Act',Status)",
        "substringof(Status,'Act')",
        "startswith(Status,'A')",
        "endswith(Status,'e')",
        "contains(Status,'A')",
        "Status gt 'Active'",
    ])
    .await;
}

#[tokio::test]
async fn wrong_types_are_refused() {
    assert_refused(&[
        "Name eq 5",
        "Id gt guid'6fe49ce4-56d4-475f-9483-1adca6b2976c'",
        "Id eq 'jane'",
        "Name eq true",
        "tolower(Name)",
        "Name",
    ])
    .await;
}

#[tokio::test]
async fn an_id_takes_no_functions_of_text() {
    assert_refused(&["substringof('6f',Id)", "startswith(Id,'6f')"]).await;
}

#[tokio::test]
async fn a_broken_filter_is_refused() {
    assert_refused(&[
        "Name eq",
        "eq 'a'",
        "(Name eq 'a'",
        "Name eq 'a')",
        "Name eq 'a",
        "Name eq 'O'Neill'",
        "Name eq 'a' Name",
        "and",
        "()",
    ])
    .await;
}

#[tokio::test]
async fn the_wrong_number_of_arguments_is_refused() {
    assert_refused(&["substringof('a')", "substringof('a',Name,Name)", "tolower() eq 'a'", "startswith(Name) eq true"]).await;
}

#[tokio::test]
async fn a_broken_guid_is_refused() {
    assert_refused(&["Id eq guid'6fe49ce4'", "Id eq guid''", "Id eq guid'6fe49ce4-56d4-475f-9483-1adca6b2976z'"]).await;
}

#[tokio::test]
async fn a_filter_that_is_too_long_is_refused() {
    let long = format!("Name eq '{}'", "a".repeat(4096));

    assert_refused(&[&long]).await;
}

#[tokio::test]
async fn a_filter_of_four_kibibytes_is_read() {
    let server = with_cast().await;
    let filter = format!("Name eq '{}'", "a".repeat(4096 - "Name eq ''".len()));

    assert!(server.reader().filtered(&filter).await.items().is_empty());
}

#[tokio::test]
async fn a_filter_that_nests_too_deep_is_refused() {
    let deep = format!("{}Login eq null{}", "(".repeat(200), ")".repeat(200));

    assert_refused(&[&deep, &format!("{}(Login eq null)", "not ".repeat(200))]).await;
}

#[tokio::test]
async fn a_filter_of_too_many_conditions_is_refused() {
    let many = vec!["Name eq 'a'"; 150].join(" or ");

    assert_refused(&[&many]).await;
}

#[tokio::test]
async fn a_filter_given_twice_is_refused() {
    let server = with_cast().await;

    for query in ["$filter=Login eq null&$filter=Login ne null", "$filter=Login eq null&filter=Login ne null"] {
        Api::Modulo.assert_refusal(&server.reader().modulo(query).await, 400);
    }
}

#[tokio::test]
async fn a_wrong_order_is_refused() {
    let server = with_cast().await;

    for order in ["Shoe", "name", "Name down", "Name DESC", "Name,,Email", ",", "Name desc desc", "CustomAttributes"] {
        let answer = server.reader().modulo(&format!("$orderby={order}")).await;

        assert_names(&answer, "$orderby", order);
    }
}

#[tokio::test]
async fn a_stranger_learns_nothing_of_a_filter() {
    let server = with_cast().await;

    Api::Modulo.assert_refusal(&server.anonymous().modulo("$filter=Shoe eq 'a'").await, 401);
}
