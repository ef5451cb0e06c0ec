//! Many operations in one request.

use super::{ENTERPRISE, PATCH, call, get, post, user};
use crate::support::{Answer, Api, Client, TestServer, people};
use serde_json::{Value, json};

const REQUEST: &str = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";
const GROUP: &str = "urn:ietf:params:scim:schemas:core:2.0:Group";

async fn bulk(client: &Client, operations: Value) -> Answer {
    post(client, "Bulk", json!({ "schemas": [REQUEST], "Operations": operations })).await
}

fn statuses(answer: &Answer) -> Vec<String> {
    let outcomes = answer.at("/Operations").as_array().cloned().unwrap_or_else(|| panic!("{} {}", answer.status, answer.text()));
    outcomes.iter().map(|outcome| outcome["status"].as_str().expect("a text").to_owned()).collect()
}

/// The path below the base of what an operation was about.
fn place(answer: &Answer, operation: usize) -> String {
    let location = answer.at(&format!("/Operations/{operation}/location"));
    location.as_str().and_then(|location| location.split_once("/scim/v2/")).expect("a location").1.to_owned()
}

fn made(name: &str) -> Value {
    json!({ "method": "POST", "path": "/Users", "bulkId": name, "data": user(json!({ "userName": name })) })
}

#[tokio::test]
async fn a_department_comes_in_one_request_and_is_seen_through_the_other_apis() {
    let server = TestServer::start().await;
    let boss = json!({ "manager": { "value": "bulkId:boss" } });
    let ana = user(json!({ "userName": "ana", "name": { "givenName": "Ana", "familyName": "de Souza" }, ENTERPRISE: boss }));
    let members = json!([{ "value": "bulkId:boss" }, { "value": "bulkId:ana" }]);

    let answer = bulk(
        &server.admin(),
        json!([
            { "method": "POST", "path": "/Groups", "bulkId": "sales", "data": { "schemas": [GROUP], "displayName": "Sales", "members": members } },
            { "method": "POST", "path": "/Users", "bulkId": "ana", "data": ana },
            made("boss"),
        ]),
    )
    .await;

    assert_eq!((answer.status, statuses(&answer)), (200, vec!["201".to_owned(); 3]), "{}", answer.text());
    let reader = server.reader();
    let shown = get(&reader, &place(&answer, 1)).await;
    assert_eq!(format!("Users/{}", shown.at(&format!("/{ENTERPRISE}/manager/value")).as_str().expect("an id")), place(&answer, 2));
    let groups = reader.get(Api::ProofHub, "/api/v3/groups").await;
    assert!(groups.text().contains("\"Sales\""), "{}", groups.text());
    assert!(reader.people(Api::Modulo).await.text().contains("Ana de Souza"));
}

#[tokio::test]
async fn a_thousand_operations_are_done_in_one_request() {
    let server = TestServer::start().await;
    let people: Vec<Value> = (0..1000).map(|number| made(&format!("person-{number}"))).collect();

    let answer = bulk(&server.admin(), json!(people)).await;

    assert_eq!(statuses(&answer), vec!["201"; 1000]);
}

#[tokio::test]
async fn one_operation_more_is_too_large() {
    let server = TestServer::start().await;
    let people: Vec<Value> = (0..=1000).map(|number| made(&format!("person-{number}"))).collect();

    let answer = bulk(&server.admin(), json!(people)).await;

    Api::Scim.assert_refusal(&answer, 413);
    assert_eq!(server.reader().people(Api::ProofHub).await.items(), Vec::<Value>::new());
}

#[tokio::test]
async fn a_body_larger_than_announced_is_too_large() {
    let server = TestServer::start().await;
    let announced = get(&server.reader(), "ServiceProviderConfig").await.at("/bulk/maxPayloadSize").as_u64().expect("a number");
    let mut long = made("ana");
    long["data"]["nickName"] = json!("a".repeat(usize::try_from(announced).expect("a small number")));

    Api::Scim.assert_refusal(&bulk(&server.admin(), json!([long])).await, 413);
}

#[tokio::test]
async fn operations_are_sent_by_post_alone() {
    let server = TestServer::start().await;

    for method in ["GET", "PUT", "PATCH", "DELETE"] {
        let answer = call(&server.admin(), method, "Bulk", &Value::Null).send().await;

        Api::Scim.assert_refusal(&answer, 405);
        assert_eq!(answer.header("allow"), Some("POST"), "{method}");
    }
}

#[tokio::test]
async fn every_operation_is_in_the_history_as_part_of_the_one_request() {
    let server = TestServer::with(people!["Jane", number: 1; "Omar", number: 2]).await;
    let reader = server.reader();
    let listed = reader.people(Api::Modulo).await;
    let rename = |person: &Value| {
        let path = format!("/Users/{}", person["Id"].as_str().expect("an id"));
        let operations = json!([{ "op": "add", "path": "title", "value": "Whip" }]);
        json!({ "method": "PATCH", "path": path, "data": { "schemas": [PATCH], "Operations": operations } })
    };
    let operations: Vec<Value> = listed.items().iter().map(rename).collect();

    let answer = bulk(&server.admin(), json!(operations)).await;

    assert_eq!(statuses(&answer), ["200", "200"]);
    let request = answer.header("x-request-id").map(str::to_owned);
    assert!(request.is_some());
    let operator = server.directory.operator(&crate::support::slug("senate")).await.expect("an organization");
    let changes = server.directory.history(&operator, 0, None, 1000).await.expect("changes");
    let mut requests: Vec<_> =
        changes.into_iter().filter(|change| change.dialect.as_deref() == Some("scim")).map(|change| change.request).collect();
    assert_eq!(requests.len(), 2);
    requests.dedup();
    assert_eq!(requests, [request]);
}
