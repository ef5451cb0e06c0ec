//! Published clients of the vendors' APIs and testers of them, unmodified, against the built program.
//!
//! They are Python packages, pinned in `tests/clients/requirements.txt`, that `./test.sh` installs into
//! `target/clients`. Each script in `tests/clients` reads where the server is as JSON and prints what it saw as JSON.

mod scim;

use crate::support::{Place, Serving};
use serde_json::{Value, json};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

#[test]
fn py24so_reads_people() {
    let place = Place::new();
    let organization = place.run(&["organization", "create", "acme", "--name", "Acme 🦀"]).json()["id"].to_string();
    place.run_with_input(
        &["import", "acme", "-"],
        "number,given_name,family_name,person_type,has_license\n1,Ana,de Souza,organization,yes\n2,Bo,,external,no\n",
    );
    let application = |scopes: &str| place.run(&["application", "create", "--organization", "acme", "--scopes", scopes]).json();
    let (reader, stranger) = (application("people:read,organization:read"), application("groups:read"));
    let server = Serving::start(&place);

    let seen = answer_of(
        "py24so_reads_people.py",
        &json!({ "server": format!("http://{}", server.address), "organization": organization, "reader": reader, "stranger": stranger }),
    );

    let ana = json!({ "id": 1, "identityId": null, "firstName": "Ana", "lastName": "de Souza", "personType": "Organization", "hasLicense": true });
    let bo = json!({ "id": 2, "identityId": null, "firstName": "Bo", "lastName": null, "personType": "External", "hasLicense": false });
    assert_eq!(seen["people"], json!([ana, bo]));
    assert_eq!((&seen["external"], &seen["one"]), (&json!([2]), &bo));
    assert_eq!(seen["organization"], "Acme 🦀");
    assert_eq!(seen["unknown"], json!({ "status": 404, "name": "NotFoundError", "is_tracked": true }));
    assert_eq!(seen["forbidden"], json!({ "status": 403, "name": "ForbiddenError", "is_tracked": true }));
}

/// What a script prints that is told this.
fn answer_of(script: &str, told: &Value) -> Value {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clients").join(script);
    let mut child = Command::new(python())
        .arg(script)
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the Python of the clients");
    child.stdin.take().expect("its input").write_all(told.to_string().as_bytes()).expect("writing");
    let ended = child.wait_with_output().expect("its end");
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
    serde_json::from_slice(&ended.stdout).expect("JSON")
}

/// The Python that has the clients: where `ROLLCALL_TEST_PYTHON` says, or where `./test.sh` makes it.
fn python() -> PathBuf {
    let made = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/clients/bin/python");
    let python = std::env::var_os("ROLLCALL_TEST_PYTHON").map_or(made, PathBuf::from);
    assert!(python.exists(), "{} is not there: run ./test.sh, which installs the clients that this test runs", python.display());
    python
}
