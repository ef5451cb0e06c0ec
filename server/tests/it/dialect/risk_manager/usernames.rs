//! Usernames.

use super::{NOBODY, changes, person, refused, write};
use crate::support::{Answer, Api, Client, TestServer, crowd, people};
use serde_json::{Value, json};

const USERS: &str = "/api/administration/users";

/// Gives a username to the person at this path.
async fn give(client: &Client, path: &str, login: &str) -> Answer {
    let id = path.rsplit('/').next();
    write(client, "POST", USERS, &json!({ "PersonId": id, "Login": login })).await
}

/// The login and the status of the person at this path.
async fn access(server: &TestServer, path: &str) -> (Value, Value) {
    let person = server.reader().get(Api::Modulo, path).await;
    (person.at("/Login"), person.at("/Status"))
}

#[tokio::test]
async fn the_contracts_example_gives_a_username_and_access() {
    let server = TestServer::with(people!["John Smith", uuid: "6fe49ce4-56d4-475f-9483-1adca6b2976c", account: "none"]).await;
    let body = json!({ "PersonId": "6fe49ce4-56d4-475f-9483-1adca6b2976c", "Login": "johnsmith" });

    let answer = write(&server.admin(), "POST", USERS, &body).await;

    assert_eq!((answer.status, answer.text()), (204, ""));
    let john = person(&server, "John Smith").await;
    assert_eq!(access(&server, &john).await, (json!("johnsmith"), json!("Active")));
}

#[tokio::test]
async fn another_username_takes_the_place_of_the_first_and_the_blocked_stay_so() {
    let server = TestServer::with(people!["Jane", login: "jane", account: "blocked"]).await;
    let jane = person(&server, "Jane").await;

    assert_eq!(give(&server.admin(), &jane, "jdoe").await.status, 204);

    assert_eq!(access(&server, &jane).await, (json!("jdoe"), json!("Blocked")));
}

#[tokio::test]
async fn the_same_username_again_is_no_change() {
    let server = TestServer::with(people!["Jane"]).await;
    let jane = person(&server, "Jane").await;
    give(&server.admin(), &jane, "jane").await;
    let before = changes(&server).await;

    assert_eq!(give(&server.admin(), &jane, "jane").await.status, 204);

    assert_eq!(changes(&server).await, before);
}

#[tokio::test]
async fn a_username_is_one_persons_however_it_is_written_and_the_holder_is_not_named() {
    let server = TestServer::with(people!["Jane", login: "jane"; "Omar"]).await;
    let (jane, omar) = (person(&server, "Jane").await, person(&server, "Omar").await);

    for login in ["jane", "JANE", " ｊａｎｅ "] {
        let answer = give(&server.admin(), &omar, login).await;
        assert_eq!(refused(&answer, 409), ["Login"]);
        assert!(!answer.text().contains("Jane") && !answer.text().contains(jane.rsplit('/').next().expect("an id")), "{}", answer.text());
    }
    assert_eq!(access(&server, &omar).await.0, Value::Null);
}

#[tokio::test]
async fn a_person_and_a_username_are_required() {
    let server = TestServer::with(people!["Jane"]).await;

    for (body, members) in [
        (json!({}), vec!["PersonId", "Login"]),
        (json!({ "PersonId": "jane", "Login": "" }), vec!["PersonId", "Login"]),
        (json!({ "PersonId": NOBODY, "Login": "jane" }), vec!["PersonId"]),
        (json!({ "PersonId": NOBODY, "Login": "j".repeat(256) }), vec!["Login"]),
    ] {
        assert_eq!(refused(&write(&server.admin(), "POST", USERS, &body).await, 400), members, "{body}");
    }
}

#[tokio::test]
async fn somebody_elsewhere_is_nobody() {
    let server = TestServer::with_both(people!["Jane"], people!["Zoe", uuid: "6fe49ce4-56d4-475f-9483-1adca6b2976c"]).await;

    let answers = ["6fe49ce4-56d4-475f-9483-1adca6b2976c", NOBODY].map(|id| json!({ "PersonId": id, "Login": "zoe" }));
    let theirs = write(&server.admin(), "POST", USERS, &answers[0]).await;

    assert_eq!(refused(&theirs, 400), ["PersonId"]);
    assert_eq!(theirs.text(), write(&server.admin(), "POST", USERS, &answers[1]).await.text());
}

#[tokio::test]
async fn of_twenty_who_want_one_username_at_once_one_gets_it() {
    let server = TestServer::with(crowd(20)).await;
    let admin = server.admin();
    let ids = server.reader().modulo("page_size=20").await.ids();

    let attempts = ids.into_iter().map(|id| {
        let admin = admin.clone();
        let login = if id.as_str().is_some_and(|id| id.ends_with(['0', '2', '4', '6', '8'])) { "jane" } else { "JANE" };
        tokio::spawn(async move { write(&admin, "POST", USERS, &json!({ "PersonId": id, "Login": login })).await.status })
    });
    let attempts: Vec<_> = attempts.collect();
    let mut statuses = Vec::new();
    for attempt in attempts {
        statuses.push(attempt.await.expect("an answer"));
    }

    statuses.sort_unstable();
    assert_eq!(statuses, [vec![204], vec![409; 19]].concat());
    assert_eq!(server.reader().filtered("Login eq 'jane'").await.items().len(), 1);
}
