//! What is written about somebody else's record is answered as if nobody had it, and changes nothing there.

use super::Choose;
use crate::support::{Answer, Api, Call, Client, TestServer, group, line, people, slug};
use rollcall::dialect::ROOMS;
use rollcall::http::Access;
use rollcall_core::directory::{Actor, Cell, GroupKey, Line, NewRole, PersonKey, Precondition};
use rollcall_core::domain::{GroupNumber, LongLabel, PersonNumber, Scopes};
use rollcall_core::query::GroupQuery;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Jane of the senate, whom everybody who asks here may change, and her board.
const JANE: &str = "6fe49ce4-56d4-475f-9483-000000000001";
const BOARD: &str = "6fe49ce4-56d4-475f-9483-000000000002";

/// The ids under which a person and a group are asked for who are not the caller's.
#[derive(Clone, Copy)]
struct Strange {
    number: i64,
    id: &'static str,
    name: &'static str,
}

/// Nobody's at first, and then of the house.
const HOUSES: Strange = Strange { number: 7701, id: "6fe49ce4-56d4-475f-9483-000000007701", name: "Zoe 7701" };
/// Once of the senate, and deleted.
const DELETED: Strange = Strange { number: 7702, id: "6fe49ce4-56d4-475f-9483-000000007702", name: "Zoe 7702" };
/// A role, a job title, a level and a price list: nobody's at first, and then of the house.
const ENTRY: i64 = 5;

/// What carries the writes of other routes, and their answers inside of its own.
const BULK: &str = "Some(Scim) POST /scim/v2/Bulk";

/// A write, and the pattern of the route that it takes.
struct Write {
    api: Api,
    method: &'static str,
    pattern: &'static str,
    path: String,
    body: Option<Value>,
}

/// Every way to write to something, or to refer to it.
fn writes(strange: Strange) -> Vec<Write> {
    [of_proofhub(strange), of_wethod(strange), of_modulo(strange), of_scim(strange)].into_iter().flatten().collect()
}

fn of_proofhub(strange: Strange) -> Vec<Write> {
    let (person, group) = ("/api/v3/people/{id}", "/api/v3/groups/{id}");
    let number = strange.number;
    [
        ("PUT", person, number, Some(json!({ "title": "Whip" }))),
        ("PUT", person, number, Some(json!({}))),
        ("DELETE", person, number, None),
        ("PUT", person, 1, Some(json!({ "role": { "id": ENTRY } }))),
        ("PUT", person, 1, Some(json!({ "role": ENTRY.to_string() }))),
        ("PUT", person, 1, Some(json!({ "groups": [number] }))),
        ("POST", "/api/v3/people", 0, Some(json!({ "first_name": "Ann", "email": "ann@example.org", "role": ENTRY }))),
        ("POST", "/api/v3/people", 0, Some(json!({ "first_name": "Ann", "email": "ann@example.org", "groups": [number] }))),
        ("PUT", group, number, Some(json!({ "name": "Rules" }))),
        ("DELETE", group, number, None),
        ("PUT", group, 1, Some(json!({ "assigned": [1, number] }))),
        ("POST", "/api/v3/groups", 0, Some(json!({ "name": "Rules", "assigned": [number] }))),
    ]
    .into_iter()
    .map(|(method, pattern, id, body)| Write { api: Api::ProofHub, method, pattern, path: pattern.replace("{id}", &id.to_string()), body })
    .collect()
}

fn of_wethod(strange: Strange) -> Vec<Write> {
    let entries = ["role_id", "job_title_id", "level_id", "price_list_id"].map(|member| (1, json!({ member: ENTRY })));
    let others = [
        (strange.number, json!({ "is_archived": true })),
        (strange.number, json!({})),
        (1, json!({ "allocation_manager_id": strange.number })),
    ];
    let pattern = "/api/persons/{id}";
    let write = |(id, body): (i64, Value)| Write {
        api: Api::Wethod,
        method: "PATCH",
        pattern,
        path: pattern.replace("{id}", &id.to_string()),
        body: Some(body),
    };
    entries.into_iter().chain(others).map(write).collect()
}

fn of_modulo(strange: Strange) -> Vec<Write> {
    let (people, groups) = ("/api/organization/people", "/api/organization/groups");
    let (person, group, members) =
        ("/api/organization/people/{id}", "/api/organization/groups/{id}", "/api/organization/groups/{id}/members");
    let (by_id, by_name) = (json!({ "Id": strange.id }), json!({ "Name": strange.name }));
    [
        ("PUT", person, strange.id, json!({ "Email": null, "Description": "x" })),
        ("DELETE", person, strange.id, Value::Null),
        ("PUT", person, JANE, json!({ "Email": null, "CustomAttributes": { "strange": "x" } })),
        ("PUT", person, JANE, json!({ "Email": null, "Groups": [by_id] })),
        ("POST", people, "", json!({ "Name": "Ann", "Email": "ann@example.org", "CustomAttributes": { "strange": "x" } })),
        ("POST", "/api/administration/users", "", json!({ "PersonId": strange.id, "Login": "zoe" })),
        ("PUT", group, strange.id, json!({ "Description": "x" })),
        ("DELETE", group, strange.id, Value::Null),
        ("PUT", group, BOARD, json!({ "Responsible": by_id })),
        ("PUT", group, BOARD, json!({ "Responsible": by_name })),
        ("POST", groups, "", json!({ "Name": "Rules", "Responsible": by_id })),
        ("POST", members, strange.id, json!([{ "Id": JANE }])),
        ("DELETE", members, strange.id, json!([{ "Id": JANE }])),
        ("POST", members, BOARD, json!([by_id])),
        ("POST", members, BOARD, json!([by_name])),
        ("DELETE", members, BOARD, json!([by_id])),
    ]
    .into_iter()
    .map(|(method, pattern, id, body)| Write {
        api: Api::Modulo,
        method,
        pattern,
        path: pattern.replace("{id}", id),
        body: (!body.is_null()).then_some(body),
    })
    .collect()
}

/// Whoever asks here is nobody, so there is nothing at `/Me`.
fn of_scim(strange: Strange) -> Vec<Write> {
    let (users, user, me) = ("/scim/v2/Users", "/scim/v2/Users/{id}", "/scim/v2/Me");
    let (groups, group) = ("/scim/v2/Groups", "/scim/v2/Groups/{id}");
    let board = |members: Value| {
        let mut body = json!({ "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "displayName": "Board" });
        body.as_object_mut().expect("an object").extend(members.as_object().cloned().unwrap_or_default());
        body
    };
    let member = json!({ "members": [{ "value": strange.id }] });
    let responsible = json!({ "urn:ietf:params:scim:schemas:extension:rollcall:2.0:Group": { "responsible": { "value": strange.id } } });
    let core = "urn:ietf:params:scim:schemas:core:2.0:User";
    let enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    let custom = "urn:ietf:params:scim:schemas:extension:rollcall:custom:2.0:User";
    let whole = |members: Value| {
        let mut body = json!({ "schemas": [core], "userName": "zoe" });
        body.as_object_mut().expect("an object").extend(members.as_object().cloned().unwrap_or_default());
        body
    };
    let patch = |path: &str, value: Value| {
        let operation = json!({ "op": "replace", "path": path, "value": value });
        json!({ "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [operation] })
    };
    let manager = json!({ enterprise: { "manager": { "value": strange.id } } });
    [
        ("PUT", user, strange.id, whole(json!({}))),
        ("PATCH", user, strange.id, patch("title", json!("Whip"))),
        ("DELETE", user, strange.id, Value::Null),
        ("POST", users, "", whole(manager.clone())),
        ("PUT", user, JANE, whole(manager)),
        ("PATCH", user, JANE, patch(&format!("{enterprise}:manager"), json!(strange.id))),
        ("PATCH", user, JANE, patch("roles", json!([{ "value": "ROLE_WHIP" }]))),
        ("PATCH", user, JANE, patch(&format!("{custom}:strange"), json!("x"))),
        ("PUT", group, strange.id, board(json!({}))),
        ("PATCH", group, strange.id, patch("displayName", json!("Rules"))),
        ("DELETE", group, strange.id, Value::Null),
        ("POST", groups, "", board(member.clone())),
        ("POST", groups, "", board(responsible.clone())),
        ("PUT", group, BOARD, board(member)),
        ("PUT", group, BOARD, board(responsible)),
        ("PATCH", group, BOARD, patch("members", json!([{ "value": strange.id }]))),
        ("PUT", me, "", whole(json!({}))),
        ("PATCH", me, "", patch("title", json!("Whip"))),
        ("DELETE", me, "", Value::Null),
    ]
    .into_iter()
    .map(|(method, pattern, id, body)| Write {
        api: Api::Scim,
        method,
        pattern,
        path: pattern.replace("{id}", id),
        body: (!body.is_null()).then_some(body),
    })
    .collect()
}

impl Write {
    fn call(&self, client: &Client) -> Call {
        let call = client.call(self.api, self.method, &self.path);
        match &self.body {
            Some(body) => call.body("application/json", body.to_string()),
            None => call,
        }
    }

    fn described(&self) -> String {
        format!("{:?} {} {} {:?}", self.api, self.method, self.path, self.body)
    }
}

/// A senate that had somebody and something under the deleted ids, and a house without anybody.
async fn with_a_bin() -> TestServer {
    let server = TestServer::with(people!["Jane", number: 1, uuid: JANE, email: "jane@example.org"]).await;
    server.add("senate", vec![strange_person(DELETED)]).await;
    server.add_groups("senate", [group_of("Board", "1", BOARD, 1), group_of("Rules", "7702", DELETED.id, 7702)].concat()).await;
    let senate = operator(&server, "senate").await;
    let (person, group) = (PersonNumber::new(7702).expect("a number"), GroupNumber::new(7702).expect("a number"));
    server.directory.delete_person(&senate, PersonKey::Number(person), &Precondition::default()).await.expect("somebody");
    server.directory.delete_group(&senate, GroupKey::Number(group), &Precondition::default()).await.expect("a group");
    server
}

/// Puts somebody and something into the house under the ids that were nobody's, with all that one may refer to.
async fn fill_house(server: &TestServer) {
    let others = (1..=5).map(|number| {
        let entry = format!("Entry {number}");
        let fields = ["job_title", "level", "price_list"].map(|field| (field, entry.as_str().into()));
        line(
            Some(&format!("Somebody {number}")),
            &[fields.as_slice(), &[("email", format!("{number}@example.org").as_str().into())]].concat(),
        )
    });
    let mut zoe = strange_person(HOUSES);
    zoe.cells.push(("custom.strange".to_owned(), Cell::Text("mine".to_owned())));
    server.add("house", [vec![zoe], others.collect()].concat()).await;
    server.add_groups("house", group_of("Rules", "7701", HOUSES.id, 7701)).await;
    let role = NewRole { name: LongLabel::parse("Whip").expect("a name"), code: None, scopes: Scopes::default() };
    let made = server.directory.create_role(&operator(server, "house").await, role).await.expect("a role");
    assert_eq!(made.number.get(), ENTRY);
}

fn strange_person(strange: Strange) -> Line {
    let number = i32::try_from(strange.number).expect("a small number");
    line(Some(strange.name), &[("number", number.into()), ("uuid", strange.id.into())])
}

fn group_of(name: &str, number: &str, id: &str, person: i64) -> Vec<Line> {
    let mut lines = group(name, &[person]);
    lines[0].cells.push(("group_number".to_owned(), Cell::Number(number.to_owned())));
    lines[0].cells.push(("group_uuid".to_owned(), Cell::Text(id.to_owned())));
    lines
}

async fn operator(server: &TestServer, organization: &str) -> Actor {
    server.directory.operator(&slug(organization)).await.expect("an organization")
}

/// Everything that an organization's history and lists say.
async fn state(server: &TestServer, organization: &'static str) -> Vec<String> {
    let operator = operator(server, organization).await;
    let version = server.directory.version(&operator).await.expect("a version");
    let groups = server.directory.groups(&operator, &GroupQuery::default()).await.expect("groups").groups;
    let reader = server.reader_of(organization).await;
    let mut state = vec![version.to_string(), format!("{groups:?}")];
    for api in Api::ALL {
        state.push(reader.people(api).await.text().to_owned());
    }
    state
}

/// What is said to each of these writes, none of which is done. The deleted ids are told as the house's.
async fn refusals(client: &Client, strange: Strange, change: impl Fn(Api, Call) -> Call) -> Vec<(String, (u16, Vec<String>, String))> {
    let mut refusals = Vec::new();
    for write in writes(strange) {
        let answer: Answer = change(write.api, write.call(client)).send().await;
        write.api.assert_refusal(&answer, answer.status);
        assert!((400..500).contains(&answer.status), "{}: {}", write.described(), answer.text());
        let (status, headers, text) = answer.said();
        let alike = |text: String| text.replace("7702", "7701");
        refusals.push((alike(write.described()), (status, headers.into_iter().map(alike).collect(), alike(text))));
    }
    refusals
}

#[test]
fn every_write_of_every_room_is_tried_here() {
    let mounted: BTreeSet<String> = ROOMS
        .iter()
        .flat_map(|room| (room.routes)().list().into_iter().map(|route| (Api::named(room.name), route)))
        .filter(|(_, route)| route.method != "GET" && route.access != Access::Open && !route.path.ends_with("/.search"))
        .map(|(api, route)| format!("{api:?} {} {}", route.method, route.path))
        .collect();

    let tried = writes(HOUSES).into_iter().map(|write| format!("{:?} {} {}", Some(write.api), write.method, write.pattern));
    let tried = tried.chain([BULK.to_owned()]).collect();

    assert_eq!(mounted, tried);
}

#[tokio::test]
async fn writing_to_what_is_not_yours_is_answered_like_writing_to_what_is_not_there_to_the_byte() {
    let server = with_a_bin().await;
    let visitor = server.visitor_with(Scopes::all()).await;
    let ours = state(&server, "senate").await;
    let absent = refusals(&server.admin(), HOUSES, |_, call| call).await;

    fill_house(&server).await;
    let theirs = state(&server, "house").await;
    let elsewhere = refusals(&server.admin(), HOUSES, |_, call| call).await;
    let by_a_visitor = refusals(&visitor, HOUSES, |_, call| call.without("Wethod-Company").below("senate")).await;

    assert_eq!(elsewhere, absent);
    assert_eq!(by_a_visitor, absent);
    assert_eq!(state(&server, "house").await, theirs);
    assert_eq!(state(&server, "senate").await, ours);
}

#[tokio::test]
async fn writing_to_what_was_deleted_is_answered_like_writing_to_what_never_was() {
    let server = with_a_bin().await;
    let ours = state(&server, "senate").await;

    let (absent, deleted) =
        (refusals(&server.admin(), HOUSES, |_, call| call).await, refusals(&server.admin(), DELETED, |_, call| call).await);

    assert_eq!(deleted, absent);
    assert_eq!(state(&server, "senate").await, ours);
}

/// What is said to each of SCIM's writes that can be sent in bulk. The deleted ids are told as the house's.
async fn refusals_in_bulk(client: &Client, strange: Strange) -> Vec<String> {
    let writes: Vec<Write> = of_scim(strange).into_iter().filter(|write| !write.path.ends_with("/Me")).collect();
    let operation = |(number, write): (usize, &Write)| {
        let path = write.path.strip_prefix("/scim/v2").expect("a path of SCIM");
        json!({ "method": write.method, "path": path, "bulkId": number.to_string(), "data": write.body })
    };
    let operations: Vec<Value> = writes.iter().enumerate().map(operation).collect();
    let body = json!({ "schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"], "Operations": operations });
    let answer = client.call(Api::Scim, "POST", "/scim/v2/Bulk").body("application/json", body.to_string()).send().await;
    let outcomes = answer.at("/Operations").as_array().cloned().unwrap_or_default();
    assert_eq!(outcomes.len(), writes.len(), "{}", answer.text());
    for (write, outcome) in writes.iter().zip(&outcomes) {
        assert!(outcome["status"].as_str().is_some_and(|status| status.starts_with('4')), "{}: {outcome}", write.described());
    }
    outcomes.iter().map(|outcome| outcome.to_string().replace("7702", "7701")).collect()
}

#[tokio::test]
async fn what_is_not_yours_and_what_was_deleted_are_not_there_in_bulk_either() {
    let server = with_a_bin().await;
    let ours = state(&server, "senate").await;
    let absent = refusals_in_bulk(&server.admin(), HOUSES).await;

    fill_house(&server).await;
    let theirs = state(&server, "house").await;
    let elsewhere = refusals_in_bulk(&server.admin(), HOUSES).await;
    let deleted = refusals_in_bulk(&server.admin(), DELETED).await;

    assert_eq!(elsewhere, absent);
    assert_eq!(deleted, absent);
    assert_eq!((state(&server, "senate").await, state(&server, "house").await), (ours, theirs));
}

#[tokio::test]
async fn choosing_another_organization_never_helps_a_write() {
    let server = with_a_bin().await;
    fill_house(&server).await;
    let (ours, theirs) = (state(&server, "senate").await, state(&server, "house").await);
    let ways: [(&str, &[Api], Choose); 3] = [
        ("path", &Api::ALL, |call, slug| call.without("Wethod-Company").below(slug)),
        ("company", &[Api::Wethod], |call, slug| call.header("Wethod-Company", slug)),
        ("host", &[Api::ProofHub], |call, slug| call.header("Host", &format!("{slug}.people.example.org"))),
    ];

    for (way, counts, choose) in ways {
        for write in writes(HOUSES).into_iter().filter(|write| counts.contains(&write.api)) {
            let ask = |slug| choose(write.call(&server.admin()), slug).send();
            let (forbidden, absent) = (ask("house").await, ask("nowhere").await);

            write.api.assert_refusal(&forbidden, 404);
            assert_eq!(forbidden.said(), absent.said(), "{way}: {}", write.described());
        }
    }

    assert_eq!((state(&server, "senate").await, state(&server, "house").await), (ours, theirs));
}

#[tokio::test]
async fn what_chooses_in_one_api_alone_does_not_move_a_write_of_another() {
    let server = with_a_bin().await;
    fill_house(&server).await;
    let theirs = state(&server, "house").await;
    let absent = refusals(&server.admin(), HOUSES, |_, call| call).await;

    let by_header = refusals(&server.admin(), HOUSES, |api, call| match api {
        Api::Wethod => call.header("Host", "house.people.example.org"),
        Api::Seven | Api::Modulo | Api::Scim => call.header("Wethod-Company", "house").header("Host", "house.people.example.org"),
        Api::ProofHub => call.header("Wethod-Company", "house").header("X-Forwarded-Host", "house.people.example.org"),
    })
    .await;

    assert_eq!(by_header, absent);
    assert_eq!(state(&server, "house").await, theirs);
}

#[tokio::test]
async fn a_repeated_key_is_another_one_in_another_organization() {
    let server = TestServer::start().await;
    let visitor = server.visitor_with(Scopes::all()).await;
    let create = |slug| {
        let call = visitor.call(Api::ProofHub, "POST", Api::ProofHub.people()).below(slug).header("Idempotency-Key", "one");
        call.body("application/json", json!({ "first_name": "Ann", "email": "ann@example.org" }).to_string()).send()
    };

    let (senate, house) = (create("senate").await, create("house").await);

    assert_eq!((senate.status, house.status), (201, 201));
    for slug in ["senate", "house"] {
        let people = visitor.call(Api::ProofHub, "GET", Api::ProofHub.people()).below(slug).send().await;
        assert_eq!(people.items().len(), 1, "{slug}");
    }
}

#[tokio::test]
async fn a_key_of_one_credential_tells_another_nothing() {
    let server = TestServer::start().await;
    let create = async |client: Client| {
        let call = client.call(Api::ProofHub, "POST", Api::ProofHub.people()).header("Idempotency-Key", "one");
        call.body("application/json", json!({ "first_name": "Ann", "email": "ann@example.org" }).to_string()).send().await
    };
    assert_eq!(create(server.admin()).await.status, 201);

    let others = create(server.holder_of(&rollcall_core::domain::Scope::ALL).await).await;

    Api::ProofHub.assert_refusal(&others, 409);
}
