//! People created, edited and deleted.

use super::{NOBODY, PEOPLE, changes, made, person, refused, write};
use crate::support::{Api, TestServer, group, people};
use rollcall_core::domain::Scope;
use serde_json::{Value, json};

/// The example of the contract's page on creating a person.
fn charles() -> Value {
    json!({
        "Name": "Charles Windsor",
        "Description": "Employee – Marketing department",
        "Email": "cwindsor@example.com",
        "Phone": "+1 (646) 555-0000",
        "AdditionalInformation": "Marketing department manager"
    })
}

/// The same for editing one.
fn joseph() -> Value {
    json!({
        "Name": "Joseph Parks",
        "Description": "Employee – Marketing department",
        "Email": "jparks@example.com",
        "Phone": "+1 (646) 555-0000",
        "AdditionalInformation": "Marketing manager"
    })
}

/// John, of whom everything is known that can be written.
async fn with_john() -> (TestServer, String) {
    let john = people![
        "John Smith", given_name: "John", family_name: "Smith", email: "jsmith@example.com", login: "jsmith", phone: "555",
            description: "HR", additional_information: "Manager", custom_link: "https://abccompany.com", custom_text: "Text";
    ];
    let server = TestServer::with(john).await;
    let john = person(&server, "John Smith").await;
    (server, john)
}

#[tokio::test]
async fn the_contracts_example_makes_a_person_and_is_answered_with_its_bare_id() {
    let server = TestServer::start().await;

    let answer = write(&server.admin(), "POST", PEOPLE, &charles()).await;

    let person = server.reader().get(Api::Modulo, &made(PEOPLE, &answer)).await;
    for (member, value) in charles().as_object().expect("an object") {
        assert_eq!(person.at(&format!("/{member}")), *value, "{member}");
    }
    assert_eq!(person.at("/Login"), Value::Null);
    assert_eq!(answer.header("content-type"), Some("application/json"));
}

#[tokio::test]
async fn a_new_person_has_no_access_and_the_role_of_everybody() {
    let server = TestServer::start().await;

    let answer = write(&server.admin(), "POST", PEOPLE, &charles()).await;

    assert_eq!(server.reader().get(Api::Modulo, &made(PEOPLE, &answer)).await.at("/Status"), "NoAccess");
    assert_eq!(server.reader().wethod("").await.column("role"), ["ROLE_USER"]);
}

#[tokio::test]
async fn an_address_may_be_several_peoples() {
    let server = TestServer::start().await;

    let ids = [write(&server.admin(), "POST", PEOPLE, &charles()).await, write(&server.admin(), "POST", PEOPLE, &charles()).await]
        .map(|answer| made(PEOPLE, &answer));

    assert_ne!(ids[0], ids[1]);
}

#[tokio::test]
async fn everything_that_is_wrong_with_a_new_person_is_told_at_once() {
    let server = TestServer::start().await;
    let body = json!({ "Email": "nowhere", "Phone": 5, "CustomAttributes": { "a b": "c" } });

    let answer = write(&server.admin(), "POST", PEOPLE, &body).await;

    assert_eq!(refused(&answer, 400), ["Name", "Email", "Phone", "CustomAttributes.a b"]);
    assert_eq!(answer.at("/error_details").as_array().map(Vec::len), Some(4));
    assert_eq!(server.reader().modulo("").await.items().len(), 0);
}

#[tokio::test]
async fn the_contracts_example_edits_a_person() {
    let (server, john) = with_john().await;

    let answer = write(&server.admin(), "PUT", &john, &joseph()).await;

    assert_eq!((answer.status, answer.text()), (204, ""));
    let person = server.reader().get(Api::Modulo, &john).await;
    for (member, value) in joseph().as_object().expect("an object") {
        assert_eq!(person.at(&format!("/{member}")), *value, "{member}");
    }
    assert_eq!(person.at("/Login"), "jsmith");
}

#[tokio::test]
async fn a_name_written_as_one_leaves_the_parts_that_other_apis_show() {
    let (server, john) = with_john().await;

    write(&server.admin(), "PUT", &john, &json!({ "Email": null, "Name": "Ana de Souza" })).await;

    assert_eq!(server.reader().modulo("").await.names(), ["Ana de Souza"]);
    assert_eq!(server.reader().wethod("").await.names(), ["John Smith"]);
}

#[tokio::test]
async fn null_and_what_is_left_out_leave_and_an_empty_text_clears() {
    let (server, john) = with_john().await;
    let body = json!({ "Email": null, "Name": null, "Description": null, "AdditionalInformation": "" });

    assert_eq!(write(&server.admin(), "PUT", &john, &body).await.status, 204);

    let person = server.reader().get(Api::Modulo, &john).await;
    let members = ["Name", "Email", "Phone", "Description", "AdditionalInformation"].map(|member| person.at(&format!("/{member}")));
    assert_eq!(members, [json!("John Smith"), json!("jsmith@example.com"), json!("555"), json!("HR"), Value::Null]);
}

#[tokio::test]
async fn null_erases_an_attribute_and_the_others_stay() {
    let (server, john) = with_john().await;

    let attributes = [json!({ "text": null }), json!([{ "text": "Other" }, { "link": null }])];
    let shown = [json!({ "link": "https://abccompany.com" }), json!({ "text": "Other" })];
    for (attributes, shown) in attributes.iter().zip(shown) {
        let body = json!({ "Email": null, "CustomAttributes": attributes });
        assert_eq!(write(&server.admin(), "PUT", &john, &body).await.status, 204);
        assert_eq!(server.reader().get(Api::Modulo, &john).await.at("/CustomAttributes"), shown);
    }
}

#[tokio::test]
async fn what_was_read_can_be_put_back_and_is_no_change() {
    let people = people![
        "John Smith", login: "jsmith", email: "jsmith@example.com", custom_text: "Text"; _, given_name: "Jane"; _, email: "omar@example.com";
        _, login: "ann"; "Zoe", account: "blocked", description: "", phone: " ";
    ];
    let server = TestServer::with(people).await;
    server.add_groups("senate", group("Board", &[1])).await;
    let before = changes(&server).await;

    for id in server.reader().modulo("").await.ids() {
        let path = format!("{PEOPLE}/{}", id.as_str().expect("an id"));
        let answer = write(&server.admin(), "PUT", &path, &server.reader().get(Api::Modulo, &path).await.json()).await;
        assert_eq!((answer.status, answer.text()), (204, ""), "{path}");
    }

    assert_eq!(changes(&server).await, before);
}

#[tokio::test]
async fn the_same_edit_twice_is_one_change() {
    let (server, john) = with_john().await;
    let before = changes(&server).await;

    for _ in 0..2 {
        assert_eq!(write(&server.admin(), "PUT", &john, &joseph()).await.status, 204);
    }

    assert_eq!(changes(&server).await, before + 1);
}

#[tokio::test]
async fn what_is_changed_elsewhere_is_refused_here() {
    let (server, john) = with_john().await;
    let before = server.reader().get(Api::Modulo, &john).await;

    for (member, value) in [
        ("Id", json!(NOBODY)),
        ("Login", json!("john")),
        ("Status", json!("Blocked")),
        ("Groups", json!([{ "Id": NOBODY }])),
        ("CustomAttributes", json!({ "unknown": "a" })),
        ("Name", json!("  ")),
        ("Email", json!("")),
    ] {
        let mut body = joseph();
        body[member] = value;
        let answer = write(&server.admin(), "PUT", &john, &body).await;
        assert!(refused(&answer, 400)[0].starts_with(member), "{}", answer.text());
    }

    assert_eq!(server.reader().get(Api::Modulo, &john).await.text(), before.text());
}

#[tokio::test]
async fn an_edit_without_an_address_is_refused() {
    let (server, john) = with_john().await;

    assert_eq!(refused(&write(&server.admin(), "PUT", &john, &json!({ "Name": "John" })).await, 400), ["Email"]);
}

#[tokio::test]
async fn members_are_named_in_any_case_and_once() {
    let (server, john) = with_john().await;

    assert_eq!(write(&server.admin(), "PUT", &john, &json!({ "EMAIL": null, "name": "Jack" })).await.status, 204);
    assert_eq!(server.reader().modulo("").await.names(), ["Jack"]);

    let answer = write(&server.admin(), "PUT", &john, &json!({ "Email": null, "name": "Jack", "Name": "John" })).await;
    assert_eq!(refused(&answer, 400), ["Name"]);
}

#[tokio::test]
async fn a_deleted_person_is_gone_from_every_api() {
    let (server, john) = with_john().await;

    let answer = server.admin().call(Api::Modulo, "DELETE", &john).send().await;

    assert_eq!((answer.status, answer.text()), (204, ""));
    for api in Api::ALL {
        assert_eq!(server.reader().people(api).await.items().len(), 0, "{api:?}");
    }
    for method in ["GET", "DELETE"] {
        Api::Modulo.assert_refusal(&server.admin().call(Api::Modulo, method, &john).send().await, 404);
    }
}

#[tokio::test]
async fn the_last_owner_is_not_deleted() {
    let server = TestServer::with(people!["Jane", role: "Owner"; "Omar"]).await;
    let jane = person(&server, "Jane").await;

    let answer = server.admin().call(Api::Modulo, "DELETE", &jane).send().await;

    Api::Modulo.assert_refusal(&answer, 409);
    assert_eq!(server.reader().modulo("").await.names(), ["Jane", "Omar"]);
}

#[tokio::test]
async fn a_person_elsewhere_is_written_to_like_nobody() {
    let server = TestServer::with_both(people!["Jane"], people!["Zoe", uuid: "6fe49ce4-56d4-475f-9483-1adca6b2976c"]).await;

    for method in ["PUT", "DELETE"] {
        let answers = [
            write(&server.admin(), method, &format!("{PEOPLE}/6fe49ce4-56d4-475f-9483-1adca6b2976c"), &joseph()).await,
            write(&server.admin(), method, &format!("{PEOPLE}/{NOBODY}"), &joseph()).await,
            write(&server.admin(), method, &format!("{PEOPLE}/no-guid"), &joseph()).await,
        ];
        for answer in &answers {
            Api::Modulo.assert_refusal(answer, 404);
            assert_eq!(answer.text(), answers[0].text(), "{method}");
        }
    }
    assert_eq!(server.reader_of("house").await.modulo("").await.names(), ["Zoe"]);
}

#[tokio::test]
async fn a_token_that_may_read_may_not_write() {
    let (server, john) = with_john().await;
    let before = changes(&server).await;

    for (method, path) in [("POST", PEOPLE), ("PUT", john.as_str()), ("DELETE", john.as_str())] {
        let answer = write(&server.reader(), method, path, &joseph()).await;
        Api::Modulo.assert_refusal(&answer, 403);
        assert!(answer.text().contains("people:write"), "{}", answer.text());
    }
    assert_eq!(changes(&server).await, before);
}

#[tokio::test]
async fn who_may_write_people_need_not_read_them() {
    let server = TestServer::start().await;
    let writer = server.holder_of(&[Scope::PeopleWrite]).await;

    let path = made(PEOPLE, &write(&writer, "POST", PEOPLE, &charles()).await);

    assert_eq!(write(&writer, "PUT", &path, &joseph()).await.status, 204);
    assert_eq!(writer.call(Api::Modulo, "DELETE", &path).send().await.status, 204);
}

#[tokio::test]
async fn a_body_is_json_in_utf_8_and_nothing_else() {
    let server = TestServer::start().await;
    let post = |kind: &'static str, body: &'static [u8]| server.admin().call(Api::Modulo, "POST", PEOPLE).body(kind, body).send();

    for (kind, body, status) in [
        ("application/xml", b"<Person/>".as_slice(), 415),
        ("application/x-www-form-urlencoded", b"Name=Jane&Email=a%40b", 415),
        ("application/json", b"", 400),
        ("application/json", b"[{\"Name\":\"Jane\",\"Email\":\"a@b\"}]", 400),
        ("application/json", b"{\"Name\":\"Jane\",\"Name\":\"Jane\",\"Email\":\"a@b\"}", 400),
        ("application/json", b"{\"Name\":\"Jan\xe9\",\"Email\":\"a@b\"}", 400),
    ] {
        Api::Modulo.assert_refusal(&post(kind, body).await, status);
    }
    let body = b"{\"Name\":\"Jane\",\"Email\":\"a@b\"}";
    assert_eq!(post("text/json; charset=utf-8", body).await.status, 200);
    assert_eq!(server.admin().call(Api::Modulo, "POST", PEOPLE).body("", body).without("content-type").send().await.status, 200);
}
