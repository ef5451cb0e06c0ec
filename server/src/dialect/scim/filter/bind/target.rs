//! What an attribute of the schema is to the query core.

use super::super::super::schema::{Attribute, Kind, Resolved, Schema};
use super::super::tree::AttributePath;
use super::super::{Error, quoted};
use super::list::List;
use super::{Scope, fields};
use rollcall_core::domain::VariableName;
use rollcall_core::query::{BooleanField, ExactField, InstantField, NumberExpression, NumberField, TextExpression};

/// An attribute, or a part of one.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// It has one value at most.
    One(Field),
    /// A part of every value of a list; `None` for values of which no part stands for the whole.
    Each { list: List, field: Option<Field> },
    /// It has these parts.
    Whole(Vec<Self>),
}

/// What can be compared.
#[derive(Clone, Debug, PartialEq)]
pub enum Field {
    /// Compared without case.
    Text(TextExpression),
    /// Compared with case.
    Exact(ExactField),
    /// The same, but without an order.
    Binary(ExactField),
    /// The id of the record, or of the one that a value of a list stands for.
    Id,
    /// The login, or the id of somebody who has none.
    UserName,
    Boolean(BooleanField),
    Number(NumberExpression),
    /// A number that is shown as a text, and has no order.
    Digits(NumberField),
    Instant(InstantField),
    /// A custom attribute that is a moment.
    Moment(VariableName),
    /// A word that is kept as its code; everybody has one.
    Word(NumberField, Vec<(String, i64)>),
    /// The address of the record or of the one that a value of a list stands for: what stands before the id, and if it
    /// depends on that, of which type the value is.
    Address(Vec<(Option<&'static str>, String)>),
    /// The same for every resource, and compared with case.
    Fixed(&'static str),
}

/// The attribute of this name.
pub fn resolve<'a>(position: usize, path: &AttributePath, scope: Scope<'a>) -> Result<Resolved<'a>, Error> {
    let found = scope.schema.resolve_parts(path.schema.as_deref(), &path.name, path.sub.as_deref());
    found.map_err(|unknown| {
        let elsewhere = scope.schema.extensions().find(|extension| path.schema.is_none() && extension.attribute(&path.name).is_some());
        let hint = elsewhere.map(|extension| format!("; there is `{}:{}`", extension.id, path.text)).unwrap_or_default();
        Error::new(position, format!("{unknown}{hint}"))
    })
}

/// What this name means; a schema's URN by itself means everything that the schema has.
pub fn named(position: usize, path: &AttributePath, scope: Scope<'_>) -> Result<Target, Error> {
    if scope.schema.core().is_called(&path.text) {
        return Ok(Target::Whole(vec![Target::One(Field::Id)]));
    }
    if let Some(extension) = scope.schema.extension(&path.text) {
        return Ok(extension_whole(extension, scope));
    }
    of(resolve(position, path, scope)?, scope).ok_or_else(|| incomparable(position, path))
}

/// Everything that an extension has.
pub fn extension_whole(extension: &Schema, scope: Scope<'_>) -> Target {
    let attributes = extension.attributes.iter();
    let resolved = attributes.map(|attribute| Resolved { extension: Some(extension), attribute, sub_attribute: None });
    Target::Whole(resolved.filter_map(|resolved| of(resolved, scope)).collect())
}

/// The part of an attribute that is named between the brackets behind it. A list of simple values has `value`.
pub fn part<'a>(position: usize, path: &AttributePath, within: Resolved<'a>) -> Result<Resolved<'a>, Error> {
    let attribute = within.attribute;
    let is_single = path.schema.is_none() && path.sub.is_none();
    if is_single && attribute.kind != Kind::Complex && path.name.eq_ignore_ascii_case("value") {
        return Ok(within);
    }
    match attribute.sub_attribute(&path.name).filter(|_| is_single) {
        Some(sub) => Ok(Resolved { sub_attribute: Some(sub), ..within }),
        None => Err(Error::new(
            position,
            format!("unknown attribute {} in `{}`, which has {}", quoted(&path.text), attribute.name, parts(attribute)),
        )),
    }
}

fn parts(attribute: &Attribute) -> String {
    if attribute.kind != Kind::Complex {
        return "value".to_owned();
    }
    let names: Vec<&str> = attribute.sub_attributes.iter().map(|sub| sub.name.as_ref()).collect();
    names.join(", ")
}

/// `None`: nobody could say which resources have it without making them all.
pub fn of(resolved: Resolved<'_>, scope: Scope<'_>) -> Option<Target> {
    let Resolved { attribute, sub_attribute, .. } = resolved;
    if let Some(list) = List::of(resolved, scope) {
        let value = || attribute.sub_attribute("value");
        let field = match sub_attribute.or_else(value) {
            Some(part) => Some(list.part(part, scope)?),
            None if attribute.kind == Kind::Complex => None,
            None => Some(list.value(attribute)?),
        };
        return Some(Target::Each { list, field });
    }
    if attribute.kind == Kind::Complex && sub_attribute.is_none() {
        let parts = attribute.sub_attributes.iter().map(|sub| Resolved { sub_attribute: Some(sub), ..resolved });
        return Some(Target::Whole(parts.filter_map(|part| of(part, scope)).collect()));
    }
    fields::of(resolved, scope).map(Target::One)
}

pub fn incomparable(position: usize, path: &AttributePath) -> Error {
    Error::new(position, format!("{} cannot be asked for in a filter", quoted(&path.text)))
}
