//! `rollcall attribute`, and what an import and an export make of typed attributes.

use crate::support::{Ended, Place};
use serde_json::{Value, json};
use std::fs;

fn attribute(place: &Place, words: &[&str]) -> Ended {
    place.run(&[&["attribute"][..], words].concat())
}

fn lines(ended: &Ended) -> Vec<Value> {
    ended.data.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

/// A place with an attribute of every sort.
fn with_attributes() -> Place {
    let place = Place::with_acme();
    for words in [
        &["create", "acme", "size", "--type", "number", "--min", "-1.5", "--max", "100", "--decimals", "1"][..],
        &["create", "acme", "since", "--type", "Date/Time", "--label", "Employed since", "--description", "The first day"],
        &["create", "acme", "tags", "--type", "list-of-options", "--allowed", "Red", "--allowed", "a;b"],
        &["create", "acme", "cv", "--type", "attachment", "--max-files", "2"],
        &["create", "acme", "office", "--type", "relationship"],
        &["create", "acme", "note", "--type", "paragraph", "--min-length", "2", "--max-length", "5"],
        &["create", "acme", "budget", "--object", "group", "--type", "number"],
    ] {
        assert_eq!(attribute(&place, words).status, Some(0), "{words:?}");
    }
    place
}

#[test]
fn what_is_defined_is_listed() {
    let place = with_attributes();

    let people = lines(&attribute(&place, &["list", "acme", "--object", "person"]));
    let all = lines(&attribute(&place, &["list", "acme"]));

    assert_eq!(
        people,
        [
            json!({ "object": "person", "name": "cv", "type": "Attachment", "label": "cv", "files_max": 2 }),
            json!({ "object": "person", "name": "note", "type": "Paragraph", "label": "note", "length_min": 2, "length_max": 5 }),
            json!({ "object": "person", "name": "office", "type": "Relationship", "label": "office" }),
            json!({
                "object": "person", "name": "since", "type": "Date/Time", "label": "Employed since", "description": "The first day"
            }),
            json!({
                "object": "person", "name": "size", "type": "Number", "label": "size",
                "value_min": -1.5, "value_max": 100, "decimal_places": 1
            }),
            json!({ "object": "person", "name": "tags", "type": "List of Options", "label": "tags", "allowed_values": ["Red", "a;b"] }),
        ]
    );
    assert_eq!(all.len(), 7);
}

#[test]
fn an_edit_prints_the_attribute_as_it_is_from_now_on() {
    let place = with_attributes();

    let edited = attribute(&place, &["edit", "acme", "size", "--clear", "min", "--clear", "decimals", "--max", "50", "--label", "Shoe"]);

    assert_eq!((edited.status, edited.words.as_str()), (Some(0), ""));
    assert_eq!(edited.json(), json!({ "object": "person", "name": "size", "type": "Number", "label": "Shoe", "value_max": 50 }));
}

#[test]
fn what_cannot_be_defined_says_why() {
    let place = with_attributes();

    for (words, status, expected) in [
        (&["create", "acme", "place", "--type", "GeoReference"][..], 2, "people and groups do not have"),
        (&["create", "acme", "sum", "--type", "Formula"], 2, "Risk Manager itself computes"),
        (&["create", "acme", "x", "--type", "shoe"], 2, "must be one of Text, Paragraph"),
        (&["create", "acme", "a b", "--type", "text"], 2, "must be named with 1 to 100"),
        (&["create", "acme", "x"], 2, "--type"),
        (&["edit", "acme", "size", "--max", "3", "--clear", "max"], 2, "either set or cleared"),
        (&["edit", "acme", "size", "--clear", "size"], 2, "possible values"),
        (&["create", "acme", "size", "--type", "text"], 1, "there is an attribute size of people already"),
        (&["create", "acme", "x", "--type", "text", "--max", "3"], 1, "value_max is no limit of the type Text"),
        (&["edit", "acme", "shoe"], 1, "there is no attribute shoe of people"),
        (&["delete", "acme", "shoe"], 1, "there is no attribute shoe of people"),
        (&["list", "globex"], 1, "there is no organization globex"),
    ] {
        let ended = attribute(&place, words);

        assert_eq!((ended.status, ended.data.as_str()), (Some(status), ""), "{words:?}: {ended:?}");
        assert!(ended.words.contains(expected), "{words:?}: {ended:?}");
    }
}

/// Imports lines of people, all of which must be taken.
fn import(place: &Place, name: &str, text: &str) {
    fs::write(place.path().join(name), text).expect("a file");
    let ended = place.run(&["import", "acme", name]);
    assert_eq!(ended.status, Some(0), "{ended:?}");
}

const PEOPLE: &str = concat!(
    r#"{"login":"jane","custom.size":12.5,"custom.since":"2020-02-29T12:00:00+01:00","custom.tags":["a;b","Red"],"#,
    r#""custom.cv":[{"Name":"cv.pdf","Size":1e300,"Signed":true}],"custom.office":{"Id":"7","Caption":"Main; office"},"#,
    r#""custom.note":"a\nb"}"#,
    "\n",
    r#"{"login":"omar","custom.size":-1.5,"custom.tags":[],"custom.office":{"Caption":"Main"}}"#,
    "\n",
    r#"{"login":"ann","custom.size":null}"#,
    "\n",
);

#[test]
fn typed_values_come_back_from_an_export_in_both_formats() {
    let place = with_attributes();
    import(&place, "people.jsonl", PEOPLE);
    for format in ["csv", "jsonl"] {
        let exported = place.run(&["export", "acme", "--format", format]);

        let name = format!("again.{format}");
        fs::write(place.path().join(&name), &exported.data).expect("a file");
        let again = place.run(&["import", "acme", &name]);

        assert_eq!(again.json()["people"]["unchanged"], json!(if format == "csv" { 2 } else { 3 }), "{format}: {again:?}");
        assert_eq!(again.status, Some(0), "{format}: {again:?}");
    }
    let jane = &lines(&place.run(&["export", "acme", "--format", "jsonl"]))[0];
    assert_eq!(jane["custom.tags"], json!(["a;b", "Red"]));
    assert_eq!(jane["custom.cv"], json!([{ "Name": "cv.pdf", "Size": 1e300, "Signed": true }]));
    assert_eq!(jane["custom.size"], json!(12.5));
}

#[test]
fn a_line_with_a_value_that_does_not_fit_is_reported() {
    let place = with_attributes();
    let lines = "login,custom.size,custom.tags,custom.note\njane,large,Green,a\nomar,1,Red,ab\n";
    fs::write(place.path().join("people.csv"), lines).expect("a file");

    let ended = place.run(&["import", "acme", "people.csv"]);

    assert_eq!(ended.status, Some(1));
    for reason in [
        "custom.size must be a number",
        "custom.tags must hold only what its definition allows: Red, a;b",
        "custom.note must have at least 2 characters",
    ] {
        assert!(ended.words.contains(reason), "{ended:?}");
    }
    assert_eq!(ended.json()["people"]["created"], json!(1));
}

#[test]
fn values_are_erased_with_their_attribute_when_that_is_asked() {
    let place = with_attributes();
    import(&place, "people.jsonl", PEOPLE);

    let refused = attribute(&place, &["delete", "acme", "size"]);
    let erased = attribute(&place, &["delete", "acme", "size", "--erase"]);

    assert_eq!(refused.status, Some(1));
    assert!(refused.words.contains("2 people have a value of it that must be erased with it"), "{refused:?}");
    assert_eq!((erased.status, erased.words.as_str()), (Some(0), "deleted the attribute size and 2 values of it\n"));
    assert!(!place.run(&["export", "acme"]).data.contains("custom.size"));
    assert_eq!(place.run(&["check"]).status, Some(0));
}

#[test]
fn a_limit_that_values_break_stays_as_it_was() {
    let place = with_attributes();
    import(&place, "people.jsonl", PEOPLE);
    let before = attribute(&place, &["list", "acme"]).data;

    let refused = attribute(&place, &["edit", "acme", "size", "--max", "10"]);

    assert_eq!(refused.status, Some(1));
    assert!(refused.words.contains("1 person has a value of it outside the new limits"), "{refused:?}");
    assert_eq!(attribute(&place, &["list", "acme"]).data, before);
}
