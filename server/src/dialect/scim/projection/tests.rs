//! Projections of a user.

use super::*;
use crate::dialect::scim::schema::{ENTERPRISE_USER, ROLLCALL_USER, USER};
use serde_json::json;

fn schema() -> ResourceSchema {
    ResourceSchema::user(&[])
}

fn jane() -> Map<String, Value> {
    let jane = json!({
        "schemas": [USER, ENTERPRISE_USER, ROLLCALL_USER],
        "id": "1",
        "userName": "jane",
        "name": { "givenName": "Jane", "familyName": "Doe" },
        "emails": [{ "value": "j@example.org", "type": "work" }, { "value": "d@example.org" }],
        ENTERPRISE_USER: { "department": "Sales", "manager": { "value": "7", "displayName": "Omar" } },
        ROLLCALL_USER: { "initials": "JD" },
        "meta": { "resourceType": "User", "version": "W/\"1\"" },
    });
    jane.as_object().cloned().unwrap_or_default()
}

fn only(attributes: &str) -> Value {
    let projection = Projection::of_texts(Some(attributes), None, &schema()).expect("a projection");
    Value::Object(projection.apply(&schema(), jane()))
}

fn without(excluded: &str) -> Value {
    let projection = Projection::of_texts(None, Some(excluded), &schema()).expect("a projection");
    Value::Object(projection.apply(&schema(), jane()))
}

#[test]
fn everything_is_shown_when_nobody_says() {
    for projection in [Projection::of_texts(None, None, &schema()), Projection::of_texts(Some(" "), Some(","), &schema())] {
        assert_eq!(projection.expect("a projection").apply(&schema(), jane()), jane());
    }
}

#[test]
fn what_is_asked_for_comes_with_what_is_always_shown() {
    assert_eq!(only("USERNAME"), json!({ "schemas": [USER], "id": "1", "userName": "jane" }));
    assert_eq!(only("meta.version"), json!({ "schemas": [USER], "id": "1", "meta": { "version": "W/\"1\"" } }));
    assert_eq!(only("nickName"), json!({ "schemas": [USER], "id": "1" }));
}

#[test]
fn a_sub_attribute_is_shown_without_its_siblings() {
    let shown = only("name.familyName, emails.Type");

    let expected = json!({ "schemas": [USER], "id": "1", "name": { "familyName": "Doe" }, "emails": [{ "type": "work" }] });
    assert_eq!(shown, expected);
}

#[test]
fn a_name_may_stand_behind_its_urn_and_a_urn_alone_is_the_whole_schema() {
    let department = json!({ "schemas": [USER, ENTERPRISE_USER], "id": "1", ENTERPRISE_USER: { "department": "Sales" } });
    assert_eq!(only(&format!("{}:Department", ENTERPRISE_USER.to_uppercase())), department);

    let extension = json!({ "schemas": [USER, ENTERPRISE_USER], "id": "1", ENTERPRISE_USER: jane()[ENTERPRISE_USER] });
    assert_eq!(only(ENTERPRISE_USER), extension);

    assert_eq!(only(&format!("{USER}:userName")), only("userName"));
    assert_eq!(only(USER)["emails"], jane()["emails"]);
    assert_eq!(only(USER).get(ENTERPRISE_USER), None);
}

#[test]
fn what_is_excluded_is_not_shown() {
    let shown = without(&format!("emails.value,name,{ENTERPRISE_USER}:manager.displayName,{ROLLCALL_USER},meta"));

    let expected = json!({
        "schemas": [USER, ENTERPRISE_USER], "id": "1", "userName": "jane", "emails": [{ "type": "work" }],
        ENTERPRISE_USER: { "department": "Sales", "manager": { "value": "7" } },
    });
    assert_eq!(shown, expected);
}

#[test]
fn what_is_always_shown_cannot_be_excluded() {
    let shown = without("id,schemas,schemas.x");

    assert_eq!((&shown["id"], &shown["schemas"]), (&json!("1"), &jane()["schemas"]));
}

#[test]
fn a_name_that_means_nothing_chooses_nothing() {
    assert_eq!(only("shoeSize,department,urn:x:y,.,name.x"), json!({ "schemas": [USER], "id": "1" }));
    assert_eq!(without("shoeSize,department"), Value::Object(jane()));
}

#[test]
fn what_is_shown_only_where_it_is_asked_for_is_named_or_what_holds_it_is() {
    let mut jane = jane();
    jane.insert("roles".to_owned(), json!([{ "value": "admin", "display": "Admin" }]));
    jane.insert(ROLLCALL_USER.to_owned(), json!({ "number": 9 }));
    let apply = |attributes: Option<&str>, excluded: Option<&str>| {
        let projection = Projection::of_texts(attributes, excluded, &schema()).expect("a projection");
        let shown = projection.apply(&schema(), jane.clone());
        (shown.get("roles").cloned().unwrap_or_default(), shown.get(ROLLCALL_USER).cloned().unwrap_or_default())
    };
    let (admin, whole, number) = (json!([{ "value": "admin" }]), jane["roles"].clone(), json!({ "number": 9 }));

    assert_eq!(apply(None, None), (admin.clone(), json!(null)));
    assert_eq!(apply(None, Some("title")), (admin, json!(null)));
    assert_eq!(apply(Some("roles"), None), (whole, json!(null)));
    assert_eq!(apply(Some(&format!("roles.display,{ROLLCALL_USER}:number")), None), (json!([{ "display": "Admin" }]), number.clone()));
    assert_eq!(apply(Some(ROLLCALL_USER), None), (json!(null), number));
}

#[test]
fn both_together_are_refused() {
    let error = Projection::of_texts(Some("id"), Some("meta"), &schema()).expect_err("a refusal");

    assert_eq!((error.status().as_u16(), error.scim_type().map(|word| word.as_str())), (400, Some("invalidValue")));
}

#[test]
fn what_is_not_shown_need_not_be_read() {
    let schema = schema();
    let groups = schema.core().attribute("groups").expect("groups");
    let shows = |attributes, excluded| Projection::of_texts(attributes, excluded, &schema).expect("a projection").shows(None, groups);

    assert!(shows(None, None) && shows(Some("groups.value"), None) && shows(None, Some("groups.value")));
    assert!(!shows(Some("userName"), None) && !shows(None, Some("GROUPS")));
}
