//! Groups, as Microsoft Entra ID provisions them.

use super::Provider;
use crate::support::{Api, TestServer};
use serde_json::json;

const NEW_GROUP: &str = r#"{
    "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group", "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"],
    "externalId": "8aa1a0c0-c4c3-4bc0-b4a5-2ef676900159",
    "displayName": "displayName",
    "meta": {
        "resourceType": "Group"
    }
}"#;

async fn with_new_group() -> (TestServer, Provider, String) {
    let server = TestServer::start().await;
    let entra = Provider::entra(&server).await;
    let id = entra.made("/Groups", NEW_GROUP).await;
    (server, entra, id)
}

#[tokio::test]
async fn a_group_is_made_though_one_of_its_schemas_is_known_to_nobody() {
    let server = TestServer::start().await;

    let answer = Provider::entra(&server).await.post("/Groups", NEW_GROUP).await;

    assert_eq!(answer.status, 201, "{}", answer.text());
    assert_eq!(
        (answer.at("/externalId"), answer.at("/displayName")),
        (json!("8aa1a0c0-c4c3-4bc0-b4a5-2ef676900159"), json!("displayName"))
    );
    assert!(!answer.text().contains("schemas.microsoft.com"), "{}", answer.text());
}

#[tokio::test]
async fn a_group_is_found_and_read_without_its_members() {
    let (_server, entra, id) = with_new_group().await;
    let user = entra.user("ana").await;
    entra
        .patched(
            &format!("/Groups/{id}"),
            &format!(r#"[{{"op": "Add", "path": "members", "value": [{{"$ref": null, "value": "{user}"}}]}}]"#),
        )
        .await;

    let found = entra.get("/Groups?excludedAttributes=members&filter=displayName eq \"displayName\"").await;
    let read = entra.get(&format!("/Groups/{id}?excludedAttributes=members")).await;

    assert_eq!(
        (found.at("/totalResults"), found.at("/Resources/0/id"), found.at("/Resources/0/members")),
        (json!(1), json!(id), json!(null))
    );
    assert_eq!((read.at("/displayName"), read.at("/members")), (json!("displayName"), json!(null)));
}

#[tokio::test]
async fn a_group_is_renamed() {
    let (_server, entra, id) = with_new_group().await;

    let answer = entra
        .patched(
            &format!("/Groups/{id}"),
            r#"[{"op": "Replace", "path": "displayName", "value": "1879db59-3bdf-4490-ad68-ab880a269474updatedDisplayName"}]"#,
        )
        .await;

    assert_eq!(answer.at("/displayName"), "1879db59-3bdf-4490-ad68-ab880a269474updatedDisplayName");
}

#[tokio::test]
async fn members_are_added_and_removed_by_a_list_of_values() {
    let (_server, entra, id) = with_new_group().await;
    let (ana, bo) = (entra.user("ana").await, entra.user("bo").await);
    let path = format!("/Groups/{id}");

    for member in [&ana, &bo, &ana] {
        entra.patched(&path, &format!(r#"[{{"op": "Add", "path": "members", "value": [{{"$ref": null, "value": "{member}"}}]}}]"#)).await;
    }
    let before = entra.members(&id).await;
    entra.patched(&path, &format!(r#"[{{"op": "Remove", "path": "members", "value": [{{"$ref": null, "value": "{ana}"}}]}}]"#)).await;

    assert_eq!((before, entra.members(&id).await), (vec![ana, bo.clone()], vec![bo]));
}

#[tokio::test]
async fn with_its_flag_a_member_is_removed_by_a_filter() {
    let (_server, entra, id) = with_new_group().await;
    let (ana, bo) = (entra.user("ana").await, entra.user("bo").await);
    let path = format!("/Groups/{id}");
    entra.patched(&path, &format!(r#"[{{"op": "add", "path": "members", "value": [{{"value": "{ana}"}}, {{"value": "{bo}"}}]}}]"#)).await;

    entra.patched(&path, &format!(r#"[{{"op": "remove", "path": "members[value eq \"{bo}\"]"}}]"#)).await;

    assert_eq!(entra.members(&id).await, [ana]);
}

#[tokio::test]
async fn whether_somebody_is_a_member_is_asked_with_a_filter() {
    let (_server, entra, id) = with_new_group().await;
    let (ana, bo) = (entra.user("ana").await, entra.user("bo").await);
    entra.patched(&format!("/Groups/{id}"), &format!(r#"[{{"op": "Add", "path": "members", "value": [{{"value": "{ana}"}}]}}]"#)).await;

    let mut found = Vec::new();
    for member in [ana, bo] {
        let answer = entra.get(&format!("/Groups?filter=id eq \"{id}\" and members eq \"{member}\"&attributes=id")).await;
        found.push((answer.status, answer.at("/totalResults")));
    }

    assert_eq!(found, [(200, json!(1)), (200, json!(0))]);
}

#[tokio::test]
async fn the_operator_may_have_changes_answered_without_a_body() {
    let (server, entra, id) = with_new_group().await;
    let quirky = Provider { client: server.quirky(&super::PROVISIONING, &["scim:patch-no-content"]).await, ..entra };

    let answer = quirky
        .patch(
            &format!("/Groups/{id}"),
            r#"{"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [{"op": "Replace", "path": "displayName", "value": "Other"}]}"#,
        )
        .await;

    assert_eq!((answer.status, answer.text()), (204, ""));
    assert_eq!(quirky.get(&format!("/Groups/{id}")).await.at("/displayName"), "Other");
}

#[tokio::test]
async fn a_deleted_group_is_not_found() {
    let (_server, entra, id) = with_new_group().await;

    let deleted = entra.delete(&format!("/Groups/{id}")).await;

    assert_eq!((deleted.status, deleted.text()), (204, ""));
    Api::Scim.assert_refusal(&entra.get(&format!("/Groups/{id}")).await, 404);
}
