//! Signing in and out, and what a browser must bring.

use crate::support::{Browser, OWNER, TestServer, line};
use rollcall::http::LimitSettings;

#[tokio::test]
async fn whoever_is_not_signed_in_is_asked_to_and_comes_back() {
    let server = TestServer::start().await;
    server.owner().await;
    let mut browser = Browser::new(&server);

    browser.open("/console/people?q=ana").await;
    assert!(browser.text().contains("value=\"/console/people?q=ana\""), "{}", browser.text());
    browser.send("/console/sign-in", &[("email", OWNER.0), ("password", OWNER.1), ("next", "/console/people?q=ana")]).await;

    assert!(browser.text().contains("name=\"q\" type=\"search\" value=\"ana\""), "{}", browser.text());
}

#[tokio::test]
async fn nobody_is_sent_elsewhere_after_signing_in() {
    let server = TestServer::start().await;
    server.owner().await;

    for next in ["https://evil.example", "//evil.example", "/\\evil.example", "console"] {
        let mut browser = Browser::new(&server);
        browser.open("/console/sign-in").await;
        let answer = browser.post("/console/sign-in", &[("email", OWNER.0), ("password", OWNER.1), ("next", next)]).await;
        assert_eq!(answer.header("location"), Some("/console"), "{next}");
    }
}

#[tokio::test]
async fn a_wrong_password_is_refused_and_never_shown_again() {
    let server = TestServer::start().await;
    server.owner().await;
    let mut browser = Browser::new(&server);

    let answer = browser.sign_in(OWNER.0, "wrong horse").await;

    assert_eq!(answer.status, 403);
    assert!(browser.text().contains("is wrong") && !browser.text().contains("wrong horse"));
}

#[tokio::test]
async fn too_many_wrong_passwords_have_to_wait() {
    let server = TestServer::limited(LimitSettings { failed_logins_per_minute: 4, ..LimitSettings::off() }).await;
    server.owner().await;
    let mut browser = Browser::new(&server);

    browser.sign_in(OWNER.0, "wrong horse").await;
    let answer = browser.sign_in(OWNER.0, OWNER.1).await;

    assert_eq!(answer.status, 429);
    assert!(answer.header("retry-after").is_some());
}

#[tokio::test]
async fn a_form_without_its_key_does_nothing() {
    let server = TestServer::start().await;
    server.owner().await;
    let mut browser = Browser::new(&server);

    let answer = browser.post("/console/sign-in", &[("email", OWNER.0), ("password", OWNER.1)]).await;

    assert_eq!(answer.status, 403);
    assert_eq!(answer.header("set-cookie"), None);
}

#[tokio::test]
async fn the_cookie_of_a_session_is_for_this_server_and_no_script() {
    let server = TestServer::start().await;
    server.owner().await;
    let mut browser = Browser::new(&server);
    browser.open("/console/sign-in").await;

    let answer = browser.post("/console/sign-in", &[("email", OWNER.0), ("password", OWNER.1)]).await;

    let cookie = answer.header("set-cookie").expect("a cookie");
    assert!(cookie.starts_with("rollcall_session=") && cookie.contains("; HttpOnly; SameSite=Lax"), "{cookie}");
}

#[tokio::test]
async fn signing_out_ends_the_session_at_once() {
    let server = TestServer::start().await;
    let mut browser = Browser::of_owner(&server).await;
    let copy = browser.clone();

    browser.send("/console/sign-out", &[]).await;

    for mut browser in [browser, copy] {
        browser.open("/console/people").await;
        assert!(browser.text().contains("name=\"password\""), "{}", browser.text());
    }
}

#[tokio::test]
async fn another_browser_can_be_signed_out_from_here() {
    let server = TestServer::start().await;
    let mut other = Browser::of_owner(&server).await;
    server.clock.advance_seconds(1);
    let mut browser = Browser::new(&server);
    browser.sign_in(OWNER.0, OWNER.1).await;

    browser.open("/console/sessions").await;
    let ends: Vec<String> =
        browser.text().split("action=\"").filter_map(|part| part.split_once("/end\"")).map(|(path, _)| format!("{path}/end")).collect();
    assert_eq!(ends.len(), 2, "{}", browser.text());
    // The newest is first, and this one.
    browser.send(&ends[1], &[]).await;

    other.open("/console/people").await;
    assert!(other.text().contains("name=\"password\""));
    assert_eq!(browser.open("/console/people").await.status, 200);
    assert!(!browser.text().contains("name=\"password\""));
}

#[tokio::test]
async fn the_language_is_the_browsers_until_another_is_chosen() {
    let server = TestServer::start().await;
    let mut browser = Browser::new(&server);

    browser.open("/console/sign-in").await;
    assert!(browser.text().contains("<html lang=\"en\">"));
    browser.open("/console/language?language=de&next=/console/sign-in").await;

    assert!(browser.text().contains("<html lang=\"de\">") && browser.text().contains("Anmelden"), "{}", browser.text());
}

#[tokio::test]
async fn pages_let_nothing_in_from_elsewhere() {
    let server = TestServer::start().await;
    let mut browser = Browser::new(&server);

    let answer = browser.open("/console/sign-in").await;

    let policy = answer.header("content-security-policy").expect("a policy");
    assert!(policy.starts_with("default-src 'none'; style-src 'self'; script-src 'self'"), "{policy}");
    assert_eq!(answer.header("cache-control"), Some("no-store"));
}

#[tokio::test]
async fn a_page_that_is_not_there_is_a_page_that_says_so() {
    let server = TestServer::start().await;

    let answer = server.call("GET", "/console/nothing").send().await;

    assert_eq!((answer.status, answer.header("content-type")), (404, Some("text/html; charset=utf-8")));
}

#[tokio::test]
async fn who_is_blocked_enters_no_longer_though_the_session_goes_on() {
    let server = TestServer::start().await;
    server.owner().await;
    let number = server.add_login("somebody@example.com", "correct horse", "ROLE_USER").await;
    let mut browser = Browser::new(&server);
    browser.sign_in("somebody@example.com", "correct horse").await;
    assert_eq!(browser.open("/console/people").await.status, 200);

    server.add("senate", vec![line(None, &[("number", number.to_string().as_str().into()), ("account", "blocked".into())])]).await;

    assert_eq!(browser.open("/console/people").await.status, 404);
    browser.open("/console").await;
    assert!(browser.text().contains("You may enter no organization at present."), "{}", browser.text());
}
