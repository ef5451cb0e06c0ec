//! Each vendor's own rate, or the one that an operator chose.

use super::{limited_everywhere, retry_after, vendor_rates};
use crate::support::{Answer, Api, Client, TestServer};
use rollcall::config::{Inputs, Settings};
use rollcall::dialect::ROOMS;
use rollcall::http::{LimitSettings, Rate};
use serde_json::json;
use std::time::Duration;

/// The statuses of so many requests for the list of people.
async fn statuses(client: &Client, api: Api, requests: usize) -> Vec<u16> {
    let mut statuses = Vec::new();
    for _ in 0..requests {
        statuses.push(client.people(api).await.status);
    }
    statuses
}

async fn refused(server: &TestServer, client: &Client, api: Api) -> Answer {
    let answer = client.people(api).await;
    api.assert_refusal(&answer, 429);
    server.clock.advance_seconds(i64::try_from(retry_after(&answer)).expect("few seconds"));
    answer
}

#[tokio::test]
async fn the_26th_request_to_proofhub_is_told_when_to_come_back() {
    let server = TestServer::limited(vendor_rates()).await;
    let reader = server.reader();
    assert_eq!(statuses(&reader, Api::ProofHub, 25).await, [200; 25]);

    let answer = refused(&server, &reader, Api::ProofHub).await;

    assert_eq!((answer.header("retry-after"), answer.at("/code")), (Some("1"), json!(429)));
    assert_eq!(reader.people(Api::ProofHub).await.status, 200);
}

#[tokio::test]
async fn ten_quiet_seconds_bring_all_of_proofhubs_requests_back() {
    let server = TestServer::limited(vendor_rates()).await;
    let reader = server.reader();
    statuses(&reader, Api::ProofHub, 26).await;

    server.clock.advance_seconds(10);

    assert_eq!(statuses(&reader, Api::ProofHub, 26).await, [[200; 25].as_slice(), &[429]].concat());
}

#[tokio::test]
async fn the_5001st_request_to_wethod_has_both_headers_and_the_error_of_that_api() {
    let server = TestServer::limited(vendor_rates()).await;
    let reader = server.reader();
    assert_eq!(reader.call(Api::Wethod, "GET", "/api/clients").good_of(5000).await, 5000);

    let answer = refused(&server, &reader, Api::Wethod).await;

    assert_eq!((answer.header("retry-after"), answer.header("x-ratelimit-retry-after")), (Some("1"), Some("1")));
    assert_eq!(answer.at("/key"), json!("too_many_requests"));
    assert_eq!(reader.people(Api::Wethod).await.status, 200);
}

#[tokio::test]
async fn the_other_vendors_name_no_rate() {
    let server = TestServer::limited(vendor_rates()).await;

    for api in [Api::Seven, Api::Modulo] {
        assert_eq!(statuses(&server.reader(), api, 60).await, [200; 60], "{api:?}");
    }
}

#[tokio::test]
async fn every_api_refuses_in_its_own_shape_and_says_when_to_come_back() {
    let server = limited_everywhere(1, 90).await;
    let reader = server.reader();

    for api in Api::ALL {
        assert_eq!(reader.people(api).await.status, 200, "{api:?}");
        let answer = reader.people(api).await;

        api.assert_refusal(&answer, 429);
        assert_eq!(retry_after(&answer), 90, "{api:?}");
    }
}

#[tokio::test]
async fn two_tokens_do_not_share() {
    let server = limited_everywhere(1, 90).await;
    refused_at_last(&server.reader(), Api::ProofHub).await;

    assert_eq!(server.admin().people(Api::ProofHub).await.status, 200);
}

#[tokio::test]
async fn an_application_has_no_more_with_another_token() {
    let server = limited_everywhere(1, 90).await;
    let application = server.application(&["senate"]).await;
    let body = json!({
        "grant_type": "client_credentials",
        "client_id": application.client_id,
        "client_secret": application.client_secret.reveal(),
    });
    let mut statuses = Vec::new();

    for _ in 0..2 {
        let given = server.call("POST", "/oauth/token").body("application/json", body.to_string()).send().await;
        let token = given.at("/access_token").as_str().expect("a token").to_owned();
        statuses.push(server.bearer(&token, Some("senate")).people(Api::Wethod).await.status);
    }

    assert_eq!(statuses, [200, 429]);
}

#[tokio::test]
async fn one_token_in_two_apis_does_not_share() {
    let server = limited_everywhere(1, 90).await;
    refused_at_last(&server.reader(), Api::ProofHub).await;

    assert_eq!(server.reader().people(Api::Wethod).await.status, 200);
}

#[tokio::test]
async fn one_token_at_two_addresses_of_one_api_shares() {
    let server = limited_everywhere(1, 90).await;
    refused_at_last(&server.reader(), Api::ProofHub).await;

    let others = ["/v3/people", "/senate/api/v3/people", "/api/v3/roles/1"];

    for target in others {
        assert_eq!(server.reader().get(Api::ProofHub, target).await.status, 429, "{target}");
    }
}

#[tokio::test]
async fn every_method_and_every_refusal_counts() {
    let server = limited_everywhere(3, 90).await;
    let nobody = server.holder_of(&[]).await;
    let calls = [("GET", "/api/v3/people"), ("HEAD", "/api/v3/people"), ("GET", "/api/v3/groups/1")];
    for (method, target) in calls {
        assert_eq!(nobody.call(Api::ProofHub, method, target).send().await.status, 403, "{method} {target}");
    }

    assert_eq!(nobody.people(Api::ProofHub).await.status, 429);
}

#[tokio::test]
async fn a_bad_key_uses_nothing_of_a_good_one() {
    let server = limited_everywhere(1, 90).await;
    let mistyped = server.bearer("rollcall_mistyped", Some("senate"));
    assert_eq!(statuses(&mistyped, Api::ProofHub, 5).await, [401; 5]);
    assert_eq!(statuses(&server.anonymous(), Api::ProofHub, 5).await, [401; 5]);

    assert_eq!(server.reader().people(Api::ProofHub).await.status, 200);
}

#[tokio::test]
async fn rates_can_be_switched_off() {
    let rates = [("proofhub".to_owned(), Some(Rate::new(1, Duration::from_secs(90))))].into();
    let server = TestServer::limited(LimitSettings { vendor_rates: false, rates, ..LimitSettings::default() }).await;

    assert_eq!(statuses(&server.reader(), Api::ProofHub, 30).await, [200; 30]);
}

#[tokio::test]
async fn one_rate_can_be_switched_off() {
    let server = TestServer::limited(LimitSettings { rates: [("proofhub".to_owned(), None)].into(), ..vendor_rates() }).await;

    assert_eq!(statuses(&server.reader(), Api::ProofHub, 30).await, [200; 30]);
}

#[test]
fn every_api_has_a_setting_whose_default_is_the_vendors_own_rate() {
    let rates = Settings::load(&Inputs::default()).expect("settings").http.limits.rates;

    let own: Vec<_> = ROOMS.iter().map(|room| (room.name, Some(room.rate))).collect();
    let set: Vec<_> = ROOMS.iter().map(|room| (room.name, rates.get(room.name).copied())).collect();
    assert_eq!((set, rates.len()), (own, ROOMS.len()));
}

/// Asks until the rate is used up.
async fn refused_at_last(client: &Client, api: Api) {
    assert_eq!(statuses(client, api, 2).await, [200, 429]);
}
