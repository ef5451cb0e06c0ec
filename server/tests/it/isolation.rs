//! A credential of one organization finds nothing of another, and cannot even tell that it is there.

mod writes;

use crate::support::{Api, Call, Client, TestServer, group, people};
use rollcall_core::directory::Line;
use serde_json::{Value, json};

const UUID: &str = "6fe49ce4-56d4-475f-9483-1adca6b2976c";

/// People of the same names, external ids and logins as in the senate, and one whom only the house has.
fn house() -> Vec<Line> {
    people![
        "Jane Doe", external_id: "X1", login: "jane", email: "jane@house.example.org";
        "Omar", external_id: "X2", email: "omar@house.example.org";
        "Zoe", number: 77, uuid: UUID, email: "zoe@house.example.org", job_title: "Whip";
    ]
}

async fn with_twins() -> TestServer {
    let senate = people![
        "Jane Doe", external_id: "X1", login: "jane", email: "jane@senate.example.org";
        "Omar", external_id: "X2", email: "omar@senate.example.org";
    ];
    TestServer::with_both(senate, house()).await
}

/// A way to name an organization in a request.
type Choose = fn(Call, &str) -> Call;

#[tokio::test]
async fn a_list_shows_the_callers_own_people_alone() {
    let server = with_twins().await;

    for api in Api::ALL {
        let answer = server.reader().people(api).await;

        assert_eq!(answer.items().len(), 2, "{api:?}");
        assert!(!answer.text().contains("house"), "{api:?}");
    }
}

#[tokio::test]
async fn people_of_the_same_external_id_are_different_people() {
    let server = with_twins().await;
    let house = server.reader_of("house").await;

    let (ours, theirs) = (server.reader().filtered("Login eq 'jane'").await, house.filtered("Login eq 'jane'").await);

    assert_eq!(ours.column("Email"), ["jane@senate.example.org"]);
    assert_eq!(theirs.column("Email"), ["jane@house.example.org"]);
    assert_ne!(ours.ids(), theirs.ids());
}

#[tokio::test]
async fn not_yours_is_answered_like_absent_to_the_byte() {
    let server = TestServer::with(people!["Jane"; "Omar"]).await;
    let places = [
        (Api::Seven, "/v1/organization/people/77".to_owned()),
        (Api::Modulo, format!("/api/Organization/people/{UUID}")),
        (Api::Modulo, format!("/api/Organization/people?$filter=Id eq guid'{UUID}'")),
        (Api::Modulo, "/api/Organization/people?$filter=substringof('zoe',Name)".to_owned()),
        (Api::Modulo, "/api/Organization/people/count".to_owned()),
        (Api::Wethod, "/api/persons/77".to_owned()),
        (Api::Wethod, "/api/persons?allocation_manager_id=77".to_owned()),
        (Api::Wethod, "/api/persons?job_title_id=1".to_owned()),
        (Api::ProofHub, "/api/v3/people/77".to_owned()),
    ];
    let mut before = Vec::new();
    for (api, place) in &places {
        before.push(server.reader().get(*api, place).await.said());
    }

    server.add("house", house()).await;

    for ((api, place), before) in places.iter().zip(before) {
        assert_eq!(server.reader().get(*api, place).await.said(), before, "{place}");
    }
}

#[tokio::test]
async fn another_organizations_group_is_answered_like_an_absent_one() {
    let server = with_twins().await;
    server.add_groups("house", group("Rules", &[77])).await;
    let house = server.reader_of("house").await;
    let uuid = house.get(Api::Modulo, "/api/Organization/groups").await.at("/0/Id").as_str().expect("an id").to_owned();
    let number = house.proofhub("groups").await.at("/1/id");

    assert_eq!(house.proofhub(&format!("groups/{number}")).await.status, 200);
    for (api, place) in [
        (Api::Modulo, format!("/api/Organization/groups/{uuid}")),
        (Api::Modulo, format!("/api/Organization/groups/{uuid}/members")),
        (Api::ProofHub, format!("/api/v3/groups/{number}")),
    ] {
        api.assert_refusal(&server.reader().get(api, &place).await, 404);
    }
}

#[tokio::test]
async fn an_organization_that_may_not_be_entered_is_answered_like_one_that_is_not_there() {
    let server = with_twins().await;

    let ways: [(Api, Choose); 6] = [
        (Api::Seven, |call, slug| call.below(slug)),
        (Api::Modulo, |call, slug| call.below(slug)),
        (Api::Wethod, |call, slug| call.without("Wethod-Company").below(slug)),
        (Api::Wethod, |call, slug| call.header("Wethod-Company", slug)),
        (Api::ProofHub, |call, slug| call.below(slug)),
        (Api::ProofHub, |call, slug| call.header("Host", &format!("{slug}.people.example.org"))),
    ];
    for (way, (api, choose)) in ways.into_iter().enumerate() {
        let ask = |slug| choose(server.reader().call(api, "GET", api.people()), slug).send();
        let (forbidden, absent) = (ask("house").await, ask("nowhere").await);

        assert_eq!(forbidden.said(), absent.said(), "{api:?} {way}");
        api.assert_refusal(&forbidden, 404);
    }
}

#[tokio::test]
async fn a_token_of_two_organizations_must_choose() {
    let server = with_twins().await;
    let visitor = server.visitor().await;

    for (api, answer) in server.each_api(&visitor, |_, call| call).await {
        api.assert_refusal(&answer, 400);
    }
}

#[tokio::test]
async fn who_must_choose_is_told_how() {
    let server = with_twins().await;
    let visitor = server.visitor().await;

    for (api, answer) in server.each_api(&visitor, |_, call| call).await {
        let way = if api == Api::Wethod { "Wethod-Company" } else { "path" };

        assert!(answer.text().contains(way) || answer.text().contains("/{"), "{api:?}: {}", answer.text());
    }
}

#[tokio::test]
async fn the_path_chooses_in_every_api() {
    let server = with_twins().await;
    let visitor = server.visitor().await;

    for (slug, size) in [("senate", 2), ("house", 3)] {
        for (api, answer) in server.each_api(&visitor, |_, call| call.below(slug)).await {
            assert_eq!(answer.items().len(), size, "{api:?}");
        }
    }
}

#[tokio::test]
async fn the_company_header_chooses_in_wethod_alone() {
    let server = with_twins().await;
    let visitor = server.visitor().await;

    for (api, answer) in server.each_api(&visitor, |_, call| call.header("Wethod-Company", "house")).await {
        assert_eq!(answer.status, if api == Api::Wethod { 200 } else { 400 }, "{api:?}");
    }
}

#[tokio::test]
async fn the_host_chooses_in_proofhub_alone() {
    let server = with_twins().await;
    let visitor = server.visitor().await;

    for (api, answer) in server.each_api(&visitor, |_, call| call.header("Host", "house.people.example.org")).await {
        assert_eq!(answer.status, if api == Api::ProofHub { 200 } else { 400 }, "{api:?}");
    }
}

#[tokio::test]
async fn a_forwarded_host_from_a_stranger_chooses_nothing() {
    let server = with_twins().await;
    let visitor = server.visitor().await;

    for (api, answer) in server.each_api(&visitor, |_, call| call.header("X-Forwarded-Host", "house.people.example.org")).await {
        api.assert_refusal(&answer, 400);
    }
}

#[tokio::test]
async fn choosing_the_only_organization_is_harmless() {
    let server = with_twins().await;

    for (api, answer) in server.each_api(&server.reader(), |_, call| call.below("senate")).await {
        assert_eq!(answer.items().len(), 2, "{api:?}");
    }
}

#[tokio::test]
async fn a_bad_credential_is_told_before_any_choice() {
    let server = with_twins().await;
    let stranger = server.bearer("rollcall_0", None);

    for slug in ["senate", "house", "nowhere"] {
        for (api, answer) in server.each_api(&stranger, |_, call| call.below(slug)).await {
            api.assert_refusal(&answer, 401);
        }
    }
}

#[tokio::test]
async fn an_identity_is_another_person_in_each_organization() {
    let server = with_twins().await;
    let (_, jane) = server.identity("jane@example.com", &[("senate", 1), ("house", 77)]).await;

    let names = [own_name(&jane, "senate").await, own_name(&jane, "house").await];

    assert_eq!(names, [json!("Jane Doe"), json!("Zoe")]);
}

async fn own_name(client: &Client, slug: &str) -> Value {
    client.call(Api::Modulo, "GET", "/api/info/me").below(slug).send().await.at("/Name")
}
