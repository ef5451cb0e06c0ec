//! The room as its clients meet it.

mod grants;

use super::{claims, spell};
use crate::dialect::trial::{Answer, Trial};
use serde_json::json;

async fn reader() -> (Trial, String) {
    let trial = Trial::new().await;
    let token = trial.token(&["senate"], "people:read groups:read").await;
    (trial, format!("OAuth2 {token}"))
}

fn error(answer: &Answer) -> (u16, String) {
    (answer.status, answer.json()["error"].as_str().unwrap_or_default().to_owned())
}

fn said(status: u16, word: &str) -> (u16, String) {
    (status, word.to_owned())
}

#[test]
fn the_room_claims_its_own_paths_in_any_case() {
    let own =
        ["/api/Organization/people", "/API/info/me", "/apiintegration/Token", "/APIIntegration", "/api/objects/x", "/api/admin/profiles"];
    let others = ["/api/persons", "/api/v3/people", "/api", "/api/organizations", "/v1/organization/people", "/"];

    assert!(own.iter().all(|path| claims(path)));
    assert!(others.iter().all(|path| !claims(path)));
}

#[test]
fn words_are_spelled_in_lower_case_and_ids_are_left_alone() {
    let spelled = [
        "/API/Organization/People/6FE4",
        "/api/Organization/Groups/Ab/Members",
        "/api/organization/PEOPLE/COUNT",
        "/APIIntegration/Token",
        "/api/organization/people/6FE4",
        "/api/Objects/Var_A/ID",
        "/api/Organization/groups/COUNT",
    ]
    .map(spell);

    let expected = [
        Some("/api/organization/people/6FE4"),
        Some("/api/organization/groups/Ab/members"),
        Some("/api/organization/people/count"),
        Some("/apiintegration/token"),
        None,
        Some("/api/objects/Var_A/ID"),
        Some("/api/organization/groups/COUNT"),
    ];
    assert_eq!(spelled, expected.map(|path| path.map(str::to_owned)));
}

#[tokio::test]
async fn an_empty_directory_answers_empty_lists() {
    let (trial, token) = reader().await;

    for path in ["/api/Organization/people", "//senate//API/ORGANIZATION/GROUPS/", "/api/organization/people?page=7&$filter="] {
        let answer = trial.get(path, &[("authorization", &token)]).await;
        assert_eq!((answer.status, answer.json()), (200, json!([])), "{path}");
    }
    assert_eq!(trial.get("/api/Organization/people/Count", &[("authorization", &token)]).await.body, "0");
}

#[tokio::test]
async fn a_token_may_stand_behind_either_scheme_or_none() {
    let (trial, token) = reader().await;
    let bare = token.trim_start_matches("OAuth2 ");

    for value in [bare.to_owned(), format!("Bearer {bare}"), format!("oauth2 {bare}")] {
        assert_eq!(trial.get("/api/organization/people", &[("authorization", &value)]).await.status, 200);
    }
}

#[tokio::test]
async fn who_is_not_known_learns_nothing_else() {
    let trial = Trial::new().await;

    for path in ["/api/organization/people?page=x", "/api/organization/people/1", "/nowhere/api/organization/groups", "/api/info/me"] {
        let answer = trial.get(path, &[("authorization", "OAuth2 wrong"), ("accept", "text/xml")]).await;
        assert_eq!(error(&answer), said(401, "invalid_token"), "{path}");
        assert_eq!(answer.header("www-authenticate"), Some("Bearer"));
    }
}

#[tokio::test]
async fn what_is_absent_and_what_is_elsewhere_answer_alike() {
    let (trial, token) = reader().await;
    let id = "6fe49ce4-56d4-475f-9483-1adca6b2976c";
    let paths = [
        format!("/api/organization/people/{id}"),
        "/api/organization/people/no-guid".to_owned(),
        format!("/api/organization/groups/{id}/members"),
        "/api/organization/groups/7".to_owned(),
        "/house/api/organization/people".to_owned(),
        "/nowhere/api/organization/people".to_owned(),
    ];

    let mut bodies = Vec::new();
    for path in paths {
        let answer = trial.get(&path, &[("authorization", &token)]).await;
        assert_eq!(answer.status, 404, "{path}");
        bodies.push(answer.body);
    }

    bodies.dedup();
    assert_eq!(bodies.len(), 1, "{bodies:?}");
}

#[tokio::test]
async fn a_scope_that_is_missing_is_named() {
    let trial = Trial::new().await;
    let token = trial.token(&["senate"], "people:read").await;

    let answer = trial.get("/api/organization/groups", &[("authorization", &token)]).await;

    assert_eq!(error(&answer), said(403, "insufficient_scope"));
    assert!(answer.body.contains("groups:read"));
}

#[tokio::test]
async fn a_token_of_several_organizations_must_choose_by_the_path() {
    let trial = Trial::new().await;
    let token = trial.token(&["senate", "house"], "people:read").await;

    let open = trial.get("/api/organization/people", &[("authorization", &token)]).await;
    let chosen = trial.get("/house/api/organization/people", &[("authorization", &token)]).await;

    assert_eq!(error(&open), said(400, "invalid_request"));
    assert!(open.body.contains("/{slug}/api/Organization/people"));
    assert_eq!(chosen.status, 200);
}

#[tokio::test]
async fn a_filter_that_cannot_be_read_is_a_bad_request_that_says_where() {
    let (trial, token) = reader().await;

    let answer = trial.get("/api/organization/people?$filter=Name+eq+%27a%27+and+Age+gt+5", &[("authorization", &token)]).await;

    assert_eq!(error(&answer), said(400, "invalid_request"));
    assert!(answer.json()["error_description"].as_str().unwrap().contains("unknown field `Age`"));
    assert_eq!(answer.json()["app_errors"][0]["values"], json!(["16"]));
}

#[tokio::test]
async fn who_reads_xml_alone_is_told() {
    let (trial, token) = reader().await;

    for header in [("accept", "application/xml"), ("content-type", "application/xml")] {
        let answer = trial.get("/api/organization/people", &[("authorization", &token), header]).await;
        assert_eq!(error(&answer), said(406, "not_acceptable"));
    }
}

#[tokio::test]
async fn a_token_of_nobody_has_no_me() {
    let (trial, token) = reader().await;

    assert_eq!(error(&trial.get("/api/info/me", &[("authorization", &token)]).await), said(403, "access_denied"));
}

const JOHN: &str = "6fe49ce4-56d4-475f-9483-1adca6b2976c";
const MANAGERS: &str = "0198c2a4-7d3e-7000-8000-000000000005";

/// The names in the list at this path, to whoever may read everything.
async fn names(trial: &Trial, path: &str) -> Vec<String> {
    let token = trial.token(&["senate"], "people:read groups:read").await;
    let answer = trial.get(path, &[("authorization", &token)]).await;
    let objects = answer.json().as_array().cloned().unwrap_or_else(|| panic!("{path}: {answer:?}"));
    objects.iter().map(|object| object["Name"].as_str().unwrap_or_default().to_owned()).collect()
}

#[tokio::test]
async fn people_are_filtered_ordered_and_paged() {
    let trial = Trial::populated().await;
    let cases: [(&str, &[&str]); 7] = [
        ("", &["John Smith", "James Hoffman", "Jane Doe"]),
        ("?$orderby=Name%20desc&page_size=2", &["John Smith", "Jane Doe"]),
        ("?$orderby=Name desc&page_size=2&page=2", &["James Hoffman"]),
        ("?page=3&page_size=2", &[]),
        ("?$filter=Login+eq+null", &["Jane Doe"]),
        ("?%24filter=substringof('JANE',Name)or(Status+eq+'NoAccess')", &["James Hoffman", "Jane Doe"]),
        ("?$filter=Id%20eq%20guid'6fe49ce4-56d4-475f-9483-1adca6b2976c'", &["John Smith"]),
    ];

    for (query, expected) in cases {
        let path = format!("/api/Organization/people{}", query.replace(' ', "+"));
        assert_eq!(names(&trial, &path).await, expected, "{query}");
    }
}

#[tokio::test]
async fn people_are_counted_by_the_same_filter() {
    let (trial, path) = (Trial::populated().await, "/api/Organization/people/count");
    let token = trial.token(&["senate"], "people:read").await;

    let mut counts = Vec::new();
    for query in ["", "?$filter=Login+ne+null", "?$filter=length(Name)+eq+8"] {
        counts.push(trial.get(&format!("{path}{query}"), &[("authorization", &token)]).await.body);
    }

    assert_eq!(counts, ["3", "2", "1"]);
}

#[tokio::test]
async fn a_group_and_its_members_are_read() {
    let trial = Trial::populated().await;

    assert_eq!(names(&trial, "/api/organization/groups?$filter=Responsible+eq+'john+smith'").await, ["Managers"]);
    assert_eq!(names(&trial, &format!("/api/organization/groups/{MANAGERS}/members?$orderby=Name")).await, ["Jane Doe", "John Smith"]);
    assert_eq!(names(&trial, &format!("/api/organization/groups/{MANAGERS}/members?$filter=Login+eq+null")).await, ["Jane Doe"]);
}

#[tokio::test]
async fn a_person_is_read_under_every_spelling_of_its_id_with_the_groups_that_the_caller_sees() {
    let trial = Trial::populated().await;
    let tokens = [trial.token(&["senate"], "people:read groups:read").await, trial.token(&["senate"], "people:read").await];
    let ids = [JOHN.to_owned(), format!("%7B{}%7D", JOHN.to_uppercase()), format!("{{{JOHN}}}")];

    for id in ids {
        let mut groups = Vec::new();
        for token in &tokens {
            let answer = trial.get(&format!("/api/Organization/people/{id}"), &[("authorization", token)]).await;
            assert_eq!(answer.json()["Id"], JOHN, "{id}");
            groups.push(answer.json()["Groups"].clone());
        }
        assert_eq!(groups, [json!([{ "Id": MANAGERS, "Name": "Managers" }]), json!([])]);
    }
}

#[tokio::test]
async fn the_persons_own_token_says_who_it_is() {
    let trial = Trial::populated().await;
    let token = trial.token_of(7).await;

    let me = trial.get("/api/info/me", &[("authorization", &token)]).await.json();

    assert_eq!(me, json!({ "Id": JOHN, "Name": "John Smith", "Login": "jsmith", "Email": "jsmith@example.com" }));
}

#[tokio::test]
async fn another_organizations_people_are_nobody() {
    let trial = Trial::populated().await;
    let token = trial.token(&["house"], "people:read groups:read").await;

    let there = trial.get(&format!("/api/organization/people/{JOHN}"), &[("authorization", &token)]).await;
    let absent = trial.get("/api/organization/people/00000000-0000-0000-0000-000000000000", &[("authorization", &token)]).await;

    assert_eq!((there.status, &there.body), (404, &absent.body));
    assert_eq!(trial.get("/api/organization/people", &[("authorization", &token)]).await.body, "[]");
}
