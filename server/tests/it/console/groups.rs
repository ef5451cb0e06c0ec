//! Groups: the list, one group, its members, and groups inside groups.

use crate::support::{Browser, TestServer, group, people};

/// Ana and Bo, and the group Board with Ana in it.
async fn server() -> TestServer {
    let server = TestServer::with(people!["Ana", login: "ana"; "Bo", login: "bo"]).await;
    server.add_groups("senate", group("Board", &[1])).await;
    server
}

async fn make(browser: &mut Browser<'_>, name: &str) -> u16 {
    browser.open("/console/groups/new").await;
    browser.send("/console/groups/new", &[("name", name)]).await.status
}

#[tokio::test]
async fn groups_are_listed_and_searched_by_name() {
    let server = server().await;
    let mut browser = Browser::of_owner(&server).await;
    make(&mut browser, "Sales").await;

    browser.open("/console/groups?q=boar").await;

    assert!(browser.text().contains(">Board</a>") && !browser.text().contains(">Sales</a>"), "{}", browser.text());
}

#[tokio::test]
async fn a_group_shows_who_is_in_it() {
    let server = server().await;
    let mut browser = Browser::of_owner(&server).await;

    browser.open("/console/groups/1").await;

    assert!(browser.text().contains("<h1>Board</h1>") && browser.text().contains("/console/people/1\">Ana</a>"), "{}", browser.text());
}

#[tokio::test]
async fn a_new_group_has_the_name_that_was_typed() {
    let server = server().await;
    let mut browser = Browser::of_owner(&server).await;

    assert_eq!(make(&mut browser, "Sales").await, 200);

    assert!(browser.text().contains("<h1>Sales</h1>"), "{}", browser.text());
    assert_eq!(server.admin().proofhub("groups/2").await.json()["name"], "Sales");
}

#[tokio::test]
async fn a_group_without_a_name_is_refused_beside_the_field() {
    let server = server().await;
    let mut browser = Browser::of_owner(&server).await;

    assert_eq!(make(&mut browser, "").await, 400);

    assert!(browser.text().contains("id=\"name-wrong\""), "{}", browser.text());
}

#[tokio::test]
async fn people_are_put_in_by_login_and_taken_out() {
    let server = server().await;
    let mut browser = Browser::of_owner(&server).await;
    browser.open("/console/groups/1").await;

    browser.send("/console/groups/1/members", &[("person", "bo")]).await;
    assert!(browser.text().contains(">Bo</a>"), "{}", browser.text());
    browser.send("/console/groups/1/members/remove", &[("person", "1")]).await;

    assert!(browser.text().contains(">Bo</a>") && !browser.text().contains(">Ana</a>"), "{}", browser.text());
}

#[tokio::test]
async fn whoever_is_nobody_here_cannot_be_put_in() {
    let server = server().await;
    let mut browser = Browser::of_owner(&server).await;
    browser.open("/console/groups/1").await;

    let status = browser.send("/console/groups/1/members", &[("person", "nobody")]).await.status;

    assert_eq!(status, 400);
    assert!(browser.text().contains("value=\"nobody\"") && browser.text().contains("aria-invalid=\"true\""), "{}", browser.text());
}

#[tokio::test]
async fn two_groups_cannot_be_inside_each_other() {
    let server = server().await;
    let mut browser = Browser::of_owner(&server).await;
    make(&mut browser, "Sales").await;
    browser.open("/console/groups/1").await;

    assert_eq!(browser.send("/console/groups/1/members", &[("group", "Sales")]).await.status, 200);
    assert!(browser.text().contains(">Sales</a>"), "{}", browser.text());
    browser.open("/console/groups/2").await;
    let status = browser.send("/console/groups/2/members", &[("group", "Board")]).await.status;

    assert_eq!(status, 400);
}

#[tokio::test]
async fn deleting_asks_first() {
    let server = server().await;
    let mut browser = Browser::of_owner(&server).await;

    browser.open("/console/groups/1/delete").await;
    assert_eq!(server.admin().proofhub("groups/1").await.status, 200);
    browser.send("/console/groups/1/delete", &[]).await;

    assert_eq!(server.admin().proofhub("groups/1").await.status, 404);
    assert!(!browser.text().contains(">Board</a>"));
}

#[tokio::test]
async fn whoever_may_not_write_groups_is_offered_no_form() {
    let server = server().await;
    server.owner().await;
    server.add_login("reader@example.com", "correct horse", "ROLE_USER").await;
    let mut browser = Browser::new(&server);
    browser.sign_in("reader@example.com", "correct horse").await;

    browser.open("/console/groups/1").await;

    assert!(browser.text().contains("<h1>Board</h1>") && !browser.text().contains("/members\""), "{}", browser.text());
    assert_eq!(browser.open("/console/groups/1/edit").await.status, 403);
}
