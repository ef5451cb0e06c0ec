//! What the query strings of this API may say. Every fault of a request is reported at once.
//!
//! The parameters beside `limit` and `offset` are the API's filter, so one that is not known is refused: ignoring it
//! would answer everybody to a client that asked for somebody.

mod condition;
mod moment;

use super::error::Error;
use super::wire::FieldFailure;
use crate::http::{AppState, QueryString, named_in_path};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use condition::Condition;
use moment::Moment;
use rollcall_core::query::{Filter, NumberField, PersonQuery, Window};
use std::str::FromStr;

/// The most items of one answer, and how many there are unless fewer are asked for.
const LIMIT_MAX: u64 = 100;

/// The parameters of a request.
#[derive(Debug)]
pub struct Params<P>(pub P);

/// The id at the end of a path. What can be nobody's id is not found, like an id that is nobody's.
#[derive(Debug)]
pub struct Id<T>(pub T);

/// Of every list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListParams {
    limit: u64,
    offset: u64,
}

/// Of the list of persons.
#[derive(Debug, PartialEq)]
pub struct PersonParams {
    list: ListParams,
    filter: Filter,
}

impl ListParams {
    const KNOWN: [&str; 2] = ["limit", "offset"];

    pub const fn window(self) -> Window {
        Window::new(self.offset, self.limit)
    }

    fn read(reader: &mut Reader) -> Self {
        let limit = reader.read("limit", |text| match whole(text) {
            Some(limit @ 1..=LIMIT_MAX) => Ok(limit),
            _ => Err(format!("must be a whole number from 1 to {LIMIT_MAX}")),
        });
        let offset = reader.read("offset", |text| whole(text).ok_or_else(|| "must be a whole number from 0".to_owned()));
        Self { limit: limit.unwrap_or(LIMIT_MAX), offset: offset.unwrap_or(0) }
    }
}

impl PersonParams {
    const KNOWN: [&str; 5] = ["limit", "offset", "updated_at", "job_title_id", "allocation_manager_id"];

    pub fn into_query(self) -> PersonQuery {
        PersonQuery { filter: self.filter, window: self.list.window(), ..PersonQuery::default() }
    }
}

impl TryFrom<QueryString> for ListParams {
    type Error = Error;

    fn try_from(query: QueryString) -> Result<Self, Error> {
        let mut reader = Reader::new(query, &Self::KNOWN);
        let params = Self::read(&mut reader);
        reader.finish(params)
    }
}

impl TryFrom<QueryString> for PersonParams {
    type Error = Error;

    fn try_from(query: QueryString) -> Result<Self, Error> {
        let mut reader = Reader::new(query, &Self::KNOWN);
        let list = ListParams::read(&mut reader);
        let updated_at = reader.read("updated_at", |text| Condition::parse(text, Moment::parse).map(|when| when.filter()));
        let mut number = |name, field| {
            let condition = reader.read(name, |text| Condition::parse(text, integer));
            condition.map_or(Filter::everything(), |condition| condition.filter(field))
        };
        let job_title = number("job_title_id", NumberField::JobTitle);
        let manager = number("allocation_manager_id", NumberField::Manager);
        let filter = updated_at.unwrap_or(Filter::everything()).and(job_title).and(manager);
        reader.finish(Self { list, filter })
    }
}

impl<P: TryFrom<QueryString, Error = Error>> FromRequestParts<AppState> for Params<P> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Error> {
        P::try_from(QueryString::parse(parts.uri.query())?).map(Self)
    }
}

impl<T: FromStr> FromRequestParts<AppState> for Id<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Error> {
        let named = named_in_path(parts).await.and_then(|text| text.parse().ok());
        named.map(Self).ok_or(Error::NotFound)
    }
}

/// Digits alone, as many as the store can count.
fn whole(text: &str) -> Option<u64> {
    let is_plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse::<i64>().ok().filter(|_| is_plain).and_then(|number| u64::try_from(number).ok())
}

fn integer(text: &str) -> Result<i64, String> {
    text.parse().map_err(|_| "must be a whole number".to_owned())
}

/// Reads parameters and collects what is wrong with them.
struct Reader {
    query: QueryString,
    failures: Vec<FieldFailure>,
}

impl Reader {
    fn new(query: QueryString, known: &[&str]) -> Self {
        let message = || format!("is not a parameter here; those are {}", known.join(", "));
        let unknown = query.keys().filter(|key| !known.contains(key));
        let failures = unknown.map(|key| FieldFailure { field: key.to_owned(), message: message() }).collect();
        Self { query, failures }
    }

    fn read<T>(&mut self, name: &str, parse: impl FnOnce(&str) -> Result<T, String>) -> Option<T> {
        let value = match self.query.get(name) {
            Ok(text) => text.map(parse).transpose().map_err(|message| FieldFailure { field: name.to_owned(), message }),
            Err(fault) => Err(FieldFailure::from(fault)),
        };
        value.unwrap_or_else(|failure| {
            self.failures.push(failure);
            None
        })
    }

    fn finish<T>(self, params: T) -> Result<T, Error> {
        if self.failures.is_empty() { Ok(params) } else { Err(Error::InvalidData(self.failures)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rollcall_core::query::Comparison;

    fn read(raw: &str) -> Result<PersonParams, Vec<String>> {
        PersonParams::try_from(QueryString::parse(Some(raw)).expect("a query string")).map_err(|error| match error {
            Error::InvalidData(failures) => failures.into_iter().map(|failure| failure.field).collect(),
            other => panic!("{other:?}"),
        })
    }

    #[test]
    fn a_list_is_a_hundred_from_the_beginning_unless_it_is_said_otherwise() {
        let window = |raw| read(raw).expect("parameters").list.window();

        assert_eq!(window(""), Window::new(0, 100));
        assert_eq!(window("limit=1&offset=200"), Window::new(200, 1));
    }

    #[test]
    fn every_failure_is_reported_at_once() {
        let failures = read("limit=101&offset=-1&updated_at=yesterday&job_title_id=x&allocation_manager_id=&email=a&email=b").unwrap_err();

        assert_eq!(failures, ["email", "email", "limit", "offset", "updated_at", "job_title_id", "allocation_manager_id"]);
    }

    #[test]
    fn a_limit_is_from_1_to_100() {
        for raw in
            ["limit=0", "limit=", "limit=+1", "limit=1.0", "limit=99999999999999999999", "limit=1&limit=2", "offset=9223372036854775808"]
        {
            assert!(read(raw).is_err(), "{raw}");
        }
    }

    #[test]
    fn filters_hold_together() {
        let params = read("job_title_id=3&allocation_manager_id=neq:-1").expect("parameters");

        let title = Filter::number(NumberField::JobTitle, Comparison::Equal, 3);
        let manager = Filter::number(NumberField::Manager, Comparison::Equal, -1).negated();
        assert_eq!(params.filter, title.and(manager));
    }
}
