//! Each API reads its own credential header and ignores the others'.

use crate::support::{Api, TestServer, people};

/// The secret of a client.
fn secret(server: &TestServer) -> String {
    server.reader().secret.expect("a secret")
}

#[tokio::test]
async fn one_token_works_in_every_api() {
    let server = TestServer::with(people!["Jane"]).await;

    for (api, answer) in server.each_api(&server.reader(), |_, call| call).await {
        assert_eq!(answer.items().len(), 1, "{api:?}");
    }
}

#[tokio::test]
async fn a_stranger_is_refused_in_each_apis_own_shape() {
    let server = TestServer::start().await;

    for (api, answer) in server.each_api(&server.anonymous(), |_, call| call).await {
        api.assert_refusal(&answer, 401);
    }
}

#[tokio::test]
async fn schemes_have_any_case() {
    let server = TestServer::with(people!["Jane"]).await;
    let secret = secret(&server);

    for (api, scheme) in [(Api::Seven, "bearer"), (Api::Wethod, "BEARER"), (Api::Modulo, "oauth2"), (Api::Modulo, "OAUTH2")] {
        let call = server.anonymous().call(api, "GET", api.people()).header("Authorization", &format!("{scheme} {secret}"));

        assert_eq!(call.send().await.items().len(), 1, "{api:?} {scheme}");
    }
}

#[tokio::test]
async fn risk_manager_takes_bearer_too() {
    let server = TestServer::with(people!["Jane"]).await;
    let bearer = format!("Bearer {}", secret(&server));

    let call = server.anonymous().call(Api::Modulo, "GET", Api::Modulo.people()).header("Authorization", &bearer);

    assert_eq!(call.send().await.items().len(), 1);
}

#[tokio::test]
async fn a_scheme_of_another_api_is_none() {
    let server = TestServer::start().await;
    let secret = secret(&server);

    for (api, scheme) in [(Api::Seven, "OAuth2"), (Api::Wethod, "OAuth2"), (Api::Modulo, "Basic"), (Api::Modulo, "Token")] {
        let call = server.anonymous().call(api, "GET", api.people()).header("Authorization", &format!("{scheme} {secret}"));

        api.assert_refusal(&call.send().await, 401);
    }
}

#[tokio::test]
async fn a_key_in_another_apis_header_is_none() {
    let server = TestServer::start().await;
    let secret = secret(&server);

    for (api, answer) in server
        .each_api(&server.anonymous(), |api, call| match api {
            Api::ProofHub => call.header("Authorization", &format!("Bearer {secret}")),
            Api::Seven | Api::Modulo | Api::Wethod | Api::Scim => call.header("X-API-KEY", &secret),
        })
        .await
    {
        api.assert_refusal(&answer, 401);
    }
}

#[tokio::test]
async fn a_bad_credential_in_another_apis_header_is_ignored() {
    let server = TestServer::with(people!["Jane"]).await;

    for (api, answer) in server
        .each_api(&server.reader(), |api, call| match api {
            Api::ProofHub => call.header("Authorization", "Bearer nonsense"),
            Api::Seven | Api::Modulo | Api::Wethod | Api::Scim => call.header("X-API-KEY", "nonsense"),
        })
        .await
    {
        assert_eq!(answer.items().len(), 1, "{api:?}");
    }
}

#[tokio::test]
async fn a_credential_in_the_query_string_is_none() {
    let server = TestServer::start().await;
    let secret = secret(&server);

    for api in Api::ALL {
        let answer = server.anonymous().get(api, &format!("{}?access_token={secret}&api_key={secret}", api.people())).await;

        api.assert_refusal(&answer, 401);
    }
}

#[tokio::test]
async fn two_credentials_are_none() {
    let server = TestServer::start().await;
    let secret = secret(&server);

    for api in Api::ALL {
        let (name, value) = api.credential(&secret);
        let lines = format!("{name}: {value}\r\n{name}: {value}\r\n");
        let answer = server.say(&format!("GET {} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{lines}\r\n", api.people())).await;

        api.assert_refusal(&answer, 401);
    }
}
