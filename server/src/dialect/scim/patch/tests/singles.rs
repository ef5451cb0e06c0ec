//! Attributes with one value.

use super::*;

#[test]
fn an_add_or_a_replace_of_one_value_puts_it_in_its_place() {
    for op in [add, replace] {
        assert_eq!(op("title", json!("Boss")), jane_with("/title", json!("Boss")));
        assert_eq!(op("name.givenName", json!("Jo")), jane_with("/name/givenName", json!("Jo")));
    }
}

#[test]
fn a_replace_of_what_is_not_there_adds_it() {
    assert_eq!(replace("nickName", json!("J"))["nickName"], json!("J"));
    assert_eq!(replace("name.middleName", json!("Q"))["name"]["middleName"], json!("Q"));
}

#[test]
fn a_complex_value_changes_in_the_parts_that_are_said() {
    for op in [add, replace] {
        let name = op("name", json!({"givenName": "Jo", "middleName": "Q"}))["name"].clone();

        assert_eq!(name, json!({"givenName": "Jo", "middleName": "Q", "familyName": "Doe"}));
    }
}

#[test]
fn names_are_read_in_any_case_and_kept_in_their_own() {
    assert_eq!(replace("NAME.GIVENNAME", json!("Jo")), jane_with("/name/givenName", json!("Jo")));
    assert_eq!(replace("Name", json!({"GIVENname": "Jo"})), jane_with("/name/givenName", json!("Jo")));
    assert_eq!(replace(&format!("{}:Department", ENTERPRISE_USER.to_uppercase()), json!("IT"))[ENTERPRISE_USER]["department"], json!("IT"));
}

#[test]
fn a_core_attribute_may_have_the_urn_of_its_schema() {
    let path = |name: &str| format!("urn:ietf:params:scim:schemas:core:2.0:User:{name}");

    assert_eq!(replace(&path("title"), json!("Boss")), jane_with("/title", json!("Boss")));
    assert_eq!(replace(&path("name.givenName"), json!("Jo")), jane_with("/name/givenName", json!("Jo")));
    assert_eq!(replace(&path("emails[type eq \"work\"].value"), json!("x@y.example"))["emails"][0]["value"], json!("x@y.example"));
}

#[test]
fn a_removed_value_is_gone() {
    assert_eq!(remove("title"), jane_without("title"));
    assert_eq!(remove("name"), jane_without("name"));
    assert_eq!(remove("name.givenName")["name"], json!({"familyName": "Doe"}));
}

#[test]
fn a_complex_value_without_parts_is_gone() {
    let jane = after(json!([{"op": "remove", "path": "name.givenName"}, {"op": "remove", "path": "name.familyName"}]));

    assert_eq!(jane, jane_without("name"));
}

#[test]
fn to_remove_what_is_not_there_is_no_error() {
    for path in ["nickName", "name.middleName", "addresses", "emails[type eq \"other\"]", "emails[type eq \"other\"].value"] {
        assert_eq!(remove(path), jane(), "{path}");
    }
}

#[test]
fn null_and_the_empty_text_take_a_value_away() {
    for nothing in [json!(null), json!(""), json!([]), json!([null])] {
        assert_eq!(replace("title", nothing.clone()), jane_without("title"), "{nothing}");
        assert_eq!(replace("name.givenName", nothing.clone())["name"], json!({"familyName": "Doe"}), "{nothing}");
        assert_eq!(replace("name", nothing.clone()), jane_without("name"), "{nothing}");
        assert_eq!(replace("name", json!({"givenName": nothing}))["name"], json!({"familyName": "Doe"}), "{nothing}");
    }
}

#[test]
fn an_empty_object_says_nothing() {
    assert_eq!(replace("name", json!({})), jane());
    assert_eq!(patched(jane_without("name"), json!([{"op": "add", "path": "name", "value": {}}])).unwrap(), jane_without("name"));
}

#[test]
fn a_boolean_may_be_a_word_in_any_case() {
    for said in [json!(false), json!("False"), json!("false"), json!("FALSE"), json!([{"$ref": null, "value": "False"}])] {
        assert_eq!(replace("active", said.clone()), jane_with("/active", json!(false)), "{said}");
    }
    assert_eq!(replace("active", json!("True")), jane());
}

#[test]
fn one_value_may_stand_in_a_list_or_an_object_of_its_own() {
    for said in [json!(["Boss"]), json!([{"$ref": null, "value": "Boss"}]), json!({"value": "Boss"})] {
        assert_eq!(replace("title", said.clone()), jane_with("/title", json!("Boss")), "{said}");
    }
}

const MANAGER: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager";

#[test]
fn a_manager_is_an_id_however_it_is_said() {
    let id = "0198c2a4-0000-7000-8000-000000000003";
    for said in [
        json!(id),
        json!({"value": id}),
        json!({"Value": id, "$ref": null}),
        json!([{"$ref": null, "value": id}]),
        json!({"$ref": format!("https://x.example/scim/v2/Users/{id}")}),
        json!({"$ref": format!("../Users/{id}"), "displayName": "Somebody"}),
        json!({"value": id, "$ref": format!("https://x.example/scim/v2/Users/{id}")}),
    ] {
        for op in [add, replace] {
            assert_eq!(op(MANAGER, said.clone())[ENTERPRISE_USER]["manager"], json!({"value": id}), "{said}");
        }
    }
    assert_eq!(replace(&format!("{MANAGER}.value"), json!(id))[ENTERPRISE_USER]["manager"], json!({"value": id}));
}

#[test]
fn the_same_manager_again_changes_nothing() {
    assert_eq!(replace(MANAGER, json!("0198c2a4-0000-7000-8000-000000000002")), jane());
}

#[test]
fn a_manager_is_taken_away_by_a_remove_or_by_nothing() {
    let without = remove(MANAGER);

    assert_eq!(without[ENTERPRISE_USER], json!({"department": "Sales"}));
    assert_eq!(remove(&format!("{MANAGER}.value")), without);
    for nothing in [json!(null), json!(""), json!({"value": ""}), json!({"value": null}), json!({"$ref": ""}), json!([])] {
        assert_eq!(replace(MANAGER, nothing.clone()), without, "{nothing}");
    }
}

#[test]
fn what_is_removed_of_one_value_needs_no_value() {
    let jane = after(json!([{"op": "remove", "path": "title", "value": "something else"}]));

    assert_eq!(jane, jane_without("title"));
}
