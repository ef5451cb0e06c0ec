//! Random trees survive being written and read; random tokens and bytes never do harm.

use super::super::tree::{Function, Kind, Literal, Moment, Node, Operator};
use super::super::{Error, Fields, filter, order, parse};
use super::people;
use jiff::{SignedDuration, Timestamp, tz::Offset};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use rollcall_core::query::{Arithmetic, Comparison, Filter, Number};
use uuid::Uuid;

const TIGHTEST: u8 = 8;
const UNARY: u8 = 7;

fn binding(kind: &Kind) -> u8 {
    match kind {
        Kind::Literal(_) | Kind::Field(_) | Kind::Call { .. } => TIGHTEST,
        Kind::Not(_) | Kind::Negated(_) => UNARY,
        Kind::Arithmetic { operator, .. } => Operator::Arithmetic(*operator).binding(),
        Kind::Comparison { comparison, .. } => Operator::Comparison(*comparison).binding(),
        Kind::And(_) => Operator::And.binding(),
        Kind::Or(_) => Operator::Or.binding(),
    }
}

/// The node as text, in parentheses where it binds less tightly than its place needs.
fn written(node: &Node, binding_min: u8) -> String {
    let own = binding(&node.kind);
    let pair =
        |left: &Node, operator: Operator, right: &Node| format!("{} {} {}", written(left, own), operator.as_str(), written(right, own + 1));
    let chain = |nodes: &[Node], word: &str| nodes.iter().map(|node| written(node, own + 1)).collect::<Vec<_>>().join(word);
    let text = match &node.kind {
        Kind::Literal(literal) => literal_text(literal),
        Kind::Field(name) => name.clone(),
        Kind::Call { function, arguments } => {
            let arguments: Vec<String> = arguments.iter().map(|argument| written(argument, 0)).collect();
            format!("{}({})", function.as_str(), arguments.join(","))
        }
        Kind::Not(inner) => format!("not {}", written(inner, own)),
        Kind::Negated(inner) => format!("- {}", written(inner, own)),
        Kind::Arithmetic { left, operator, right } => pair(left, Operator::Arithmetic(*operator), right),
        Kind::Comparison { left, comparison, right } => pair(left, Operator::Comparison(*comparison), right),
        Kind::And(nodes) => chain(nodes, " and "),
        Kind::Or(nodes) => chain(nodes, " or "),
    };
    if own < binding_min { format!("({text})") } else { text }
}

fn literal_text(literal: &Literal) -> String {
    match literal {
        Literal::Null => "null".to_owned(),
        Literal::Boolean(value) => value.to_string(),
        Literal::Number(Number::Integer(value)) => value.to_string(),
        Literal::Number(Number::Decimal(value)) => format!("{value:?}d"),
        Literal::Text(text) => format!("'{}'", text.replace('\'', "''")),
        Literal::Guid(id) => format!("guid'{id}'"),
        Literal::Moment(moment) => moment_text(*moment),
        Literal::Time(time) => format!("time'PT{}.{:09}S'", time.as_secs(), time.subsec_nanos()),
        Literal::Binary(bytes) => format!("X'{}'", bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>()),
    }
}

fn moment_text(moment: Moment) -> String {
    let local = moment.offset.to_datetime(moment.at);
    let minutes = moment.offset.seconds() / 60;
    let sign = if minutes < 0 { '-' } else { '+' };
    format!("datetimeoffset'{local}{sign}{:02}:{:02}'", minutes.abs() / 60, minutes.abs() % 60)
}

fn some_literal() -> impl Strategy<Value = Literal> {
    let moment = (0..4_000_000_000_i64, 0..1_000_000_000_i32, -14 * 60..=14 * 60).prop_map(|(seconds, nanoseconds, minutes)| Moment {
        at: Timestamp::new(seconds, nanoseconds).expect("a timestamp"),
        offset: Offset::from_seconds(minutes * 60).expect("an offset"),
    });
    let finite = any::<f64>().prop_filter("finite", |value| value.is_finite());
    prop_oneof![
        Just(Literal::Null),
        any::<bool>().prop_map(Literal::Boolean),
        any::<i64>().prop_map(|value| Literal::Number(Number::Integer(value))),
        finite.prop_map(|value| Literal::Number(Number::Decimal(value))),
        vec(any::<char>().prop_filter("not NUL", |character| *character != '\0'), 0..6)
            .prop_map(|text| Literal::Text(text.into_iter().collect())),
        Just(Literal::Text("O'Neil''".to_owned())),
        any::<u128>().prop_map(|id| Literal::Guid(Uuid::from_u128(id))),
        moment.prop_map(Literal::Moment),
        (0..1_000_000_i64, 0..1_000_000_000_i32).prop_map(|(seconds, rest)| Literal::Time(SignedDuration::new(seconds, rest))),
        vec(any::<u8>(), 0..5).prop_map(Literal::Binary),
    ]
}

fn node(kind: Kind) -> Node {
    Node { position: 0, kind }
}

fn some_operation(inner: BoxedStrategy<Node>) -> impl Strategy<Value = Kind> {
    let boxed = inner.clone().prop_map(Box::new);
    let arithmetic = select(vec![Arithmetic::Add, Arithmetic::Subtract, Arithmetic::Multiply, Arithmetic::Divide, Arithmetic::Remainder]);
    let call = (select(Function::ALL.to_vec()), vec(inner.clone(), 3), any::<bool>()).prop_map(|(function, mut arguments, is_short)| {
        let (least, greatest) = function.arguments();
        arguments.truncate(if is_short { least } else { greatest });
        Kind::Call { function, arguments }
    });
    prop_oneof![
        call,
        boxed.clone().prop_map(Kind::Not),
        boxed.clone().prop_map(Kind::Negated),
        (boxed.clone(), arithmetic, boxed.clone()).prop_map(|(left, operator, right)| Kind::Arithmetic { left, operator, right }),
        (boxed.clone(), select(Comparison::ALL.to_vec()), boxed).prop_map(|(left, comparison, right)| Kind::Comparison {
            left,
            comparison,
            right
        }),
        vec(inner.clone(), 2..4).prop_map(Kind::And),
        vec(inner, 2..4).prop_map(Kind::Or),
    ]
}

fn some_tree() -> impl Strategy<Value = Node> {
    let field = select(vec!["Name", "Id", "_x", "Žluť", "android", "notes", "eq1", "CustomAttributes/-1a"])
        .prop_map(|name| Kind::Field(name.to_owned()));
    let leaf = prop_oneof![some_literal().prop_map(Kind::Literal), field].prop_map(node);
    leaf.prop_recursive(5, 40, 3, |inner| some_operation(inner.boxed()).prop_map(node))
}

/// The tree without its places.
fn placeless(mut node: Node) -> Node {
    node.position = 0;
    let boxed = |inner: Box<Node>| Box::new(placeless(*inner));
    let all = |nodes: Vec<Node>| nodes.into_iter().map(placeless).collect();
    node.kind = match node.kind {
        leaf @ (Kind::Literal(_) | Kind::Field(_)) => leaf,
        Kind::Call { function, arguments } => Kind::Call { function, arguments: all(arguments) },
        Kind::Not(inner) => Kind::Not(boxed(inner)),
        Kind::Negated(inner) => Kind::Negated(boxed(inner)),
        Kind::Arithmetic { left, operator, right } => Kind::Arithmetic { left: boxed(left), operator, right: boxed(right) },
        Kind::Comparison { left, comparison, right } => Kind::Comparison { left: boxed(left), comparison, right: boxed(right) },
        Kind::And(nodes) => Kind::And(all(nodes)),
        Kind::Or(nodes) => Kind::Or(all(nodes)),
    };
    node
}

const TOKENS: [&str; 48] = [
    "(",
    ")",
    ",",
    "-",
    "'",
    "/",
    "and",
    "or",
    "not",
    "eq",
    "ne",
    "gt",
    "le",
    "add",
    "div",
    "mod",
    "Name",
    "Id",
    "Status",
    "Login",
    "name",
    "'a'",
    "''",
    "'O''Neil'",
    "null",
    "true",
    "false",
    "1",
    "-1",
    "2.5m",
    "9223372036854775807",
    "1e308",
    "0",
    "substringof(",
    "contains(",
    "length(",
    "substring(",
    "tolower(",
    "replace(",
    "concat(",
    "indexof(",
    "round(",
    "year(",
    "6fe49ce4-56d4-475f-9483-1adca6b2976c",
    "guid'6fe49ce4-56d4-475f-9483-1adca6b2976c'",
    "2012-12-03T07:16:23Z",
    "datetime'2010-10-25'",
    "X'00'",
];

/// Well-typed more often than not, so that many of them reach the meaning.
fn some_condition() -> impl Strategy<Value = String> {
    let text =
        || select(vec!["Name", "Login", "Phone", "'jdoe'", "null", "tolower(Login)", "substring(Name,-1,3)", "replace(Name,Login,Phone)"]);
    let number = || select(vec!["length(Name)", "indexof(Name,'e')", "3", "2.5", "- length(Login)", "length(Name) div 0"]);
    let comparison = || select(vec!["eq", "ne", "gt", "ge", "lt", "le"]);
    prop_oneof![
        (text(), comparison(), text()).prop_map(|(left, operator, right)| format!("{left} {operator} {right}")),
        (number(), comparison(), number()).prop_map(|(left, operator, right)| format!("{left} {operator} {right}")),
        (text(), text()).prop_map(|(first, second)| format!("substringof({first},{second})")),
        select(vec!["Status", "'Active'", "null"]).prop_map(|right| format!("Status eq {right}")),
    ]
}

fn is_harmless<T>(result: Result<T, Error>, text: &str) -> bool {
    result.is_ok() || result.is_err_and(|error| text.is_char_boundary(error.position) && !error.message.is_empty())
}

fn is_harmless_everywhere(text: &str) -> bool {
    let read = filter(text, &Fields::PEOPLE);
    if let Ok(filter) = &read {
        people().iter().for_each(|person| {
            filter.matches(person);
        });
    }
    is_harmless(read, text) && is_harmless(order(text, &Fields::GROUPS), text)
}

fn finds(text: &str) -> Vec<bool> {
    let filter = filter(text, &Fields::PEOPLE).unwrap_or(Filter::Constant(false));
    people().iter().map(|person| filter.matches(person)).collect()
}

fn opposite(bits: &[bool]) -> Vec<bool> {
    bits.iter().map(|bit| !bit).collect()
}

proptest! {
    #[test]
    fn a_tree_that_is_written_and_read_is_the_same_tree(tree in some_tree()) {
        let text = written(&tree, 0);

        prop_assert_eq!(parse::parse(&text).map(placeless), Ok(tree), "{}", text);
    }

    #[test]
    fn any_tokens_are_read_or_refused(tokens in vec(select(TOKENS.to_vec()), 0..40), blank in select(vec!["", " "])) {
        let text = tokens.join(blank);

        prop_assert!(is_harmless_everywhere(&text), "{}", text);
    }

    #[test]
    fn any_characters_are_read_or_refused(characters in vec(any::<char>(), 0..200)) {
        let text: String = characters.into_iter().collect();

        prop_assert!(is_harmless_everywhere(&text), "{}", text);
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in vec(any::<u8>(), 0..200)) {
        let text = String::from_utf8_lossy(&bytes);

        prop_assert!(is_harmless_everywhere(&text), "{}", text);
    }

    #[test]
    fn not_eq_false_and_ne_true_turn_a_condition_round(condition in some_condition()) {
        let found = finds(&condition);

        for text in [format!("not ({condition})"), format!("({condition}) eq false"), format!("({condition}) ne true")] {
            prop_assert_eq!(finds(&text), opposite(&found), "{}", text);
        }
        prop_assert_eq!(finds(&format!("({condition}) eq true")), found);
    }

    #[test]
    fn ne_is_the_opposite_of_eq(left in select(vec!["Name", "Login", "Phone", "null"]), right in select(vec!["Login", "'neil'", "null"])) {
        prop_assert_eq!(finds(&format!("{left} ne {right}")), opposite(&finds(&format!("{left} eq {right}"))));
    }
}
