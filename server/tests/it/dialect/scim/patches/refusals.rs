//! What is refused, each with its status and word, and nothing of it done.

use super::*;

#[tokio::test]
async fn an_operation_that_cannot_be_done_is_refused_with_its_word() {
    let server = senate().await;
    let before = get(&server.reader(), &jane()).await.json();
    let manager_name = format!("{ENTERPRISE}:manager.displayName");

    for (operation, word) in [
        (json!({ "op": "remove" }), "noTarget"),
        (json!({ "op": "replace", "path": "emails[type eq \"fax\"]", "value": { "value": "x@example.org" } }), "noTarget"),
        (json!({ "op": "replace", "path": "emails[value eq \"no@example.org\"].type", "value": "home" }), "noTarget"),
        (json!({ "op": "add", "path": "favouriteColour", "value": "red" }), "invalidPath"),
        (json!({ "op": "add", "path": "urn:x:2.0:User:title", "value": "red" }), "invalidPath"),
        (json!({ "op": "add", "path": "name.nick", "value": "red" }), "invalidPath"),
        (json!({ "op": "add", "path": "title[", "value": "red" }), "invalidFilter"),
        (json!({ "op": "add", "path": "emails.type", "value": "home" }), "invalidPath"),
        (json!({ "op": "remove", "path": "emails[colour eq \"red\"]" }), "invalidFilter"),
        (json!({ "op": "remove", "path": "emails[type is \"work\"]" }), "invalidFilter"),
        (json!({ "op": "replace", "path": "id", "value": NOBODY }), "mutability"),
        (json!({ "op": "replace", "value": { "id": NOBODY } }), "mutability"),
        (json!({ "op": "remove", "path": "groups" }), "mutability"),
        (json!({ "op": "remove", "path": "meta" }), "mutability"),
        (json!({ "op": "add", "path": manager_name, "value": "x" }), "mutability"),
        (json!({ "op": "remove", "path": "userName" }), "mutability"),
        (json!({ "op": "replace", "path": "userName", "value": "" }), "mutability"),
        (json!({ "op": "remove", "path": "active" }), "mutability"),
        (json!({ "op": "replace", "path": "active", "value": "maybe" }), "invalidValue"),
        (json!({ "op": "replace", "path": "title" }), "invalidValue"),
        (json!({ "op": "replace", "path": "title", "value": 7 }), "invalidValue"),
        (json!({ "op": "replace", "path": "emails", "value": [{ "value": "no address" }] }), "invalidValue"),
        (json!({ "op": "replace", "path": "roles", "value": [{ "value": "ROLE_NOBODY" }] }), "invalidValue"),
        (json!({ "op": "move", "path": "title", "value": "x" }), "invalidSyntax"),
        (json!("add"), "invalidSyntax"),
    ] {
        let refused = patch(&server.admin(), &jane(), json!([{ "op": "add", "path": "nickName", "value": "J" }, operation])).await;

        assert_refused(&refused, 400, word);
        let detail = refused.at("/detail").to_string();
        assert!(detail.contains("Operation 2") || word == "invalidValue", "{operation}: {detail}");
    }
    assert_eq!(get(&server.reader(), &jane()).await.json(), before);
}

#[tokio::test]
async fn a_body_that_is_no_patch_is_refused() {
    let server = senate().await;

    for body in [
        json!({ "schemas": [PATCH] }),
        json!({ "schemas": [PATCH], "Operations": [] }),
        json!({ "schemas": [PATCH], "Operations": {} }),
        json!({ "Operations": [{ "op": "remove", "path": "title" }] }),
        json!({ "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "Operations": [{ "op": "remove", "path": "title" }] }),
        json!({ "schemas": [PATCH], "title": "Boss" }),
    ] {
        assert_refused(&call(&server.admin(), "PATCH", &jane(), &body).send().await, 400, "invalidSyntax");
    }
}

#[tokio::test]
async fn more_operations_than_the_limit_are_too_many() {
    let server = senate().await;

    let refused = patch(&server.admin(), &jane(), vec![json!({ "op": "remove", "path": "title" }); 1001].into()).await;

    Api::Scim.assert_refusal(&refused, 413);
}

#[tokio::test]
async fn who_is_not_there_is_not_changed() {
    let server = senate().await;

    for path in [format!("Users/{NOBODY}"), "Users/jane".to_owned(), format!("Groups/{NOBODY}")] {
        let refused = patch(&server.admin(), &path, json!([{ "op": "replace", "path": "displayName", "value": "x" }])).await;
        Api::Scim.assert_refusal(&refused, 404);
    }
}
