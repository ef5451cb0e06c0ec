//! Attributes whose value is a list, without a filter.

use super::*;

fn emails(jane: &Value) -> Vec<&str> {
    jane["emails"].as_array().map(|emails| emails.iter().filter_map(|email| email["value"].as_str()).collect()).unwrap_or_default()
}

#[test]
fn an_add_appends() {
    let jane = add("emails", json!([{"value": "a@b.example", "type": "other"}]));

    assert_eq!(emails(&jane), ["jane@work.example", "jane@home.example", "a@b.example"]);
}

#[test]
fn an_added_value_may_stand_alone() {
    for said in [json!({"value": "a@b.example"}), json!("a@b.example"), json!(["a@b.example"])] {
        assert_eq!(add("emails", said)["emails"][2], json!({"value": "a@b.example"}));
    }
}

#[test]
fn a_value_that_is_there_is_not_added_twice() {
    for said in [
        json!({"value": "jane@home.example", "type": "home"}),
        json!({"value": "jane@home.example"}),
        json!({"value": "jane@home.example", "type": "HOME", "display": "At home"}),
    ] {
        assert_eq!(emails(&add("emails", said.clone())).len(), 2, "{said}");
    }
    assert_eq!(add("emails", json!([{"value": "a@b.example"}, {"value": "A@B.example"}]))["emails"].as_array().unwrap().len(), 3);
}

#[test]
fn a_value_that_is_there_may_be_added_to() {
    let jane = add("emails", json!([{"value": "jane@home.example", "primary": true}]));

    assert_eq!(jane["emails"][1], json!({"value": "jane@home.example", "type": "home", "display": "At home", "primary": true}));
    assert_eq!(jane["emails"][0]["primary"], json!(false));
}

#[test]
fn the_same_value_for_another_purpose_is_another_value() {
    assert_eq!(add("emails", json!([{"value": "jane@home.example", "type": "work"}]))["emails"].as_array().unwrap().len(), 3);
}

#[test]
fn values_without_a_value_are_the_same_where_all_that_is_said_is_so() {
    let oslo = json!({"type": "work", "locality": "Oslo", "country": "NO"});
    let has = |said: Value| {
        let operations = json!([{"op": "add", "path": "addresses", "value": [oslo]}, {"op": "add", "path": "addresses", "value": said}]);
        after(operations)["addresses"].as_array().unwrap().len()
    };

    assert_eq!([has(oslo.clone()), has(json!({"locality": "Oslo"})), has(json!({"locality": "Bergen"}))], [1, 1, 2]);
}

#[test]
fn a_new_primary_value_is_the_only_one() {
    let jane = add("emails", json!([{"value": "a@b.example", "primary": "True"}]));

    let primary: Vec<_> = jane["emails"].as_array().unwrap().iter().map(|email| email.get("primary").cloned()).collect();
    assert_eq!(primary, [Some(json!(false)), None, Some(json!(true))]);
}

#[test]
fn two_primary_values_at_once_are_refused() {
    let two = json!([{"value": "a@b.example", "primary": true}, {"value": "c@d.example", "primary": true}]);

    for op in ["add", "replace"] {
        assert_eq!(refused(json!({"op": op, "path": "emails", "value": two})).0, ScimType::InvalidValue);
    }
}

#[test]
fn a_replaced_list_is_the_new_one() {
    let new = json!([{"value": "a@b.example", "type": "work"}, {"value": "c@d.example"}]);

    assert_eq!(replace("emails", new.clone()), jane_with("/emails", new));
    assert_eq!(replace("phoneNumbers", json!([{"value": "1"}]))["phoneNumbers"], json!([{"value": "1"}]));
}

#[test]
fn a_list_replaced_by_nothing_is_gone() {
    for nothing in [json!([]), json!(null), json!(""), json!([null])] {
        assert_eq!(replace("emails", nothing.clone()), jane_without("emails"), "{nothing}");
        assert_eq!(add("emails", nothing.clone()), jane(), "{nothing}");
    }
}

#[test]
fn a_removed_list_is_gone() {
    assert_eq!(remove("emails"), jane_without("emails"));
}

#[test]
fn values_are_removed_by_a_list_of_them() {
    let left = |said: Value| {
        let jane = after(json!([{"op": "Remove", "path": "emails", "value": said}]));
        emails(&jane).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };

    assert_eq!(left(json!([{"value": "JANE@home.example"}])), ["jane@work.example"]);
    assert_eq!(left(json!({"$ref": null, "value": "jane@home.example"})), ["jane@work.example"]);
    assert_eq!(left(json!(["jane@work.example", "nobody@x.example"])), ["jane@home.example"]);
    assert_eq!(left(json!([{"type": "work"}])), ["jane@home.example"]);
    assert_eq!(left(json!([{"value": "jane@home.example", "type": "work"}])).len(), 2);
    assert_eq!(left(json!([])).len(), 2);
    assert!(left(json!([{"value": "jane@work.example"}, {"value": "jane@home.example"}])).is_empty());
}

#[test]
fn a_list_of_plain_values_has_each_once() {
    let operation = |op: &str, value: Value| json!({"op": op, "path": format!("{CUSTOM_USER}:tags"), "value": value});
    let tags = |operations: Value| after(operations)[CUSTOM_USER]["Tags"].clone();

    let adds = [operation("add", json!(["a", "b", "a"])), operation("add", json!("b")), operation("add", json!(["c"]))];
    assert_eq!(tags(json!(adds)), json!(["a", "b", "c"]));
    let removes = [operation("add", json!(["a", "b", "c"])), operation("remove", json!(["b"]))];
    assert_eq!(tags(json!(removes)), json!(["a", "c"]));
}

#[test]
fn read_only_parts_of_a_value_are_passed_over() {
    let jane =
        replace("roles", json!([{"value": "admin", "display": "Admin", "type": "WindowsAzureActiveDirectoryRole", "primary": true}]));

    assert_eq!(jane["roles"], json!([{"value": "admin"}]));
}

#[test]
fn a_list_has_its_limit() {
    let many: Vec<Value> = (0..101).map(|number| json!({"value": format!("a{number}@b.example")})).collect();

    assert_eq!(refused(json!({"op": "add", "path": "emails", "value": many})).0, ScimType::InvalidValue);
}

#[test]
fn a_value_without_its_value_is_none_and_takes_nobodys_place() {
    for said in [json!({"primary": true}), json!({"type": "other", "primary": true}), json!({"type": "other", "display": "x"})] {
        assert_eq!(add("emails", json!([said])), jane(), "{said}");
    }
    assert_eq!(replace("emails", json!([{"type": "work"}])), jane_without("emails"));
}
