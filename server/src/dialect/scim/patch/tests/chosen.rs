//! Values that a filter chooses.

use super::*;

fn work() -> Value {
    json!({"value": "jane@work.example", "type": "work", "primary": true})
}

fn home() -> Value {
    json!({"value": "jane@home.example", "type": "home", "display": "At home"})
}

#[test]
fn a_part_of_the_chosen_values_is_written() {
    for op in [add, replace] {
        assert_eq!(op("emails[type eq \"work\"].value", json!("x@y.example")), jane_with("/emails/0/value", json!("x@y.example")));
        assert_eq!(op("Emails[TYPE Eq \"WORK\"].Value", json!("x@y.example")), jane_with("/emails/0/value", json!("x@y.example")));
    }
}

#[test]
fn every_chosen_value_is_written() {
    let jane = replace("emails[value pr].display", json!("Mail"));

    assert_eq!([&jane["emails"][0]["display"], &jane["emails"][1]["display"]], [&json!("Mail"), &json!("Mail")]);
}

#[test]
fn a_chosen_value_is_removed_and_others_stay() {
    assert_eq!(remove("emails[type eq \"work\"]"), jane_with("/emails", json!([home()])));
    assert_eq!(remove("emails[primary ne true]"), jane_with("/emails", json!([work()])));
    assert_eq!(remove("emails[value pr]"), jane_without("emails"));
}

#[test]
fn a_part_of_a_chosen_value_is_removed() {
    assert_eq!(remove("emails[type eq \"home\"].display")["emails"][1], json!({"value": "jane@home.example", "type": "home"}));
    assert_eq!(replace("emails[type eq \"home\"].display", json!("")), remove("emails[type eq \"home\"].display"));
}

#[test]
fn a_value_without_its_value_is_gone() {
    let without = jane_with("/emails", json!([home()]));

    assert_eq!(remove("emails[type eq \"work\"].value"), without);
    for nothing in [json!(null), json!("")] {
        assert_eq!(replace("emails[type eq \"work\"].value", nothing), without);
    }
}

#[test]
fn an_address_of_which_nothing_is_left_is_gone() {
    let jane = after(json!([
        {"op": "add", "path": "addresses", "value": [{"type": "work", "formatted": "Oslo", "primary": true}]},
        {"op": "remove", "path": "addresses[type eq \"work\"].formatted"}
    ]));

    assert_eq!(jane, self::jane());
}

#[test]
fn a_replace_puts_another_value_in_the_place_of_the_chosen_one() {
    let new = json!({"value": "x@y.example", "type": "other"});

    assert_eq!(replace("emails[type eq \"home\"]", new.clone()), jane_with("/emails/1", new));
}

#[test]
fn what_the_filter_says_stays_true_of_a_replaced_value() {
    let jane = replace("emails[type eq \"home\"]", json!({"value": "x@y.example"}));

    assert_eq!(jane, jane_with("/emails/1", json!({"value": "x@y.example", "type": "home"})));
}

#[test]
fn an_add_says_more_about_the_chosen_values() {
    let jane = add("emails[type eq \"home\"]", json!({"primary": true}));

    assert_eq!(jane["emails"][1]["value"], json!("jane@home.example"));
    assert_eq!([&jane["emails"][0]["primary"], &jane["emails"][1]["primary"]], [&json!(false), &json!(true)]);
}

#[test]
fn a_chosen_value_replaced_by_nothing_is_gone() {
    assert_eq!(replace("emails[type eq \"work\"]", json!(null)), remove("emails[type eq \"work\"]"));
}

#[test]
fn a_value_that_is_made_primary_is_the_only_one() {
    let jane = replace("emails[type eq \"home\"].primary", json!("True"));

    assert_eq!([&jane["emails"][0]["primary"], &jane["emails"][1]["primary"]], [&json!(false), &json!(true)]);
    assert_eq!(refused(json!({"op": "replace", "path": "emails[value pr].primary", "value": true})).0, ScimType::InvalidValue);
}

#[test]
fn what_the_filter_describes_is_made_where_none_passes() {
    for op in [add, replace] {
        assert_eq!(op("phoneNumbers[type eq \"mobile\"].value", json!("55"))["phoneNumbers"], json!([{"type": "mobile", "value": "55"}]));
        assert_eq!(
            op("emails[type eq \"other\"].value", json!("x@y.example"))["emails"][2],
            json!({"type": "other", "value": "x@y.example"})
        );
        let both = "emails[type eq \"other\" and primary eq \"False\"].value";
        assert_eq!(op(both, json!("x@y.example"))["emails"][2], json!({"type": "other", "primary": false, "value": "x@y.example"}));
    }
    assert_eq!(add("phoneNumbers[type eq \"fax\"]", json!({"value": "55"}))["phoneNumbers"], json!([{"type": "fax", "value": "55"}]));
}

#[test]
fn what_was_made_is_found_by_later_operations() {
    let jane = after(json!([
        {"op": "add", "path": "addresses[type eq \"work\"].formatted", "value": "18/2111"},
        {"op": "add", "path": "addresses[type eq \"work\"].locality", "value": "Oslo"},
        {"op": "replace", "path": "addresses[type eq \"work\"].country", "value": "NO"}
    ]));

    assert_eq!(jane["addresses"], json!([{"type": "work", "formatted": "18/2111", "locality": "Oslo", "country": "NO"}]));
}

#[test]
fn a_made_value_that_is_primary_is_the_only_one() {
    let jane = add("emails[type eq \"other\" and primary eq true].value", json!("x@y.example"));

    assert_eq!([&jane["emails"][0]["primary"], &jane["emails"][2]["primary"]], [&json!(false), &json!(true)]);
}

#[test]
fn nothing_is_made_from_a_filter_that_describes_no_one_value() {
    for filter in [
        "type eq \"other\" or type eq \"fax\"",
        "type ne \"work\" and type ne \"home\"",
        "not (value pr)",
        "type sw \"x\"",
        "value eq \"a@b.example\"",
        "type eq null",
        "type eq \"a\" and type eq \"b\"",
    ] {
        for op in ["add", "replace"] {
            let operation = json!({"op": op, "path": format!("emails[{filter}].display"), "value": "x"});
            assert_eq!(refused(operation).0, ScimType::NoTarget, "{op} {filter}");
        }
    }
}

#[test]
fn nothing_is_made_whose_description_would_be_overwritten() {
    assert_eq!(refused(json!({"op": "replace", "path": "emails[type eq \"fax\"].type", "value": "work"})).0, ScimType::NoTarget);
}

#[test]
fn a_whole_value_is_replaced_only_where_one_passes() {
    let operation = json!({"op": "replace", "path": "emails[type eq \"other\"]", "value": {"value": "x@y.example"}});

    assert_eq!(refused(operation).0, ScimType::NoTarget);
}

#[test]
fn filters_choose_as_in_a_search() {
    for (filter, chosen) in [
        ("type eq \"WORK\"", [true, false]),
        ("value eq \"JANE@work.example\"", [true, false]),
        ("type ne \"work\"", [false, true]),
        ("display ne \"x\"", [true, true]),
        ("display eq null", [true, false]),
        ("display pr", [false, true]),
        ("not (display pr)", [true, false]),
        ("value co \"HOME\"", [false, true]),
        ("value sw \"jane@w\"", [true, false]),
        ("value ew \".example\"", [true, true]),
        ("type gt \"home\"", [true, false]),
        ("type ge \"home\"", [true, true]),
        ("type lt \"work\"", [false, true]),
        ("type le \"work\"", [true, true]),
        ("display gt \"\"", [false, true]),
        ("primary eq true", [true, false]),
        ("primary eq \"True\"", [true, false]),
        ("primary ne true", [false, true]),
        ("primary eq false", [false, false]),
        ("type eq \"work\" and primary eq true", [true, false]),
        ("type eq \"home\" or (type eq \"work\" and not (primary eq true))", [false, true]),
    ] {
        let jane = remove(&format!("emails[{filter}]"));

        let left: Vec<&Value> = jane["emails"].as_array().map(|left| left.iter().collect()).unwrap_or_default();
        let (work, home) = (work(), home());
        assert_eq!([!left.contains(&&work), !left.contains(&&home)], chosen, "{filter}");
    }
}

#[test]
fn plain_values_are_chosen_by_value() {
    let path = format!("{CUSTOM_USER}:Tags");
    let jane = after(json!([
        {"op": "add", "path": path, "value": ["ape", "bear", "cat"]},
        {"op": "replace", "path": format!("{path}[value eq \"cat\"]"), "value": "dog"},
        {"op": "remove", "path": format!("{path}[value sw \"A\"]")}
    ]));

    assert_eq!(jane[CUSTOM_USER], json!({"Tags": ["bear", "dog"]}));
}

#[test]
fn a_value_that_is_being_made_becomes_the_primary_one_when_it_has_its_value() {
    let primary = json!({"op": "add", "path": "emails[type eq \"other\"].primary", "value": true});
    let value = json!({"op": "add", "path": "emails[type eq \"other\"].value", "value": "x@y.example"});

    assert_eq!(after(json!([primary])), jane());
    let jane = after(json!([primary, value]));
    assert_eq!(jane["emails"][0]["primary"], json!(false));
    assert_eq!(jane["emails"][2], json!({"type": "other", "primary": true, "value": "x@y.example"}));
}
