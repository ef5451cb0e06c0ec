//! Published testers of SCIM servers, unmodified: `scim2 test`, which tries every attribute that `/Schemas` announces, and `scim-sanity`.
//!
//! Both make users and groups, change and delete them. The first reads its new resources back from the first page of a
//! list, so it is run where everybody is on one.

use super::python;
use crate::support::{Ended, Place, Serving};
use std::process::{Command, Stdio};

#[test]
fn scim2_tester_finds_nothing_wrong() {
    let place = place();
    let token = place.run(&["token", "create", "--organization", "acme", "--scopes", ALL_SCOPES]).data;
    let server = Serving::start(&place);

    let ended = run("scim2", |command| {
        // It takes no token but as a header, which other users of the machine could read in its command line.
        command.env("SCIM_CLI_HEADERS", format!("Authorization: Bearer {}", token.trim()));
        command.args(["--url", &base(&server), "test", "--verbose"]);
    });

    assert_eq!(ended.status, Some(0), "{}\n{}", ended.data, ended.words);
    assert!(ended.data.contains("SUCCESS check_replace_attribute"), "it looked at too little: {}", ended.data);
}

#[test]
fn scim_sanity_finds_nothing_wrong_in_its_strict_mode() {
    let place = place();
    // It adds a member that is nobody, and takes nothing but 200 for an answer.
    let quirk = ["--quirk", "scim:skip-unknown-members"];
    let token = place.run(&[&["token", "create", "--organization", "acme", "--scopes", ALL_SCOPES], quirk.as_slice()].concat()).data;
    let server = Serving::start(&place);

    let ended = run("scim-sanity", |command| {
        command.args(["probe", &base(&server), "--token", token.trim(), "--strict", "--i-accept-side-effects"]);
    });

    assert_eq!(ended.status, Some(0), "{}\n{}", ended.data, ended.words);
    assert!(!ended.data.contains("WARN"), "{}", ended.data);
}

const ALL_SCOPES: &str = "people:read,people:write,groups:read,groups:write,organization:read,organization:admin";

/// An organization with people, groups, and custom attributes of kinds that the testers make values of: they take decimals,
/// dates and e-mail addresses for any text.
fn place() -> Place {
    let place = Place::with_acme();
    for (name, kind) in [("office", "Text"), ("story", "Paragraph")] {
        assert_eq!(place.run(&["attribute", "create", "acme", name, "--type", kind]).status, Some(0), "{name}");
    }
    place.write("people.csv", "external_id,given_name,family_name,email,login,manager,role\nE1,Ana,de Souza,ana@example.com,ana,,OWNER\nE2,Bo,Berg,bo@example.com,bo,E1,\nE3,,,,,,\n");
    place.write("groups.csv", "group_external_id,group_name,person_number\nG1,Board,1\nG1,Board,2\nG2,Sales,2\n");
    let imported = place.run(&["import", "acme", "people.csv", "--groups", "groups.csv"]);
    assert_eq!(imported.status, Some(0), "{}", imported.words);
    place
}

fn base(server: &Serving) -> String {
    format!("http://{}/scim/v2", server.address)
}

/// Runs a program that stands beside the Python of the clients.
fn run(program: &str, tell: impl FnOnce(&mut Command)) -> Ended {
    let mut command = Command::new(python().with_file_name(program));
    tell(command.env_clear().stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()));
    Ended::of(command.spawn().unwrap_or_else(|error| panic!("{program} is not there ({error}): run ./test.sh, which installs it")))
}
