use super::*;
use crate::dialect::scim::error::ScimType;
use crate::dialect::scim::limits::BULK_OPERATIONS_MAX;
use axum::http::StatusCode;
use std::collections::HashMap;

fn with(operation: &Value) -> Result<request::Request, (StatusCode, Option<ScimType>, String)> {
    let body = json!({ "schemas": [request::SCHEMA], "Operations": [operation] });
    read(body).map_err(|error| (error.status(), error.scim_type(), error.detail().to_owned()))
}

fn filled(mut data: Value) -> Value {
    let created = HashMap::from([("a".to_owned(), "ID-A".to_owned())]);
    references::fill(data.as_object_mut().expect("an object"), &created);
    data
}

#[test]
fn methods_and_names_are_read_in_any_case() {
    let body = json!({
        "SCHEMAS": [request::SCHEMA.to_uppercase()],
        "failonerrors": 2,
        "operations": [{ "METHOD": "post", "BulkID": "a", "Path": "/Users", "DATA": {} }, { "method": "Delete", "path": "/Users/1" }],
    });

    let request = read(body).expect("a request");

    let methods: Vec<&Method> = request.operations.iter().map(|operation| &operation.method).collect();
    assert_eq!((request.fail_on_errors, methods), (Some(2), vec![&Method::POST, &Method::DELETE]));
}

#[test]
fn what_is_of_another_shape_is_refused_whole_and_named() {
    let post = |change: Value| {
        let mut operation = json!({ "method": "POST", "bulkId": "a", "path": "/Users", "data": {} });
        for (name, value) in change.as_object().expect("an object") {
            operation[name] = value.clone();
        }
        operation
    };
    for (operation, named) in [
        (json!("POST"), "object"),
        (post(json!({ "method": "GET" })), "method"),
        (post(json!({ "method": null })), "method"),
        (post(json!({ "bulkId": null })), "bulkId"),
        (post(json!({ "bulkId": "" })), "bulkId"),
        (post(json!({ "bulkId": 7 })), "bulkId"),
        (post(json!({ "path": null })), "path"),
        (post(json!({ "data": null })), "data"),
        (post(json!({ "data": [] })), "data"),
        (post(json!({ "version": 1 })), "version"),
    ] {
        let (status, scim_type, detail) = with(&operation).expect_err("a refusal");

        assert_eq!((status, scim_type), (StatusCode::BAD_REQUEST, Some(ScimType::InvalidSyntax)), "{operation}");
        assert!(detail.starts_with("Operation 1: ") && detail.contains(named), "{operation}: {detail}");
    }
}

#[test]
fn a_request_without_operations_or_its_schema_is_refused() {
    for body in [
        json!({ "schemas": [request::SCHEMA] }),
        json!({ "schemas": [request::SCHEMA], "Operations": {} }),
        json!({ "Operations": [] }),
        json!({ "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [] }),
        json!({ "schemas": [request::SCHEMA], "Operations": [], "failOnErrors": 0 }),
        json!({ "schemas": [request::SCHEMA], "Operations": [], "failOnErrors": "1" }),
    ] {
        let refused = read(body.clone()).expect_err("a refusal");

        assert_eq!(refused.scim_type(), Some(ScimType::InvalidSyntax), "{body}");
    }
}

#[test]
fn one_operation_too_many_is_too_large() {
    let delete = json!({ "method": "DELETE", "path": "/Users/1" });
    let body = |count: usize| json!({ "schemas": [request::SCHEMA], "Operations": vec![delete.clone(); count] });

    assert!(read(body(BULK_OPERATIONS_MAX)).is_ok());
    assert_eq!(read(body(BULK_OPERATIONS_MAX + 1)).expect_err("a refusal").status(), StatusCode::PAYLOAD_TOO_LARGE);
}

#[test]
fn two_posts_have_two_bulk_ids() {
    let post = json!({ "method": "POST", "bulkId": "a", "path": "/Users", "data": {} });
    let put = json!({ "method": "PUT", "bulkId": "a", "path": "/Users/1", "data": {} });
    let body = |second: &Value| json!({ "schemas": [request::SCHEMA], "Operations": [post, second] });

    assert!(read(body(&put)).is_ok());
    assert_eq!(read(body(&post)).expect_err("a refusal").scim_type(), Some(ScimType::InvalidSyntax));
}

#[test]
fn a_reference_is_filled_wherever_an_id_may_stand() {
    for (data, expected) in [
        (json!({ "members": [{ "value": "bulkId:a" }] }), json!({ "members": [{ "value": "ID-A" }] })),
        (json!({ "members": ["bulkId:a"] }), json!({ "members": ["ID-A"] })),
        (json!({ "urn:x:2.0:User": { "Manager": "bulkId:a" } }), json!({ "urn:x:2.0:User": { "Manager": "ID-A" } })),
        (json!({ "urn:x:2.0:User:manager": "bulkId:a" }), json!({ "urn:x:2.0:User:manager": "ID-A" })),
        (json!({ "Operations": [{ "value": "bulkId:a" }] }), json!({ "Operations": [{ "value": "ID-A" }] })),
        (
            json!({ "Operations": [{ "value": { "members": [{ "value": "bulkId:a" }] } }] }),
            json!({ "Operations": [{ "value": { "members": [{ "value": "ID-A" }] } }] }),
        ),
        (
            json!({ "Operations": [{ "OP": "remove", "path": r#"members[value eq "bulkId:a" or value eq "x"]"# }] }),
            json!({ "Operations": [{ "OP": "remove", "path": r#"members[value eq "ID-A" or value eq "x"]"# }] }),
        ),
    ] {
        assert_eq!(filled(data), expected);
    }
}

#[test]
fn the_same_letters_elsewhere_are_those_letters() {
    let data = json!({ "displayName": "bulkId:a", "path": "\"bulkId:a\"", "members": [{ "display": "bulkId:a", "value": "x bulkId:a" }] });

    assert_eq!(filled(data.clone()), data);
}

#[test]
fn a_reference_stands_in_a_path() {
    let created = HashMap::from([("a".to_owned(), "ID-A".to_owned())]);

    assert_eq!(references::filled_path("/Users/bulkId:a", &created), "/Users/ID-A");
    assert_eq!(references::filled_path("/Users/bulkId:b", &created), "/Users/bulkId:b");
    assert_eq!(references::filled_path("/Users/a", &created), "/Users/a");
}

#[test]
fn a_path_is_an_endpoint_or_a_resource_or_nothing() {
    assert_eq!(Target::of("/Users"), Some(Target::Endpoint(ResourceType::User)));
    assert_eq!(Target::of("/Groups/7"), Some(Target::Resource(ResourceType::Group, "7")));
    for path in ["", "/", "Users", "/users", "/Users/", "/Users/7/x", "/UsersX", "/Me", "/Schemas", "/Bulk"] {
        assert_eq!(Target::of(path), None, "{path}");
    }
}
