//! Whoever owns a token bounds it: by the scopes of the owner's role, and by whether the owner can sign in at all.

use crate::support::{Api, Client, TestServer, people, slug};
use rollcall_core::directory::{NewToken, TokenOwner};
use rollcall_core::domain::{Code, PersonNumber, Quirks, Scopes};

/// Somebody's token that names every scope.
async fn all_of(server: &TestServer, owner: TokenOwner) -> Client {
    let new = NewToken { owner, scopes: Scopes::all(), name: "test".to_owned(), expires_in_seconds: None, quirks: Quirks::none() };
    let secret = server.directory.create_token(new).await.expect("a token");
    server.bearer(secret.reveal(), Some("senate"))
}

async fn person(server: &TestServer, number: i64) -> Client {
    all_of(server, TokenOwner::Person(slug("senate"), PersonNumber::new(number).expect("a number"))).await
}

/// What a token may do in an organization, in the order of the scopes.
async fn privileges(client: &Client, organization: &str) -> Vec<String> {
    let answer = client.call(Api::Modulo, "GET", "/api/info/me/privileges").below(organization).send().await;
    answer.column("Name").iter().map(|name| name.as_str().expect("text").to_owned()).collect()
}

const OF_NORMAL_USERS: [&str; 3] = ["people:read", "groups:read", "organization:read"];

#[tokio::test]
async fn a_persons_token_does_what_the_persons_role_does_at_most() {
    let server = TestServer::with(people!["Jane", role: "ROLE_OWNER"; "Omar", role: "ROLE_ADMIN"; "Ann", role: "ROLE_CLIENT"]).await;

    let counts = [1, 2, 3].map(async |number| privileges(&person(&server, number).await, "senate").await.len());

    let [jane, omar, ann] = counts;
    assert_eq!((jane.await, omar.await, ann.await), (6, 5, 0));
}

#[tokio::test]
async fn a_persons_token_does_what_it_was_made_for_at_most() {
    let server = TestServer::with(people!["Jane", role: "ROLE_OWNER"]).await;

    assert_eq!(privileges(&server.person(1).await, "senate").await, OF_NORMAL_USERS);
}

#[tokio::test]
async fn who_has_no_role_has_that_of_the_organization() {
    let server = TestServer::with(people!["Jane"]).await;

    assert_eq!(privileges(&person(&server, 1).await, "senate").await, OF_NORMAL_USERS);
}

#[tokio::test]
async fn an_identitys_token_is_bounded_in_each_organization_by_its_role_there() {
    let server = TestServer::with_both(people!["Jane", role: "ROLE_OWNER"], people!["Zoe"; "Jane", role: "ROLE_CLIENT"]).await;
    let (identity, _) = server.identity("jane@example.com", &[("senate", 1), ("house", 2)]).await;
    let jane = all_of(&server, TokenOwner::Identity(identity)).await;

    assert_eq!((privileges(&jane, "senate").await.len(), privileges(&jane, "house").await.len()), (6, 0));
    let answer = jane.call(Api::Modulo, "GET", Api::Modulo.people()).below("house").send().await;
    Api::Modulo.assert_refusal(&answer, 403);
}

#[tokio::test]
async fn a_role_that_is_taken_away_takes_its_scopes_from_tokens_that_live() {
    let server = TestServer::with(people!["Jane", number: 1, role: "ROLE_ADMIN"]).await;
    let jane = person(&server, 1).await;
    assert!(privileges(&jane, "senate").await.contains(&"people:write".to_owned()));

    server.add("senate", people!["Jane", number: 1, role: "ROLE_CLIENT"]).await;

    for (api, answer) in server.each_api(&jane, |_, call| call).await {
        api.assert_refusal(&answer, 403);
    }
}

#[tokio::test]
async fn a_role_that_is_narrowed_narrows_tokens_that_live() {
    let server = TestServer::with(people!["Jane"]).await;
    let jane = person(&server, 1).await;
    let operator = server.directory.operator(&slug("senate")).await.expect("an organization");

    let only_groups = Scopes::parse("groups:read").expect("scopes");
    server.directory.change_role(&operator, Code::parse("ROLE_USER").expect("a code"), only_groups).await.expect("changed");

    assert_eq!(privileges(&jane, "senate").await, ["groups:read"]);
    Api::ProofHub.assert_refusal(&jane.people(Api::ProofHub).await, 403);
    assert_eq!(jane.proofhub("groups").await.status, 200);
}

#[tokio::test]
async fn the_token_of_a_person_who_cannot_sign_in_is_like_an_unknown_one() {
    for column in ["blocked", "none", "archived"] {
        let server = TestServer::with(people!["Jane", number: 1]).await;
        let jane = person(&server, 1).await;
        assert_eq!(jane.people(Api::Modulo).await.status, 200);

        let changed = match column {
            "archived" => people!["Jane", number: 1, archived: true],
            account => people!["Jane", number: 1, account: account],
        };
        server.add("senate", changed).await;

        for (api, answer) in server.each_api(&jane, |_, call| call).await {
            api.assert_refusal(&answer, 401);
        }
    }
}

#[tokio::test]
async fn an_identity_enters_where_its_person_can_sign_in_alone() {
    let server = TestServer::with_both(people!["Jane", number: 1], people!["Jane", number: 1]).await;
    let (_, jane) = server.identity("jane@example.com", &[("senate", 1), ("house", 1)]).await;

    server.add("house", people!["Jane", number: 1, account: "blocked"]).await;

    let answers = ["senate", "house", "nowhere"].map(|slug| jane.call(Api::Modulo, "GET", Api::Modulo.people()).below(slug).send());
    let [senate, house, nowhere] = answers;
    let (house, nowhere) = (house.await, nowhere.await);
    assert_eq!((senate.await.status, house.status, house.text()), (200, 404, nowhere.text()));
    // Nothing need be chosen where one is left.
    assert_eq!(jane.people(Api::Modulo).await.status, 200);
}

#[tokio::test]
async fn a_licence_that_cannot_be_used_is_not_shown() {
    let server = TestServer::with_both(people!["Jane", number: 1], people!["Jane", number: 1]).await;
    let (_, jane) = server.identity("jane@example.com", &[("senate", 1), ("house", 1)]).await;
    server.add("house", people!["Jane", number: 1, account: "blocked"]).await;

    assert_eq!(jane.seven("me/licenses").await.column("name"), ["The Senate"]);
}

#[tokio::test]
async fn the_list_of_tokens_names_the_organization_of_somebody_who_is_blocked() {
    let server = TestServer::with(people!["Jane", number: 1, account: "blocked"]).await;
    person(&server, 1).await;

    let tokens = server.directory.tokens(None).await.expect("tokens");

    let token = tokens.into_iter().find(|token| token.person.is_some()).expect("the token of a person");
    assert_eq!(token.organizations, [slug("senate")]);
}

#[tokio::test]
async fn an_organization_that_may_not_be_entered_is_told_before_a_scope_that_is_missing() {
    let server = TestServer::start().await;
    let nobody = server.holder_of(&[]).await;

    for slug in ["house", "nowhere"] {
        for (api, answer) in server.each_api(&nobody, |_, call| call.without("Wethod-Company").below(slug)).await {
            api.assert_refusal(&answer, 404);
        }
    }
}
