//! Operations on a group and its members.

use super::*;

const GROUP: &str = "urn:ietf:params:scim:schemas:core:2.0:Group";

/// A group with these members.
async fn board(server: &TestServer, members: &[&str]) -> String {
    let members: Vec<Value> = members.iter().map(|id| json!({ "value": id })).collect();
    let made = post(&server.admin(), "Groups", json!({ "schemas": [GROUP], "displayName": "Board", "members": members })).await;
    assert_eq!(made.status, 201, "{}", made.text());
    format!("Groups/{}", id(&made))
}

/// The ids of the members after operations that must be done.
async fn members(server: &TestServer, group: &str, operations: Value) -> Vec<String> {
    let answer = patch(&server.admin(), group, operations.clone()).await;
    assert_eq!(answer.status, 200, "{operations}: {}", answer.text());
    let read = get(&server.reader(), group).await.json();
    assert_eq!(without_version(answer.json()), without_version(read.clone()));
    let members = read["members"].as_array().cloned().unwrap_or_default();
    members.iter().map(|member| member["value"].as_str().expect("an id").to_owned()).collect()
}

#[tokio::test]
async fn entra_adds_and_removes_members_one_by_one() {
    let server = senate().await;
    let group = board(&server, &[]).await;
    let change = |op: &str, id: &str| json!([{ "op": op, "path": "members", "value": [{ "$ref": null, "value": id }] }]);

    assert_eq!(members(&server, &group, change("Add", JANE)).await, [JANE]);
    assert_eq!(members(&server, &group, change("Add", OMAR)).await, [JANE, OMAR]);
    assert_eq!(members(&server, &group, change("Add", OMAR)).await, [JANE, OMAR]);
    assert_eq!(members(&server, &group, change("Remove", JANE)).await, [OMAR]);
    assert_eq!(members(&server, &group, change("Remove", JANE)).await, [OMAR]);
    assert_eq!(members(&server, &group, json!([{ "op": "remove", "path": format!("members[value eq \"{OMAR}\"]") }])).await, [""; 0]);
}

#[tokio::test]
async fn okta_renames_a_group_with_its_id_and_changes_its_members() {
    let server = senate().await;
    let group = board(&server, &[JANE]).await;
    let own = group.trim_start_matches("Groups/");

    let rename = json!([{ "op": "replace", "value": { "id": own, "displayName": "Test SCIMv2" } }]);
    assert_eq!(members(&server, &group, rename).await, [JANE]);
    let swap = json!([
        { "op": "remove", "path": format!("members[value eq \"{JANE}\"]") },
        { "op": "add", "path": "members", "value": [{ "value": OMAR, "display": "test.user@okta.local" }] }
    ]);
    assert_eq!(members(&server, &group, swap).await, [OMAR]);
    let replace =
        json!([{ "op": "replace", "path": "members", "value": [{ "value": ZOE, "display": "z" }, { "value": JANE, "display": "j" }] }]);
    assert_eq!(members(&server, &group, replace).await, [JANE, ZOE]);
    assert_eq!(get(&server.reader(), &group).await.at("/displayName"), json!("Test SCIMv2"));
}

#[tokio::test]
async fn operations_on_members_are_done_in_their_order() {
    let server = senate().await;
    let group = board(&server, &[JANE]).await;
    let add = |id: &str| json!({ "op": "add", "path": "members", "value": [{ "value": id }] });
    let remove = |id: &str| json!({ "op": "remove", "path": format!("members[value eq \"{id}\"]") });

    assert_eq!(members(&server, &group, json!([add(OMAR), remove(OMAR)])).await, [JANE]);
    assert_eq!(members(&server, &group, json!([remove(JANE), add(JANE), add(ZOE)])).await, [JANE, ZOE]);
    assert_eq!(members(&server, &group, json!([{ "op": "remove", "path": "members" }, add(OMAR)])).await, [OMAR]);
}

#[tokio::test]
async fn members_are_removed_by_what_is_shown_of_them() {
    let server = senate().await;
    let inner = board(&server, &[]).await;
    let inner = inner.trim_start_matches("Groups/");
    let group = board(&server, &[JANE, OMAR, ZOE, inner]).await;
    let remove = |filter: String| json!([{ "op": "remove", "path": format!("members[{filter}]") }]);

    assert_eq!(members(&server, &group, remove(format!("value eq \"{JANE}\" and type eq \"Group\""))).await, [JANE, OMAR, ZOE, inner]);
    assert_eq!(members(&server, &group, remove("display eq \"omar\"".to_owned())).await, [JANE, ZOE, inner]);
    assert_eq!(members(&server, &group, remove("type eq \"Group\"".to_owned())).await, [JANE, ZOE]);
    let address = get(&server.reader(), &format!("Users/{ZOE}")).await.at("/meta/location");
    assert_eq!(members(&server, &group, remove(format!("$ref eq {address}"))).await, [JANE]);
    assert_eq!(members(&server, &group, remove(format!("value eq \"{NOBODY}\" or value eq \"{JANE}\""))).await, [""; 0]);
}

#[tokio::test]
async fn members_change_with_the_rest_or_not_at_all() {
    let server = senate().await;
    let group = board(&server, &[JANE]).await;
    let before = get(&server.reader(), &group).await.json();

    for (operations, word) in [
        (
            json!([{ "op": "replace", "path": "displayName", "value": "X" }, { "op": "add", "path": "members", "value": [{ "value": NOBODY }] }]),
            "invalidValue",
        ),
        (
            json!([{ "op": "add", "path": "members", "value": [{ "value": OMAR }] }, { "op": "remove", "path": "displayName" }]),
            "mutability",
        ),
        (json!([{ "op": "add", "path": "members", "value": [{ "value": "fake-member-id" }] }]), "invalidValue"),
        (json!([{ "op": "replace", "path": format!("members[value eq \"{JANE}\"].display"), "value": "x" }]), "mutability"),
    ] {
        assert_refused(&patch(&server.admin(), &group, operations).await, 400, word);
    }
    assert_eq!(get(&server.reader(), &group).await.json(), before);
}

#[tokio::test]
async fn a_client_may_be_let_name_members_who_are_not_there() {
    let server = senate().await;
    let group = board(&server, &[]).await;
    let client = quirky(&server, "scim:skip-unknown-members").await;
    let value = json!([{ "value": "fake-member-id" }, { "value": NOBODY }, { "value": JANE }]);

    let answer = patch(&client, &group, json!([{ "op": "add", "path": "members", "value": value }])).await;

    assert_eq!(
        (answer.status, answer.at("/members/0/value"), answer.at("/members/1")),
        (200, json!(JANE), json!(null)),
        "{}",
        answer.text()
    );
}

#[tokio::test]
async fn members_in_a_value_object_change_too() {
    let server = senate().await;
    let group = board(&server, &[JANE]).await;

    let add = json!([{ "op": "add", "value": { "externalId": "g-1", "members": [{ "value": OMAR }] } }]);
    assert_eq!(members(&server, &group, add).await, [JANE, OMAR]);
    let replace = json!([{ "op": "replace", "value": { format!("{GROUP}:members"): [{ "value": ZOE }] } }]);
    assert_eq!(members(&server, &group, replace).await, [ZOE]);
    assert_eq!(get(&server.reader(), &group).await.at("/externalId"), json!("g-1"));
}
