//! A directory moved to another with everything in it: what is exported there is what was exported here, to the byte.

use crate::support::Place;
use serde_json::{Value, json};
use std::fmt::Write;
use std::fs;

const PEOPLE: usize = 600;

/// Names that no careless reading of a reference survives: lists, numbers, uuids, other groups' ids, and each other's.
const GROUPS: [&str; 12] = [
    "Board",
    "Board; small",
    "7",
    "board",
    "  Law ",
    "G3",
    "\"Quoted\"",
    "A\r\nB",
    "\u{feff}Mark",
    "0192f5a0-0000-7000-8000-00000000abcd",
    "Straße",
    "STRASSE",
];

/// Text for a field that takes any, some of it empty.
const TEXTS: [&str; 9] = ["", "  blank", "a,b;c", "\"", "two\nlines", "\r", "\u{feff}mark", "{\"a\":1}", "=1+1"];

fn text(index: usize) -> Value {
    TEXTS.get(index % (TEXTS.len() + 1)).map_or(Value::Null, |text| json!(text))
}

/// One person a line. Every third has no external id; where there is one, it is the number of somebody else.
fn people() -> String {
    (1..=PEOPLE).fold(String::new(), |mut lines, number| {
        let external_id = if number % 3 == 0 { Value::Null } else { json!((PEOPLE + 1 - number).to_string()) };
        let person = json!({
            "number": number * 2,
            "external_id": external_id,
            "login": if number % 5 == 0 { Value::Null } else { json!(format!(" lögin{number}")) },
            "given_name": text(number),
            "family_name": text(number / 2),
            "display_name": format!("Person {number}"),
            "title": text(number + 1),
            "description": text(number + 2),
            "account": (["active", "blocked", "none"][number % 3]),
            "archived": number % 4 == 0,
            "role": if number % 7 == 0 { Value::Null } else { json!(["ROLE_USER", "Project lead"][number % 2]) },
            "language": if number % 11 == 0 { Value::Null } else { json!("pt-BR") },
            "level": (["Senior", "  Low"][number % 2]),
            "projects": [number, 7, 7],
            "custom.note": text(number + 3),
            "custom.Shoe-Size": number.to_string(),
        });
        writeln!(lines, "{person}").expect("writing to a text");
        lines
    })
}

/// Groups of every name with members, managers of theirs, and groups without any.
fn groups() -> String {
    let mut lines = String::new();
    for (index, name) in GROUPS.iter().enumerate() {
        let details = json!({
            "group_number": 100 - index,
            "group_external_id": if index % 3 == 0 { json!(format!("G{index}")) } else { Value::Null },
            "group_name": name,
            "group_description": text(index),
            "group_responsible": (2 * (index + 3)).to_string(),
            "custom.budget": text(index + 1),
        });
        writeln!(lines, "{details}").expect("writing to a text");
        for person in (1..PEOPLE).step_by(index + 1).take(if index == 4 { 0 } else { 90 }) {
            let member = json!({ "group_number": 100 - index, "person_number": 2 * person, "membership": text(person) });
            writeln!(lines, "{member}").expect("writing to a text");
        }
        // Inside the next one too, which stands further down the file.
        for inner in [index + 1, index + 3].into_iter().filter(|inner| *inner < GROUPS.len()) {
            let nested = json!({ "group_number": 100 - index, "subgroup_number": 100 - inner });
            writeln!(lines, "{nested}").expect("writing to a text");
        }
    }
    lines
}

/// Managers by number, once everybody is there: number 2 and its like are other people's external ids too.
fn managers() -> String {
    (1..=PEOPLE).fold(String::new(), |mut lines, number| {
        let manager = 1 + number * 7 % PEOPLE;
        let key = match (manager.is_multiple_of(3), manager.is_multiple_of(5)) {
            (true, true) => return lines,
            (true, false) => format!("lögin{manager}"),
            (false, _) => (PEOPLE + 1 - manager).to_string(),
        };
        writeln!(lines, "{}", json!({ "number": number * 2, "manager": key })).expect("writing to a text");
        lines
    })
}

/// A place with the organization `senate`, full, and `copy`, empty.
fn place() -> Place {
    let place = Place::new();
    for slug in ["senate", "copy"] {
        assert_eq!(place.run(&["organization", "create", slug, "--name", slug]).status, Some(0));
    }
    place.write("people.jsonl", &people());
    place.write("groups.jsonl", &groups());
    place.write("managers.jsonl", &managers());
    for words in [&["import", "senate", "people.jsonl", "--groups", "groups.jsonl"][..], &["import", "senate", "managers.jsonl"]] {
        let ended = place.run(words);
        assert_eq!((ended.status, ended.words.as_str()), (Some(0), ""));
    }
    place
}

fn read(place: &Place, name: &str) -> String {
    fs::read_to_string(place.path().join(name)).expect("a file")
}

/// Both files of an organization's export.
fn exported(place: &Place, slug: &str, format: &str) -> [String; 2] {
    let ended = place.run(&["export", slug, "--format", format, "--groups", "exported-groups"]);
    assert_eq!((ended.status, ended.words.as_str()), (Some(0), ""));
    [ended.data, read(place, "exported-groups")]
}

fn changes(place: &Place, slug: &str) -> usize {
    place.run(&["history", slug]).data.lines().count()
}

#[test]
fn people_and_groups_are_copied_to_the_byte_and_a_second_time_changes_nothing() {
    for format in ["csv", "jsonl"] {
        let place = place();
        let first = exported(&place, "senate", format);
        let (people, groups) = (format!("out.{format}"), format!("out-groups.{format}"));
        place.write(&people, &first[0]);
        place.write(&groups, &first[1]);
        let before = changes(&place, "senate");

        for slug in ["copy", "copy", "senate"] {
            let ended = place.run(&["import", slug, &people, "--groups", &groups]);
            assert_eq!((ended.status, ended.words.as_str()), (Some(0), ""), "{format} into {slug}");
        }

        let second = exported(&place, "copy", format);
        assert_eq!(first_difference(&first[0], &second[0]), None, "people as {format}");
        assert_eq!(first_difference(&first[1], &second[1]), None, "groups as {format}");
        if format == "jsonl" {
            // CSV cannot tell empty text from none, so the first copy of it has none.
            assert_eq!(changes(&place, "senate"), before);
        }
        let after = changes(&place, "copy");
        place.run(&["import", "copy", &people, "--groups", &groups]);
        assert_eq!(changes(&place, "copy"), after);
        assert_eq!(place.run(&["check"]).json()["findings"], json!([]));
    }
}

#[test]
fn people_alone_are_copied_to_the_byte_with_the_names_of_their_groups() {
    for format in ["csv", "jsonl"] {
        let place = place();
        let first = place.run(&["export", "senate", "--format", format]).data;
        let file = format!("out.{format}");
        place.write(&file, &first);

        let ended = place.run(&["import", "copy", &file]);

        assert_eq!((ended.status, ended.words.as_str()), (Some(0), ""));
        let second = place.run(&["export", "copy", "--format", format]).data;
        assert_eq!(first_difference(&first, &second), None, "{format}");
    }
}

/// The first line that differs, for a message that somebody can read.
fn first_difference(one: &str, other: &str) -> Option<String> {
    if one == other {
        return None;
    }
    let lines = one.split('\n').zip(other.split('\n')).find(|(one, other)| one != other);
    Some(lines.map_or_else(|| "one is shorter".to_owned(), |(one, other)| format!("\n{one}\n{other}\n")))
}
