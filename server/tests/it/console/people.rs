//! The list of people, and the search in it.

use crate::support::{Browser, TestServer, people};

#[tokio::test]
async fn people_are_found_whatever_their_accents() {
    let server = TestServer::with(people!["Zoë Müller"; "Bob Stone"]).await;
    let mut browser = Browser::of_owner(&server).await;

    browser.open("/console/people?q=zoe+muler").await;

    assert!(browser.text().contains("Zoë Müller") && !browser.text().contains("Bob Stone"), "{}", browser.text());
}

#[tokio::test]
async fn what_people_are_called_is_text_and_never_markup() {
    let server = TestServer::with(people!["<script>alert(1)</script>"]).await;
    let mut browser = Browser::of_owner(&server).await;

    browser.open("/console/people?q=%22%3E%3Cscript%3E").await;
    assert!(!browser.text().contains("\"><script>"), "{}", browser.text());
    browser.open("/console/people").await;

    assert!(!browser.text().contains("<script>alert"), "{}", browser.text());
}

#[tokio::test]
async fn another_organization_is_not_there() {
    let server = TestServer::with(people!["Ana"]).await;
    let mut browser = Browser::of_owner(&server).await;

    for place in ["/house/console/people", "/nowhere/console/people"] {
        assert_eq!(browser.open(place).await.status, 404, "{place}");
    }
}
