//! What each API cannot hold of a person, as the console says it: set every field, and look which bodies differ.

use crate::support::{Browser, TestServer, line};
use serde_json::Value;
use std::collections::BTreeMap;

/// Every field that a file of people can set, with a value that is not the default one.
const FIELDS: [(&str, &str); 24] = [
    ("external_id", "E9"),
    ("login", "ana9"),
    ("given_name", "Annabel"),
    ("family_name", "Sousa"),
    ("display_name", "Annabel the Great"),
    ("email", "annabel@example.com"),
    ("phone", "+47 22 33 44 55"),
    ("title", "Chief"),
    ("manager", "2"),
    ("role", "ROLE_OWNER"),
    ("person_type", "external"),
    ("has_license", "yes"),
    ("account", "blocked"),
    ("archived", "yes"),
    ("description", "Keeps the books"),
    ("additional_information", "Mornings alone"),
    ("language", "nb"),
    ("time_zone", "Asia/Tokyo"),
    ("initials", "AX"),
    ("photo", "https://example.com/ana.png"),
    ("profile_color", "#123456"),
    ("employee_number", "77"),
    ("department", "Accounts"),
    ("projects", "7;8"),
];
/// What moves with every change, whatever it is.
const MOVING: [&str; 3] = ["updated_at", "meta", "UpdatedAt"];

/// What the console shows of each API: its body, and what it says to lack.
async fn shown(browser: &mut Browser<'_>) -> BTreeMap<String, (Value, Vec<String>)> {
    browser.open("/console/people/1/apis").await;
    let sections = browser.text().split("<section ").skip(1);
    let between = |text: &str, start: &str, end: &str| -> Option<String> { Some(text.split_once(start)?.1.split_once(end)?.0.to_owned()) };
    let section = |section: &str| {
        let api = between(section, "<h2 ", "</h2>").and_then(|title| Some(title.split_once('>')?.1.to_owned())).expect("an API");
        let body = between(section, "<pre ", "</pre>").and_then(|body| Some(body.split_once('>')?.1.to_owned())).expect("a body");
        let body = body.replace("&#34;", "\"").replace("&#60;", "<").replace("&#62;", ">").replace("&#39;", "'").replace("&#38;", "&");
        let mut body: Value = serde_json::from_str(&body).expect("JSON");
        for key in MOVING {
            body.as_object_mut().expect("an object").remove(key);
        }
        let lacks = between(section, "<h3>", "</section>").unwrap_or_default();
        let lacks = lacks.split("<code>").skip(1).filter_map(|part| part.split_once("</code>")).map(|(name, _)| name.to_owned()).collect();
        (api, (body, lacks))
    };
    sections.map(section).collect()
}

#[tokio::test]
async fn each_api_lacks_exactly_what_the_console_says() {
    let server = TestServer::start().await;
    let names = [("given_name", "Ana".into()), ("family_name", "de Souza".into()), ("email", "ana@example.com".into())];
    server.add("senate", vec![line(None, &names), line(Some("Bo"), &[])]).await;
    let mut browser = Browser::of_owner(&server).await;
    let mut lacking: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut said: BTreeMap<String, Vec<String>> = BTreeMap::new();

    for (field, value) in FIELDS {
        let before = shown(&mut browser).await;
        server.add("senate", vec![line(None, &[("number", "1".into()), (field, value.into())])]).await;
        let after = shown(&mut browser).await;
        for (api, (body, lacks)) in after {
            let missing = lacking.entry(api.clone()).or_default();
            if before[&api].0 == body {
                missing.push(field.to_owned());
            }
            said.insert(api, lacks);
        }
    }

    for lacks in said.values_mut() {
        lacks.retain(|name| FIELDS.iter().any(|(field, _)| field == name));
        lacks.sort_by_key(|name| FIELDS.iter().position(|(field, _)| field == name));
    }
    assert_eq!(said, lacking);
}
