//! | file | what it claims |
//! | --- | --- |
//! | `facts` | what texts mean, each claim a sentence |
//! | `refusals` | what is refused, and where |
//! | `limits` | what is too long, too deep or too much |
//! | `random` | any text is read, or refused at a place in it |
//! | `oracle` | this grammar and that of `scim_v2` accept, refuse and group the same; where they do not, and why |

mod facts;
mod limits;
mod oracle;
mod random;
mod refusals;

use super::parse;
use super::tree::{Kind, Literal, Node, Test};

/// A tree as a text with a pair of parentheses around each node.
fn shown(node: &Node) -> String {
    let chain = |nodes: &[Node], word: &str| format!("({})", nodes.iter().map(shown).collect::<Vec<_>>().join(word));
    match &node.kind {
        Kind::Test { path, test: Test::Present } => format!("{} pr", path.text),
        Kind::Test { path, test: Test::Comparison { operator, value, .. } } => {
            format!("{} {} {}", path.text, operator.as_str(), shown_value(value))
        }
        Kind::ValuePath { path, filter } => format!("{}[{}]", path.text, shown(filter)),
        Kind::Not(inner) => format!("not ({})", shown(inner)),
        Kind::And(nodes) => chain(nodes, " and "),
        Kind::Or(nodes) => chain(nodes, " or "),
    }
}

fn shown_value(value: &Literal) -> String {
    match value {
        Literal::Null => "null".to_owned(),
        Literal::Boolean(value) => value.to_string(),
        Literal::Number(number) => format!("{number:?}"),
        Literal::Text(text) => format!("{text:?}"),
    }
}

fn read(text: &str) -> String {
    shown(&parse(text).unwrap_or_else(|error| panic!("{text}: {error}")))
}

fn refused(text: &str) -> super::Error {
    parse(text).expect_err(text)
}
