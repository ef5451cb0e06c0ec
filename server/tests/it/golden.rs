//! The vendors' own samples: the same request gets the same people, field for field and type for type.
//!
//! Corrected where a sample is no JSON or gives one id to two people.

use crate::support::{Api, TestServer, group, people};
use rollcall_core::directory::{Cell, Line};
use serde_json::{Value, json};

#[tokio::test]
async fn twentyfour_seven_offices_sample_is_answered() {
    let server = TestServer::start().await;
    let people = people![
        _, number: 123, given_name: "John", family_name: "Doe", has_license: true, identity: "john@example.com";
        _, number: 456, given_name: "Jane", family_name: "Smith", has_license: false, identity: "jane@example.com", person_type: "External";
    ];
    server.add("senate", people).await;
    // The sample has no person without an identity; which uuid an identity has is the server's business.
    let identities = server.reader().people(Api::Seven).await.column("identityId");
    assert!(identities.iter().all(|id| id.as_str().is_some_and(|id| id.parse::<uuid::Uuid>().is_ok())), "{identities:?}");

    let answer = server.reader().get(Api::Seven, "/v1/organization/people").await;

    let expected = json!([
        { "id": 123, "lastName": "Doe", "firstName": "John", "hasLicense": true, "identityId": identities[0], "personType": "Organization" },
        { "id": 456, "lastName": "Smith", "firstName": "Jane", "hasLicense": false, "identityId": identities[1], "personType": "External" }
    ]);
    assert_eq!(answer.json(), expected);
}

/// The three people of Risk Manager's sample. Jane Doe has an id of her own, which the sample forgot to give her.
fn risk_managers_people() -> Vec<Line> {
    people![
        "John Smith", uuid: "6fe49ce4-56d4-475f-9483-1adca6b2976c", description: "Employee - HR department", email: "jsmith@example.com",
            phone: "+1 (646) 555-0000", additional_information: "HR manager", login: "jsmith", account: "active",
            custom_link: "https://abccompany.com", custom_text: "Text";
        "James Hoffman", uuid: "63e5fe02-5773-4a49-ba13-22506f022316", description: "Employee – Office Security",
            email: "jhoffman@example.com", phone: "+1 (646) 555-0000", additional_information: "Night shift", login: "jhoffman",
            account: "none";
        "Jane Doe", uuid: "0193a1f0-0000-7000-8000-000000000003", description: "Employee – Marketing department",
            email: "jdoe@example.com", phone: "+1 (646) 555-0000", additional_information: "Marketing manager", login: "janedoe",
            account: "blocked";
    ]
}

fn john() -> Value {
    json!({
        "Id": "6fe49ce4-56d4-475f-9483-1adca6b2976c", "Name": "John Smith", "Description": "Employee - HR department",
        "Email": "jsmith@example.com", "Phone": "+1 (646) 555-0000", "AdditionalInformation": "HR manager", "Login": "jsmith",
        "Status": "Active", "CustomAttributes": { "link": "https://abccompany.com", "text": "Text" }
    })
}

fn james() -> Value {
    json!({
        "Id": "63e5fe02-5773-4a49-ba13-22506f022316", "Name": "James Hoffman", "Description": "Employee – Office Security",
        "Email": "jhoffman@example.com", "Phone": "+1 (646) 555-0000", "AdditionalInformation": "Night shift", "Login": "jhoffman",
        "Status": "NoAccess", "CustomAttributes": {}
    })
}

fn jane() -> Value {
    json!({
        "Id": "0193a1f0-0000-7000-8000-000000000003", "Name": "Jane Doe", "Description": "Employee – Marketing department",
        "Email": "jdoe@example.com", "Phone": "+1 (646) 555-0000", "AdditionalInformation": "Marketing manager", "Login": "janedoe",
        "Status": "Blocked", "CustomAttributes": {}
    })
}

#[tokio::test]
async fn risk_managers_sample_is_answered() {
    let server = TestServer::with(risk_managers_people()).await;

    let answer = server.reader().get(Api::Modulo, "/api/Organization/people").await;

    assert_eq!(answer.json(), json!([john(), james(), jane()]));
}

#[tokio::test]
async fn risk_managers_other_requests_are_answered() {
    let server = TestServer::with(risk_managers_people()).await;

    for (query, expected) in [
        ("page=2", json!([])),
        ("$filter=Id eq guid'6fe49ce4-56d4-475f-9483-1adca6b2976c'", json!([john()])),
        ("$filter=substringof('Jane',Name)", json!([jane()])),
        ("$filter=Login eq null", json!([])),
    ] {
        assert_eq!(server.reader().modulo(query).await.json(), expected, "{query}");
    }
}

#[tokio::test]
async fn wethods_sample_is_answered() {
    let server = TestServer::start_at("2025-04-22T10:10:02.473Z").await;
    let john = people![
        _, given_name: "John", family_name: "Doe", email: "john.doe@example.com", role: "ROLE_USER", archived: false,
            is_visible_in_people_allocation: true, has_timesheet_required: true, level: "Senior", price_list: "Standard",
            job_title: "Designer", manager: "john.doe@example.com", created_at: "2025-04-22T10:10:02.473Z";
    ];
    server.add("senate", john).await;

    let mut answer = server.reader().get(Api::Wethod, "/api/persons").await.json();

    // Every change of an organization has a moment of its own, and this person was not the first.
    let updated_at = answer[0]["updated_at"].take();
    assert!(updated_at.as_str().is_some_and(|moment| moment.starts_with("2025-04-22T10:10:02.") && moment.ends_with('Z')), "{updated_at}");
    let expected = json!([{
        "id": 1,
        "created_at": "2025-04-22T10:10:02.473Z",
        "updated_at": null,
        "email": "john.doe@example.com",
        "name": "John",
        "surname": "Doe",
        "role": "ROLE_USER",
        "is_archived": false,
        "is_visible_in_people_allocation": true,
        "has_timesheet_required": true,
        "level_id": 1,
        "price_list_id": 1,
        "job_title_id": 1,
        "allocation_manager_id": 1
    }]);
    assert_eq!(answer, expected);
}

#[tokio::test]
async fn wethods_sample_of_a_failed_validation_is_answered() {
    let server = TestServer::start().await;

    let answer = server.reader().wethod("limit=1000").await;

    assert_eq!((answer.status, answer.at("/key")), (400, json!("invalid_data")));
    assert_eq!(answer.at("/message"), json!("You provided invalid data. Check 'failures' for details."));
}

/// The two people of ProofHub's sample and their groups.
async fn with_proofhubs_people() -> TestServer {
    let server = TestServer::start_at("2016-09-16T10:39:25Z").await;
    let people = people![
        _, number: 12009183, given_name: "Chris", family_name: "Wagley", title: "Manager", email: "chris@email.com",
            role: "903912753", time_zone: "America/Indiana/Indianapolis", initials: "N", profile_color: "#781f1f", language: "en",
            send_invite: true, last_active_at: "2016-09-19T06:17:22Z", created_at: "2016-09-16T10:39:25Z",
            projects: [23423233, 23423234];
        _, number: 11679192, given_name: "Stella", family_name: "Altois", title: "Manager", email: "stella@email.com",
            role: "90391275", time_zone: "Pacific/Midway", initials: "C", profile_color: "#781f1f", language: "en",
            send_invite: true, last_active_at: "2016-09-19T06:17:22Z", created_at: "2016-09-16T10:39:25Z",
            projects: [23423233, 23423234];
    ];
    server.add("senate", people).await;
    for (name, number) in [("Design", "33838231"), ("Planning", "33838232")] {
        let lines = group(name, &[12_009_183, 11_679_192]).into_iter();
        let numbered = lines.map(|mut line| {
            line.cells.push(("group_number".to_owned(), Cell::Number(number.to_owned())));
            line
        });
        server.add_groups("senate", numbered.collect()).await;
    }
    server
}

fn proofhubs_person(id: i64, given_name: &str, family_name: &str, email: &str, role: i64, timezone: i64, initials: &str) -> Value {
    json!({
        "id": id, "first_name": given_name, "last_name": family_name, "title": "Manager", "email": email, "role": { "id": role },
        "groups": [33_838_231, 33_838_232], "timezone": timezone, "initials": initials, "image_url": null,
        "profile_color": "#781f1f", "language": "en", "suspended": false, "send_invite": true,
        "last_active": "2016-09-19T06:17:22+00:00", "created_at": "2016-09-16T10:39:25+00:00",
        "updated_at": "2016-09-16T10:39:25+00:00", "projects": [23_423_233, 23_423_234]
    })
}

#[tokio::test]
async fn proofhubs_sample_is_answered() {
    let server = with_proofhubs_people().await;

    let answer = server.reader().get(Api::ProofHub, "/v3/people").await;

    // The sample's order is nowhere explained; ours is by id.
    let chris = proofhubs_person(12_009_183, "Chris", "Wagley", "chris@email.com", 903_912_753, 8, "N");
    let stella = proofhubs_person(11_679_192, "Stella", "Altois", "stella@email.com", 90_391_275, 10, "C");
    assert_eq!(answer.json(), json!([stella, chris]));
}

#[tokio::test]
async fn proofhubs_sample_of_one_person_is_answered() {
    let server = with_proofhubs_people().await;

    let answer = server.reader().get(Api::ProofHub, "/v3/people/11679192").await;

    assert_eq!(answer.json(), proofhubs_person(11_679_192, "Stella", "Altois", "stella@email.com", 90_391_275, 10, "C"));
}
