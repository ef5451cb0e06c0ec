//! Filters over several types of resources: what one type does not know and another does is absent there.

use super::super::filter::tree::{Kind, Literal, Node, Operator, Test};
use super::super::filter::{AttributePath, Error};
use super::super::schema::ResourceSchema;

/// The filter for one type, with every condition on what it does not know decided as for an absent value.
pub fn settled(node: Node, schema: &ResourceSchema, schemas: &[&ResourceSchema]) -> Result<Node, Error> {
    let Node { position, kind } = node;
    let each = |nodes: Vec<Node>| nodes.into_iter().map(|node| settled(node, schema, schemas)).collect::<Result<Vec<_>, _>>();
    let kind = match kind {
        Kind::Test { path, test } if is_stranger(&path, schema, schemas) => return constant(position, is_passed_by_absence(&test)),
        Kind::ValuePath { path, .. } if is_stranger(&path, schema, schemas) => return constant(position, false),
        Kind::Not(inner) => Kind::Not(Box::new(settled(*inner, schema, schemas)?)),
        Kind::And(nodes) => Kind::And(each(nodes)?),
        Kind::Or(nodes) => Kind::Or(each(nodes)?),
        kind @ (Kind::Test { .. } | Kind::ValuePath { .. }) => kind,
    };
    Ok(Node { position, kind })
}

/// Whether this type does not know the attribute and another one does.
pub fn is_stranger(path: &AttributePath, schema: &ResourceSchema, schemas: &[&ResourceSchema]) -> bool {
    schema.resolve(path).is_err() && schemas.iter().any(|other| other.resolve(path).is_ok())
}

/// What holds for every resource, or for none: each has an id.
fn constant(position: usize, holds: bool) -> Result<Node, Error> {
    let has_id = Node { position, kind: Kind::Test { path: AttributePath::parse("id")?, test: Test::Present } };
    Ok(if holds { has_id } else { Node { position, kind: Kind::Not(Box::new(has_id)) } })
}

/// Two-valued logic: what is absent equals null and nothing else.
fn is_passed_by_absence(test: &Test) -> bool {
    match test {
        Test::Present => false,
        Test::Comparison { operator, value, .. } => match operator {
            Operator::Equal => *value == Literal::Null,
            Operator::NotEqual => *value != Literal::Null,
            _ => false,
        },
    }
}
