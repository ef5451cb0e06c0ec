//! What an identity provider writes through SCIM, and what the four other APIs make of it at once.

use crate::support::{Answer, Api, Client, TestServer, people};
use serde_json::{Value, json};

const USER: &str = "urn:ietf:params:scim:schemas:core:2.0:User";
const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const PATCH: &str = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

async fn scim(client: &Client, method: &str, path: &str, body: Value) -> Answer {
    let call = client.call(Api::Scim, method, &format!("/scim/v2/{path}"));
    let answer = call.body("application/scim+json", body.to_string()).send().await;
    assert!(answer.status < 300, "{method} {path}: {} {}", answer.status, answer.text());
    answer
}

async fn patch(client: &Client, path: &str, operations: Value) -> Answer {
    scim(client, "PATCH", path, json!({ "schemas": [PATCH], "Operations": operations })).await
}

/// Person 2 as each of the four other APIs shows it.
async fn shown(client: &Client, id: &str) -> [Value; 4] {
    let seven = client.seven("organization/people/2").await;
    let modulo = client.get(Api::Modulo, &format!("/api/Organization/people/{id}")).await;
    let wethod = client.get(Api::Wethod, "/api/persons/2").await;
    let proofhub = client.proofhub("people/2").await;
    [
        json!([seven.at("/firstName"), seven.at("/lastName")]),
        json!([modulo.at("/Name"), modulo.at("/Email"), modulo.at("/Login"), modulo.at("/Status"), modulo.at("/Phone")]),
        json!([wethod.at("/name"), wethod.at("/surname"), wethod.at("/allocation_manager_id"), wethod.at("/role")]),
        json!([
            proofhub.at("/first_name"),
            proofhub.at("/email"),
            proofhub.at("/suspended"),
            proofhub.at("/title"),
            proofhub.at("/groups")
        ]),
    ]
}

/// Somebody as Entra makes them, whose manager is person 1.
async fn provisioned(server: &TestServer) -> String {
    let manager = server.reader().get(Api::Scim, "/scim/v2/Users?filter=displayName eq \"Max Boss\"").await.at("/Resources/0/id");
    let body = json!({
        "schemas": [USER, ENTERPRISE],
        "externalId": "0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef",
        "userName": "stella@corp.example",
        "active": true,
        "displayName": "Stella Altois",
        "emails": [{ "primary": true, "type": "work", "value": "stella@corp.example" }],
        "phoneNumbers": [{ "type": "mobile", "value": "+47 1" }, { "type": "work", "value": "+47 2" }],
        "meta": { "resourceType": "User" },
        "name": { "formatted": "Stella Altois", "familyName": "Altois", "givenName": "Stella" },
        "title": "Designer",
        "roles": [],
        ENTERPRISE: { "manager": manager }
    });
    let made = scim(&server.admin(), "POST", "Users", body).await;
    made.at("/id").as_str().expect("an id").to_owned()
}

#[tokio::test]
async fn who_is_provisioned_is_right_in_the_four_other_apis_at_every_step() {
    let server = TestServer::with(people!["Max Boss", number: 1]).await;
    let admin = server.admin();
    let id = provisioned(&server).await;

    let made = [
        json!(["Stella", "Altois"]),
        json!(["Stella Altois", "stella@corp.example", "stella@corp.example", "Active", "+47 2"]),
        json!(["Stella", "Altois", 1, "ROLE_USER"]),
        json!(["Stella", "stella@corp.example", false, "Designer", []]),
    ];
    assert_eq!(shown(&server.reader(), &id).await, made);

    let group = json!({ "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "displayName": "Crew", "members": [{ "value": id }] });
    let group = scim(&admin, "POST", "Groups", group).await.at("/id").as_str().expect("an id").to_owned();
    let operations = json!([
        { "op": "Replace", "path": "active", "value": "False" },
        { "op": "Replace", "path": "emails[type eq \"work\"].value", "value": "s@corp.example" },
        { "op": "Add", "path": "title", "value": "Lead" }
    ]);
    patch(&admin, &format!("Users/{id}"), operations).await;

    let [_, modulo, _, proofhub] = shown(&server.reader(), &id).await;
    assert_eq!(modulo, json!(["Stella Altois", "s@corp.example", "stella@corp.example", "Blocked", "+47 2"]));
    assert_eq!(proofhub, json!(["Stella", "s@corp.example", true, "Lead", [1]]));
    assert_eq!(server.reader().get(Api::Modulo, &format!("/api/organization/groups/{group}/members")).await.names(), ["Stella Altois"]);

    let gone = admin.call(Api::Scim, "DELETE", &format!("/scim/v2/Users/{id}")).send().await;
    assert_eq!(gone.status, 204);
    for api in Api::ALL {
        assert_eq!(server.reader().people(api).await.items().len(), 1, "{api:?}");
    }
    assert_eq!(server.reader().proofhub("groups").await.at("/1/assigned"), json!([]));
}

#[tokio::test]
async fn what_scim_alone_keeps_survives_a_write_of_every_other_api() {
    let server = TestServer::with(people!["Max Boss", number: 1]).await;
    let admin = server.admin();
    let id = provisioned(&server).await;
    let more = json!([{ "op": "add", "value": {
        "nickName": "Stel",
        "addresses": [{ "type": "work", "streetAddress": "Gata 1", "locality": "Oslo", "country": "NO" }],
        "photos": [{ "value": "https://photos.example/s", "type": "photo" }]
    } }]);
    let before = patch(&admin, &format!("Users/{id}"), more).await.json();

    for (api, method, target, body) in [
        (Api::ProofHub, "PUT", "/api/v3/people/2".to_owned(), json!({ "language": "de" })),
        (Api::Wethod, "PATCH", "/api/persons/2".to_owned(), json!({ "has_timesheet_required": true })),
        (Api::Modulo, "PUT", format!("/api/Organization/people/{id}"), json!({ "Email": null, "Description": "Asked." })),
    ] {
        let answer = admin.call(api, method, &target).body("application/json", body.to_string()).send().await;
        assert!(answer.status < 300, "{api:?}: {}", answer.text());
    }

    let after = server.reader().get(Api::Scim, &format!("/scim/v2/Users/{id}")).await.json();
    for name in ["userName", "externalId", "name", "displayName", "nickName", "emails", "phoneNumbers", "photos", "addresses", ENTERPRISE] {
        assert_eq!(after[name], before[name], "{name}");
    }
    assert_eq!(after["preferredLanguage"], json!("de"));
    let rollcall = &after["urn:ietf:params:scim:schemas:extension:rollcall:2.0:User"];
    assert_eq!((&rollcall["hasTimesheetRequired"], &rollcall["description"]), (&json!(true), &json!("Asked.")));
}

#[tokio::test]
async fn a_change_through_scim_is_told_in_the_history() {
    let server = TestServer::with(people!["Max Boss", number: 1]).await;
    let id = provisioned(&server).await;
    patch(&server.admin(), &format!("Users/{id}"), json!([{ "op": "replace", "path": "nickName", "value": "Stel" }])).await;

    let actor = server.directory.operator(&crate::support::slug("senate")).await.expect("an organization");
    let number = rollcall_core::domain::PersonNumber::new(2).ok();
    let changes = server.directory.history(&actor, 0, number, 100).await.expect("a history");

    let told: Vec<String> =
        changes.iter().map(|change| format!("{} through {}", change.action, change.dialect.as_deref().unwrap_or("nothing"))).collect();
    assert_eq!(told, ["create through scim", "update through scim"]);
}
