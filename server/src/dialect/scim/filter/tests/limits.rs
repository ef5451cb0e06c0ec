use super::super::{AttributePath, Path, parse};
use super::refused;
use rollcall_core::query::{FILTER_BYTES_MAX, FILTER_DEPTH_MAX};

/// A condition of exactly so many bytes.
fn long(bytes: usize) -> String {
    let frame = "title eq \"\"".len();
    format!("title eq \"{}\"", "x".repeat(bytes - frame))
}

#[test]
fn a_filter_has_at_most_4096_bytes() {
    assert!(parse(&long(FILTER_BYTES_MAX)).is_ok());
    assert_eq!(refused(&long(FILTER_BYTES_MAX + 1)).message, "longer than 4096 bytes");
}

#[test]
fn a_path_and_an_attribute_have_at_most_4096_bytes() {
    let text = "x".repeat(FILTER_BYTES_MAX + 1);

    assert_eq!(Path::parse(&text).map_err(|error| error.message), Err("longer than 4096 bytes".to_owned()));
    assert_eq!(AttributePath::parse(&text).map_err(|error| error.message), Err("longer than 4096 bytes".to_owned()));
}

#[test]
fn too_many_bytes_are_refused_between_two_characters() {
    let text = "🦀".repeat(FILTER_BYTES_MAX);

    assert_eq!(refused(&text).position, FILTER_BYTES_MAX);
    assert_eq!(refused(&format!("a{text}")).position, FILTER_BYTES_MAX - 3);
}

#[test]
fn parentheses_nest_at_most_32_deep() {
    let nested = |depth: usize| format!("{}title pr{}", "(".repeat(depth), ")".repeat(depth));

    assert!(parse(&nested(FILTER_DEPTH_MAX)).is_ok());
    assert_eq!(refused(&nested(FILTER_DEPTH_MAX + 1)).message, "nests deeper than 32");
}

#[test]
fn negations_and_brackets_nest_as_deep_as_parentheses() {
    let nested = |depth: usize| format!("{}emails[value pr]{}", "not (".repeat(depth), ")".repeat(depth));

    assert!(parse(&nested(FILTER_DEPTH_MAX - 1)).is_ok());
    assert_eq!(refused(&nested(FILTER_DEPTH_MAX)).message, "nests deeper than 32");
}

#[test]
fn a_filter_has_at_most_200_nodes() {
    // The chain is one.
    let conditions = |count: usize| vec!["title pr"; count].join(" or ");

    assert!(parse(&conditions(199)).is_ok());
    assert_eq!(refused(&conditions(200)).message, "more than 200 conditions and operators");
}

#[test]
fn seventy_ids_can_be_listed() {
    let text = vec!["id eq \"6fe49ce4-56d4-475f-9483-1adca6b2976c\""; 70].join(" or ");

    assert!(parse(&text).is_ok());
}

#[test]
fn the_most_hostile_texts_are_refused() {
    let hostile = [
        "(".repeat(FILTER_BYTES_MAX),
        "[".repeat(FILTER_BYTES_MAX),
        "a[".repeat(2000),
        "not ".repeat(1000),
        "not(".repeat(1000),
        "\"".repeat(FILTER_BYTES_MAX - 1),
        "\\".repeat(FILTER_BYTES_MAX),
        "-".repeat(FILTER_BYTES_MAX),
        "1".repeat(FILTER_BYTES_MAX),
        "a.".repeat(2000),
        "a:".repeat(2000),
        "$".repeat(FILTER_BYTES_MAX),
        "a pr and ".repeat(400),
        "a pr or b pr and ".repeat(200),
    ];

    assert!(hostile.iter().all(|text| parse(text).is_err()));
}
