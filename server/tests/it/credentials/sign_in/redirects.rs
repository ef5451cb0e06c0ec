//! Where people are sent, and where never.

use super::{BACK, PAGE, Place, parameter, query};
use crate::support::Answer;

/// The page for this query.
async fn asked(place: &Place, query: &str) -> Answer {
    place.server.call("GET", &format!("{PAGE}?{query}")).send().await
}

#[tokio::test]
async fn nobody_is_sent_to_an_address_that_is_not_registered_to_the_letter() {
    let place = Place::new().await;
    let mut pages = Vec::new();

    for redirect in [
        "https://app.example.com/back",
        "https://app.example.com/back?from=rollcall&x=1",
        "https://app.example.com/back?from=rollcal",
        "https://app.example.com/back/?from=rollcall",
        "https://app.example.com/Back?from=rollcall",
        "https://APP.example.com/back?from=rollcall",
        "https://app.example.com:443/back?from=rollcall",
        "http://app.example.com/back?from=rollcall",
        "https://app.example.com.evil.example/back?from=rollcall",
        "https://evil.example/?u=https://app.example.com/back?from=rollcall",
        "javascript:alert(1)",
        "",
    ] {
        pages.push((redirect.to_owned(), asked(&place, &query(&place.application, redirect, "&state=s")).await));
    }
    let good = place.query("");
    let (without_client, without_address) = (good.replace("client_id", "client"), good.replace("redirect_uri", "redirect"));
    let with_other = format!("{without_client}&client_id=0123456789abcdef0123456789abcdef");
    for wrong in [with_other, format!("{without_client}&client_id=x"), without_client, without_address] {
        let page = asked(&place, &wrong).await;
        pages.push((wrong, page));
    }

    for (what, page) in &pages {
        assert_eq!((page.status, page.header("location")), (400, None), "{what}");
        assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"), "{what}");
        let main = |page: &Answer| page.text().split_once("<main>").expect("a page").1.to_owned();
        assert_eq!(main(page), main(&pages[0].1), "{what}");
    }
}

#[tokio::test]
async fn another_applications_address_is_not_registered_for_this_one() {
    let place = Place::new().await;
    let other = place.server.application_named("other", &["senate"], "people:read", &["https://other.example.com/"]).await;

    assert_eq!(asked(&place, &query(&other, BACK, "")).await.status, 400);
    assert_eq!(asked(&place, &query(&other, "https://other.example.com/", "")).await.status, 200);
}

#[tokio::test]
async fn an_application_without_an_address_signs_nobody_in() {
    let place = Place::new().await;
    let other = place.server.application(&["senate"]).await;

    assert_eq!(asked(&place, &query(&other, BACK, "")).await.status, 400);
}

#[tokio::test]
async fn an_organization_that_the_application_does_not_enter_is_like_one_that_is_not_there() {
    let place = Place::new().await;
    let senate = place.server.application_named("x", &["senate"], "people:read", &[BACK]).await;
    let page = |slug: &str| place.server.call("GET", &format!("/{slug}{PAGE}?{}", query(&senate, BACK, ""))).send();

    let (own, foreign, absent) = (page("senate").await, page("house").await, page("nowhere").await);

    let main = |page: &Answer| page.text().split_once("<main>").expect("a page").1.to_owned();
    assert_eq!((own.status, foreign.status), (200, 400));
    assert_eq!((absent.status, main(&absent)), (400, main(&foreign)));
}

#[tokio::test]
async fn what_decides_where_people_are_sent_is_given_once() {
    let place = Place::new().await;

    for doubled in ["&client_id=x", "&redirect_uri=https%3A%2F%2Fevil.example%2F", "&Redirect_URI=x", "&x=%zz"] {
        let page = asked(&place, &place.query(doubled)).await;
        assert_eq!((page.status, page.header("location")), (400, None), "{doubled}");
    }
}

#[tokio::test]
async fn every_other_fault_is_told_to_the_application() {
    let place = Place::new().await;
    let without_type = place.query("&state=s").replace("response_type", "other");
    let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    let cases = [
        (without_type.clone(), "invalid_request"),
        (format!("{without_type}&response_type=token"), "unsupported_response_type"),
        (place.query("&state=s&response_type=code"), "invalid_request"),
        (place.query("&state=s&scope=a&scope=b"), "invalid_request"),
        (place.query(&format!("&state=s&code_challenge={challenge}")), "invalid_request"),
        (place.query(&format!("&state=s&code_challenge={challenge}&code_challenge_method=plain")), "invalid_request"),
        (place.query("&state=s&code_challenge=short&code_challenge_method=S256"), "invalid_request"),
        (place.query("&state=s&code_challenge_method=S256"), "invalid_request"),
    ];

    for (query, word) in cases {
        let answer = asked(&place, &query).await;
        assert!(answer.header("location").is_some_and(|place| place.starts_with(&format!("{BACK}&error="))), "{query}");
        assert_eq!(parameter(&answer, "error").as_deref(), Some(word), "{query}");
        assert_eq!(parameter(&answer, "state").as_deref(), Some("s"), "{query}");
    }
}

#[tokio::test]
async fn a_form_is_judged_by_its_address_like_the_page() {
    let place = Place::new().await;
    let mut opened = place.open(&format!("{PAGE}?{}", place.query(""))).await;

    opened.action = format!("{PAGE}?{}", query(&place.application, "https://evil.example/", ""));
    let answer = place.send(&opened, &[("email", super::EMAIL), ("password", super::PASSWORD)]).await;

    assert_eq!((answer.status, answer.header("location")), (400, None));
}
