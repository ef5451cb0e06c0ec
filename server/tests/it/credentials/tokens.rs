//! Tokens: made, expired, revoked, mistyped, used.

use crate::support::{Api, Client, TestServer, people, slug};
use rollcall_core::directory::{TokenOwner, TokenSummary};

/// A reader of the senate whose token ends after so many seconds.
async fn short_lived(server: &TestServer, seconds: i64) -> Client {
    let secret = server.token(TokenOwner::Organizations(vec![slug("senate")]), Some(seconds)).await;
    server.bearer(&secret, Some("senate"))
}

/// The one token in the list that ends.
async fn listed(server: &TestServer) -> TokenSummary {
    let tokens = server.directory.tokens(None).await.expect("tokens");
    tokens.into_iter().find(|token| token.expires_at.is_some()).expect("a token that ends")
}

#[tokio::test]
async fn a_token_works_until_it_expires() {
    let server = TestServer::with(people!["Jane"]).await;
    let client = short_lived(&server, 30).await;

    server.clock.advance_seconds(29);
    let alive = server.each_api(&client, |_, call| call).await;
    server.clock.advance_seconds(1);
    let expired = server.each_api(&client, |_, call| call).await;

    assert!(alive.iter().all(|(_, answer)| answer.status == 200));
    for (api, answer) in expired {
        api.assert_refusal(&answer, 401);
    }
}

#[tokio::test]
async fn a_revoked_token_is_refused_at_once() {
    let server = TestServer::with(people!["Jane"]).await;
    let client = short_lived(&server, 30).await;
    assert_eq!(client.people(Api::Seven).await.status, 200);

    server.directory.revoke_token(listed(&server).await.id).await.expect("a token");

    for (api, answer) in server.each_api(&client, |_, call| call).await {
        api.assert_refusal(&answer, 401);
    }
}

#[tokio::test]
async fn a_mistyped_token_is_refused() {
    let server = TestServer::start().await;
    let secret = server.reader().secret.expect("a secret");
    let last = if secret.ends_with('0') { "1" } else { "0" };

    for mistyped in
        [format!("{}{last}", &secret[..secret.len() - 1]), secret[1..].to_owned(), format!("{secret}0"), "é".to_owned(), String::new()]
    {
        for (api, answer) in server.each_api(&server.bearer(&mistyped, Some("senate")), |_, call| call).await {
            api.assert_refusal(&answer, 401);
        }
    }
}

#[tokio::test]
async fn a_token_of_another_database_is_refused() {
    let (ours, theirs) = (TestServer::start().await, TestServer::start().await);
    let client = ours.bearer(&theirs.reader().secret.expect("a secret"), Some("senate"));

    for (api, answer) in ours.each_api(&client, |_, call| call).await {
        api.assert_refusal(&answer, 401);
    }
}

#[tokio::test]
async fn every_bad_credential_gets_the_same_answer() {
    let server = TestServer::start().await;
    let expired = short_lived(&server, 1).await;
    server.clock.advance_seconds(2);

    let bad = [server.bearer("nonsense", Some("senate")), expired];
    for api in [Api::Modulo, Api::Wethod, Api::ProofHub] {
        let (first, second) = (bad[0].people(api).await, bad[1].people(api).await);

        assert_eq!(first.text(), second.text(), "{api:?}");
    }
}

#[tokio::test]
async fn the_list_of_tokens_shows_when_one_was_used() {
    let server = TestServer::start().await;
    let client = short_lived(&server, 3600).await;
    assert_eq!(listed(&server).await.last_used_at, None);
    server.clock.set("2025-01-01T00:10:00Z");

    client.people(Api::Wethod).await;
    server.directory.note_token_use().await.expect("a note");

    assert_eq!(listed(&server).await.last_used_at.map(|moment| moment.to_string()).as_deref(), Some("2025-01-01T00:10:00.000Z"));
}

#[tokio::test]
async fn the_last_use_never_goes_back() {
    let server = TestServer::start().await;
    let client = short_lived(&server, 7200).await;
    for time in ["2025-01-01T01:00:00Z", "2025-01-01T00:30:00Z"] {
        server.clock.set(time);
        client.people(Api::Wethod).await;
        server.directory.note_token_use().await.expect("a note");
    }

    let used = listed(&server).await.last_used_at;

    assert_eq!(used.map(|moment| moment.to_string()).as_deref(), Some("2025-01-01T01:00:00.000Z"));
}

#[tokio::test]
async fn a_refused_token_was_not_used() {
    let server = TestServer::start().await;
    let client = short_lived(&server, 1).await;
    server.clock.advance_seconds(2);

    client.people(Api::Wethod).await;
    server.directory.note_token_use().await.expect("a note");

    assert_eq!(listed(&server).await.last_used_at, None);
}

#[tokio::test]
async fn a_token_of_a_person_reads_its_organization() {
    let server = TestServer::with_both(people!["Jane"; "Omar"], people!["Zoe"]).await;

    let answer = server.person(1).await.people(Api::Wethod).await;

    assert_eq!(answer.items().len(), 2);
}

#[tokio::test]
async fn a_token_of_an_identity_enters_where_the_identity_is_linked() {
    let server = TestServer::with_both(people!["Jane"], people!["Zoe"; "Jane"]).await;
    let (_, jane) = server.identity("jane@example.com", &[("house", 2)]).await;

    assert_eq!(jane.people(Api::Modulo).await.items().len(), 2);
    let answer = jane.call(Api::Modulo, "GET", Api::Modulo.people()).below("senate").send().await;
    Api::Modulo.assert_refusal(&answer, 404);
}
