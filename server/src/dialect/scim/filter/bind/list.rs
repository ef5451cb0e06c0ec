//! What there may be several of in one resource.

use super::super::super::schema::{
    Attribute, CUSTOM_GROUP, CUSTOM_USER, ENTERPRISE_USER, Kind, ROLLCALL_GROUP, ROLLCALL_USER, Resolved, ResourceType,
};
use super::target::{Field, extension_whole};
use super::{Binder, Scope};
use rollcall_core::domain::{AttributeKind, Role};
use rollcall_core::query::{
    BooleanField, Comparison, Element, ExactField, Filter, ListField, NumberExpression, NumberField, Part, TextExpression, TextField,
};

/// A list, or something complex that the query core takes for one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum List {
    Stored(ListField),
    /// The role of a person. Which roles pass is decided here; the store knows their numbers.
    Roles,
    /// The URNs of a resource. Which pass is decided here; an extension's is there where the resource has something of it.
    Schemas,
}

impl List {
    /// The list that an attribute is, if it is one.
    pub fn of(resolved: Resolved<'_>, scope: Scope<'_>) -> Option<Self> {
        let urn = resolved.extension.map_or("", |extension| extension.id);
        let stored = match (urn, resolved.attribute.name.as_ref()) {
            ("", "schemas") => return Some(Self::Schemas),
            ("", "roles") => return Some(Self::Roles),
            ("", "emails") => ListField::Emails,
            ("", "phoneNumbers") => ListField::Phones,
            ("", "photos") => ListField::Photos,
            ("", "ims") => ListField::Ims,
            ("", "entitlements") => ListField::Entitlements,
            ("", "x509Certificates") => ListField::Certificates,
            ("", "addresses") => ListField::Addresses,
            ("", "groups") => ListField::Groups,
            ("", "members") => ListField::Members,
            (ENTERPRISE_USER, "manager") => ListField::Manager,
            (ROLLCALL_USER, "projects") => ListField::Projects,
            (ROLLCALL_GROUP, "responsible") => ListField::Responsible,
            (CUSTOM_USER | CUSTOM_GROUP, name) => {
                let definition = scope.schema.definition(name)?;
                match definition.kind {
                    AttributeKind::Text | AttributeKind::Paragraph | AttributeKind::Link | AttributeKind::Email => return None,
                    AttributeKind::Number | AttributeKind::DateTime => return None,
                    AttributeKind::Outline
                    | AttributeKind::ListOfOptions
                    | AttributeKind::Relationship
                    | AttributeKind::Attachment
                    | AttributeKind::Image => ListField::Attribute(definition.name.clone()),
                }
            }
            _ => return None,
        };
        Some(Self::Stored(stored))
    }

    /// Whether no resource has two of them.
    pub const fn has_one_at_most(&self) -> bool {
        matches!(self, Self::Roles | Self::Stored(ListField::Manager | ListField::Responsible))
    }

    /// A part of one value.
    pub fn part(&self, part: &Attribute, scope: Scope<'_>) -> Option<Field> {
        let text = match (part.name.as_ref(), self.resources()) {
            ("value", Some(_)) => return Some(Field::Id),
            ("$ref", Some(types)) => return Some(Field::Address(addresses(types, scope))),
            ("primary", _) => return Some(Field::Boolean(BooleanField::Primary)),
            ("value" | "id", _) => return self.value(part),
            ("display" | "displayName" | "caption", _) => Part::Display,
            ("type", _) => Part::Type,
            ("formatted", _) => Part::Formatted,
            ("streetAddress", _) => Part::Street,
            ("locality", _) => Part::Locality,
            ("region", _) => Part::Region,
            ("postalCode", _) => Part::PostalCode,
            ("country", _) => Part::Country,
            _ => return None,
        };
        Some(Field::Text(TextExpression::Field(TextField::Part(text))))
    }

    /// What stands for one value, described by this attribute.
    pub fn value(&self, attribute: &Attribute) -> Option<Field> {
        let without_case = Field::Text(TextExpression::Field(TextField::Part(Part::Value)));
        match attribute.kind {
            Kind::Integer | Kind::Decimal => Some(Field::Number(NumberExpression::Field(NumberField::Value))),
            Kind::Binary => Some(Field::Binary(ExactField::Part(Part::Value))),
            // The URNs of schemas, like all that names attributes (RFC 7643, section 2.1).
            Kind::Reference if *self == Self::Schemas => Some(without_case),
            Kind::String | Kind::Reference if attribute.case_exact => Some(Field::Exact(ExactField::Part(Part::Value))),
            Kind::String | Kind::Reference => Some(without_case),
            Kind::Boolean | Kind::DateTime | Kind::Complex => None,
        }
    }

    /// The types of resource that its values stand for.
    const fn resources(&self) -> Option<&'static [ResourceType]> {
        match self {
            Self::Stored(ListField::Groups) => Some(&[ResourceType::Group]),
            Self::Stored(ListField::Manager | ListField::Responsible) => Some(&[ResourceType::User]),
            Self::Stored(ListField::Members) => Some(&[ResourceType::User, ResourceType::Group]),
            Self::Stored(_) | Self::Roles | Self::Schemas => None,
        }
    }

    /// The filter that some value passes.
    pub fn any(&self, filter: Filter, scope: Scope<'_>) -> Filter {
        match self {
            Self::Stored(list) => Filter::any(list.clone(), filter),
            Self::Roles => some_role(&filter.simplified(), scope.roles),
            Self::Schemas => some_schema(&filter, scope),
        }
    }
}

/// What stands before an id in an address, by type where there are several.
fn addresses(types: &[ResourceType], scope: Scope<'_>) -> Vec<(Option<&'static str>, String)> {
    let is_single = types.len() == 1;
    types.iter().map(|kind| ((!is_single).then_some(kind.as_str()), scope.base.location(kind.endpoint(), ""))).collect()
}

fn some_role(filter: &Filter, roles: &[Role]) -> Filter {
    let field = NumberField::Role;
    if *filter == Filter::everything() {
        return Filter::Number { left: NumberExpression::Field(field), comparison: Comparison::NotEqual, right: NumberExpression::Absent };
    }
    let passing = roles.iter().filter(|role| {
        let element = Element::of(role.code.as_str()).with(Part::Display, Some(role.name.as_str())).primary(Some(true));
        filter.matches(&element)
    });
    Filter::Or(passing.map(|role| Filter::number(field, Comparison::Equal, role.number.get())).collect())
}

fn some_schema(filter: &Filter, scope: Scope<'_>) -> Filter {
    if filter.matches(&Element::of(scope.schema.core().id)) {
        return Filter::everything();
    }
    let passing = scope.schema.extensions().filter(|extension| filter.matches(&Element::of(extension.id)));
    let binder = Binder { scope, within: None };
    Filter::Or(passing.map(|extension| binder.is_present(&extension_whole(extension, scope))).collect())
}
