//! Reads of what a client has already, and writes of what it has read.

use super::{GROUPS, NOBODY, PEOPLE, person, write};
use crate::support::{Answer, Api, Call, Client, TestServer, group, people};
use rollcall_core::directory::Cell;
use rollcall_core::domain::Scope;
use serde_json::{Value, json};

/// A board of Jane, for which Omar is responsible: the server, Jane's place and the board's.
async fn with_board() -> (TestServer, String, String) {
    let server = TestServer::with(people!["Jane"; "Omar", login: "omar"; "Zoe"]).await;
    let mut board = group("Board", &[1]);
    board[0].cells.push(("group_responsible".to_owned(), Cell::Text("omar".to_owned())));
    server.add_groups("senate", [board, group("Choir", &[3])].concat()).await;
    let (jane, board) = (person(&server, "Jane").await, server.reader().get(Api::Modulo, GROUPS).await.at("/0/Id"));
    (server, jane, format!("{GROUPS}/{}", board.as_str().expect("an id")))
}

fn tag(answer: &Answer) -> String {
    answer.header("etag").unwrap_or_else(|| panic!("no tag: {} {}", answer.status, answer.text())).to_owned()
}

/// The status of a read by somebody who has this answer already.
async fn again(client: &Client, path: &str, known: &Answer) -> u16 {
    client.call(Api::Modulo, "GET", path).header("If-None-Match", &tag(known)).send().await.status
}

/// A write that is to be carried out only on what is in this answer.
fn guarded(client: &Client, method: &str, path: &str, read: &Answer, body: &Value) -> Call {
    client.call(Api::Modulo, method, path).body("application/json", body.to_string()).header("If-Match", &tag(read))
}

fn renamed(name: &str) -> Value {
    json!({ "Email": null, "Name": name })
}

#[tokio::test]
async fn what_a_client_has_already_is_not_sent_again() {
    let (server, jane, board) = with_board().await;
    let paths = [
        PEOPLE.to_owned(),
        format!("{PEOPLE}?$filter=Name eq 'Jane'&page_size=1"),
        format!("{PEOPLE}/count"),
        jane,
        GROUPS.to_owned(),
        format!("{board}/members"),
        board,
        "/api/info/me".to_owned(),
        "/api/info/me/privileges".to_owned(),
        "/api/info/me/profiles".to_owned(),
    ];
    let reader = server.person(1).await;

    for path in paths {
        let read = reader.get(Api::Modulo, &path).await;
        let known = reader.call(Api::Modulo, "GET", &path).header("If-None-Match", &tag(&read)).send().await;

        assert_eq!((known.status, known.text(), tag(&known)), (304, "", tag(&read)), "{path}");
    }
}

#[tokio::test]
async fn a_single_read_moves_with_everything_that_it_shows_and_with_nothing_else() {
    let (server, jane, board) = with_board().await;
    let (admin, reader) = (server.admin(), server.reader());
    let (omar, zoe) = (person(&server, "Omar").await, person(&server, "Zoe").await);
    let choir = format!("{GROUPS}/{}", reader.get(Api::Modulo, GROUPS).await.at("/1/Id").as_str().expect("an id"));

    for (changed, body, moved) in [
        (&zoe, renamed("Ann"), [false, false]),
        (&choir, json!({ "Name": "Choirs" }), [false, false]),
        (&jane, renamed("Janet"), [true, false]),
        (&omar, renamed("Omar II"), [false, true]),
        (&board, json!({ "Name": "The Board" }), [true, true]),
    ] {
        let before = [reader.get(Api::Modulo, &jane).await, reader.get(Api::Modulo, &board).await];
        assert_eq!(write(&admin, "PUT", changed, &body).await.status, 204, "{changed}");

        let known = [again(&reader, &jane, &before[0]).await, again(&reader, &board, &before[1]).await];
        assert_eq!(known.map(|status| status == 200), moved, "{body}");
    }
}

#[tokio::test]
async fn who_sees_no_groups_is_not_sent_a_person_again_because_of_one() {
    let (server, jane, board) = with_board().await;
    let client = server.holder_of(&[Scope::PeopleRead, Scope::PeopleWrite]).await;
    let read = client.get(Api::Modulo, &jane).await;
    write(&server.admin(), "PUT", &board, &json!({ "Name": "Council" })).await;

    assert_eq!(again(&client, &jane, &read).await, 304);
    assert_eq!(guarded(&client, "PUT", &jane, &read, &renamed("Janet")).send().await.status, 204);
}

#[tokio::test]
async fn a_write_is_carried_out_on_what_was_read_and_on_nothing_else() {
    let (server, jane, board) = with_board().await;
    let (admin, reader) = (server.admin(), server.reader());

    for (path, name) in [(&jane, "Janet"), (&board, "Council")] {
        let read = reader.get(Api::Modulo, path).await;
        assert_eq!(guarded(&admin, "PUT", path, &read, &renamed(name)).send().await.status, 204, "{path}");

        for method in ["PUT", "DELETE"] {
            let stale = guarded(&admin, method, path, &read, &renamed("Nobody")).send().await;
            let by_header = guarded(&admin, "POST", path, &read, &renamed("Nobody")).header("X-HTTP-Method-Override", method).send().await;
            Api::Modulo.assert_refusal(&stale, 412);
            Api::Modulo.assert_refusal(&by_header, 412);
        }
        let now = reader.get(Api::Modulo, path).await;
        assert_eq!(now.at("/Name"), name);
        assert_eq!(guarded(&admin, "DELETE", path, &now, &Value::Null).send().await.status, 204, "{path}");
    }
}

#[tokio::test]
async fn a_neighbours_write_never_makes_a_guarded_one_fail() {
    let (server, jane, _) = with_board().await;
    let read = server.reader().get(Api::Modulo, &jane).await;
    write(&server.admin(), "PUT", &person(&server, "Zoe").await, &renamed("Ann")).await;

    assert_eq!(guarded(&server.admin(), "PUT", &jane, &read, &renamed("Janet")).send().await.status, 204);
}

#[tokio::test]
async fn members_are_guarded_by_the_tag_of_their_group() {
    let (server, _, board) = with_board().await;
    let (read, members) = (server.reader().get(Api::Modulo, &board).await, format!("{board}/members"));
    let zoe = json!([{ "Name": "Zoe" }]);

    assert_eq!(guarded(&server.admin(), "POST", &members, &read, &zoe).send().await.status, 204);
    Api::Modulo.assert_refusal(&guarded(&server.admin(), "DELETE", &members, &read, &zoe).send().await, 412);
    assert_eq!(server.reader().get(Api::Modulo, &members).await.names(), ["Jane", "Zoe"]);
}

#[tokio::test]
async fn what_is_absent_is_absent_whatever_the_client_has() {
    let (server, ..) = with_board().await;
    let list = server.reader().get(Api::Modulo, PEOPLE).await;

    for path in [format!("{PEOPLE}/{NOBODY}"), format!("{GROUPS}/{NOBODY}"), format!("{GROUPS}/{NOBODY}/members")] {
        assert_eq!(again(&server.reader(), &path, &list).await, 404, "{path}");
    }
}

#[tokio::test]
async fn a_condition_that_cannot_be_read_is_refused() {
    let (server, jane, _) = with_board().await;

    let read = server.reader().call(Api::Modulo, "GET", &jane).header("If-None-Match", "x").send().await;
    let written = server.admin().call(Api::Modulo, "DELETE", &jane).header("If-Match", "x").send().await;

    Api::Modulo.assert_refusal(&read, 400);
    Api::Modulo.assert_refusal(&written, 400);
}
