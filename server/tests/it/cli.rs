//! The command line, as whoever types it sees it: the built program, its two streams and its exit status.

use crate::support::{Ended, Place, Running};
use std::fs;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::process::Stdio;

#[test]
fn wrong_usage_ends_with_2_and_says_so_on_standard_error() {
    let place = Place::new();
    let wrong: [&[&str]; 17] = [
        &[],
        &["bogus"],
        &["check", "--bogus"],
        &["check", "--database", "people.db"],
        &["organization", "create", "ACME", "--name", "Acme"],
        &["token", "create", "--scopes", "people:read"],
        &["token", "create", "--organization", "acme", "--scopes", "people:fly"],
        &["token", "create", "--organization", "acme", "--organization", "globex", "--scopes", "people:read", "--person", "1"],
        &["token", "create", "--scopes", "people:read", "--identity", "01a201d4-0c26-7f26-b61d-3219f4da5319", "--person", "1"],
        &["token", "create", "--scopes", "people:read", "--identity", "ana"],
        &["token", "create", "--organization", "acme", "--scopes", "people:read", "--quirk", "nobody:knows"],
        &["token", "quirks", "ana"],
        &["token", "revoke", "ana"],
        &["identity", "password", "01a201d4-0c26-7f26-b61d-3219f4da5319"],
        &["serve", "--listen", "8080"],
        &["demo", "--listen", "localhost:8080"],
        &["import", "acme", "-", "--groups", "-"],
    ];

    for words in wrong {
        let ended = place.run(words);

        assert_eq!((ended.status, ended.data.as_str()), (Some(2), ""), "{words:?}");
        assert!(!ended.words.is_empty(), "{words:?}");
    }
}

#[test]
fn a_secret_in_a_flag_is_not_said_again() {
    let place = Place::new();

    let ended = place.run(&["check", "--database", "postgres://rollcall:secret@db/people?sslmod=require"]);

    assert_eq!(ended.status, Some(2));
    assert!(ended.words.contains("--database") && !ended.words.contains("secret"), "{ended:?}");
}

#[test]
fn a_database_that_was_not_there_is_made_and_named() {
    let place = Place::new();

    let [first, second] = [(); 2].map(|()| place.run(&["check", "--database", "sqlite:poeple.db"]));

    assert_eq!((first.status, first.words.as_str()), (Some(0), "made the database sqlite:poeple.db, which was not there\n"));
    assert_eq!((second.status, second.words.as_str()), (Some(0), ""));
}

#[test]
fn a_command_that_has_ended_leaves_one_file_to_copy() {
    let place = Place::on_a_file().and_acme();

    place.run_with_input(&["import", "acme", "-"], "display_name\nAna\n");
    place.run(&["export", "acme"]);

    let files: Vec<_> = fs::read_dir(place.path()).expect("the folder").map(|file| file.expect("a file").file_name()).collect();
    assert_eq!(files, ["rollcall.db"]);
}

#[test]
fn the_version_and_help_are_data() {
    let place = Place::new();

    let (version, help) = (place.run(&["--version"]), place.run(&["import", "--help"]));

    assert_eq!((version.status, version.data.as_str()), (Some(0), concat!("rollcall ", env!("CARGO_PKG_VERSION"), "\n")));
    assert_eq!(help.status, Some(0));
    assert!(help.data.contains("--dry-run"), "{help:?}");
}

#[test]
fn a_failure_is_said_in_lines_that_name_their_causes() {
    let place = Place::new();

    let ended = place.run(&["check", "--database", "sqlite:missing/people.db"]);

    assert_eq!((ended.status, ended.data.as_str()), (Some(1), ""));
    assert!(ended.words.starts_with("rollcall: could not open the database sqlite:missing/people.db\n  because "), "{ended:?}");
    assert!(!ended.words.contains('{') && !ended.words.contains("Error("), "{ended:?}");
}

#[test]
fn an_organization_is_made_once() {
    let place = Place::with_acme();

    let again = place.run(&["organization", "create", "acme", "--name", "Other"]);

    assert_eq!((again.status, again.words.as_str()), (Some(1), "rollcall: there is an organization acme already\n"));
    let listed = place.run(&["organization", "list"]).json();
    assert_eq!((listed["slug"].as_str(), listed["name"].as_str(), listed["people"].as_u64()), (Some("acme"), Some("Acme"), Some(0)));
}

#[test]
fn an_import_reports_wrong_lines_by_their_numbers_and_loads_the_rest() {
    let place = Place::with_acme();
    place.write("people.csv", "display_name,email\nAna,ana@example.com\n\"Bo\nBerg\",plain\nCleo\nDora,dora@example.com\n");

    let ended = place.run(&["import", "acme", "people.csv"]);

    assert_eq!(ended.status, Some(1));
    let told: Vec<&str> = ended.words.lines().collect();
    assert!(told[0].starts_with("people.csv line 3: email must look like name@host"), "{ended:?}");
    assert_eq!(told[1..], ["people.csv line 5: has 1 of 2 cells: one for each heading"]);
    let summary = ended.json();
    assert_eq!((summary["people"]["created"].as_u64(), summary["refused"].as_u64()), (Some(2), Some(2)));
    assert_eq!((summary["dry_run"].as_bool(), summary["applied"].as_bool()), (Some(false), Some(true)));
}

#[test]
fn an_unknown_or_doubled_column_is_refused_before_anything_is_loaded() {
    let place = Place::with_acme();

    let unknown = place.run_with_input(&["import", "acme", "-"], "display_name,shoe_size\nAna,40\n");
    let doubled = place.run_with_input(&["import", "acme", "-"], "display_name,display_name\nAna,Ana\n");

    assert_eq!((unknown.status, unknown.data.as_str(), doubled.status, doubled.data.as_str()), (Some(1), "", Some(1), ""));
    assert!(unknown.words.starts_with("rollcall: standard input line 1: column shoe_size is not a column of people"), "{unknown:?}");
    assert!(unknown.words.contains("external_id") && doubled.words.contains("display_name is there twice"), "{unknown:?} {doubled:?}");
    assert_eq!(place.people(), 0);
}

#[test]
fn a_dry_run_and_an_atomic_import_with_a_wrong_line_load_nothing() {
    let place = Place::with_acme();
    let people = "{\"display_name\":\"Ana\"}\n{\"display_name\":\"Bo\"";

    for flag in ["--dry-run", "--atomic"] {
        let ended = place.run_with_input(&["import", "acme", "-", flag], people);

        assert_eq!((ended.status, ended.json()["applied"].as_bool()), (Some(1), Some(false)), "{ended:?}");
        assert!(ended.words.starts_with("standard input line 2: is no sound JSON"), "{ended:?}");
        assert_eq!(place.people(), 0);
    }
}

#[test]
fn a_file_that_lacks_too_many_people_deletes_nobody_and_says_how_to() {
    let place = Place::with_acme();
    let file = |people: u64| (1..=people).fold("external_id\n".to_owned(), |text, number| format!("{text}E{number}\n"));
    place.run_with_input(&["import", "acme", "-"], &file(30));
    let import = |words: &[&str]| place.run_with_input(&[&["import", "acme", "-", "--delete-missing"], words].concat(), &file(25));

    let refused = import(&[]);
    let [rehearsed, done] = [&["--delete-max", "17", "--dry-run"][..], &["--delete-max", "17"]].map(import);

    let words = "5 of 30 people are in no line, which is more than may be deleted; nobody is; to delete them, add --delete-max 17";
    assert_eq!((refused.status, refused.words), (Some(1), format!("standard input: {words}\n")));
    assert_eq!((rehearsed.status, rehearsed.json()["people"].clone()), (Some(0), done.json()["people"].clone()));
    assert_eq!((done.json()["people"]["deleted"].as_u64(), place.people()), (Some(5), 25));
    assert_eq!(place.run(&["import", "acme", "-", "--delete-max", "5"]).status, Some(2));
}

#[test]
fn what_is_exported_imports_again_unchanged() {
    let place = Place::with_acme();
    place.write(
        "people.jsonl",
        concat!(
            r#"{"external_id":"A","display_name":"Ana; \"the first\"\nof all","level":"Senior","projects":[7,8],"custom.note":"x,y"}"#,
            "\n",
            r#"{"number":7,"given_name":"Bo","manager":"A","archived":true,"identity":"bo@example.com","created_at":"2020-01-02T03:04:05.678Z"}"#,
        ),
    );
    place.write("groups.csv", "group_name,person_number,membership\n\"Board, small\",7,Chair\n");
    assert_eq!(place.run(&["import", "acme", "people.jsonl", "--groups", "groups.csv"]).words, "");

    for format in ["csv", "jsonl"] {
        let exported = place.run(&["export", "acme", "--format", format]);
        let again = place.run_with_input(&["import", "acme", "-"], &exported.data);

        assert_eq!((exported.status, again.status), (Some(0), Some(0)), "{again:?}");
        assert_eq!(again.json()["people"], serde_json::json!({ "created": 0, "updated": 0, "unchanged": 2, "deleted": 0 }), "{exported:?}");
        assert_eq!(again.json()["memberships"]["created"], 0);
    }
}

#[test]
fn an_export_into_a_closed_pipe_ends_quietly() {
    let place = Place::with_acme();
    let mut child = place.command(&["export", "acme"]).spawn().expect("the program");

    drop(child.stdout.take());

    let ended = Ended::of(child);
    assert_eq!((ended.status, ended.words.as_str()), (Some(0), ""));
}

#[test]
fn a_token_is_printed_alone_and_listed_without_its_secret() {
    let place = Place::with_acme();

    let made = place.run(&["token", "create", "--organization", "acme", "--scopes", "people:read,groups:read", "--expires", "never"]);

    assert_eq!((made.status, made.data.lines().count(), made.words.as_str()), (Some(0), 1, ""));
    assert!(made.data.starts_with("rollcall_"), "{made:?}");
    let listed = place.run(&["token", "list"]).json();
    assert_eq!(listed["scopes"], serde_json::json!(["people:read", "groups:read"]));
    assert!(listed["expires_at"].is_null() && listed["revoked_at"].is_null(), "{listed}");
}

#[test]
fn a_token_that_is_not_there_is_given_no_quirks() {
    let place = Place::with_acme();

    let ended = place.run(&["token", "quirks", "01a201d4-0c26-7f26-b61d-3219f4da5319"]);

    let said = "rollcall: there is no token 01a201d4-0c26-7f26-b61d-3219f4da5319\n";
    assert_eq!((ended.status, ended.words.as_str()), (Some(1), said));
}

#[test]
fn a_token_has_exactly_the_quirks_that_it_was_last_given() {
    let place = Place::with_acme();
    let quirk = |name: &'static str| ["--quirk", name];
    let [one, two] = [quirk("scim:patch-no-content"), quirk("scim:missing-schemas")];
    let words = ["token", "create", "--organization", "acme", "--scopes", "people:read"];
    place.run(&[&words[..], &one, &two].concat());
    let listed = || place.run(&["token", "list"]).json();
    let id = listed()["id"].as_str().expect("an id").to_owned();
    let quirks = || listed()["quirks"].as_array().expect("quirks").iter().map(ToString::to_string).collect::<Vec<_>>();

    assert_eq!(quirks(), [r#""scim:missing-schemas""#, r#""scim:patch-no-content""#]);
    let set = place.run(&[&["token", "quirks", &id][..], &two].concat());
    assert_eq!((set.status, set.data, set.words), (Some(0), String::new(), format!("token {id} has the quirks scim:missing-schemas\n")));
    assert_eq!(quirks(), [r#""scim:missing-schemas""#]);
    assert_eq!(place.run(&["token", "quirks", &id]).words, format!("token {id} has no quirks\n"));
    assert!(quirks().is_empty());
}

#[test]
fn an_unknown_quirk_is_refused_with_those_that_there_are() {
    let place = Place::with_acme();
    let words = ["token", "create", "--organization", "acme", "--scopes", "people:read", "--quirk", "scim:PATCH-no-content"];

    let (ended, help) = (place.run(&words), place.run(&["token", "create", "--help"]));

    assert!(ended.words.contains("there is no such quirk: use scim:patch-no-content, scim:"), "{ended:?}");
    assert!(help.data.contains("scim:patch-no-content: a PATCH that is done"), "{help:?}");
}

#[test]
fn a_token_is_revoked_once() {
    let place = Place::with_acme();
    place.run(&["token", "create", "--organization", "acme", "--scopes", "people:read"]);
    let id = place.run(&["token", "list"]).json()["id"].as_str().expect("an id").to_owned();

    let [first, second] = [(); 2].map(|()| place.run(&["token", "revoke", &id]).status);

    assert_eq!((first, second), (Some(0), Some(1)));
}

#[test]
fn a_role_is_made_listed_and_told_anew_what_it_allows() {
    let place = Place::with_acme();
    let of_lead = |place: &Place| {
        let listed = place.run(&["role", "list", "acme"]).data;
        listed.lines().find(|line| line.contains("ROLE_PROJECT_LEAD")).expect("the role").to_owned()
    };

    let made = place.run(&["role", "create", "acme", "--name", "Project lead", "--scopes", "people:read,groups:read"]);
    let before = of_lead(&place);
    let changed = place.run(&["role", "scopes", "acme", "ROLE_PROJECT_LEAD", "--scopes", "people:read"]);

    assert_eq!(made.json(), serde_json::json!({ "number": 5, "code": "ROLE_PROJECT_LEAD" }));
    assert!(before.ends_with(r#""is_default":false,"scopes":["people:read","groups:read"]}"#), "{before}");
    assert_eq!((changed.status, changed.words.as_str()), (Some(0), "role ROLE_PROJECT_LEAD in acme allows people:read\n"));
    assert!(of_lead(&place).ends_with(r#""scopes":["people:read"]}"#));
}

#[test]
fn a_role_that_cannot_be_made_or_changed_is_told_why() {
    let place = Place::with_acme();

    let taken = place.run(&["role", "create", "acme", "--name", "owner", "--scopes", ""]);
    let absent = place.run(&["role", "scopes", "acme", "ROLE_BOSS", "--scopes", ""]);
    let owner = place.run(&["role", "scopes", "acme", "ROLE_OWNER", "--scopes", "people:read"]);
    let form = place.run(&["role", "create", "acme", "--name", "Boss", "--code", "boss", "--scopes", ""]);

    assert_eq!((taken.status, taken.words.as_str()), (Some(1), "rollcall: there is a role of this name in acme already\n"));
    assert_eq!((absent.status, absent.words.as_str()), (Some(1), "rollcall: there is no role ROLE_BOSS in acme\n"));
    assert_eq!(owner.status, Some(1));
    assert_eq!(form.status, Some(2));
}

#[test]
fn an_application_and_an_identity_are_made_and_linked() {
    let place = Place::with_acme();
    place.run_with_input(&["import", "acme", "-"], "number,display_name\n7,Ana\n");

    let application = place.run(&["application", "create", "--organization", "acme", "--scopes", "people:read"]).json();
    let identity =
        place.run_with_input(&["identity", "create", "--email", "ana@example.com", "--password-stdin"], "a long password\n").json();
    let id = identity["id"].as_str().expect("an id");
    let links = ["7", "8"].map(|number| place.run(&["identity", "link", id, "acme", number]).status);

    assert!(application["client_id"].is_string() && application["client_secret"].is_string(), "{application}");
    assert_eq!(links, [Some(0), Some(1)]);
    assert_eq!(place.run(&["token", "create", "--identity", id, "--scopes", "people:read"]).status, Some(0));
}

#[test]
fn an_identity_is_listed_unlinked_and_given_another_password() {
    let place = Place::with_acme();
    place.run_with_input(&["import", "acme", "-"], "number,display_name,identity\n7,Ana,ana@example.com\n");
    let listed = || place.run(&["identity", "list"]).json();
    let before = listed();
    let id = before["id"].as_str().expect("an id");
    let set = |password| place.run_with_input(&["identity", "password", id, "--password-stdin"], password).status;

    let passwords = [set("short"), set("a long password\n")];
    let unlinked = [(); 2].map(|()| place.run(&["identity", "unlink", id, "acme"]).status);

    assert_eq!(before["enters"], serde_json::json!([{ "organization": "acme", "person": 7 }]));
    assert_eq!((&before["known_by"], &before["has_password"]), (&serde_json::json!(["ana@example.com"]), &serde_json::json!(false)));
    assert_eq!((passwords, unlinked), ([Some(1), Some(0)], [Some(0), Some(1)]));
    assert_eq!((&listed()["enters"], &listed()["has_password"]), (&serde_json::json!([]), &serde_json::json!(true)));
    assert_eq!(place.people(), 1);
    assert_eq!(place.run(&["check"]).json()["findings"], serde_json::json!([]));
}

#[test]
fn a_redirect_that_could_lead_elsewhere_is_wrong_usage() {
    let place = Place::with_acme();
    let create = |uri| place.run(&["application", "create", "--organization", "acme", "--scopes", "people:read", "--redirect-uri", uri]);

    for uri in ["http://app.example.com/", "https://app.example.com/#x", "app", "javascript:alert(1)"] {
        assert_eq!(create(uri).status, Some(2), "{uri}");
    }
    assert_eq!(create("http://127.0.0.1:4321/back").status, Some(0));
}

#[test]
fn a_sound_database_has_no_findings() {
    let place = Place::with_acme();
    place.run_with_input(&["import", "acme", "-"], "display_name\nAna\n");

    let ended = place.run(&["check"]);

    assert_eq!((ended.status, ended.words.as_str()), (Some(0), ""));
    assert_eq!(ended.json(), serde_json::json!({ "organizations": 1, "people": 1, "findings": [] }));
}

#[test]
fn the_settings_are_printed_with_their_sources() {
    let place = Place::new();

    let (table, model) = (place.run(&["config", "--database", "sqlite:other.db"]), place.run(&["config", "--default"]));

    assert!(table.data.lines().any(|line| line.starts_with("database.url") && line.ends_with("flag --database")), "{table:?}");
    assert_eq!(model.data, include_str!("../../../rollcall.default.toml"));
}

#[test]
fn a_server_stops_in_order_when_it_is_told_to() {
    let place = Place::new();
    let mut child = place.command(&["serve", "--listen", "127.0.0.1:0"]).stderr(Stdio::piped()).spawn().expect("the program");
    let mut log = BufReader::new(child.stderr.take().expect("its log")).lines();
    let first = log.next().expect("a line").expect("text");
    let lines = BufReader::new(child.stdout.take().expect("its output")).lines();

    let ended = Running { child, lines }.stop();

    assert!(first.contains("listening on http://127.0.0.1:"), "{first}");
    assert_eq!(ended.status, Some(0));
}

#[test]
fn a_demo_prints_a_call_of_each_api_and_leaves_nothing_behind() {
    let place = Place::new();
    let mut demo = Running::start(&place, &["demo", "--listen", "127.0.0.1:0", "--people", "3"]);

    let lines = demo.lines(10);
    let ended = demo.stop();

    let comments: Vec<&str> = lines.iter().step_by(2).map(String::as_str).collect();
    assert_eq!(comments, ["# 24SevenOffice", "# Risk Manager", "# Wethod", "# ProofHub", "# SCIM"]);
    assert!(lines.iter().skip(1).step_by(2).all(|line| line.starts_with("curl -s 'http://127.0.0.1:")), "{lines:?}");
    assert_eq!(ended.status, Some(0), "{ended:?}");
    assert_eq!(fs::read_dir(place.path()).expect("the folder").count(), 0);
}

#[test]
fn an_address_in_use_is_said_with_the_way_out() {
    let place = Place::new();
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("its address").to_string();

    for command in ["demo", "serve"] {
        let ended = place.run(&[command, "--listen", &address]);

        assert_eq!(ended.status, Some(1));
        assert!(ended.words.contains(&address) && ended.words.contains("--listen"), "{ended:?}");
    }
}
