//! A profile as JSON: as it is stored, as the history tells it, and as files carry it. What is absent is left out.

use super::{ENTRIES_MAX, Entry, PostalAddress, Profile, StatedField};
use crate::domain::{InvalidText, Text, TextKind};
use serde_json::{Map, Value};
use std::collections::BTreeSet;

impl Profile {
    /// The fields by their names.
    pub fn to_json(&self) -> Map<String, Value> {
        // Taken apart, so that no field is ever forgotten here.
        let Self {
            formatted_name,
            middle_name,
            honorific_prefix,
            honorific_suffix,
            nick_name,
            profile_url,
            user_type,
            locale,
            cost_center,
            division,
            employer,
            emails,
            phones,
            photos,
            ims,
            entitlements,
            certificates,
            addresses,
            stated,
        } = self;
        let mut fields = Map::new();
        put(&mut fields, "formatted_name", text(formatted_name.as_ref()));
        put(&mut fields, "middle_name", text(middle_name.as_ref()));
        put(&mut fields, "honorific_prefix", text(honorific_prefix.as_ref()));
        put(&mut fields, "honorific_suffix", text(honorific_suffix.as_ref()));
        put(&mut fields, "nick_name", text(nick_name.as_ref()));
        put(&mut fields, "profile_url", text(profile_url.as_ref()));
        put(&mut fields, "user_type", text(user_type.as_ref()));
        put(&mut fields, "locale", text(locale.as_ref()));
        put(&mut fields, "cost_center", text(cost_center.as_ref()));
        put(&mut fields, "division", text(division.as_ref()));
        put(&mut fields, "employer", text(employer.as_ref()));
        put(&mut fields, "emails", list(emails, Entry::to_json));
        put(&mut fields, "phones", list(phones, Entry::to_json));
        put(&mut fields, "photos", list(photos, Entry::to_json));
        put(&mut fields, "ims", list(ims, Entry::to_json));
        put(&mut fields, "entitlements", list(entitlements, Entry::to_json));
        put(&mut fields, "certificates", list(certificates, Entry::to_json));
        put(&mut fields, "addresses", list(addresses, PostalAddress::to_json));
        put(&mut fields, "stated", (!stated.is_empty()).then(|| stated.iter().map(|field| field.as_str()).collect()));
        fields
    }

    /// A profile from its fields. A field that there is none of by this name is ignored.
    pub fn parse_json(fields: &Map<String, Value>) -> Result<Self, InvalidText> {
        Ok(Self {
            formatted_name: parse_text(fields, "formatted_name")?,
            middle_name: parse_text(fields, "middle_name")?,
            honorific_prefix: parse_text(fields, "honorific_prefix")?,
            honorific_suffix: parse_text(fields, "honorific_suffix")?,
            nick_name: parse_text(fields, "nick_name")?,
            profile_url: parse_text(fields, "profile_url")?,
            user_type: parse_text(fields, "user_type")?,
            locale: parse_text(fields, "locale")?,
            cost_center: parse_text(fields, "cost_center")?,
            division: parse_text(fields, "division")?,
            employer: parse_text(fields, "employer")?,
            emails: parse_list(fields, "emails", Entry::parse_json)?,
            phones: parse_list(fields, "phones", Entry::parse_json)?,
            photos: parse_list(fields, "photos", Entry::parse_json)?,
            ims: parse_list(fields, "ims", Entry::parse_json)?,
            entitlements: parse_list(fields, "entitlements", Entry::parse_json)?,
            certificates: parse_list(fields, "certificates", Entry::parse_json)?,
            addresses: parse_list(fields, "addresses", PostalAddress::parse_json)?,
            stated: parse_stated(fields)?,
        })
    }
}

impl<K: TextKind> Entry<K> {
    fn to_json(&self) -> Value {
        let mut fields = Map::new();
        put(&mut fields, "value", text(self.value.as_ref()));
        put(&mut fields, "type", text(self.kind.as_ref()));
        put(&mut fields, "display", text(self.display.as_ref()));
        put(&mut fields, "primary", self.is_primary.map(Value::Bool));
        Value::Object(fields)
    }

    fn parse_json(fields: &Map<String, Value>) -> Result<Self, InvalidText> {
        Ok(Self {
            value: parse_text(fields, "value")?,
            kind: parse_text(fields, "type")?,
            display: parse_text(fields, "display")?,
            is_primary: parse_boolean(fields, "primary")?,
        })
    }
}

impl PostalAddress {
    fn to_json(&self) -> Value {
        let mut fields = Map::new();
        put(&mut fields, "formatted", text(self.formatted.as_ref()));
        put(&mut fields, "street", text(self.street.as_ref()));
        put(&mut fields, "locality", text(self.locality.as_ref()));
        put(&mut fields, "region", text(self.region.as_ref()));
        put(&mut fields, "postal_code", text(self.postal_code.as_ref()));
        put(&mut fields, "country", text(self.country.as_ref()));
        put(&mut fields, "type", text(self.kind.as_ref()));
        put(&mut fields, "primary", self.is_primary.map(Value::Bool));
        Value::Object(fields)
    }

    fn parse_json(fields: &Map<String, Value>) -> Result<Self, InvalidText> {
        Ok(Self {
            formatted: parse_text(fields, "formatted")?,
            street: parse_text(fields, "street")?,
            locality: parse_text(fields, "locality")?,
            region: parse_text(fields, "region")?,
            postal_code: parse_text(fields, "postal_code")?,
            country: parse_text(fields, "country")?,
            kind: parse_text(fields, "type")?,
            is_primary: parse_boolean(fields, "primary")?,
        })
    }
}

fn put(fields: &mut Map<String, Value>, name: &str, value: Option<Value>) {
    if let Some(value) = value {
        fields.insert(name.to_owned(), value);
    }
}

fn text<K: TextKind>(text: Option<&Text<K>>) -> Option<Value> {
    text.map(|text| Value::from(text.as_str()))
}

fn list<T>(items: &[T], to_json: fn(&T) -> Value) -> Option<Value> {
    (!items.is_empty()).then(|| items.iter().map(to_json).collect())
}

fn parse_text<K: TextKind>(fields: &Map<String, Value>, name: &'static str) -> Result<Option<Text<K>>, InvalidText> {
    match fields.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Text::parse(text).map(Some).map_err(|error| InvalidText::new(name, error.reason)),
        Some(_) => Err(InvalidText::new(name, "must be text")),
    }
}

fn parse_boolean(fields: &Map<String, Value>, name: &'static str) -> Result<Option<bool>, InvalidText> {
    match fields.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Bool(value)) => Ok(Some(*value)),
        Some(_) => Err(InvalidText::new(name, "must be true or false")),
    }
}

fn parse_stated(fields: &Map<String, Value>) -> Result<BTreeSet<StatedField>, InvalidText> {
    let refused = || InvalidText::new("stated", "must be a list of fields that have a default");
    let names = match fields.get("stated") {
        None | Some(Value::Null) => return Ok(BTreeSet::new()),
        Some(names) => names.as_array().ok_or_else(refused)?,
    };
    names.iter().map(|name| name.as_str().and_then(StatedField::named).ok_or_else(refused)).collect()
}

fn parse_list<T>(
    fields: &Map<String, Value>,
    name: &'static str,
    parse: fn(&Map<String, Value>) -> Result<T, InvalidText>,
) -> Result<Vec<T>, InvalidText> {
    let refuse = |reason: &str| InvalidText::new(name, reason);
    let items = match fields.get(name) {
        None | Some(Value::Null) => return Ok(Vec::new()),
        Some(Value::Array(items)) => items,
        Some(_) => return Err(refuse("must be a list")),
    };
    if items.len() > ENTRIES_MAX {
        return Err(refuse("must have at most 100 entries"));
    }
    let item = |(place, item): (usize, &Value)| {
        let fields = item.as_object().ok_or_else(|| refuse("must be a list of objects"))?;
        parse(fields).map_err(|error| InvalidText::new(name, format!("at place {} has a {error}", place + 1)))
    };
    items.iter().enumerate().map(item).collect()
}
