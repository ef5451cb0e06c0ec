//! Random writes: what a client puts in place of a resource.

use super::people::{people, words};
use super::{object, shown};
use proptest::option::of;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// Attributes that a client may leave out of what it writes.
const OPTIONAL: [&str; 22] = [
    "externalId",
    "name",
    "displayName",
    "nickName",
    "profileUrl",
    "title",
    "userType",
    "preferredLanguage",
    "locale",
    "timezone",
    "active",
    "emails",
    "phoneNumbers",
    "ims",
    "photos",
    "addresses",
    "entitlements",
    "roles",
    "x509Certificates",
    super::super::ENTERPRISE_USER,
    super::super::ROLLCALL_USER,
    super::super::CUSTOM_USER,
];

/// A whole resource: somebody else's, of which some was left out and some put in other words.
pub fn writes() -> BoxedStrategy<Map<String, Value>> {
    let left_out = prop::sample::subsequence(OPTIONAL.to_vec(), 0..8);
    let said = (of(words()), of(words()), of(any::<bool>()), of("[a-z]{1,8}@[a-z]{1,8}"));
    (people(), left_out, said)
        .prop_map(|(other, left_out, (display, given, active, email))| {
            let mut write = shown(&other);
            for name in left_out {
                write.remove(name);
            }
            let email = email.map(|email| json!([{ "value": email, "type": "home" }]));
            let said = [
                ("displayName", display.map(Value::from)),
                ("name", given.map(|given| json!({ "givenName": given }))),
                ("active", active.map(Value::from)),
                ("emails", email),
                ("userName", Some(json!("somebody"))),
            ];
            write.extend(said.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))));
            write
        })
        .boxed()
}

/// What only the server writes, and what is shown of it.
pub fn without_read_only(resource: Map<String, Value>) -> Map<String, Value> {
    let mut resource = without_empty_texts(resource);
    for name in ["schemas", "id", "meta", "groups"] {
        resource.remove(name);
    }
    for name in ["number", "account", "archived", "projects", "identity", "lastActiveAt"] {
        if let Some(Value::Object(rollcall)) = resource.get_mut(super::super::ROLLCALL_USER) {
            rollcall.remove(name);
        }
    }
    if let Some(Value::Object(enterprise)) = resource.get_mut(super::super::ENTERPRISE_USER)
        && let Some(Value::Object(manager)) = enterprise.get_mut("manager")
    {
        manager.retain(|name, _| name == "value");
    }
    resource.into_iter().filter(|(_, value)| *value != json!({}) && *value != json!([])).collect()
}

/// An empty text is as good as none: bodies lose it, and where another API stored one it stays until a text is written.
fn without_empty_texts(members: Map<String, Value>) -> Map<String, Value> {
    let member = |(name, value)| match value {
        Value::Object(members) => (name, Value::Object(without_empty_texts(members))),
        value => (name, value),
    };
    members.into_iter().filter(|(_, value)| *value != json!("")).map(member).collect()
}

/// The body of a client that names these schemas.
pub fn body(schemas: &[&str], members: Value) -> Map<String, Value> {
    let mut body = object(members);
    body.insert("schemas".to_owned(), json!(schemas));
    body
}
