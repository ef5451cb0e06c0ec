//! A collection of filters from elsewhere, one JSON object a line: the text as `input`, and `kind` is `orderby` or
//! anything else. Asked for by naming its file in `ROLLCALL_FILTER_SYNTAX`; see what it prints with `--nocapture`.

use super::super::{Error, Field, Fields, filter, order, parse};
use rollcall_core::query::TextField;
use serde_json::Value;
use std::collections::BTreeMap;

/// The fields that the collection orders by.
const ORDERED: Fields<'_> = {
    const NAME: Field = Field::Text(TextField::Name);
    Fields::new(&[
        ("name", NAME),
        ("test", NAME),
        ("a", NAME),
        ("b", NAME),
        ("c", NAME),
        ("String", NAME),
        ("ReleaseDate", NAME),
        ("Rating", NAME),
    ])
};

#[test]
fn trial_of_filters_from_elsewhere() {
    let Ok(path) = std::env::var("ROLLCALL_FILTER_SYNTAX") else {
        println!("not asked for: ROLLCALL_FILTER_SYNTAX names no file");
        return;
    };
    let lines = std::fs::read_to_string(&path).expect("the file that ROLLCALL_FILTER_SYNTAX names");
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();

    for line in lines.lines() {
        let entry: Value = serde_json::from_str(line).expect("a line of JSON");
        let input = entry["input"].as_str().expect("an input");
        let title = ["dialect", "kind", "expect"].map(|name| entry[name].as_str().unwrap_or("-")).join(" ");
        let read = match entry["kind"].as_str() {
            Some("orderby") => order(input, &ORDERED).map(|_| ()),
            _ => parse::parse(input).map(|_| ()),
        };
        check_position(filter(input, &Fields::PEOPLE), input);
        println!("{title}: {input:?}: {}", check_position(read.clone(), input).unwrap_or("parsed".to_owned()));
        *counts.entry(format!("{title}: {}", if read.is_ok() { "parsed" } else { "refused" })).or_default() += 1;
    }

    println!("{counts:#?}");
}

/// What the error says, which must stand inside the input.
fn check_position<T>(read: Result<T, Error>, input: &str) -> Option<String> {
    let error = read.err()?;
    assert!(input.is_char_boundary(error.position), "{input:?}: {error}");
    Some(error.to_string())
}
