//! Walks by cursor (RFC 9865).

use super::get;
use crate::support::{Answer, Api, TestServer, crowd, group, line, people, slug};
use rollcall_core::directory::{PersonKey, Precondition};
use rollcall_core::domain::PersonNumber;
use serde_json::json;
use std::collections::BTreeMap;

/// Pages of one walk.
const PAGES: usize = 20;

/// The next cursor of a page, if there is one.
fn next(answer: &Answer) -> Option<String> {
    answer.at("/nextCursor").as_str().map(str::to_owned)
}

fn names(answer: &Answer) -> Vec<String> {
    answer.items().iter().map(|item| item["displayName"].as_str().expect("a name").to_owned()).collect()
}

/// Walks through everybody while somebody comes and somebody goes between any two pages; says how often each was seen, and
/// who went.
async fn walked(server: &TestServer, size: usize, query: &str) -> (BTreeMap<String, usize>, Vec<i64>) {
    let operator = server.directory.operator(&slug("senate")).await.expect("an organization");
    let (mut seen, mut gone, mut cursor) = (BTreeMap::new(), Vec::new(), Some(String::new()));
    let (mut place, count) = (1, size / PAGES);
    while let Some(text) = cursor {
        let page = get(&server.reader(), &format!("Users?cursor={text}&count={count}&attributes=displayName{query}")).await;
        for name in names(&page) {
            *seen.entry(name).or_insert(0) += 1;
        }
        cursor = next(&page);
        // Somewhere else each time, in front of the walk and behind it.
        place = (place * 7919 + 104_729) % size as i64;
        server.add("senate", vec![line(Some(&format!("Person {place:03} the late")), &[])]).await;
        let key = PersonKey::Number(PersonNumber::new(place + 1).expect("a number"));
        if server.directory.delete_person(&operator, key, &Precondition::default()).await.is_ok() {
            gone.push(place + 1);
        }
    }
    (seen, gone)
}

/// Fails unless everybody who was there throughout was seen once, and nobody twice.
async fn assert_whole(size: usize, query: &str) {
    let server = TestServer::with(crowd(size)).await;

    let (seen, gone) = walked(&server, size, query).await;

    assert_eq!(seen.iter().filter(|(_, times)| **times != 1).collect::<Vec<_>>(), Vec::new());
    let is_lost = |number: &usize| !gone.contains(&(*number as i64)) && !seen.contains_key(&format!("Person {number:03}"));
    assert_eq!((1..=size).filter(is_lost).collect::<Vec<_>>(), Vec::<usize>::new());
    assert!(gone.len() > PAGES / 2, "{gone:?}");
}

#[tokio::test]
async fn a_walk_over_twenty_thousand_loses_and_repeats_nobody_who_was_there_throughout() {
    assert_whole(20_000, "").await;
}

#[tokio::test]
async fn a_walk_in_an_order_loses_and_repeats_nobody_who_was_there_throughout() {
    for order in ["ascending", "descending"] {
        assert_whole(1_000, &format!("&sortBy=displayName&sortOrder={order}")).await;
    }
}

#[tokio::test]
async fn a_walk_tells_how_many_there_are_and_ends() {
    let server = TestServer::with(people!["Jane"; "Omar"; "Zoe"]).await;

    let first = get(&server.reader(), "Users?cursor&count=2").await;
    let last = get(&server.reader(), &format!("Users?cursor={}&count=2", next(&first).expect("a cursor"))).await;

    assert_eq!(
        (names(&first), first.at("/totalResults"), first.at("/startIndex")),
        (vec!["Jane".into(), "Omar".into()], json!(3), json!(null))
    );
    assert_eq!((names(&last), last.at("/totalResults"), next(&last)), (vec!["Zoe".to_owned()], json!(3), None));
    let none = get(&server.reader(), "Users?cursor&count=0").await;
    assert_eq!((none.items().len(), none.at("/totalResults"), next(&none)), (0, json!(3), None));
}

#[tokio::test]
async fn a_cursor_is_good_for_its_own_question_alone() {
    let server = TestServer::with(people!["Jane"; "Omar"; "Zoe"]).await;
    let cursor = next(&get(&server.reader(), "Users?cursor&count=1").await).expect("a cursor");

    for (path, word) in [
        (format!("Users?cursor={cursor}&count=1&sortBy=userName"), "invalidCursor"),
        (format!("Users?cursor={cursor}&count=1&filter=title pr"), "invalidCursor"),
        (format!("Groups?cursor={cursor}&count=1"), "invalidCursor"),
        (format!("Users?cursor={cursor}x&count=1"), "invalidCursor"),
        ("Users?cursor=made-up&count=1".to_owned(), "invalidCursor"),
        (format!("Users?cursor={cursor}&count=2"), "invalidCount"),
        ("Users?cursor&count=1001".to_owned(), "invalidCount"),
    ] {
        let answer = get(&server.reader(), &path).await;
        Api::Scim.assert_refusal(&answer, 400);
        assert_eq!(answer.at("/scimType"), json!(word), "{path}");
    }
}

#[tokio::test]
async fn a_cursor_ends_after_an_hour() {
    let server = TestServer::with(people!["Jane"; "Omar"]).await;
    let cursor = next(&get(&server.reader(), "Users?cursor&count=1").await).expect("a cursor");

    server.clock.advance_seconds(3601);

    let answer = get(&server.reader(), &format!("Users?cursor={cursor}&count=1")).await;
    assert_eq!((answer.status, answer.at("/scimType")), (400, json!("expiredCursor")));
}

#[tokio::test]
async fn the_root_is_walked_through_users_and_groups_in_whatever_order() {
    let server = TestServer::with(people!["Jane"; "Omar"; "Zoe"]).await;
    server.add_groups("senate", [group("Board", &[1]), group("Knitters", &[2]), group("Omar", &[3])].concat()).await;

    for (query, expected) in [
        ("", ["Jane", "Omar", "Zoe", "Board", "Knitters", "Omar"]),
        ("&sortBy=displayName", ["Board", "Jane", "Knitters", "Omar", "Omar", "Zoe"]),
        ("&sortBy=displayName&sortOrder=descending", ["Zoe", "Omar", "Omar", "Knitters", "Jane", "Board"]),
        // Nobody here has a login, so all are alike.
        ("&sortBy=userName", ["Jane", "Omar", "Zoe", "Board", "Knitters", "Omar"]),
    ] {
        for count in 1..=7 {
            let (mut walked, mut cursor) = (Vec::new(), Some(String::new()));
            while let Some(text) = cursor {
                let page = get(&server.reader(), &format!("?cursor={text}&count={count}{query}")).await;
                assert_eq!(page.at("/totalResults"), json!(6), "{}", page.text());
                walked.extend(names(&page));
                cursor = next(&page);
            }
            assert_eq!(walked, expected, "{query} {count}");
        }
    }
}
