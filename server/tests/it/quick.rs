//! Reads that are asked for all day are answered on the connection itself: as the usual way answers them, in their turn, and
//! never as things were before.

use crate::support::{Answer, Api, Call, Client, Database, Talk, TestServer, group, people};
use rollcall_core::domain::Scope;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// A header that nobody knows, so that a request with it goes the usual way.
const UNKNOWN: (&str, &str) = ("X-Unknown-To-Everybody", "1");

async fn server() -> TestServer {
    let server = TestServer::with(people![
        "Jane \"J\" Doe", email: "jane@example.org", login: "jane", given_name: "Jane", family_name: "Doe", title: "Chair";
        "Omar", phone: "1", custom_text: "x";
        _, external_id: "nobody";
        "Zoë de Souza", archived: "true", language: "pt-BR", time_zone: "Europe/Rome", person_type: "client"
    ])
    .await;
    server.add_groups("senate", group("Law", &[1, 2])).await;
    server
}

/// Addresses of quick reads, of every kind, and some that only look like one.
async fn addresses(server: &TestServer) -> Vec<(Api, String)> {
    let id = server.reader().people(Api::Scim).await.at("/Resources/0/id").as_str().expect("an id").to_owned();
    let fixed = [
        (Api::Seven, "/v1/organization/people"),
        (Api::Seven, "/v1/organization/people?personType=client"),
        (Api::Seven, "/v1/organization/people?personType=nonsense"),
        (Api::Seven, "/v1/organization/people/1"),
        (Api::Seven, "/v1/organization/people/99"),
        (Api::Modulo, "/api/Organization/people"),
        (Api::Modulo, "/api/organization/PEOPLE?page_size=2&page=2&$orderby=Name desc"),
        (Api::Modulo, "/api/Organization/people?$filter=Email eq 'jane@example.org'"),
        (Api::Modulo, "/api/Organization/people?$filter=CustomAttributes/text eq 'x'"),
        (Api::Modulo, "/api/Organization/people?$filter=Nonsense eq 1"),
        (Api::Modulo, "/api/Organization/people/count"),
        (Api::Wethod, "/api/persons"),
        (Api::Wethod, "/api/persons?limit=2&offset=1"),
        (Api::Wethod, "/api/persons?limit=0"),
        (Api::Wethod, "/api/persons/3"),
        (Api::ProofHub, "/api/v3/people"),
        (Api::ProofHub, "/v3/people?start=1&limit=2"),
        (Api::ProofHub, "/api/v3/people?limit=100"),
        (Api::ProofHub, "/api/v3/people/2"),
        (Api::ProofHub, "/api/v3/people/me"),
        (Api::Scim, "/scim/v2/Users"),
        (Api::Scim, "/scim/v2/Users?startIndex=2&count=2&sortBy=userName"),
        (Api::Scim, "/scim/v2/Users?filter=userName eq \"jane\"&attributes=userName"),
        (Api::Scim, "/scim/v2/Users?filter=nonsense"),
    ];
    let named = [(Api::Modulo, format!("/api/Organization/people/{id}")), (Api::Scim, format!("/scim/v2/Users/{id}"))];
    fixed.into_iter().map(|(api, target)| (api, target.to_owned())).chain(named).collect()
}

/// What was said, whatever the order of its headers.
fn said(answer: &Answer) -> (u16, Vec<String>, String) {
    let (status, mut headers, body) = answer.said();
    headers.sort();
    (status, headers, body)
}

#[tokio::test]
async fn both_ways_give_one_answer() {
    let server = server().await;
    for (api, target) in addresses(&server).await {
        let quick = server.reader().call(api, "GET", &target);
        let usual = quick.clone().header(UNKNOWN.0, UNKNOWN.1).send().await;

        // The first makes the answer, the second is given it again.
        for place in ["made", "kept"] {
            assert_eq!(said(&quick.clone().send().await), said(&usual), "{target} {place}");
        }
    }
}

#[tokio::test]
async fn a_quick_read_finds_a_place_where_no_request_in_work_has_one() {
    let server = TestServer::without_places(Database::new()).await;
    server.add("senate", people!["Jane"]).await;

    for (api, target) in [
        (Api::Seven, "/v1/organization/people/1"),
        (Api::Modulo, "/api/Organization/people?$filter=Name eq 'Jane'"),
        (Api::Wethod, "/api/persons"),
        (Api::ProofHub, "/api/v3/people?limit=1"),
        (Api::Scim, "/scim/v2/Users"),
    ] {
        let quick = server.reader().call(api, "GET", target);

        assert_eq!(quick.clone().send().await.status, 200, "{api:?}");
        assert_eq!(quick.header(UNKNOWN.0, UNKNOWN.1).send().await.status, 503, "{api:?}");
    }
}

#[tokio::test]
async fn answers_come_in_the_order_of_their_requests_whichever_way_they_go() {
    let server = server().await;
    let admin = server.admin();
    let read = |target: &str| admin.call(Api::ProofHub, "GET", target).without("Connection");
    let titled = |title: &str| {
        let body = format!("{{\"title\": \"{title}\"}}");
        admin.call(Api::ProofHub, "PUT", "/api/v3/people/1").without("Connection").body("application/json", body)
    };
    let calls: Vec<Call> = vec![
        read("/api/v3/people/1"),
        titled("First"),
        read("/api/v3/people/1"),
        read("/api/v3/people/1").header(UNKNOWN.0, UNKNOWN.1),
        read("/api/v3/people/999"),
        titled("Second"),
        read("/api/v3/people/1"),
        read("/api/v3/roles"),
        read("/api/v3/people/1").header("Connection", "close"),
    ];

    let answers = Talk::with(admin.address).await.all(&calls).await;

    let statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
    assert_eq!(statuses, [200, 200, 200, 200, 404, 200, 200, 200, 200]);
    let titles = [0, 2, 3, 6, 8].map(|place| answers[place].at("/title"));
    assert_eq!(titles, ["Chair", "First", "First", "Second", "Second"]);
}

#[tokio::test]
async fn a_token_that_was_revoked_is_given_no_kept_answer() {
    let server = server().await;
    let client = server.holder_of(&[Scope::PeopleRead]).await;
    let read = client.call(Api::Wethod, "GET", "/api/persons").without("Connection");
    let mut talk = Talk::with(client.address).await;
    for _ in 0..3 {
        assert_eq!(talk.ask(&read).await.status, 200);
    }

    server.revoke(&client).await;

    assert_eq!(talk.ask(&read).await.status, 401);
}

#[tokio::test]
async fn a_client_that_keeps_nothing_is_answered_anew() {
    let server = server().await;
    let read = server.reader().call(Api::Scim, "GET", "/scim/v2/Users");
    let kept = read.clone().send().await;

    assert_eq!(said(&read.header("Cache-Control", "max-age=0, No-Store").send().await), said(&kept));
}

/// Asks the same on one connection for twice as long as its server has patience for silence.
async fn outlives_patience(change: impl Fn(Call) -> Call) {
    let patience = Duration::from_secs(1);
    let server = TestServer::impatient(people!["Jane"], patience).await;
    let client = server.reader();
    let read = change(client.call(Api::ProofHub, "GET", "/api/v3/people/1").without("Connection"));
    let mut talk = Talk::with(client.address).await;

    let began = Instant::now();
    while began.elapsed() < patience * 2 {
        assert_eq!(talk.ask(&read).await.status, 200);
    }
}

#[tokio::test]
async fn a_connection_that_is_asked_again_and_again_is_not_taken_for_silent() {
    outlives_patience(|read| read).await;
}

#[tokio::test]
async fn a_connection_that_is_asked_the_usual_way_is_not_taken_for_silent_either() {
    outlives_patience(|read| read.header(UNKNOWN.0, UNKNOWN.1)).await;
}

/// How many writes are looked for, each at once, through several connections and a second server.
fn writes() -> usize {
    std::env::var("ROLLCALL_STALE_WRITES").ok().and_then(|text| text.parse().ok()).unwrap_or(60)
}

/// Asks the same again and again, so that the answer is always kept.
async fn ask_on(client: Client, stopped: Arc<AtomicBool>) {
    let read = client.call(Api::ProofHub, "GET", "/api/v3/people/1").without("Connection");
    let mut talk = Talk::with(client.address).await;
    while !stopped.load(Ordering::Relaxed) {
        assert_eq!(talk.ask(&read).await.status, 200);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_write_is_seen_by_the_very_next_read() {
    let database = Database::new();
    let server = TestServer::on(database).await;
    server.add("senate", people!["Jane", title: "0"]).await;
    let other = server.beside().await;
    let stopped = Arc::new(AtomicBool::new(false));
    let clients = [server.admin(), other.client(&server.admin())];
    let load: Vec<_> = clients.iter().map(|client| tokio::spawn(ask_on(client.clone(), Arc::clone(&stopped)))).collect();
    let mut readers = [Talk::with(clients[0].address).await, Talk::with(clients[1].address).await];
    let mut writers = [Talk::with(clients[0].address).await, Talk::with(clients[1].address).await];
    for count in 1..=writes() {
        let title = format!("{{\"title\": \"{count}\"}}");
        let write = clients[count % 2].call(Api::ProofHub, "PUT", "/api/v3/people/1").without("Connection").body("application/json", title);
        assert_eq!(writers[count % 2].ask(&write).await.status, 200);

        for (reader, client) in readers.iter_mut().zip(&clients) {
            let read = client.call(Api::ProofHub, "GET", "/api/v3/people/1").without("Connection");
            assert_eq!(reader.ask(&read).await.at("/title"), count.to_string());
        }
    }
    stopped.store(true, Ordering::Relaxed);
    for asking in load {
        asking.await.expect("nothing but answers");
    }
}
