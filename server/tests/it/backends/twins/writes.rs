//! What clients write, what no client means, and then everything that there is.

use super::{BOTH, Dice, Twins, strangers, uuid};
use crate::nonsense::values::values;
use crate::support::{Answer, Api, Client};
use serde_json::{Value, json};

const NONSENSE: usize = 150;

#[tokio::test]
#[ignore = "needs PostgreSQL"]
async fn what_clients_write_is_answered_and_kept_alike() {
    let mut twins = Twins::with(strangers(12)).await;
    let others = json!([{ "Id": uuid(3) }]);
    let operations = |operations: Value| json!({ "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": operations });
    let (person, user) = (format!("/api/Organization/people/{}", uuid(1)), format!("/scim/v2/Users/{}", uuid(2)));
    let new_user = json!({ "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "Ünïcode", "externalId": "X", "emails": [{ "value": "a@b.example", "primary": true }] });

    for (api, method, target, body) in [
        (Api::ProofHub, "POST", "/api/v3/people", json!({ "first_name": "Zoë 🦀", "email": "zoe@example.org" })),
        (Api::ProofHub, "POST", "/api/v3/people", json!({ "first_name": "Again", "email": "ZOE@example.org" })),
        (Api::ProofHub, "PUT", "/api/v3/people/4", json!({ "title": "Whip", "suspended": true })),
        (Api::ProofHub, "POST", "/api/v3/groups", json!({ "name": "Rules", "assigned": [1, 2, 4] })),
        (Api::ProofHub, "PUT", "/api/v3/groups/1", json!({ "name": "Æsir" })),
        (Api::ProofHub, "DELETE", "/api/v3/groups/2", Value::Null),
        (Api::ProofHub, "DELETE", "/api/v3/people/5", Value::Null),
        (Api::ProofHub, "DELETE", "/api/v3/people/5", Value::Null),
        (Api::Wethod, "PATCH", "/api/persons/6", json!({ "has_timesheet_required": true })),
        (Api::Modulo, "POST", "/api/Organization/people", json!({ "Name": "New", "Email": "new@example.org" })),
        (Api::Modulo, "PUT", &person, json!({ "Email": null, "Description": "Asked.\u{7}" })),
        (Api::Modulo, "PUT", &person, json!({ "Description": "NUL: \0" })),
        (Api::Modulo, "POST", "/api/Organization/groups", json!({ "Name": "Rules" })),
        (Api::Modulo, "POST", "/api/administration/users", json!({ "PersonId": uuid(7), "Login": "seven" })),
        (Api::Scim, "POST", "/scim/v2/Users", new_user.clone()),
        (Api::Scim, "POST", "/scim/v2/Users", new_user),
        (Api::Scim, "PATCH", &user, operations(json!([{ "op": "replace", "path": "title", "value": "Whip" }]))),
        (
            Api::Scim,
            "PATCH",
            &user,
            operations(json!([{ "op": "add", "path": "emails", "value": [{ "value": "b@c.example", "type": "home" }] }])),
        ),
        (Api::Scim, "PUT", &user, json!({ "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "put" })),
        (Api::Scim, "DELETE", &format!("/scim/v2/Users/{}", uuid(8)), Value::Null),
        (
            Api::Scim,
            "POST",
            "/scim/v2/Users/.search",
            json!({ "schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"], "filter": "userName pr" }),
        ),
    ] {
        twins.ask(|admin| admin.call(api, method, target).body("application/json", sent(&body))).await;
    }
    let groups = twins.ask(|admin| admin.call(Api::Scim, "GET", "/scim/v2/Groups")).await;
    for index in 0..groups[0].items().len() {
        let id = |side: usize| groups[side].ids()[index].as_str().expect("an id").to_owned();
        let member = operations(json!([{ "op": "add", "path": "members", "value": [{ "value": uuid(9) }] }]));
        let change = |admin: &Client, target: String, method: &str, body: &Value| {
            admin.call(Api::Scim, method, &target).body("application/json", sent(body))
        };
        twins.ask_each(|side, twins| change(&twins.admins[side], format!("/scim/v2/Groups/{}", id(side)), "PATCH", &member)).await;
        let members = |side: usize| format!("/api/Organization/groups/{}/members", id(side));
        for method in ["POST", "GET", "DELETE"] {
            twins
                .ask_each(|side, twins| {
                    twins.admins[side].call(Api::Modulo, method, &members(side)).body("application/json", sent(&others))
                })
                .await;
        }
    }

    assert_shown_alike(&mut twins).await;
}

#[tokio::test]
#[ignore = "needs PostgreSQL"]
async fn what_no_client_means_is_answered_and_kept_alike() {
    let mut twins = Twins::with(strangers(12)).await;
    let (mut dice, values) = (Dice(0xbad), values());
    let person = format!("/api/Organization/people/{}", uuid(1));
    let writes = [
        (Api::ProofHub, "PUT", "/api/v3/people/2", &["first_name", "last_name", "email", "title", "suspended", "groups", "role"][..]),
        (Api::Modulo, "PUT", &person, &["Name", "Email", "Phone", "Description", "AdditionalInformation", "CustomAttributes"]),
        (
            Api::Wethod,
            "PATCH",
            "/api/persons/3",
            &["job_title_id", "level_id", "is_visible_in_people_allocation", "has_timesheet_required"],
        ),
    ];

    for _ in 0..NONSENSE {
        let (api, method, target, members) = writes[dice.below(writes.len())];
        let body = format!("{{\"{}\":{}}}", dice.one_of(members), values[dice.below(values.len())]);
        twins.ask(|admin| admin.call(api, method, target).body("application/json", body.as_str())).await;
    }

    assert_shown_alike(&mut twins).await;
}

/// Nothing is sent for `null`.
fn sent(body: &Value) -> String {
    if body.is_null() { String::new() } else { body.to_string() }
}

/// Every list of every API, and what `rollcall check` would find.
async fn assert_shown_alike(twins: &mut Twins) {
    for (api, target) in [
        (Api::Seven, "/v1/organization/people"),
        (Api::Modulo, "/api/Organization/people?page_size=100"),
        (Api::Modulo, "/api/Organization/groups?page_size=100"),
        (Api::Wethod, "/api/persons"),
        (Api::ProofHub, "/api/v3/people"),
        (Api::ProofHub, "/api/v3/groups"),
        (Api::Scim, "/scim/v2/Users?count=100"),
        (Api::Scim, "/scim/v2/Groups?count=100"),
    ] {
        let answers: [Answer; 2] = twins.ask(|admin| admin.call(api, "GET", target)).await;
        assert_eq!(answers[0].status, 200, "{target}");
    }
    for side in BOTH {
        let report = twins.servers[side].directory.check().await.expect("a report");
        assert_eq!(report.findings, Vec::<String>::new());
    }
}
