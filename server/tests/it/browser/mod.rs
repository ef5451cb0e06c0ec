//! The console in a real browser: what a person sees, and what a screen reader is told.
//!
//! Pictures of it are left in `target/screenshots`, for people to look at.

use crate::support::{Chromium, OWNER, Scheme, TestServer, people};

/// Pages that anybody may open who is signed in as the owner.
const PAGES: [&str; 2] = ["/console/people", "/console/sessions"];

async fn signed_in(server: &TestServer, scheme: Scheme) -> Chromium {
    let browser = Chromium::open(&server.site(), scheme).await;
    browser.go("/console").await;
    browser.type_into("#email", OWNER.0).await;
    browser.type_into("#password", OWNER.1).await;
    browser.click("button.main").await;
    browser.sees("Search people").await;
    browser
}

async fn senate() -> TestServer {
    let people = people![
        "Zoë Müller", email: "zoe@example.com", title: "Designer", department: "Product", phone: "+49 30 1234567";
        "Bob Stone", email: "bob@example.com", title: "Engineer", department: "Product";
        "Ana de Souza", title: "Counsel", department: "Legal"
    ];
    let server = TestServer::with(people).await;
    server.owner().await;
    server
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn people_are_found_while_somebody_types() {
    let server = senate().await;
    let browser = signed_in(&server, Scheme::Light).await;
    browser.sees("Bob Stone").await;

    browser.type_into("#q", "muler").await;
    browser.sees("1 found").await;

    browser.sees("Zoë Müller").await;
    browser.picture("people-search").await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn axe_finds_nothing_serious_in_light_and_dark() {
    let server = senate().await;
    for scheme in [Scheme::Light, Scheme::Dark] {
        let browser = Chromium::open(&server.site(), scheme).await;
        browser.go("/console/sign-in").await;
        assert_eq!(browser.barriers().await, [""; 0], "/console/sign-in {scheme:?}");
        browser.close().await;

        let browser = signed_in(&server, scheme).await;
        for page in PAGES {
            browser.go(page).await;
            assert_eq!(browser.barriers().await, [""; 0], "{page} {scheme:?}");
            browser.picture(&format!("{}-{scheme:?}", page.trim_start_matches("/console/"))).await;
        }
        browser.close().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_phone_shows_a_page_without_scrolling_sideways() {
    let server = senate().await;
    let browser = signed_in(&server, Scheme::Light).await;
    browser.client.set_window_size(390, 844).await.expect("a small window");

    for page in PAGES {
        browser.go(page).await;
        let sideways = browser.client.execute("return document.documentElement.scrollWidth - window.innerWidth", Vec::new()).await;
        let sideways = sideways.expect("a width").as_i64().expect("a number");
        assert!(sideways <= 0, "{page}: {sideways} pixels");
        browser.picture(&format!("{}-phone", page.trim_start_matches("/console/"))).await;
    }
    browser.close().await;
}
