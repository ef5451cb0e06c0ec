//! One person: the card, the form, the history, and what each API shows.

use crate::support::{Api, Browser, TestServer, people};
use rollcall_core::directory::Line;
use serde_json::Value;

fn ana() -> Vec<Line> {
    people!["Ana de Souza", given_name: "Ana", family_name: "de Souza", email: "ana@example.com", title: "Chief", login: "ana"; "Bo Berg", manager: "ana"]
}

/// The fields of a form as it is shown, with these in their place.
fn filled<'a>(page: &'a str, typed: &[(&'a str, &'a str)]) -> Vec<(&'a str, String)> {
    let mut fields: Vec<(&str, String)> = Vec::new();
    for part in page.split("<input ").skip(1).filter_map(|part| part.split_once('>')).map(|(part, _)| part) {
        let of = |name: &str| part.split_once(&format!("{name}=\"")).and_then(|(_, rest)| rest.split_once('"')).map(|(value, _)| value);
        let is_left_out = part.contains("type=\"checkbox\"") && !part.contains(" checked");
        if let (Some(name), false) = (of("name").filter(|name| *name != "form_key"), is_left_out) {
            fields.push((name, of("value").unwrap_or_default().replace("&#38;", "&")));
        }
    }
    for part in page.split("<select ").skip(1).filter_map(|part| part.split_once("</select>")).map(|(part, _)| part) {
        let name = part.split_once("name=\"").and_then(|(_, rest)| rest.split_once('"')).map_or("", |(name, _)| name);
        let chosen = part.split("<option ").find(|option| option.contains(" selected"));
        let value = chosen.and_then(|option| option.split_once("value=\"")).and_then(|(_, rest)| rest.split_once('"'));
        fields.push((name, value.map_or("", |(value, _)| value).to_owned()));
    }
    for (name, value) in typed {
        fields.retain(|(field, _)| field != name);
        fields.push((name, (*value).to_owned()));
    }
    fields
}

async fn save(browser: &mut Browser<'_>, path: &str, typed: &[(&str, &str)]) -> u16 {
    browser.open(path).await;
    let page = browser.text().to_owned();
    let fields = filled(&page, typed);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    browser.send(path, &fields).await.status
}

#[tokio::test]
async fn the_card_shows_who_it_is_and_who_reports() {
    let server = TestServer::with(ana()).await;
    let mut browser = Browser::of_owner(&server).await;

    browser.open("/console/people/1").await;

    for text in ["Ana de Souza", "ana@example.com", "Chief", ">AS</text>", "Bo Berg"] {
        assert!(browser.text().contains(text), "{text}: {}", browser.text());
    }
}

#[tokio::test]
async fn what_is_typed_is_set_and_everything_else_stays() {
    let server = TestServer::with(ana()).await;
    let mut browser = Browser::of_owner(&server).await;
    let before = server.admin().proofhub("people/1").await.json();

    assert_eq!(save(&mut browser, "/console/people/1/edit", &[("title", "Lead")]).await, 200);

    let after = server.admin().proofhub("people/1").await.json();
    let differing: Vec<&String> = before.as_object().expect("a person").keys().filter(|key| before[*key] != after[*key]).collect();
    assert_eq!((after["title"].as_str(), differing.iter().any(|key| *key == "title")), (Some("Lead"), true));
    assert!(differing.iter().all(|key| ["title", "updated_at"].contains(&key.as_str())), "{differing:?}");
}

#[tokio::test]
async fn what_is_wrong_is_said_beside_its_field_and_nothing_changes() {
    let server = TestServer::with(ana()).await;
    let mut browser = Browser::of_owner(&server).await;

    let status = save(&mut browser, "/console/people/1/edit", &[("email", "no address"), ("title", "Lead"), ("manager", "nobody")]).await;

    assert_eq!(status, 400);
    let text = browser.text();
    for id in ["id=\"email-wrong\"", "id=\"manager-wrong\"", "value=\"no address\"", "value=\"Lead\""] {
        assert!(text.contains(id), "{id}: {text}");
    }
    assert_eq!(server.admin().proofhub("people/1").await.json()["title"], "Chief");
}

#[tokio::test]
async fn a_page_that_somebody_else_overtook_says_so_and_keeps_what_was_typed() {
    let server = TestServer::with(ana()).await;
    let mut browser = Browser::of_owner(&server).await;
    browser.open("/console/people/1/edit").await;
    let page = browser.text().to_owned();
    let put = server.admin().call(Api::ProofHub, "PUT", "/api/v3/people/1").body("application/json", r#"{"title":"Other"}"#);
    assert_eq!(put.send().await.status, 200);

    let fields = filled(&page, &[("title", "Mine")]);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let status = browser.send("/console/people/1/edit", &fields).await.status;

    assert_eq!(status, 409);
    assert!(browser.text().contains("Somebody has changed this person") && browser.text().contains("value=\"Mine\""));
    assert_eq!(server.admin().proofhub("people/1").await.json()["title"], "Other");
}

#[tokio::test]
async fn a_manager_is_named_by_number_login_or_address() {
    let server = TestServer::with(people!["Ana", login: "ana", email: "ana@example.com"; "Bo"]).await;
    let mut browser = Browser::of_owner(&server).await;

    for typed in ["1", "ana", "ana@example.com"] {
        assert_eq!(save(&mut browser, "/console/people/2/edit", &[("manager", "")]).await, 200);
        assert_eq!(save(&mut browser, "/console/people/2/edit", &[("manager", typed)]).await, 200, "{typed}");
        assert!(browser.text().contains("<a href=\"/console/people/1\">Ana</a>"), "{typed}: {}", browser.text());
    }
}

#[tokio::test]
async fn a_new_person_has_what_was_typed() {
    let server = TestServer::start().await;
    let mut browser = Browser::of_owner(&server).await;

    assert_eq!(save(&mut browser, "/console/people/new", &[("given_name", "Chidi"), ("email", "chidi@example.com")]).await, 200);

    assert!(browser.text().contains("<h1>Chidi</h1>") && browser.text().contains("chidi@example.com"), "{}", browser.text());
}

#[tokio::test]
async fn the_history_shows_before_and_after_and_one_click_sets_back() {
    let server = TestServer::with(ana()).await;
    let mut browser = Browser::of_owner(&server).await;
    save(&mut browser, "/console/people/1/edit", &[("title", "Lead"), ("phone", "+47 22")]).await;

    browser.open("/console/people/1/history").await;
    let text = browser.text().to_owned();
    assert!(text.contains("<td>Chief</td><td>Lead</td>") && text.contains("console"), "{text}");
    let undo = text.split("action=\"").filter_map(|part| part.split_once("/undo\"")).map(|(path, _)| format!("{path}/undo")).next();
    browser.send(&undo.expect("a way back"), &[("field", "title")]).await;

    assert!(browser.text().contains("Set back."), "{}", browser.text());
    let ana = server.admin().proofhub("people/1").await.json();
    assert_eq!(ana["title"], "Chief");
    browser.open("/console/people/1").await;
    assert!(browser.text().contains("+47 22"));
}

#[tokio::test]
async fn what_cannot_be_set_back_is_said() {
    let server = TestServer::with(people!["Ana", login: "ana"; "Bo"]).await;
    let mut browser = Browser::of_owner(&server).await;
    save(&mut browser, "/console/people/1/edit", &[("login", "ana2")]).await;
    save(&mut browser, "/console/people/2/edit", &[("login", "ana")]).await;
    browser.open("/console/people/1/history").await;
    let text = browser.text().to_owned();
    let undo = text.split("action=\"").filter_map(|part| part.split_once("/undo\"")).map(|(path, _)| format!("{path}/undo")).next();

    let status = browser.send(&undo.expect("a way back"), &[("field", "login")]).await.status;

    assert_eq!(status, 409);
    assert!(browser.text().contains("login is taken"), "{}", browser.text());
}

#[tokio::test]
async fn who_is_moved_to_the_bin_comes_back_whole() {
    let server = TestServer::with(ana()).await;
    let mut browser = Browser::of_owner(&server).await;
    browser.open("/console/people/1").await;

    assert_eq!(browser.send("/console/people/1/delete", &[]).await.status, 200);
    assert_eq!(server.admin().proofhub("people/1").await.status, 404);
    browser.send("/console/people/1/restore", &[]).await;

    assert!(browser.text().contains("Ana de Souza"), "{}", browser.text());
    assert_eq!(server.admin().proofhub("people/1").await.status, 200);
}

#[tokio::test]
async fn each_api_is_shown_as_its_clients_see_it() {
    let server = TestServer::with(ana()).await;
    let mut browser = Browser::of_owner(&server).await;
    let admin = server.admin();
    let id = admin.modulo("$filter=Login eq 'ana'").await.items()[0]["Id"].as_str().expect("an id").to_owned();

    browser.open("/console/people/1/apis").await;
    let bodies: Vec<Value> = browser
        .text()
        .split("<pre ")
        .skip(1)
        .map(|part| part.split_once('>').and_then(|(_, rest)| rest.split_once("</pre>")).expect("a body").0)
        .map(|text| text.replace("&#34;", "\"").replace("&#60;", "<").replace("&#62;", ">").replace("&#39;", "'").replace("&#38;", "&"))
        .map(|text| serde_json::from_str(&text).expect("JSON"))
        .collect();

    let own = [
        admin.get(Api::Seven, "/v1/organization/people/1").await.json(),
        admin.get(Api::ProofHub, "/api/v3/people/1").await.json(),
        admin.get(Api::Modulo, &format!("/api/Organization/people/{id}")).await.json(),
        admin.get(Api::Wethod, "/api/persons/1").await.json(),
        admin.get(Api::Scim, &format!("/scim/v2/Users/{id}")).await.json(),
    ];
    assert_eq!(bodies, own);
}

#[tokio::test]
async fn whoever_may_not_write_is_offered_no_form() {
    let server = TestServer::with(ana()).await;
    server.owner().await;
    let mut owner = Browser::new(&server);
    owner.sign_in(crate::support::OWNER.0, crate::support::OWNER.1).await;
    let number = server.add_login("reader@example.com", "correct horse", "ROLE_USER").await;
    let mut browser = Browser::new(&server);
    browser.sign_in("reader@example.com", "correct horse").await;

    browser.open(&format!("/console/people/{number}")).await;

    assert!(!browser.text().contains("/edit\"") && !browser.text().contains("/delete\""), "{}", browser.text());
    assert_eq!(browser.open("/console/people/1/edit").await.status, 403);
    assert_eq!(browser.open("/console/people/1/history").await.status, 403);
}
