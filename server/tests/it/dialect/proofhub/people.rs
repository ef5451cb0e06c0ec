//! The person as ProofHub shows it.

use crate::support::{Api, TestServer, group, people};
use rollcall_core::domain::Scope;
use serde_json::{Value, json};

const MEMBERS: [&str; 18] = [
    "created_at",
    "email",
    "first_name",
    "groups",
    "id",
    "image_url",
    "initials",
    "language",
    "last_active",
    "last_name",
    "profile_color",
    "projects",
    "role",
    "send_invite",
    "suspended",
    "timezone",
    "title",
    "updated_at",
];

#[tokio::test]
async fn a_person_has_the_members_of_the_contract() {
    let server = TestServer::with(people!["Jane", custom_shoe: "41"]).await;

    assert_eq!(server.reader().proofhub("people").await.members(), MEMBERS);
}

#[tokio::test]
async fn absent_names_are_empty_texts() {
    let server = TestServer::with(people![_, email: "jane@example.com"]).await;

    let answer = server.reader().proofhub("people/1").await;

    assert_eq!((answer.at("/first_name"), answer.at("/last_name")), (json!(""), json!("")));
}

#[tokio::test]
async fn the_plain_members_are_told() {
    let jane = people![_, given_name: "Jane", family_name: "Doe", title: "Manager", email: "jane@example.com", initials: "N",
        profile_color: "#781f1f", language: "fr", send_invite: true, photo: "https://example.com/jane.png"];
    let server = TestServer::with(jane).await;

    let answer = server.reader().proofhub("people/1").await;

    for (member, value) in [
        ("first_name", json!("Jane")),
        ("last_name", json!("Doe")),
        ("title", json!("Manager")),
        ("email", json!("jane@example.com")),
        ("initials", json!("N")),
        ("profile_color", json!("#781f1f")),
        ("language", json!("fr")),
        ("send_invite", json!(true)),
        ("image_url", json!("https://example.com/jane.png")),
    ] {
        assert_eq!(answer.at(&format!("/{member}")), value, "{member}");
    }
}

#[tokio::test]
async fn a_person_without_a_picture_has_no_image_url() {
    let server = TestServer::with(people!["Jane"]).await;

    assert_eq!(server.reader().proofhub("people/1").await.at("/image_url"), Value::Null);
}

#[tokio::test]
async fn a_color_is_always_a_color() {
    let server = TestServer::with(people!["Jane"]).await;

    let color = server.reader().proofhub("people/1").await.at("/profile_color");

    let color = color.as_str().expect("a text");
    assert!(color.len() == 7 && color.starts_with('#') && color[1..].bytes().all(|byte| byte.is_ascii_hexdigit()), "{color}");
}

#[tokio::test]
async fn role_is_an_object_with_the_roles_number() {
    let server = TestServer::with(people!["Jane", role: "903912753"]).await;

    assert_eq!(server.reader().proofhub("people/1").await.at("/role"), json!({ "id": 903_912_753 }));
}

#[tokio::test]
async fn groups_are_the_numbers_of_the_persons_groups() {
    let server = TestServer::with(people!["Jane"; "Omar"]).await;
    server.add_groups("senate", [group("Board", &[1]), group("Committee", &[1, 2])].concat()).await;

    assert_eq!(server.reader().proofhub("people").await.column("groups"), [json!([1, 2]), json!([2])]);
}

#[tokio::test]
async fn one_person_has_the_same_groups_as_in_the_list() {
    let server = TestServer::with(people!["Jane"]).await;
    server.add_groups("senate", group("Board", &[1])).await;

    let (list, one) = (server.reader().proofhub("people").await, server.reader().proofhub("people/1").await);

    assert_eq!(one.json(), list.at("/0"));
}

#[tokio::test]
async fn projects_are_ids() {
    let server = TestServer::with(people!["Jane", projects: [23423233, 23423234]; "Omar"]).await;

    assert_eq!(server.reader().proofhub("people").await.column("projects"), [json!([23_423_233, 23_423_234]), json!([])]);
}

#[tokio::test]
async fn suspended_is_blocked_or_archived() {
    let server = TestServer::with(people!["A"; "B", account: "blocked"; "C", archived: true; "D", account: "none"]).await;

    assert_eq!(server.reader().proofhub("people").await.column("suspended"), [false, true, true, false]);
}

#[tokio::test]
async fn moments_are_spelled_to_the_letter() {
    let server = TestServer::start_at("2016-09-16T10:39:25.999Z").await;
    server.add("senate", people!["Jane", last_active_at: "2016-09-19T06:17:22.5Z", created_at: "2015-01-02T03:04:05Z"]).await;

    let answer = server.reader().proofhub("people/1").await;

    assert_eq!(answer.at("/last_active"), json!("2016-09-19T06:17:22+00:00"));
    assert_eq!(answer.at("/created_at"), json!("2015-01-02T03:04:05+00:00"));
}

#[tokio::test]
async fn a_moment_between_two_seconds_has_no_fraction() {
    let server = TestServer::start_at("2016-09-16T10:39:25.500Z").await;
    server.add("senate", people!["Jane"]).await;

    let answer = server.reader().proofhub("people/1").await;

    assert_eq!(answer.at("/updated_at"), json!("2016-09-16T10:39:25+00:00"));
}

#[tokio::test]
async fn a_time_zone_is_the_id_of_its_row() {
    let zones = people!["A", time_zone: "Pacific/Honolulu"; "B", time_zone: "America/Tijuana"; "C", time_zone: "America/Mazatlan"];
    let server = TestServer::with(zones).await;

    assert_eq!(server.reader().proofhub("people").await.column("timezone"), [12, 15, 18]);
}

#[tokio::test]
async fn of_several_rows_with_one_zone_the_zones_own_city_is_shown() {
    let zones = people!["A", time_zone: "Europe/London"; "B", time_zone: "Asia/Kolkata"; "C", time_zone: "Asia/Tokyo"];
    let server = TestServer::with(zones).await;

    assert_eq!(server.reader().proofhub("people").await.column("timezone"), [47, 103, 130]);
}

#[tokio::test]
async fn a_zone_like_none_of_the_list_is_the_nearest_or_utc() {
    let zones = people!["A", time_zone: "America/Vancouver"; "B", time_zone: "America/Winnipeg"; "C", time_zone: "Pacific/Chatham"; "D"];
    let server = TestServer::with(zones).await;

    assert_eq!(server.reader().proofhub("people").await.column("timezone"), [4, 7, 49, 49]);
}

#[tokio::test]
async fn an_absent_person_is_not_found() {
    let server = TestServer::with(people!["Jane"]).await;

    for id in ["2", "0", "-1", "4294967297", "jane"] {
        let answer = server.reader().proofhub(&format!("people/{id}")).await;

        assert!(answer.status == 404 || (answer.status == 400 && id != "2"), "{id}: {}", answer.status);
        Api::ProofHub.assert_refusal(&answer, answer.status);
    }
}

#[tokio::test]
async fn people_need_the_scope_to_read_people() {
    let server = TestServer::with(people!["Jane"]).await;
    let caller = server.holder_of(&[Scope::OrganizationRead, Scope::GroupsRead]).await;

    Api::ProofHub.assert_refusal(&caller.proofhub("people").await, 403);
}
