//! The arrows of the architecture: who may name whom.
//!
//! The two crates' wall is the compiler's. What it cannot see, the rules here hold: each reads part of the source tree
//! and fails on a path that points up, or sideways from one room to another.

mod paths;
mod rules;

use rules::{RULES, Rule, rooms};
use std::fs;
use std::path::{Path, PathBuf};

/// Crates that speak HTTP or a network protocol, none of which `core` may know.
const HTTP_CRATES: [&str; 9] = ["axum", "http", "http-body-util", "httparse", "hyper", "hyper-util", "reqwest", "tower", "tower-http"];

#[test]
fn nothing_points_up() {
    let offences: Vec<String> = RULES.iter().flat_map(offences).collect();

    assert!(offences.is_empty(), "{}", offences.join("\n"));
}

#[test]
fn rooms_never_name_each_other() {
    let rules: Vec<Rule> = rooms(&root().join("server/src/dialect"));

    let offences: Vec<String> = rules.iter().flat_map(offences).collect();

    assert!(offences.is_empty(), "{}", offences.join("\n"));
}

#[test]
fn core_knows_no_http() {
    let manifest = fs::read_to_string(root().join("core/Cargo.toml")).expect("a manifest");

    let known: Vec<&str> = HTTP_CRATES.into_iter().filter(|name| depends_on(&manifest, name)).collect();

    assert!(known.is_empty(), "{known:?}");
}

#[test]
fn every_rule_has_files_to_read() {
    let empty: Vec<&str> = RULES.iter().filter(|rule| files(&root().join(&*rule.within)).is_empty()).map(|rule| &*rule.within).collect();

    assert!(empty.is_empty(), "{empty:?}");
}

#[test]
fn a_forbidden_path_is_seen_however_it_is_written() {
    let rule = Rule::new("core/src/domain", &["crate::directory", "crate::store", "rusqlite"], &[]);
    let forbidden = [
        "use crate::store::Store;",
        "use crate::{domain::Person, directory::{Actor, Directory}};",
        "use super::store::Store;",
        "fn f() -> crate::directory::Actor {",
        "use {\n    super::query,\n    crate::store as s,\n};",
        "fn f() { rusqlite::Connection::open_in_memory(); }",
        "pub(crate) use super::super::directory;",
        "extern crate rusqlite;",
        "use rusqlite as driver;",
    ];

    let seen = forbidden.map(|text| !rule.offences_in("core/src/domain/deep/made_up.rs", &in_depth(text)).is_empty());

    assert_eq!(seen, [true; 9]);
}

#[test]
fn a_word_in_a_comment_or_a_text_is_no_offence() {
    let rule = Rule::new("core/src/domain", &["crate::directory", "crate::store", "rusqlite"], &[]);
    let allowed = [
        "//! See [`crate::store`].",
        "const A: &str = \"crate::store\";",
        "use super::directory_of_nothing;",
        "let store = 1; // rusqlite::x",
    ];

    let seen = allowed.map(|text| rule.offences_in("core/src/domain/made_up.rs", text).len());

    assert_eq!(seen, [0; 4]);
}

/// The made-up file lies one folder deeper than the rule's, so `super` needs one step more.
fn in_depth(text: &str) -> String {
    text.replace("use super::store", "use super::super::super::store")
        .replace("use super::super::directory", "use super::super::super::directory")
}

/// Every breach of a rule in the source tree, as `file: path`.
fn offences(rule: &Rule) -> Vec<String> {
    let root = root();
    let files = files(&root.join(&*rule.within)).into_iter();
    files
        .flat_map(|file| {
            let text = fs::read_to_string(&file).expect("a source file");
            let name = file.strip_prefix(&root).expect("a file of the workspace").to_str().expect("a name of text");
            rule.offences_in(name, &text)
        })
        .collect()
}

/// The sources at a path: a file itself, or everything below a folder.
fn files(path: &Path) -> Vec<PathBuf> {
    if path.is_file() {
        return vec![path.to_owned()];
    }
    let Ok(folder) = fs::read_dir(path) else { return Vec::new() };
    let entries = folder.map(|entry| entry.expect("an entry").path());
    entries.flat_map(|entry| files(&entry)).filter(|file| file.extension().is_some_and(|extension| extension == "rs")).collect()
}

fn depends_on(manifest: &str, name: &str) -> bool {
    manifest.lines().any(|line| line.strip_prefix(name).is_some_and(|rest| rest.starts_with(['.', ' ', '='])))
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace").to_owned()
}
