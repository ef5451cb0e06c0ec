//! People changed through ProofHub.

use super::{post, put};
use crate::support::{Api, TestServer, group, people};
use rollcall_core::domain::Scope;
use serde_json::{Value, json};

/// The contract's own example of an update.
const STELLA: &str = r#"{
    "first_name":"Stella",
    "last_name":"Altois",
    "email":"stella.altois@email.com",
    "role":"90391275",
    "language":"en"
}"#;

async fn with_jane() -> TestServer {
    let jane = people![_, given_name: "Jane", family_name: "Doe", email: "jane@example.com", title: "Chair", phone: "+47 1",
        description: "tall", custom_shoe: "41", employee_number: "7", time_zone: "Europe/Oslo"];
    TestServer::with(jane).await
}

#[tokio::test]
async fn the_contracts_own_example_changes_a_person() {
    let server = TestServer::with(people!["Stella Old", number: 11679192, email: "stella@email.com", role: "90391275"]).await;

    let answer = server.admin().call(Api::ProofHub, "PUT", "/api/v3/people/11679192").body("application/json", STELLA).send().await;

    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(answer.at("/last_name"), json!("Altois"));
    assert_eq!(answer.at("/email"), json!("stella.altois@email.com"));
    assert_eq!(server.reader().proofhub("people/11679192").await.text(), answer.text());
}

#[tokio::test]
async fn what_is_not_written_stays() {
    let server = with_jane().await;
    let before = server.reader().proofhub("people/1").await.json();

    let after = put(&server.admin(), "people/1", json!({ "title": "Speaker" })).await.json();

    for (member, value) in before.as_object().expect("an object").iter().filter(|(member, _)| *member != "title") {
        assert_eq!(&after[member], value, "{member}");
    }
    assert_eq!(after["title"], "Speaker");
}

#[tokio::test]
async fn what_proofhub_does_not_show_stays() {
    let server = with_jane().await;
    let seen = |answer: crate::support::Answer| ["/Phone", "/Description", "/CustomAttributes"].map(|member| answer.at(member));
    let before = seen(server.reader().modulo("").await);

    put(&server.admin(), "people/1", json!({ "first_name": "Joan", "suspended": true, "language": "fr", "projects": [1] })).await;

    assert_eq!(seen(server.reader().modulo("").await), before);
}

#[tokio::test]
async fn to_put_back_what_was_read_changes_nothing() {
    let everybody = people!["Ana de Souza"; _, email: "zoe@example.com"; "Omar", account: "blocked", time_zone: "America/Vancouver";
        "Liv", archived: true, language: "nb-NO", initials: "N"; _, given_name: "Jane", display_name: "Jane the Great"];
    let server = TestServer::with(everybody).await;
    server.add_groups("senate", group("Board", &[1, 3])).await;
    let before = server.reader().proofhub("people").await;
    server.clock.set("2026-01-01T00:00:00Z");

    for person in before.items() {
        let answer = put(&server.admin(), &format!("people/{}", person["id"]), person.clone()).await;

        assert_eq!((answer.status, answer.json()), (200, person));
    }

    let after = server.reader().proofhub("people").await;
    assert_eq!((after.text(), after.header("etag")), (before.text(), before.header("etag")));
}

#[tokio::test]
async fn a_part_of_a_whole_name_is_changed_alone() {
    let server = TestServer::with(people!["Ana de Souza"]).await;

    put(&server.admin(), "people/1", json!({ "first_name": "Anna" })).await;

    assert_eq!(server.reader().modulo("").await.column("Name"), ["Anna de Souza"]);
}

#[tokio::test]
async fn an_empty_text_or_null_clears() {
    let jane = people!["Jane Doe", title: "Chair", photo: "https://example.com/jane.png", profile_color: "#112233", initials: "N"];
    let server = TestServer::with(jane).await;
    let body = json!({ "last_name": "", "title": null, "image_url": null, "profile_color": null, "initials": "" });

    let after = put(&server.admin(), "people/1", body).await;

    let members = ["last_name", "title", "image_url", "profile_color", "initials"].map(|member| after.at(&format!("/{member}")));
    assert_eq!(members, [json!(""), json!(""), Value::Null, json!("#781f1f"), json!("J")]);
}

#[tokio::test]
async fn to_suspend_blocks_and_to_let_in_again_unblocks_and_unarchives() {
    let server = TestServer::with(people!["Jane"; "Liv", archived: true]).await;

    put(&server.admin(), "people/1", json!({ "suspended": true })).await;
    put(&server.admin(), "people/2", json!({ "suspended": false })).await;

    assert_eq!(server.reader().modulo("").await.column("Status"), ["Blocked", "Active"]);
    assert_eq!(server.reader().wethod("").await.column("is_archived"), [false, false]);
}

#[tokio::test]
async fn groups_are_written_whole() {
    let server = TestServer::with(people!["Jane"]).await;
    server.add_groups("senate", [group("Board", &[1]), group("Committee", &[1]), group("Choir", &[1])].concat()).await;

    let some = put(&server.admin(), "people/1", json!({ "groups": [3, 1] })).await;
    let none = put(&server.admin(), "people/1", json!({ "groups": [] })).await;

    assert_eq!((some.at("/groups"), none.at("/groups")), (json!([1, 3]), json!([])));
    assert_eq!(server.reader().proofhub("groups").await.column("assigned")[1..], [json!([]), json!([]), json!([])]);
}

#[tokio::test]
async fn the_groups_that_one_is_in_may_be_put_back_without_the_scope_for_groups() {
    let server = TestServer::with(people!["Jane"]).await;
    server.add_groups("senate", group("Board", &[1])).await;
    let writer = server.holder_of(&[Scope::PeopleRead, Scope::PeopleWrite]).await;

    let same = put(&writer, "people/1", json!({ "groups": [1], "title": "Chair" })).await;
    let other = put(&writer, "people/1", json!({ "groups": [] })).await;

    assert_eq!(same.status, 200);
    Api::ProofHub.assert_refusal(&other, 403);
}

#[tokio::test]
async fn any_row_of_the_zone_that_is_kept_may_be_put() {
    let server = TestServer::with(people!["Jane", time_zone: "America/Anchorage"; "Omar", time_zone: "Europe/Oslo"]).await;

    let answers = [
        put(&server.admin(), "people/1", json!({ "timezone": 13 })).await,
        put(&server.admin(), "people/2", json!({ "timezone": 52 })).await,
        put(&server.admin(), "people/2", json!({ "timezone": "47" })).await,
    ];

    assert_eq!(answers.map(|answer| answer.at("/timezone")), [json!(13), json!(52), json!(47)]);
}

#[tokio::test]
async fn every_row_of_the_list_of_time_zones_is_shown_as_it_was_put() {
    let server = TestServer::with(people!["Jane"]).await;
    let rows = server.reader().proofhub("timezones").await.column("id");

    let mut shown = Vec::new();
    for row in &rows {
        put(&server.admin(), "people/1", json!({ "timezone": row })).await;
        shown.push(server.reader().proofhub("people/1").await.at("/timezone"));
    }

    assert_eq!((shown.len(), shown), (150, rows));
}

#[tokio::test]
async fn a_row_that_was_put_is_shown_until_the_zone_is_another() {
    let server = TestServer::with(people!["Jane", number: 1]).await;
    let mut shown = Vec::new();

    put(&server.admin(), "people/1", json!({ "timezone": 13 })).await;
    for zone in ["America/Anchorage", "Asia/Tokyo", "America/Juneau"] {
        server.add("senate", people!["Jane", number: 1, time_zone: zone]).await;
        shown.push(server.reader().proofhub("people/1").await.at("/timezone"));
    }

    assert_eq!(shown, [json!(13), json!(130), json!(13)]);
}

#[tokio::test]
async fn another_row_of_the_zone_leaves_the_zone_that_other_apis_show() {
    let server = TestServer::with(people!["Jane", time_zone: "America/Vancouver"]).await;
    let (_, jane) = server.identity("jane@example.com", &[("senate", 1)]).await;

    let answer = put(&server.admin(), "people/1", json!({ "timezone": 14 })).await;

    assert_eq!(answer.at("/timezone"), json!(14));
    assert_eq!(jane.seven("me").await.at("/timeZone"), json!("America/Vancouver"));
}

#[tokio::test]
async fn a_write_that_changes_something_moves_updated_at_and_another_does_not() {
    let server = with_jane().await;
    server.clock.set("2026-01-01T00:00:00Z");

    let same = put(&server.admin(), "people/1", json!({ "title": "Chair" })).await;
    let other = put(&server.admin(), "people/1", json!({ "title": "Speaker" })).await;

    assert_eq!(same.at("/updated_at"), json!("2025-01-01T00:00:00+00:00"));
    assert_eq!(other.at("/updated_at"), json!("2026-01-01T00:00:00+00:00"));
    assert_eq!(other.at("/created_at"), json!("2025-01-01T00:00:00+00:00"));
}

#[tokio::test]
async fn an_address_that_another_has_is_a_conflict() {
    let server = TestServer::with(people!["Jane", email: "jane@example.com"; "Omar", email: "omar@example.com"]).await;

    let taken = put(&server.admin(), "people/2", json!({ "email": "JANE@example.com", "title": "Chair" })).await;
    let own = put(&server.admin(), "people/2", json!({ "email": "OMAR@example.com" })).await;

    Api::ProofHub.assert_refusal(&taken, 409);
    assert_eq!((own.status, own.at("/email"), own.at("/title")), (200, json!("OMAR@example.com"), json!("")));
}

#[tokio::test]
async fn who_shares_an_address_already_may_be_changed_otherwise() {
    let server =
        TestServer::with(people!["Jane", external_id: "A", email: "both@example.com"; "Omar", external_id: "B", email: "both@example.com"])
            .await;

    let answer = put(&server.admin(), "people/2", json!({ "email": "both@example.com", "title": "Chair" })).await;

    assert_eq!((answer.status, answer.at("/title")), (200, json!("Chair")));
}

#[tokio::test]
async fn who_may_write_and_not_read_is_shown_nobody() {
    let server = TestServer::with(people!["Jane", title: "Chair"]).await;
    let writer = server.holder_of(&[Scope::PeopleWrite]).await;

    let answer = put(&writer, "people/1", json!({ "title": "Speaker" })).await;

    Api::ProofHub.assert_refusal(&answer, 403);
    assert!(answer.text().contains("people:read"), "{}", answer.text());
    assert_eq!(server.reader().proofhub("people/1").await.at("/title"), json!("Chair"));
}

#[tokio::test]
async fn who_was_made_here_can_be_changed_by_the_same_body() {
    let server = TestServer::start().await;
    let body = json!({ "first_name": "Ana", "last_name": "de Souza", "email": "ana@example.com", "language": "en" });
    let made = post(&server.admin(), "people", body.clone()).await;

    let changed = put(&server.admin(), "people/1", body).await;

    assert_eq!(changed.text(), made.text());
}
