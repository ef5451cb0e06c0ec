//! What a list is asked for: in a query string, or in the body of a search.
//!
//! Names of parameters are read in any case, and those that mean nothing here are ignored: identity providers put marks of
//! their own into addresses.

use super::super::body::Allows;
use super::super::caller::Caller;
use super::super::cursor::{self, Question};
use super::super::error::{Error, ScimType};
use super::super::limits::{PAGE_DEFAULT, PAGE_MAX};
use super::super::params::{Wanted, parameter};
use super::super::patch::body::members;
use super::super::quirks::MISSING_SCHEMAS;
use crate::http::{AppState, QueryString};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use rollcall_core::query::Direction;
use serde_json::{Map, Value};

/// What the body of a search must say that it is.
const SCHEMA: &str = "urn:ietf:params:scim:api:messages:2.0:SearchRequest";

/// What a list is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    pub filter: Option<String>,
    pub sort_by: Option<String>,
    pub direction: Direction,
    pub page: Page,
    pub wanted: Wanted,
}

/// Which part of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Page {
    /// So many from this place on, which is counted from 1.
    Index { start: u64, count: u64 },
    /// So many after what the cursor stands for; without one, from the beginning.
    Cursor { cursor: Option<String>, count: u64 },
}

/// The parameters as they were sent.
#[derive(Debug, Default)]
struct Sent {
    filter: Option<String>,
    sort_by: Option<String>,
    sort_order: Option<String>,
    start_index: Option<Whole>,
    count: Option<Whole>,
    cursor: Option<String>,
    attributes: Option<String>,
    excluded: Option<String>,
}

/// A whole number, or what is none.
#[derive(Clone, Copy, Debug)]
struct Whole(Option<i64>);

impl Asked {
    /// What a query string asks for.
    pub fn of_query(query: &QueryString) -> Result<Self, Error> {
        let text = |name: &str| parameter(query, name);
        Self::of(Sent {
            filter: text("filter")?,
            sort_by: text("sortBy")?,
            sort_order: text("sortOrder")?,
            start_index: text("startIndex")?.map(|text| Whole::of_text(&text)),
            count: text("count")?.map(|text| Whole::of_text(&text)),
            cursor: text("cursor")?,
            attributes: text("attributes")?,
            excluded: text("excludedAttributes")?,
        })
    }

    /// What the body of a search asks for (RFC 7644, section 3.4.3).
    pub fn of_body(body: Map<String, Value>, allows: Allows<'_>) -> Result<Self, Error> {
        let names = ["schemas", "filter", "sortBy", "sortOrder", "startIndex", "count", "cursor", "attributes", "excludedAttributes"];
        let [schemas, filter, sort_by, sort_order, start_index, count, cursor, attributes, excluded] = members(body, names)?;
        let is_schema = |urn: &Value| urn.as_str().is_some_and(|urn| urn.eq_ignore_ascii_case(SCHEMA));
        match schemas {
            Some(Value::Array(urns)) if urns.iter().any(is_schema) => {}
            None if allows(&MISSING_SCHEMAS) => {}
            _ => return Err(Error::invalid_syntax(format!("The body of a search must have \"schemas\": [\"{SCHEMA}\"]."))),
        }
        Self::of(Sent {
            filter: text("filter", filter)?,
            sort_by: text("sortBy", sort_by)?,
            sort_order: text("sortOrder", sort_order)?,
            start_index: start_index.and_then(Whole::of_json),
            count: count.and_then(Whole::of_json),
            cursor: text("cursor", cursor)?,
            attributes: names_of("attributes", attributes)?,
            excluded: names_of("excludedAttributes", excluded)?,
        })
    }

    fn of(sent: Sent) -> Result<Self, Error> {
        let page = page(sent.start_index, sent.count, sent.cursor)?;
        let direction = direction(sent.sort_order.as_deref())?;
        let wanted = Wanted::new(sent.attributes, sent.excluded);
        Ok(Self { filter: sent.filter, sort_by: sent.sort_by.filter(|name| !name.trim().is_empty()), direction, page, wanted })
    }

    /// The same for a cursor to be sealed with.
    pub fn question<'a>(&'a self, caller: &Caller, endpoint: &'a str, count: u64) -> Question<'a> {
        Question {
            organization: caller.actor.organization(),
            endpoint,
            filter: self.filter.as_deref(),
            sort_by: self.sort_by.as_deref(),
            is_descending: self.direction == Direction::Descending,
            count,
        }
    }
}

impl FromRequestParts<AppState> for Asked {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Error> {
        Self::of_query(&QueryString::parse(parts.uri.query())?)
    }
}

/// A cursor is asked for by its parameter, even if it has no value yet.
fn page(start_index: Option<Whole>, count: Option<Whole>, cursor: Option<String>) -> Result<Page, Error> {
    let no_number = |name: &str| Error::invalid_value(format!("`{name}` must be a whole number."));
    match (cursor, start_index) {
        (Some(_), Some(_)) => Err(Error::invalid_value("Send `startIndex` or `cursor`, not both.")),
        (Some(cursor), None) => {
            let asked = match count {
                Some(Whole(None)) => return Err(Error::bad_request(ScimType::InvalidCount, "`count` must be a whole number.")),
                Some(Whole(count)) => count,
                None => None,
            };
            Ok(Page::Cursor { cursor: Some(cursor).filter(|cursor| !cursor.is_empty()), count: cursor::count(asked)? })
        }
        (None, start_index) => {
            let start = start_index.unwrap_or(Whole(Some(1))).0.ok_or_else(|| no_number("startIndex"))?;
            let count = match count {
                None => PAGE_DEFAULT,
                Some(Whole(count)) => u64::try_from(count.ok_or_else(|| no_number("count"))?).unwrap_or(0).min(PAGE_MAX),
            };
            Ok(Page::Index { start: u64::try_from(start).unwrap_or(1).max(1), count })
        }
    }
}

fn direction(sort_order: Option<&str>) -> Result<Direction, Error> {
    match sort_order {
        None => Ok(Direction::Ascending),
        Some(word) if word.is_empty() || word.eq_ignore_ascii_case("ascending") => Ok(Direction::Ascending),
        Some(word) if word.eq_ignore_ascii_case("descending") => Ok(Direction::Descending),
        Some(_) => Err(Error::invalid_value("`sortOrder` must be ascending or descending.")),
    }
}

impl Whole {
    /// A number beyond every list is one all the same.
    fn of_text(text: &str) -> Self {
        let digits = text.trim().strip_prefix('-');
        let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        Self(match digits {
            Some(digits) if is_digits(digits) => Some(text.trim().parse().unwrap_or(i64::MIN)),
            None if is_digits(text.trim()) => Some(text.trim().parse().unwrap_or(i64::MAX)),
            _ => None,
        })
    }

    /// Nothing where it is null.
    fn of_json(value: Value) -> Option<Self> {
        match value {
            Value::Null => None,
            Value::String(text) => Some(Self::of_text(&text)),
            value => Some(Self(value.as_i64().or_else(|| value.as_u64().map(|_| i64::MAX)))),
        }
    }
}

fn text(name: &str, value: Option<Value>) -> Result<Option<String>, Error> {
    match value {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(Error::invalid_syntax(format!("`{name}` must be a text."))),
    }
}

/// A list of names, or names with commas between them.
fn names_of(name: &str, value: Option<Value>) -> Result<Option<String>, Error> {
    let no_names = || Error::invalid_syntax(format!("`{name}` must be a list of names of attributes."));
    match value {
        Some(Value::Array(names)) => {
            let names: Option<Vec<&str>> = names.iter().map(Value::as_str).collect();
            Ok(Some(names.ok_or_else(no_names)?.join(",")))
        }
        Some(Value::Object(_) | Value::Bool(_) | Value::Number(_)) => Err(no_names()),
        value => text(name, value),
    }
}

#[cfg(test)]
mod tests;
