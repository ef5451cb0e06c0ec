//! Many operations in one request.

use super::super::bulk::request::SCHEMA;
use super::super::schema::{ENTERPRISE_USER, GROUP, USER};
use super::{Trial, bearer};
use crate::dialect::trial::Answer;
use serde_json::{Value, json};

const ALL: &str = "people:read,people:write,groups:read,groups:write";

/// The senate, and somebody who may do everything in it.
struct Senate {
    trial: Trial,
    token: String,
}

impl Senate {
    async fn new() -> Self {
        Self::of(Trial::new().await, ALL).await
    }

    async fn of(trial: Trial, scopes: &str) -> Self {
        let token = trial.token(&["senate"], scopes).await;
        Self { trial, token }
    }

    async fn send(&self, body: &Value) -> Answer {
        let token = bearer(&self.token);
        let headers = [token.as_header(), ("content-type", "application/scim+json")];
        self.trial.ask("POST", "/scim/v2/Bulk", &headers, &body.to_string()).await
    }

    /// What became of the operations.
    async fn bulk(&self, operations: Value) -> Vec<Value> {
        let answer = self.send(&json!({ "schemas": [SCHEMA], "Operations": operations })).await;
        assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/scim+json")), "{}", answer.body);
        let body = answer.json();
        assert_eq!(body["schemas"], json!(["urn:ietf:params:scim:api:messages:2.0:BulkResponse"]));
        body["Operations"].as_array().expect("a list").clone()
    }

    async fn get(&self, location: &Value) -> Answer {
        let path = location.as_str().and_then(|location| location.strip_prefix("http://127.0.0.1:8080")).expect("a location");
        self.trial.get(path, &[bearer(&self.token).as_header()]).await
    }
}

fn user(bulk_id: &str, manager: Option<&str>) -> Value {
    let mut data = json!({ "schemas": [USER, ENTERPRISE_USER], "userName": bulk_id });
    if let Some(manager) = manager {
        data[ENTERPRISE_USER] = json!({ "manager": { "value": format!("bulkId:{manager}") } });
    }
    json!({ "method": "POST", "bulkId": bulk_id, "path": "/Users", "data": data })
}

fn statuses(outcomes: &[Value]) -> Vec<&str> {
    outcomes.iter().map(|outcome| outcome["status"].as_str().expect("a text")).collect()
}

#[tokio::test]
async fn what_is_created_is_told_with_its_place_and_version_in_the_order_of_the_request() {
    let senate = Senate::new().await;

    let outcomes = senate.bulk(json!([user("ana", Some("bo")), user("bo", None)])).await;

    assert_eq!(statuses(&outcomes), ["201", "201"]);
    for (outcome, name) in outcomes.iter().zip(["ana", "bo"]) {
        let shown = senate.get(&outcome["location"]).await.json();
        assert_eq!((&outcome["method"], &outcome["bulkId"], &shown["userName"]), (&json!("POST"), &json!(name), &json!(name)));
        assert_eq!((&outcome["location"], &outcome["version"]), (&shown["meta"]["location"], &shown["meta"]["version"]));
        assert!(outcome.get("response").is_none(), "{outcome}");
    }
    let (ana, bo) = (senate.get(&outcomes[0]["location"]).await.json(), senate.get(&outcomes[1]["location"]).await.json());
    assert_eq!(ana[ENTERPRISE_USER]["manager"]["value"], bo["id"]);
}

#[tokio::test]
async fn users_who_manage_one_another_are_all_created_so() {
    let senate = Senate::new().await;

    let outcomes = senate.bulk(json!([user("ana", Some("bo")), user("bo", Some("cleo")), user("cleo", Some("ana"))])).await;

    assert_eq!(statuses(&outcomes), ["201", "201", "201"]);
    let mut people = Vec::new();
    for outcome in &outcomes {
        let shown = senate.get(&outcome["location"]).await.json();
        assert_eq!(shown["meta"]["version"], outcome["version"]);
        people.push(shown);
    }
    for (person, manager) in [(0, 1), (1, 2), (2, 0)] {
        assert_eq!(people[person][ENTERPRISE_USER]["manager"]["value"], people[manager]["id"]);
    }
}

#[tokio::test]
async fn who_refers_to_what_was_not_created_is_not_created_either() {
    let senate = Senate::new().await;
    let nameless = json!({ "method": "POST", "bulkId": "bo", "path": "/Users", "data": { "schemas": [USER] } });

    let outcomes = senate.bulk(json!([user("ana", Some("bo")), nameless, user("cleo", Some("nobody"))])).await;

    assert_eq!(statuses(&outcomes), ["409", "400", "400"]);
    assert!(outcomes.iter().all(|outcome| outcome.get("location").is_none() && outcome.get("version").is_none()), "{outcomes:?}");
    let details = outcomes.iter().map(|outcome| outcome["response"]["detail"].as_str().expect("a text")).collect::<Vec<_>>();
    assert!(details[0].contains("bulkId:bo") && details[2].contains("bulkId:nobody"), "{details:?}");
    assert_eq!(outcomes[2]["response"]["scimType"], json!("invalidValue"));
    assert_eq!(outcomes[2]["response"]["schemas"], json!(["urn:ietf:params:scim:api:messages:2.0:Error"]));
}

#[tokio::test]
async fn of_a_circle_that_cannot_be_closed_nobody_stays() {
    let senate = Senate::new().await;
    senate.bulk(json!([user("ana", None)])).await;
    let taken = |name: &str| {
        let mut taken = user("again", Some("bo"));
        taken["data"]["userName"] = json!(name);
        taken
    };

    let outcomes = senate.bulk(json!([taken("ANA"), user("bo", Some("again"))])).await;

    assert_eq!(statuses(&outcomes), ["409", "409"]);
    assert_eq!(outcomes[0]["response"]["scimType"], json!("uniqueness"));
    let again = senate.bulk(json!([user("bo", None)])).await;
    assert_eq!(statuses(&again), ["201"]);
}

#[tokio::test]
async fn whoever_refers_to_itself_is_refused() {
    let outcomes = Senate::new().await.bulk(json!([user("ana", Some("ana"))])).await;

    assert_eq!(statuses(&outcomes), ["409"]);
}

#[tokio::test]
async fn what_was_created_is_changed_and_deleted_by_its_bulk_id() {
    let senate = Senate::new().await;
    let patch = json!({ "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [{ "op": "add", "path": "title", "value": "Head" }] });
    let replaced = json!({ "schemas": [USER], "userName": "bo", "nickName": "B" });

    let outcomes = senate
        .bulk(json!([
            { "method": "patch", "path": "/Users/bulkId:ana", "data": patch },
            { "method": "PUT", "path": "/Users/bulkId:bo", "data": replaced },
            { "method": "DELETE", "path": "/Users/bulkId:cleo" },
            user("ana", None),
            user("bo", None),
            user("cleo", None),
        ]))
        .await;

    assert_eq!(statuses(&outcomes), ["200", "200", "204", "201", "201", "201"]);
    for (changed, created) in [(0, 3), (1, 4), (2, 5)] {
        assert_eq!(outcomes[changed]["location"], outcomes[created]["location"]);
    }
    assert_eq!(senate.get(&outcomes[3]["location"]).await.json()["title"], json!("Head"));
    assert_eq!(senate.get(&outcomes[4]["location"]).await.json()["nickName"], json!("B"));
    assert_eq!((senate.get(&outcomes[5]["location"]).await.status, outcomes[2].get("version")), (404, None));
}

#[tokio::test]
async fn a_version_must_be_what_the_resource_has() {
    let senate = Senate::new().await;
    let made = senate.bulk(json!([user("ana", None)])).await;
    let path = made[0]["location"].as_str().expect("a location").rsplit_once("/v2").expect("a path").1;
    let delete = |version: &Value| json!({ "method": "DELETE", "path": path, "version": version });

    let outcomes = senate.bulk(json!([delete(&json!("W/\"1-2\"")), delete(&json!("nonsense")), delete(&made[0]["version"])])).await;

    assert_eq!(statuses(&outcomes), ["412", "400", "204"]);
    assert!(outcomes.iter().all(|outcome| outcome["location"] == made[0]["location"]), "{outcomes:?}");
}

#[tokio::test]
async fn after_so_many_errors_the_rest_is_left_undone() {
    let senate = Senate::new().await;
    let wrong = json!({ "method": "DELETE", "path": "/Users/7" });
    let operations = json!([user("ana", None), wrong, user("bo", None), wrong, user("cleo", None)]);

    let answer = senate.send(&json!({ "schemas": [SCHEMA], "failOnErrors": 2, "Operations": operations })).await;

    let outcomes = answer.json()["Operations"].as_array().expect("a list").clone();
    assert_eq!((answer.status, statuses(&outcomes)), (200, vec!["201", "404", "201", "404"]));
    assert_eq!(statuses(&senate.bulk(json!([user("cleo", None)])).await), ["201"]);
}

#[tokio::test]
async fn without_a_limit_errors_leave_the_rest_to_be_done() {
    let senate = Senate::new().await;

    let outcomes = senate
        .bulk(json!([
            { "method": "DELETE", "path": "/Nothing/7" },
            { "method": "PUT", "path": "/Users", "data": {} },
            { "method": "POST", "path": "/Users/7", "bulkId": "x", "data": {} },
            { "method": "POST", "path": "/Bulk", "bulkId": "y", "data": {} },
            user("ana", None),
        ]))
        .await;

    assert_eq!(statuses(&outcomes), ["404", "405", "405", "404", "201"]);
}

#[tokio::test]
async fn each_operation_needs_the_scopes_that_it_needs_alone() {
    for scopes in ["people:read", "people:write", "groups:read,groups:write"] {
        let senate = Senate::of(Trial::new().await, scopes).await;

        let outcomes = senate.bulk(json!([user("ana", None)])).await;

        assert_eq!((statuses(&outcomes), &outcomes[0]["response"]["status"]), (vec!["403"], &json!("403")), "{scopes}");
    }
}

#[tokio::test]
async fn more_operations_than_announced_are_too_many() {
    let senate = Senate::new().await;
    let delete = json!({ "method": "DELETE", "path": "/Users/7" });

    let answer = senate.send(&json!({ "schemas": [SCHEMA], "Operations": vec![delete; 1001] })).await;

    assert_eq!((answer.status, answer.header("content-type")), (413, Some("application/scim+json")));
    assert_eq!(answer.json()["status"], json!("413"));
}

#[tokio::test]
async fn a_body_longer_than_announced_is_too_large() {
    let senate = Senate::new().await;

    let answer = senate.send(&json!({ "schemas": [SCHEMA], "Operations": [], "x": " ".repeat(1024 * 1024) })).await;

    assert_eq!((answer.status, answer.json()["status"].clone()), (413, json!("413")));
}

#[tokio::test]
async fn what_is_no_bulk_request_is_refused_before_anything_is_done() {
    let senate = Senate::new().await;

    let answer =
        senate.send(&json!({ "schemas": [SCHEMA], "Operations": [user("ana", None), { "method": "GET", "path": "/Users" }] })).await;

    assert_eq!((answer.status, answer.json()["scimType"].clone()), (400, json!("invalidSyntax")));
    assert_eq!(statuses(&senate.bulk(json!([user("ana", None)])).await), ["201"]);
}

#[tokio::test]
async fn nothing_to_do_is_done() {
    assert!(Senate::new().await.bulk(json!([])).await.is_empty());
}

fn group(bulk_id: &str, members: &[&str]) -> Value {
    let members: Vec<Value> = members.iter().map(|member| json!({ "value": format!("bulkId:{member}") })).collect();
    let data = json!({ "schemas": [GROUP], "displayName": bulk_id, "members": members });
    json!({ "method": "POST", "bulkId": bulk_id, "path": "/Groups", "data": data })
}

#[tokio::test]
async fn a_group_has_the_people_and_the_groups_that_come_after_it() {
    let senate = Senate::new().await;

    let outcomes =
        senate.bulk(json!([group("all", &["ana", "board"]), group("board", &["bo"]), user("ana", None), user("bo", None)])).await;

    assert_eq!(statuses(&outcomes), ["201", "201", "201", "201"]);
    let all = senate.get(&outcomes[0]["location"]).await.json();
    let mut members: Vec<&Value> = all["members"].as_array().expect("members").iter().map(|member| &member["$ref"]).collect();
    members.sort_by_key(|location| location.to_string());
    assert_eq!(members, [&outcomes[1]["location"], &outcomes[2]["location"]]);
    assert_eq!(all["meta"]["version"], outcomes[0]["version"]);
}

#[tokio::test]
async fn groups_in_a_circle_are_a_conflict_and_none_of_them_is_created() {
    let senate = Senate::new().await;

    let outcomes = senate.bulk(json!([group("one", &["two"]), group("two", &["three"]), group("three", &["one"])])).await;

    assert_eq!(statuses(&outcomes), ["409", "409", "409"]);
    assert!(outcomes[0]["response"].get("scimType").is_none(), "{outcomes:?}");
}

#[tokio::test]
async fn members_are_added_to_a_group_and_taken_out_of_it_by_their_bulk_ids() {
    let senate = Senate::new().await;
    let patch = |op: &str, names: &[&str]| {
        let value: Vec<Value> = names.iter().map(|name| json!({ "value": format!("bulkId:{name}") })).collect();
        let operations = json!([{ "op": op, "path": "members", "value": value }]);
        let data = json!({ "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": operations });
        json!({ "method": "PATCH", "path": "/Groups/bulkId:board", "data": data })
    };
    let people = [user("ana", None), user("bo", None), group("board", &["ana"])];

    let outcomes = senate.bulk(json!([people[0], people[1], people[2], patch("add", &["bo", "ana"]), patch("remove", &["ana"])])).await;

    assert_eq!(statuses(&outcomes), ["201", "201", "201", "200", "200"]);
    let board = senate.get(&outcomes[2]["location"]).await.json();
    let bo = outcomes[1]["location"].as_str().and_then(|location| location.rsplit('/').next());
    assert_eq!(board["members"].as_array().map(Vec::len), Some(1));
    assert_eq!(board["members"][0]["value"].as_str(), bo);
    assert_eq!(board["meta"]["version"], outcomes[4]["version"]);
}

#[tokio::test]
async fn a_group_is_replaced_and_deleted() {
    let senate = Senate::new().await;
    let replaced = json!({ "schemas": [GROUP], "displayName": "Staff" });

    let outcomes = senate
        .bulk(json!([
            group("board", &[]),
            { "method": "PUT", "path": "/Groups/bulkId:board", "data": replaced },
            { "method": "DELETE", "path": "/Groups/bulkId:board" },
        ]))
        .await;

    assert_eq!(statuses(&outcomes), ["201", "200", "204"]);
    assert_eq!(senate.get(&outcomes[0]["location"]).await.status, 404);
}

#[tokio::test]
async fn operations_that_are_waited_for_together_are_done_in_their_order() {
    let senate = Senate::new().await;
    let rename = |name: &str| {
        let operations = json!([{ "op": "replace", "path": "userName", "value": name }]);
        let data = json!({ "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": operations });
        json!({ "method": "PATCH", "path": "/Users/bulkId:ana", "data": data })
    };
    let mut operations = vec![user("ana", None)];
    for number in 0..40 {
        operations.push(rename(&format!("ana-{number}")));
        let mut next = user(&format!("next-{number}"), None);
        next["data"]["userName"] = json!(if number == 0 { "ana".to_owned() } else { format!("ana-{}", number - 1) });
        operations.push(next);
    }

    let outcomes = senate.bulk(json!(operations)).await;

    assert!(statuses(&outcomes).iter().all(|status| ["200", "201"].contains(status)), "{outcomes:?}");
}

#[tokio::test]
async fn no_operation_is_done_after_the_last_error_that_is_taken() {
    let senate = Senate::new().await;
    let twice = |name: &str| {
        let mut again = user(&format!("{name}-again"), None);
        again["data"]["userName"] = json!(name);
        again
    };
    let operations = json!([user("ana", None), twice("ana"), user("bo", None), twice("bo"), user("cleo", None)]);

    let answer = senate.send(&json!({ "schemas": [SCHEMA], "failOnErrors": 1, "Operations": operations })).await;

    assert_eq!(statuses(answer.json()["Operations"].as_array().expect("a list")), ["201", "409"]);
    assert_eq!(statuses(&senate.bulk(json!([user("bo", None), user("cleo", None)])).await), ["201", "201"]);
}
