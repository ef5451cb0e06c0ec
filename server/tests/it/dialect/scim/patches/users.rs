//! Operations on a user: what they change, for every API.

use super::*;

#[tokio::test]
async fn every_other_api_sees_what_was_changed() {
    let server = senate().await;

    after(
        &server,
        json!([
            { "op": "replace", "path": "emails[type eq \"work\"].value", "value": "new@example.org" },
            { "op": "replace", "path": "name.givenName", "value": "Joan" },
            { "op": "remove", "path": "title" }
        ]),
    )
    .await;

    let shown = server.reader().proofhub("people/1").await;
    assert_eq!((shown.at("/email"), shown.at("/first_name"), shown.at("/title")), (json!("new@example.org"), json!("Joan"), json!("")));
}

#[tokio::test]
async fn an_address_that_becomes_the_primary_one_is_what_other_apis_show() {
    let server = senate().await;

    let emails = after(
        &server,
        json!([{ "op": "add", "path": "emails", "value": [{ "value": "home@example.org", "type": "home", "primary": true }] }]),
    )
    .await;

    assert_eq!(emails["emails"][0]["primary"], json!(false));
    assert_eq!(server.reader().proofhub("people/1").await.at("/email"), json!("home@example.org"));
}

#[tokio::test]
async fn all_operations_are_done_or_none() {
    let server = senate().await;
    let before = get(&server.reader(), &jane()).await;

    let refused = patch(
        &server.admin(),
        &jane(),
        json!([{ "op": "replace", "path": "title", "value": "Boss" }, { "op": "replace", "path": "timezone", "value": "Nowhere/Land" }]),
    )
    .await;

    assert_refused(&refused, 400, "invalidValue");
    assert_eq!(get(&server.reader(), &jane()).await.json(), before.json());
}

#[tokio::test]
async fn what_stands_already_is_no_change() {
    let server = senate().await;
    let before = get(&server.reader(), &jane()).await.json();

    let read = after(
        &server,
        json!([
            { "op": "add", "path": "title", "value": "Whip" },
            { "op": "replace", "value": { "id": JANE, "userName": "jane", "active": true, "meta": { "resourceType": "User" } } },
            { "op": "add", "path": "emails", "value": [{ "value": "jane@example.org" }] },
            { "op": "remove", "path": "nickName" }
        ]),
    )
    .await;

    assert_eq!(read, before);
}

#[tokio::test]
async fn a_manager_is_set_and_cleared_however_it_is_said() {
    let server = senate().await;
    let path = format!("{ENTERPRISE}:manager");
    let reference = format!("https://elsewhere.example/Users/{OMAR}");

    for said in [json!(OMAR), json!({ "value": OMAR }), json!([{ "$ref": null, "value": OMAR }]), json!({ "$ref": reference })] {
        let read = after(&server, json!([{ "op": "Replace", "path": path, "value": said }])).await;
        assert_eq!((&read[ENTERPRISE]["manager"]["value"], &read[ENTERPRISE]["manager"]["displayName"]), (&json!(OMAR), &json!("Omar")));
        for cleared in [json!(""), json!(null), json!({ "value": "" })] {
            after(&server, json!([{ "op": "Add", "path": path, "value": OMAR }])).await;
            let read = after(&server, json!([{ "op": "Replace", "path": path, "value": cleared }])).await;
            assert_eq!(read.get(ENTERPRISE), None, "{cleared}");
        }
    }
    for inside in
        [json!({ ENTERPRISE: { "manager": ZOE } }), json!({ format!("{path}.value"): ZOE }), json!({ path.as_str(): { "value": ZOE } })]
    {
        let read = after(&server, json!([{ "op": "replace", "value": inside }, { "op": "remove", "path": "title" }])).await;
        assert_eq!(read[ENTERPRISE]["manager"]["value"], json!(ZOE), "{inside}");
    }
}

#[tokio::test]
async fn a_manager_who_is_nobody_is_refused() {
    let server = senate().await;

    for said in [json!(NOBODY), json!("omar"), json!({ "value": 7 })] {
        let refused =
            patch(&server.admin(), &jane(), json!([{ "op": "add", "path": format!("{ENTERPRISE}:manager"), "value": said }])).await;
        assert_refused(&refused, 400, "invalidValue");
    }
}

#[tokio::test]
async fn a_user_name_that_is_taken_is_refused() {
    let server = senate().await;

    let refused = patch(&server.admin(), &jane(), json!([{ "op": "replace", "path": "userName", "value": "OMAR" }])).await;

    assert_refused(&refused, 409, "uniqueness");
}

#[tokio::test]
async fn a_user_who_is_disabled_and_enabled_again_is_as_before() {
    let server = senate().await;
    let before = get(&server.reader(), &jane()).await.json();

    let disabled = after(&server, json!([{ "op": "replace", "path": "active", "value": "False" }])).await;
    assert_eq!(disabled["active"], json!(false));
    assert_eq!(server.reader().proofhub("people/1").await.at("/suspended"), json!(true));
    let enabled = after(&server, json!([{ "op": "replace", "value": { "active": true } }])).await;

    let without_meta = |mut user: Value| user.as_object_mut().map(|members| members.remove("meta")).map(|_| user).expect("an object");
    assert_eq!(without_meta(enabled), without_meta(before));
}

#[tokio::test]
async fn a_client_may_be_answered_without_a_body() {
    let server = senate().await;
    let client = quirky(&server, "scim:patch-no-content").await;

    let answer = patch(&client, &jane(), json!([{ "op": "replace", "path": "title", "value": "Boss" }])).await;

    assert_eq!((answer.status, answer.text()), (204, ""));
    assert_eq!(get(&client, &jane()).await.at("/title"), json!("Boss"));
}

#[tokio::test]
async fn a_client_may_be_let_send_unknown_attributes_and_no_schemas() {
    let server = senate().await;
    let client = quirky(&server, "scim:ignore-unknown-attributes scim:missing-schemas").await;
    let body = json!({ "Operations": [
        { "op": "add", "path": "favouriteColour", "value": "red" },
        { "op": "replace", "value": { "title": "Boss", "shoeSize": 42 } }
    ] });

    let lenient = call(&client, "PATCH", &jane(), &body).send().await;
    let strict = call(&server.admin(), "PATCH", &jane(), &body).send().await;

    assert_eq!((lenient.status, lenient.at("/title")), (200, json!("Boss")), "{}", lenient.text());
    assert_refused(&strict, 400, "invalidSyntax");
}
