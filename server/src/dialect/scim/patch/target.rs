//! What a path means: a name, a filter and a sub-attribute → a place in the schema.

use super::super::error::Error;
use super::super::filter::{AttributePath, Path};
use super::super::schema::{Attribute, ResourceSchema, ResourceType, Schema};
use super::selection::Selection;
use super::value::Unknown;

/// What a path means.
#[derive(Debug)]
pub(super) enum Target<'a> {
    /// The resource itself, by the URN of its core schema.
    Resource,
    /// A whole extension.
    Extension(&'a Schema),
    Place(Place<'a>),
    /// What clients may write and nobody keeps.
    PassedOver,
}

/// An attribute, values of one, or a part of them.
#[derive(Debug)]
pub(super) struct Place<'a> {
    /// `None`: the attribute stands in the resource itself.
    pub extension: Option<&'a Schema>,
    pub attribute: &'a Attribute,
    /// Which values of a list; `None` for all, or for one that is no list.
    pub selection: Option<Selection<'a>>,
    pub sub: Option<&'a Attribute>,
}

impl<'a> Target<'a> {
    /// What a path means in a resource, or in an extension of it.
    pub(super) fn of(path: &Path, schema: &'a ResourceSchema, within: Option<&Schema>, unknown: &mut Unknown<'_>) -> Result<Self, Error> {
        let AttributePath { text, schema: urn, name, sub } = &path.attribute;
        if within.is_none() && path.filter.is_none() {
            if schema.core().is_called(text) {
                return Ok(Self::Resource);
            }
            if let Some(extension) = schema.extension(text) {
                return Ok(Self::Extension(extension));
            }
        }
        if path.filter.is_some() && sub.is_some() {
            return Err(Error::invalid_path(format!("`{text}` has parts, not values: the filter stands behind the attribute's own name.")));
        }
        let urn = urn.as_deref().or(within.map(|within| within.id));
        if is_passed_over(urn, name, schema) {
            return Ok(Self::PassedOver);
        }
        match schema.resolve_parts(urn, name, sub.as_deref().or(path.sub.as_deref())) {
            Ok(found) => {
                let selection = path.filter.as_ref().map(|filter| Selection::bind(filter, found.attribute)).transpose()?;
                let place = Place { extension: found.extension, attribute: found.attribute, selection, sub: found.sub_attribute };
                place.check()?;
                Ok(Self::Place(place))
            }
            Err(nothing) => unknown.meet(&nothing.name).map(|()| Self::PassedOver),
        }
    }
}

impl Place<'_> {
    /// Values are chosen in lists, and a part of a list's values is named together with which.
    fn check(&self) -> Result<(), Error> {
        let name = &self.attribute.name;
        match (&self.selection, self.sub) {
            (Some(_), _) if !self.attribute.multi_valued => {
                Err(Error::invalid_path(format!("`{name}` is no list, so a path cannot choose among its values.")))
            }
            (None, Some(sub)) if self.attribute.multi_valued => {
                let sub = &sub.name;
                let how = format!("say of which values, as in `{name}[type eq \"work\"].{sub}`");
                Err(Error::invalid_path(format!("`{name}.{sub}` is a part of every value of a list: {how}.")))
            }
            _ => Ok(()),
        }
    }
}

/// `schemas` follows from what else is there, and passwords are not set through this API: many clients send both.
fn is_passed_over(urn: Option<&str>, name: &str, schema: &ResourceSchema) -> bool {
    let is_core = urn.is_none_or(|urn| schema.core().is_called(urn));
    let is_password = schema.kind() == ResourceType::User && is_core && name.eq_ignore_ascii_case("password");
    is_password || name.eq_ignore_ascii_case("schemas")
}
