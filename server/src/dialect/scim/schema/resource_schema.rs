//! Everything of one type of resource in one organization: its schemas, and what a name means in it.

use super::super::filter::AttributePath;
use super::{Attribute, CustomAttribute, ResourceType, Schema, enterprise, group, of_every_resource, rollcall, user};
use rollcall_core::directory::{Actor, Directory, DirectoryError};
use rollcall_core::domain::{Definition, VariableName};
use std::borrow::Cow;

/// The schemas of one type of resource, with the attributes that an organization has defined.
#[derive(Clone, Debug)]
pub struct ResourceSchema {
    kind: ResourceType,
    core: &'static Schema,
    extensions: Vec<Cow<'static, Schema>>,
    custom: Vec<CustomAttribute>,
}

/// What a name means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resolved<'a> {
    /// The extension whose attribute it is; `None` for one of the core schema, or that every resource has.
    pub extension: Option<&'a Schema>,
    pub attribute: &'a Attribute,
    pub sub_attribute: Option<&'a Attribute>,
}

/// A name that means nothing here.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown attribute `{name}`")]
pub struct UnknownAttribute {
    /// As it was written, and never long.
    pub name: String,
}

impl ResourceSchema {
    /// The schemas of this type, with these definitions; those of other records do not count.
    pub fn new(kind: ResourceType, definitions: &[Definition]) -> Self {
        let definitions: Vec<Definition> = definitions.iter().filter(|definition| definition.object == kind.object()).cloned().collect();
        let custom = CustomAttribute::all(&definitions);
        let (core, fixed): (&Schema, &[&Schema]) = match kind {
            ResourceType::User => (&user::SCHEMA, &[&enterprise::SCHEMA, &rollcall::USER]),
            ResourceType::Group => (&group::SCHEMA, &[&rollcall::GROUP]),
        };
        let mut extensions: Vec<Cow<'static, Schema>> = fixed.iter().copied().map(Cow::Borrowed).collect();
        if !custom.is_empty() {
            extensions.push(Cow::Owned(of_organization(kind, &custom)));
        }
        Self { kind, core, extensions, custom }
    }

    /// The schemas of this type in the actor's organization.
    pub async fn of(directory: &Directory, actor: &Actor, kind: ResourceType) -> Result<Self, DirectoryError> {
        Ok(Self::new(kind, &directory.attribute_definitions(actor, kind.object()).await?))
    }

    /// The schemas of users.
    pub fn user(definitions: &[Definition]) -> Self {
        Self::new(ResourceType::User, definitions)
    }

    /// The schemas of groups.
    pub fn group(definitions: &[Definition]) -> Self {
        Self::new(ResourceType::Group, definitions)
    }

    pub const fn kind(&self) -> ResourceType {
        self.kind
    }

    /// The core schema.
    pub const fn core(&self) -> &'static Schema {
        self.core
    }

    /// The extensions, in the order in which resources show them.
    pub fn extensions(&self) -> impl Iterator<Item = &Schema> {
        self.extensions.iter().map(Cow::as_ref)
    }

    /// What every resource has, in the order in which resources show it; `meta` comes last of all.
    pub fn common() -> &'static [Attribute] {
        &of_every_resource::ATTRIBUTES
    }

    /// The attributes of a resource that stand in it by their bare names: those that every resource has, and the core
    /// schema's.
    pub fn bare(&self) -> impl Iterator<Item = &Attribute> {
        Self::common().iter().chain(&self.core.attributes)
    }

    /// The extension of this URN, in any case.
    pub fn extension(&self, urn: &str) -> Option<&Schema> {
        self.extensions().find(|schema| schema.is_called(urn))
    }

    /// The core schema or the extension of this URN, in any case.
    pub fn schema(&self, urn: &str) -> Option<&Schema> {
        if self.core.is_called(urn) { Some(self.core) } else { self.extension(urn) }
    }

    /// The attributes that the organization has defined.
    pub fn custom(&self) -> &[CustomAttribute] {
        &self.custom
    }

    /// The definition behind this attribute of the organization's own extension, in any case.
    pub fn definition(&self, name: &str) -> Option<&Definition> {
        let found = self.custom.iter().find(|custom| custom.name.eq_ignore_ascii_case(name));
        found.map(|custom| &custom.definition)
    }

    /// What SCIM calls the organization's attribute of this name.
    pub fn custom_name(&self, name: &VariableName) -> Option<&str> {
        self.custom.iter().find(|custom| custom.definition.name == *name).map(|custom| custom.name.as_str())
    }

    /// What a path means. A schema's URN alone is no attribute: ask [`Self::schema`] for its text first.
    pub fn resolve(&self, path: &AttributePath) -> Result<Resolved<'_>, UnknownAttribute> {
        self.resolve_parts(path.schema.as_deref(), &path.name, path.sub.as_deref())
    }

    /// What an attribute's name means, all in any case: bare or behind the URN of its schema, and perhaps with a
    /// sub-attribute. An extension's attributes have no bare names.
    pub fn resolve_parts(&self, urn: Option<&str>, name: &str, sub: Option<&str>) -> Result<Resolved<'_>, UnknownAttribute> {
        let unknown = || UnknownAttribute::new(urn, name, sub);
        let (extension, attribute) = match urn {
            None => (None, self.bare().find(|attribute| attribute.is_named(name))),
            Some(urn) if self.core.is_called(urn) => (None, self.bare().find(|attribute| attribute.is_named(name))),
            Some(urn) => {
                let extension = self.extension(urn).ok_or_else(unknown)?;
                (Some(extension), extension.attribute(name))
            }
        };
        let attribute = attribute.ok_or_else(unknown)?;
        let sub_attribute = match sub {
            Some(sub) => Some(attribute.sub_attribute(sub).ok_or_else(unknown)?),
            None => None,
        };
        Ok(Resolved { extension, attribute, sub_attribute })
    }
}

impl Resolved<'_> {
    /// The innermost attribute that is named: the sub-attribute where there is one.
    pub fn innermost(&self) -> &Attribute {
        self.sub_attribute.unwrap_or(self.attribute)
    }
}

impl UnknownAttribute {
    /// Characters of the name that a message repeats.
    const SHOWN_CHARACTERS_MAX: usize = 100;

    fn new(urn: Option<&str>, name: &str, sub: Option<&str>) -> Self {
        let urn = urn.map(|urn| format!("{urn}:")).unwrap_or_default();
        let sub = sub.map(|sub| format!(".{sub}")).unwrap_or_default();
        Self { name: format!("{urn}{name}{sub}").chars().take(Self::SHOWN_CHARACTERS_MAX).collect() }
    }
}

fn of_organization(kind: ResourceType, custom: &[CustomAttribute]) -> Schema {
    let (name, description) = match kind {
        ResourceType::User => ("CustomUser", "What the organization itself has defined for its people"),
        ResourceType::Group => ("CustomGroup", "What the organization itself has defined for its groups"),
    };
    Schema { id: kind.custom(), name, description, attributes: custom.iter().map(CustomAttribute::attribute).collect() }
}
