//! Lists and searches: filters, orders, pages by place, one type of resource or both.

use super::{SEARCH, get, post, user};
use crate::support::{Answer, Api, TestServer, crowd, group, people};
use rollcall_core::domain::Scope;
use serde_json::{Value, json};

async fn senate() -> TestServer {
    let server = TestServer::with(people![
        "Jane", number: 1, login: "jane", title: "Chair", external_id: "00uA";
        "Omar", number: 2, login: "omar", account: "blocked";
        "Zoe", number: 3, login: "zoe", manager: "jane";
    ])
    .await;
    server.add_groups("senate", [group("Board", &[1, 2]), group("Knitters", &[3])].concat()).await;
    server
}

/// What the resources of a list are called.
fn names(answer: &Answer) -> Vec<String> {
    answer.items().iter().map(|item| item["displayName"].as_str().unwrap_or_default().to_owned()).collect()
}

async fn found(server: &TestServer, path: &str, filter: &str) -> Vec<String> {
    let filter = filter.replace('&', "%26").replace('+', "%2B");
    names(&get(&server.reader(), &format!("{path}?filter={filter}")).await)
}

#[tokio::test]
async fn a_list_tells_how_many_there_are_and_where_it_begins() {
    let server = senate().await;

    let answer = get(&server.reader(), "Users?startIndex=2&count=1").await;

    let head = ["/totalResults", "/startIndex", "/itemsPerPage"].map(|place| answer.at(place));
    assert_eq!((head, names(&answer)), ([json!(3), json!(2), json!(1)], vec!["Omar".to_owned()]));
    assert_eq!(answer.at("/schemas"), json!(["urn:ietf:params:scim:api:messages:2.0:ListResponse"]));
    assert_eq!(answer.header("content-type"), Some("application/scim+json"));
}

#[tokio::test]
async fn a_probe_for_nobody_is_an_empty_list() {
    let server = senate().await;

    for path in ["Users?filter=userName eq \"nobody\"", "Groups?filter=displayName eq \"nothing\"", "Users?count=0", "Users?startIndex=9"] {
        let answer = get(&server.reader(), path).await;
        let total = if path.contains("filter") { 0 } else { 3 };
        assert_eq!((answer.status, answer.at("/totalResults"), answer.at("/Resources")), (200, json!(total), json!([])), "{path}");
    }
}

#[tokio::test]
async fn people_are_found_by_what_is_shown_of_them() {
    let server = senate().await;

    assert_eq!(found(&server, "Users", "userName eq \"JANE\"").await, ["Jane"]);
    assert_eq!(found(&server, "Users", "externalId eq \"00uA\"").await, ["Jane"]);
    assert_eq!(found(&server, "Users", "externalId eq \"00ua\"").await, Vec::<String>::new());
    assert_eq!(found(&server, "Users", "active eq false or title pr").await, ["Jane", "Omar"]);
    assert_eq!(found(&server, "Users", "groups[display eq \"Board\"] and not (userName sw \"j\")").await, ["Omar"]);
    assert_eq!(
        found(&server, "Users", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.displayName co \"an\"").await,
        ["Zoe"]
    );
    assert_eq!(found(&server, "Groups", "displayName co \"KNIT\"").await, ["Knitters"]);
}

#[tokio::test]
async fn what_is_wrong_with_a_filter_is_named() {
    let server = senate().await;

    for path in ["Users", "Groups", ""] {
        let answer = get(&server.reader(), &format!("{path}?filter=shoeSize eq 9")).await;

        Api::Scim.assert_refusal(&answer, 400);
        assert_eq!(answer.at("/scimType"), json!("invalidFilter"), "{path}");
        assert!(answer.at("/detail").as_str().is_some_and(|detail| detail.contains("shoeSize")), "{}", answer.text());
    }
}

#[tokio::test]
async fn a_list_is_ordered_up_and_down() {
    let server = senate().await;

    let down = get(&server.reader(), "Users?sortBy=displayName&sortOrder=descending").await;

    assert_eq!(names(&down), ["Zoe", "Omar", "Jane"]);
    Api::Scim.assert_refusal(&get(&server.reader(), "Users?sortBy=shoeSize").await, 400);
}

/// RFC 7644, section 3.4.2.3.
#[tokio::test]
async fn who_has_nothing_to_be_ordered_by_is_last_going_up_and_first_going_down() {
    let server = senate().await;

    let up = get(&server.reader(), "Users?sortBy=title").await;
    let down = get(&server.reader(), "Users?sortBy=title&sortOrder=descending").await;

    assert_eq!(names(&up), ["Jane", "Omar", "Zoe"]);
    assert_eq!(names(&down), ["Omar", "Zoe", "Jane"]);
}

#[tokio::test]
async fn a_list_shows_what_is_asked_for() {
    let server = senate().await;

    let only = get(&server.reader(), "Users?attributes=userName").await;
    let without = get(&server.reader(), "Groups?excludedAttributes=members").await;

    assert_eq!(only.at("/Resources/0").as_object().map(|item| item.len()), Some(3));
    assert!(without.at("/Resources/0/members").is_null() && !without.at("/Resources/0/displayName").is_null());
}

#[tokio::test]
async fn a_search_is_a_list_whose_question_is_in_the_body() {
    let server = senate().await;
    let body = json!({ "schemas": [SEARCH], "filter": "title pr", "attributes": ["displayName"], "startIndex": 1, "count": 10 });

    let answers = [
        post(&server.reader(), "Users/.search", body.clone()).await,
        post(&server.reader(), ".search", body.clone()).await,
        post(&server.reader(), "Groups/.search", json!({ "schemas": [SEARCH], "filter": "displayName eq \"board\"" })).await,
    ];

    assert_eq!(answers.each_ref().map(names), [["Jane"], ["Jane"], ["Board"]]);
    Api::Scim.assert_refusal(&post(&server.reader(), "Users/.search", json!({ "filter": "title pr" })).await, 400);
}

#[tokio::test]
async fn the_root_lists_users_and_then_groups() {
    let server = senate().await;

    let all = get(&server.reader(), "").await;
    let page = get(&server.reader(), "?startIndex=3&count=2").await;

    assert_eq!(
        (names(&all), all.at("/totalResults")),
        (["Jane", "Omar", "Zoe", "Board", "Knitters"].map(str::to_owned).to_vec(), json!(5))
    );
    assert_eq!((names(&page), page.at("/totalResults")), (vec!["Zoe".to_owned(), "Board".to_owned()], json!(5)));
}

#[tokio::test]
async fn the_root_mixes_both_in_an_order() {
    let server = senate().await;

    let up = get(&server.reader(), "?sortBy=displayName&startIndex=2&count=3").await;
    let by_what_groups_lack = get(&server.reader(), "?sortBy=userName&sortOrder=descending").await;

    assert_eq!(names(&up), ["Jane", "Knitters", "Omar"]);
    assert_eq!(names(&by_what_groups_lack), ["Board", "Knitters", "Zoe", "Omar", "Jane"]);
}

#[tokio::test]
async fn what_one_type_does_not_know_is_absent_there() {
    let server = senate().await;

    assert_eq!(found(&server, "", "userName sw \"j\" or displayName eq \"board\"").await, ["Jane", "Board"]);
    assert_eq!(found(&server, "", "not (userName pr)").await, ["Board", "Knitters"]);
    assert_eq!(found(&server, "", "userName ne \"jane\" and members pr").await, ["Board", "Knitters"]);
    assert_eq!(found(&server, "", "meta.resourceType eq \"Group\"").await, ["Board", "Knitters"]);
}

#[tokio::test]
async fn the_root_shows_what_the_caller_may_see() {
    let server = senate().await;
    let (people, groups) = (server.holder_of(&[Scope::PeopleRead]).await, server.holder_of(&[Scope::GroupsRead]).await);

    assert_eq!(names(&get(&people, "").await).len(), 3);
    assert_eq!(names(&get(&groups, "").await), ["Board", "Knitters"]);
    Api::Scim.assert_refusal(&get(&server.holder_of(&[]).await, "").await, 403);
}

#[tokio::test]
async fn a_page_is_never_larger_than_is_announced() {
    let server = TestServer::with(crowd(1100)).await;

    let page = get(&server.reader(), "Users?count=5000&attributes=id").await;

    assert_eq!((page.items().len(), page.at("/totalResults"), page.at("/itemsPerPage")), (1000, json!(1100), json!(1000)));
}

#[tokio::test]
async fn a_parameter_that_means_nothing_is_ignored() {
    let server = senate().await;

    assert_eq!(names(&get(&server.reader(), "Users?aadOptscim062020&filter=title pr").await), ["Jane"]);
    let made = post(&server.admin(), "Users?aadOptscim062020", user(json!({ "userName": "new" }))).await;
    assert_eq!((made.status, made.at("/active")), (201, Value::Bool(true)));
}
