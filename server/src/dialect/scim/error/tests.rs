use super::*;
use serde_json::{Value, json};

fn object(error: impl Into<Error>) -> Value {
    serde_json::to_value(error.into().document()).unwrap()
}

#[test]
fn an_error_object_has_its_status_as_text_and_its_word_where_there_is_one() {
    let object = object(Error::invalid_filter("unknown attribute `nickname2` at position 0"));

    let detail = "unknown attribute `nickname2` at position 0";
    let schemas = ["urn:ietf:params:scim:api:messages:2.0:Error"];
    assert_eq!(object, json!({ "schemas": schemas, "status": "400", "scimType": "invalidFilter", "detail": detail }));
}

#[test]
fn an_error_without_a_word_has_none() {
    let errors = [
        object(DirectoryError::NotFound),
        object(DirectoryError::ChooseOrganization),
        object(DirectoryError::PreconditionFailed),
        object(Refusal::NotFound),
        object(Refusal::Panicked),
        object(Denied::TwoOrganizations),
    ];

    for error in errors {
        let members: Vec<_> = error.as_object().unwrap().keys().cloned().collect();
        assert_eq!(members, ["detail", "schemas", "status"]);
    }
}

#[test]
fn what_is_taken_is_named_as_the_attribute_that_shows_it() {
    let object = object(DirectoryError::Conflict { field: "login", holder: None });

    assert_eq!((&object["status"], &object["scimType"]), (&json!("409"), &json!("uniqueness")));
    assert!(object["detail"].as_str().unwrap().starts_with("userName is taken"), "{object}");
}

#[test]
fn a_wrong_value_is_named_as_the_attribute_that_shows_it() {
    let object = object(DirectoryError::Invalid { field: "custom.office".to_owned(), reason: "must be a number".to_owned() });

    assert_eq!((&object["scimType"], &object["detail"]), (&json!("invalidValue"), &json!("office must be a number.")));
}

#[test]
fn a_filter_that_cannot_be_decoded_is_an_invalid_filter() {
    assert_eq!(object(QueryFault::Malformed { key: "filter".to_owned() })["scimType"], "invalidFilter");
    assert_eq!(object(QueryFault::Doubled { key: "count".to_owned() })["scimType"], "invalidValue");
}

#[test]
fn a_stranger_is_told_the_scheme() {
    let response = Error::from(DirectoryError::Unauthenticated).into_response();

    assert_eq!((response.status(), &response.headers()[WWW_AUTHENTICATE]), (StatusCode::UNAUTHORIZED, &HeaderValue::from_static("Bearer")));
    assert_eq!(response.headers()[CONTENT_TYPE], SCIM_JSON);
}

#[test]
fn what_failed_inside_is_for_the_log_alone() {
    let error = Error::from(DirectoryError::Store("disk I/O error".into()));

    assert!(!object_of(&error).contains("disk"));
    let response = error.into_response();
    assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
    assert!(response.extensions().get::<Cause>().is_some_and(|cause| cause.to_string().ends_with("disk I/O error")));
}

#[test]
fn a_busy_directory_is_a_503() {
    assert_eq!(Error::from(DirectoryError::Busy).status(), StatusCode::SERVICE_UNAVAILABLE);
}

#[test]
fn a_lost_database_is_a_503_that_says_whether_anything_was_done() {
    let cases = [
        (DirectoryError::Unavailable("away".into()), "The database cannot be reached; nothing was done."),
        (DirectoryError::Uncertain("lost".into()), "look whether it was made before you send it again."),
    ];

    for (failure, words) in cases {
        let error = Error::from(failure);
        assert!(error.status() == StatusCode::SERVICE_UNAVAILABLE && error.detail().ends_with(words) && error.cause.is_some());
    }
}

fn object_of(error: &Error) -> String {
    serde_json::to_string(&error.document()).unwrap()
}
