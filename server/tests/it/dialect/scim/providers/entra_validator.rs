//! What Microsoft's validator and its checks for the application gallery send.

use super::Provider;
use crate::support::{TestServer, crowd};
use serde_json::{Value, json};

#[tokio::test]
async fn one_change_of_everything_that_is_mapped_is_carried_out() {
    let server = TestServer::start().await;
    let entra = Provider::entra(&server).await;
    let user = entra.user("leta@kirlin.biz").await;

    let answer = entra
        .patched(
            &format!("/Users/{user}"),
            r#"[
        {"op": "replace", "path": "emails[type eq \"work\"].value", "value": "oren.collins@white.com"},
        {"op": "add", "path": "emails[type eq \"home\"].value", "value": "angelita@mante.us"},
        {"op": "add", "path": "emails[type eq \"other\"].value", "value": "yasmine_bins@braun.us"},
        {"op": "replace", "path": "emails[type eq \"work\"].display", "value": "0TXBC2MOGUI0"},
        {"op": "replace", "path": "emails[type eq \"home\"].display", "value": "14UDKFEIO3YS"},
        {"op": "replace", "path": "emails[type eq \"other\"].display", "value": "YFQRBLBNUS0R"},
        {"op": "add", "path": "emails[type eq \"work\"].primary", "value": false},
        {"op": "replace", "path": "emails[type eq \"home\"].primary", "value": true},
        {"op": "replace", "path": "addresses[type eq \"work\"].streetAddress", "value": "2512 Lela Islands"},
        {"op": "replace", "path": "addresses[type eq \"work\"].country", "value": "Benin"},
        {"op": "add", "path": "phoneNumbers[type eq \"fax\"].value", "value": "93-155-4014"},
        {"op": "replace", "value": {"active": true, "displayName": "LUZMPEGANKGR", "title": "OLNOTIPXTJQB", "name.givenName": "Lauriane", "nickName": "TKJX"}}]"#,
        )
        .await;

    let email = |value: &str, kind: &str, display: &str| json!({ "value": value, "type": kind, "display": display });
    let mut emails = [
        email("oren.collins@white.com", "work", "0TXBC2MOGUI0"),
        email("angelita@mante.us", "home", "14UDKFEIO3YS"),
        email("yasmine_bins@braun.us", "other", "YFQRBLBNUS0R"),
    ];
    emails[0]["primary"] = json!(false);
    emails[1]["primary"] = json!(true);
    assert_eq!(answer.at("/emails"), json!(emails));
    assert_eq!(answer.at("/addresses"), json!([{ "type": "work", "streetAddress": "2512 Lela Islands", "country": "Benin" }]));
    assert_eq!(answer.at("/phoneNumbers"), json!([{ "value": "93-155-4014", "type": "fax" }]));
    assert_eq!(
        [answer.at("/displayName"), answer.at("/title"), answer.at("/name"), answer.at("/nickName")],
        [json!("LUZMPEGANKGR"), json!("OLNOTIPXTJQB"), json!({ "givenName": "Lauriane" }), json!("TKJX")]
    );
}

#[tokio::test]
async fn an_empty_text_and_null_clear_an_attribute() {
    let server = TestServer::start().await;
    let entra = Provider::entra(&server).await;
    let user = entra
        .made(
            "/Users",
            r#"{"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "ana", "displayName": "Ana", "title": "Chair",
            "preferredLanguage": "pt-BR", "timezone": "Europe/Oslo", "nickName": "A", "externalId": "E1", "locale": "pt-BR"}"#,
        )
        .await;
    let path = format!("/Users/{user}");
    let attributes = ["displayName", "title", "preferredLanguage", "timezone", "nickName", "externalId", "locale"];

    for empty in ["\"\"", "null"] {
        for attribute in attributes {
            let answer = entra.patched(&path, &format!(r#"[{{"op": "replace", "path": "{attribute}", "value": {empty}}}]"#)).await;

            assert_eq!(answer.at(&format!("/{attribute}")), Value::Null, "{attribute} {empty}");
        }
    }
}

#[tokio::test]
async fn pages_begin_where_they_were_asked_to() {
    let server = TestServer::with(crowd(11)).await;
    let entra = Provider::entra(&server).await;
    let mut seen = Vec::new();

    for start in [1, 6, 11] {
        let page = entra.get(&format!("/Users?startIndex={start}&count=5")).await;

        assert_eq!((page.at("/startIndex"), page.at("/totalResults")), (json!(start), json!(11)), "{}", page.text());
        seen.extend(page.at("/Resources").as_array().expect("a list").iter().map(|user| user["id"].to_string()));
    }

    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 11);
}

#[tokio::test]
async fn every_attribute_of_its_usual_mapping_is_in_the_schemas() {
    let server = TestServer::start().await;
    let schemas = Provider::entra(&server).await.get("/Schemas").await;
    let names: Vec<Value> = schemas
        .at("/Resources")
        .as_array()
        .expect("a list")
        .iter()
        .flat_map(|schema| schema["attributes"].as_array().expect("attributes").clone())
        .map(|attribute| attribute["name"].clone())
        .collect();

    let wanted = [
        "userName",
        "active",
        "displayName",
        "title",
        "emails",
        "preferredLanguage",
        "name",
        "addresses",
        "phoneNumbers",
        "employeeNumber",
        "department",
        "manager",
        "members",
    ];

    for name in wanted {
        assert!(names.contains(&json!(name)), "{name}");
    }
}
