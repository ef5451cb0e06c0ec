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
            emails: parse_member(fields, "emails", Entry::parse_list_beside_own)?,
            phones: parse_member(fields, "phones", Entry::parse_list_beside_own)?,
            photos: parse_member(fields, "photos", Entry::parse_list_beside_own)?,
            ims: parse_member(fields, "ims", Entry::parse_list)?,
            entitlements: parse_member(fields, "entitlements", Entry::parse_list)?,
            certificates: parse_member(fields, "certificates", Entry::parse_list)?,
            addresses: parse_member(fields, "addresses", PostalAddress::parse_list)?,
            stated: parse_stated(fields)?,
        })
    }
}

impl<K: TextKind> Entry<K> {
    /// A list that stands beside no field of the person; what is wrong with it otherwise.
    pub fn parse_list(list: &Value) -> Result<Vec<Self>, String> {
        Self::parse_list_with(list, 0)
    }

    /// A list that stands beside a field of the person: one of its entries may keep that field's place.
    pub fn parse_list_beside_own(list: &Value) -> Result<Vec<Self>, String> {
        Self::parse_list_with(list, 1)
    }

    fn parse_list_with(list: &Value, places_max: usize) -> Result<Vec<Self>, String> {
        let entries = parse_items(list, Self::parse_json)?;
        if entries.iter().filter(|entry| entry.value.is_none()).count() > places_max {
            return Err("must have a value in every entry".to_owned());
        }
        refuse_two_primaries(entries.iter().map(|entry| entry.is_primary))?;
        Ok(entries)
    }

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
    /// A list of addresses; what is wrong with it otherwise.
    pub fn parse_list(list: &Value) -> Result<Vec<Self>, String> {
        let addresses = parse_items(list, Self::parse_json)?;
        refuse_two_primaries(addresses.iter().map(|address| address.is_primary))?;
        Ok(addresses)
    }

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

fn parse_member<T>(
    fields: &Map<String, Value>,
    name: &'static str,
    parse: fn(&Value) -> Result<Vec<T>, String>,
) -> Result<Vec<T>, InvalidText> {
    match fields.get(name) {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(list) => parse(list).map_err(|reason| InvalidText::new(name, reason)),
    }
}

fn parse_items<T>(list: &Value, parse: fn(&Map<String, Value>) -> Result<T, InvalidText>) -> Result<Vec<T>, String> {
    let items = list.as_array().ok_or("must be a list of objects")?;
    if items.len() > ENTRIES_MAX {
        return Err(format!("must have at most {ENTRIES_MAX} entries"));
    }
    let item = |(place, item): (usize, &Value)| {
        let fields = item.as_object().ok_or("must be a list of objects")?;
        parse(fields).map_err(|error| format!("has at place {} a {error}", place + 1))
    };
    items.iter().enumerate().map(item).collect()
}

/// RFC 7643, section 2.4: the primary entry is one.
fn refuse_two_primaries(said: impl Iterator<Item = Option<bool>>) -> Result<(), String> {
    if said.filter(|said| *said == Some(true)).count() > 1 {
        return Err("must have one primary entry at most".to_owned());
    }
    Ok(())
}
