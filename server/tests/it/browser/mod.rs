//! The console in a real browser: what a person sees, and what a screen reader is told.
//!
//! Pictures of it are left in `target/screenshots`, for people to look at.

use crate::support::{Chromium, OWNER, Scheme, TestServer, group, people};

/// Pages that anybody may open who is signed in as the owner.
const PAGES: [&str; 10] = [
    "/console/groups",
    "/console/groups/1",
    "/console/groups/1/edit",
    "/console/people",
    "/console/people/1",
    "/console/people/1/edit",
    "/console/people/1/history",
    "/console/people/1/apis",
    "/console/people/new",
    "/console/sessions",
];

/// What the picture of a page is called.
fn word(page: &str) -> String {
    page.trim_start_matches("/console/").replace('/', "-")
}

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
    server.add_groups("senate", group("Board", &[1, 2])).await;
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
            browser.picture(&format!("{}-{scheme:?}", word(page))).await;
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
        browser.picture(&format!("{}-phone", word(page))).await;
    }
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn somebody_edits_a_person_and_takes_it_back() {
    let server = senate().await;
    let browser = signed_in(&server, Scheme::Light).await;
    browser.go("/console/people/2").await;
    browser.click("a[href$='/edit']").await;
    browser.type_into("#title", "Chief engineer").await;
    browser.type_into("#email", "no address").await;
    browser.click("button.main").await;
    browser.sees("Nothing was changed").await;
    browser.picture("person-wrong").await;

    browser.type_into("#email", "bob@example.com").await;
    browser.click("button.main").await;
    browser.sees("Chief engineer").await;
    browser.click("a[href$='/history']").await;
    browser.click("button[value='title']").await;

    browser.sees("Set back.").await;
    browser.picture("person-undone").await;
    browser.go("/console/people/2").await;
    browser.sees("Engineer").await;
    browser.close().await;
}
