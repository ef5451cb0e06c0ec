//! SCIM 2.0: people and groups as identity providers write them (RFC 7643, RFC 7644, RFC 9865).
//!
//! | module | what it is |
//! | --- | --- |
//! | [`caller`] | who is asking, by `Authorization: Bearer`, and where things are for them |
//! | [`media`] | `application/scim+json`, in and out |
//! | [`limits`] | how much one request may ask, once for what is kept and what is announced |
//! | [`schema`] | which attributes there are, and the characteristics of each: the table behind everything |
//! | [`quirks`] | what is otherwise for tokens that are set so |
//! | [`error`](mod@error) | the error object, the same everywhere |
//! | [`filter`] | the language of `filter` and of PATCH's `path` |
//! | [`patch`] | PATCH: operations on a resource, all or none |
//!
//! What is supported, clause by clause, is told in `docs/dialects/scim.md`.

pub mod caller;
pub mod error;
pub mod filter;
pub mod limits;
pub mod media;
pub mod patch;
pub mod quirks;
pub mod schema;

#[cfg(test)]
mod tests;

use crate::http::room::{as_rendered, method_as_sent, one_spelling};
use crate::http::{Refusal, Room, Routes};
use axum::response::IntoResponse;

/// What stands in front of every path of this API, behind the organization if there is one.
pub const BASE: &str = "/scim/v2";

/// SCIM's room.
pub static ROOM: Room = Room {
    name: "scim",
    claims,
    spell: one_spelling,
    method: method_as_sent,
    rate: None,
    refuse: |refusal: Refusal| error::Error::from(refusal).into_response(),
    finish: as_rendered,
    quirks: quirks::ALL,
    routes,
};

fn routes() -> Routes {
    Routes::new()
}

/// Everything below `/scim`, so that a client of another version is refused in SCIM's shape.
fn claims(path: &str) -> bool {
    path.strip_prefix("/scim").is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
