//! What the tokens of a sign-in may do, and where.

use super::{BACK, PAGE, Place, TOKEN, assert_invalid_grant, parameter, text};
use crate::support::{Answer, Api, people, slug};
use rollcall_core::directory::{PersonKey, Precondition};
use rollcall_core::domain::PersonNumber;
use serde_json::json;

/// What an access token may do in an organization.
async fn privileges(place: &Place, answer: &Answer, organization: &str) -> Vec<serde_json::Value> {
    let call = place.holder(answer).call(Api::Modulo, "GET", "/api/info/me/privileges");
    call.below(organization).send().await.column("Name")
}

/// Jane signs in below an organization.
async fn signed_in_below(place: &Place, organization: &str) -> Answer {
    let answer = place.sign_in_at(&format!("/{organization}{PAGE}?{}", place.query(""))).await;
    place.redeem(&parameter(&answer, "code").expect("a code")).await
}

#[tokio::test]
async fn an_application_does_for_somebody_what_both_may() {
    let place = Place::new().await;
    place.server.add("senate", people!["Jane", number: 1, role: "ROLE_OWNER"]).await;

    let answer = place.redeem(&place.code().await).await;

    assert_eq!(privileges(&place, &answer, "senate").await, ["people:read", "people:write"]);
    assert_eq!(privileges(&place, &answer, "house").await, ["people:read"]);
}

#[tokio::test]
async fn a_sign_in_below_an_organization_enters_that_one_alone() {
    let place = Place::new().await;

    let answer = signed_in_below(&place, "senate").await;

    assert_eq!(place.holder(&answer).modulo("").await.status, 200);
    assert_eq!(place.reads_people_of(&answer, "house").await, 404);
    let renewed = place.refresh(&text(&answer, "/refresh_token")).await;
    assert_eq!(place.reads_people_of(&renewed, "house").await, 404);
}

#[tokio::test]
async fn a_token_of_several_organizations_chooses_by_the_path() {
    let place = Place::new().await;

    let answer = place.redeem(&place.code().await).await;

    Api::Modulo.assert_refusal(&place.holder(&answer).modulo("").await, 400);
    assert_eq!((place.reads_people_of(&answer, "senate").await, place.reads_people_of(&answer, "house").await), (200, 200));
}

#[tokio::test]
async fn a_code_may_be_redeemed_below_an_organization_of_its_sign_in_alone() {
    let place = Place::new().await;
    let code = parameter(&place.sign_in_at(&format!("/senate{PAGE}?{}", place.query(""))).await, "code").expect("a code");
    let members = [("grant_type", "authorization_code"), ("code", code.as_str()), ("redirect_uri", BACK)];
    let below = async |organization: &str| place.ask_as(&place.application, &format!("/{organization}{TOKEN}"), &members).await;

    Api::Modulo.assert_refusal(&below("nowhere").await, 404);
    assert_invalid_grant(&below("house").await);
    assert_eq!(below("senate").await.status, 200);
}

#[tokio::test]
async fn an_application_enters_for_somebody_its_own_organizations_alone() {
    let mut place = Place::new().await;
    place.application = place.server.application_named("x", &["house"], "people:read", &[BACK]).await;

    let answer = place.redeem(&place.code().await).await;

    assert_eq!((place.reads_people_of(&answer, "senate").await, place.reads_people_of(&answer, "house").await), (404, 200));
}

#[tokio::test]
async fn a_role_that_is_narrowed_narrows_a_token_at_once() {
    let place = Place::new().await;
    let answer = place.redeem(&place.code().await).await;

    place.server.add("senate", people!["Jane", number: 1, role: "ROLE_CLIENT"]).await;

    assert_eq!((place.reads_people_of(&answer, "senate").await, place.reads_people_of(&answer, "house").await), (403, 200));
}

#[tokio::test]
async fn who_is_blocked_or_archived_can_neither_act_nor_sign_in_nor_refresh() {
    for change in [people!["Jane", number: 1, account: "blocked"], people!["Jane", number: 1, archived: true]] {
        let place = Place::new().await;
        let answer = signed_in_below(&place, "senate").await;

        place.server.add("senate", change).await;

        assert_eq!(place.reads_people_of(&answer, "senate").await, 404);
        assert_invalid_grant(&place.refresh(&text(&answer, "/refresh_token")).await);
        let again = place.sign_in_at(&format!("/senate{PAGE}?{}", place.query(""))).await;
        assert_eq!(parameter(&again, "error").as_deref(), Some("access_denied"));
    }
}

#[tokio::test]
async fn who_is_deleted_can_neither_act_nor_sign_in() {
    let place = Place::new().await;
    let answer = signed_in_below(&place, "senate").await;
    let operator = place.server.directory.operator(&slug("senate")).await.expect("an organization");

    let jane = PersonKey::Number(PersonNumber::new(1).expect("a number"));
    place.server.directory.delete_person(&operator, jane, &Precondition::default()).await.expect("deleted");

    assert_eq!(place.reads_people_of(&answer, "senate").await, 404);
    assert_invalid_grant(&place.refresh(&text(&answer, "/refresh_token")).await);
    let again = place.sign_in_at(&format!("/senate{PAGE}?{}", place.query(""))).await;
    assert_eq!(parameter(&again, "error").as_deref(), Some("access_denied"));
}

#[tokio::test]
async fn the_person_who_signed_in_is_the_tokens_own() {
    let place = Place::new().await;
    let answer = signed_in_below(&place, "senate").await;

    let me = place.holder(&answer).get(Api::Modulo, "/api/info/me").await;

    assert_eq!(me.at("/Name"), "Jane");
}

#[tokio::test]
async fn twentyfour_seven_offices_me_takes_the_token_of_a_sign_in() {
    let place = Place::new().await;
    let (both, one) = (place.redeem(&place.code().await).await, signed_in_below(&place, "house").await);

    let profile = place.holder(&both).seven("me").await;
    let licenses = place.holder(&one).seven("me/licenses").await;

    assert_eq!((profile.at("/id"), profile.at("/firstName")), (json!(place.identity.to_string()), json!("Jane")));
    assert_eq!(licenses.column("name"), ["The House"]);
}

#[tokio::test]
async fn tokens_of_sign_ins_are_not_among_those_that_people_made() {
    let place = Place::new().await;
    let before = place.server.directory.tokens(None).await.expect("tokens").len();

    place.redeem(&place.code().await).await;

    assert_eq!(place.server.directory.tokens(None).await.expect("tokens").len(), before);
}
