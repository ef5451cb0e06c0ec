//! The grammar of `scim_v2`, written by others from the same RFC, beside ours.
//!
//! Over generated texts both accept and refuse the same and make the same tree, but for what the tests with the word
//! `there` in their name show one by one. Two of those are spellings, which [`respelled`] writes as `scim_v2` takes them.

use super::super::parse;
use super::super::tree::{AttributePath, Kind, Literal, Node, Operator, Path, Test, continues_word};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use rollcall_core::query::Number;
use scim_v2::filter as theirs;

// Where they differ.

fn accepted_there(text: &str) -> bool {
    text.parse::<theirs::Filter>().is_ok()
}

#[test]
fn not_must_not_touch_its_parenthesis_there_as_figure_1_writes_it() {
    assert!(parse("not(title pr)").is_ok());
    assert!(!accepted_there("not(title pr)"));
    assert!(accepted_there("not (title pr)"));
}

#[test]
fn a_blank_after_a_bracket_makes_an_operator_of_a_name_there() {
    // Figure 1 has no blank after a bracket, so that a name such as `primary` can never be taken for `pr`.
    for text in ["emails[ primary eq true]", "( primary eq true)", "( and pr)", "( eq eq 1)"] {
        assert!(parse(text).is_ok(), "{text}");
        assert!(!accepted_there(text), "{text}");
        assert!(accepted_there(&respelled(text)), "{text}");
    }
}

#[test]
fn a_sub_attribute_of_a_value_path_is_compared_in_no_filter_there() {
    // Nor in figure 1; Entra sends it.
    assert!(parse(r#"emails[type eq "work"].value eq "x""#).is_ok());
    assert!(!accepted_there(r#"emails[type eq "work"].value eq "x""#));
}

#[test]
fn four_words_are_no_attributes_there_though_figure_1_lets_every_name_be_one() {
    for text in ["true pr", "false pr", "null pr", "not pr", "true[a pr]", "not [a pr]"] {
        assert!(parse(text).is_ok(), "{text}");
        assert!(!accepted_there(text), "{text}");
    }
}

#[test]
fn a_name_has_no_dollar_there_though_section_2_1_of_rfc_7643_has_it() {
    assert!(parse("members[$ref pr]").is_ok());
    assert!(!accepted_there("members[$ref pr]"));
}

#[test]
fn more_is_too_deep_here() {
    let nested = format!("{}title pr{}", "(".repeat(40), ")".repeat(40));

    assert!(parse(&nested).is_err());
    assert!(accepted_there(&nested));
}

/// With a blank after `not`, and none after an opening bracket or the point behind a closing one. Texts stay as they are.
fn respelled(text: &str) -> String {
    let mut made = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = piece(rest, first);
        let (piece, after) = rest.split_at(length);
        made.push_str(piece);
        rest = after;
        let is_behind_bracket = piece == "." && made.trim_end_matches('.').trim_end().ends_with(']');
        if matches!(piece, "(" | "[") || is_behind_bracket {
            rest = rest.trim_start();
        } else if piece.eq_ignore_ascii_case("not") && rest.starts_with('(') {
            made.push(' ');
        }
    }
    made
}

/// How long the text, the word, or the character is that stands first.
fn piece(rest: &str, first: char) -> usize {
    if first == '"' {
        let mut is_escaped = false;
        let end = rest.char_indices().skip(1).find(|(_, character)| {
            let is_end = *character == '"' && !is_escaped;
            is_escaped = *character == '\\' && !is_escaped;
            is_end
        });
        return end.map_or(rest.len(), |(at, _)| at + 1);
    }
    if !continues_word(first) || first == '.' {
        return first.len_utf8();
    }
    rest.find(|character| !continues_word(character)).unwrap_or(rest.len())
}

// Both trees as one.

#[derive(Clone, Debug, PartialEq)]
enum Tree {
    Test(Name, Option<(&'static str, Value)>),
    ValuePath(Name, Box<Tree>),
    Not(Box<Tree>),
    And(Vec<Tree>),
    Or(Vec<Tree>),
}

type Name = (Option<String>, String, Option<String>);

#[derive(Clone, Debug, PartialEq)]
enum Value {
    Null,
    Boolean(bool),
    Integer(i64),
    Decimal(f64),
    Text(String),
}

fn our_name(path: &AttributePath) -> Name {
    (path.schema.clone(), path.name.clone(), path.sub.clone())
}

fn ours(node: &Node) -> Tree {
    let all = |nodes: &[Node]| nodes.iter().map(ours).collect();
    match &node.kind {
        Kind::Test { path, test: Test::Present } => Tree::Test(our_name(path), None),
        Kind::Test { path, test: Test::Comparison { operator, value, .. } } => {
            let value = match value.clone() {
                Literal::Null => Value::Null,
                Literal::Boolean(value) => Value::Boolean(value),
                Literal::Number(Number::Integer(value)) => Value::Integer(value),
                Literal::Number(Number::Decimal(value)) => Value::Decimal(value),
                Literal::Text(text) => Value::Text(text),
            };
            Tree::Test(our_name(path), Some((operator.as_str(), value)))
        }
        Kind::ValuePath { path, filter } => Tree::ValuePath(our_name(path), Box::new(ours(filter))),
        Kind::Not(inner) => Tree::Not(Box::new(ours(inner))),
        Kind::And(nodes) => Tree::And(all(nodes)),
        Kind::Or(nodes) => Tree::Or(all(nodes)),
    }
}

fn their_name(path: &theirs::AttrPath) -> Name {
    (path.uri.clone(), path.name.clone(), path.sub_attr.clone())
}

fn their_test(test: &theirs::AttrExp) -> Tree {
    use theirs::{AttrExp, CompValue, CompareOp};
    let (path, operator, value) = match test {
        AttrExp::Present(path) => return Tree::Test(their_name(path), None),
        AttrExp::Comparison(path, operator, value) => (path, operator, value),
    };
    let operator = match operator {
        CompareOp::Eq => "eq",
        CompareOp::Ne => "ne",
        CompareOp::Co => "co",
        CompareOp::Sw => "sw",
        CompareOp::Ew => "ew",
        CompareOp::Gt => "gt",
        CompareOp::Ge => "ge",
        CompareOp::Lt => "lt",
        CompareOp::Le => "le",
    };
    let value = match value {
        CompValue::Null => Value::Null,
        CompValue::True => Value::Boolean(true),
        CompValue::False => Value::Boolean(false),
        CompValue::Number(number) => number.as_i64().map_or_else(|| Value::Decimal(number.as_f64().expect("a number")), Value::Integer),
        CompValue::Str(text) => Value::Text(text.clone()),
    };
    Tree::Test(their_name(path), Some((operator, value)))
}

fn theirs(filter: &theirs::Filter) -> Tree {
    use theirs::Filter;
    match filter {
        Filter::Attr(test) => their_test(test),
        Filter::ValuePath(path) => Tree::ValuePath(their_name(&path.attr), Box::new(their_values(&path.filter))),
        Filter::Not(inner) => Tree::Not(Box::new(theirs(inner))),
        Filter::And(all) => Tree::And(all.iter().map(theirs).collect()),
        Filter::Or(all) => Tree::Or(all.iter().map(theirs).collect()),
    }
}

fn their_values(filter: &theirs::ValFilter) -> Tree {
    use theirs::ValFilter;
    match filter {
        ValFilter::Attr(test) => their_test(test),
        ValFilter::Not(inner) => Tree::Not(Box::new(their_values(inner))),
        ValFilter::And(all) => Tree::And(all.iter().map(their_values).collect()),
        ValFilter::Or(all) => Tree::Or(all.iter().map(their_values).collect()),
    }
}

/// Whether the tree has one of the four words as an attribute, about which the two differ.
fn has_word(tree: &Tree) -> bool {
    let is_word = |(schema, name, sub): &Name| {
        schema.is_none() && sub.is_none() && (["true", "false", "null"].contains(&name.as_str()) || name.eq_ignore_ascii_case("not"))
    };
    match tree {
        Tree::Test(name, _) => is_word(name),
        Tree::ValuePath(name, inner) => is_word(name) || has_word(inner),
        Tree::Not(inner) => has_word(inner),
        Tree::And(all) | Tree::Or(all) => all.iter().any(has_word),
    }
}

/// Whether a point stands behind a bracket, outside of texts.
fn has_compared_sub_attribute(text: &str) -> bool {
    let mut rest = text;
    let mut is_behind_bracket = false;
    while let Some(first) = rest.chars().next() {
        if is_behind_bracket && first == '.' {
            return true;
        }
        is_behind_bracket = first == ']' || is_behind_bracket && first.is_whitespace();
        rest = &rest[piece(rest, first)..];
    }
    false
}

// Texts.

fn some_blank() -> impl Strategy<Value = String> {
    prop_oneof![6 => Just(" ".to_owned()), 1 => select(vec!["  ", "\t", "\n", "\r\n ", "\u{a0}", "\u{3000}"]).prop_map(str::to_owned)]
}

fn some_room() -> impl Strategy<Value = String> {
    prop_oneof![6 => Just(String::new()), 1 => some_blank()]
}

/// The word with each letter in either case.
fn in_some_case(word: &'static str) -> impl Strategy<Value = String> {
    vec(any::<bool>(), word.len()).prop_map(move |uppers| {
        let letters = word.chars().zip(uppers);
        letters.map(|(letter, is_upper)| if is_upper { letter.to_ascii_uppercase() } else { letter }).collect()
    })
}

fn some_attribute() -> impl Strategy<Value = String> {
    prop_oneof![
        select(vec![
            "userName",
            "name.familyName",
            "emails",
            "primary",
            "pr",
            "and",
            "Or",
            "eq",
            "notes",
            "android",
            "true.a",
            "a-_1",
            "x.not",
            "meta.lastModified",
            "urn:ietf:params:scim:schemas:core:2.0:User:userName",
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.displayName",
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
            "a.b-c:d_e::f.g",
        ])
        .prop_map(str::to_owned),
        "[a-zA-Z][a-zA-Z0-9_-]{0,3}([.][a-zA-Z][a-z0-9_-]{0,2})?",
    ]
}

fn some_value() -> impl Strategy<Value = String> {
    prop_oneof![
        select(vec!["null", "true", "false", "0", "-0", "12", "-1.5e3", "1E400", "1e-400", "9223372036854775808", "2.50"])
            .prop_map(str::to_owned),
        any::<i64>().prop_map(|value| value.to_string()),
        any::<f64>().prop_map(|value| serde_json::json!(value).to_string()),
        ".{0,6}".prop_map(|text| serde_json::json!(text).to_string()),
        select(vec![r#""a\" and (b""#, r#""\u00e9\ud83e\udd80""#, r#""\ud83e""#, r#""\\""#, r#""not(""#, r#""].""#, r#""\/\b""#])
            .prop_map(str::to_owned),
    ]
}

fn some_test() -> impl Strategy<Value = String> {
    let operator = select(Operator::ALL.map(Operator::as_str).to_vec()).prop_flat_map(in_some_case);
    prop_oneof![
        1 => (some_attribute(), some_blank(), in_some_case("pr")).prop_map(|(name, blank, operator)| format!("{name}{blank}{operator}")),
        3 => (some_attribute(), some_blank(), operator, some_blank(), some_value())
            .prop_map(|(name, before, operator, after, value)| format!("{name}{before}{operator}{after}{value}")),
    ]
}

/// What joins, negates and groups.
fn some_logic(inner: BoxedStrategy<String>) -> BoxedStrategy<String> {
    let word = prop_oneof![in_some_case("and"), in_some_case("or")];
    let group = (some_room(), inner.clone(), some_room()).prop_map(|(before, inner, after)| format!("({before}{inner}{after})")).boxed();
    prop_oneof![
        3 => (inner.clone(), some_blank(), word, some_blank(), inner)
            .prop_map(|(left, before, word, after, right)| format!("{left}{before}{word}{after}{right}")),
        1 => (in_some_case("not"), some_room(), group.clone()).prop_map(|(not, room, group)| format!("{not}{room}{group}")),
        1 => group,
    ]
    .boxed()
}

fn some_value_filter() -> BoxedStrategy<String> {
    some_test().prop_recursive(3, 8, 2, |inner| some_logic(inner.boxed())).boxed()
}

fn some_value_path() -> impl Strategy<Value = String> {
    (some_attribute(), some_room(), some_room(), some_value_filter(), some_room())
        .prop_map(|(name, room, before, filter, after)| format!("{name}{room}[{before}{filter}{after}]"))
}

pub fn some_filter() -> BoxedStrategy<String> {
    let leaf = prop_oneof![4 => some_test(), 1 => some_value_path()];
    let whole = leaf.prop_recursive(4, 24, 2, |inner| some_logic(inner.boxed()));
    (some_room(), whole, some_room()).prop_map(|(before, filter, after)| format!("{before}{filter}{after}")).boxed()
}

fn some_path() -> BoxedStrategy<String> {
    let sub = prop_oneof![
        Just(String::new()),
        (some_room(), some_room(), some_attribute()).prop_map(|(before, after, name)| format!("{before}.{after}{name}"))
    ];
    prop_oneof![1 => some_attribute(), 2 => (some_value_path(), sub).prop_map(|(path, sub)| format!("{path}{sub}"))].boxed()
}

const PIECES: [&str; 44] = [
    "(",
    ")",
    "[",
    "]",
    ".",
    ":",
    "\"",
    "\\",
    "-",
    "1",
    "0",
    "e",
    "not",
    "NOT ",
    "not(",
    " and ",
    "and",
    " or ",
    " eq ",
    "eq",
    " pr",
    "pr",
    " ",
    "\t",
    "\u{a0}",
    "title",
    "emails[",
    "type",
    ".value",
    "].value",
    "\"x\"",
    " \"work\"",
    "true",
    "null",
    "5",
    "-1.5",
    "urn:a:b",
    "a:b",
    "é",
    "'",
    "/",
    "_",
    "title pr",
    " ne false",
];

/// A text with a few pieces of it replaced.
pub fn mutated(text: BoxedStrategy<String>) -> impl Strategy<Value = String> {
    let cut = (any::<prop::sample::Index>(), 0..4_usize, prop_oneof![Just(""), select(PIECES.to_vec())]);
    (text, vec(cut, 1..3)).prop_map(|(mut text, cuts)| {
        for (at, length, piece) in cuts {
            let begin = text.floor_char_boundary(at.index(text.len() + 1));
            let end = text.floor_char_boundary((begin + length).min(text.len())).max(begin);
            text.replace_range(begin..end, piece);
        }
        text
    })
}

pub fn some_garbage() -> impl Strategy<Value = String> {
    vec(select(PIECES.to_vec()), 0..12).prop_map(|pieces| pieces.concat())
}

/// Holds one filter before both.
fn compare(text: &str) -> Result<(), TestCaseError> {
    let here = parse(text);
    let tree = here.as_ref().ok().map(ours);
    let there = respelled(text).parse::<theirs::Filter>();
    if tree.as_ref().is_some_and(has_word) {
        return Ok(());
    }
    if here.is_ok() && has_compared_sub_attribute(text) {
        prop_assert!(there.is_err(), "{text}");
        return Ok(());
    }
    prop_assert_eq!(&tree, &there.as_ref().ok().map(theirs), "{}\nhere: {:?}\nthere: {:?}", text, here, there);
    Ok(())
}

/// Holds one path before both.
fn compare_paths(text: &str) -> Result<(), TestCaseError> {
    let here = Path::parse(text);
    let there = respelled(text).parse::<theirs::PatchPath>();
    let tree = here.as_ref().ok().map(|path| (our_name(&path.attribute), path.filter.as_ref().map(ours), path.sub.clone()));
    let has_word = |(name, filter, sub): &(Name, Option<Tree>, Option<String>)| {
        let sub = sub.as_ref().map(|sub| Tree::Test((None, sub.clone(), None), None));
        has_word(&Tree::Test(name.clone(), None)) || [filter, &sub].into_iter().flatten().any(has_word)
    };
    if tree.as_ref().is_some_and(has_word) {
        return Ok(());
    }
    let their_tree = there.as_ref().ok().map(|path| match path {
        theirs::PatchPath::Attr(name) => (their_name(name), None, None),
        theirs::PatchPath::Value(path) => (their_name(&path.attr), Some(their_values(&path.filter)), path.sub_attr.clone()),
    });
    prop_assert_eq!(&tree, &their_tree, "{}\nhere: {:?}\nthere: {:?}", text, here, there);
    Ok(())
}

proptest! {
    #[test]
    fn both_read_the_same_filters(text in some_filter()) {
        compare(&text)?;
    }

    #[test]
    fn both_refuse_the_same_almost_filters(text in mutated(some_filter())) {
        compare(&text)?;
    }

    #[test]
    fn both_read_the_same_paths(text in some_path()) {
        compare_paths(&text)?;
    }

    #[test]
    fn both_refuse_the_same_almost_paths(text in mutated(some_path())) {
        compare_paths(&text)?;
    }

    #[test]
    fn both_refuse_the_same_garbage(text in some_garbage()) {
        compare(&text)?;
        compare_paths(&text)?;
    }
}
