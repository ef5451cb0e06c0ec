//! One store behind four APIs: the same people, at the same moment, in each one's words.

mod provisioning;
mod writing;

use crate::support::{Answer, Api, TestServer, people};
use serde_json::{Value, json};

/// Text that breaks whatever writes JSON, SQL or addresses carelessly.
const NASTY: &str = "\"\\ \n\t\u{1}\u{7f}\u{2028} </script> O'Neill; -- %_ 🦀 e\u{301} ß \u{200f}x";

#[tokio::test]
async fn what_is_loaded_is_seen_by_every_api_at_once() {
    let server = TestServer::with(people!["Jane"]).await;
    for (api, answer) in server.each_api(&server.reader(), |_, call| call).await {
        assert_eq!(answer.items().len(), 1, "{api:?}");
    }

    server.add("senate", people!["Omar"]).await;

    for (api, answer) in server.each_api(&server.reader(), |_, call| call).await {
        assert_eq!(answer.items().len(), 2, "{api:?}");
    }
}

#[tokio::test]
async fn a_person_has_one_number_in_three_apis() {
    let server = TestServer::with(people!["Jane", number: 4711; "Omar", number: 12]).await;

    for api in [Api::Seven, Api::Wethod, Api::ProofHub] {
        assert_eq!(server.reader().people(api).await.ids(), [12, 4711], "{api:?}");
    }
}

#[tokio::test]
async fn text_survives_every_api_whatever_it_holds() {
    let nasty = people![NASTY, given_name: NASTY, family_name: NASTY, description: NASTY, title: NASTY, custom_text: NASTY];
    let server = TestServer::with(nasty).await;

    let places = [
        (Api::Seven, vec!["/0/firstName", "/0/lastName"]),
        (Api::Modulo, vec!["/0/Name", "/0/Description", "/0/CustomAttributes/text"]),
        (Api::Wethod, vec!["/0/name", "/0/surname"]),
        (Api::ProofHub, vec!["/0/first_name", "/0/last_name", "/0/title"]),
    ];
    for (api, pointers) in places {
        let answer = server.reader().people(api).await;

        for pointer in pointers {
            assert_eq!(answer.at(pointer), json!(NASTY), "{api:?} {pointer}");
        }
    }
}

#[tokio::test]
async fn a_person_of_whom_little_is_known_fails_no_list() {
    let server = TestServer::with(
        people![_, external_id: "1"; _, external_id: "2", title: "Boss"; "", external_id: "3", given_name: "", family_name: ""],
    )
    .await;

    for (api, answer) in server.each_api(&server.reader(), |_, call| call).await {
        assert_eq!(answer.items().len(), 3, "{api:?}");
    }
}

#[tokio::test]
async fn names_of_four_hundred_characters_fail_no_list() {
    let long = "ß".repeat(400);
    let server = TestServer::with(people![_, given_name: long.as_str(), family_name: long.as_str()]).await;

    for (api, answer) in server.each_api(&server.reader(), |_, call| call).await {
        assert_eq!(answer.items().len(), 1, "{api:?}");
    }
}

#[tokio::test]
async fn a_blocked_and_archived_person_is_told_in_each_apis_words() {
    let server = TestServer::with(people!["Jane", account: "blocked", archived: true]).await;

    let words = [
        server.reader().modulo("").await.at("/0/Status"),
        server.reader().wethod("").await.at("/0/is_archived"),
        server.reader().proofhub("people").await.at("/0/suspended"),
    ];

    assert_eq!(words, [json!("Blocked"), json!(true), json!(true)]);
}

#[tokio::test]
async fn the_same_word_has_two_meanings() {
    let server = TestServer::with(people!["Dr. Jane Doe", given_name: "Jane", family_name: "Doe"]).await;

    let (whole, given) = (server.reader().modulo("").await.at("/0/Name"), server.reader().wethod("").await.at("/0/name"));

    assert_eq!((whole, given), (json!("Dr. Jane Doe"), json!("Jane")));
}

#[tokio::test]
async fn moments_are_the_same_to_the_second() {
    let server = TestServer::with(people!["Jane", created_at: "2016-09-16T10:39:25.123Z"]).await;

    let (wethod, proofhub) = (server.reader().wethod("").await, server.reader().proofhub("people").await);

    let moments = [text(&wethod, "/0/created_at"), text(&proofhub, "/0/created_at")];
    assert_eq!(moments, ["2016-09-16T10:39:25.123Z", "2016-09-16T10:39:25+00:00"]);
}

#[tokio::test]
async fn lists_are_answered_alike_to_the_byte() {
    let server = TestServer::with(people!["Jane", custom_b: "2", custom_a: "1"; "Omar"]).await;

    for api in Api::ALL {
        let (first, second) = (server.reader().people(api).await, server.reader().people(api).await);

        assert_eq!(first.text(), second.text(), "{api:?}");
    }
}

fn text(answer: &Answer, pointer: &str) -> String {
    answer.at(pointer).as_str().map_or_else(String::new, str::to_owned)
}

#[tokio::test]
async fn nobody_is_an_empty_list() {
    let server = TestServer::start().await;

    for (api, answer) in server.each_api(&server.reader(), |_, call| call).await {
        assert_eq!(answer.json(), Value::Array(Vec::new()), "{api:?}");
    }
}
