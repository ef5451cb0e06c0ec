//! Nobody grants what they do not hold, an organization keeps an owner, and a personal token is worth what its owner is,
//! through every API that can write.

use crate::support::{Answer, Api, Call, Client, TestServer, people, slug};
use rollcall_core::directory::{NewToken, TokenOwner};
use rollcall_core::domain::{PersonNumber, Quirks, Scope, Scopes};
use serde_json::{Value, json};

const OWNER: i64 = 1;
const ADMIN: i64 = 2;
const USER: i64 = 3;
const CLIENT: i64 = 4;

/// The scopes of the role Admin, which is every one but `organization:admin`.
const OF_ADMINS: [Scope; 5] = [Scope::PeopleRead, Scope::PeopleWrite, Scope::GroupsRead, Scope::GroupsWrite, Scope::OrganizationRead];

/// Jane owns the senate, Ada is an admin, Norma and Clive are what their roles say; Ulla was given no role.
async fn senate() -> TestServer {
    TestServer::with(people![
        "Jane", number: 1, uuid: "6fe49ce4-56d4-475f-9483-000000000001", role: "ROLE_OWNER", email: "jane@example.org";
        "Ada", number: 2, uuid: "6fe49ce4-56d4-475f-9483-000000000002", role: "ROLE_ADMIN", email: "ada@example.org";
        "Norma", number: 3, uuid: "6fe49ce4-56d4-475f-9483-000000000003", role: "ROLE_USER", email: "norma@example.org";
        "Clive", number: 4, uuid: "6fe49ce4-56d4-475f-9483-000000000004", role: "ROLE_CLIENT", email: "clive@example.org";
        "Ulla", number: 5, uuid: "6fe49ce4-56d4-475f-9483-000000000005", email: "ulla@example.org";
    ])
    .await
}

/// A token of somebody's own, made for everything.
async fn own_token(server: &TestServer, number: i64) -> Client {
    let owner = TokenOwner::Person(slug("senate"), PersonNumber::new(number).expect("a number"));
    let new = NewToken { owner, scopes: Scopes::all(), name: "test".to_owned(), expires_in_seconds: None, quirks: Quirks::none() };
    let secret = server.directory.create_token(new).await.expect("a token");
    server.bearer(secret.reveal(), Some("senate"))
}

fn write(client: &Client, api: Api, method: &str, path: &str, body: Value) -> Call {
    let call = client.call(api, method, path);
    if body.is_null() { call } else { call.body("application/json", body.to_string()) }
}

/// Gives a person a role, through each API that can.
async fn give(client: &Client, person: i64, role: i64) -> [(Api, Answer); 2] {
    let proofhub = write(client, Api::ProofHub, "PUT", &format!("/api/v3/people/{person}"), json!({ "role": { "id": role } }));
    let wethod = write(client, Api::Wethod, "PATCH", &format!("/api/persons/{person}"), json!({ "role_id": role }));
    [(Api::ProofHub, proofhub.send().await), (Api::Wethod, wethod.send().await)]
}

/// How many changes the senate has seen.
async fn changes(server: &TestServer) -> i64 {
    let operator = server.directory.operator(&slug("senate")).await.expect("an organization");
    server.directory.version(&operator).await.expect("a version").sequence()
}

/// Fails unless each of these was refused with this status, and nothing was changed.
async fn assert_refused(server: &TestServer, before: i64, answers: impl IntoIterator<Item = (Api, Answer)>, status: u16) {
    for (api, answer) in answers {
        api.assert_refusal(&answer, status);
    }
    assert_eq!(changes(server).await, before);
}

#[tokio::test]
async fn nobody_gives_a_role_that_may_do_more_than_they() {
    let server = senate().await;
    let (ada, before) = (own_token(&server, 2).await, changes(&server).await);
    let (tool, narrow) = (server.holder_of(&OF_ADMINS).await, server.holder_of(&[Scope::PeopleRead, Scope::PeopleWrite]).await);

    assert_refused(&server, before, give(&ada, 3, OWNER).await, 403).await;
    assert_refused(&server, before, give(&tool, 3, OWNER).await, 403).await;
    assert_refused(&server, before, give(&narrow, 3, ADMIN).await, 403).await;
}

#[tokio::test]
async fn nobody_makes_themselves_more_than_they_are() {
    let server = senate().await;
    let (ada, before) = (own_token(&server, 2).await, changes(&server).await);

    assert_refused(&server, before, give(&ada, 2, OWNER).await, 403).await;
}

#[tokio::test]
async fn nobody_makes_a_person_of_a_role_that_may_do_more_than_they() {
    let server = senate().await;
    let (ada, before) = (own_token(&server, 2).await, changes(&server).await);

    let body = json!({ "first_name": "Eve", "email": "eve@example.org", "role": OWNER });
    let answer = write(&ada, Api::ProofHub, "POST", "/api/v3/people", body).send().await;

    assert_refused(&server, before, [(Api::ProofHub, answer)], 403).await;
}

#[tokio::test]
async fn nobody_takes_away_a_role_that_may_do_more_than_they() {
    let server = senate().await;
    server.add("senate", people!["Olga", role: "ROLE_OWNER"]).await;
    let (ada, before) = (own_token(&server, 2).await, changes(&server).await);

    for role in [ADMIN, USER, CLIENT] {
        assert_refused(&server, before, give(&ada, 1, role).await, 403).await;
    }
    let none = write(&ada, Api::ProofHub, "PUT", "/api/v3/people/1", json!({ "role": null })).send().await;
    assert_refused(&server, before, [(Api::ProofHub, none)], 403).await;
}

#[tokio::test]
async fn the_role_of_everybody_is_given_by_whoever_may_write() {
    let server = senate().await;
    let narrow = server.holder_of(&[Scope::PeopleRead, Scope::PeopleWrite]).await;

    for (api, answer) in give(&narrow, 4, USER).await {
        assert_eq!(answer.status, 200, "{api:?}: {}", answer.text());
    }
}

#[tokio::test]
async fn a_role_that_somebody_has_already_may_be_written_back_by_whoever_may_write() {
    let server = senate().await;
    let (narrow, before) = (server.holder_of(&[Scope::PeopleRead, Scope::PeopleWrite]).await, changes(&server).await);

    for (api, answer) in give(&narrow, 1, OWNER).await {
        assert_eq!(answer.status, 200, "{api:?}: {}", answer.text());
    }
    assert_eq!(changes(&server).await, before);
}

#[tokio::test]
async fn who_holds_all_that_a_role_may_do_gives_it_and_takes_it_away() {
    let server = senate().await;
    let ada = own_token(&server, 2).await;

    for role in [ADMIN, CLIENT, ADMIN, USER] {
        for (api, answer) in give(&ada, 4, role).await {
            assert_eq!(answer.status, 200, "{api:?} {role}: {}", answer.text());
        }
    }
}

/// Everything that would leave the senate without Jane's ownership.
fn ends(client: &Client) -> Vec<(Api, Call)> {
    let (person, id) = ("/api/v3/people/1", "/api/organization/people/6fe49ce4-56d4-475f-9483-000000000001");
    let proofhub = |body| (Api::ProofHub, write(client, Api::ProofHub, "PUT", person, body));
    let wethod = |body| (Api::Wethod, write(client, Api::Wethod, "PATCH", "/api/persons/1", body));
    let override_of = client.call(Api::Modulo, "POST", id).header("X-HTTP-Method-Override", "DELETE").header("Content-Length", "0");
    vec![
        proofhub(json!({ "role": { "id": ADMIN } })),
        proofhub(json!({ "role": "3" })),
        proofhub(json!({ "role": null })),
        proofhub(json!({ "suspended": true })),
        (Api::ProofHub, client.call(Api::ProofHub, "DELETE", person)),
        wethod(json!({ "role_id": CLIENT })),
        wethod(json!({ "role_id": null })),
        wethod(json!({ "is_archived": true })),
        (Api::Modulo, client.call(Api::Modulo, "DELETE", id)),
        (Api::Modulo, override_of),
    ]
}

#[tokio::test]
async fn the_last_owner_is_neither_demoted_nor_blocked_nor_archived_nor_deleted() {
    let server = senate().await;
    let (jane, before) = (own_token(&server, 1).await, changes(&server).await);

    for client in [jane, server.admin()] {
        for (place, (api, end)) in ends(&client).into_iter().enumerate() {
            let answer = end.send().await;

            // Wethod's role is never absent, so that clearing it is no value at all.
            let status = if answer.status == 400 && place == 6 { 400 } else { 409 };
            assert_refused(&server, before, [(api, answer)], status).await;
        }
    }
}

#[tokio::test]
async fn an_owner_who_cannot_sign_in_does_not_count() {
    let server = senate().await;
    server
        .add(
            "senate",
            people![
                "Olga", role: "ROLE_OWNER", account: "blocked";
                "Otto", role: "ROLE_OWNER", archived: true;
                "Odo", role: "ROLE_OWNER", account: "none";
            ],
        )
        .await;
    let before = changes(&server).await;

    for (api, end) in ends(&server.admin()) {
        let answer = end.send().await;
        if answer.status != 400 {
            assert_refused(&server, before, [(api, answer)], 409).await;
        }
    }
}

#[tokio::test]
async fn one_of_two_owners_may_go_and_the_other_may_not() {
    let server = senate().await;
    server.add("senate", people!["Olga", number: 9, uuid: "6fe49ce4-56d4-475f-9483-000000000009", role: "ROLE_OWNER"]).await;
    let admin = server.admin();

    assert_eq!(admin.call(Api::ProofHub, "DELETE", "/api/v3/people/9").send().await.status, 204);

    let before = changes(&server).await;
    let answer = admin.call(Api::ProofHub, "DELETE", "/api/v3/people/1").send().await;
    assert_refused(&server, before, [(Api::ProofHub, answer)], 409).await;
}

#[tokio::test]
async fn of_two_owners_who_go_at_once_one_stays() {
    for _ in 0..5 {
        let server = senate().await;
        server.add("senate", people!["Olga", number: 9, uuid: "6fe49ce4-56d4-475f-9483-000000000009", role: "ROLE_OWNER"]).await;
        let admin = server.admin();

        let (jane, olga) = tokio::join!(
            write(&admin, Api::Wethod, "PATCH", "/api/persons/1", json!({ "is_archived": true })).send(),
            admin.call(Api::Modulo, "DELETE", "/api/organization/people/6fe49ce4-56d4-475f-9483-000000000009").send(),
        );

        let statuses = (jane.status, olga.status);
        assert!(statuses == (200, 409) || statuses == (409, 204), "{statuses:?}");
    }
}

#[tokio::test]
async fn a_personal_token_follows_its_owners_role_at_once() {
    let server = senate().await;
    let (admin, norma) = (server.admin(), own_token(&server, 3).await);
    let change = || write(&norma, Api::Wethod, "PATCH", "/api/persons/4", json!({ "has_timesheet_required": true })).send();

    Api::Wethod.assert_refusal(&change().await, 403);
    give(&admin, 3, ADMIN).await;
    assert_eq!(change().await.status, 200);
    give(&admin, 3, CLIENT).await;
    Api::Wethod.assert_refusal(&change().await, 403);
    for (api, answer) in server.each_api(&norma, |_, call| call).await {
        api.assert_refusal(&answer, 403);
    }
}

#[tokio::test]
async fn a_personal_token_dies_and_revives_with_its_owner() {
    let server = senate().await;
    let (admin, norma) = (server.admin(), own_token(&server, 3).await);
    let suspend = |suspended: bool| write(&admin, Api::ProofHub, "PUT", "/api/v3/people/3", json!({ "suspended": suspended })).send();

    assert_eq!(norma.people(Api::Modulo).await.status, 200);
    suspend(true).await;
    for (api, answer) in server.each_api(&norma, |_, call| call).await {
        api.assert_refusal(&answer, 401);
    }
    suspend(false).await;
    assert_eq!(norma.people(Api::Modulo).await.status, 200);
    admin.call(Api::ProofHub, "DELETE", "/api/v3/people/3").send().await;
    Api::Modulo.assert_refusal(&norma.people(Api::Modulo).await, 401);
}

#[tokio::test]
async fn an_owners_token_that_was_made_for_less_grants_no_more_than_that() {
    let server = senate().await;
    let owner = TokenOwner::Person(slug("senate"), PersonNumber::new(1).expect("a number"));
    let scopes = Scopes::new([Scope::PeopleRead, Scope::PeopleWrite]);
    let new = NewToken { owner, scopes, name: "test".to_owned(), expires_in_seconds: None, quirks: Quirks::none() };
    let jane = server.bearer(server.directory.create_token(new).await.expect("a token").reveal(), Some("senate"));
    let before = changes(&server).await;

    assert_refused(&server, before, give(&jane, 3, OWNER).await, 403).await;
    assert_refused(&server, before, give(&jane, 3, ADMIN).await, 403).await;
}

#[tokio::test]
async fn who_may_not_write_groups_puts_nobody_into_one() {
    let server = senate().await;
    server.add_groups("senate", crate::support::group("Board", &[3])).await;
    let (narrow, before) = (server.holder_of(&[Scope::PeopleRead, Scope::PeopleWrite]).await, changes(&server).await);
    let body = json!({ "first_name": "Eve", "email": "eve@example.org", "groups": [1] });

    let answers = [
        write(&narrow, Api::ProofHub, "PUT", "/api/v3/people/1", json!({ "groups": [1] })).send().await,
        write(&narrow, Api::ProofHub, "PUT", "/api/v3/people/3", json!({ "groups": [] })).send().await,
        write(&narrow, Api::ProofHub, "POST", "/api/v3/people", body).send().await,
    ];

    assert_refused(&server, before, answers.map(|answer| (Api::ProofHub, answer)), 403).await;
}
