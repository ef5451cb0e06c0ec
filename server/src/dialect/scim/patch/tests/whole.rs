//! Operations without a path, and on whole extensions.

use super::*;
use crate::dialect::scim::quirks::IGNORE_UNKNOWN_ATTRIBUTES;
use crate::http::Quirk;

fn on_resource(op: &str, value: Value) -> Value {
    after(json!([{"op": op, "value": value}]))
}

#[test]
fn without_a_path_each_member_is_written() {
    for op in ["add", "replace"] {
        let jane = on_resource(op, json!({"title": "Boss", "nickName": "J", "name": {"givenName": "Jo"}}));

        assert_eq!((&jane["title"], &jane["nickName"]), (&json!("Boss"), &json!("J")));
        assert_eq!(jane["name"], json!({"givenName": "Jo", "familyName": "Doe"}));
        assert_eq!(jane["emails"], self::jane()["emails"]);
    }
}

#[test]
fn without_a_path_an_add_appends_and_a_replace_replaces() {
    let value = json!({"emails": [{"value": "x@y.example"}]});

    assert_eq!(on_resource("add", value.clone())["emails"].as_array().unwrap().len(), 3);
    assert_eq!(on_resource("replace", value)["emails"], json!([{"value": "x@y.example"}]));
}

#[test]
fn members_may_be_called_by_their_whole_paths() {
    let jane = on_resource(
        "replace",
        json!({
            "name.givenName": "Jo",
            "emails[type eq \"work\"].value": "x@y.example",
            format!("{ENTERPRISE_USER}:department"): "IT",
            format!("{ENTERPRISE_USER}:manager.value"): "someone"
        }),
    );

    assert_eq!((&jane["name"]["givenName"], &jane["emails"][0]["value"]), (&json!("Jo"), &json!("x@y.example")));
    assert_eq!(jane[ENTERPRISE_USER], json!({"department": "IT", "manager": {"value": "someone"}}));
}

#[test]
fn an_extension_may_be_an_object_of_its_attributes() {
    for urn in [ENTERPRISE_USER.to_owned(), ENTERPRISE_USER.to_uppercase()] {
        let jane = on_resource("replace", json!({urn: {"Department": "IT", "costCenter": "7", "schemas": [ENTERPRISE_USER]}}));

        let extension = &jane[ENTERPRISE_USER];
        assert_eq!((&extension["department"], &extension["costCenter"]), (&json!("IT"), &json!("7")));
        assert_eq!(extension["manager"], self::jane()[ENTERPRISE_USER]["manager"]);
    }
}

#[test]
fn an_extension_may_be_the_path() {
    for op in [add, replace] {
        let jane = op(ENTERPRISE_USER, json!({"schemas": [ENTERPRISE_USER], "department": "IT", "manager.value": "someone"}));

        assert_eq!(jane[ENTERPRISE_USER], json!({"department": "IT", "manager": {"value": "someone"}}));
    }
}

#[test]
fn a_removed_extension_is_gone() {
    assert_eq!(remove(ENTERPRISE_USER), jane_without(ENTERPRISE_USER));
    assert_eq!(replace(ENTERPRISE_USER, json!(null)), jane_without(ENTERPRISE_USER));
    assert_eq!(on_resource("replace", json!({ENTERPRISE_USER: null})), jane_without(ENTERPRISE_USER));
}

#[test]
fn an_extension_without_attributes_is_gone() {
    let paths = ["department", "manager"].map(|name| json!({"op": "remove", "path": format!("{ENTERPRISE_USER}:{name}")}));

    assert_eq!(after(json!(paths)), jane_without(ENTERPRISE_USER));
}

#[test]
fn the_urn_of_the_core_schema_is_the_resource() {
    let core = "urn:ietf:params:scim:schemas:core:2.0:User";

    assert_eq!(replace(core, json!({"title": "Boss"})), jane_with("/title", json!("Boss")));
    assert_eq!(on_resource("add", json!({core: {"title": "Boss"}})), jane_with("/title", json!("Boss")));
    assert_eq!(refused(json!({"op": "remove", "path": core})).0, ScimType::NoTarget);
}

#[test]
fn null_takes_a_member_away() {
    let jane = on_resource("replace", json!({"title": null, "emails": [], "name": {"givenName": null}}));

    assert_eq!((jane.get("title"), jane.get("emails"), &jane["name"]), (None, None, &json!({"familyName": "Doe"})));
}

#[test]
fn read_only_members_that_say_what_is_so_are_passed_over() {
    let Value::Object(mut said) = jane() else { unreachable!() };
    said.remove("roles");
    said.insert("title".to_owned(), json!("Boss"));

    for op in ["add", "replace"] {
        assert_eq!(on_resource(op, Value::Object(said.clone()))["title"], json!("Boss"));
    }
    assert_eq!(on_resource("replace", json!({"meta": {"resourceType": "User", "version": "2"}, "groups": [], "id": null})), jane());
}

#[test]
fn read_only_members_that_say_something_else_are_refused() {
    for value in [json!({"id": "another"}), json!({"groups": [{"value": "x"}]}), json!({"ID": 7})] {
        assert_eq!(refused(json!({"op": "replace", "value": value})).0, ScimType::Mutability, "{value}");
    }
}

#[test]
fn passwords_and_schemas_are_passed_over() {
    assert_eq!(on_resource("replace", json!({"password": "secret", "schemas": ["urn:x"]})), jane());
    assert_eq!(replace("password", json!("secret")), jane());
    assert_eq!(replace("urn:ietf:params:scim:schemas:core:2.0:User:password", json!("secret")), jane());
}

#[test]
fn unknown_attributes_are_passed_over_where_that_is_allowed_which_is_asked_once() {
    let asked = std::cell::Cell::new(0);
    let allows = |quirk: &Quirk| {
        asked.set(asked.get() + 1);
        *quirk == IGNORE_UNKNOWN_ATTRIBUTES
    };
    let body = object(json!({"schemas": [body::SCHEMA], "Operations": [
        {"op": "add", "path": "favouriteColour", "value": "red"},
        {"op": "replace", "value": {"title": "Boss", "urn:x:2.0:User": {"a": 1}, "name": {"nick": "J"}}},
        {"op": "add", "path": "emails", "value": [{"value": "jane@home.example", "label": "x"}]},
        {"op": "remove", "path": "urn:x:2.0:User:a.b"}
    ]}));
    let operations = body::operations(body, &allows).unwrap();

    let jane = apply(&operations, &schema(), object(jane()), &allows).unwrap();

    assert_eq!((Value::Object(jane), asked.get()), (jane_with("/title", json!("Boss")), 1));
}

#[test]
fn all_operations_are_done_in_their_order() {
    let jane = after(json!([
        {"op": "replace", "path": "title", "value": "One"},
        {"op": "remove", "path": "title"},
        {"op": "add", "path": "title", "value": "Two"},
        {"op": "add", "value": {"nickName": "J"}},
        {"op": "remove", "path": "nickName"}
    ]));

    assert_eq!(jane, jane_with("/title", json!("Two")));
}
