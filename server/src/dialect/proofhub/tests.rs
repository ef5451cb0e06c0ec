//! The room as its clients meet it.

mod laws;

use super::claims;
use crate::dialect::trial::{Answer, Trial};
use serde_json::{Value, json};

const AGENT: (&str, &str) = ("user-agent", "Trial (trial@example.com)");
const SCOPES: &str = "people:read groups:read";

async fn get(trial: &Trial, path: &str, key: &str) -> Answer {
    trial.get(path, &[("x-api-key", key), AGENT]).await
}

async fn reader() -> (Trial, String) {
    let trial = Trial::new().await;
    let key = trial.token(&["senate"], SCOPES).await;
    (trial, key)
}

#[test]
fn the_room_claims_both_of_its_prefixes() {
    let (own, others) = (["/api/v3", "/v3", "/v3/people", "/api/v3/x/y"], ["/api/v30", "/v3x", "/api/persons", "/v1/people", "/"]);

    assert!(own.iter().all(|path| claims(path)));
    assert!(others.iter().all(|path| !claims(path)));
}

#[tokio::test]
async fn both_prefixes_answer_alike() {
    let (trial, key) = reader().await;

    for path in ["/api/v3/people", "/v3/people/", "//senate//v3//people", "/senate/api/v3/people?start=0&limit=90"] {
        let answer = get(&trial, path, &key).await;
        assert_eq!((answer.status, answer.json()), (200, json!([])), "{path}");
    }
}

#[tokio::test]
async fn the_lists_have_what_every_organization_begins_with() {
    let (trial, key) = reader().await;

    let roles = get(&trial, "/v3/roles", &key).await.json();
    let default: Vec<_> = roles.as_array().unwrap().iter().filter(|role| role["default"] == true).collect();
    let counts = [("/v3/roles", 4), ("/v3/roles?start=3", 1), ("/v3/languages", 6), ("/v3/timezones", 150)];

    assert_eq!(default[0]["name"], "Normal User");
    for (path, count) in counts {
        assert_eq!(get(&trial, path, &key).await.json().as_array().map(Vec::len), Some(count), "{path}");
    }
    assert_eq!(get(&trial, &format!("/v3/roles/{}", default[0]["id"]), &key).await.json(), *default[0]);
}

#[tokio::test]
async fn the_group_of_everybody_comes_first_and_can_be_read() {
    let (trial, key) = reader().await;
    let everybody = json!({ "id": 9_000_000_001_i64, "name": "All people", "assigned": [] });

    assert_eq!(get(&trial, "/v3/groups", &key).await.json(), json!([everybody]));
    assert_eq!(get(&trial, "/v3/groups?start=1", &key).await.json(), json!([]));
    assert_eq!(get(&trial, "/v3/groups/9000000001", &key).await.json(), everybody);
}

#[tokio::test]
async fn who_is_not_known_learns_nothing_else() {
    let trial = Trial::new().await;
    let key = trial.token(&["senate"], SCOPES).await;

    for path in ["/v3/people?start=x", "/v3/people/x", "/v3/timezones", "/nowhere/v3/groups"] {
        let answers = [trial.get(path, &[]).await, trial.get(path, &[("authorization", &format!("Bearer {key}"))]).await];
        for answer in answers {
            assert_eq!((answer.status, &answer.json()["code"]), (401, &json!(401)), "{path}");
        }
    }
}

#[tokio::test]
async fn a_client_must_say_what_it_is() {
    let (trial, key) = reader().await;

    for headers in [vec![("x-api-key", key.as_str())], vec![("x-api-key", &key), ("user-agent", "")]] {
        let answer = trial.get("/v3/people", &headers).await;
        assert_eq!(answer.status, 400);
        assert!(answer.body.contains("User-Agent"));
    }
}

#[tokio::test]
async fn what_is_absent_and_what_is_elsewhere_answer_alike() {
    let (trial, key) = reader().await;

    let mut bodies = Vec::new();
    for path in [
        "/v3/people/1",
        "/v3/people/me",
        "/v3/people/99999999999",
        "/v3/groups/0",
        "/v3/roles/99",
        "/house/v3/people",
        "/nowhere/v3/people",
    ] {
        let answer = get(&trial, path, &key).await;
        assert_eq!(answer.status, 404, "{path}");
        bodies.push(answer.body);
    }
    for host in ["house.example.org", "nowhere.example.org"] {
        let answer = trial.get("/v3/people", &[("x-api-key", &key), AGENT, ("host", host)]).await;
        bodies.push(answer.body);
    }

    bodies.dedup();
    assert_eq!(bodies, [r#"{"code":404,"status":"error","message":"There is no such record."}"#]);
}

#[tokio::test]
async fn the_path_or_the_host_chooses_among_several_organizations() {
    let trial = Trial::new().await;
    let key = trial.token(&["senate", "house"], SCOPES).await;
    let ask = |path: &'static str, host: &'static str| {
        let (trial, key) = (&trial, &key);
        async move { trial.get(path, &[("x-api-key", key), AGENT, ("host", host)]).await.status }
    };

    assert_eq!(ask("/v3/people", "localhost").await, 400);
    assert_eq!(ask("/house/v3/people", "localhost").await, 200);
    assert_eq!(ask("/v3/people", "house.example.org").await, 200);
    assert_eq!(ask("/house/v3/people", "house.example.org").await, 200);
    assert_eq!(ask("/senate/v3/people", "house.example.org").await, 400);
}

#[tokio::test]
async fn a_scope_that_is_missing_is_named() {
    let trial = Trial::new().await;
    let key = trial.token(&["senate"], "groups:read").await;

    let people = get(&trial, "/v3/people", &key).await;

    assert_eq!((people.status, people.body.contains("people:read")), (403, true));
    assert_eq!(get(&trial, "/v3/groups", &key).await.status, 200);
}

#[tokio::test]
async fn the_fronts_refusals_have_the_rooms_shape() {
    let (trial, key) = reader().await;

    let absent = get(&trial, "/v3/nothing", &key).await;
    let post = trial.ask("POST", "/v3/timezones", &[("x-api-key", &key), AGENT], "").await;

    assert_eq!((absent.status, &absent.json()["status"]), (404, &Value::from("error")));
    assert_eq!((post.status, post.header("allow")), (405, Some("GET, HEAD")));
}

async fn ids(trial: &Trial, path: &str) -> Vec<i64> {
    let key = trial.token(&["senate"], SCOPES).await;
    let list = get(trial, path, &key).await.json();
    list.as_array().unwrap().iter().filter_map(|object| object["id"].as_i64()).collect()
}

#[tokio::test]
async fn people_come_whole_or_in_parts() {
    let trial = Trial::populated().await;

    assert_eq!(ids(&trial, "/v3/people").await, [7, 8, 9]);
    assert_eq!(ids(&trial, "/v3/people?start=1&limit=1").await, [8]);
    assert_eq!(ids(&trial, "/v3/people?start=3").await, [0; 0]);
    assert_eq!(ids(&trial, "/v3/groups?limit=1").await, [9_000_000_001]);
    assert_eq!(ids(&trial, "/v3/groups?start=1&limit=1").await, [5]);
}

#[tokio::test]
async fn a_person_has_its_groups_and_a_role() {
    let trial = Trial::populated().await;
    let key = trial.token(&["senate"], SCOPES).await;

    let jane = get(&trial, "/v3/people/9", &key).await.json();
    let default = get(&trial, &format!("/v3/roles/{}", jane["role"]["id"]), &key).await.json();

    assert_eq!(
        (&jane["groups"], &jane["suspended"], &jane["initials"], &jane["email"]),
        (&json!([5]), &json!(true), &json!("JD"), &json!(""))
    );
    assert_eq!(default["default"], true);
}

#[tokio::test]
async fn groups_have_their_members_and_everybody_is_in_the_first() {
    let trial = Trial::populated().await;
    let key = trial.token(&["senate"], "groups:read").await;

    let groups = get(&trial, "/v3/groups", &key).await.json();

    let (everybody, managers) = (json!([7, 8, 9]), json!({ "id": 5, "name": "Managers", "assigned": [7, 9] }));
    assert_eq!((&groups[0]["assigned"], &groups[1]), (&everybody, &managers));
    assert_eq!(get(&trial, "/v3/groups/5", &key).await.json(), managers);
}

#[tokio::test]
async fn another_organizations_people_are_nobody() {
    let trial = Trial::populated().await;
    let key = trial.token(&["house"], SCOPES).await;

    let (there, absent) = (get(&trial, "/v3/people/7", &key).await, get(&trial, "/v3/people/70", &key).await);

    assert_eq!((there.status, there.body), (404, absent.body));
    assert_eq!(get(&trial, "/v3/groups/9000000001", &key).await.json()["assigned"], json!([]));
}
