//! A disk that takes nothing more, and then takes it again. The system's limit on the size of files stands for it: the
//! kernel refuses the same writes, at a moment of the test's choosing, without a file system of one's own to fill. About
//! the file of the embedded database alone: a server of PostgreSQL has a disk of its own.

use super::process::{IGNORING_THE_LIMIT, Process};
use super::{assert_sound, many_people};
use crate::support::{Answer, Api, Call, Client, Ended, Place};
use serde_json::{Value, json};

/// A place with an application and a token that may read, and a server over it.
struct Ground {
    place: Place,
    server: Process,
    application: Value,
    secret: String,
}

impl Ground {
    fn new() -> Self {
        let place = Place::on_a_file().and_acme();
        place.run_with_input(&["import", "acme", "-"], "display_name\nAna\nOmar\n");
        let scopes = ["--organization", "acme", "--scopes", "people:read,people:write,groups:read,groups:write"];
        let application = place.run(&[&["application", "create"][..], &scopes].concat()).json();
        let secret = place.run(&[&["token", "create"][..], &scopes].concat()).data.trim().to_owned();
        let server = Process::start(&place);
        Self { place, server, application, secret }
    }

    fn client(&self, secret: &str) -> Client {
        Client { address: self.server.address, secret: Some(secret.to_owned()), organization: Some("acme") }
    }

    /// Asks for an access token: a write that needs no scope.
    async fn grant(&self) -> Answer {
        let (id, secret) = (&self.application["client_id"], &self.application["client_secret"]);
        let body = json!({ "grant_type": "client_credentials", "client_id": id, "client_secret": secret });
        Call::new(self.server.address, "POST", "/oauth/token").body("application/json", body.to_string()).send().await
    }

    async fn grant_of_risk_manager(&self) -> Answer {
        let [id, secret] = ["client_id", "client_secret"].map(|member| self.application[member].as_str().expect("text"));
        let body = format!("grant_type=client_credentials&client_id={id}&client_secret={secret}");
        let call = Call::new(self.server.address, "POST", "/APIIntegration/token");
        call.body("application/x-www-form-urlencoded", body).send().await
    }

    async fn reads(&self, secret: &str) -> Vec<u16> {
        let mut statuses = Vec::new();
        for api in Api::ALL {
            statuses.push(self.client(secret).people(api).await.status);
        }
        statuses
    }

    fn assert_sound(&self) {
        assert_sound(&self.place);
    }
}

/// Runs a command that may not make any file larger than so many bytes.
fn run_within(place: &Place, bytes: u64, words: &[&str]) -> Ended {
    let script = format!("{IGNORING_THE_LIMIT}; ulimit -f {}", bytes / 512);
    Ended::of(place.command_after(&script, words).spawn().expect("the program"))
}

#[tokio::test]
async fn a_full_disk_refuses_writes_with_503_and_when_to_try_again() {
    let ground = Ground::new();
    ground.server.take_the_disk_away();

    for answer in [ground.grant().await, ground.grant_of_risk_manager().await] {
        assert_eq!((answer.status, answer.at("/error")), (503, json!("temporarily_unavailable")), "{}", answer.text());
        assert_eq!(answer.header("retry-after"), Some("2"));
    }
}

#[tokio::test]
async fn every_api_refuses_a_write_in_its_own_words_and_leaves_nothing_of_it() {
    let ground = Ground::new();
    let client = ground.client(&ground.secret);
    let ana = client.modulo("").await.at("/0/Id").as_str().expect("an id").to_owned();
    let before = client.people(Api::ProofHub).await.json();
    ground.server.take_the_disk_away();

    for (api, method, path, body) in [
        (Api::ProofHub, "POST", "/api/v3/people", json!({ "first_name": "Zoe", "email": "zoe@example.com" })),
        (Api::ProofHub, "PUT", "/api/v3/people/1", json!({ "first_name": "Zoe" })),
        (Api::ProofHub, "DELETE", "/api/v3/people/1", json!({})),
        (Api::ProofHub, "POST", "/api/v3/groups", json!({ "name": "Board" })),
        (Api::Modulo, "POST", "/api/Organization/people", json!({ "Name": "Zoe", "Email": "zoe@example.com" })),
        (Api::Modulo, "PUT", &format!("/api/Organization/people/{ana}"), json!({ "Name": "Zoe", "Email": "zoe@example.com" })),
        (Api::Wethod, "PATCH", "/api/persons/1", json!({ "name": "Zoe" })),
    ] {
        let answer = client.call(api, method, path).body("application/json", body.to_string()).send().await;

        api.assert_refusal(&answer, 503);
        assert_eq!(answer.header("retry-after"), Some("2"), "{method} {path}");
    }
    assert_eq!(client.people(Api::ProofHub).await.json(), before);
}

#[tokio::test]
async fn a_create_that_a_full_disk_refused_is_made_once_when_it_is_sent_again() {
    let ground = Ground::new();
    let client = ground.client(&ground.secret);
    let create = || {
        let call = client.call(Api::ProofHub, "POST", "/api/v3/people").header("Idempotency-Key", "zoe");
        call.body("application/json", json!({ "first_name": "Zoe", "email": "zoe@example.com" }).to_string()).send()
    };
    ground.server.take_the_disk_away();
    assert_eq!(create().await.status, 503);
    ground.server.give_the_disk_back();

    let [made, repeated] = [create().await, create().await];

    assert_eq!((made.status, repeated.status, made.text()), (201, 201, repeated.text()));
    assert_eq!(client.people(Api::ProofHub).await.items().len(), 3);
}

#[tokio::test]
async fn reads_go_on_while_the_disk_is_full() {
    let ground = Ground::new();
    ground.server.take_the_disk_away();
    ground.grant().await;

    assert_eq!(ground.reads(&ground.secret).await, [200; 4]);
    assert_eq!(Call::new(ground.server.address, "GET", "/readyz").send().await.status, 200);
    ground.assert_sound();
}

#[tokio::test]
async fn writing_goes_on_by_itself_when_the_disk_has_room_again() {
    let ground = Ground::new();
    ground.server.take_the_disk_away();
    for _ in 0..5 {
        assert_eq!(ground.grant().await.status, 503);
    }

    ground.server.give_the_disk_back();

    let granted = ground.grant().await;
    assert_eq!(granted.status, 200, "{}", granted.text());
    assert_eq!(ground.reads(granted.at("/access_token").as_str().expect("a token")).await, [200; 4]);
    ground.assert_sound();
}

#[tokio::test]
async fn the_log_says_once_that_the_disk_is_full_and_once_that_it_is_not() {
    let ground = Ground::new();
    ground.server.take_the_disk_away();
    for _ in 0..5 {
        ground.grant().await;
    }
    ground.server.give_the_disk_back();
    for _ in 0..5 {
        ground.grant().await;
    }

    let (_, log) = ground.server.stop();

    assert_eq!(log.matches("the database cannot be written").count(), 1, "{log}");
    assert_eq!(log.matches("the database can be written again").count(), 1, "{log}");
}

#[tokio::test]
async fn a_server_stops_well_on_a_full_disk() {
    let ground = Ground::new();
    ground.reads(&ground.secret).await;
    ground.server.take_the_disk_away();

    let (status, log) = ground.server.stop();

    assert_eq!((status, log.matches("could not note the last use of tokens").count()), (Some(0), 1), "{log}");
    assert_sound(&ground.place);
}

#[tokio::test]
async fn what_was_granted_before_the_disk_filled_is_there_after_a_kill() {
    let mut ground = Ground::new();
    ground.server.leave_room_for(400_000);
    let mut granted = Vec::new();
    loop {
        let answer = ground.grant().await;
        if answer.status != 200 {
            assert_eq!(answer.status, 503, "{}", answer.text());
            break;
        }
        granted.push(answer.at("/access_token").as_str().expect("a token").to_owned());
    }

    ground.server.kill();
    ground.server = Process::start(&ground.place);

    assert!(!granted.is_empty());
    for secret in granted {
        assert_eq!(ground.client(&secret).people(Api::Seven).await.status, 200);
    }
    assert_eq!(ground.grant().await.status, 200);
    ground.assert_sound();
}

#[test]
fn a_server_does_not_begin_on_a_full_disk() {
    let place = Place::on_a_file().and_acme();

    let ended = run_within(&place, 0, &["serve", "--listen", "127.0.0.1:0"]);

    assert_eq!((ended.status, ended.data.as_str()), (Some(1), ""), "{ended:?}");
    assert!(ended.words.contains("rollcall: could not open the database sqlite:rollcall.db"), "{ended:?}");
    assert!(ended.words.contains("because the directory cannot write at present") && ended.words.contains("full"), "{ended:?}");
}

#[test]
fn an_import_that_fills_the_disk_keeps_whole_batches_and_says_where_to_go_on() {
    let place = Place::on_a_file().and_acme();
    place.write("people.csv", &many_people(25_000));

    let ended = run_within(&place, 22_000_000, &["import", "acme", "people.csv"]);

    assert_eq!((ended.status, ended.data.as_str()), (Some(1), ""), "{ended:?}");
    let kept = place.people();
    assert!(ended.words.contains(&format!("line {} of people.csv and all that comes after is not loaded", kept + 2)), "{kept} {ended:?}");
    assert!((1..25_000).contains(&kept) && kept.is_multiple_of(10_000), "{kept}");
    assert_sound(&place);
    let again = place.run(&["import", "acme", "people.csv"]).json();
    assert_eq!((again["people"]["created"].as_u64(), again["people"]["unchanged"].as_u64()), (Some(25_000 - kept), Some(kept)));
}

#[test]
fn an_atomic_import_that_fills_the_disk_keeps_nothing() {
    let place = Place::on_a_file().and_acme();
    place.write("people.csv", &many_people(3000));

    let ended = run_within(&place, 4_000_000, &["import", "acme", "people.csv", "--atomic"]);

    assert_eq!((ended.status, ended.data.as_str(), place.people()), (Some(1), "", 0), "{ended:?}");
    assert!(ended.words.contains("the directory cannot write at present"), "{ended:?}");
    assert_sound(&place);
}

#[test]
fn a_database_that_finds_no_room_for_its_schema_is_made_whole_later() {
    for bytes in (0..200_000).step_by(16_384) {
        let place = Place::on_a_file();

        let ended = run_within(&place, bytes, &["migrate"]);

        assert!(ended.status == Some(1) || bytes > 100_000, "{bytes}: {ended:?}");
        assert_eq!(place.run(&["organization", "create", "acme", "--name", "Acme"]).status, Some(0), "{bytes}");
        assert_sound(&place);
    }
}
