//! The log: which request a line is about, by its own id and by that of the trace that it belongs to; and nobody in it.

use crate::durability::process::Process;
use crate::support::{Api, Client, Place};
use serde_json::Value;

const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const TRACEPARENT: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

/// What is true of somebody, each unlike anything that a log has by itself.
const PERSONAL: [&str; 8] = [
    "Xaverine",
    "Quillfeather",
    "xaverine@example.org",
    "quill-login",
    "555-0199",
    "Archivist-of-Moths",
    "not-a-token",
    "wrong-passphrase",
];

/// A server that prints everything, over a place with somebody in it.
fn server(place: &Place, format: &str) -> (Process, Client) {
    let people =
        "display_name,email,login,phone,title\nXaverine Quillfeather,xaverine@example.org,quill-login,555-0199,Archivist-of-Moths\n";
    assert_eq!(place.run_with_input(&["import", "acme", "-"], people).status, Some(0));
    let token = place.run(&["token", "create", "--organization", "acme", "--scopes", "people:read,people:write,organization:admin"]);
    let secret = token.data.lines().next().expect("a token").trim().to_owned();
    let process = Process::start_with(place, &[("ROLLCALL_LOG_LEVEL", "trace"), ("ROLLCALL_LOG_FORMAT", format)]);
    let client = Client { address: process.address, secret: Some(secret), organization: None };
    (process, client)
}

/// Reads by name, e-mail and number, a write that is refused and one that is not, a bad secret, and a wrong password.
async fn ask_everything(client: &Client) {
    for api in [Api::Seven, Api::Modulo, Api::Wethod, Api::ProofHub, Api::Scim] {
        for target in [api.people().to_owned(), format!("{}/1", api.people()), format!("/acme{}?q=Xaverine", api.people())] {
            client.get(api, &target).await;
        }
        let body = r#"{"Name": "Xaverine Quillfeather", "email": "xaverine@example.org", "phone": ["555-0199"]}"#;
        client.call(api, "POST", api.people()).body("application/json", body).send().await;
        let stranger = Client { secret: Some("not-a-token".to_owned()), ..client.clone() };
        stranger.get(api, api.people()).await;
    }
    client.filtered("Name eq 'Xaverine Quillfeather' and substringof('quill-login', Login)").await;
    client.filtered("Nonsense eq 'Xaverine'").await;
    client.get(Api::Scim, "/scim/v2/Users?filter=userName eq \"quill-login\"").await;
    client.get(Api::Seven, "/console/people?words=Xaverine").await;
    let form = "email=xaverine%40example.org&password=wrong-passphrase";
    client.call(Api::Seven, "POST", "/console/sign-in").body("application/x-www-form-urlencoded", form).send().await;
}

#[tokio::test]
async fn nothing_about_a_person_is_in_the_log() {
    for format in ["text", "json"] {
        let place = Place::with_acme();
        let (process, client) = server(&place, format);

        ask_everything(&client).await;

        let (_, log) = process.stop();
        let secret = client.secret.as_deref().expect("a secret");
        assert!(log.lines().count() > 20, "{log}");
        for told in PERSONAL.into_iter().chain([secret, "/api/persons", "/people"]) {
            assert!(!log.to_lowercase().contains(&told.to_lowercase()), "{told} is in the log:\n{log}");
        }
    }
}

#[tokio::test]
async fn every_line_of_a_request_names_its_trace_and_its_id() {
    let place = Place::with_acme();
    let (process, client) = server(&place, "json");

    for target in ["/v1/organization/people", "/v1/organization/people/99"] {
        let call = client.call(Api::Seven, "GET", target).header("traceparent", TRACEPARENT);
        call.header("X-Request-Id", "the-one").send().await;
    }

    let (_, log) = process.stop();
    let lines: Vec<Value> =
        log.lines().filter(|line| line.contains("the-one")).map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let named: Vec<_> = lines.iter().map(|line| (&line["request.id"], &line["trace.id"], &line["http.status"])).collect();
    assert_eq!(named, [(&"the-one".into(), &TRACE.into(), &200.into()), (&"the-one".into(), &TRACE.into(), &404.into())], "{log}");
}

#[tokio::test]
async fn a_request_without_a_good_traceparent_has_no_trace() {
    let place = Place::with_acme();
    let (process, client) = server(&place, "json");

    for sent in ["00-00000000000000000000000000000000-00f067aa0ba902b7-01", "Xaverine"] {
        client.call(Api::Seven, "GET", "/v1/organization/people").header("traceparent", sent).send().await;
    }

    let (_, log) = process.stop();
    assert!(log.contains("http.status") && !log.contains("trace.id"), "{log}");
}
