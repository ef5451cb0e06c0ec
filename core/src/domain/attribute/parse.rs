//! JSON and text to a value. What an error says comes after the name of the attribute, and never quotes the value.

use super::{AttributeKind, AttributeValue, Finite, Relationship};
use crate::domain::{Email, Instant};
use jiff::civil::DateTime;
use jiff::{Timestamp, tz::Offset};
use serde_json::{Map, Value as Json};
use std::collections::HashSet;

/// Why a text or a JSON value is none of an attribute.
type Reason = String;

const NO_MOMENT: &str = "must be a moment of the years 1 to 9999, such as 2016-09-16T10:39:25Z";

/// The first and the last millisecond of the years 1 to 9999, which every client's calendar has.
const MOMENTS: std::ops::RangeInclusive<i64> = -62_135_596_800_000..=253_402_300_799_999;

pub(super) fn json(kind: AttributeKind, json: &Json) -> Result<AttributeValue, Reason> {
    match (kind, json) {
        (AttributeKind::Number, Json::Number(number)) => number.as_f64().and_then(Finite::new).map(AttributeValue::Number),
        (AttributeKind::DateTime, Json::String(text)) => return moment(text).map(AttributeValue::Moment),
        (AttributeKind::Relationship, Json::Object(members)) => return relationship(members).map(AttributeValue::Relationship),
        (kind, Json::String(text)) if kind.is_text() => Some(AttributeValue::Text(kept(kind, text).into())),
        (kind, Json::Array(items)) if kind.is_list() => {
            let texts: Option<Vec<Box<str>>> = items.iter().map(|item| item.as_str().map(Box::from)).collect();
            texts.map(AttributeValue::List)
        }
        (kind, Json::Array(items)) if kind.is_files() => {
            let files: Option<Vec<Map<String, Json>>> = items.iter().map(|item| item.as_object().cloned()).collect();
            files.map(AttributeValue::Files)
        }
        _ => None,
    }
    .ok_or_else(|| shape(kind).to_owned())
}

pub(super) fn text(kind: AttributeKind, text: &str) -> Result<AttributeValue, Reason> {
    let refused = || shape(kind).to_owned();
    match kind {
        kind if kind.is_text() => Ok(AttributeValue::Text(kept(kind, text).into())),
        AttributeKind::Number => number(text).map(AttributeValue::Number).ok_or_else(refused),
        AttributeKind::DateTime => moment(text).map(AttributeValue::Moment),
        AttributeKind::Relationship => relationship_text(text).map(AttributeValue::Relationship),
        kind if kind.is_list() => Ok(AttributeValue::List(items(text))),
        kind => match serde_json::from_str(text) {
            Ok(value) => json(kind, &value),
            Err(_) => Err(refused()),
        },
    }
}

/// What values of this type are, after `must be`.
pub(super) const fn shape(kind: AttributeKind) -> &'static str {
    match kind {
        AttributeKind::Text | AttributeKind::Paragraph | AttributeKind::Link | AttributeKind::Email => "must be text",
        AttributeKind::Number => "must be a number",
        AttributeKind::DateTime => NO_MOMENT,
        AttributeKind::Outline | AttributeKind::ListOfOptions => "must be a list of texts",
        AttributeKind::Attachment | AttributeKind::Image => "must be a list of objects, one for each file",
        AttributeKind::Relationship => "must be an object with an Id, a Caption or both",
    }
}

/// What is kept of the given text: addresses lose the blanks around them.
fn kept(kind: AttributeKind, text: &str) -> &str {
    if matches!(kind, AttributeKind::Link | AttributeKind::Email) { text.trim() } else { text }
}

/// Items with `;` between them, or a JSON array of texts.
pub(super) fn items(text: &str) -> Vec<Box<str>> {
    let text = text.trim();
    if text.starts_with('[')
        && let Ok(items) = serde_json::from_str(text)
    {
        return items;
    }
    text.split(';').map(str::trim).filter(|item| !item.is_empty()).map(Box::from).collect()
}

/// A caption, or a JSON object.
pub(super) fn relationship_text(text: &str) -> Result<Relationship, Reason> {
    let refused = || shape(AttributeKind::Relationship).to_owned();
    let text = text.trim();
    if text.starts_with('{') {
        let members: Map<String, Json> = serde_json::from_str(text).map_err(|_| refused())?;
        return relationship(&members);
    }
    Relationship::new(None, Some(text)).ok_or_else(refused)
}

fn relationship(members: &Map<String, Json>) -> Result<Relationship, Reason> {
    if members.keys().any(|name| !matches!(name.as_str(), "Id" | "Caption")) {
        return Err("must have no members but Id and Caption".to_owned());
    }
    let text = |name: &str| match members.get(name) {
        None | Some(Json::Null) => Ok(None),
        Some(Json::String(text)) => Ok(Some(text.as_str())),
        Some(_) => Err(format!("must have a text as its {name}")),
    };
    Relationship::new(text("Id")?, text("Caption")?).ok_or_else(|| shape(AttributeKind::Relationship).to_owned())
}

/// Digits with a point and an exponent where there are any; no names of infinities.
fn number(text: &str) -> Option<Finite> {
    let text = text.trim();
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.' | b'e' | b'E'));
    if is_plain { text.parse().ok().and_then(Finite::new) } else { None }
}

/// A date, or a date and a time, with an offset or in UTC; to the millisecond that holds it.
fn moment(text: &str) -> Result<Instant, Reason> {
    let text = text.trim();
    let is_plain =
        text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b':' | b'.' | b'T' | b't' | b' ' | b'+' | b'Z' | b'z'));
    if !is_plain || !text.as_bytes().first().is_some_and(u8::is_ascii_digit) {
        return Err(NO_MOMENT.to_owned());
    }
    let with_offset = || text.parse::<Timestamp>().ok();
    let in_utc = || text.parse::<DateTime>().ok().and_then(|local| Offset::UTC.to_timestamp(local).ok());
    let instant = with_offset().or_else(in_utc).map(Instant::new);
    instant.filter(|instant| is_in_calendar(*instant)).ok_or_else(|| NO_MOMENT.to_owned())
}

/// Whether a moment is of the years 1 to 9999.
fn is_in_calendar(instant: Instant) -> bool {
    MOMENTS.contains(&instant.milliseconds())
}

/// What the type itself asks of a value that has its shape.
pub(super) fn check(kind: AttributeKind, value: &AttributeValue) -> Result<(), Reason> {
    match (kind, value) {
        (AttributeKind::Link, AttributeValue::Text(text)) => check_link(text),
        (AttributeKind::Email, AttributeValue::Text(text)) => match Email::parse(text) {
            Ok(email) if email.as_str() == &**text => Ok(()),
            Ok(_) => Err("must have no blanks around it".to_owned()),
            Err(error) => Err(error.reason),
        },
        (kind, AttributeValue::Text(_)) if kind.is_text() => Ok(()),
        (AttributeKind::Number, AttributeValue::Number(_)) | (AttributeKind::Relationship, AttributeValue::Relationship(_)) => Ok(()),
        (AttributeKind::DateTime, AttributeValue::Moment(instant)) if is_in_calendar(*instant) => Ok(()),
        (kind, AttributeValue::List(items)) if kind.is_list() => check_items(kind, items),
        (kind, AttributeValue::Files(files)) if kind.is_files() => check_files(files),
        (kind, _) => Err(shape(kind).to_owned()),
    }
}

/// Addresses that are safe to follow from a page: a script is not among them.
fn check_link(text: &str) -> Result<(), Reason> {
    const SCHEMES: [&str; 4] = ["https://", "http://", "ftp://", "mailto:"];
    let rest = SCHEMES.into_iter().find_map(|scheme| {
        let begins = text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
        begins.then(|| &text[scheme.len()..])
    });
    let is_address =
        rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(|character: char| character.is_whitespace() || character.is_control()));
    if is_address { Ok(()) } else { Err("must be an address that begins with https://, http://, ftp:// or mailto:".to_owned()) }
}

fn check_items(kind: AttributeKind, items: &[Box<str>]) -> Result<(), Reason> {
    if items.iter().any(|item| item.trim().is_empty()) {
        return Err("must have no empty items".to_owned());
    }
    let mut seen = HashSet::new();
    if kind == AttributeKind::ListOfOptions && !items.iter().all(|item| seen.insert(item)) {
        return Err("must have each item once".to_owned());
    }
    Ok(())
}

fn check_files(files: &[Map<String, Json>]) -> Result<(), Reason> {
    const MEMBERS_MAX: usize = 50;
    if files.iter().any(|file| file.is_empty() || file.len() > MEMBERS_MAX) {
        return Err(format!("must have 1 to {MEMBERS_MAX} members in each object"));
    }
    let is_nested = |member: &Json| member.is_array() || member.is_object();
    if files.iter().any(|file| file.values().any(is_nested)) {
        return Err("must have only texts, numbers, true, false and null inside its objects".to_owned());
    }
    Ok(())
}
