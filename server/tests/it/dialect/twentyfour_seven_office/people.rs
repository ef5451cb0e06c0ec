//! `/v1/organization/people`, one person, and the organization itself.

use crate::support::{Api, TestServer, crowd, people};
use rollcall_core::domain::Scope;
use serde_json::{Value, json};

#[tokio::test]
async fn a_person_has_six_members_and_no_more() {
    let server = TestServer::with(people!["Jane Doe", email: "jane@example.com", phone: "1", login: "jane", custom_shoe: "41"]).await;

    let answer = server.reader().seven("organization/people").await;

    assert_eq!(answer.members(), ["firstName", "hasLicense", "id", "identityId", "lastName", "personType"]);
}

#[tokio::test]
async fn every_member_has_its_type() {
    let server = TestServer::with(people![_, given_name: "Jane", family_name: "Doe", person_type: "external", has_license: true]).await;

    let answer = server.reader().seven("organization/people/1").await;

    let expected =
        json!({ "id": 1, "identityId": null, "firstName": "Jane", "lastName": "Doe", "personType": "External", "hasLicense": true });
    assert_eq!(answer.json(), expected);
}

#[tokio::test]
async fn absent_names_are_null() {
    let server = TestServer::with(people![_, email: "jane@example.com"]).await;

    let answer = server.reader().seven("organization/people/1").await;

    assert_eq!((answer.at("/firstName"), answer.at("/lastName")), (Value::Null, Value::Null));
    assert_eq!(answer.members().len(), 6);
}

#[tokio::test]
async fn a_new_person_is_of_the_organization_and_has_no_license() {
    let server = TestServer::with(people!["Jane"]).await;

    let answer = server.reader().seven("organization/people/1").await;

    assert_eq!((answer.at("/personType"), answer.at("/hasLicense")), (json!("Organization"), json!(false)));
}

#[tokio::test]
async fn the_list_is_whole_without_paging() {
    let server = TestServer::with(crowd(150)).await;

    let answer = server.reader().seven("organization/people").await;

    assert_eq!(answer.items().len(), 150);
}

#[tokio::test]
async fn parameters_of_paging_do_not_cut_the_list() {
    let server = TestServer::with(crowd(30)).await;

    let answer = server.reader().seven("organization/people?limit=5&page=2").await;

    assert_eq!(answer.items().len(), 30);
}

#[tokio::test]
async fn archived_and_blocked_people_are_in_the_list() {
    let server = TestServer::with(people!["Jane", archived: true; "Omar", account: "blocked"; "Ann", account: "none"]).await;

    let answer = server.reader().seven("organization/people").await;

    assert_eq!(answer.items().len(), 3);
}

#[tokio::test]
async fn person_type_filters_the_list() {
    let types =
        people!["A", person_type: "organization"; "B", person_type: "external"; "C", person_type: "basic"; "D", person_type: "client"];
    let server = TestServer::with(types).await;

    for (id, word) in [(1, "Organization"), (2, "External"), (3, "Basic"), (4, "Client")] {
        let answer = server.reader().seven(&format!("organization/people?personType={word}")).await;

        assert_eq!((answer.ids(), answer.column("personType")), (vec![json!(id)], vec![json!(word)]));
    }
}

#[tokio::test]
async fn an_unknown_person_type_is_a_validation_error_that_names_the_parameter() {
    let server = TestServer::with(people!["Jane"]).await;

    let answer = server.reader().seven("organization/people?personType=Pirate").await;

    assert_eq!((answer.status, answer.at("/error/name")), (400, json!("ValidationError")));
    let path = answer.at("/error/payload/validationErrors/0/path");
    assert!(path.as_str().is_some_and(|path| path.contains("personType")), "{}", answer.text());
    assert!(answer.at("/error/payload/validationErrors/0/keyword").is_string());
    assert!(answer.at("/trackingId").is_string());
}

#[tokio::test]
async fn one_person_is_an_object_and_no_array() {
    let server = TestServer::with(people!["Jane"; "Omar"]).await;

    let answer = server.reader().seven("organization/people/2").await;

    assert_eq!((answer.status, answer.at("/id")), (200, json!(2)));
}

#[tokio::test]
async fn one_person_is_the_same_as_in_the_list() {
    let server = TestServer::with(people![_, given_name: "Jane", family_name: "Doe", has_license: true]).await;

    let (list, one) = (server.reader().seven("organization/people").await, server.reader().seven("organization/people/1").await);

    assert_eq!(list.items(), [one.json()]);
}

#[tokio::test]
async fn an_absent_person_is_not_found() {
    let server = TestServer::with(people!["Jane"]).await;

    let answer = server.reader().seven("organization/people/2").await;

    Api::Seven.assert_refusal(&answer, 404);
}

#[tokio::test]
async fn an_id_beyond_32_bits_is_refused_and_never_cut() {
    let server = TestServer::with(people!["Jane"]).await;

    for id in ["4294967297", "99999999999999999999", "0", "-1", "jane"] {
        let answer = server.reader().seven(&format!("organization/people/{id}")).await;

        assert!(matches!(answer.status, 400 | 404), "{id}: {}", answer.status);
        Api::Seven.assert_refusal(&answer, answer.status);
    }
}

#[tokio::test]
async fn the_greatest_int32_is_a_persons_id() {
    let server = TestServer::with(people!["Jane", number: 2147483647]).await;

    let answer = server.reader().seven("organization/people/2147483647").await;

    assert_eq!((answer.status, answer.at("/id")), (200, json!(2_147_483_647)));
}

#[tokio::test]
async fn json_is_the_default_media_type() {
    let server = TestServer::with(people!["Jane"]).await;

    let accepted =
        ["", "*/*", "application/json", "application/json, text/plain, */*", "text/html, application/json;q=0.9, */*;q=0.8", "image/png"];
    for accept in accepted {
        let call = server.reader().call(Api::Seven, "GET", Api::Seven.people());
        let call = if accept.is_empty() { call } else { call.header("Accept", accept) };

        let answer = call.send().await;

        assert!(answer.header("content-type").is_some_and(|kind| kind.starts_with("application/json")), "{accept:?}");
    }
}

#[tokio::test]
async fn the_same_json_comes_under_the_other_two_media_types() {
    let server = TestServer::with(people!["Jane"; "Omar"]).await;
    let plain = server.reader().people(Api::Seven).await;

    for kind in ["text/plain", "text/json"] {
        let answer = server.reader().call(Api::Seven, "GET", Api::Seven.people()).header("Accept", kind).send().await;

        assert!(answer.header("content-type").is_some_and(|said| said.starts_with(kind)), "{kind}");
        assert_eq!(answer.body, plain.body, "{kind}");
    }
}

#[tokio::test]
async fn an_error_is_json_whatever_is_accepted() {
    let server = TestServer::start().await;

    for kind in ["text/plain", "text/json", "text/html"] {
        let answer = server.reader().call(Api::Seven, "GET", "/v1/organization/people/9").header("Accept", kind).send().await;

        Api::Seven.assert_refusal(&answer, 404);
    }
}

#[tokio::test]
async fn every_answer_has_a_trace_id() {
    let server = TestServer::with(people!["Jane"]).await;

    for path in ["organization/people", "organization/people/1", "organization/people/9", "organization/information", "nothing"] {
        let answer = server.reader().seven(path).await;

        assert!(answer.header("x-trace-id").is_some_and(|id| !id.is_empty()), "{path}");
    }
}

#[tokio::test]
async fn an_error_repeats_its_trace_id_as_tracking_id() {
    let server = TestServer::start().await;

    let answer = server.reader().seven("organization/people/9").await;

    assert_eq!(answer.at("/trackingId").as_str(), answer.header("x-trace-id"));
}

#[tokio::test]
async fn the_older_tenant_header_is_harmless() {
    let server = TestServer::with(people!["Jane"]).await;

    let call = server.reader().call(Api::Seven, "GET", Api::Seven.people());
    let answer = call.header("X-Tfso-License", ";client;").send().await;

    assert_eq!(answer.items().len(), 1);
}

#[tokio::test]
async fn the_organization_has_the_members_of_its_schema() {
    let server = TestServer::start().await;

    let answer = server.reader().seven("organization/information").await;

    assert_eq!(answer.members(), ["address", "contact", "email", "id", "invoiceEmail", "name", "settings", "status"]);
    assert_eq!((answer.at("/name"), answer.at("/status")), (json!("The Senate"), json!("Active")));
}

#[tokio::test]
async fn the_parts_of_the_organization_have_the_members_of_their_schemas() {
    let server = TestServer::start().await;

    let answer = server.reader().seven("organization/information").await;

    let members = ["/address", "/contact", "/settings"].map(|part| {
        let mut names: Vec<String> = answer.at(part).as_object().map(|part| part.keys().cloned().collect()).unwrap_or_default();
        names.sort();
        names.join(" ")
    });
    let expected = ["city countryCode countrySubdivision postalArea postalCode street", "email language name phone", "currencyCode"];
    assert_eq!(members, expected);
}

#[tokio::test]
async fn the_id_of_the_organization_is_a_number() {
    let server = TestServer::start().await;

    let answer = server.reader().seven("organization/information").await;

    assert_eq!(answer.at("/id"), json!(server.organization_id("senate").await));
}

#[tokio::test]
async fn the_organization_needs_a_scope_of_its_own() {
    let server = TestServer::start().await;
    let caller = server.holder_of(&[Scope::PeopleRead]).await;

    let answer = caller.seven("organization/information").await;

    Api::Seven.assert_refusal(&answer, 403);
}

#[tokio::test]
async fn people_need_the_scope_to_read_people() {
    let server = TestServer::with(people!["Jane"]).await;
    let caller = server.holder_of(&[Scope::OrganizationRead, Scope::GroupsRead]).await;

    for path in ["organization/people", "organization/people/1"] {
        Api::Seven.assert_refusal(&caller.seven(path).await, 403);
    }
}
