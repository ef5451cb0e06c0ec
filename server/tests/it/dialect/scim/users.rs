//! One user: made, read, replaced, changed and deleted.

use super::{ENTERPRISE, PATCH, ROLLCALL, call, delete, get, id, patch, post, put, user};
use crate::support::{Answer, Api, TestServer, group, people};
use rollcall_core::domain::Scope;
use serde_json::{Value, json};

const JANE: &str = "6fe49ce4-56d4-475f-9483-000000000001";

async fn senate() -> TestServer {
    let server = TestServer::with(people![
        "Jane Doe", number: 1, uuid: JANE, email: "jane@example.org", login: "jane";
        "Omar", number: 2, email: "omar@example.org";
    ])
    .await;
    server.add_groups("senate", group("Board", &[1])).await;
    server
}

fn tag(answer: &Answer) -> &str {
    answer.header("etag").unwrap_or_else(|| panic!("no tag: {} {}", answer.status, answer.text()))
}

#[tokio::test]
async fn the_choice_of_attributes_is_read_in_any_case() {
    let server = senate().await;

    let only = get(&server.reader(), &format!("Users/{JANE}?ATTRIBUTES=username")).await;
    let without = get(&server.reader(), &format!("Users/{JANE}?excludedattributes=EMAILS")).await;

    assert_eq!((only.at("/userName"), only.at("/emails")), (json!("jane"), Value::Null));
    assert_eq!((without.at("/userName"), without.at("/emails")), (json!("jane"), Value::Null));
}

#[tokio::test]
async fn a_user_that_is_made_is_answered_with_its_address_and_its_tag() {
    let server = senate().await;

    let made = post(&server.admin(), "Users", user(json!({ "userName": "zoe", "externalId": "00u1", "title": "Whip" }))).await;

    assert_eq!(made.status, 201, "{}", made.text());
    let location = made.at("/meta/location");
    assert_eq!(made.header("location"), location.as_str());
    assert!(
        location.as_str().is_some_and(|at| at.starts_with("http://127.0.0.1:") && at.ends_with(&format!("/scim/v2/Users/{}", id(&made))))
    );
    assert_eq!(made.at("/meta/version"), json!(tag(&made)));
    assert!(tag(&made).starts_with("W/\""), "{}", tag(&made));
    assert_eq!(get(&server.reader(), &format!("Users/{}", id(&made))).await.at("/title"), json!("Whip"));
}

#[tokio::test]
async fn addresses_keep_the_organization_of_the_path_and_never_the_host_of_the_request() {
    let server = senate().await;
    let request = call(&server.reader(), "GET", &format!("Users/{JANE}"), &Value::Null);

    let answer = request.below("senate").header("Host", "forged.example.org").send().await;

    let location = answer.at("/meta/location").as_str().expect("an address").to_owned();
    assert!(location.ends_with(&format!("/senate/scim/v2/Users/{JANE}")) && !location.contains("forged"), "{location}");
}

#[tokio::test]
async fn a_user_name_is_one_persons_whatever_the_case_of_its_letters() {
    let server = senate().await;

    let made = post(&server.admin(), "Users", user(json!({ "userName": "JANE" }))).await;

    Api::Scim.assert_refusal(&made, 409);
    assert_eq!(made.at("/scimType"), json!("uniqueness"));
}

#[tokio::test]
async fn nobody_is_called_by_the_id_of_somebody_else() {
    let server = senate().await;
    let omar = get(&server.reader(), "Users?filter=displayName+eq+%22Omar%22").await.at("/Resources/0/userName");
    let named = json!([{ "op": "replace", "path": "userName", "value": omar }]);

    let made = post(&server.admin(), "Users", user(json!({ "userName": omar.as_str().map(str::to_uppercase) }))).await;
    let renamed = patch(&server.admin(), &format!("Users/{JANE}"), named).await;

    assert_eq!(
        [(made.status, made.at("/scimType")), (renamed.status, renamed.at("/scimType"))],
        [(); 2].map(|()| (409, json!("uniqueness")))
    );
}

#[tokio::test]
async fn a_put_takes_the_role_that_it_says_to_be_none_and_keeps_what_it_leaves_out() {
    let server = senate().await;
    let place = format!("Users/{JANE}");
    let role = json!([{ "op": "replace", "path": "roles", "value": [{ "value": "ROLE_USER" }] }]);
    for none in [json!([]), json!(null)] {
        assert_eq!(patch(&server.admin(), &place, role.clone()).await.status, 200);

        let kept = put(&server.admin(), &place, user(json!({ "userName": "jane", "active": null }))).await;
        let taken = put(&server.admin(), &place, user(json!({ "userName": "jane", "roles": none }))).await;

        assert_eq!(kept.at("/roles"), json!([{ "value": "ROLE_USER" }]), "{}", kept.text());
        assert_eq!((taken.status, taken.at("/roles"), taken.at("/active")), (200, json!(null), json!(true)), "{}", taken.text());
    }
}

#[tokio::test]
async fn a_create_that_is_sent_again_is_answered_with_the_person_as_it_stands() {
    let server = senate().await;
    let create = || call(&server.admin(), "POST", "Users", &user(json!({ "userName": "zoe" }))).header("Idempotency-Key", "one").send();
    let first = create().await;
    patch(&server.admin(), &format!("Users/{}", id(&first)), json!([{ "op": "add", "path": "title", "value": "Whip" }])).await;

    let again = create().await;

    assert_eq!((again.status, id(&again), again.at("/title")), (201, id(&first), json!("Whip")));
}

#[tokio::test]
async fn what_the_answer_shows_is_chosen_in_every_request() {
    let server = senate().await;
    let only = "?Attributes=userName";
    let operations = json!({ "schemas": [PATCH], "Operations": [{ "op": "add", "path": "title", "value": "x" }] });
    let path = format!("Users/{JANE}{only}");

    let answers = [
        call(&server.admin(), "GET", &path, &Value::Null).send().await,
        call(&server.admin(), "PATCH", &path, &operations).send().await,
        call(&server.admin(), "PUT", &path, &user(json!({ "userName": "jane" }))).send().await,
        call(&server.admin(), "POST", &format!("Users{only}"), &user(json!({ "userName": "zoe" }))).send().await,
    ];

    for answer in answers {
        assert_eq!(answer.members(), ["id", "schemas", "userName"], "{}", answer.text());
    }
    let without = get(&server.reader(), &format!("Users/{JANE}?excludedAttributes=emails,groups")).await;
    assert!(without.at("/emails").is_null() && without.at("/groups").is_null() && !without.at("/userName").is_null());
}

#[tokio::test]
async fn groups_are_shown_to_who_may_see_them() {
    let server = senate().await;
    let people_alone = server.holder_of(&[Scope::PeopleRead]).await;

    assert_eq!(get(&server.reader(), &format!("Users/{JANE}")).await.at("/groups/0/display"), json!("Board"));
    assert_eq!(get(&people_alone, &format!("Users/{JANE}")).await.at("/groups"), Value::Null);
}

#[tokio::test]
async fn what_a_client_has_already_is_not_sent_again() {
    let server = senate().await;
    let path = format!("Users/{JANE}");
    let read = get(&server.reader(), &path).await;

    let again = call(&server.reader(), "GET", &path, &Value::Null).header("If-None-Match", tag(&read)).send().await;

    assert_eq!((again.status, again.text(), tag(&again)), (304, "", tag(&read)));
}

#[tokio::test]
async fn a_write_of_what_has_changed_since_is_refused() {
    let server = senate().await;
    let path = format!("Users/{JANE}");
    let read = get(&server.reader(), &path).await;
    let operations = json!({ "schemas": [PATCH], "Operations": [{ "op": "add", "path": "title", "value": "x" }] });
    let writes = || [("PATCH", operations.clone()), ("PUT", user(json!({ "userName": "jane" }))), ("DELETE", Value::Null)];

    let first = call(&server.admin(), "PATCH", &path, &operations).header("If-Match", tag(&read)).send().await;
    assert_eq!(first.status, 200, "{}", first.text());
    for (method, body) in writes() {
        let answer = call(&server.admin(), method, &path, &body).header("If-Match", tag(&read)).send().await;
        Api::Scim.assert_refusal(&answer, 412);
    }
}

#[tokio::test]
async fn a_resource_that_is_put_back_as_it_was_shown_changes_nothing() {
    let server = senate().await;
    let path = format!("Users/{JANE}");
    let read = get(&server.admin(), &path).await;

    let written = put(&server.admin(), &path, read.json()).await;

    assert_eq!((written.status, written.json(), tag(&written)), (200, read.json(), tag(&read)));
}

#[tokio::test]
async fn a_put_replaces_what_the_client_can_know_of() {
    let server = senate().await;
    let path = format!("Users/{JANE}");
    patch(&server.admin(), &path, json!([{ "op": "add", "path": format!("{ROLLCALL}:initials"), "value": "JD" }])).await;
    patch(&server.admin(), &path, json!([{ "op": "add", "path": format!("{ENTERPRISE}:department"), "value": "Sales" }])).await;

    let mut body = user(json!({ "userName": "jane" }));
    body["schemas"] = json!([super::USER, ENTERPRISE]);
    let written = put(&server.admin(), &path, body).await;

    let shown = written.json();
    assert_eq!((&shown["emails"], &shown["displayName"], &shown[ENTERPRISE]), (&Value::Null, &Value::Null, &Value::Null));
    assert_eq!(shown[ROLLCALL]["initials"], json!("JD"));
}

#[tokio::test]
async fn several_addresses_are_kept_and_the_primary_one_is_what_other_apis_show_and_change() {
    let server = senate().await;
    let emails = json!([{ "value": "a@x.example", "type": "home" }, { "value": "b@x.example", "type": "work", "primary": true }]);
    patch(&server.admin(), &format!("Users/{JANE}"), json!([{ "op": "replace", "path": "emails", "value": emails }])).await;
    assert_eq!(server.reader().proofhub("people/1").await.at("/email"), json!("b@x.example"));

    let body = json!({ "email": "c@x.example" }).to_string();
    server.admin().call(Api::ProofHub, "PUT", "/api/v3/people/1").body("application/json", body).send().await;

    let shown = get(&server.reader(), &format!("Users/{JANE}")).await.at("/emails");
    assert_eq!(shown, json!([{ "value": "a@x.example", "type": "home" }, { "value": "c@x.example", "type": "work", "primary": true }]));
}

#[tokio::test]
async fn a_manager_is_named_by_id_and_shown_with_its_address_and_name() {
    let server = senate().await;
    let made = post(&server.admin(), "Users", user(json!({ "userName": "zoe", ENTERPRISE: { "manager": JANE } }))).await;

    let manager = &made.json()[ENTERPRISE]["manager"];

    assert_eq!((&manager["value"], &manager["displayName"]), (&json!(JANE), &json!("Jane Doe")));
    assert_eq!(manager["$ref"], get(&server.reader(), &format!("Users/{JANE}")).await.at("/meta/location"));
}

#[tokio::test]
async fn a_write_needs_the_scope_to_see_its_answer() {
    let server = senate().await;
    let writer = server.holder_of(&[Scope::PeopleWrite]).await;

    let refused = [
        post(&writer, "Users", user(json!({ "userName": "zoe" }))).await,
        put(&writer, &format!("Users/{JANE}"), user(json!({ "userName": "zoe" }))).await,
        patch(&writer, &format!("Users/{JANE}"), json!([{ "op": "add", "path": "title", "value": "x" }])).await,
    ];

    for answer in refused {
        Api::Scim.assert_refusal(&answer, 403);
    }
    assert_eq!(delete(&writer, &format!("Users/{JANE}")).await.status, 204);
}

#[tokio::test]
async fn a_deleted_user_is_gone_and_leaves_its_groups() {
    let server = senate().await;
    let path = format!("Users/{JANE}");

    let deleted = delete(&server.admin(), &path).await;

    assert_eq!((deleted.status, deleted.text()), (204, ""));
    for answer in [get(&server.reader(), &path).await, delete(&server.admin(), &path).await] {
        Api::Scim.assert_refusal(&answer, 404);
    }
    assert_eq!(server.reader().get(Api::Modulo, "/api/Organization/groups").await.at("/0/Name"), json!("Board"));
    assert_eq!(server.reader().proofhub("groups").await.at("/1/assigned"), json!([]));
}

#[tokio::test]
async fn a_body_that_is_no_user_says_what_is_missing() {
    let server = senate().await;

    let nothing = post(&server.admin(), "Users", json!({ "not": "a scim resource" })).await;
    let nameless = post(&server.admin(), "Users", user(json!({ "displayName": "Zoe" }))).await;

    Api::Scim.assert_refusal(&nothing, 400);
    Api::Scim.assert_refusal(&nameless, 400);
    assert!(nameless.at("/detail").as_str().is_some_and(|detail| detail.contains("userName")));
}

#[tokio::test]
async fn a_password_is_taken_by_nobody() {
    let server = senate().await;

    let made = post(&server.admin(), "Users", user(json!({ "userName": "zoe", "password": "t1meMa$heen" }))).await;

    assert_eq!(made.status, 201);
    assert!(!made.text().contains("meMa"));
}

#[tokio::test]
async fn a_role_that_the_writer_does_not_hold_cannot_be_given() {
    let server = senate().await;
    let writer = server.holder_of(&[Scope::PeopleRead, Scope::PeopleWrite]).await;

    let made = post(&writer, "Users", user(json!({ "userName": "zoe", "roles": [{ "value": "ROLE_OWNER" }] }))).await;

    Api::Scim.assert_refusal(&made, 403);
}
