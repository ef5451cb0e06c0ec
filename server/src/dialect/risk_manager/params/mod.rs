//! What a client asks for: pages, filters and orders of lists, and ids in paths.
//!
//! Names of query parameters are compared without case, as the product's own platform does; values are not.

mod grant;
mod written;

pub use grant::{Grant, GrantRequest};
pub use written::Written;

use super::caller::Caller;
use super::error::Error;
use super::odata::{self, Fields};
use crate::http::{AppState, QueryString, named_in_path};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use rollcall_core::directory::DirectoryError;
use rollcall_core::domain::{AttributeObject, Definition, GroupId, PersonId};
use rollcall_core::query::{Filter, GroupQuery, OrderTerm, PersonQuery, Window};
use uuid::Uuid;

/// The contract names them with `$` in addresses and without in its prose.
const FILTER: [&str; 2] = ["$filter", "filter"];
const ORDER: [&str; 2] = ["$orderby", "orderby"];

const PAGE_SIZE_DEFAULT: u64 = 10;
const PAGE_SIZE_MAX: u64 = 1000;

/// The query of a list of people.
#[derive(Clone, Debug, PartialEq)]
pub struct PeopleParams(pub PersonQuery);

/// The query of a list of groups.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupsParams(pub GroupQuery);

/// Which people to count.
#[derive(Clone, Debug, PartialEq)]
pub struct CountParams(pub Filter);

/// The person that a path names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PersonPath(pub PersonId);

/// The group that a path names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GroupPath(pub GroupId);

impl PeopleParams {
    /// What a query string says that names no custom attribute, and has no fault.
    pub fn plain(query: Option<&str>) -> Option<Self> {
        let sent = Sent::parse(query).ok()?;
        if sent.names_attributes().ok()? {
            return None;
        }
        let fields = Fields::PEOPLE.with(&[]);
        sent.query(&fields).ok()
    }
}

impl FromRequestParts<AppState> for PeopleParams {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, Error> {
        let sent = Sent::parse(parts.uri.query())?;
        let attributes = sent.attributes(AttributeObject::Person, parts, app).await?;
        sent.query(&Fields::PEOPLE.with(&attributes))
    }
}

impl FromRequestParts<AppState> for GroupsParams {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, Error> {
        let sent = Sent::parse(parts.uri.query())?;
        let attributes = sent.attributes(AttributeObject::Group, parts, app).await?;
        let fields = Fields::GROUPS.with(&attributes);
        let filter = sent.filter(&fields)?;
        Ok(Self(GroupQuery { filter, order: sent.order(&fields)?, window: sent.window()?, ..GroupQuery::default() }))
    }
}

impl FromRequestParts<AppState> for CountParams {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, Error> {
        let sent = Sent::parse(parts.uri.query())?;
        let attributes = sent.attributes(AttributeObject::Person, parts, app).await?;
        sent.filter(&Fields::PEOPLE.with(&attributes)).map(Self)
    }
}

impl FromRequestParts<AppState> for PersonPath {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Error> {
        id_in_path(parts).await.map(PersonId::new).map(Self)
    }
}

impl FromRequestParts<AppState> for GroupPath {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Error> {
        id_in_path(parts).await.map(GroupId::new).map(Self)
    }
}

/// The query string of a list.
struct Sent(QueryString);

impl Sent {
    fn parse(raw: Option<&str>) -> Result<Self, Error> {
        Ok(Self(QueryString::parse(raw)?))
    }

    /// The custom attributes that the filter and the order may name; read only where one of them does.
    async fn attributes(&self, object: AttributeObject, parts: &mut Parts, app: &AppState) -> Result<Vec<Definition>, Error> {
        if !self.names_attributes()? {
            return Ok(Vec::new());
        }
        // They are the organization's, so it is asked once more who is calling.
        let caller = Caller::from_request_parts(parts, app).await?;
        Ok(app.directory.attribute_definitions(&caller.actor, object).await?)
    }

    fn names_attributes(&self) -> Result<bool, Error> {
        let texts = [self.value(&FILTER)?, self.value(&ORDER)?];
        Ok(texts.into_iter().flatten().any(|text| text.contains(odata::ATTRIBUTES)))
    }

    fn query(&self, fields: &Fields<'_>) -> Result<PeopleParams, Error> {
        let filter = self.filter(fields)?;
        Ok(PeopleParams(PersonQuery { filter, order: self.order(fields)?, window: self.window()?, ..PersonQuery::default() }))
    }

    fn filter(&self, fields: &Fields<'_>) -> Result<Filter, Error> {
        let text = self.value(&FILTER)?.unwrap_or_default();
        odata::filter(text, fields).map_err(|fault| Error::unreadable("invalid_filter", "$filter", &fault))
    }

    fn order(&self, fields: &Fields<'_>) -> Result<Vec<OrderTerm>, Error> {
        let text = self.value(&ORDER)?.unwrap_or_default();
        odata::order(text, fields).map_err(|fault| Error::unreadable("invalid_orderby", "$orderby", &fault))
    }

    fn window(&self) -> Result<Window, Error> {
        let page = self.number("page", "a whole number from 1", 1, u64::MAX)?.unwrap_or(1);
        let size = self.number("page_size", "a whole number from 1 to 1000", 1, PAGE_SIZE_MAX)?;
        Ok(Window::page(page, size.unwrap_or(PAGE_SIZE_DEFAULT)))
    }

    /// A whole number in this range. One too great for the machine is greater than every other.
    fn number(&self, name: &str, takes: &str, least: u64, greatest: u64) -> Result<Option<u64>, Error> {
        let Some(text) = self.value(&[name])? else { return Ok(None) };
        let is_whole = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let number = is_whole.then(|| text.parse().unwrap_or(u64::MAX));
        match number.filter(|number| (least..=greatest).contains(number)) {
            Some(number) => Ok(Some(number)),
            None => Err(Error::out_of_range(name, takes, text)),
        }
    }

    /// The value of a parameter that has these names.
    fn value(&self, names: &[&str]) -> Result<Option<&str>, Error> {
        Ok(self.0.get_where(|key| names.iter().any(|name| name.eq_ignore_ascii_case(key)))?)
    }
}

/// The guid in a path. What is no guid is nobody's id, and so not found.
async fn id_in_path(parts: &mut Parts) -> Result<Uuid, Error> {
    let named = named_in_path(parts).await.and_then(|text| guid(&text));
    named.ok_or_else(|| DirectoryError::NotFound.into())
}

/// A guid as .NET writes one: in any case, with or without braces, with or without hyphens.
pub fn guid(text: &str) -> Option<Uuid> {
    let bare = text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).unwrap_or(text);
    if matches!(bare.len(), 32 | 36) { Uuid::try_parse(bare).ok() } else { None }
}

#[cfg(test)]
mod tests;
