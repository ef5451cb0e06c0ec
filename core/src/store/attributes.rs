//! Statements about the definitions of custom attributes, and how values are kept inside a record.

use super::catalogue::{instant, number};
use super::error::StoreError;
use super::record;
use super::sql::{Bound, Row, values};
use super::transaction::{ReadTransaction, WriteTransaction};
use crate::domain::{
    AttributeKind, AttributeNumber, AttributeObject, AttributeValue, Attributes, Definition, Description, Finite, Instant, Limits,
    Relationship, Text, VariableName,
};
use serde::Deserialize;
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeMap;
use std::ops::ControlFlow;

const DEFINITIONS: Bound = Bound::new(
    "select number, object, name, kind, label, description, limits, created_at, updated_at from attributes where organization_id = $1",
);
const INSERT: Bound = Bound::new(
    "insert into attributes (organization_id, number, object, name, kind, label, description, limits, created_at, updated_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
);
const UPDATE: Bound = Bound::new(
    "update attributes set kind = $3, label = $4, description = $5, limits = $6, updated_at = $7
    where organization_id = $1 and number = $2",
);
const DELETE: Bound = Bound::new("delete from attributes where organization_id = $1 and number = $2");
const PEOPLE: Bound = Bound::new("select number, record from people where organization_id = $1 order by number");
const BIN: Bound = Bound::new("select number, record from bin where organization_id = $1 and record is not null order by number");
const GROUPS: Bound = Bound::new("select number, custom from groups where organization_id = $1 order by number");

const UNREADABLE: StoreError = StoreError::Unreadable { what: "custom attributes" };

impl ReadTransaction {
    /// Every definition, people's first, by name.
    pub(crate) async fn definitions(&mut self) -> Result<Vec<Definition>, StoreError> {
        let mut definitions = self.all(&DEFINITIONS, values![], read_definition).await?;
        // Sorted here, because backends order text each in their own way.
        definitions.sort_by(|left, right| (left.object, &left.name).cmp(&(right.object, &right.name)));
        Ok(definitions)
    }

    /// Shows the number and the value of every record that has one of an attribute, people in the bin included.
    pub(crate) async fn each_value(
        &mut self,
        object: AttributeObject,
        name: &VariableName,
        mut visit: impl FnMut(i64, &AttributeValue) + Send,
    ) -> Result<(), StoreError> {
        let mut show = |number: i64, custom: &Attributes| {
            if let Some(value) = custom.get(name) {
                visit(number, value);
            }
            Ok(ControlFlow::Continue(()))
        };
        match object {
            AttributeObject::Group => {
                let read = |row: &Row<'_>| show(row.integer(0)?, &unpacked(row.text(1)?.as_bytes())?);
                self.for_each(&GROUPS, values![], read).await
            }
            AttributeObject::Person => {
                let mut read = |row: &Row<'_>| show(row.integer(0)?, &record::decode(row.bytes(1)?)?.custom);
                self.for_each(&PEOPLE, values![], &mut read).await?;
                self.for_each(&BIN, values![], &mut read).await
            }
        }
    }
}

impl WriteTransaction {
    pub(crate) async fn insert_definition(&mut self, definition: &Definition) -> Result<(), StoreError> {
        let row = values![
            definition.number.get(),
            definition.object.as_str(),
            definition.name.as_str(),
            definition.kind.as_str(),
            definition.label.as_str(),
            definition.description.as_ref().map(Description::as_str),
            limits_json(&definition.limits),
            definition.created_at.milliseconds(),
            definition.updated_at.milliseconds(),
        ];
        self.execute(&INSERT, row).await.map(drop)
    }

    /// Stores what may change of a definition.
    pub(crate) async fn update_definition(&mut self, definition: &Definition) -> Result<(), StoreError> {
        let row = values![
            definition.number.get(),
            definition.kind.as_str(),
            definition.label.as_str(),
            definition.description.as_ref().map(Description::as_str),
            limits_json(&definition.limits),
            definition.updated_at.milliseconds(),
        ];
        self.execute(&UPDATE, row).await.map(drop)
    }

    /// Takes a definition out, of which no record has a value.
    pub(crate) async fn delete_definition(&mut self, number: AttributeNumber) -> Result<(), StoreError> {
        self.execute(&DELETE, values![number.get()]).await.map(drop)
    }
}

fn read_definition(row: &Row<'_>) -> Result<Definition, StoreError> {
    Ok(Definition {
        number: number(row, 0)?,
        object: AttributeObject::parse(row.text(1)?).map_err(|_| UNREADABLE)?,
        name: VariableName::stored(row.text(2)?),
        kind: AttributeKind::parse(row.text(3)?).map_err(|_| UNREADABLE)?,
        label: Text::stored(row.text(4)?),
        description: row.optional_text(5)?.map(Text::stored),
        limits: read_limits(row.text(6)?)?,
        created_at: instant(row, 7)?,
        updated_at: instant(row, 8)?,
    })
}

/// Limits as [`Limits::to_json`] writes them.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct StoredLimits {
    length_min: Option<u32>,
    length_max: Option<u32>,
    value_min: Option<f64>,
    value_max: Option<f64>,
    decimal_places: Option<u8>,
    allowed_values: Vec<Box<str>>,
    files_max: Option<u32>,
}

fn limits_json(limits: &Limits) -> String {
    Json::Object(limits.to_json()).to_string()
}

fn read_limits(text: &str) -> Result<Limits, StoreError> {
    let stored: StoredLimits = serde_json::from_str(text).map_err(|_| UNREADABLE)?;
    Ok(Limits {
        length_min: stored.length_min,
        length_max: stored.length_max,
        value_min: stored.value_min.and_then(Finite::new),
        value_max: stored.value_max.and_then(Finite::new),
        decimal_places: stored.decimal_places,
        allowed_values: stored.allowed_values,
        files_max: stored.files_max,
    })
}

/// The attributes of one record as one JSON object. A value tells its type by its shape, and a text is a plain string,
/// so that records from before there were types read as they are.
pub(super) fn packed(custom: &Attributes) -> String {
    let members: Map<String, Json> = custom.iter().map(|(name, value)| (name.as_str().to_owned(), packed_value(value))).collect();
    Json::Object(members).to_string()
}

/// The reverse of [`packed`].
pub(super) fn unpacked(json: &[u8]) -> Result<Attributes, StoreError> {
    if json == b"{}" {
        return Ok(Attributes::new());
    }
    let members: BTreeMap<String, Json> = serde_json::from_slice(json).map_err(|_| UNREADABLE)?;
    let unpack = |(name, value): (String, Json)| Ok((VariableName::stored(&name), unpacked_value(value).ok_or(UNREADABLE)?));
    members.into_iter().map(unpack).collect()
}

fn packed_value(value: &AttributeValue) -> Json {
    match value {
        AttributeValue::Text(_) | AttributeValue::Number(_) | AttributeValue::List(_) => value.to_json(),
        AttributeValue::Moment(instant) => json!({ "moment": instant.milliseconds() }),
        AttributeValue::Relationship(related) => json!({ "id": related.id(), "caption": related.caption() }),
        AttributeValue::Files(files) => json!({ "files": files }),
    }
}

fn unpacked_value(json: Json) -> Option<AttributeValue> {
    match json {
        Json::String(text) => Some(AttributeValue::Text(text.into())),
        Json::Number(number) => number.as_f64().and_then(Finite::new).map(AttributeValue::Number),
        Json::Array(_) => serde_json::from_value(json).ok().map(AttributeValue::List),
        Json::Object(mut members) => {
            if let Some(moment) = members.get("moment") {
                return moment.as_i64().and_then(Instant::from_milliseconds).map(AttributeValue::Moment);
            }
            if let Some(files) = members.remove("files") {
                return serde_json::from_value(files).ok().map(AttributeValue::Files);
            }
            let text = |name: &str| members.get(name).and_then(Json::as_str);
            Relationship::new(text("id"), text("caption")).map(AttributeValue::Relationship)
        }
        Json::Null | Json::Bool(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_come_back_as_they_were() {
        let limits = Limits {
            length_min: Some(0),
            length_max: Some(20_000),
            value_min: Finite::new(-0.1),
            value_max: Finite::new(1e300),
            decimal_places: Some(15),
            allowed_values: vec!["a;b".into(), "\u{1f980}".into()],
            files_max: Some(200),
        };

        for limits in [limits, Limits::default()] {
            assert_eq!(read_limits(&limits_json(&limits)).expect("limits"), limits);
        }
    }

    #[test]
    fn texts_from_before_there_were_types_read_as_they_are() {
        let custom = unpacked(br#"{"link":"https://abccompany.com","text":"{\"moment\":1}"}"#).expect("attributes");

        let values: Vec<&AttributeValue> = custom.values().collect();
        assert_eq!(values, [&AttributeValue::Text("https://abccompany.com".into()), &AttributeValue::Text("{\"moment\":1}".into())]);
    }

    #[test]
    fn what_is_no_value_is_unreadable() {
        for json in [r#"{"a":null}"#, r#"{"a":true}"#, r#"{"a":{}}"#, r#"{"a":[1]}"#, r#"{"a":{"moment":"now"}}"#, "[]", ""] {
            assert!(unpacked(json.as_bytes()).is_err(), "{json}");
        }
    }
}
