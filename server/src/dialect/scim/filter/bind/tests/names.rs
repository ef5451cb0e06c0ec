use super::super::super::super::schema::{Attribute, Kind, Resolved, ResourceSchema, Schema};
use super::super::Scope;
use super::super::target::{self, Field, Target};
use super::{ALL, NOBODY, base, definitions, found, roles};
use rollcall_core::query::TextExpression;

#[test]
fn attributes_are_named_in_any_case_bare_or_with_their_urn() {
    assert_eq!(found(r#"DISPLAYNAME eq "omar""#), [2]);
    assert_eq!(found(r#"urn:ietf:params:scim:schemas:core:2.0:User:name.familyName eq "doe""#), [1]);
    assert_eq!(found(r#"URN:IETF:params:scim:schemas:EXTENSION:enterprise:2.0:user:DEPARTMENT eq "sales""#), [1]);
}

#[test]
fn a_role_is_asked_for_by_code_or_name() {
    assert_eq!(found(r#"roles eq "ROLE_ADMIN""#), [1]);
    assert_eq!(found(r#"roles.value eq "role_user""#), [2]);
    assert_eq!(found(r#"roles.display co "admin""#), [1]);
    assert_eq!(found(r#"roles[value sw "ROLE" and primary eq true and display ew "yee"]"#), [2]);
    assert_eq!(found("roles pr"), [1, 2]);
    assert_eq!(found("roles eq null"), [3]);
}

#[test]
fn who_has_another_role_or_none_is_found_by_ne() {
    assert_eq!(found(r#"roles.value ne "ROLE_ADMIN""#), [2, 3]);
    assert_eq!(found(r#"roles[value ne "ROLE_ADMIN"]"#), [2]);
}

#[test]
fn a_role_that_is_not_there_is_nobodys() {
    assert_eq!(found(r#"roles eq "ROLE_X""#), NOBODY);
    assert_eq!(found(r#"roles.type pr"#), NOBODY);
}

#[test]
fn resources_are_found_by_their_schemas() {
    assert_eq!(found(r#"schemas eq "urn:ietf:params:scim:schemas:core:2.0:User""#), ALL);
    assert_eq!(found(r#"schemas eq "urn:ietf:params:scim:schemas:extension:ENTERPRISE:2.0:User""#), [1]);
    assert_eq!(found(r#"schemas co "custom""#), [1]);
    assert_eq!(found(r#"schemas eq "urn:x""#), NOBODY);
    assert_eq!(found("schemas pr"), ALL);
}

#[test]
fn an_extension_is_present_where_something_of_it_is() {
    assert_eq!(found("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User pr"), [1]);
    assert_eq!(found("urn:ietf:params:scim:schemas:extension:rollcall:custom:2.0:User pr"), [1]);
    assert_eq!(found("urn:ietf:params:scim:schemas:extension:rollcall:2.0:User pr"), ALL);
    assert_eq!(found("urn:ietf:params:scim:schemas:core:2.0:User pr"), ALL);
}

#[test]
fn the_type_of_a_resource_is_known() {
    assert_eq!(found(r#"meta.resourceType eq "User""#), ALL);
    assert_eq!(found(r#"meta.resourceType eq "user""#), NOBODY);
    assert_eq!(found(r#"meta.resourceType ne "Group""#), ALL);
}

/// Everything that has a value by itself, with its name.
fn all<'a>(schema: Option<&'a Schema>, attributes: impl IntoIterator<Item = &'a Attribute>) -> Vec<(String, Resolved<'a>)> {
    let urn = schema.map(|schema| format!("{}:", schema.id)).unwrap_or_default();
    let attribute = |attribute: &'a Attribute| {
        let whole = Resolved { extension: schema, attribute, sub_attribute: None };
        let parts = attribute.sub_attributes.iter().map(move |sub| Resolved { sub_attribute: Some(sub), ..whole });
        parts.chain((attribute.kind != Kind::Complex).then_some(whole)).collect::<Vec<_>>()
    };
    let name = |resolved: &Resolved<'_>| format!("{urn}{}.{}", resolved.attribute.name, resolved.innermost().name);
    attributes.into_iter().flat_map(attribute).map(|resolved| (name(&resolved), resolved)).collect()
}

/// The type that a field is compared as, and whether case counts.
fn kind_of(field: &Field) -> (Kind, bool) {
    match field {
        Field::Text(_) | Field::UserName | Field::Word(..) | Field::Digits(_) => (Kind::String, false),
        Field::Exact(_) | Field::Id | Field::Fixed(_) => (Kind::String, true),
        Field::Binary(_) => (Kind::Binary, true),
        Field::Boolean(_) => (Kind::Boolean, false),
        Field::Number(rollcall_core::query::NumberExpression::Attribute(_)) => (Kind::Decimal, false),
        Field::Number(_) => (Kind::Integer, false),
        Field::Instant(_) | Field::Moment(_) => (Kind::DateTime, false),
        Field::Address(_) => (Kind::Reference, true),
    }
}

#[test]
fn every_attribute_but_the_version_is_something_of_its_type() {
    let (definitions, roles, base) = (definitions(), roles(), base());
    for schema in [ResourceSchema::user(&definitions), ResourceSchema::group(&[])] {
        let scope = Scope { schema: &schema, roles: &roles, base: &base };
        let extensions = schema.extensions().flat_map(|extension| all(Some(extension), &extension.attributes));
        for (name, resolved) in all(None, schema.bare()).into_iter().chain(extensions) {
            let field = match target::of(resolved, scope) {
                Some(Target::One(field) | Target::Each { field: Some(field), .. }) => field,
                _ if name == "meta.version" => continue,
                other => panic!("{name}: {other:?}"),
            };
            let attribute = resolved.innermost();
            let expected = match attribute.kind {
                // URNs are references, but compared without case.
                Kind::Reference if name == "schemas.schemas" => (Kind::String, false),
                Kind::Reference if !matches!(field, Field::Address(_)) => (Kind::String, attribute.case_exact),
                kind => (kind, attribute.case_exact),
            };
            assert_eq!(kind_of(&field), expected, "{name}");
        }
    }
}

#[test]
fn no_two_attributes_are_the_same_field_of_the_record() {
    let (definitions, roles, base) = (definitions(), roles(), base());
    let schema = ResourceSchema::user(&definitions);
    let scope = Scope { schema: &schema, roles: &roles, base: &base };
    let extensions = schema.extensions().flat_map(|extension| all(Some(extension), &extension.attributes));
    let mut seen: Vec<(Field, String)> = Vec::new();
    for (name, resolved) in all(None, schema.bare()).into_iter().chain(extensions) {
        let Some(Target::One(field)) = target::of(resolved, scope) else { continue };
        if let Some((_, other)) = seen.iter().find(|(other, _)| *other == field) {
            panic!("{name} is {other}");
        }
        seen.push((field, name));
    }
    assert!(seen.iter().any(|(field, _)| matches!(field, Field::Text(TextExpression::Attribute(_)))));
}
