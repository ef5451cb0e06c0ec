//! One person written through one API after another, and right in all of them at every step.

use crate::support::{Answer, Api, Client, TestServer, people};
use rollcall_core::domain::PersonNumber;
use serde_json::{Value, json};

/// What each API shows of person 2, whose uuid is `id`: of its name, and what else the API is asked for here.
async fn shown(client: &Client, id: &str) -> [Value; 4] {
    let seven = client.seven("organization/people/2").await;
    let modulo = client.get(Api::Modulo, &format!("/api/Organization/people/{id}")).await;
    let wethod = client.get(Api::Wethod, "/api/persons/2").await;
    let proofhub = client.proofhub("people/2").await;
    [
        json!([seven.at("/firstName"), seven.at("/lastName"), seven.at("/personType")]),
        json!([modulo.at("/Name"), modulo.at("/Email"), modulo.at("/Status")]),
        json!([
            wethod.at("/name"),
            wethod.at("/surname"),
            wethod.at("/role"),
            wethod.at("/job_title_id"),
            wethod.at("/allocation_manager_id")
        ]),
        json!([proofhub.at("/first_name"), proofhub.at("/last_name"), proofhub.at("/email"), proofhub.at("/role/id")]),
    ]
}

async fn write(client: &Client, api: Api, method: &str, target: &str, body: &Value) -> Answer {
    client.call(api, method, target).body("application/json", body.to_string()).send().await
}

/// The uuid of the person with this number.
async fn uuid_of(server: &TestServer, number: i64) -> String {
    let actor = server.directory.operator(&crate::support::slug("senate")).await.expect("an organization");
    let key = rollcall_core::directory::PersonKey::Number(PersonNumber::new(number).expect("a number"));
    server.directory.person(&actor, key).await.expect("somebody").person.id.to_string()
}

/// What happened to person 2, as `action through api`.
async fn history(server: &TestServer) -> Vec<String> {
    let actor = server.directory.operator(&crate::support::slug("senate")).await.expect("an organization");
    let number = PersonNumber::new(2).ok();
    let changes = server.directory.history(&actor, 0, number, 100).await.expect("a history");
    changes.iter().map(|change| format!("{} through {}", change.action, change.dialect.as_deref().unwrap_or("nothing"))).collect()
}

#[tokio::test]
async fn a_person_made_renamed_and_planned_through_three_apis_is_right_in_all_four_at_every_step() {
    let server = TestServer::with(people!["Max Boss", job_title: "Designer"]).await;
    let client = server.admin();

    let stella = json!({ "first_name": "Stella", "last_name": "Altois", "email": "stella@email.com", "role": "3", "language": "en" });
    let made = write(&client, Api::ProofHub, "POST", "/v3/people", &stella).await;

    assert_eq!((made.status, made.at("/id")), (201, json!(2)));
    let id = uuid_of(&server, 2).await;
    let first = [
        json!(["Stella", "Altois", "Organization"]),
        json!(["Stella Altois", "stella@email.com", "Active"]),
        json!(["Stella", "Altois", "ROLE_USER", null, null]),
        json!(["Stella", "Altois", "stella@email.com", 3]),
    ];
    assert_eq!(shown(&client, &id).await, first);

    let renamed = json!({ "Name": "Stella Marie Altois", "Email": "stella@email.com" });
    let edited = write(&client, Api::Modulo, "PUT", &format!("/api/Organization/people/{id}"), &renamed).await;

    assert_eq!((edited.status, edited.text()), (204, ""));
    let [seven, _, wethod, proofhub] = first;
    let second = [seven.clone(), json!(["Stella Marie Altois", "stella@email.com", "Active"]), wethod, proofhub.clone()];
    assert_eq!(shown(&client, &id).await, second);

    let planned = json!({ "job_title_id": 1, "allocation_manager_id": 1, "is_visible_in_people_allocation": true });
    let patched = write(&client, Api::Wethod, "PATCH", "/api/persons/2", &planned).await;

    assert_eq!((patched.status, patched.at("/is_visible_in_people_allocation")), (200, json!(true)));
    let [_, modulo, ..] = second;
    let third = [seven, modulo, json!(["Stella", "Altois", "ROLE_USER", 1, 1]), proofhub];
    assert_eq!(shown(&client, &id).await, third);

    assert_eq!(history(&server).await, ["create through proofhub", "update through risk-manager", "update through wethod"]);
}

#[tokio::test]
async fn a_person_deleted_through_one_api_is_gone_from_all_and_back_in_all() {
    let server = TestServer::with(people!["Max"; "Stella"]).await;
    let client = server.admin();
    let id = uuid_of(&server, 2).await;
    let before = shown(&client, &id).await;

    let deleted = client.call(Api::Modulo, "DELETE", &format!("/api/Organization/people/{id}")).send().await;

    assert_eq!(deleted.status, 204);
    for (api, answer) in server.each_api(&client, |_, call| call).await {
        assert_eq!(answer.items().len(), 1, "{api:?}");
    }
    let singles = [
        (Api::Seven, "/v1/organization/people/2".to_owned()),
        (Api::Modulo, format!("/api/Organization/people/{id}")),
        (Api::Wethod, "/api/persons/2".to_owned()),
        (Api::ProofHub, "/api/v3/people/2".to_owned()),
    ];
    for (api, target) in singles {
        api.assert_refusal(&client.get(api, &target).await, 404);
    }

    let actor = server.directory.operator(&crate::support::slug("senate")).await.expect("an organization");
    server.directory.restore_person(&actor, PersonNumber::new(2).expect("a number")).await.expect("restored");

    assert_eq!(shown(&client, &id).await, before);
}

#[tokio::test]
async fn an_archived_person_stays_listed_in_every_api() {
    let server = TestServer::with(people!["Max"]).await;
    let client = server.admin();

    let patched = write(&client, Api::Wethod, "PATCH", "/api/persons/1", &json!({ "is_archived": true })).await;

    assert_eq!(patched.status, 200);
    for (api, answer) in server.each_api(&client, |_, call| call).await {
        assert_eq!(answer.items().len(), 1, "{api:?}");
    }
}

#[tokio::test]
async fn a_write_is_seen_at_once_by_who_asks_whether_anything_changed() {
    let server = TestServer::with(people!["Max"; "Stella"]).await;
    let client = server.admin();
    let targets = [
        (Api::Seven, "/v1/organization/people/1"),
        (Api::Wethod, "/api/persons/1"),
        (Api::ProofHub, "/api/v3/people/1"),
        (Api::Seven, "/v1/organization/people"),
        (Api::Modulo, "/api/Organization/people"),
        (Api::Wethod, "/api/persons"),
        (Api::ProofHub, "/api/v3/people"),
    ];
    let ask = async |api: Api, target: &str, tag: &str| client.call(api, "GET", target).header("If-None-Match", tag).send().await.status;
    let mut tags = Vec::new();
    for (api, target) in targets {
        let tag = client.get(api, target).await.header("etag").expect("a tag").to_owned();
        assert_eq!(ask(api, target, &tag).await, 304, "{api:?} {target}");
        tags.push((api, target, tag));
    }

    // Stella's own change leaves Max as he is, and moves every list.
    write(&client, Api::Wethod, "PATCH", "/api/persons/2", &json!({ "surname": "Altois" })).await;
    for (api, target, tag) in &tags {
        let is_list = !target.ends_with("/1");
        assert_eq!(ask(*api, target, tag).await, if is_list { 200 } else { 304 }, "{api:?} {target}");
    }

    write(&client, Api::Wethod, "PATCH", "/api/persons/1", &json!({ "surname": "Boss" })).await;
    for (api, target, tag) in &tags {
        assert_eq!(ask(*api, target, tag).await, 200, "{api:?} {target}");
    }
}
