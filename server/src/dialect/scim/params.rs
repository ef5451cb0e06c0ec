//! What a request asks for beside its body: the record in its path, and the attributes that its answer is to show.

use super::error::Error;
use super::projection::Projection;
use super::schema::ResourceSchema;
use crate::http::{AppState, QueryFault, QueryString, named_in_path};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use rollcall_core::domain::{GroupId, PersonId};
use std::fmt::Display;
use std::str::FromStr;

/// The person whose id stands in the path. A text that is no id names nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PersonPath(pub PersonId);

/// The group whose id stands in the path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GroupPath(pub GroupId);

/// The attributes that an answer is to show: `attributes` or `excludedAttributes` of the query string. Every other
/// parameter is ignored, because identity providers put marks of their own there (RFC 7644, section 3.4.2).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    attributes: Option<String>,
    excluded: Option<String>,
}

impl Wanted {
    /// Names with commas between them.
    pub const fn new(attributes: Option<String>, excluded: Option<String>) -> Self {
        Self { attributes, excluded }
    }

    pub fn of(query: &QueryString) -> Result<Self, Error> {
        Ok(Self { attributes: parameter(query, "attributes")?, excluded: parameter(query, "excludedAttributes")? })
    }

    /// What that means for one type of resource.
    pub fn projection(&self, schema: &ResourceSchema) -> Result<Projection, Error> {
        Projection::of_texts(self.attributes.as_deref(), self.excluded.as_deref(), schema)
    }
}

/// The value of a parameter, whose name is read in any case.
pub fn parameter(query: &QueryString, name: &str) -> Result<Option<String>, QueryFault> {
    let spellings: Vec<&str> = query.keys().filter(|key| key.eq_ignore_ascii_case(name)).collect();
    query.get_any(&spellings).map(|text| text.map(str::to_owned))
}

impl FromRequestParts<AppState> for Wanted {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Error> {
        Self::of(&QueryString::parse(parts.uri.query())?)
    }
}

impl FromRequestParts<AppState> for PersonPath {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Error> {
        named(parts).await.map(Self)
    }
}

impl FromRequestParts<AppState> for GroupPath {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Error> {
        named(parts).await.map(Self)
    }
}

async fn named<I: FromStr + Display>(parts: &mut Parts) -> Result<I, Error> {
    named_in_path(parts).await.as_deref().and_then(id).ok_or_else(Error::not_found)
}

/// An id as it is shown, to the letter: other spellings of a uuid are other texts (RFC 7643, section 3.1).
pub fn id<I: FromStr + Display>(text: &str) -> Option<I> {
    text.parse().ok().filter(|id: &I| id.to_string() == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_has_one_spelling() {
        let text = "0198c2a4-7d3e-7000-8000-000000000009";
        assert!(id::<PersonId>(text).is_some());

        for other in [text.to_uppercase(), text.replace('-', ""), format!("{{{text}}}"), "9".to_owned(), String::new()] {
            assert!(id::<PersonId>(&other).is_none(), "{other}");
        }
    }
}
