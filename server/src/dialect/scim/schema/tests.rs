//! The tables, and what names mean in them.

use super::*;
use rollcall_core::domain::{AttributeKind, AttributeNumber, AttributeObject, Definition, Instant, NewDefinition, VariableName};

fn definition(number: i64, name: &str, kind: AttributeKind) -> Definition {
    let name = VariableName::parse(name).expect("a name");
    let new = NewDefinition { kind, ..NewDefinition::text(AttributeObject::Person, name) };
    let number = AttributeNumber::new(number).expect("a number");
    Definition::new(new, number, Instant::from_milliseconds(0).expect("an instant")).expect("a definition")
}

fn user() -> ResourceSchema {
    ResourceSchema::user(&[definition(1, "office", AttributeKind::Text)])
}

/// What is found: the extension's name, the attribute, the sub-attribute.
fn found(urn: Option<&str>, name: &str, sub: Option<&str>) -> Option<String> {
    let schema = user();
    let resolved = schema.resolve_parts(urn, name, sub).ok()?;
    let extension = resolved.extension.map_or("", |extension| extension.name);
    let sub = resolved.sub_attribute.map_or("", |sub| sub.name.as_ref());
    Some(format!("{extension}/{}/{sub}", resolved.attribute.name))
}

/// Every attribute and sub-attribute of a schema.
fn all(schema: &Schema) -> Vec<&Attribute> {
    schema.attributes.iter().flat_map(|attribute| std::iter::once(attribute).chain(&attribute.sub_attributes)).collect()
}

fn schemas() -> Vec<Schema> {
    let kinds = AttributeKind::ALL.into_iter().zip(1..).map(|(kind, number)| definition(number, &format!("a{number}"), kind));
    let definitions: Vec<Definition> = kinds.collect();
    let groups: Vec<Definition> =
        definitions.iter().cloned().map(|definition| Definition { object: AttributeObject::Group, ..definition }).collect();
    let types = [ResourceSchema::user(&definitions), ResourceSchema::group(&groups)];
    types.iter().flat_map(|schema| std::iter::once(schema.core()).chain(schema.extensions()).cloned().collect::<Vec<_>>()).collect()
}

#[test]
fn a_name_is_found_bare_dotted_and_behind_its_urn_in_any_case() {
    assert_eq!(found(None, "USERNAME", None).as_deref(), Some("/userName/"));
    assert_eq!(found(None, "name", Some("FamilyName")).as_deref(), Some("/name/familyName"));
    assert_eq!(found(Some("URN:ietf:params:scim:schemas:core:2.0:user"), "emails", Some("value")).as_deref(), Some("/emails/value"));
    assert_eq!(found(Some(&ENTERPRISE_USER.to_lowercase()), "manager", Some("$REF")).as_deref(), Some("EnterpriseUser/manager/$ref"));
    assert_eq!(found(Some(CUSTOM_USER), "Office", None).as_deref(), Some("CustomUser/office/"));
    assert_eq!(found(None, "meta", Some("lastmodified")).as_deref(), Some("/meta/lastModified"));
}

#[test]
fn an_attribute_of_an_extension_has_no_bare_name() {
    for name in ["department", "employeeNumber", "number", "office"] {
        assert_eq!(found(None, name, None), None, "{name}");
        assert_eq!(found(Some(USER), name, None), None, "{name}");
    }
}

#[test]
fn an_unknown_name_is_told_as_it_was_written() {
    let unknown = user().resolve_parts(Some("urn:x"), "Name", Some("y")).unwrap_err();

    assert_eq!(unknown.to_string(), "unknown attribute `urn:x:Name.y`");
    assert_eq!(found(None, "password", None), None);
    assert_eq!(found(None, "userName", Some("value")), None);
}

#[test]
fn the_custom_schema_is_absent_where_nothing_is_defined() {
    assert!(ResourceSchema::user(&[]).schema(CUSTOM_USER).is_none());
    assert!(ResourceSchema::group(&[definition(1, "office", AttributeKind::Text)]).schema(CUSTOM_GROUP).is_none());
    assert!(user().schema(CUSTOM_USER).is_some());
}

#[test]
fn names_that_scim_cannot_say_are_given_another_that_nobody_has() {
    let names = [(7, "office"), (3, "Office"), (9, "OFFICE"), (1, "1st"), (2, "_x"), (4, "Schemas")];
    let definitions = names.map(|(number, name)| definition(number, name, AttributeKind::Text));

    let schema = ResourceSchema::user(&definitions);

    let said = names.map(|(_, name)| schema.custom_name(&VariableName::parse(name).expect("a name")).expect("a name").to_owned());
    assert_eq!(said, ["office$7", "Office", "OFFICE$9", "custom$1st", "custom$_x", "custom$Schemas"]);
    assert_eq!(schema.definition("OFFICE$7").map(|definition| definition.name.as_str()), Some("office"));
}

#[test]
fn every_name_of_every_schema_is_one_of_scim_and_is_there_once() {
    let is_name = |name: &str| {
        let rest = |character: char| character.is_ascii_alphanumeric() || matches!(character, '-' | '_' | '$');
        (name.starts_with(|first: char| first.is_ascii_alphabetic()) || name == "$ref") && name.chars().all(rest)
    };
    for schema in schemas() {
        let lists = schema.attributes.iter().map(|attribute| &attribute.sub_attributes).chain([&schema.attributes]);
        for list in lists {
            let mut names: Vec<String> = list.iter().map(|attribute| attribute.name.to_lowercase()).collect();
            assert!(list.iter().all(|attribute| is_name(&attribute.name)), "{names:?}");
            names.sort();
            names.dedup();
            assert_eq!(names.len(), list.len(), "{names:?}");
        }
    }
}

#[test]
fn sub_attributes_and_reference_types_are_where_they_belong() {
    for schema in schemas() {
        for attribute in all(&schema) {
            assert_eq!(attribute.kind == Kind::Complex, !attribute.sub_attributes.is_empty(), "{}", attribute.name);
            assert_eq!(attribute.kind == Kind::Reference, !attribute.reference_types.is_empty(), "{}", attribute.name);
            assert!(attribute.sub_attributes.iter().all(|sub| sub.kind != Kind::Complex), "{}", attribute.name);
            assert!(!attribute.description.is_empty(), "{}", attribute.name);
        }
    }
}

#[test]
fn the_logins_of_an_organization_are_unique_and_known_without_case() {
    let schema = user();
    let login = schema.core().attribute("userName").expect("userName");

    assert_eq!((login.uniqueness, login.case_exact, login.required), (Uniqueness::Server, false, true));
}

#[test]
fn every_kind_of_definition_has_a_type_of_scim() {
    let kinds = AttributeKind::ALL.map(|kind| {
        let schema = ResourceSchema::user(&[definition(1, "a", kind)]);
        let attribute = schema.schema(CUSTOM_USER).and_then(|schema| schema.attribute("a")).expect("an attribute");
        (attribute.kind.as_str(), attribute.multi_valued)
    });

    let texts = [("string", false); 4];
    let others = [
        ("dateTime", false),
        ("decimal", false),
        ("string", true),
        ("string", true),
        ("string", true),
        ("string", true),
        ("complex", false),
    ];
    assert_eq!(kinds.as_slice(), [texts.as_slice(), &others].concat());
}

#[test]
fn an_attribute_is_shown_with_its_characteristics() {
    let shown = serde_json::to_value(user().core().attribute("profileUrl").expect("profileUrl")).expect("JSON");

    let expected = serde_json::json!({
        "name": "profileUrl", "type": "reference", "multiValued": false, "description": "A page about the person", "required": false,
        "caseExact": true, "mutability": "readWrite", "returned": "default", "uniqueness": "none", "referenceTypes": ["external"],
    });
    assert_eq!(shown, expected);
}

#[test]
fn an_extension_that_a_client_writes_comes_back_as_it_was_sent() {
    for schema in schemas().iter().filter(|schema| ![USER, GROUP].contains(&schema.id)) {
        for attribute in &schema.attributes {
            assert_eq!(attribute.is_read_only(), attribute.returned == Returned::Request, "{}", attribute.name);
        }
    }
}

#[test]
fn a_time_zone_is_one_of_those_that_are_announced() {
    let schema = user();
    let zones = &schema.core().attribute("timezone").expect("timezone").canonical_values;

    assert!(zones.iter().any(|zone| zone == "Europe/Oslo"));
    for zone in zones {
        assert!(rollcall_core::domain::TimeZone::parse(zone).is_ok(), "{zone}");
    }
}
