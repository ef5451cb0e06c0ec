//! A filter asked of a resource as it is shown, straight from RFC 7644, section 3.4.2.2: slowly, over JSON, and knowing of
//! the rest of the program nothing but the tree of the filter and the schema.

use crate::dialect::scim::filter::tree::{AttributePath, Kind, Literal, Node, Operator, Test};
use crate::dialect::scim::schema::{Attribute, Kind as Type, Resolved, ResourceSchema};
use jiff::Timestamp;
use rollcall_core::domain::folded;
use rollcall_core::query::Number;
use serde_json::{Map, Value, json};
use std::cmp::Ordering;

/// Whether a resource passes.
pub fn passes(node: &Node, resource: &Map<String, Value>, schema: &ResourceSchema) -> bool {
    let resource = Value::Object(resource.clone());
    passes_in(node, &|path| values(path, &resource, schema))
}

/// What an attribute has, and how it is compared. An empty list is one absent value (RFC 7643, section 2.5).
struct Found<'a> {
    attribute: &'a Attribute,
    values: Vec<Value>,
}

fn passes_in<'a>(node: &Node, find: &dyn Fn(&AttributePath) -> Place<'a>) -> bool {
    match &node.kind {
        Kind::Not(inner) => !passes_in(inner, find),
        Kind::And(nodes) => nodes.iter().all(|node| passes_in(node, find)),
        Kind::Or(nodes) => nodes.iter().any(|node| passes_in(node, find)),
        Kind::Test { path, test } => {
            find(path).found().is_some_and(|found| found.values.iter().any(|value| holds(test, value, found.attribute)))
        }
        Kind::ValuePath { path, filter } => {
            let Place { attribute, whole, .. } = find(path);
            elements(whole).iter().any(|element| passes_in(filter, &|path| part(path, attribute, element)))
        }
    }
}

/// An attribute with all that it has, and the sub-attribute that was named.
struct Place<'a> {
    attribute: &'a Attribute,
    sub: Option<&'a Attribute>,
    whole: Value,
}

impl<'a> Place<'a> {
    fn found(self) -> Option<Found<'a>> {
        // Without a sub-attribute, `value` stands for the whole.
        let sub = self.sub.or_else(|| self.attribute.sub_attribute("value"));
        let mut values = elements(self.whole);
        if let Some(sub) = sub {
            values = values.into_iter().map(|element| element.get(sub.name.as_ref()).cloned().unwrap_or_default()).collect();
        }
        if values.is_empty() {
            values.push(Value::Null);
        }
        Some(Found { attribute: sub.unwrap_or(self.attribute), values })
    }
}

fn values<'a>(path: &AttributePath, resource: &Value, schema: &'a ResourceSchema) -> Place<'a> {
    let Resolved { extension, attribute, sub_attribute } =
        schema.resolve_parts(path.schema.as_deref(), &path.name, path.sub.as_deref()).expect("an attribute");
    let holder = extension.map_or(Some(resource), |extension| resource.get(extension.id));
    let whole = holder.and_then(|holder| holder.get(attribute.name.as_ref())).cloned().unwrap_or_default();
    Place { attribute, sub: sub_attribute, whole }
}

/// A part of one value, between brackets.
fn part<'a>(path: &AttributePath, attribute: &'a Attribute, element: &Value) -> Place<'a> {
    match attribute.sub_attribute(&path.name) {
        Some(sub) => Place { attribute: sub, sub: None, whole: element.get(sub.name.as_ref()).cloned().unwrap_or_default() },
        None => Place { attribute, sub: None, whole: element.clone() },
    }
}

/// The values of a list, or the one value that there is.
fn elements(whole: Value) -> Vec<Value> {
    match whole {
        Value::Array(elements) => elements,
        Value::Null => Vec::new(),
        value => vec![value],
    }
}

fn holds(test: &Test, value: &Value, attribute: &Attribute) -> bool {
    let Test::Comparison { operator, value: literal, .. } = test else {
        return !value.is_null();
    };
    let with = match literal {
        Literal::Null => Value::Null,
        Literal::Boolean(with) => json!(with),
        Literal::Number(Number::Integer(with)) => json!(with),
        Literal::Number(Number::Decimal(with)) => json!(with),
        Literal::Text(with) => json!(with),
    };
    match operator {
        Operator::Equal => is_equal(value, &with, attribute),
        Operator::NotEqual => !is_equal(value, &with, attribute),
        Operator::Contains => texts(value, &with, attribute).is_some_and(|(text, with)| text.contains(&with)),
        Operator::StartsWith => texts(value, &with, attribute).is_some_and(|(text, with)| text.starts_with(&with)),
        Operator::EndsWith => texts(value, &with, attribute).is_some_and(|(text, with)| text.ends_with(&with)),
        Operator::Greater => order(value, &with, attribute).is_some_and(Ordering::is_gt),
        Operator::GreaterOrEqual => order(value, &with, attribute).is_some_and(Ordering::is_ge),
        Operator::Less => order(value, &with, attribute).is_some_and(Ordering::is_lt),
        Operator::LessOrEqual => order(value, &with, attribute).is_some_and(Ordering::is_le),
    }
}

fn is_equal(value: &Value, with: &Value, attribute: &Attribute) -> bool {
    match order(value, with, attribute) {
        Some(order) => order.is_eq(),
        None => value == with,
    }
}

/// Both as texts, which are compared with case or without.
fn texts(value: &Value, with: &Value, attribute: &Attribute) -> Option<(String, String)> {
    let is_exact = attribute.case_exact && attribute.name != "schemas";
    let read = |text: &str| if is_exact { text.to_owned() } else { folded(text) };
    Some((read(value.as_str()?), read(with.as_str()?)))
}

fn order(value: &Value, with: &Value, attribute: &Attribute) -> Option<Ordering> {
    match (value, with) {
        (Value::Number(value), Value::Number(with)) => match (value.as_i64(), with.as_i64()) {
            (Some(value), Some(with)) => Some(value.cmp(&with)),
            _ => value.as_f64()?.partial_cmp(&with.as_f64()?),
        },
        (Value::String(value), Value::String(with)) if attribute.kind == Type::DateTime => {
            Some(value.parse::<Timestamp>().ok()?.cmp(&with.parse::<Timestamp>().ok()?))
        }
        _ => texts(value, with, attribute).map(|(value, with)| value.cmp(&with)),
    }
}
