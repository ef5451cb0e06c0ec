//! What holds of all operations on all resources.

use super::*;
use proptest::prelude::*;
use proptest::sample::select;

/// Names that mean something, names that mean nothing, and parts of paths in all their combinations.
fn path() -> impl Strategy<Value = Option<String>> {
    let name = select(vec![
        "title",
        "TITLE",
        "userName",
        "active",
        "name",
        "name.givenName",
        "name.x",
        "emails",
        "addresses",
        "roles",
        "groups",
        "id",
        "meta",
        "schemas",
        "password",
        "phoneNumbers",
        "nothing",
        ENTERPRISE_USER,
        "urn:ietf:params:scim:schemas:core:2.0:User",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value",
        "urn:ietf:params:scim:schemas:extension:rollcall:custom:2.0:User:Tags",
        "urn:x:y",
    ]);
    let filter = select(vec![
        "",
        "",
        "",
        "[type eq \"work\"]",
        "[type eq \"a\" and primary eq true]",
        "[value pr]",
        "[not (value pr)]",
        "[value eq \"a\"]",
        "[x eq 1]",
        "[value sw \"a\" or display eq null]",
        "[",
    ]);
    let sub = select(vec!["", "", ".value", ".type", ".primary", ".display", ".locality", ".x"]);
    prop::option::weighted(0.8, (name, filter, sub).prop_map(|(name, filter, sub)| format!("{name}{filter}{sub}")))
}

fn leaf() -> impl Strategy<Value = Value> {
    select(vec![
        json!(null),
        json!(""),
        json!("a"),
        json!("work"),
        json!("True"),
        json!(true),
        json!(false),
        json!(3),
        json!(1.5),
        json!([]),
        json!({}),
    ])
}

fn value() -> impl Strategy<Value = Value> {
    let name = select(vec![
        "value",
        "type",
        "primary",
        "display",
        "$ref",
        "title",
        "emails",
        "emails[type eq \"work\"].value",
        "name",
        "name.givenName",
        "id",
        "x",
        "active",
        "roles",
        ENTERPRISE_USER,
        "department",
        "manager",
        "",
    ]);
    leaf().prop_recursive(3, 12, 3, move |inner| {
        let object = prop::collection::btree_map(name.clone(), inner.clone(), 0..4);
        prop_oneof![
            prop::collection::vec(inner, 0..4).prop_map(Value::from),
            object.prop_map(|members| members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()),
        ]
    })
}

fn operation() -> impl Strategy<Value = Value> {
    (select(vec!["add", "replace", "remove"]), path(), prop::option::weighted(0.9, value())).prop_map(|(op, path, value)| {
        let mut operation = json!({"op": op});
        if let Some(path) = path {
            operation["path"] = json!(path);
        }
        if let Some(value) = value {
            operation["value"] = value;
        }
        operation
    })
}

/// A person of random parts.
fn resource() -> impl Strategy<Value = Value> {
    let kept = prop::collection::vec(any::<bool>(), 7);
    kept.prop_map(|kept| {
        let mut resource = jane();
        let members = resource.as_object_mut().expect("an object");
        let names = ["externalId", "name", "title", "emails", "roles", "groups", ENTERPRISE_USER];
        for (name, _) in names.iter().zip(kept).filter(|(_, is_kept)| !is_kept) {
            members.remove(*name);
        }
        resource
    })
}

/// Words that PATCH may refuse with.
const WORDS: [ScimType; 6] = [
    ScimType::InvalidSyntax,
    ScimType::InvalidPath,
    ScimType::InvalidFilter,
    ScimType::InvalidValue,
    ScimType::NoTarget,
    ScimType::Mutability,
];

/// Whether the names of a resource are those of the schema, its values of their types, and none of them empty.
fn check(resource: &Value) {
    let schema = super::schema();
    for (name, value) in resource.as_object().expect("an object") {
        assert!(!value.is_null() && *value != json!([]) && *value != json!({}) && *value != json!(""), "{name}: {value}");
        if schema.extension(name).is_none() {
            let attribute = schema.resolve_parts(None, name, None).expect("a known name").attribute;
            assert_eq!((attribute.name.as_ref(), attribute.multi_valued), (name.as_str(), value.is_array()));
        }
    }
    assert!(resource["userName"].is_string() && resource["active"].is_boolean());
    for list in ["emails", "phoneNumbers", "addresses"] {
        let values = resource.get(list).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        assert!(values.iter().filter(|value| value.get("primary") == Some(&json!(true))).count() <= 1, "{values:?}");
    }
}

/// What a path without a filter does, said once more and as simply as can be.
fn naive(mut resource: Value, op: &str, name: &str, value: &Value) -> Value {
    let members = resource.as_object_mut().expect("an object");
    match (op, value) {
        ("remove", _) | ("replace", Value::Null) => drop(members.remove(name)),
        ("add", Value::Array(new)) => {
            let mut list = members.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
            for value in new {
                if !list.contains(value) {
                    list.push(value.clone());
                }
            }
            members.insert(name.to_owned(), Value::Array(list));
        }
        (_, value) => drop(members.insert(name.to_owned(), value.clone())),
    }
    resource
}

fn plain() -> impl Strategy<Value = (&'static str, &'static str, Value)> {
    let text = ("[a-c]{1,2}", select(vec!["title", "nickName", "externalId", "userName"]));
    let text = text.prop_map(|(text, name)| (name, json!(text)));
    let list = (prop::collection::btree_set("[a-c]{1,2}", 1..4), select(vec!["emails", "ims", "entitlements"]));
    let list = list.prop_map(|(values, name)| {
        (name, values.into_iter().map(|value| json!({"value": format!("{value}@x.example"), "type": "work"})).collect())
    });
    (select(vec!["add", "replace", "remove"]), prop_oneof![text, list])
        .prop_filter("userName stays", |(op, (name, _))| *op != "remove" || *name != "userName")
        .prop_map(|(op, (name, value))| (op, name, value))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn operations_are_done_or_refused_with_a_word(resource in resource(), operations in prop::collection::vec(operation(), 1..5)) {
        match patched(resource, json!(operations)) {
            Ok(resource) => check(&resource),
            Err(error) => prop_assert!(error.scim_type().is_some_and(|word| WORDS.contains(&word)), "{error:?}"),
        }
    }

    #[test]
    fn an_operation_done_again_changes_nothing(resource in resource(), operation in operation()) {
        let Ok(once) = patched(resource, json!([operation])) else { return Ok(()) };
        if let Ok(twice) = patched(once.clone(), json!([operation])) {
            prop_assert_eq!(twice, once);
        }
    }

    #[test]
    fn paths_without_filters_do_what_a_simple_model_does(operations in prop::collection::vec(plain(), 1..6)) {
        let mut expected = jane();
        let mut written = Vec::new();
        for (op, name, value) in operations {
            expected = naive(expected, op, name, &value);
            written.push(if op == "remove" { json!({"op": op, "path": name}) } else { json!({"op": op, "path": name, "value": value}) });
        }

        prop_assert_eq!(patched(jane(), json!(written)).unwrap(), expected);
    }

    #[test]
    fn many_operations_are_one_after_another(operations in prop::collection::vec(operation(), 2..5)) {
        let mut one_by_one = Ok(jane());
        for operation in &operations {
            one_by_one = one_by_one.and_then(|resource| patched(resource, json!([operation])).map_err(|error| error.scim_type()));
        }

        let at_once = patched(jane(), json!(operations)).map_err(|error| error.scim_type());
        match (at_once, one_by_one) {
            // A body is read whole before anything is done, so of two faults the later may be told.
            (Err(_), Err(_)) => {}
            (at_once, one_by_one) => prop_assert_eq!(at_once, one_by_one),
        }
    }
}
