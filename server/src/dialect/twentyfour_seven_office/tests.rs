//! The room from the outside, and its documents against the vendor's own examples.

use super::wire::{ProfileDocument, push_person};
use crate::dialect::trial::Trial;
use rollcall_core::directory::PackedRecord;
use rollcall_core::domain::{IdentityId, Instant, Language, Name, Person, PersonId, PersonNumber, PersonType, TimeZone};
use serde_json::Value;
use uuid::Uuid;

fn person(number: i64, given: &str, family: &str) -> Person {
    let now = Instant::from_milliseconds(0).expect("an instant");
    let person = Person::new(PersonId::new(Uuid::nil()), PersonNumber::new(number).expect("a number"), now);
    Person { given_name: Name::parse(given).ok(), family_name: Name::parse(family).ok(), ..person }
}

fn identity(id: &str) -> Option<IdentityId> {
    Some(id.parse().expect("an identity"))
}

fn written(person: &Person) -> String {
    let mut bytes = Vec::new();
    push_person(&mut bytes, &PackedRecord::new(person).packed());
    String::from_utf8(bytes).expect("text")
}

/// The form that asks for a token, of an application of the senate.
async fn application(trial: &Trial) -> String {
    let made = trial.application(&["senate"], "people:read organization:read groups:read").await;
    format!("grant_type=client_credentials&client_id={}&client_secret={}", made.client_id, made.client_secret.reveal())
}

/// A token of the senate, behind its scheme.
async fn bearer(trial: &Trial) -> String {
    format!("Bearer {}", trial.token(&["senate"], "people:read").await)
}

#[test]
fn people_are_the_vendor_s_example_to_the_letter() {
    let john = Person { has_license: true, identity: identity("123e4567-e89b-12d3-a456-426614174001"), ..person(123, "John", "Doe") };
    let jane = Person {
        person_type: PersonType::External,
        identity: identity("123e4567-e89b-12d3-a456-426614174002"),
        ..person(456, "Jane", "Smith")
    };

    let written = format!("[{},{}]", written(&john), written(&jane));

    let example = r#"[
  {
    "id": 123,
    "lastName": "Doe",
    "firstName": "John",
    "hasLicense": true,
    "identityId": "123e4567-e89b-12d3-a456-426614174001",
    "personType": "Organization"
  },
  {
    "id": 456,
    "lastName": "Smith",
    "firstName": "Jane",
    "hasLicense": false,
    "identityId": "123e4567-e89b-12d3-a456-426614174002",
    "personType": "External"
  }
]"#;
    assert_eq!(written, example.lines().map(str::trim).collect::<String>().replace(": ", ":"));
}

#[test]
fn what_a_person_lacks_is_null() {
    let nobody = Person { given_name: None, family_name: None, ..person(1, "x", "x") };

    let written = written(&nobody);

    assert_eq!(written, r#"{"id":1,"lastName":null,"firstName":null,"hasLicense":false,"identityId":null,"personType":"Organization"}"#);
}

#[test]
fn a_profile_has_a_culture_where_the_language_has_a_region() {
    let person =
        Person { language: Language::parse("nb-NO").ok(), time_zone: TimeZone::parse("Europe/Oslo").ok(), ..person(1, "Kari", "Li") };

    let written = serde_json::to_string(&ProfileDocument::new(IdentityId::new(Uuid::nil()), Some(&person))).expect("JSON");

    let id = r#""id":"00000000-0000-0000-0000-000000000000","firstName":"Kari","lastName":"Li""#;
    assert_eq!(written, format!(r#"{{{id},"timeZone":"Europe/Oslo","countryCode":"NO","language":"nb","culture":"nb-NO"}}"#));
}

#[tokio::test]
async fn an_application_gets_a_token_and_reads_with_it() {
    let trial = Trial::new().await;
    let form = application(&trial).await;

    let granted = trial.ask("POST", "/oauth/token", &[("content-type", "application/x-www-form-urlencoded")], &form).await;
    let token = format!("bearer {}", granted.json()["access_token"].as_str().expect("a token"));
    let people = trial.get("/v1/organization/people", &[("authorization", &token)]).await;
    let information = trial.get("/senate/v1/organization/information", &[("authorization", &token), ("accept", "text/json")]).await;

    assert_eq!((granted.status, granted.json()["expires_in"].as_i64()), (200, Some(86_400)));
    assert_eq!(granted.json()["scope"], "api.organization.person:read api.organization.information:read");
    assert_eq!(granted.header("cache-control"), Some("no-store"));
    assert_eq!((people.status, people.json()), (200, Value::Array(Vec::new())));
    assert_eq!(information.json()["name"], "senate");
    assert_eq!(information.header("content-type"), Some("text/json; charset=utf-8"));
}

#[tokio::test]
async fn an_organization_that_may_not_be_entered_is_refused_like_one_that_is_not_there() {
    let trial = Trial::new().await;
    let form = application(&trial).await;

    let ask = async |organization: &str| trial.ask("POST", "/oauth/token", &[], &format!("{form}&login_organization={organization}")).await;
    let (others, nobodys) = (ask("house").await, ask("nowhere").await);

    assert_eq!((others.status, others.json()["error"].as_str()), (403, Some("access_denied")));
    assert_eq!(others.body, nobodys.body);
}

#[tokio::test]
async fn a_wrong_client_is_challenged() {
    let trial = Trial::new().await;

    let answer = trial.ask("POST", "/oauth/token", &[("authorization", "Basic YTpi")], "grant_type=client_credentials").await;

    assert_eq!((answer.status, answer.json()["error"].as_str()), (401, Some("invalid_client")));
    assert!(answer.header("www-authenticate").is_some_and(|challenge| challenge.starts_with("Basic")));
    assert!(answer.header("x-trace-id").is_some());
}

#[tokio::test]
async fn a_credential_is_asked_for_before_anything_else() {
    let trial = Trial::new().await;

    let paths = ["/v1/organization/people?personType=x", "/v1/organization/people/x", "/nowhere/v1/me?thumb=x", "/v1/me/identifiers/x"];
    for path in paths {
        let answer = trial.get(path, &[("x-request-id", "t")]).await;
        assert_eq!((answer.status, answer.json()["trackingId"].as_str()), (401, Some("t")), "{path}");
        assert_eq!(answer.header("x-trace-id"), Some("t"));
    }
}

#[tokio::test]
async fn absent_and_not_yours_answer_alike() {
    let trial = Trial::new().await;
    let token = bearer(&trial).await;

    let mut bodies = Vec::new();
    for path in
        ["/v1/organization/people/7", "/v1/organization/people/x", "/house/v1/organization/people", "/nowhere/v1/organization/people"]
    {
        let answer = trial.get(path, &[("authorization", &token), ("x-request-id", "t")]).await;
        assert_eq!(answer.status, 404, "{path}");
        bodies.push(answer.body);
    }

    bodies.dedup();
    assert_eq!(bodies.len(), 1, "{bodies:?}");
}

#[tokio::test]
async fn a_profile_is_for_tokens_of_an_identity() {
    let trial = Trial::new().await;
    let token = bearer(&trial).await;
    let identity = trial.identity("jane@example.com").await;
    let hers = format!("Bearer {}", trial.token_of_identity(identity.id).await);

    let refused = trial.get("/v1/me", &[("authorization", &token)]).await;
    let profile = trial.get("/v1/me?thumb=true&maxAge=60", &[("authorization", &hers)]).await;
    let emails = trial.get("/v1/me/identifiers?type=Email&status=Confirmed", &[("authorization", &hers)]).await;
    let email = trial.get(&format!("/v1/me/identifiers/{}", identity.identifiers[0].id), &[("authorization", &hers)]).await;
    let licenses = trial.get("/v1/me/licenses", &[("authorization", &hers)]).await;

    assert_eq!(refused.status, 403);
    assert_eq!((profile.status, profile.json()["id"].as_str()), (200, Some(identity.id.to_string().as_str())));
    assert_eq!((emails.json().as_array().map(Vec::len), &emails.json()[0]), (Some(1), &email.json()));
    assert_eq!(email.json()["value"], "jane@example.com");
    assert_eq!(licenses.json(), Value::Array(Vec::new()));
}

#[tokio::test]
async fn a_write_is_refused_with_what_is_allowed() {
    let trial = Trial::new().await;

    let answer = trial.ask("POST", "/v1/organization/people", &[], "{}").await;

    assert_eq!((answer.status, answer.header("allow")), (405, Some("GET, HEAD")));
    assert_eq!(answer.json()["error"]["name"], "MethodNotAllowedError");
}

#[tokio::test]
async fn people_are_read_by_type_and_one_by_one() {
    let trial = Trial::new().await;
    let john = [("external_id", "a"), ("given_name", "John"), ("family_name", "Doe")];
    let ana = [("external_id", "b"), ("display_name", "Ana de Souza"), ("person_type", "external")];
    trial.add("senate", &[&john, &ana], &[]).await;
    let token = bearer(&trial).await;
    let token = [("authorization", token.as_str())];

    let everybody = trial.get("/v1/organization/people", &token).await;
    let external = trial.get("/v1/organization/people?personType=External", &token).await;
    let ana = trial.get("/v1/organization/people/2", &token).await;
    let no_client = trial.get("/v1/organization/people/2?personType=Client", &token).await;

    let numbers: Vec<_> = everybody.json().as_array().expect("a list").iter().map(|person| person["id"].as_i64()).collect();
    assert_eq!(numbers, [Some(1), Some(2)]);
    assert_eq!(external.json(), Value::Array(vec![ana.json().clone()]));
    assert_eq!((ana.json()["firstName"].as_str(), ana.json()["lastName"].as_str()), (Some("Ana"), Some("de Souza")));
    assert_eq!(no_client.status, 404);
}

#[tokio::test]
async fn a_profile_is_the_person_of_the_organization_in_the_path_or_the_first() {
    let trial = Trial::new().await;
    let identity = trial.identity("jane@example.com").await;
    for (slug, name) in [("house", "Janet"), ("senate", "Jane")] {
        trial.add(slug, &[&[("external_id", "j"), ("given_name", name), ("identity", "jane@example.com")]], &[]).await;
    }
    let token = format!("Bearer {}", trial.token_of_identity(identity.id).await);
    let token = [("authorization", token.as_str())];

    let (first, chosen) = (trial.get("/v1/me", &token).await, trial.get("/house/v1/me", &token).await);
    let licenses = trial.get("/v1/me/licenses?personId=1", &token).await;
    let id = licenses.json()[1]["id"].as_str().expect("an id").to_owned();
    let organization = trial.get(&format!("/v1/me/licenses/{id}/organization"), &token).await;
    let people = trial.get("/senate/v1/organization/people", &token).await;

    assert_eq!([&first.json()["firstName"], &chosen.json()["firstName"]], ["Jane", "Janet"]);
    assert_eq!([&licenses.json()[0]["name"], &organization.json()["name"]], ["senate", "house"]);
    assert_eq!(people.status, 403);
}
