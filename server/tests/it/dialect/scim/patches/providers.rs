//! What Entra and Okta send, as they send it.

use super::*;

#[tokio::test]
async fn entra_makes_a_user_and_keeps_it_up_to_date() {
    let server = senate().await;
    let client = server.admin();
    let made = post(
        &client,
        "Users",
        json!({
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", ENTERPRISE],
            "externalId": "0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef",
            "userName": "Test_User_ab6490ee",
            "active": true,
            "emails": [{ "primary": true, "type": "work", "value": "Test_User_fd0ea19b@testuser.com" }],
            "meta": { "resourceType": "User" },
            "name": { "formatted": "givenName familyName", "familyName": "familyName", "givenName": "givenName" },
            "roles": []
        }),
    )
    .await;
    assert_eq!(made.status, 201, "{}", made.text());
    let path = format!("Users/{}", id(&made));

    for operation in [
        json!({ "op": "Replace", "path": "emails[type eq \"work\"].value", "value": "updatedEmail@microsoft.com" }),
        json!({ "op": "Replace", "path": "name.familyName", "value": "updatedFamilyName" }),
        json!({ "op": "Add", "path": "nickName", "value": "Babs" }),
        json!({ "op": "Add", "path": "addresses[type eq \"work\"].formatted", "value": "18/2111" }),
        json!({ "op": "Add", "path": format!("{ENTERPRISE}:department"), "value": "Retail" }),
        json!({ "op": "Add", "path": format!("{ENTERPRISE}:manager"), "value": JANE }),
        json!({ "op": "Replace", "path": "displayName", "value": [{ "$ref": null, "value": "Babs Jensen" }] }),
        json!({ "op": "Replace", "path": "active", "value": "False" }),
    ] {
        let answer = patch(&client, &path, json!([operation])).await;
        assert_eq!(answer.status, 200, "{operation}: {}", answer.text());
    }

    let user = get(&client, &path).await.json();
    assert_eq!(user["emails"], json!([{ "value": "updatedEmail@microsoft.com", "type": "work", "primary": true }]));
    assert_eq!(user["name"], json!({ "formatted": "givenName familyName", "familyName": "updatedFamilyName", "givenName": "givenName" }));
    assert_eq!(user["addresses"], json!([{ "type": "work", "formatted": "18/2111" }]));
    assert_eq!((&user[ENTERPRISE]["department"], &user[ENTERPRISE]["manager"]["value"]), (&json!("Retail"), &json!(JANE)));
    assert_eq!((&user["displayName"], &user["nickName"], &user["active"]), (&json!("Babs Jensen"), &json!("Babs"), &json!(false)));
}

#[tokio::test]
async fn entra_with_its_newer_flag_sends_all_in_one_value() {
    let server = senate().await;

    let user = after(
        &server,
        json!([
            { "op": "replace", "path": "emails[type eq \"work\"].value", "value": "a@work.example" },
            { "op": "add", "path": "emails[type eq \"home\"].value", "value": "a@home.example" },
            { "op": "add", "path": "emails[type eq \"home\"].display", "value": "Home" },
            { "op": "add", "path": "emails[type eq \"work\"].primary", "value": false },
            { "op": "replace", "path": "emails[type eq \"home\"].primary", "value": true },
            { "op": "replace", "path": "addresses[type eq \"work\"].formatted", "value": "Oslo" },
            { "op": "replace", "path": "addresses[type eq \"work\"].streetAddress", "value": "Street 1" },
            { "op": "replace", "path": "addresses[type eq \"work\"].country", "value": "NO" },
            { "op": "replace", "path": "phoneNumbers[type eq \"fax\"].value", "value": "55" },
            { "op": "replace", "value": {
                "displayName": "Bjfe",
                "name.givenName": "Kkom",
                "name.familyName": "Unua",
                format!("{ENTERPRISE}:employeeNumber"): "Aklq"
            } }
        ]),
    )
    .await;

    let home = json!({ "value": "a@home.example", "type": "home", "display": "Home", "primary": true });
    assert_eq!(user["emails"], json!([{ "value": "a@work.example", "type": "work", "primary": false }, home]));
    assert_eq!(user["addresses"], json!([{ "type": "work", "formatted": "Oslo", "streetAddress": "Street 1", "country": "NO" }]));
    assert_eq!(user["phoneNumbers"], json!([{ "value": "55", "type": "fax" }]));
    assert_eq!((&user["displayName"], &user["name"]), (&json!("Bjfe"), &json!({ "givenName": "Kkom", "familyName": "Unua" })));
    assert_eq!(user[ENTERPRISE], json!({ "employeeNumber": "Aklq" }));
    assert_eq!(server.reader().proofhub("people/1").await.at("/email"), json!("a@home.example"));
}

#[tokio::test]
async fn entra_assigns_a_role_by_its_primary_one() {
    let server = senate().await;
    let role = |name: &str, value: &str| json!({ "op": "Replace", "path": format!("roles[primary eq \"True\"].{name}"), "value": value });
    let assign = |code: &str| json!([role("display", "x"), role("value", code), role("type", "WindowsAzureActiveDirectoryRole")]);

    assert_eq!(after(&server, assign("ROLE_CLIENT")).await["roles"], json!([{ "value": "ROLE_CLIENT" }]));
    assert_eq!(after(&server, assign("ROLE_ADMIN")).await["roles"], json!([{ "value": "ROLE_ADMIN" }]));
    assert_eq!(after(&server, json!([{ "op": "remove", "path": "roles" }])).await.get("roles"), None);
    assert_eq!(after(&server, assign("ROLE_CLIENT")).await["roles"], json!([{ "value": "ROLE_CLIENT" }]));
}

#[tokio::test]
async fn entra_clears_by_an_empty_text_and_by_null() {
    let server = senate().await;
    for nothing in [json!(""), json!(null)] {
        for (path, name) in [
            ("title", "/title"),
            ("preferredLanguage", "/preferredLanguage"),
            ("name.givenName", "/name/givenName"),
            ("timezone", "/timezone"),
        ] {
            let value = if path == "timezone" { "Europe/Oslo" } else { "nb-NO" };
            let set = after(&server, json!([{ "op": "Replace", "path": path, "value": value }])).await;
            assert_eq!(set.pointer(name), Some(&json!(value)));

            let cleared = after(&server, json!([{ "op": "Replace", "path": path, "value": nothing }])).await;

            assert_eq!(cleared.pointer(name), None, "{path} {nothing}");
        }
    }
}

#[tokio::test]
async fn okta_disables_a_user_and_sends_a_password_that_nobody_keeps() {
    let server = senate().await;

    assert_eq!(after(&server, json!([{ "op": "replace", "value": { "active": false } }])).await["active"], json!(false));
    let user = after(&server, json!([{ "op": "replace", "value": { "password": "1mz050nq" } }])).await;

    assert!(!user.to_string().contains("1mz050nq"));
}

#[tokio::test]
async fn plain_json_is_taken_too() {
    let server = senate().await;
    let body = json!({ "schemas": [PATCH], "Operations": [{ "op": "replace", "path": "title", "value": "Boss" }] }).to_string();

    let answer =
        server.admin().call(Api::Scim, "PATCH", &format!("/scim/v2/{}", jane())).body("application/json; charset=utf-8", body).send().await;

    assert_eq!((answer.status, answer.at("/title")), (200, json!("Boss")));
}
