//! `page` and `page_size`.

use crate::support::{Api, TestServer, crowd};

#[tokio::test]
async fn ten_come_by_default() {
    let server = TestServer::with(crowd(25)).await;

    assert_eq!(server.reader().get(Api::Modulo, "/api/Organization/people").await.names().len(), 10);
}

#[tokio::test]
async fn the_second_page_has_the_eleventh_to_the_twentieth() {
    let server = TestServer::with(crowd(25)).await;

    let names = server.reader().modulo("page=2").await.names();

    assert_eq!((names.len(), names[0].as_str(), names[9].as_str()), (10, "Person 011", "Person 020"));
}

#[tokio::test]
async fn the_last_page_is_short_and_the_next_one_empty() {
    let server = TestServer::with(crowd(25)).await;

    let sizes = [server.reader().modulo("page=3").await.items().len(), server.reader().modulo("page=4").await.items().len()];

    assert_eq!(sizes, [5, 0]);
}

#[tokio::test]
async fn page_size_changes_the_pages() {
    let server = TestServer::with(crowd(25)).await;

    let names = server.reader().modulo("page_size=3&page=4").await.names();

    assert_eq!(names, ["Person 010", "Person 011", "Person 012"]);
}

#[tokio::test]
async fn a_page_may_have_one_and_may_have_a_thousand() {
    let server = TestServer::with(crowd(1005)).await;

    let sizes = [server.reader().modulo("page_size=1").await.items().len(), server.reader().modulo("page_size=1000").await.items().len()];

    assert_eq!(sizes, [1, 1000]);
}

#[tokio::test]
async fn pages_show_everybody_once() {
    let server = TestServer::with(crowd(25)).await;

    let mut names = Vec::new();
    for page in 1..=4 {
        names.extend(server.reader().modulo(&format!("page={page}&page_size=7")).await.names());
    }

    names.sort();
    names.dedup();
    assert_eq!(names.len(), 25);
}

#[tokio::test]
async fn a_page_far_beyond_the_last_is_empty() {
    let server = TestServer::with(crowd(3)).await;

    for page in ["1000000", "9223372036854775807"] {
        assert!(server.reader().modulo(&format!("page={page}")).await.items().is_empty(), "{page}");
    }
}

#[tokio::test]
async fn a_page_size_outside_its_range_is_a_bad_request_that_names_it() {
    let server = TestServer::with(crowd(3)).await;

    for size in ["0", "1001", "-1", "ten", "1.5"] {
        let answer = server.reader().modulo(&format!("page_size={size}")).await;

        Api::Modulo.assert_refusal(&answer, 400);
        assert!(answer.text().contains("page_size"), "{size}: {}", answer.text());
    }
}

#[tokio::test]
async fn a_page_below_one_is_a_bad_request_that_names_it() {
    let server = TestServer::with(crowd(3)).await;

    for page in ["0", "-1", "first"] {
        let answer = server.reader().modulo(&format!("page={page}")).await;

        Api::Modulo.assert_refusal(&answer, 400);
        assert!(answer.text().contains("page"), "{page}: {}", answer.text());
    }
}

#[tokio::test]
async fn a_filter_is_paged_like_the_whole_list() {
    let server = TestServer::with(crowd(25)).await;

    let names = server.reader().modulo("$filter=startswith(Name,'Person 01')&page=2&page_size=4").await.names();

    assert_eq!(names, ["Person 014", "Person 015", "Person 016", "Person 017"]);
}

#[tokio::test]
async fn a_page_and_an_order_work_together() {
    let server = TestServer::with(crowd(9)).await;

    let names = server.reader().modulo("$orderby=Name desc&page=2&page_size=4").await.names();

    assert_eq!(names, ["Person 005", "Person 004", "Person 003", "Person 002"]);
}

#[tokio::test]
async fn a_computed_condition_is_paged_truly() {
    let server = TestServer::with(crowd(45)).await;

    let mut pages = Vec::new();
    for page in [1, 2, 3] {
        pages.push(server.reader().modulo(&format!("$filter=indexof(Name,'7') gt 0&page={page}&page_size=2")).await.names());
    }

    assert_eq!(pages, [vec!["Person 007", "Person 017"], vec!["Person 027", "Person 037"], vec![]]);
}
