use super::{read, refused};
use rollcall_core::query::{FILTER_BYTES_MAX, FILTER_DEPTH_MAX, FILTER_NODES_MAX};

/// A condition of exactly so many bytes.
fn long(bytes: usize) -> String {
    let frame = "Name eq ''".len();
    format!("Name eq '{}'", "x".repeat(bytes - frame))
}

#[test]
fn a_filter_has_at_most_4096_bytes() {
    assert!(read(&long(FILTER_BYTES_MAX)).is_ok());
    assert_eq!(refused(&long(FILTER_BYTES_MAX + 1)).message, "longer than 4096 bytes");
}

#[test]
fn too_many_bytes_are_refused_between_two_characters() {
    let text = "🦀".repeat(FILTER_BYTES_MAX);

    assert_eq!(refused(&text[..]).position, FILTER_BYTES_MAX);
    assert_eq!(refused(&format!("a{text}")).position, FILTER_BYTES_MAX - 3);
}

#[test]
fn parentheses_nest_at_most_32_deep() {
    let nested = |depth: usize| format!("{}Name eq 'a'{}", "(".repeat(depth), ")".repeat(depth));

    assert!(read(&nested(FILTER_DEPTH_MAX)).is_ok());
    assert_eq!(refused(&nested(FILTER_DEPTH_MAX + 1)).message, "nests deeper than 32");
}

#[test]
fn operators_and_functions_nest_at_most_32_deep() {
    let nots = |depth: usize| format!("{}true", "not ".repeat(depth));
    let minuses = |depth: usize| format!("{}1 eq 1", "- ".repeat(depth));
    let calls = |depth: usize| format!("{}Name{} eq 'a'", "trim(".repeat(depth), ")".repeat(depth));
    let sums = |depth: usize| format!("1{} eq 1", " add 1".repeat(depth));

    assert!(read(&nots(FILTER_DEPTH_MAX)).is_ok());
    assert!([minuses, calls, sums].iter().all(|text| read(&text(FILTER_DEPTH_MAX - 1)).is_ok()));
    assert!([nots, minuses, calls, sums].iter().all(|text| refused(&text(FILTER_DEPTH_MAX + 1)).message == "nests deeper than 32"));
}

#[test]
fn a_filter_has_at_most_200_nodes() {
    // Each condition counts itself and its literal, the chain counts once, a bare `true` is a literal.
    let conditions = |count: usize| vec!["Name eq 'a'"; count].join(" or ");

    assert!(read(&format!("{} or true", conditions(99))).is_ok());
    assert_eq!(
        refused(&format!("{} or true", conditions(100))).message,
        format!("more than {FILTER_NODES_MAX} conditions, functions, operators and literals")
    );
}

#[test]
fn seventy_guids_can_be_listed() {
    let text = vec!["Id eq guid'6fe49ce4-56d4-475f-9483-1adca6b2976c'"; 70].join(" or ");

    assert!(text.len() <= FILTER_BYTES_MAX && read(&text).is_ok());
}

#[test]
fn the_most_hostile_texts_are_refused() {
    let hostile = [
        "(".repeat(FILTER_BYTES_MAX),
        ")".repeat(FILTER_BYTES_MAX),
        "'".repeat(FILTER_BYTES_MAX - 1),
        "not ".repeat(1000),
        "not(".repeat(1000),
        "- ".repeat(2000),
        "-".repeat(4000),
        "trim(".repeat(800),
        "substringof(".repeat(300),
        "Name and ".repeat(400),
        "true or ".repeat(500),
        "1 add ".repeat(600),
        "1 eq ".repeat(800),
        "a-".repeat(2000),
        "1-".repeat(2000),
        ",".repeat(FILTER_BYTES_MAX),
        "1".repeat(FILTER_BYTES_MAX),
        "e".repeat(FILTER_BYTES_MAX),
        "2010-10-25".repeat(400),
        "\u{0}".repeat(FILTER_BYTES_MAX),
    ];

    for text in hostile {
        let error = refused(&text);
        assert!(error.position <= text.len());
    }
}

#[test]
fn nested_replace_and_concat_do_not_use_up_the_memory() {
    let piece = "a".repeat(100);
    let replace = (0..25).fold(format!("'{piece}'"), |text, _| format!("replace({text},'a','{piece}')"));
    let concat = (0..5).fold("Name".to_owned(), |text, _| format!("concat({text},{text})"));

    assert_eq!(super::found(&format!("{replace} eq null")), [1, 2, 3]);
    assert_eq!(super::found(&format!("length({concat}) eq {}", 32 * "Žofie".chars().count())), [3]);
}
