//! Operations that are refused, each with its word.

use super::*;

fn word(op: &str, path: &str, value: Value) -> ScimType {
    refused(json!({"op": op, "path": path, "value": value})).0
}

#[test]
fn an_unknown_attribute_is_refused_by_its_name() {
    for (path, named) in [
        ("favouriteColour", "favouriteColour"),
        ("name.nick", "name.nick"),
        ("title.x", "title.x"),
        ("emails[type eq \"work\"].label", "emails.label"),
        ("urn:x:2.0:User:department", "urn:x:2.0:User:department"),
        ("department", "department"),
        ("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:title", "title"),
    ] {
        for op in ["add", "replace", "remove"] {
            let (word, detail) = refused(json!({"op": op, "path": path, "value": "x"}));

            assert_eq!(word, ScimType::InvalidPath, "{path}");
            assert!(detail.contains(named) && detail.starts_with("Operation 1: "), "{detail}");
        }
    }
}

#[test]
fn an_unknown_attribute_in_a_value_is_refused_by_its_name() {
    for (value, named) in [
        (json!({"colour": 1}), "colour"),
        (json!({"name": {"nick": "x"}}), "name.nick"),
        (json!({"emails": [{"label": 1}]}), "emails.label"),
    ] {
        let (word, detail) = refused(json!({"op": "add", "value": value}));

        assert_eq!(word, ScimType::InvalidPath, "{value}");
        assert!(detail.contains(named), "{detail}");
    }
}

#[test]
fn an_unknown_attribute_in_a_filter_is_refused() {
    for path in ["emails[label eq \"x\"]", "emails[emails.type eq \"x\"]", "emails[urn:x:type eq \"x\"].value"] {
        assert_eq!(word("remove", path, json!(null)), ScimType::InvalidFilter, "{path}");
    }
}

#[test]
fn a_comparison_of_unlike_things_is_refused() {
    for filter in
        ["type eq 1", "type gt true", "primary eq \"yes\"", "primary gt true", "primary co \"t\"", "type co null", "value lt null"]
    {
        assert_eq!(word("remove", &format!("emails[{filter}]"), json!(null)), ScimType::InvalidFilter, "{filter}");
    }
}

#[test]
fn a_filter_on_what_is_no_list_is_refused() {
    for path in ["name[givenName eq \"x\"]", "name[givenName pr].familyName", "emails.value[type eq \"work\"]"] {
        assert_eq!(word("replace", path, json!("x")), ScimType::InvalidPath, "{path}");
    }
}

#[test]
fn a_part_of_a_list_without_a_choice_is_refused() {
    for op in ["add", "replace", "remove"] {
        assert_eq!(word(op, "emails.type", json!("work")), ScimType::InvalidPath, "{op}");
    }
}

#[test]
fn what_the_server_tells_is_not_written() {
    for path in [
        "id",
        "meta",
        "meta.created",
        "groups",
        "groups[value eq \"x\"]",
        "urn:ietf:params:scim:schemas:extension:rollcall:2.0:User:number",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.displayName",
    ] {
        for op in ["add", "replace", "remove"] {
            assert_eq!(word(op, path, json!("x")), ScimType::Mutability, "{op} {path}");
        }
    }
}

#[test]
fn what_is_required_is_not_taken_away() {
    assert_eq!(refused(json!({"op": "remove", "path": "userName"})).0, ScimType::Mutability);
    for nothing in [json!(null), json!("")] {
        assert_eq!(word("replace", "userName", nothing.clone()), ScimType::Mutability, "{nothing}");
        assert_eq!(refused(json!({"op": "replace", "value": {"userName": nothing}})).0, ScimType::Mutability);
    }
}

#[test]
fn values_of_another_type_are_refused() {
    for (path, value) in [
        ("title", json!(7)),
        ("title", json!(["a", "b"])),
        ("title", json!({"x": 1})),
        ("active", json!("yes")),
        ("active", json!(0)),
        ("name", json!("Jane Doe")),
        ("name", json!(["a"])),
        ("name", json!({"givenName": 7})),
        ("emails", json!([7])),
        ("emails", json!([[{"value": "x"}]])),
        ("emails", json!([{"value": {"a": 1}}])),
        ("emails", json!([{"value": "x", "primary": "maybe"}])),
        ("emails[type eq \"work\"]", json!([{"value": "x"}, {"value": "y"}])),
        ("emails[type eq \"work\"].value", json!(true)),
        ("urn:ietf:params:scim:schemas:extension:rollcall:custom:2.0:User:Tags", json!([1])),
        ("urn:ietf:params:scim:schemas:extension:rollcall:custom:2.0:User:Budget", json!("many")),
        (ENTERPRISE_USER, json!("x")),
    ] {
        assert_eq!(word("replace", path, value.clone()), ScimType::InvalidValue, "{path} {value}");
    }
    assert_eq!(refused(json!({"op": "add", "value": "x"})).0, ScimType::InvalidValue);
}

#[test]
fn one_refused_operation_refuses_all_and_is_named() {
    let operations = json!([
        {"op": "replace", "path": "title", "value": "Boss"},
        {"op": "add", "path": "nickName", "value": "J"},
        {"op": "replace", "path": "id", "value": "x"}
    ]);

    let error = patched(jane(), operations).expect_err("a refusal");

    assert_eq!((error.scim_type(), error.detail()), (Some(ScimType::Mutability), "Operation 3: `id` is read-only."));
}

#[test]
fn a_name_that_is_given_twice_is_refused() {
    for value in [
        json!({"active": true, "ACTIVE": false}),
        json!({"name": {"givenName": "a", "givenname": "b"}}),
        json!({"emails": [{"value": "a@b.example", "Value": "c@d.example"}]}),
        json!({ENTERPRISE_USER: {"department": "a", "Department": "b"}}),
    ] {
        assert_eq!(refused(json!({"op": "replace", "value": value})).0, ScimType::InvalidSyntax, "{value}");
    }
}
