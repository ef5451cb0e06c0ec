//! TLS to PostgreSQL and who is let in: what a URL asks for is done, and what goes wrong is said at once.

use super::run_on;
use crate::support::{Cluster, Ended, Place};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// Who comes in how: anybody by TLS, with a password and with a certificate of its own; and one in the clear alone.
const WHO_COMES_IN: &str = "
    host      all postgres  127.0.0.1/32 trust
    hostssl   all encrypted 127.0.0.1/32 trust
    hostssl   all guarded   127.0.0.1/32 scram-sha-256
    hostssl   all certified 127.0.0.1/32 cert
    hostnossl all clear     127.0.0.1/32 trust
";
const LOGINS: &str = "create role encrypted superuser login; create role clear superuser login; create role certified superuser login;
    create role guarded superuser login password 'geheim'";

/// A server whose certificate is for `localhost` alone, and the files of two authorities.
struct Guarded {
    cluster: Cluster,
    folder: TempDir,
}

impl Guarded {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for authority in ["ours", "theirs"] {
            make_authority(folder.path(), authority);
        }
        sign(folder.path(), "server", "localhost", "subjectAltName = DNS:localhost\n");
        sign(folder.path(), "client", "certified", "subjectAltName = DNS:certified\n");
        let mut guarded = Self { cluster: Cluster::new(), folder };
        guarded.cluster.sql(LOGINS);
        for name in ["server.pem", "server.key", "ours.pem"] {
            guarded.cluster.write(name, &fs::read_to_string(guarded.file(name)).expect("a file"));
        }
        guarded.cluster.write("pg_hba.conf", WHO_COMES_IN);
        let files = "ssl_cert_file = 'server.pem'\nssl_key_file = 'server.key'\nssl_ca_file = 'ours.pem'\n";
        guarded.cluster.configure(&format!("ssl = on\nlog_connections = on\n{files}"));
        guarded.cluster.restart_immediately();
        guarded
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn url(&self, login: &str, host: &str, parameters: &str) -> String {
        format!("postgres://{login}@{host}:{}/rollcall?{parameters}", self.cluster.port())
    }

    /// Opens the database as somebody, at the address that is not in the certificate.
    fn open(&self, login: &str, parameters: &str) -> Ended {
        run_on(&self.url(login, "127.0.0.1", parameters), &["migrate"])
    }

    /// Whether somebody came in, and how that connection was.
    fn let_in(&self, user: &str, how: &str) -> bool {
        let begin = format!("connection authorized: user={user} database=rollcall application_name=rollcall");
        self.cluster.log().lines().any(|line| line.contains(&begin) && line.contains("SSL enabled") == (how == "encrypted"))
    }
}

fn openssl(folder: &Path, words: &[&str]) {
    let made = Command::new("openssl").args(words).current_dir(folder).output().expect("these tests need openssl");
    assert!(made.status.success(), "{words:?}: {}", String::from_utf8_lossy(&made.stderr));
}

/// `NAME.pem` and `NAME.key`.
fn make_authority(folder: &Path, name: &str) {
    let (key, certificate, subject) = (format!("{name}.key"), format!("{name}.pem"), format!("/CN={name}"));
    let words = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
    openssl(folder, &[&words[..], &["-subj", &subject, "-keyout", &key, "-out", &certificate]].concat());
}

/// `NAME.pem` and `NAME.key`, by our authority.
fn sign(folder: &Path, name: &str, subject: &str, extensions: &str) {
    let (key, request, certificate) = (format!("{name}.key"), format!("{name}.csr"), format!("{name}.pem"));
    let (extensions_file, subject) = (format!("{name}.ext"), format!("/CN={subject}"));
    fs::write(folder.join(&extensions_file), extensions).expect("a file");
    let words = ["req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
    openssl(folder, &[&words[..], &["-subj", &subject, "-keyout", &key, "-out", &request]].concat());
    let words = ["x509", "-req", "-days", "2", "-CA", "ours.pem", "-CAkey", "ours.key", "-CAcreateserial"];
    openssl(folder, &[&words[..], &["-in", &request, "-extfile", &extensions_file, "-out", &certificate]].concat());
}

fn assert_refused(ended: &Ended, reason: &str) {
    assert_eq!(ended.status, Some(1), "{ended:?}");
    assert!(ended.words.contains(reason), "{ended:?}");
    assert!(!ended.words.contains("trying again"), "waiting would not help: {ended:?}");
    assert!(!ended.words.contains("geheim"), "{ended:?}");
}

#[test]
#[ignore = "needs PostgreSQL"]
fn the_connection_is_encrypted_where_that_is_required_and_where_it_is_preferred() {
    let server = Guarded::new();

    for parameters in ["sslmode=require", "sslmode=prefer", ""] {
        let ended = server.open("encrypted", parameters);

        assert_eq!(ended.status, Some(0), "{parameters}: {ended:?}");
    }
    assert!(server.let_in("encrypted", "encrypted") && !server.let_in("encrypted", "in the clear"), "{}", server.cluster.log());
}

#[test]
#[ignore = "needs PostgreSQL"]
fn where_tls_is_preferred_a_server_that_wants_none_is_reached_in_the_clear() {
    let server = Guarded::new();

    let ended = server.open("clear", "");

    assert_eq!(ended.status, Some(0), "{ended:?}");
    assert!(server.let_in("clear", "in the clear"), "{}", server.cluster.log());
}

#[test]
#[ignore = "needs PostgreSQL"]
fn a_server_is_trusted_that_the_authority_knows_by_its_name() {
    let server = Guarded::new();
    let roots = |name: &str| format!("sslmode=verify-full&sslrootcert={}", server.file(name).display());

    let trusted = run_on(&server.url("encrypted", "localhost", &roots("ours.pem")), &["migrate"]);
    assert_eq!(trusted.status, Some(0), "{trusted:?}");

    let elsewhere = run_on(&server.url("encrypted", "127.0.0.1", &roots("ours.pem")), &["migrate"]);
    assert_refused(&elsewhere, "certificate not valid for name \"127.0.0.1\"");

    let stranger = run_on(&server.url("encrypted", "localhost", &roots("theirs.pem")), &["migrate"]);
    assert_refused(&stranger, "invalid peer certificate");

    let unknown = run_on(&server.url("encrypted", "localhost", &roots("nobody.pem")), &["migrate"]);
    assert_refused(&unknown, "could not read the file of sslrootcert");
}

#[test]
#[ignore = "needs PostgreSQL"]
fn a_server_that_wants_tls_refuses_who_comes_in_the_clear() {
    let server = Guarded::new();

    let ended = server.open("encrypted", "sslmode=disable");

    assert_refused(&ended, "no pg_hba.conf entry for host \"127.0.0.1\", user \"encrypted\", database \"rollcall\", no encryption");
}

#[test]
#[ignore = "needs PostgreSQL"]
fn a_server_without_tls_is_refused_where_it_is_required() {
    let cluster = Cluster::new();

    for mode in ["require", "verify-full"] {
        let ended = run_on(&format!("{}?sslmode={mode}", cluster.url()), &["migrate"]);

        assert_refused(&ended, "server does not support TLS");
    }
}

#[test]
#[ignore = "needs PostgreSQL"]
fn a_password_lets_in_and_is_tied_to_the_certificate_of_the_server() {
    let server = Guarded::new();

    for parameters in ["sslmode=require", "sslmode=require&channel_binding=require", "channel_binding=disable"] {
        let ended = server.open("guarded:geheim", parameters);

        assert_eq!(ended.status, Some(0), "{parameters}: {ended:?}");
    }
    let place = Place::on_a_file();
    let mut command = place.command(&["migrate", "--database", &server.url("guarded", "127.0.0.1", "")]);
    let ended = Ended::of(command.env("PGPASSWORD", "geheim").spawn().expect("the program"));
    assert_eq!(ended.status, Some(0), "{ended:?}");
}

#[test]
#[ignore = "needs PostgreSQL"]
fn a_wrong_password_ends_the_program_at_once() {
    let server = Guarded::new();

    assert_refused(&server.open("guarded:geheimer", ""), "password authentication failed for user \"guarded\"");
    assert_refused(&server.open("guarded", ""), "it asks for a password: give one by PGPASSWORD, or in the URL");
    let serving = run_on(&server.url("guarded:geheimer", "127.0.0.1", ""), &["serve", "--listen", "127.0.0.1:0"]);
    assert_refused(&serving, "password authentication failed for user \"guarded\"");
}

#[test]
#[ignore = "needs PostgreSQL"]
fn a_certificate_of_its_own_lets_the_program_in() {
    let server = Guarded::new();
    let certificate = format!("sslcert={}&sslkey={}", server.file("client.pem").display(), server.file("client.key").display());

    let ended = server.open("certified", &format!("sslmode=require&{certificate}"));

    assert_eq!(ended.status, Some(0), "{ended:?}");
    assert_refused(&server.open("certified", "sslmode=require"), "connection requires a valid client certificate");
}
