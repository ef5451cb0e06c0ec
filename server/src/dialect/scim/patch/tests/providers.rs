//! What identity providers send, as they send it.

use super::*;

const DEPARTMENT: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department";
const MANAGER: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager";

#[test]
fn entra_disables_a_user() {
    let jane = after(json!([{"op": "Replace", "path": "active", "value": "False"}]));

    assert_eq!(jane, jane_with("/active", json!(false)));
}

#[test]
fn entra_writes_mapped_attributes() {
    let jane = after(json!([
        {"op": "Add", "path": "nickName", "value": "Babs"},
        {"op": "Replace", "path": "emails[type eq \"work\"].value", "value": "new@work.example"},
        {"op": "Replace", "path": "name.familyName", "value": "Roe"},
        {"op": "Add", "path": "addresses[type eq \"work\"].formatted", "value": "18/2111"},
        {"op": "Add", "path": DEPARTMENT, "value": "Retail"},
        {"op": "Add", "path": MANAGER, "value": "0198c2a4-0000-7000-8000-000000000003"}
    ]));

    assert_eq!((&jane["nickName"], &jane["name"]["familyName"]), (&json!("Babs"), &json!("Roe")));
    assert_eq!(jane["emails"][0], json!({"value": "new@work.example", "type": "work", "primary": true}));
    assert_eq!(jane["addresses"], json!([{"type": "work", "formatted": "18/2111"}]));
    assert_eq!(jane[ENTERPRISE_USER], json!({"department": "Retail", "manager": {"value": "0198c2a4-0000-7000-8000-000000000003"}}));
}

#[test]
fn entra_with_its_newer_flag_sends_dotted_members() {
    let value = json!({
        "displayName": "Bjfe",
        "name.givenName": "Kkom",
        "name.familyName": "Unua",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber": "Aklq"
    });

    let jane = after(json!([{"op": "replace", "value": value}]));

    assert_eq!((&jane["displayName"], &jane["name"]), (&json!("Bjfe"), &json!({"givenName": "Kkom", "familyName": "Unua"})));
    assert_eq!(jane[ENTERPRISE_USER]["employeeNumber"], json!("Aklq"));
}

#[test]
fn entra_assigns_a_role_by_its_primary_one() {
    let role = |name: &str, value: &str| json!({"op": "Replace", "path": format!("roles[primary eq \"True\"].{name}"), "value": value});
    let operations = json!([role("display", "Admin"), role("value", "admin"), role("type", "WindowsAzureActiveDirectoryRole")]);

    assert_eq!(after(operations.clone())["roles"][0]["value"], json!("admin"));
    let jane = patched(jane_without("roles"), operations).unwrap();
    assert_eq!(jane["roles"], json!([{"primary": true, "value": "admin"}]));
}

#[test]
fn the_validator_of_entra_writes_many_at_once() {
    let replace = |path: &str, value: Value| json!({"op": "replace", "path": path, "value": value});
    let add = |path: &str, value: Value| json!({"op": "add", "path": path, "value": value});

    let jane = after(json!([
        replace("emails[type eq \"work\"].value", json!("a@work.example")),
        add("emails[type eq \"other\"].value", json!("a@other.example")),
        add("emails[type eq \"other\"].display", json!("Other")),
        add("emails[type eq \"work\"].primary", json!(false)),
        replace("emails[type eq \"other\"].primary", json!(true)),
        replace("addresses[type eq \"work\"].formatted", json!("Oslo")),
        replace("addresses[type eq \"work\"].streetAddress", json!("Street 1")),
        replace("phoneNumbers[type eq \"fax\"].value", json!("55")),
        json!({"op": "replace", "value": {"displayName": "J", "name.givenName": "Jo"}})
    ]));

    let other = json!({"value": "a@other.example", "type": "other", "display": "Other", "primary": true});
    assert_eq!((&jane["emails"][0]["primary"], &jane["emails"][2]), (&json!(false), &other));
    assert_eq!(jane["addresses"], json!([{"type": "work", "formatted": "Oslo", "streetAddress": "Street 1"}]));
    assert_eq!(jane["phoneNumbers"], json!([{"type": "fax", "value": "55"}]));
    assert_eq!((&jane["displayName"], &jane["name"]["givenName"]), (&json!("J"), &json!("Jo")));
}

#[test]
fn entra_clears_by_an_empty_text_and_by_null() {
    for nothing in [json!(""), json!(null)] {
        for path in ["preferredLanguage", "title", DEPARTMENT, MANAGER, "name.givenName"] {
            let jane = after(json!([{"op": "Replace", "path": path, "value": nothing}]));

            assert_eq!(jane, remove(path), "{path} {nothing}");
        }
    }
}

#[test]
fn okta_disables_a_user_without_a_path() {
    let jane = after(json!([{"op": "replace", "value": {"active": false}}]));

    assert_eq!(jane, jane_with("/active", json!(false)));
}

#[test]
fn okta_sends_a_password_that_nobody_keeps() {
    assert_eq!(after(json!([{"op": "replace", "value": {"password": "1mz050nq"}}])), jane());
}

#[test]
fn a_tester_writes_a_whole_extension_with_its_schemas() {
    let value = json!({"schemas": [ENTERPRISE_USER], "employeeNumber": "7", "department": "IT"});

    let jane = after(json!([{"op": "remove", "path": ENTERPRISE_USER}, {"op": "add", "path": ENTERPRISE_USER, "value": value}]));

    assert_eq!(jane[ENTERPRISE_USER], json!({"employeeNumber": "7", "department": "IT"}));
}
