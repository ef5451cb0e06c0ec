//! The first run: the link that the server prints, and what it makes.

use crate::support::{Browser, OWNER, TestServer};
use rollcall::console::set_up_link;
use rollcall::http::PublicUrl;

const ANSWERS: [(&str, &str); 5] =
    [("organization_name", "The Senate"), ("organization", "senate"), ("name", "Ana de Souza"), ("email", OWNER.0), ("password", OWNER.1)];

async fn link(server: &TestServer) -> Option<String> {
    let url = PublicUrl::parse("http://localhost").expect("a URL");
    let link = set_up_link(&server.directory, &url).await.expect("an answer");
    link.map(|link| link.trim_start_matches("http://localhost").to_owned())
}

fn with_key<'a>(link: &'a str, answers: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let (_, key) = link.split_once("key=").expect("a key");
    answers.iter().copied().chain([("key", key)]).collect()
}

#[tokio::test]
async fn whoever_has_the_link_becomes_the_owner_and_the_link_is_spent() {
    let server = TestServer::start().await;
    let mut browser = Browser::new(&server);
    let link = link(&server).await.expect("a link");

    assert_eq!(browser.open(&link).await.status, 200);
    browser.send("/console/set-up", &with_key(&link, &ANSWERS)).await;
    browser.sign_in(OWNER.0, OWNER.1).await;

    assert!(browser.text().contains("Ana de Souza"), "{}", browser.text());
    assert_eq!(browser.open(&link).await.status, 403);
    assert_eq!(self::link(&server).await, None);
}

#[tokio::test]
async fn a_key_that_was_not_printed_is_none() {
    let server = TestServer::start().await;
    let mut browser = Browser::new(&server);

    for link in ["/console/set-up", "/console/set-up?key=", "/console/set-up?key=AAAA", "/console/set-up?key=%00"] {
        assert!(matches!(browser.open(link).await.status, 400 | 403), "{link}");
    }
}

#[tokio::test]
async fn what_is_wrong_is_said_and_what_was_typed_stays() {
    let server = TestServer::start().await;
    let mut browser = Browser::new(&server);
    let link = link(&server).await.expect("a link");
    browser.open(&link).await;
    let answers = ANSWERS.map(|(name, value)| (name, if name == "password" { "brief" } else { value }));

    let again = browser.send("/console/set-up", &with_key(&link, &answers)).await;

    assert_eq!(again.status, 400);
    assert!(browser.text().contains("at least 8 characters") && browser.text().contains("Ana de Souza"), "{}", browser.text());
    assert!(!browser.text().contains("brief"));
}
