//! Bodies, against the schemas of users and groups.

mod hostile;

use super::*;
use crate::dialect::scim::quirks::{IGNORE_UNKNOWN_ATTRIBUTES, MISSING_SCHEMAS};
use crate::dialect::scim::schema::{ENTERPRISE_USER, GROUP, ROLLCALL_USER, USER};
use serde_json::json;

const NOTHING: Allows<'_> = &|_| false;

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        other => panic!("no object: {other}"),
    }
}

/// What a user's members are read as, without `schemas` and `userName`, which are added.
fn user(members: Value) -> Result<Value, Error> {
    let mut document = object(members);
    document.entry("userName").or_insert_with(|| json!("jane"));
    document.entry("schemas").or_insert_with(|| json!([USER]));
    let mut read = read(document, &ResourceSchema::user(&[]), NOTHING)?;
    assert!(read.remove("userName").is_some() && read.remove("schemas").is_some());
    Ok(Value::Object(read))
}

/// Why a user's members are refused.
fn refused(members: Value) -> String {
    let error = user(members).expect_err("a refusal");
    let word = error.scim_type().map_or("", |word| word.as_str());
    format!("{} {word}: {}", error.status().as_u16(), error.detail())
}

#[test]
fn names_come_out_in_their_canonical_spelling() {
    let written = json!({
        "DISPLAYNAME": "Jane", "Name": { "givenname": "Jane", "FAMILYNAME": "Doe" }, "emails": [{ "VALUE": "j@example.org", "Type": "work" }],
        ENTERPRISE_USER.to_uppercase(): { "Department": "Sales", "manager": { "VALUE": "7" } },
    });

    let expected = json!({
        "displayName": "Jane", "name": { "givenName": "Jane", "familyName": "Doe" }, "emails": [{ "value": "j@example.org", "type": "work" }],
        ENTERPRISE_USER: { "department": "Sales", "manager": { "value": "7" } },
    });
    assert_eq!(user(written).unwrap(), expected);
}

#[test]
fn an_unknown_attribute_is_refused_by_its_name() {
    assert_eq!(refused(json!({ "nickname2": "J" })), "400 invalidSyntax: There is no attribute `nickname2`.");
    assert_eq!(refused(json!({ "name": { "first": "J" } })), "400 invalidSyntax: There is no attribute `name.first`.");
    assert_eq!(refused(json!({ "emails": [{ "address": "J" }] })), "400 invalidSyntax: There is no attribute `emails.address`.");
    let unknown = format!("400 invalidSyntax: There is no attribute `{ENTERPRISE_USER}:boss`.");
    assert_eq!(refused(json!({ ENTERPRISE_USER: { "boss": "J" } })), unknown);
    assert_eq!(refused(json!({ "department": "Sales" })), "400 invalidSyntax: There is no attribute `department`.");
    assert_eq!(refused(json!({ "urn:x:y": {} })), "400 invalidSyntax: There is no attribute `urn:x:y`.");
}

#[test]
fn an_unknown_name_is_not_repeated_at_length() {
    assert!(refused(json!({ "a".repeat(100_000): 1 })).len() < 200);
}

#[test]
fn a_client_that_cannot_be_changed_may_send_unknown_attributes_and_that_is_asked_once() {
    let asked = std::cell::Cell::new(0);
    let allows = |quirk: &Quirk| {
        asked.set(asked.get() + 1);
        *quirk == IGNORE_UNKNOWN_ATTRIBUTES
    };
    let document = json!({ "schemas": [USER], "userName": "j", "a": 1, "name": { "b": 2 }, "emails": [{ "value": "x", "c": 3 }] });

    let resource = read(object(document), &ResourceSchema::user(&[]), &allows).unwrap();

    assert_eq!(json!(resource), json!({ "schemas": [USER], "userName": "j", "emails": [{ "value": "x" }] }));
    assert_eq!(asked.get(), 1);
}

#[test]
fn what_is_read_only_is_left_out_whatever_it_is() {
    let written = json!({
        "id": 7, "meta": [], "groups": "x", "roles": [{ "value": "admin", "display": 1, "type": {}, "primary": "x" }],
        ROLLCALL_USER: { "number": "x", "archived": 1, "initials": "JD" },
        ENTERPRISE_USER: { "manager": { "value": "7", "displayName": 1 } },
    });

    let expected = json!({
        "roles": [{ "value": "admin" }], ROLLCALL_USER: { "initials": "JD" }, ENTERPRISE_USER: { "manager": { "value": "7" } },
    });
    assert_eq!(user(written).unwrap(), expected);
}

#[test]
fn a_password_is_left_out_unread() {
    for password in [json!("secret"), json!({ "a": 1 }), json!(null)] {
        assert_eq!(user(json!({ "PassWord": password })).unwrap(), json!({}));
    }
}

#[test]
fn null_and_what_is_empty_is_no_value() {
    let written = json!({ "title": null, "active": null, "name": {}, "nickName": "", "name": { "givenName": null } });

    assert_eq!(user(written).unwrap(), json!({}));
}

#[test]
fn a_list_that_is_said_to_be_empty_comes_out_empty() {
    for empty in [json!(null), json!([]), json!([{ "value": "" }])] {
        assert_eq!(user(json!({ "roles": empty, "groups": empty })).unwrap(), json!({ "roles": [] }));
    }
}

#[test]
fn what_a_template_left_empty_is_no_value() {
    let written =
        json!({ "addresses": [{ "locality": "", "country": "" }, { "locality": "Oslo", "country": "" }], "name": { "givenName": "" } });

    assert_eq!(user(written).unwrap(), json!({ "addresses": [{ "locality": "Oslo" }] }));
}

#[test]
fn an_extension_that_is_in_the_body_comes_out_though_it_is_empty() {
    for empty in [json!(null), json!({}), json!({ "department": null })] {
        assert_eq!(user(json!({ ENTERPRISE_USER: empty })).unwrap(), json!({ ENTERPRISE_USER: {} }));
    }
}

#[test]
fn a_boolean_may_be_a_word_in_any_case() {
    for (word, said) in [("True", true), ("true", true), ("FALSE", false), ("False", false)] {
        assert_eq!(user(json!({ "active": word })).unwrap(), json!({ "active": said }));
        let emails = user(json!({ "emails": [{ "value": "x", "primary": word }] })).unwrap();
        assert_eq!(emails, json!({ "emails": [{ "value": "x", "primary": said }] }));
    }
}

#[test]
fn an_extension_may_name_itself() {
    let written = json!({ ENTERPRISE_USER: { "schemas": [ENTERPRISE_USER], "department": "Sales" } });

    assert_eq!(user(written).unwrap(), json!({ ENTERPRISE_USER: { "department": "Sales" } }));
}

#[test]
fn a_value_with_parts_may_stand_in_a_list_of_one_and_an_empty_text_is_none() {
    let manager = |value: Value| user(json!({ ENTERPRISE_USER: { "manager": value } })).unwrap()[ENTERPRISE_USER].clone();

    assert_eq!(manager(json!([{ "$ref": null, "value": "7" }])), json!({ "manager": { "value": "7" } }));
    assert_eq!([json!(""), json!([]), json!([null]), json!({})].map(manager), [(); 4].map(|()| json!({})));
}

#[test]
fn a_bare_text_stands_for_a_value_that_has_parts() {
    let written = json!({ ENTERPRISE_USER: { "manager": "7" }, "emails": ["j@example.org"] });

    let expected = json!({ ENTERPRISE_USER: { "manager": { "value": "7" } }, "emails": [{ "value": "j@example.org" }] });
    assert_eq!(user(written).unwrap(), expected);
}

#[test]
fn a_value_of_another_type_is_refused_by_its_name() {
    for (written, detail) in [
        (json!({ "title": 1 }), "`title` must be a text."),
        (json!({ "title": ["a"] }), "`title` must be a text."),
        (json!({ "title": { "value": "a" } }), "`title` must be a text."),
        (json!({ "active": 1 }), "`active` must be true or false."),
        (json!({ "active": "yes" }), "`active` must be true or false."),
        (json!({ "active": "" }), "`active` must be true or false."),
        (json!({ "name": "Jane" }), "`name` must be an object."),
        (json!({ "name": [{}, {}] }), "`name` must be an object."),
        (json!({ "emails": { "value": "a" } }), "`emails` must be a list."),
        (json!({ "emails": "a" }), "`emails` must be a list."),
        (json!({ "emails": [1] }), "`emails` must be an object."),
        (json!({ "emails": [["a"]] }), "`emails` must be an object."),
        (json!({ "emails": [null] }), "`emails` must have no empty values."),
        (json!({ "emails": [{}] }), "`emails` must have no empty values."),
        (json!({ "emails": [{ "value": {} }] }), "`emails.value` must be a text."),
        (json!({ "addresses": ["a"] }), "`addresses` must be an object."),
        (json!({ "x509Certificates": [{ "value": "-----BEGIN" }] }), "`x509Certificates.value` must be a text in base64."),
        (json!({ "x509Certificates": [{ "value": 1 }] }), "`x509Certificates.value` must be a text in base64."),
        (json!({ "schemas": USER }), "`schemas` must be a list of URNs."),
        (json!({ "schemas": [1] }), "`schemas` must be a list of URNs."),
        (json!({ "schemas": null }), "`schemas` must be a list of URNs."),
        (json!({ ENTERPRISE_USER: [] }), &format!("`{ENTERPRISE_USER}` must be an object.")),
    ] {
        let word = if detail.contains("URN") || detail.starts_with("`urn") { "invalidSyntax" } else { "invalidValue" };
        let detail = format!("400 {word}: {detail}");
        assert_eq!(refused(written.clone()), detail, "{written}");
    }
}

#[test]
fn a_whole_number_has_no_fraction() {
    let is_taken = |value: Value| value::simple("count", Kind::Integer, value).is_ok();

    assert_eq!([json!(7), json!(-7), json!(7.5), json!("7"), json!(u64::MAX)].map(is_taken), [true, true, false, false, false]);
}

#[test]
fn a_list_has_one_primary_value_at_most() {
    let written = json!({ "emails": [{ "value": "a", "primary": true }, { "value": "b", "primary": "true" }] });

    assert_eq!(refused(written), "400 invalidValue: `emails` must have one primary value at most.");
}

#[test]
fn a_name_that_is_given_twice_in_different_cases_is_refused() {
    let twice = "400 invalidSyntax: `title` is given twice, in different cases.";

    assert_eq!(refused(json!({ "title": "a", "TITLE": "a" })), twice);
    assert_eq!(refused(json!({ "title": null, "TITLE": "a" })), twice);
    assert!(refused(json!({ "name": { "givenName": "a", "givenname": "b" } })).contains("`givenName` is given twice"));
    assert!(refused(json!({ ENTERPRISE_USER: {}, ENTERPRISE_USER.to_lowercase(): {} })).contains("is given twice"));
}

#[test]
fn a_schema_that_nobody_knows_is_passed_over_while_nothing_of_it_is_said() {
    let schemas = json!([USER, "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"]);

    assert_eq!(user(json!({ "schemas": schemas, "title": "Chair" })).unwrap(), json!({ "title": "Chair" }));
    assert!(refused(json!({ "schemas": [USER, "urn:x"], "urn:x": { "a": 1 } })).contains("`urn:x`"));
}

#[test]
fn a_body_names_its_own_schema() {
    let group = |schemas: Value| read(object(json!({ "schemas": schemas, "displayName": "Board" })), &ResourceSchema::group(&[]), NOTHING);

    assert_eq!(group(json!([GROUP.to_uppercase()])).unwrap()["schemas"], json!([GROUP]));
    assert!(group(json!([])).is_err());
    assert!(group(json!([USER])).is_err());
}

#[test]
fn a_body_without_schemas_is_refused_unless_the_client_cannot_be_changed() {
    let read = |allows: Allows<'_>| super::read(object(json!({ "userName": "jane" })), &ResourceSchema::user(&[]), allows);

    assert_eq!(read(NOTHING).unwrap_err().scim_type(), Some(crate::dialect::scim::error::ScimType::InvalidSyntax));
    assert_eq!(json!(read(&|quirk| *quirk == MISSING_SCHEMAS).unwrap()), json!({ "userName": "jane" }));
}

#[test]
fn what_is_required_is_there() {
    let read = |document: Value, schema: ResourceSchema| {
        super::read(object(document), &schema, NOTHING).map_err(|error| error.detail().to_owned())
    };

    for missing in [json!({ "schemas": [USER] }), json!({ "schemas": [USER], "userName": null })] {
        assert_eq!(read(missing, ResourceSchema::user(&[])), Err("`userName` is required.".to_owned()));
    }
    assert_eq!(read(json!({ "schemas": [GROUP] }), ResourceSchema::group(&[])), Err("`displayName` is required.".to_owned()));
}
