//! Filters, as clients send them and as the database answers them.

use super::{ENTERPRISE, ROLLCALL, get, patch};
use crate::support::{Answer, Api, Client, TestServer, group, people};
use rollcall_core::domain::Scope;
use serde_json::{Value, json};

const JANE: &str = "6fe49ce4-56d4-475f-9483-000000000001";
const OMAR: &str = "6fe49ce4-56d4-475f-9483-000000000002";
const ZOFIE: &str = "6fe49ce4-56d4-475f-9483-000000000003";
const CUSTOM: &str = "urn:ietf:params:scim:schemas:extension:rollcall:custom:2.0:User";

const NOBODY: [&str; 0] = [];
const ALL: [&str; 3] = ["Jane Doe", "Omar", "Žofie"];

/// Jane has everything, and Omar is her manager; he is blocked and has no login; Žofie is archived. The Board is Jane and
/// Žofie.
async fn senate() -> TestServer {
    let server = TestServer::with(people![
        "Jane Doe", number: 1, uuid: JANE, given_name: "Jane", family_name: "Doe", login: "JDoe", email: "Jane@acme.example",
            title: "Boss", department: "Sales", external_id: "Ext-1", has_license: true, custom_office: "Oslo";
        "Omar", number: 2, uuid: OMAR, account: "blocked";
        "Žofie", number: 3, uuid: ZOFIE, login: "zofie", archived: true, person_type: "external";
    ])
    .await;
    server.add_groups("senate", group("Board", &[1, 3])).await;
    let emails = json!([
        { "value": "Jane@acme.example", "type": "work", "primary": true },
        { "value": "jane@home.example", "type": "home" }
    ]);
    let operations = json!([
        { "op": "replace", "path": "emails", "value": emails },
        { "op": "add", "path": "addresses", "value": [{ "locality": "Oslo", "type": "work" }] },
        { "op": "add", "path": format!("{ENTERPRISE}:manager"), "value": OMAR }
    ]);
    let changed = patch(&server.admin(), &format!("Users/{JANE}"), operations).await;
    assert_eq!(changed.status, 200, "{}", changed.text());
    server
}

async fn list(client: &Client, resources: &str, parameters: &[(&str, &str)]) -> Answer {
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(parameters).finish();
    get(client, &format!("{resources}?{query}")).await
}

/// The names of the users that a filter finds; as many as it says that there are.
async fn found(server: &TestServer, filter: &str) -> Vec<String> {
    let answer = list(&server.reader(), "Users", &[("filter", filter)]).await;
    assert_eq!(answer.status, 200, "{filter}: {}", answer.text());
    let resources = answer.at("/Resources");
    let names: Vec<String> =
        resources.as_array().into_iter().flatten().map(|user| user["displayName"].as_str().unwrap_or("").to_owned()).collect();
    assert_eq!(answer.at("/totalResults"), json!(names.len()), "{filter}");
    names
}

async fn assert_found(server: &TestServer, cases: &[(String, &[&str])]) {
    for (filter, names) in cases {
        assert_eq!(found(server, filter).await, *names, "{filter}");
    }
}

async fn refused(server: &TestServer, filter: &str) -> String {
    let answer = list(&server.reader(), "Users", &[("filter", filter)]).await;
    Api::Scim.assert_refusal(&answer, 400);
    assert_eq!(answer.at("/scimType"), json!("invalidFilter"), "{filter}");
    answer.at("/detail").as_str().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn strings_are_found_by_every_operator() {
    let server = senate().await;

    let cases: [(&str, &[&str]); 12] = [
        (r#"displayName eq "JANE DOE""#, &["Jane Doe"]),
        (r#"displayName ne "jane doe""#, &["Omar", "Žofie"]),
        (r#"displayName co "MA""#, &["Omar"]),
        (r#"displayName sw "žO""#, &["Žofie"]),
        (r#"displayName ew "e""#, &["Jane Doe", "Žofie"]),
        (r#"displayName gt "omar""#, &["Žofie"]),
        (r#"displayName ge "omar""#, &["Omar", "Žofie"]),
        (r#"displayName lt "omar""#, &["Jane Doe"]),
        (r#"displayName le "omar""#, &["Jane Doe", "Omar"]),
        ("title pr", &["Jane Doe"]),
        (r#"title ne "x""#, &ALL),
        ("title eq null", &["Omar", "Žofie"]),
    ];
    assert_found(&server, &cases.map(|(filter, names)| (filter.to_owned(), names))).await;
}

#[tokio::test]
async fn ids_and_user_names_find_one() {
    let server = senate().await;

    let cases: [(String, &[&str]); 9] = [
        (format!(r#"id eq "{JANE}""#), &["Jane Doe"]),
        (format!(r#"id ne "{JANE}""#), &["Omar", "Žofie"]),
        (format!(r#"id eq "{}""#, JANE.to_uppercase()), &NOBODY),
        (r#"id eq "nobody""#.to_owned(), &NOBODY),
        (r#"userName eq "jdoe""#.to_owned(), &["Jane Doe"]),
        (format!(r#"userName eq "{OMAR}""#), &["Omar"]),
        (r#"userName ne "JDOE""#.to_owned(), &["Omar", "Žofie"]),
        (r#"externalId eq "Ext-1""#.to_owned(), &["Jane Doe"]),
        (r#"externalId eq "ext-1""#.to_owned(), &NOBODY),
    ];
    assert_found(&server, &cases).await;
}

#[tokio::test]
async fn booleans_numbers_words_and_moments_are_found_as_what_they_are() {
    let server = senate().await;

    let cases: [(String, &[&str]); 9] = [
        ("active eq true".to_owned(), &["Jane Doe"]),
        (r#"active eq "False""#.to_owned(), &["Omar", "Žofie"]),
        (format!("{ROLLCALL}:hasLicense ne true"), &["Omar", "Žofie"]),
        (format!("{ROLLCALL}:number ge 2"), &["Omar", "Žofie"]),
        (format!("{ROLLCALL}:number lt 1.5"), &["Jane Doe"]),
        (format!(r#"{ROLLCALL}:personType eq "EXTERNAL""#), &["Žofie"]),
        (format!(r#"{ROLLCALL}:account sw "b""#), &["Omar"]),
        (r#"meta.created gt "2000-01-01T00:00:00Z" and meta.lastModified lt "2100-01-01T00:00:00+02:00""#.to_owned(), &ALL),
        (r#"meta.created lt "2000-01-01T00:00:00Z""#.to_owned(), &NOBODY),
    ];
    assert_found(&server, &cases).await;
}

#[tokio::test]
async fn values_of_lists_are_found_one_by_one() {
    let server = senate().await;

    let cases: [(&str, &[&str]); 11] = [
        (r#"emails eq "JANE@home.example""#, &["Jane Doe"]),
        (r#"emails.value co "acme""#, &["Jane Doe"]),
        (r#"emails[type eq "work" and primary eq true]"#, &["Jane Doe"]),
        (r#"emails[type eq "home" and value co "acme"]"#, &NOBODY),
        (r#"emails[type eq "work"].value eq "jane@acme.example""#, &["Jane Doe"]),
        (r#"emails[not (type eq "work" or value pr)]"#, &NOBODY),
        (r#"not (emails[type eq "work"])"#, &["Omar", "Žofie"]),
        (r#"emails.value ne "x""#, &ALL),
        ("emails pr", &["Jane Doe"]),
        (r#"addresses[locality eq "oslo"]"#, &["Jane Doe"]),
        ("phoneNumbers pr", &NOBODY),
    ];
    assert_found(&server, &cases.map(|(filter, names)| (filter.to_owned(), names))).await;
}

#[tokio::test]
async fn extensions_are_found_by_their_urns() {
    let server = senate().await;

    let cases: [(String, &[&str]); 8] = [
        (format!(r#"{ENTERPRISE}:department eq "sales""#), &["Jane Doe"]),
        (format!("{ENTERPRISE} pr"), &["Jane Doe"]),
        (format!(r#"schemas eq "{ENTERPRISE}""#), &["Jane Doe"]),
        (format!(r#"{CUSTOM}:office sw "os""#), &["Jane Doe"]),
        (format!("not ({CUSTOM} pr)"), &["Omar", "Žofie"]),
        (format!(r#"{ENTERPRISE}:manager.displayName eq "omar""#), &["Jane Doe"]),
        (r#"urn:ietf:params:scim:schemas:core:2.0:User:name.familyName eq "doe""#.to_owned(), &["Jane Doe"]),
        (r#"meta.resourceType eq "User""#.to_owned(), &ALL),
    ];
    assert_found(&server, &cases).await;
}

#[tokio::test]
async fn people_are_found_by_their_groups_and_groups_by_their_members() {
    let server = senate().await;
    let board = list(&server.reader(), "Groups", &[("filter", r#"displayName eq "board""#)]).await.at("/Resources/0/id");
    let board = board.as_str().expect("an id");

    let cases: [(String, &[&str]); 4] = [
        (format!(r#"groups eq "{board}""#), &["Jane Doe", "Žofie"]),
        (r#"groups.display sw "B""#.to_owned(), &["Jane Doe", "Žofie"]),
        (r#"groups[type eq "indirect"]"#.to_owned(), &NOBODY),
        ("not (groups pr)".to_owned(), &["Omar"]),
    ];
    assert_found(&server, &cases).await;
    for (filter, total) in [(format!(r#"members eq "{JANE}""#), 1), (format!(r#"members.value eq "{OMAR}""#), 0)] {
        let answer = list(&server.reader(), "Groups", &[("filter", &filter)]).await;
        assert_eq!(answer.at("/totalResults"), json!(total), "{filter}: {}", answer.text());
    }
}

#[tokio::test]
async fn what_identity_providers_ask_before_they_write_is_answered() {
    let server = senate().await;

    let cases: [(String, &[&str]); 4] = [
        (r#"userName eq "absent@example.org""#.to_owned(), &NOBODY),
        (r#"externalId eq "absent""#.to_owned(), &NOBODY),
        (format!(r#"id eq "{JANE}" and {ENTERPRISE}:manager eq "{OMAR}""#), &["Jane Doe"]),
        (format!(r#"id eq "{OMAR}" and {ENTERPRISE}:manager eq "{JANE}""#), &NOBODY),
    ];
    assert_found(&server, &cases).await;
    let board = list(&server.reader(), "Groups", &[("filter", r#"displayName eq "Board""#)]).await.at("/Resources/0/id");
    let is_member = format!(r#"id eq {board} and members eq "{JANE}""#);
    assert_eq!(list(&server.reader(), "Groups", &[("filter", &is_member)]).await.at("/totalResults"), json!(1));
}

#[tokio::test]
async fn a_role_is_found_by_its_code() {
    let server = senate().await;
    let role = get(&server.reader(), &format!("Users/{JANE}")).await.at("/roles/0/value");
    let code = role.as_str().expect("a role");

    assert_eq!(found(&server, &format!(r#"roles eq "{}""#, code.to_lowercase())).await, ALL);
    assert_eq!(found(&server, &format!(r#"roles[value ne "{code}"]"#)).await, NOBODY);
}

#[tokio::test]
async fn what_cannot_be_asked_is_named() {
    let server = senate().await;

    let cases = [
        (r#"nome eq "a""#, "`nome`"),
        (r#"title pr and emails[kind eq "work"]"#, "`kind`"),
        ("department pr", "`urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department`"),
        (r#"title regex "a""#, "`regex`"),
        ("active gt true", "`active`"),
        (r#"meta.created gt "yesterday""#, "`meta.created`"),
        ("title eq", "at byte 8"),
        ("password pr", "`password`"),
        ("", "expected an attribute"),
    ];
    for (filter, named) in cases {
        let detail = refused(&server, filter).await;
        assert!(detail.contains(named), "{filter}: {detail}");
    }
}

#[tokio::test]
async fn a_filter_that_is_too_long_too_deep_or_too_wide_is_refused() {
    let server = senate().await;

    for filter in [format!("title eq \"{}\"", "x".repeat(5000)), format!("{}title pr{}", "(".repeat(40), ")".repeat(40))] {
        refused(&server, &filter).await;
    }
    refused(&server, &vec!["title pr"; 250].join(" or ")).await;
}

#[tokio::test]
async fn who_may_not_see_groups_cannot_ask_who_is_in_them() {
    let server = senate().await;
    let people_alone = server.holder_of(&[Scope::PeopleRead]).await;

    let answer = list(&people_alone, "Users", &[("filter", r#"groups.display eq "Board""#)]).await;

    Api::Scim.assert_refusal(&answer, 403);
}

#[tokio::test]
async fn users_are_sorted_by_any_attribute() {
    let server = senate().await;
    let sorted = async |by: &str, order: &str| -> Vec<Value> {
        let answer = list(&server.reader(), "Users", &[("sortBy", by), ("sortOrder", order)]).await;
        assert_eq!(answer.status, 200, "{by}: {}", answer.text());
        answer.at("/Resources").as_array().into_iter().flatten().map(|user| user["displayName"].clone()).collect()
    };

    assert_eq!(sorted("displayName", "descending").await, ["Žofie", "Omar", "Jane Doe"]);
    assert_eq!(sorted("id", "ascending").await, ALL);
    assert_eq!(sorted("meta.location", "descending").await, ["Žofie", "Omar", "Jane Doe"]);
    assert_eq!(sorted("NAME.familyName", "descending").await.len(), 3);
    assert_eq!(sorted(&format!("{ROLLCALL}:number"), "descending").await, ["Žofie", "Omar", "Jane Doe"]);
    assert_eq!(sorted("emails", "ascending").await.len(), 3);
}
