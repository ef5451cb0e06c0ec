//! Refresh tokens: each is used once, and one that comes again ends them all.

use super::{Place, TOKEN, assert_invalid_grant, text};
use serde_json::json;

/// Half a year, in seconds.
const REFRESH_TTL: i64 = 15_552_000;

#[tokio::test]
async fn a_refresh_token_gives_new_tokens_in_place_of_it() {
    let place = Place::new().await;
    let first = place.redeem(&place.code().await).await;

    let second = place.refresh(&text(&first, "/refresh_token")).await;

    assert_eq!(second.members(), ["access_token", "expires_in", "refresh_token", "scope", "token_type"]);
    assert_eq!(second.at("/expires_in"), json!("86400"));
    assert_ne!(text(&first, "/refresh_token"), text(&second, "/refresh_token"));
    assert_eq!(place.reads_people_of(&second, "senate").await, 200);
}

#[tokio::test]
async fn an_access_token_ends_after_a_day_and_is_renewed() {
    let place = Place::new().await;
    let first = place.redeem(&place.code().await).await;

    place.server.clock.advance_seconds(86_400);
    let ended = place.reads_people_of(&first, "senate").await;
    let second = place.refresh(&text(&first, "/refresh_token")).await;

    assert_eq!((ended, place.reads_people_of(&second, "senate").await), (401, 200));
}

#[tokio::test]
async fn a_refresh_token_ends_after_half_a_year() {
    let place = Place::new().await;
    let first = place.redeem(&place.code().await).await;

    place.server.clock.advance_seconds(REFRESH_TTL - 1);
    let second = place.refresh(&text(&first, "/refresh_token")).await;
    place.server.clock.advance_seconds(REFRESH_TTL);

    assert_eq!(second.status, 200);
    assert_invalid_grant(&place.refresh(&text(&second, "/refresh_token")).await);
}

#[tokio::test]
async fn a_refresh_token_that_comes_again_ends_them_all() {
    let place = Place::new().await;
    let first = place.redeem(&place.code().await).await;
    let second = place.refresh(&text(&first, "/refresh_token")).await;

    let again = place.refresh(&text(&first, "/refresh_token")).await;

    assert_invalid_grant(&again);
    for answer in [&first, &second] {
        assert_eq!(place.reads_people_of(answer, "senate").await, 401);
    }
    assert_invalid_grant(&place.refresh(&text(&second, "/refresh_token")).await);
}

#[tokio::test]
async fn another_clients_refresh_token_is_none() {
    let place = Place::new().await;
    let other = place.server.application(&["senate"]).await;
    let first = place.redeem(&place.code().await).await;
    let token = text(&first, "/refresh_token");

    assert_invalid_grant(&place.ask_as(&other, TOKEN, &[("grant_type", "refresh_token"), ("refresh_token", &token)]).await);
    assert_eq!(place.refresh(&token).await.status, 200);
}

#[tokio::test]
async fn a_token_of_another_kind_is_no_refresh_token_and_the_reverse() {
    let place = Place::new().await;
    let first = place.redeem(&place.code().await).await;

    assert_invalid_grant(&place.refresh(&text(&first, "/access_token")).await);
    let client = place.server.bearer(&text(&first, "/refresh_token"), Some("senate"));
    assert_eq!(client.modulo("").await.status, 401);
}

#[tokio::test]
async fn a_new_password_ends_every_sign_in() {
    let place = Place::new().await;
    let first = place.redeem(&place.code().await).await;

    place.server.directory.set_password(place.identity, "another long password").await.expect("a password");

    assert_eq!(place.reads_people_of(&first, "senate").await, 401);
    assert_invalid_grant(&place.refresh(&text(&first, "/refresh_token")).await);
}
