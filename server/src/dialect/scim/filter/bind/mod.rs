//! Tree → filter: names become fields, and what does not fit together is refused with its place.
//!
//! | file | what it is |
//! | --- | --- |
//! | here | conditions; `pr`; how many values of a list have to pass |
//! | `target` | what an attribute of the schema is to the query core |
//! | `fields` | the tables of that, attribute by attribute |
//! | `list` | what there may be several of, the roles and the schemas of a resource among them |
//! | `comparison` | an operator and a value for each type |
//! | `address` | addresses of resources, which nobody stores |
//! | `order` | `sortBy` |
//!
//! One value passes or fails as [`Filter::matches`] says: two-valued, `ne` the opposite of `eq`, absent as `null`. Of a list
//! some value must pass (RFC 7644, section 3.4.2.2), for `ne` too; a list that is empty stands for one absent value, as RFC
//! 7643, section 2.5, has it, so `emails ne "x"` finds who has no e-mail address.

mod address;
mod comparison;
mod fields;
mod list;
mod order;
mod target;

#[cfg(test)]
mod tests;

use super::super::caller::Base;
use super::super::schema::{self, Resolved, ResourceSchema};
use super::tree::{AttributePath, Kind, Node, Test};
use super::{Error, parse, quoted};
use comparison::Asked;
use list::List;
pub use order::{by, order};
use rollcall_core::domain::Role;
use rollcall_core::query::Filter;
use target::{Field, Target};

/// What the names and values of a filter are bound to.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    pub schema: &'a ResourceSchema,
    /// The organization's.
    pub roles: &'a [Role],
    /// What addresses begin with.
    pub base: &'a Base,
}

/// Reads a `filter`.
pub fn filter(text: &str, scope: Scope<'_>) -> Result<Filter, Error> {
    bound(&parse(text)?, scope)
}

/// Binds a filter that was read already.
pub fn bound(tree: &Node, scope: Scope<'_>) -> Result<Filter, Error> {
    Binder { scope, within: None }.condition(tree).map(Filter::simplified)
}

/// What a filter in the brackets behind this attribute means for one value of it, where the store keeps the values apart:
/// the members that PATCH removes.
pub fn values(attribute: &AttributePath, tree: &Node, scope: Scope<'_>) -> Result<Filter, Error> {
    let within = Some(whole(0, attribute, scope)?);
    Binder { scope, within }.condition(tree).map(Filter::simplified)
}

/// The attribute that brackets stand behind.
fn whole<'a>(position: usize, path: &AttributePath, scope: Scope<'a>) -> Result<Resolved<'a>, Error> {
    let resolved = target::resolve(position, path, scope)?;
    let Resolved { attribute, sub_attribute, .. } = resolved;
    if sub_attribute.is_some() || !attribute.multi_valued && attribute.kind != schema::Kind::Complex {
        return Err(Error::new(position, format!("{} has one value without parts, so no brackets stand behind it", quoted(&path.text))));
    }
    Ok(resolved)
}

/// Binds nodes. It calls itself as deep as the tree is high, which the parser has limited.
#[derive(Clone, Copy)]
struct Binder<'a> {
    scope: Scope<'a>,
    /// The attribute in whose brackets the nodes stand.
    within: Option<Resolved<'a>>,
}

impl Binder<'_> {
    fn condition(self, node: &Node) -> Result<Filter, Error> {
        match &node.kind {
            Kind::Test { path, test } => self.test(node.position, path, test),
            Kind::ValuePath { path, filter } => self.value_path(node.position, path, filter),
            Kind::Not(inner) => Ok(self.condition(inner)?.negated()),
            Kind::And(nodes) => Ok(Filter::And(self.conditions(nodes)?)),
            Kind::Or(nodes) => Ok(Filter::Or(self.conditions(nodes)?)),
        }
    }

    fn conditions(self, nodes: &[Node]) -> Result<Vec<Filter>, Error> {
        nodes.iter().map(|node| self.condition(node)).collect()
    }

    fn test(self, position: usize, path: &AttributePath, test: &Test) -> Result<Filter, Error> {
        let target = self.target(position, path)?;
        let Test::Comparison { operator, position: operator_position, value, value_position } = test else {
            return Ok(self.is_present(&target));
        };
        let asked = Asked { name: &path.text, operator: *operator, position: *operator_position, value, value_position: *value_position };
        match target {
            Target::One(field) => field.compare(asked),
            Target::Each { list, field: Some(field) } => self.each(&list, &field, asked),
            Target::Each { field: None, .. } | Target::Whole(_) => {
                let message =
                    format!("{} has parts: ask for it with `pr`, or compare one part, as in `name.familyName`", quoted(&path.text));
                Err(Error::new(position, message))
            }
        }
    }

    /// Some value passes; the one absent value of an empty list too.
    fn each(self, list: &List, field: &Field, asked: Asked<'_>) -> Result<Filter, Error> {
        let filter = field.compare(asked)?;
        if !asked.is_passed_by_absence() {
            return Ok(self.some(list, filter));
        }
        let fails = filter.negated();
        if list.has_one_at_most() {
            return Ok(self.some(list, fails).negated());
        }
        Ok(Filter::Or(vec![self.some(list, fails.negated()), self.some(list, Filter::everything()).negated()]))
    }

    /// `pr`: there is a value, and of a complex attribute a value of some part.
    fn is_present(self, target: &Target) -> Filter {
        match target {
            Target::One(field) => field.is_present(),
            Target::Each { list, field: Some(field) } => self.some(list, field.is_present()),
            Target::Each { list, field: None } => self.some(list, Filter::everything()),
            Target::Whole(parts) => Filter::Or(parts.iter().map(|part| self.is_present(part)).collect()),
        }
    }

    /// `emails[…]`: some value passes the whole of what is between the brackets.
    fn value_path(self, position: usize, path: &AttributePath, inner: &Node) -> Result<Filter, Error> {
        let resolved = whole(position, path, self.scope)?;
        let filter = Self { within: Some(resolved), ..self }.condition(inner)?;
        match self.target(position, path)? {
            Target::Each { list, .. } => Ok(self.some(&list, filter)),
            whole => Ok(self.is_present(&whole).and(filter)),
        }
    }

    /// What an attribute is to the query core. Between brackets the list is already gone through, value by value.
    fn target(self, position: usize, path: &AttributePath) -> Result<Target, Error> {
        let Some(within) = self.within else {
            return target::named(position, path, self.scope);
        };
        match target::of(target::part(position, path, within)?, self.scope) {
            Some(Target::Each { field: Some(field), .. }) => Ok(Target::One(field)),
            Some(target) => Ok(target),
            None => Err(target::incomparable(position, path)),
        }
    }

    fn some(self, list: &List, filter: Filter) -> Filter {
        list.any(filter, self.scope)
    }
}
