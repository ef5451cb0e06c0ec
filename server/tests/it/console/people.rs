//! The list of people, and the search in it.

use crate::support::{Browser, TestServer, crowd, people};

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

#[tokio::test]
async fn a_list_is_narrowed_down_by_links_that_words_go_with() {
    let server = TestServer::with(people!["Ana Stone", account: "blocked"; "Ben Stone"; "Cem Wood", account: "blocked"]).await;
    let mut browser = Browser::of_owner(&server).await;

    browser.open("/console/people?status=blocked").await;
    assert!(browser.text().contains("Cem Wood") && !browser.text().contains("Ben Stone"), "{}", browser.text());
    assert!(browser.text().contains("<ul class=\"chips\""), "{}", browser.text());
    browser.open("/console/people?q=stone&status=blocked").await;

    assert!(browser.text().contains("Ana Stone") && !browser.text().contains("Ben Stone"), "{}", browser.text());
    assert!(!browser.text().contains("Cem Wood"), "{}", browser.text());
}

#[tokio::test]
async fn pages_begin_after_and_before_a_person() {
    let server = TestServer::with(crowd(120)).await;
    let mut browser = Browser::of_owner(&server).await;
    let is_shown = |browser: &Browser<'_>, number: usize| browser.text().contains(&format!("Person {number:03}<"));

    browser.open("/console/people?after=50").await;
    assert!(!is_shown(&browser, 50) && is_shown(&browser, 51) && is_shown(&browser, 100) && !is_shown(&browser, 101));
    browser.open("/console/people?before=101").await;
    assert!(!is_shown(&browser, 50) && is_shown(&browser, 51) && is_shown(&browser, 100) && !is_shown(&browser, 101));
    browser.open("/console/people?direction=down&sort=name&after=51").await;

    assert!(is_shown(&browser, 50) && is_shown(&browser, 1) && !is_shown(&browser, 51));
}

#[tokio::test]
async fn columns_are_chosen_and_remembered() {
    let server = TestServer::with(people!["Ana", email: "ana@example.com", custom_Shoe: "44 wide"]).await;
    let mut browser = Browser::of_owner(&server).await;

    browser.open("/console/people").await;
    assert!(browser.text().contains("<td>ana@example.com</td>"), "{}", browser.text());
    browser.open("/console/people?columns=chosen&column=custom.Shoe").await;
    browser.open("/console/people").await;

    assert!(browser.text().contains("<td>44 wide</td>") && !browser.text().contains("<td>ana@example.com</td>"), "{}", browser.text());
}
