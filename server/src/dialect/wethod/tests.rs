//! The room from the outside, and its documents against the vendor's own example.

use super::wire::{LevelDocument, PriceListDocument, RoleCodes, push_person};
use crate::dialect::trial::{Answer, Trial};
use rollcall_core::directory::PackedRecord;
use rollcall_core::domain::{
    Code, Email, Instant, JobTitleNumber, Level, LevelNumber, LongLabel, Name, Person, PersonId, PersonNumber, PriceList, PriceListNumber,
    Role, RoleNumber, Scopes,
};
use serde_json::Value;
use uuid::Uuid;

const COMPANY: (&str, &str) = ("wethod-company", "senate");
const VERSION: (&str, &str) = ("wethod-version", "2024-06-15");

fn now() -> Instant {
    Instant::new("2025-04-22T10:10:02.473Z".parse().expect("a timestamp"))
}

fn person() -> Person {
    Person::new(PersonId::new(Uuid::nil()), PersonNumber::new(1).expect("a number"), now())
}

/// The role of number 3.
fn user() -> Role {
    Role {
        number: RoleNumber::new(3).expect("a number"),
        code: Code::parse("ROLE_USER").expect("a code"),
        name: LongLabel::parse("User").expect("a name"),
        is_default: true,
        scopes: Scopes::default(),
        created_at: now(),
        updated_at: now(),
    }
}

fn written(person: &Person, roles: &[Role]) -> String {
    let mut bytes = Vec::new();
    push_person(&mut bytes, &PackedRecord::new(person).packed(), &RoleCodes::new(roles));
    String::from_utf8(bytes).expect("text")
}

/// A token of the senate, behind its scheme.
async fn bearer(trial: &Trial, scopes: &str) -> String {
    format!("Bearer {}", trial.token(&["senate"], scopes).await)
}

/// A good answer of one company's reader.
async fn read(trial: &Trial, target: &str) -> Answer {
    let token = bearer(trial, "people:read").await;
    trial.get(target, &[("authorization", &token), COMPANY, VERSION]).await
}

#[test]
fn a_person_is_the_vendor_s_example_to_the_letter() {
    let john = Person {
        email: Email::parse("john.doe@example.com").ok(),
        given_name: Name::parse("John").ok(),
        family_name: Name::parse("Doe").ok(),
        role: RoleNumber::new(3).ok(),
        is_visible_in_people_allocation: true,
        has_timesheet_required: true,
        level: LevelNumber::new(1).ok(),
        price_list: PriceListNumber::new(1).ok(),
        job_title: JobTitleNumber::new(1).ok(),
        manager: PersonNumber::new(1).ok(),
        ..person()
    };

    let written = format!("[{}]", written(&john, &[user()]));

    let example = r#"[
{
"id": 1,
"created_at": "2025-04-22T10:10:02.473Z",
"updated_at": "2025-04-22T10:10:02.473Z",
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
}
]"#;
    assert_eq!(written, example.lines().collect::<String>().replace("\": ", "\":"));
}

#[test]
fn what_a_person_lacks_is_null_or_empty_and_a_long_address_is_whole() {
    let address = format!("{}@example.com", "a".repeat(200));
    let somebody = Person { email: Email::parse(&address).ok(), display_name: Name::parse("Ana de Souza").ok(), ..person() };

    let [nobody, somebody] = [person(), somebody].map(|person| serde_json::from_str::<Value>(&written(&person, &[])).expect("JSON"));

    assert_eq!(["email", "name", "surname"].map(|member| nobody[member].clone()), [""; 3]);
    let ids = ["role", "level_id", "price_list_id", "job_title_id", "allocation_manager_id"];
    assert!(ids.iter().all(|member| nobody.get(member) == Some(&Value::Null)), "{nobody}");
    assert_eq!(somebody["email"], address);
    assert_eq!((&somebody["name"], &somebody["surname"]), (&Value::from("Ana"), &Value::from("de Souza")));
}

#[test]
fn levels_and_price_lists_have_every_member() {
    let label = || LongLabel::parse("Senior").expect("a name");
    let level = Level {
        number: LevelNumber::new(1).expect("a number"),
        name: label(),
        code: None,
        chargeability_target: 62.5,
        is_external: false,
        must_be_planned: true,
        must_do_timesheet: true,
        is_default_in_budget: false,
        created_at: now(),
        updated_at: now(),
    };
    let list = PriceList {
        number: PriceListNumber::new(1).expect("a number"),
        name: label(),
        description: None,
        is_default_for_company: true,
        created_at: now(),
        updated_at: now(),
    };

    let when = r#""created_at":"2025-04-22T10:10:02.473Z","updated_at":"2025-04-22T10:10:02.473Z""#;
    let level_written = format!(
        r#"{{"id":1,{when},"name":"Senior","code":null,"chargeability_target":62.5,"is_external":false,"must_be_planned":true,"must_do_timesheet":true,"is_default_in_budget":false}}"#
    );
    let list_written = format!(
        r#"{{"id":1,{when},"name":"Senior","description":null,"available_from":null,"available_to":null,"is_default_for_client":false,"is_default_for_company":true,"uses_default_price_list_costs":false,"client_id":null}}"#
    );
    assert_eq!(serde_json::to_string(&LevelDocument::from(&level)).expect("JSON"), level_written);
    assert_eq!(serde_json::to_string(&PriceListDocument::from(&list)).expect("JSON"), list_written);
}

#[tokio::test]
async fn lists_answer_in_both_spellings() {
    let trial = Trial::new().await;

    for path in ["persons?limit=1", "job-titles", "job_titles", "levels", "price-lists", "price_lists?offset=1", "clients?limit=1"] {
        let answer = read(&trial, &format!("/api/{path}")).await;
        assert_eq!((answer.status, answer.body.as_str()), (200, "[]"), "{path}");
    }
}

#[tokio::test]
async fn roles_are_listed_by_number_and_read_one_by_one() {
    let trial = Trial::new().await;

    let (part, one) = (read(&trial, "/api/roles?offset=1&limit=2").await, read(&trial, "/api/roles/3").await);

    let names: Vec<_> = part.json().as_array().expect("a list").iter().map(|role| role["name"].clone()).collect();
    assert_eq!(names, ["Admin", "Normal User"]);
    assert_eq!((one.json()["name"].as_str(), one.json()["is_default"].as_bool()), (Some("Normal User"), Some(true)));
    assert_eq!(read(&trial, "/api/roles/5").await.status, 404);
}

#[tokio::test]
async fn a_credential_is_asked_for_before_headers_and_parameters() {
    let trial = Trial::new().await;

    for path in ["/api/persons?limit=x", "/api/persons/x", "/nowhere/api/roles", "/api/price_lists/1"] {
        let answer = trial.get(path, &[]).await;
        assert_eq!((answer.status, answer.json()["key"].as_str()), (401, Some("unauthorized")), "{path}");
    }
}

#[tokio::test]
async fn a_company_and_a_version_must_be_named() {
    let trial = Trial::new().await;
    let token = bearer(&trial, "people:read").await;
    let token = ("authorization", token.as_str());

    let neither = trial.get("/api/persons?limit=x", &[token]).await;
    let in_path = trial.get("/senate/api/persons", &[token, VERSION]).await;
    let both = trial.get("/senate/api/persons", &[token, COMPANY, VERSION]).await;
    let two = trial.get("/house/api/persons", &[token, COMPANY, VERSION]).await;

    assert_eq!((neither.status, neither.json()["key"].as_str()), (400, Some("missing_header")));
    assert_eq!([in_path.status, both.status, two.status], [200, 200, 400]);
    assert_eq!(two.json()["key"], "invalid_header");
}

#[tokio::test]
async fn absent_and_not_yours_answer_alike() {
    let trial = Trial::new().await;
    let token = bearer(&trial, "people:read").await;
    let token = ("authorization", token.as_str());

    let mut answers = Vec::new();
    for (target, company) in
        [("/api/persons/7", "senate"), ("/api/persons/x", "senate"), ("/api/persons", "house"), ("/api/persons", "nowhere")]
    {
        let answer = trial.get(target, &[token, ("wethod-company", company), VERSION]).await;
        answers.push((answer.status, answer.body));
    }

    answers.dedup();
    assert_eq!(answers, [(404, r#"{"key":"not_found","message":"There is no such record."}"#.to_owned())]);
}

#[tokio::test]
async fn a_token_without_the_permission_is_told_which() {
    let trial = Trial::new().await;
    let token = bearer(&trial, "groups:read").await;

    let answer = trial.get("/api/persons", &[("authorization", &token), COMPANY, VERSION]).await;

    assert_eq!((answer.status, answer.json()["key"].as_str()), (403, Some("forbidden")));
    assert!(answer.json()["message"].as_str().is_some_and(|message| message.contains("settings.team")));
}

#[tokio::test]
async fn filters_reach_the_directory() {
    let trial = Trial::new().await;

    let good = "updated_at=gt:2024-01-01T20:00:00+02:00&job_title_id=in:1,2&allocation_manager_id=7";
    let answer = read(&trial, &format!("/api/persons?{good}")).await;
    let refused = read(&trial, "/api/persons?updated_at=x:1&limit=0").await;

    assert_eq!((answer.status, answer.body.as_str()), (200, "[]"));
    let fields: Vec<_> = refused.json()["failures"].as_array().expect("failures").iter().map(|failure| failure["field"].clone()).collect();
    assert_eq!((refused.status, fields), (400, vec![Value::from("limit"), Value::from("updated_at")]));
}

#[tokio::test]
async fn what_is_not_there_is_refused_in_the_room_s_shape() {
    let trial = Trial::new().await;

    let nowhere = trial.get("/api/projects", &[]).await;
    let written = trial.ask("POST", "/api/persons", &[], "{}").await;

    assert_eq!((nowhere.status, nowhere.json()["key"].as_str()), (404, Some("not_found")));
    assert_eq!(
        (written.status, written.json()["key"].as_str(), written.header("allow")),
        (405, Some("method_not_allowed"), Some("GET, HEAD"))
    );
}

/// The ids in a list.
fn ids(answer: &Answer) -> Vec<i64> {
    answer.json().as_array().expect("a list").iter().filter_map(|item| item["id"].as_i64()).collect()
}

#[tokio::test]
async fn persons_are_filtered_cut_and_ordered_by_id() {
    let trial = Trial::new().await;
    let john = [("external_id", "a"), ("given_name", "John"), ("role", "ROLE_USER"), ("job_title", "Designer")];
    let jane = [("external_id", "b"), ("given_name", "Jane"), ("manager", "a")];
    trial.add("senate", &[&john, &jane], &[]).await;
    trial.add("house", &[&[("external_id", "a"), ("given_name", "Eve")]], &[]).await;

    let all = read(&trial, "/api/persons").await;
    let day = all.json()[0]["updated_at"].as_str().expect("a moment").to_owned();
    let john = read(&trial, "/api/persons/1").await;

    assert_eq!(ids(&all), [1, 2]);
    assert_eq!((&john.json(), john.json()["role"].as_str()), (&all.json()[0], Some("ROLE_USER")));
    let title = john.json()["job_title_id"].as_i64().expect("a job title");
    let expected: [(String, &[i64]); 9] = [
        (format!("job_title_id={title}"), &[1]),
        (format!("job_title_id=neq:{title}"), &[2]),
        ("job_title_id=999".to_owned(), &[]),
        ("allocation_manager_id=in:1,7".to_owned(), &[2]),
        (format!("updated_at={day}"), &[1, 2]),
        (format!("updated_at={}&limit=1&offset=1", &day[..10]), &[2]),
        (format!("updated_at=lt:{day}"), &[]),
        ("updated_at=gt:2024-01-01T20:00:00%2B02:00".to_owned(), &[1, 2]),
        ("updated_at=nin:2024-01-01,2024-01-02".to_owned(), &[1, 2]),
    ];
    for (query, found) in expected {
        assert_eq!(ids(&read(&trial, &format!("/api/persons?{query}")).await), found, "{query}");
    }
}
