//! What the server says of itself.

use super::super::schema::{
    Attribute, CUSTOM_GROUP, CUSTOM_USER, ENTERPRISE_USER, GROUP, OF_ITSELF, RESOURCE_TYPE, ROLLCALL_GROUP, ROLLCALL_USER, ResourceSchema,
    SCHEMA, SERVICE_PROVIDER_CONFIG, USER,
};
use super::{Trial, bearer};
use crate::http::HttpSettings;
use serde_json::{Value, json};

const READER: &str = "people:read,groups:read";

/// The senate, where people have an office.
async fn senate() -> Trial {
    let trial = Trial::new().await;
    trial.add("senate", &[&[("display_name", "Jane"), ("custom.office", "Oslo")]], &[]).await;
    trial
}

async fn asked(trial: &Trial, scopes: &str, path: &str) -> Value {
    let token = trial.token(&["senate"], scopes).await;
    let answer = trial.get(&format!("/scim/v2{path}"), &[bearer(&token).as_header()]).await;
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/scim+json")), "{path} {}", answer.body);
    answer.json()
}

fn column(list: &Value, member: &str) -> Vec<String> {
    let resources = list["Resources"].as_array().expect("a list");
    resources.iter().map(|resource| resource[member].as_str().expect("text").to_owned()).collect()
}

#[tokio::test]
async fn what_is_supported_is_announced_with_its_limits() {
    let config = asked(&senate().await, READER, "/ServiceProviderConfig").await;

    assert_eq!(config["schemas"], json!(["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"]));
    assert_eq!(config["bulk"], json!({ "supported": true, "maxOperations": 1000, "maxPayloadSize": HttpSettings::BODY_BYTES_MAX }));
    assert_eq!(config["filter"], json!({ "supported": true, "maxResults": 1000 }));
    for (member, supported) in [("patch", true), ("sort", true), ("etag", true), ("changePassword", false)] {
        assert_eq!(config[member], json!({ "supported": supported }), "{member}");
    }
    let pagination = json!({
        "cursor": true, "index": true, "defaultPaginationMethod": "index", "defaultPageSize": 100, "maxPageSize": 1000, "cursorTimeout": 3600,
    });
    assert_eq!(config["pagination"], pagination);
    assert_eq!(config["authenticationSchemes"][0]["type"], "oauthbearertoken");
}

#[tokio::test]
async fn every_document_says_where_it_is() {
    let trial = senate().await;

    for path in ["/ServiceProviderConfig", "/ResourceTypes/Group", &format!("/Schemas/{USER}")] {
        let location = asked(&trial, READER, path).await["meta"]["location"].clone();

        assert_eq!(location, json!(format!("http://127.0.0.1:8080/scim/v2{path}")));
    }
}

#[tokio::test]
async fn below_an_organization_a_location_keeps_it() {
    let trial = senate().await;
    let token = trial.token(&["senate"], READER).await;

    let answer = trial.get("/senate/scim/v2/ResourceTypes/User", &[bearer(&token).as_header(), ("host", "evil.example")]).await;

    assert_eq!(answer.json()["meta"]["location"], "http://127.0.0.1:8080/senate/scim/v2/ResourceTypes/User");
}

#[tokio::test]
async fn the_types_of_resources_name_their_schemas() {
    let trial = senate().await;

    let list = asked(&trial, READER, "/ResourceTypes").await;

    assert_eq!((column(&list, "id"), &list["totalResults"]), (vec!["User".to_owned(), "Group".to_owned()], &json!(2)));
    let extensions = &list["Resources"][0]["schemaExtensions"];
    let expected = [ENTERPRISE_USER, ROLLCALL_USER, CUSTOM_USER].map(|urn| json!({ "schema": urn, "required": false }));
    assert_eq!(extensions, &json!(expected));
    assert_eq!(asked(&trial, READER, "/ResourceTypes/User").await, list["Resources"][0]);
}

#[tokio::test]
async fn the_schemas_are_listed_and_each_is_found_by_its_urn_in_any_case() {
    let trial = senate().await;

    let list = asked(&trial, READER, "/Schemas").await;

    assert_eq!(
        column(&list, "id"),
        [USER, ENTERPRISE_USER, ROLLCALL_USER, CUSTOM_USER, GROUP, ROLLCALL_GROUP, SERVICE_PROVIDER_CONFIG, RESOURCE_TYPE, SCHEMA]
    );
    for (at, urn) in column(&list, "id").iter().enumerate() {
        assert_eq!(asked(&trial, READER, &format!("/Schemas/{urn}")).await, list["Resources"][at]);
        assert_eq!(asked(&trial, READER, &format!("/Schemas/{}", urn.to_uppercase().replace(':', "%3a"))).await["id"], *urn);
    }
}

/// Whether every member is an attribute of its object.
fn is_announced(attributes: &[Attribute], value: &Value) -> bool {
    match value {
        Value::Array(items) => items.iter().all(|item| is_announced(attributes, item)),
        Value::Object(members) => members.iter().all(|(name, value)| {
            let attribute = attributes.iter().chain(ResourceSchema::common()).find(|attribute| attribute.name == name.as_str());
            // RFC 7643, section 8.7.2, ends where the parts of a part would begin.
            let inner =
                attribute.map_or_else(|| (name == "subAttributes").then_some(attributes), |attribute| Some(&attribute.sub_attributes));
            inner.is_some_and(|inner| is_announced(inner, value))
        }),
        _ => true,
    }
}

#[tokio::test]
async fn whatever_the_server_says_of_itself_is_in_its_own_schemas() {
    let trial = senate().await;
    let paths = ["/ServiceProviderConfig", "/ResourceTypes", "/Schemas"];

    for (schema, path) in OF_ITSELF.iter().zip(paths) {
        let said = asked(&trial, READER, path).await;
        let documents = said.get("Resources").unwrap_or(&said);

        assert!(is_announced(&schema.attributes, documents), "{path}");
        let is_there = |document: &Value| {
            schema.attributes.iter().all(|attribute| !attribute.required || document.get(attribute.name.as_ref()).is_some())
        };
        assert!(documents.as_array().map_or_else(|| is_there(documents), |documents| documents.iter().all(is_there)), "{path}");
    }
}

#[tokio::test]
async fn what_an_organization_has_defined_is_for_who_may_read_its_people() {
    let trial = senate().await;

    let list = asked(&trial, "groups:read", "/Schemas").await;

    assert_eq!(
        column(&list, "id"),
        [USER, ENTERPRISE_USER, ROLLCALL_USER, GROUP, ROLLCALL_GROUP, SERVICE_PROVIDER_CONFIG, RESOURCE_TYPE, SCHEMA]
    );
}

#[tokio::test]
async fn a_filter_is_forbidden_and_the_rest_is_ignored() {
    let trial = senate().await;
    let token = trial.token(&["senate"], READER).await;
    let credential = bearer(&token);

    for path in ["/ServiceProviderConfig", "/ResourceTypes", "/ResourceTypes/User", "/Schemas", &format!("/Schemas/{USER}")] {
        let filtered = trial.get(&format!("/scim/v2{path}?Filter=id+pr"), &[credential.as_header()]).await;
        let paged = trial.get(&format!("/scim/v2{path}?startIndex=9&count=0&sortBy=id&attributes=id"), &[credential.as_header()]).await;

        assert_eq!((filtered.status, filtered.json()["status"].clone()), (403, json!("403")), "{path}");
        assert_eq!(paged.json(), asked(&trial, READER, path).await, "{path}");
    }
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let trial = senate().await;
    let token = trial.token(&["senate"], READER).await;

    for path in
        ["/ResourceTypes/user", "/ResourceTypes/Nobody", "/Schemas/urn:x", &format!("/Schemas/{CUSTOM_GROUP}"), "/ServiceProviderConfig/1"]
    {
        let answer = trial.get(&format!("/scim/v2{path}"), &[bearer(&token).as_header()]).await;

        assert_eq!((answer.status, answer.json()["status"].clone()), (404, json!("404")), "{path}");
    }
}

#[tokio::test]
async fn nothing_of_it_can_be_written() {
    let trial = senate().await;
    let token = trial.token(&["senate"], READER).await;

    for path in ["/ServiceProviderConfig", "/ResourceTypes", "/ResourceTypes/User", "/Schemas", &format!("/Schemas/{USER}")] {
        for method in ["POST", "PUT", "PATCH", "DELETE"] {
            let answer = trial.ask(method, &format!("/scim/v2{path}"), &[bearer(&token).as_header()], "{}").await;

            assert_eq!((answer.status, answer.header("allow")), (405, Some("GET, HEAD")), "{method} {path}");
            assert_eq!(answer.json()["status"], "405");
        }
    }
}

#[tokio::test]
async fn a_stranger_is_told_nothing() {
    let trial = senate().await;

    for path in ["/ServiceProviderConfig", "/ResourceTypes", "/Schemas"] {
        for credential in [("authorization", "Bearer nonsense"), ("x-api-key", "nonsense")] {
            let answer = trial.get(&format!("/scim/v2{path}"), &[credential]).await;

            assert_eq!((answer.status, answer.header("www-authenticate")), (401, Some("Bearer")), "{path}");
        }
    }
}

/// The attribute of this name, as a schema announces it.
async fn announced(trial: &Trial, scopes: &str, schema: &str, name: &str) -> Option<Value> {
    let schema = asked(trial, scopes, &format!("/Schemas/{schema}")).await;
    let attributes = schema["attributes"].as_array().expect("attributes");
    attributes.iter().find(|attribute| attribute["name"] == name).cloned()
}

#[tokio::test]
async fn roles_are_chosen_from_those_of_the_organization() {
    let roles = announced(&senate().await, READER, USER, "roles").await.expect("roles");

    assert_eq!(roles["subAttributes"][0]["canonicalValues"], json!(["ROLE_OWNER", "ROLE_ADMIN", "ROLE_USER", "ROLE_CLIENT"]));
}

#[tokio::test]
async fn job_titles_are_chosen_by_number_where_there_are_any() {
    let trial = senate().await;
    let before = announced(&trial, READER, ROLLCALL_USER, "jobTitle").await;
    trial.add("senate", &[&[("display_name", "Omar"), ("job_title", "Engineer")]], &[]).await;

    let after = announced(&trial, READER, ROLLCALL_USER, "jobTitle").await.expect("jobTitle");

    assert_eq!((before, &after["type"], &after["canonicalValues"]), (None, &json!("string"), &json!(["1"])));
}

#[tokio::test]
async fn who_may_not_read_people_is_told_no_roles() {
    let roles = announced(&senate().await, "groups:read", USER, "roles").await.expect("roles");

    assert_eq!(roles["subAttributes"][0]["canonicalValues"], json!(null));
}
