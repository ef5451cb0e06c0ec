//! Bulk (RFC 7644, section 3.7): many operations in one request, each done whole or not at all, and each by itself.
//!
//! | step | where | makes |
//! | --- | --- | --- |
//! | body → operations | [`request`] | [`Operation`]s in their order, or a refusal before anything is done |
//! | operations → plan | [`plan`], by what [`references`] finds | the order in which what is referred to is there |
//! | plan → results | [`run`](mod@run), each by [`perform`](mod@perform) | one [`Outcome`](response::Outcome) for each operation that was tried |
//! | results → body | [`response`] | them, in the order of the request |
//!
//! An operation may refer to what another one creates by `bulkId:` and that one's `bulkId`, in its path and wherever its
//! data has an id, and may stand before it.

pub mod perform;
pub mod plan;
pub mod references;
pub mod request;
pub mod response;
pub mod run;

#[cfg(test)]
mod tests;

use super::schema::ResourceType;
use axum::http::Method;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// One operation, as it was asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    pub method: Method,
    /// What the client calls the resource until it has an id; every POST has one of its own.
    pub bulk_id: Option<String>,
    /// Below the base: `/Users`, or `/Users/ID`.
    pub path: String,
    /// An entity tag that the resource must still have.
    pub version: Option<String>,
    /// Empty for a DELETE.
    pub data: Map<String, Value>,
    /// The `bulkId`s that it refers to.
    pub references: BTreeSet<String>,
}

/// What a path means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target<'a> {
    /// The endpoint of a type of resources.
    Endpoint(ResourceType),
    /// A resource, by its id.
    Resource(ResourceType, &'a str),
}

impl<'a> Target<'a> {
    /// `None`: no resource is ever there.
    pub fn of(path: &'a str) -> Option<Self> {
        ResourceType::ALL.into_iter().find_map(|kind| match path.strip_prefix(kind.endpoint())? {
            "" => Some(Self::Endpoint(kind)),
            rest => rest.strip_prefix('/').filter(|id| !id.is_empty() && !id.contains('/')).map(|id| Self::Resource(kind, id)),
        })
    }

    pub const fn kind(self) -> ResourceType {
        match self {
            Self::Endpoint(kind) | Self::Resource(kind, _) => kind,
        }
    }
}
