//! Every attribute that is announced can be added, replaced and removed by its path, and comes back as it was sent.

use super::*;

/// A value that an attribute takes, the other of two with `turn`.
fn value(attribute: &Value, turn: usize) -> Value {
    if attribute["multiValued"] == json!(true) {
        return json!([single(attribute, turn)]);
    }
    single(attribute, turn)
}

fn single(attribute: &Value, turn: usize) -> Value {
    let name = attribute["name"].as_str().expect("a name");
    let usual = attribute["canonicalValues"].as_array();
    match attribute["type"].as_str().expect("a type") {
        "complex" if name == "manager" || name == "responsible" => json!({ "value": if turn == 0 { OMAR } else { ZOE } }),
        "complex" => {
            let parts = attribute["subAttributes"].as_array().expect("parts");
            let written = parts.iter().filter(|part| part["mutability"] == json!("readWrite"));
            let mut members: Value = written.map(|part| (part["name"].as_str().expect("a name").to_owned(), single(part, turn))).collect();
            if name == "emails" || name == "email" {
                members["value"] = json!(format!("{turn}@example.org"));
            }
            members
        }
        "boolean" => json!(turn == 0),
        "binary" => json!(["AAECAwQFBgcICQoLDA0ODw==", "Dw4NDAsKCQgHBgUEAwIBAA=="][turn]),
        "reference" => json!(format!("https://example.org/{turn}")),
        "string" => usual.map_or_else(|| json!(format!("{name}{turn}")), |usual| usual[turn % usual.len()].clone()),
        other => panic!("{name} is of the type {other}"),
    }
}

/// Who is referred to has an address and a name too.
fn plain(value: Option<&Value>) -> Option<Value> {
    let mut value = value?.clone();
    if let Some(members) = value.as_object_mut() {
        members.remove("$ref");
        members.remove("displayName");
    }
    Some(value)
}

/// Adds, replaces and removes everything that the schemas of a resource announce.
async fn try_all(server: &TestServer, resource: &str, schemas: &[&str]) {
    let client = server.admin();
    let mut tried = 0;
    for urn in schemas {
        let schema = get(&client, &format!("Schemas/{urn}")).await;
        let is_core = !urn.contains(":extension:");
        for attribute in schema.at("/attributes").as_array().expect("attributes") {
            let name = attribute["name"].as_str().expect("a name");
            if attribute["mutability"] != json!("readWrite") || name == "members" {
                continue;
            }
            let path = if is_core { name.to_owned() } else { format!("{urn}:{name}") };
            let holder = |resource: &Value| if is_core { resource.clone() } else { resource[urn].clone() };
            for (op, turn) in [("add", 0), ("replace", 1), ("replace", 0)] {
                let value = value(attribute, turn);
                let done = patch(&client, resource, json!([{ "op": op, "path": path, "value": value }])).await;
                assert_eq!(done.status, 200, "{op} {path} {value}: {}", done.text());
                let read = get(&client, resource).await.json();
                assert_eq!(plain(holder(&read).get(name)), Some(value), "{op} {path}");
                assert_eq!(read, done.json(), "{op} {path}");
            }
            let removed = patch(&client, resource, json!([{ "op": "remove", "path": path }])).await;
            if attribute["required"] == json!(true) {
                assert_refused(&removed, 400, "mutability");
            } else {
                assert_eq!(removed.status, 200, "{path}: {}", removed.text());
                assert_eq!(holder(&get(&client, resource).await.json()).get(name), None, "{path}");
            }
            tried += 1;
        }
    }
    assert!(tried > 2);
}

#[tokio::test]
async fn every_attribute_of_users_is_added_replaced_and_removed() {
    let server = senate().await;
    let made = post(&server.admin(), "Users", user(json!({ "userName": "new" }))).await;

    let schemas = ["urn:ietf:params:scim:schemas:core:2.0:User", ENTERPRISE, super::super::ROLLCALL];
    try_all(&server, &format!("Users/{}", id(&made)), &schemas).await;
}

#[tokio::test]
async fn every_attribute_of_groups_is_added_replaced_and_removed() {
    let server = senate().await;
    let group = json!({ "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "displayName": "Board" });
    let made = post(&server.admin(), "Groups", group).await;

    let schemas = ["urn:ietf:params:scim:schemas:core:2.0:Group", "urn:ietf:params:scim:schemas:extension:rollcall:2.0:Group"];
    try_all(&server, &format!("Groups/{}", id(&made)), &schemas).await;
}

#[tokio::test]
async fn a_whole_extension_is_added_replaced_and_removed() {
    let server = senate().await;
    let whole = |department: &str| json!({ "schemas": [ENTERPRISE], "employeeNumber": "7", "department": department, "manager": { "value": OMAR } });

    for (op, department) in [("add", "Sales"), ("replace", "Retail")] {
        let user = after(&server, json!([{ "op": op, "path": ENTERPRISE, "value": whole(department) }])).await;
        let extension = &user[ENTERPRISE];
        assert_eq!(
            (&extension["department"], &extension["employeeNumber"], &extension["manager"]["value"]),
            (&json!(department), &json!("7"), &json!(OMAR))
        );
    }
    let user = after(&server, json!([{ "op": "remove", "path": ENTERPRISE }])).await;
    assert_eq!(user.get(ENTERPRISE), None);
    assert!(!user["schemas"].as_array().expect("schemas").contains(&json!(ENTERPRISE)));
}
