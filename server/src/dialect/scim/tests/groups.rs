//! Groups: made, shown, replaced, changed and deleted, and who and what is in them.

use super::super::super::trial::{Answer, Trial};
use super::super::schema::{GROUP, ROLLCALL_GROUP};
use super::bearer;
use serde_json::{Value, json};

/// The managers, John, who is one of them as Jane is, and James, who is not.
const MANAGERS: &str = "0198c2a4-7d3e-7000-8000-000000000005";
const JOHN: &str = "6fe49ce4-56d4-475f-9483-1adca6b2976c";
const JANE: &str = "0198c2a4-7d3e-7000-8000-000000000009";
const JAMES: &str = "63e5fe02-5773-4a49-ba13-22506f022316";
const NOBODY: &str = "0198c2a4-7d3e-7000-8000-0000000000ff";

const PATCH: &str = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

struct Room {
    trial: Trial,
    token: String,
}

impl Room {
    async fn new() -> Self {
        Self::with("people:read,groups:read,groups:write").await
    }

    async fn with(scopes: &str) -> Self {
        let trial = Trial::populated().await;
        let token = trial.token(&["senate"], scopes).await;
        Self { trial, token }
    }

    async fn ask(&self, method: &str, path: &str, body: Value) -> Answer {
        let bearer = bearer(&self.token);
        let headers = [bearer.as_header(), ("content-type", "application/scim+json")];
        let body = if body.is_null() { String::new() } else { body.to_string() };
        self.trial.ask(method, &format!("/scim/v2/{path}"), &headers, &body).await
    }

    async fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, Value::Null).await
    }

    async fn patch(&self, id: &str, operations: Value) -> Answer {
        self.ask("PATCH", &format!("Groups/{id}"), json!({ "schemas": [PATCH], "Operations": operations })).await
    }

    /// Makes a group of these, and answers its id.
    async fn group(&self, name: &str, members: &[&str]) -> String {
        let members: Vec<Value> = members.iter().map(|id| json!({ "value": id })).collect();
        let made = self.ask("POST", "Groups", json!({ "schemas": [GROUP], "displayName": name, "members": members })).await;
        assert_eq!(made.status, 201, "{}", made.body);
        made.json()["id"].as_str().expect("an id").to_owned()
    }

    async fn members(&self, id: &str) -> Vec<String> {
        ids(&self.get(&format!("Groups/{id}")).await.json())
    }
}

/// The ids of the members in a group, in the order in which they are shown.
fn ids(group: &Value) -> Vec<String> {
    let members = group["members"].as_array().cloned().unwrap_or_default();
    members.iter().map(|member| member["value"].as_str().expect("an id").to_owned()).collect()
}

fn refused(answer: &Answer) -> (u16, String) {
    let body = answer.json();
    assert_eq!(body["status"], json!(answer.status.to_string()));
    (answer.status, format!("{}: {}", body["scimType"].as_str().unwrap_or_default(), body["detail"].as_str().unwrap_or_default()))
}

#[tokio::test]
async fn a_group_is_shown_with_its_members_and_who_is_responsible() {
    let room = Room::new().await;

    let answer = room.get(&format!("Groups/{MANAGERS}")).await;

    let group = answer.json();
    let at = |kind: &str, id: &str| format!("http://127.0.0.1:8080/scim/v2/{kind}/{id}");
    let john = json!({ "value": JOHN, "$ref": at("Users", JOHN), "type": "User", "display": "John Smith" });
    let jane = json!({ "value": JANE, "$ref": at("Users", JANE), "type": "User" });
    assert_eq!((answer.status, &group["displayName"], &group["members"]), (200, &json!("Managers"), &json!([john, jane])));
    let responsible = json!({ "value": JOHN, "$ref": at("Users", JOHN), "displayName": "John Smith" });
    assert_eq!(group[ROLLCALL_GROUP], json!({ "responsible": responsible }));
    assert_eq!(group["schemas"], json!([GROUP, ROLLCALL_GROUP]));
    assert_eq!(group["meta"]["location"], json!(at("Groups", MANAGERS)));
    assert_eq!(group["meta"]["version"].as_str(), answer.header("etag"));
}

#[tokio::test]
async fn a_group_that_is_made_is_answered_with_its_address() {
    let room = Room::new().await;
    let body = json!({
        "schemas": [GROUP, ROLLCALL_GROUP], "displayName": "Board", "externalId": "00g1",
        "members": [{ "value": JAMES }, { "value": MANAGERS, "type": "Group" }],
        ROLLCALL_GROUP: { "description": "All of it", "email": { "value": "board@example.org" }, "responsible": { "value": JANE } },
    });

    let made = room.ask("POST", "Groups", body).await;

    let group = made.json();
    assert_eq!(made.status, 201, "{}", made.body);
    assert_eq!(made.header("location"), group["meta"]["location"].as_str());
    assert_eq!((ids(&group), &group["externalId"]), (vec![JAMES.to_owned(), MANAGERS.to_owned()], &json!("00g1")));
    assert_eq!(group["members"][1]["type"], json!("Group"));
    let ours = &group[ROLLCALL_GROUP];
    assert_eq!((&ours["email"]["value"], &ours["responsible"]["value"]), (&json!("board@example.org"), &json!(JANE)));
    let again = room.get(&format!("Groups/{}", group["id"].as_str().expect("an id"))).await;
    assert_eq!(again.json(), group);
}

#[tokio::test]
async fn a_group_without_a_name_is_refused() {
    let room = Room::new().await;

    for body in [json!({ "schemas": [GROUP] }), json!({ "schemas": [GROUP], "displayName": " " })] {
        let (status, words) = refused(&room.ask("POST", "Groups", body).await);
        assert!(status == 400 && words.starts_with("invalidValue") && words.contains("displayName"), "{status} {words}");
    }
}

#[tokio::test]
async fn an_external_id_is_one_groups() {
    let room = Room::new().await;
    let body = || json!({ "schemas": [GROUP], "displayName": "Board", "externalId": "00g1" });
    assert_eq!(room.ask("POST", "Groups", body()).await.status, 201);

    let (status, words) = refused(&room.ask("POST", "Groups", body()).await);

    assert!(status == 409 && words.starts_with("uniqueness"), "{status} {words}");
}

#[tokio::test]
async fn a_replacement_makes_the_members_all_that_there_are() {
    let room = Room::new().await;
    let path = format!("Groups/{MANAGERS}");
    let body = |members: Value| json!({ "schemas": [GROUP], "displayName": "Managers", "members": members });

    let replaced = room.ask("PUT", &path, body(json!([{ "value": JANE }, { "value": JAMES }]))).await;
    assert_eq!((replaced.status, ids(&replaced.json())), (200, vec![JAMES.to_owned(), JANE.to_owned()]));

    let emptied = room.ask("PUT", &path, body(Value::Null)).await;
    assert_eq!((emptied.status, emptied.json()["members"].clone()), (200, Value::Null));
    assert_eq!(emptied.json()[ROLLCALL_GROUP]["responsible"]["value"], json!(JOHN), "the client did not name the extension");
}

#[tokio::test]
async fn putting_back_what_was_shown_changes_nothing() {
    let room = Room::new().await;
    let path = format!("Groups/{MANAGERS}");
    let shown = room.get(&path).await.json();

    let put = room.ask("PUT", &path, shown.clone()).await;

    assert_eq!((put.status, put.json()), (200, shown));
}

#[tokio::test]
async fn a_member_added_twice_is_there_once() {
    let room = Room::new().await;
    let add = json!([{ "op": "add", "path": "members", "value": [{ "value": JAMES }, { "value": JOHN }, { "value": JAMES }] }]);

    room.patch(MANAGERS, add.clone()).await;
    let answer = room.patch(MANAGERS, add).await;

    assert_eq!((answer.status, ids(&answer.json())), (200, vec![JOHN.to_owned(), JAMES.to_owned(), JANE.to_owned()]));
}

#[tokio::test]
async fn members_leave_by_filter_by_list_and_all() {
    let room = Room::new().await;
    let group = room.group("Board", &[JOHN, JANE, JAMES, MANAGERS]).await;

    room.patch(&group, json!([{ "op": "remove", "path": format!("members[value eq \"{JOHN}\"]") }])).await;
    assert_eq!(room.members(&group).await, [JAMES, JANE, MANAGERS]);
    room.patch(&group, json!([{ "op": "remove", "path": "members[type eq \"Group\"]" }])).await;
    assert_eq!(room.members(&group).await, [JAMES, JANE]);
    room.patch(&group, json!([{ "op": "remove", "path": "members[display eq \"James Hoffman\"]" }])).await;
    assert_eq!(room.members(&group).await, [JANE]);
    room.patch(&group, json!([{ "op": "remove", "path": "members", "value": [{ "value": JANE }, { "value": NOBODY }] }])).await;
    assert_eq!(room.members(&group).await, [""; 0]);
    room.patch(&group, json!([{ "op": "add", "path": "members", "value": [{ "value": JANE }, { "value": JOHN }] }])).await;
    room.patch(&group, json!([{ "op": "remove", "path": "members" }])).await;
    assert_eq!(room.members(&group).await, [""; 0]);
}

#[tokio::test]
async fn operations_on_members_and_on_the_rest_are_one_write() {
    let room = Room::new().await;

    let answer = room
        .patch(
            MANAGERS,
            json!([
                { "op": "replace", "path": "displayName", "value": "Chiefs" },
                { "op": "add", "path": "members", "value": [{ "value": NOBODY }] },
            ]),
        )
        .await;

    let (status, words) = refused(&answer);
    assert!(status == 400 && words.starts_with("invalidValue"), "{status} {words}");
    let group = room.get(&format!("Groups/{MANAGERS}")).await.json();
    assert_eq!((&group["displayName"], ids(&group).len()), (&json!("Managers"), 2));
}

#[tokio::test]
async fn a_group_inside_itself_is_refused() {
    let room = Room::new().await;
    let outer = room.group("Outer", &[MANAGERS]).await;

    for (group, member) in [(MANAGERS, outer.as_str()), (MANAGERS, MANAGERS)] {
        let (status, words) =
            refused(&room.patch(group, json!([{ "op": "add", "path": "members", "value": [{ "value": member }] }])).await);
        assert!(status == 400 && words.starts_with("invalidValue: members must not hold the group") && words.contains(member), "{words}");
    }
}

#[tokio::test]
async fn a_deleted_group_is_gone_from_the_groups_around_it() {
    let room = Room::new().await;
    let outer = room.group("Outer", &[MANAGERS, JAMES]).await;

    let deleted = room.ask("DELETE", &format!("Groups/{MANAGERS}"), Value::Null).await;

    assert_eq!((deleted.status, deleted.body.as_str()), (204, ""));
    assert_eq!(room.get(&format!("Groups/{MANAGERS}")).await.status, 404);
    assert_eq!(room.members(&outer).await, [JAMES]);
}

#[tokio::test]
async fn a_write_of_a_group_that_has_changed_is_refused() {
    let room = Room::new().await;
    let first = room.get(&format!("Groups/{MANAGERS}")).await;
    let tag = first.header("etag").expect("a tag").to_owned();
    let inner = room.group("Inner", &[]).await;
    room.patch(MANAGERS, json!([{ "op": "add", "path": "members", "value": [{ "value": inner }] }])).await;
    let bearer = bearer(&room.token);
    let guarded = |tag: String| {
        let (bearer, trial) = (&bearer, &room.trial);
        async move {
            let body = json!({ "schemas": [PATCH], "Operations": [{ "op": "remove", "path": "members" }] }).to_string();
            let headers = [bearer.as_header(), ("content-type", "application/json"), ("if-match", tag.as_str())];
            trial.ask("PATCH", &format!("/scim/v2/Groups/{MANAGERS}"), &headers, &body).await
        }
    };

    assert_eq!(guarded(tag.clone()).await.status, 412);
    let known = room.trial.get(&format!("/scim/v2/Groups/{MANAGERS}"), &[bearer.as_header(), ("if-none-match", &tag)]).await;
    assert_eq!(known.status, 200);
    let tag = known.header("etag").expect("a tag").to_owned();
    let known = room.trial.get(&format!("/scim/v2/Groups/{MANAGERS}"), &[bearer.as_header(), ("if-none-match", &tag)]).await;
    assert_eq!(known.status, 304);
    assert_eq!(guarded(tag).await.status, 200);
}

#[tokio::test]
async fn members_are_shown_as_they_are_asked_for() {
    let room = Room::new().await;
    let shown = |query: &'static str| {
        let room = &room;
        async move { room.get(&format!("Groups/{MANAGERS}?{query}")).await.json() }
    };

    assert_eq!(shown("excludedAttributes=members").await["members"], Value::Null);
    let names = shown("attributes=displayName").await;
    assert_eq!((&names["displayName"], &names["members"], &names["meta"]), (&json!("Managers"), &Value::Null, &Value::Null));
    let values = shown("attributes=members.value").await;
    assert_eq!(values["members"], json!([{ "value": JOHN }, { "value": JANE }]));
}

#[tokio::test]
async fn what_people_are_called_is_for_who_may_see_people() {
    let room = Room::with("groups:read").await;

    let group = room.get(&format!("Groups/{MANAGERS}")).await.json();

    assert_eq!(ids(&group), [JOHN, JANE]);
    assert!(!group.to_string().contains("Smith"), "{group}");
}

#[tokio::test]
async fn a_user_shows_the_groups_around_its_own() {
    let room = Room::new().await;
    let outer = room.group("Outer", &[MANAGERS]).await;

    let groups = room.get(&format!("Users/{JANE}")).await.json()["groups"].clone();

    let kinds: Vec<_> = groups.as_array().expect("groups").iter().map(|group| (group["value"].clone(), group["type"].clone())).collect();
    assert_eq!(kinds, [(json!(MANAGERS), json!("direct")), (json!(outer), json!("indirect"))]);
}

#[tokio::test]
async fn what_entra_sends_about_groups_is_taken() {
    let room = Room::new().await;
    let operation = |op: &str, path: &str, value: Value| json!([{ "op": op, "path": path, "value": value }]);

    let renamed =
        room.patch(MANAGERS, operation("Replace", "displayName", json!("1879db59-3bdf-4490-ad68-ab880a269474updatedDisplayName"))).await;
    let added = room.patch(MANAGERS, operation("Add", "members", json!([{ "$ref": null, "value": JAMES }]))).await;
    let removed = room.patch(MANAGERS, operation("Remove", "members", json!([{ "$ref": null, "value": JAMES }]))).await;

    assert_eq!((renamed.status, added.status, removed.status), (200, 200, 200), "{}", added.body);
    assert_eq!(ids(&added.json()), [JOHN, JAMES, JANE]);
    assert_eq!(ids(&removed.json()), [JOHN, JANE]);
}

#[tokio::test]
async fn what_okta_sends_about_groups_is_taken() {
    let room = Room::new().await;

    let renamed = room.patch(MANAGERS, json!([{ "op": "replace", "value": { "id": MANAGERS, "displayName": "Test SCIMv2" } }])).await;
    let changed = room
        .patch(
            MANAGERS,
            json!([
                { "op": "remove", "path": format!("members[value eq \"{JOHN}\"]") },
                { "op": "add", "path": "members", "value": [{ "value": JAMES, "display": "test.user@okta.local" }] },
            ]),
        )
        .await;
    let replaced =
        room.patch(MANAGERS, json!([{ "op": "replace", "path": "members", "value": [{ "value": JOHN, "display": "x" }] }])).await;

    assert_eq!((renamed.status, &renamed.json()["displayName"]), (200, &json!("Test SCIMv2")), "{}", renamed.body);
    assert_eq!((changed.status, ids(&changed.json())), (200, vec![JAMES.to_owned(), JANE.to_owned()]));
    assert_eq!((replaced.status, ids(&replaced.json())), (200, vec![JOHN.to_owned()]));
}
