//! Bodies of PATCH requests, read and refused.

use super::super::body::{SCHEMA, operations};
use super::super::{Op, Operation};
use super::STRICT;
use crate::dialect::scim::error::{Error, ScimType};
use crate::dialect::scim::limits::PATCH_OPERATIONS_MAX;
use crate::dialect::scim::quirks::MISSING_SCHEMAS;
use serde_json::{Value, json};

fn read(body: Value) -> Result<Vec<Operation>, Error> {
    let Value::Object(body) = body else { panic!("no object: {body}") };
    operations(body, STRICT)
}

fn one(operation: Value) -> Result<Operation, Error> {
    read(json!({"schemas": [SCHEMA], "Operations": [operation]})).map(|mut operations| operations.remove(0))
}

fn refused(body: Value) -> (u16, Option<ScimType>) {
    let error = read(body).expect_err("a refusal");
    (error.status().as_u16(), error.scim_type())
}

fn refused_one(operation: Value) -> (Option<ScimType>, String) {
    let error = one(operation).expect_err("a refusal");
    (error.scim_type(), error.detail().to_owned())
}

#[test]
fn an_operation_is_what_is_done_where_and_with_which_value() {
    let operation = one(json!({"op": "add", "path": "name.givenName", "value": "Jane"})).unwrap();

    let path = operation.path.expect("a path").attribute;
    assert_eq!((operation.op, path.text.as_str(), operation.value), (Op::Add, "name.givenName", Some(json!("Jane"))));
}

#[test]
fn operations_are_read_in_any_case() {
    for word in ["replace", "Replace", "REPLACE"] {
        assert_eq!(one(json!({"Op": word, "PATH": "title", "Value": "x"})).unwrap().op, Op::Replace, "{word}");
    }
    let all = read(json!({"Schemas": [SCHEMA.to_uppercase()], "operations": [{"op": "Add", "value": {}}]}));
    assert_eq!(all.unwrap()[0].op, Op::Add);
}

#[test]
fn members_that_nobody_knows_are_passed_over() {
    assert!(one(json!({"name": "addMember", "op": "add", "path": "title", "value": "x"})).is_ok());
}

#[test]
fn the_order_of_operations_is_kept() {
    let operations = ["a", "b", "c"].map(|path| json!({"op": "remove", "path": path}));
    let read = read(json!({"schemas": [SCHEMA], "Operations": operations})).unwrap();

    assert_eq!(read.iter().map(|operation| operation.place).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(read.into_iter().map(|operation| operation.path.unwrap().attribute.text).collect::<Vec<_>>(), ["a", "b", "c"]);
}

#[test]
fn a_null_value_is_another_thing_than_none() {
    assert_eq!(one(json!({"op": "replace", "path": "title", "value": null})).unwrap().value, Some(Value::Null));
    assert_eq!(one(json!({"op": "remove", "path": "title"})).unwrap().value, None);
}

#[test]
fn a_body_that_names_another_schema_or_none_is_refused() {
    let operations = json!([{"op": "remove", "path": "title"}]);
    for schemas in [json!([]), json!(["urn:ietf:params:scim:schemas:core:2.0:User"]), json!(SCHEMA), json!(null)] {
        assert_eq!(refused(json!({"schemas": schemas, "Operations": operations})), (400, Some(ScimType::InvalidSyntax)), "{schemas}");
    }
    assert_eq!(refused(json!({"Operations": operations})), (400, Some(ScimType::InvalidSyntax)));
}

#[test]
fn schemas_may_be_missing_where_that_is_allowed() {
    let Value::Object(body) = json!({"Operations": [{"op": "remove", "path": "title"}]}) else { unreachable!() };

    assert!(operations(body, &|quirk| *quirk == MISSING_SCHEMAS).is_ok());
}

#[test]
fn a_body_without_operations_is_refused() {
    for operations in [json!([]), json!({}), json!(null), json!("add"), json!([1])] {
        let refusal = refused(json!({"schemas": [SCHEMA], "Operations": operations}));
        assert_eq!(refusal, (400, Some(ScimType::InvalidSyntax)), "{operations}");
    }
    assert_eq!(refused(json!({"schemas": [SCHEMA]})), (400, Some(ScimType::InvalidSyntax)));
    assert_eq!(refused(json!({"schemas": [SCHEMA], "Operations": [], "operations": []})), (400, Some(ScimType::InvalidSyntax)));
}

#[test]
fn operations_beyond_the_limit_are_refused() {
    let some = |count| json!({"schemas": [SCHEMA], "Operations": vec![json!({"op": "remove", "path": "title"}); count]});

    assert!(read(some(PATCH_OPERATIONS_MAX)).is_ok());
    assert_eq!(refused(some(PATCH_OPERATIONS_MAX + 1)), (413, None));
}

#[test]
fn an_unknown_op_is_refused() {
    for op in [json!("move"), json!(""), json!(null), json!(1)] {
        assert_eq!(refused_one(json!({"op": op, "path": "title", "value": 1})).0, Some(ScimType::InvalidSyntax), "{op}");
    }
    assert_eq!(refused_one(json!({"path": "title", "value": 1})).0, Some(ScimType::InvalidSyntax));
}

#[test]
fn a_remove_needs_a_path() {
    for path in [json!({"op": "remove"}), json!({"op": "Remove", "path": null, "value": {"title": "x"}})] {
        assert_eq!(refused_one(path.clone()).0, Some(ScimType::NoTarget), "{path}");
    }
}

#[test]
fn an_add_and_a_replace_need_a_value() {
    for op in ["add", "replace"] {
        assert_eq!(refused_one(json!({"op": op, "path": "title"})).0, Some(ScimType::InvalidValue), "{op}");
    }
}

#[test]
fn a_path_that_cannot_be_read_is_refused_with_its_operation_and_the_place() {
    for (path, scim_type) in [
        (json!(""), ScimType::InvalidPath),
        (json!("/title"), ScimType::InvalidPath),
        (json!("name..givenName"), ScimType::InvalidPath),
        (json!("emails[type eq \"work\""), ScimType::InvalidFilter),
        (json!("emails[type is \"work\"].value"), ScimType::InvalidFilter),
        (json!(7), ScimType::InvalidPath),
    ] {
        let (found, detail) = refused_one(json!({"op": "remove", "path": path}));

        assert_eq!(found, Some(scim_type), "{path}");
        assert!(detail.starts_with("Operation 1: "), "{detail}");
    }
}
