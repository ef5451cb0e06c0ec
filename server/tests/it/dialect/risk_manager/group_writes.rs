//! Groups created, edited and deleted.

use super::{GROUPS, NOBODY, changes, made, person, refused, write};
use crate::support::{Api, TestServer, group, people};
use serde_json::{Value, json};

/// The example of the contract's page on editing a group.
fn team() -> Value {
    json!({
        "Name": "IT Team",
        "Description": "IT dept at ABC",
        "Email": "informationtech_ny@example.com",
        "Responsible": { "Name": "Joseph Parks" },
        "AdditionalInformation": "IT department at Company ABC’s New York branch"
    })
}

/// Joseph, and a board of him.
async fn with_board() -> (TestServer, String) {
    let server = TestServer::with(people!["Joseph Parks", email: "jparks@example.com", custom_text: "a"; "Omar", external_id: "O1"; "Omar", external_id: "O2"; "Jane"]).await;
    server.add_groups("senate", group("Board", &[1])).await;
    let board = server.reader().get(Api::Modulo, GROUPS).await.at("/0/Id");
    (server, format!("{GROUPS}/{}", board.as_str().expect("an id")))
}

#[tokio::test]
async fn the_contracts_example_makes_a_group_and_edits_one() {
    let (server, board) = with_board().await;

    let made = made(GROUPS, &write(&server.admin(), "POST", GROUPS, &team()).await);
    let edited = write(&server.admin(), "PUT", &board, &team()).await;

    assert_eq!((edited.status, edited.text()), (204, ""));
    for path in [&made, &board] {
        let group = server.reader().get(Api::Modulo, path).await;
        for member in ["Name", "Description", "Email", "AdditionalInformation", "Responsible/Name"] {
            assert_eq!(group.at(&format!("/{member}")), *team().pointer(&format!("/{member}")).expect("a member"), "{member}");
        }
        assert_eq!(group.at("/Responsible/Email"), "jparks@example.com");
    }
}

#[tokio::test]
async fn a_new_group_needs_a_name_and_nothing_else() {
    let server = TestServer::start().await;

    for body in [json!({}), json!({ "Name": null }), json!({ "Name": " " }), json!({ "Name": "a".repeat(401) })] {
        assert_eq!(refused(&write(&server.admin(), "POST", GROUPS, &body).await, 400), ["Name"]);
    }
    let path = made(GROUPS, &write(&server.admin(), "POST", GROUPS, &json!({ "Name": "é".repeat(400) })).await);

    assert_eq!(server.reader().get(Api::Modulo, &path).await.at("/Responsible"), Value::Null);
}

#[tokio::test]
async fn null_leaves_an_empty_text_clears_and_an_empty_object_leaves_nobody_responsible() {
    let (server, board) = with_board().await;
    write(&server.admin(), "PUT", &board, &team()).await;
    let reader = server.reader();
    let show = || reader.get(Api::Modulo, &board);

    let nothing = json!({ "Name": null, "Description": null, "Email": null, "Responsible": null, "CustomAttributes": null });
    let before = show().await;
    for body in [json!({}), nothing] {
        assert_eq!(write(&server.admin(), "PUT", &board, &body).await.status, 204);
        assert_eq!(show().await.text(), before.text());
    }

    let body = json!({ "Description": "", "Email": "", "AdditionalInformation": "", "Responsible": {} });
    assert_eq!(write(&server.admin(), "PUT", &board, &body).await.status, 204);
    let after = show().await;
    for member in ["Description", "Email", "AdditionalInformation", "Responsible"] {
        assert_eq!(after.at(&format!("/{member}")), Value::Null, "{member}");
    }
}

#[tokio::test]
async fn who_is_responsible_is_named_by_id_or_by_a_name_that_is_one_persons() {
    let (server, board) = with_board().await;
    let jane = person(&server, "Jane").await.rsplit('/').next().map(str::to_owned).expect("an id");

    for responsible in [json!({ "Id": jane }), json!({ "Id": jane.to_uppercase(), "Name": "whoever" }), json!({ "Name": "JANE" })] {
        assert_eq!(write(&server.admin(), "PUT", &board, &json!({ "Responsible": responsible })).await.status, 204);
        assert_eq!(server.reader().get(Api::Modulo, &board).await.at("/Responsible/Id"), json!(jane));
        write(&server.admin(), "PUT", &board, &json!({ "Responsible": {} })).await;
    }

    for responsible in [json!({ "Name": "Omar" }), json!({ "Name": "Zoe" }), json!({ "Id": NOBODY }), json!({ "Id": null }), json!("Jane")]
    {
        let answer = write(&server.admin(), "PUT", &board, &json!({ "Responsible": responsible })).await;
        assert_eq!(refused(&answer, 400), ["Responsible"], "{responsible}");
    }
    let answer = write(&server.admin(), "PUT", &board, &json!({ "Responsible": { "Id": "jane" } })).await;
    assert_eq!(refused(&answer, 400), ["Responsible.Id"]);
}

#[tokio::test]
async fn what_was_read_of_a_group_can_be_put_back_and_is_no_change() {
    let (server, board) = with_board().await;
    write(&server.admin(), "PUT", &board, &team()).await;
    let before = changes(&server).await;

    let answer = write(&server.admin(), "PUT", &board, &server.reader().get(Api::Modulo, &board).await.json()).await;

    assert_eq!((answer.status, answer.text()), (204, ""));
    assert_eq!(changes(&server).await, before);
}

#[tokio::test]
async fn the_id_of_a_group_cannot_be_written() {
    let (server, board) = with_board().await;

    let answers = [
        write(&server.admin(), "POST", GROUPS, &json!({ "Name": "Board", "Id": NOBODY })).await,
        write(&server.admin(), "PUT", &board, &json!({ "Id": NOBODY })).await,
    ];

    assert_eq!(answers.map(|answer| refused(&answer, 400)), [["Id"], ["Id"]]);
}

#[tokio::test]
async fn a_deleted_group_is_gone_and_its_members_are_not() {
    let (server, board) = with_board().await;

    let answer = server.admin().call(Api::Modulo, "DELETE", &board).send().await;

    assert_eq!((answer.status, answer.text()), (204, ""));
    assert_eq!(server.reader().modulo("").await.items().len(), 4);
    assert_eq!(server.reader().get(Api::Modulo, &person(&server, "Joseph Parks").await).await.at("/Groups"), json!([]));
    for path in [board.clone(), format!("{board}/members")] {
        Api::Modulo.assert_refusal(&server.admin().call(Api::Modulo, "DELETE", &path).body("application/json", "[]").send().await, 404);
    }
}

#[tokio::test]
async fn a_group_elsewhere_is_written_to_like_none() {
    let server = TestServer::with_both(people!["Jane"], people!["Zoe"]).await;
    server.add_groups("house", group("Board", &[1])).await;
    let board = server.reader_of("house").await.get(Api::Modulo, GROUPS).await.at("/0/Id");

    for (method, tail, body) in
        [("PUT", "", team()), ("DELETE", "", json!(null)), ("POST", "/members", json!([])), ("DELETE", "/members", json!([]))]
    {
        let theirs = write(&server.admin(), method, &format!("{GROUPS}/{}{tail}", board.as_str().expect("an id")), &body).await;
        let nobodys = write(&server.admin(), method, &format!("{GROUPS}/{NOBODY}{tail}"), &body).await;

        Api::Modulo.assert_refusal(&theirs, 404);
        assert_eq!(theirs.text(), nobodys.text(), "{method} {tail}");
    }
    assert_eq!(server.reader_of("house").await.get(Api::Modulo, GROUPS).await.names(), ["Board"]);
}

#[tokio::test]
async fn a_token_that_may_write_people_may_not_write_groups() {
    let (server, board) = with_board().await;
    let writer = server.holder_of(&[rollcall_core::domain::Scope::PeopleWrite]).await;

    for (method, path) in
        [("POST", GROUPS.to_owned()), ("PUT", board.clone()), ("DELETE", board.clone()), ("POST", format!("{board}/members"))]
    {
        Api::Modulo.assert_refusal(&write(&writer, method, &path, &team()).await, 403);
    }
}
