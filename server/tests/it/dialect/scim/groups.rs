//! Groups: many clients at once, many members, and the same groups in the other APIs.

use super::{PATCH, call, delete, get, id, patch, post, put};
use crate::support::{Answer, Api, Client, TestServer, group, line, people};
use serde_json::{Value, json};
use std::collections::BTreeSet;

const GROUP: &str = "urn:ietf:params:scim:schemas:core:2.0:Group";

/// People of the senate, each known by its number.
async fn crowd(count: i64) -> TestServer {
    let person = |number: i64| {
        let fields = [("number", number.to_string().as_str().into()), ("uuid", uuid(number).as_str().into())];
        line(Some(&format!("Person {number}")), &fields)
    };
    TestServer::with((1..=count).map(person).collect()).await
}

fn uuid(number: i64) -> String {
    format!("6fe49ce4-56d4-475f-9483-{number:012}")
}

async fn new_group(client: &Client, name: &str, members: &[String]) -> String {
    let members: Vec<Value> = members.iter().map(|id| json!({ "value": id })).collect();
    let made = post(client, "Groups", json!({ "schemas": [GROUP], "displayName": name, "members": members })).await;
    assert_eq!(made.status, 201, "{}", made.text());
    id(&made)
}

fn ids(answer: &Answer) -> BTreeSet<String> {
    let members = answer.at("/members");
    members.as_array().into_iter().flatten().map(|member| member["value"].as_str().expect("an id").to_owned()).collect()
}

fn add(member: &str) -> Value {
    json!([{ "op": "add", "path": "members", "value": [{ "value": member }] }])
}

#[tokio::test]
async fn fifty_clients_at_once_lose_no_member() {
    const CLIENTS: i64 = 50;
    let server = crowd(CLIENTS).await;
    let board = new_group(&server.admin(), "Board", &[]).await;

    let writes = (1..=CLIENTS).map(|number| {
        let (client, path) = (server.admin(), format!("Groups/{board}"));
        tokio::spawn(async move { patch(&client, &path, add(&uuid(number))).await.status })
    });
    for write in writes.collect::<Vec<_>>() {
        assert_eq!(write.await.expect("an answer"), 200);
    }

    let expected: BTreeSet<String> = (1..=CLIENTS).map(uuid).collect();
    assert_eq!(ids(&get(&server.reader(), &format!("Groups/{board}")).await), expected);
}

#[tokio::test]
async fn a_large_group_is_changed_without_being_sent_back() {
    const MEMBERS: i64 = 1001;
    let server = crowd(MEMBERS + 1).await;
    let client = server.admin();
    let all: Vec<String> = (1..=MEMBERS).map(uuid).collect();
    let path = format!("Groups/{}", new_group(&client, "Everybody", &all).await);

    let added = patch(&client, &path, add(&uuid(MEMBERS + 1))).await;
    let asked = patch(&client, &format!("{path}?attributes=displayName"), add(&uuid(1))).await;

    assert_eq!((added.status, added.text()), (204, ""));
    assert_eq!((asked.status, asked.at("/displayName"), asked.at("/members")), (200, json!("Everybody"), Value::Null));
    assert_eq!(ids(&get(&client, &path).await).len(), usize::try_from(MEMBERS + 1).expect("few"));
    assert_eq!(get(&client, &format!("{path}?excludedAttributes=members")).await.at("/members"), Value::Null);
}

#[tokio::test]
async fn whoever_is_deleted_leaves_the_members_of_their_groups() {
    let server = crowd(2).await;
    let client = server.admin();
    let board = new_group(&client, "Board", &[uuid(1), uuid(2)]).await;

    assert_eq!(delete(&client, &format!("Users/{}", uuid(1))).await.status, 204);

    assert_eq!(ids(&get(&client, &format!("Groups/{board}")).await), BTreeSet::from([uuid(2)]));
}

#[tokio::test]
async fn the_other_apis_see_the_people_and_leave_the_groups_inside() {
    let server = crowd(2).await;
    let client = server.admin();
    let inner = new_group(&client, "Inner", &[]).await;
    let board = new_group(&client, "Board", &[uuid(1), inner.clone()]).await;
    let board_number = get(&client, &format!("Groups/{board}?attributes=urn:ietf:params:scim:schemas:extension:rollcall:2.0:Group:number"))
        .await
        .at("/urn:ietf:params:scim:schemas:extension:rollcall:2.0:Group/number");

    let path = format!("/api/v3/groups/{board_number}");
    let seen = client.call(Api::ProofHub, "GET", &path).send().await;
    assert_eq!(seen.at("/assigned"), json!([1]));
    let written = client.call(Api::ProofHub, "PUT", &path).body("application/json", r#"{"assigned":[2]}"#.to_owned()).send().await;
    assert_eq!(written.status, 200, "{}", written.text());

    assert_eq!(ids(&get(&client, &format!("Groups/{board}")).await), BTreeSet::from([uuid(2), inner]));
}

#[tokio::test]
async fn a_group_of_a_file_is_read_and_changed() {
    let server = TestServer::with(people!["Jane", number: 1; "Omar", number: 2]).await;
    server.add_groups("senate", group("Board", &[1, 2])).await;
    let client = server.admin();
    let jane = client.call(Api::Modulo, "GET", "/api/Organization/groups").send().await;
    let path = format!("Groups/{}", jane.at("/0/Id").as_str().expect("an id"));

    let removed = patch(&client, &path, json!([{ "op": "remove", "path": "members[display eq \"jane\"]" }])).await;

    assert_eq!((removed.status, removed.at("/members/0/display"), removed.at("/members/1")), (200, json!("Omar"), Value::Null));
    let whole = get(&client, &path).await;
    let put_back = put(&client, &path, serde_json::from_str(whole.text()).expect("JSON")).await;
    assert_eq!((put_back.status, put_back.text()), (200, whole.text()));
}

#[tokio::test]
async fn a_weak_tag_guards_a_write() {
    let server = crowd(2).await;
    let client = server.admin();
    let path = format!("Groups/{}", new_group(&client, "Board", &[]).await);
    let tag = get(&client, &path).await.header("etag").expect("a tag").to_owned();
    let guarded = |tag: String| {
        let body = json!({ "schemas": [PATCH], "Operations": add(&uuid(1)) });
        call(&client, "PATCH", &path, &body).header("If-Match", &tag).send()
    };

    assert_eq!(guarded(tag.clone()).await.status, 200);
    Api::Scim.assert_refusal(&guarded(tag).await, 412);
}
