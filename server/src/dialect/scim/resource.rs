//! A resource as an answer shows it: its members in the order of their schemas, extensions behind the core, `meta` last.

use super::schema::{Attribute, ResourceSchema};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

/// A resource whose members have their canonical spelling.
#[derive(Clone, Debug)]
pub struct Resource<'a> {
    schema: &'a ResourceSchema,
    members: Map<String, Value>,
}

/// Members in the order of these attributes; what is none of them is not shown.
struct Ordered<'a> {
    attributes: &'a [Attribute],
    members: &'a Map<String, Value>,
}

/// A value, inside of which members are in order too.
struct Arranged<'a> {
    attribute: &'a Attribute,
    value: &'a Value,
}

impl<'a> Resource<'a> {
    pub const fn new(schema: &'a ResourceSchema, members: Map<String, Value>) -> Self {
        Self { schema, members }
    }

    pub const fn members(&self) -> &Map<String, Value> {
        &self.members
    }
}

impl Serialize for Resource<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut shown = serializer.serialize_map(None)?;
        let (common, core) = (ResourceSchema::common(), &self.schema.core().attributes);
        let (first, last): (Vec<_>, Vec<_>) = common.iter().partition(|attribute| attribute.name != "meta");
        for attribute in first.into_iter().chain(core) {
            put(&mut shown, attribute, &self.members)?;
        }
        for extension in self.schema.extensions() {
            if let Some(Value::Object(members)) = self.members.get(extension.id) {
                shown.serialize_entry(extension.id, &Ordered { attributes: &extension.attributes, members })?;
            }
        }
        for attribute in last {
            put(&mut shown, attribute, &self.members)?;
        }
        shown.end()
    }
}

impl Serialize for Ordered<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut shown = serializer.serialize_map(None)?;
        for attribute in self.attributes {
            put(&mut shown, attribute, self.members)?;
        }
        shown.end()
    }
}

impl Serialize for Arranged<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let attributes = &self.attribute.sub_attributes;
        match self.value {
            Value::Object(members) if !attributes.is_empty() => Ordered { attributes, members }.serialize(serializer),
            Value::Array(items) => serializer.collect_seq(items.iter().map(|value| Self { attribute: self.attribute, value })),
            value => value.serialize(serializer),
        }
    }
}

fn put<M: SerializeMap>(shown: &mut M, attribute: &Attribute, members: &Map<String, Value>) -> Result<(), M::Error> {
    match members.get(attribute.name.as_ref()) {
        Some(value) => shown.serialize_entry(&attribute.name, &Arranged { attribute, value }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::schema::{ENTERPRISE_USER, ROLLCALL_USER, USER};
    use super::*;
    use serde_json::json;

    #[test]
    fn members_are_in_the_order_of_their_schemas() {
        let resource = json!({
            "meta": { "version": "W/\"1\"", "resourceType": "User" },
            ROLLCALL_USER: { "archived": false, "number": 9 },
            ENTERPRISE_USER: { "manager": { "displayName": "Omar", "value": "7" }, "department": "Sales" },
            "emails": [{ "type": "work", "value": "j@example.org" }],
            "active": true,
            "name": { "givenName": "Jane", "familyName": "Doe" },
            "userName": "jane",
            "externalId": "x",
            "id": "1",
            "schemas": [USER],
        });
        let schema = ResourceSchema::user(&[]);

        let members = resource.as_object().cloned().unwrap_or_default();
        let text = serde_json::to_string(&Resource::new(&schema, members)).expect("JSON");

        let expected = [
            format!(r#"{{"schemas":["{USER}"],"id":"1","externalId":"x","userName":"jane","#),
            r#""name":{"familyName":"Doe","givenName":"Jane"},"active":true,"emails":[{"value":"j@example.org","type":"work"}],"#
                .to_owned(),
            format!(r#""{ENTERPRISE_USER}":{{"department":"Sales","manager":{{"value":"7","displayName":"Omar"}}}},"#),
            format!(r#""{ROLLCALL_USER}":{{"number":9,"archived":false}},"meta":{{"resourceType":"User","version":"W/\"1\""}}}}"#),
        ];
        assert_eq!(text, expected.concat());
    }
}
