//! Users, as Microsoft Entra ID provisions them.

use super::Provider;
use crate::support::{Api, TestServer};
use serde_json::{Value, json};

const ENTERPRISE: &str = "/urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

const NEW_USER: &str = r#"{
    "schemas": [
        "urn:ietf:params:scim:schemas:core:2.0:User",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
    "externalId": "0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef",
    "userName": "Test_User_00aa00aa-bb11-cc22-dd33-44ee44ee44ee",
    "active": true,
    "emails": [{
        "primary": true,
        "type": "work",
        "value": "Test_User_11bb11bb-cc22-dd33-ee44-55ff55ff55ff@testuser.com"
    }],
    "meta": {
        "resourceType": "User"
    },
    "name": {
        "formatted": "givenName familyName",
        "familyName": "familyName",
        "givenName": "givenName"
    },
    "roles": []
}"#;

async fn with_new_user() -> (TestServer, Provider, String) {
    let server = TestServer::start().await;
    let entra = Provider::entra(&server).await;
    let id = entra.made("/Users", NEW_USER).await;
    (server, entra, format!("/Users/{id}"))
}

#[tokio::test]
async fn its_test_of_the_connection_finds_nobody_and_no_group() {
    let server = TestServer::start().await;
    let entra = Provider::entra(&server).await;

    let user = entra.get("/Users?filter=userName eq \"af6ae386-6f4c-4b36-8f41-4b6b3c2a1b5e\"").await;
    let group = entra.get("/Groups?excludedAttributes=members&filter=displayName eq \"af6ae386-6f4c-4b36-8f41-4b6b3c2a1b5e\"").await;

    for answer in [user, group] {
        assert_eq!((answer.status, answer.at("/totalResults"), answer.at("/Resources")), (200, json!(0), json!([])), "{}", answer.text());
        assert_eq!(answer.at("/schemas"), json!(["urn:ietf:params:scim:api:messages:2.0:ListResponse"]));
    }
}

#[tokio::test]
async fn the_flag_in_its_base_url_does_no_harm() {
    let (_server, entra, _) = with_new_user().await;

    for query in ["aadOptscim062020", "aadOptscim062020="] {
        let answer = entra.get(&format!("/Users?{query}&filter=externalId eq \"0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef\"")).await;

        assert_eq!((answer.status, answer.at("/totalResults")), (200, json!(1)), "{}", answer.text());
    }
}

#[tokio::test]
async fn a_new_user_is_answered_as_it_was_sent() {
    let server = TestServer::start().await;

    let answer = Provider::entra(&server).await.post("/Users", NEW_USER).await;

    let sent: Value = serde_json::from_str(NEW_USER).expect("JSON");
    assert_eq!(answer.status, 201, "{}", answer.text());
    assert_eq!(answer.header("location"), answer.at("/meta/location").as_str());
    for member in ["externalId", "userName", "active", "emails", "name"] {
        assert_eq!(answer.at(&format!("/{member}")), sent[member], "{member}");
    }
}

#[tokio::test]
async fn a_new_user_is_there_in_the_other_apis() {
    let (server, _, _) = with_new_user().await;

    let seen = server.reader().filtered("Login eq 'test_user_00AA00aa-bb11-cc22-dd33-44ee44ee44ee'").await;

    assert_eq!(seen.at("/0/Email"), "Test_User_11bb11bb-cc22-dd33-ee44-55ff55ff55ff@testuser.com");
    assert_eq!(server.reader().wethod("").await.names(), ["givenName familyName"]);
}

#[tokio::test]
async fn a_user_is_found_by_every_attribute_that_entra_matches_by() {
    let (_server, entra, _) = with_new_user().await;
    let filters = [
        "userName eq \"test_user_00AA00aa-bb11-cc22-dd33-44ee44ee44ee\"",
        "externalId eq \"0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef\"",
        "emails[type eq \"work\"].value eq \"Test_User_11bb11bb-cc22-dd33-ee44-55ff55ff55ff@testuser.com\"",
        "emails[type eq \"work\" and value eq \"Test_User_11bb11bb-cc22-dd33-ee44-55ff55ff55ff@testuser.com\"]",
    ];

    for filter in filters {
        let answer = entra.get(&format!("/Users?filter={filter}")).await;

        assert_eq!((answer.status, answer.at("/totalResults")), (200, json!(1)), "{filter}: {}", answer.text());
    }
}

#[tokio::test]
async fn several_attributes_are_replaced_at_once() {
    let (_server, entra, user) = with_new_user().await;

    let answer = entra
        .patched(
            &user,
            r#"[
        {"op": "Replace", "path": "displayName", "value": "Pvlo"},
        {"op": "Replace", "path": "emails[type eq \"work\"].value", "value": "TestBcwqnm@test.microsoft.com"},
        {"op": "Replace", "path": "name.givenName", "value": "Gtfd"},
        {"op": "Replace", "path": "name.familyName", "value": "Pkqf"},
        {"op": "Replace", "path": "externalId", "value": "Eqpj"},
        {"op": "Replace", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber", "value": "Eqpj"}]"#,
        )
        .await;

    assert_eq!((answer.at("/displayName"), answer.at("/externalId")), (json!("Pvlo"), json!("Eqpj")));
    assert_eq!(answer.at("/emails"), json!([{ "value": "TestBcwqnm@test.microsoft.com", "type": "work", "primary": true }]));
    assert_eq!((answer.at("/name/givenName"), answer.at("/name/familyName")), (json!("Gtfd"), json!("Pkqf")));
    assert_eq!(answer.at(&format!("{ENTERPRISE}/employeeNumber")), "Eqpj");
}

#[tokio::test]
async fn with_its_flag_attributes_are_replaced_under_dotted_names() {
    let (_server, entra, user) = with_new_user().await;

    let answer = entra
        .patched(
            &user,
            r#"[
        {"op": "replace", "path": "emails[type eq \"work\"].value", "value": "TestMhvaes@test.microsoft.com"},
        {"op": "replace", "value": {
            "displayName": "Bjfe",
            "name.givenName": "Kkom",
            "name.familyName": "Unua",
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber": "Aklq"}}]"#,
        )
        .await;

    assert_eq!(
        (answer.at("/displayName"), answer.at("/name/givenName"), answer.at("/name/familyName")),
        (json!("Bjfe"), json!("Kkom"), json!("Unua"))
    );
    assert_eq!(
        (answer.at("/emails/0/value"), answer.at(&format!("{ENTERPRISE}/employeeNumber"))),
        (json!("TestMhvaes@test.microsoft.com"), json!("Aklq"))
    );
}

#[tokio::test]
async fn an_address_that_was_not_there_is_made() {
    let (_server, entra, user) = with_new_user().await;

    let answer = entra
        .patched(
            &user,
            r#"[
        {"op": "Add", "path": "addresses[type eq \"work\"].formatted", "value": "18/2111"},
        {"op": "Add", "path": "phoneNumbers[type eq \"mobile\"].value", "value": "555-555-5555"},
        {"op": "Replace", "path": "emails[type eq \"other\"].value", "value": "home@testuser.com"},
        {"op": "Add", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department", "value": "Retail"}]"#,
        )
        .await;

    assert_eq!(answer.at("/addresses"), json!([{ "type": "work", "formatted": "18/2111" }]));
    assert_eq!(answer.at("/phoneNumbers"), json!([{ "value": "555-555-5555", "type": "mobile" }]));
    assert_eq!(answer.at("/emails/1"), json!({ "value": "home@testuser.com", "type": "other" }));
    assert_eq!(answer.at(&format!("{ENTERPRISE}/department")), "Retail");
}

#[tokio::test]
async fn a_disabled_user_is_kept_out_and_let_in_again() {
    let (server, entra, user) = with_new_user().await;

    let disabled = entra.patched(&user, r#"[{"op": "Replace", "path": "active", "value": "False"}]"#).await;
    let blocked = server.reader().modulo("").await.at("/0/Status");
    let enabled = entra.patched(&user, r#"[{"op": "Replace", "path": "active", "value": "True"}]"#).await;

    assert_eq!((disabled.at("/active"), blocked, enabled.at("/active")), (json!(false), json!("Blocked"), json!(true)));
    assert_eq!(server.reader().modulo("").await.at("/0/Status"), "Active");
}

#[tokio::test]
async fn a_manager_is_told_in_each_of_its_ways_and_taken_away_by_an_empty_text() {
    let (_server, entra, user) = with_new_user().await;
    let (first, second) = (entra.user("first").await, entra.user("second").await);
    let path = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager";
    let ways = [
        (format!(r#"{{"op": "Add", "path": "{path}", "value": "{first}"}}"#), json!(first)),
        (format!(r#"{{"op": "Replace", "path": "{path}", "value": "{second}"}}"#), json!(second)),
        (format!(r#"{{"op": "Replace", "path": "{path}", "value": {{"value": "{first}"}}}}"#), json!(first)),
        (format!(r#"{{"op": "Replace", "path": "{path}.value", "value": "{second}"}}"#), json!(second)),
        (format!(r#"{{"op": "Replace", "path": "{path}", "value": [{{"$ref": null, "value": "{first}"}}]}}"#), json!(first)),
        (format!(r#"{{"op": "Replace", "path": "{path}", "value": ""}}"#), Value::Null),
    ];

    for (operation, manager) in ways {
        let answer = entra.patched(&user, &format!("[{operation}]")).await;

        assert_eq!(answer.at(&format!("{ENTERPRISE}/manager/value")), manager, "{operation}");
    }
}

#[tokio::test]
async fn a_role_is_told_by_the_entry_that_is_primary() {
    let server = TestServer::start().await;
    let entra = Provider { client: server.admin(), ..Provider::entra(&server).await };
    let user = entra
        .made(
            "/Users",
            r#"{"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "externalId": "alias", "userName": "alias@contoso.OnMicrosoft.com",
            "active": true, "displayName": "First Name Last Name", "meta": {"resourceType": "User"},
            "roles": [{"primary": true, "type": "WindowsAzureActiveDirectoryRole", "value": "ROLE_USER"}]}"#,
        )
        .await;

    let changed = entra
        .patched(&format!("/Users/{user}"), r#"[{"op": "Replace", "path": "roles[primary eq \"True\"].value", "value": "ROLE_ADMIN"}]"#)
        .await;

    assert_eq!(changed.at("/roles/0/value"), "ROLE_ADMIN");
}

#[tokio::test]
async fn a_deleted_user_is_not_found() {
    let (_server, entra, user) = with_new_user().await;

    let deleted = entra.delete(&user).await;
    let missing = entra.get(&user).await;

    assert_eq!((deleted.status, deleted.text()), (204, ""));
    Api::Scim.assert_refusal(&missing, 404);
}
