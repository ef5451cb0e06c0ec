//! Groups, as Okta pushes them.

use super::Provider;
use crate::support::{Api, TestServer};
use serde_json::json;

const NEW_GROUP: &str = r#"{
    "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"],
    "displayName": "Test SCIMv2",
    "members": []
}"#;

async fn with_new_group() -> (TestServer, Provider, String) {
    let server = TestServer::start().await;
    let okta = Provider::okta(&server).await;
    let id = okta.made("/Groups", NEW_GROUP).await;
    (server, okta, id)
}

#[tokio::test]
async fn a_group_is_pushed_with_its_members() {
    let server = TestServer::start().await;
    let okta = Provider::okta(&server).await;
    let user = okta.user("test.user@okta.local").await;

    let group = okta
        .made(
            "/Groups",
            &format!(
                r#"{{"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "displayName": "Test SCIMv2",
                "members": [{{"value": "{user}", "display": "test.user@okta.local"}}]}}"#
            ),
        )
        .await;

    assert_eq!(okta.members(&group).await, [user]);
}

#[tokio::test]
async fn a_group_is_renamed_beside_its_own_id() {
    let (_server, okta, id) = with_new_group().await;

    let answer = okta
        .patched(&format!("/Groups/{id}"), &format!(r#"[{{"op": "replace", "value": {{"id": "{id}", "displayName": "Test SCIMv20"}}}}]"#))
        .await;

    assert_eq!((answer.at("/id"), answer.at("/displayName")), (json!(id), json!("Test SCIMv20")));
}

#[tokio::test]
async fn one_goes_and_one_comes_in_one_change() {
    let (_server, okta, id) = with_new_group().await;
    let (old, new) = (okta.user("old").await, okta.user("new").await);
    let path = format!("/Groups/{id}");
    okta.patched(&path, &format!(r#"[{{"op": "add", "path": "members", "value": [{{"value": "{old}"}}]}}]"#)).await;

    okta.patched(
        &path,
        &format!(
            r#"[{{"op": "remove", "path": "members[value eq \"{old}\"]"}},
            {{"op": "add", "path": "members", "value": [{{"value": "{new}", "display": "test.user@okta.local"}}]}}]"#
        ),
    )
    .await;

    assert_eq!(okta.members(&id).await, [new]);
}

#[tokio::test]
async fn a_full_push_replaces_all_members() {
    let (_server, okta, id) = with_new_group().await;
    let (old, ana, bo) = (okta.user("old").await, okta.user("ana").await, okta.user("bo").await);
    let path = format!("/Groups/{id}");
    okta.patched(&path, &format!(r#"[{{"op": "add", "path": "members", "value": [{{"value": "{old}"}}, {{"value": "{ana}"}}]}}]"#)).await;

    okta.patched(
        &path,
        &format!(
            r#"[{{"op": "replace", "path": "members", "value": [{{"value": "{ana}", "display": "test.user@okta.local"}},
            {{"value": "{bo}", "display": "test.user@okta.local"}}]}}]"#
        ),
    )
    .await;

    assert_eq!(okta.members(&id).await, [ana, bo]);
}

#[tokio::test]
async fn an_application_of_its_wizard_writes_the_whole_group() {
    let (_server, okta, id) = with_new_group().await;
    let user = okta.user("test.user@okta.local").await;
    let path = format!("/Groups/{id}");

    let answer = okta
        .put(
            &path,
            &format!(
                r#"{{"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "id": "{id}", "displayName": "Test SCIMv2 B",
                "members": [{{"value": "{user}", "display": "test.user@okta.local"}}]}}"#
            ),
        )
        .await;

    assert_eq!(
        (answer.status, answer.at("/displayName"), answer.at("/members/0/value")),
        (200, json!("Test SCIMv2 B"), json!(user)),
        "{}",
        answer.text()
    );
}

#[tokio::test]
async fn an_unlinked_group_is_deleted() {
    let (_server, okta, id) = with_new_group().await;

    let deleted = okta.delete(&format!("/Groups/{id}")).await;

    assert_eq!((deleted.status, deleted.text()), (204, ""));
    Api::Scim.assert_refusal(&okta.get(&format!("/Groups/{id}")).await, 404);
}
