//! SCIM 2.0: people and groups as identity providers write them (RFC 7643, RFC 7644, RFC 9865).
//!
//! | route below `/scim/v2` | handler |
//! | --- | --- |
//! | GET `/ServiceProviderConfig` | [`handlers::discovery::provider_config`] |
//! | GET `/ResourceTypes`, `/ResourceTypes/{id}` | [`handlers::discovery::resource_types`], [`handlers::discovery::resource_type`] |
//! | GET `/Schemas`, `/Schemas/{urn}` | [`handlers::discovery::schemas`], [`handlers::discovery::schema`] |
//! | POST `/Bulk` | [`handlers::bulk`] |
//!
//! | module | what it is |
//! | --- | --- |
//! | [`caller`] | who is asking, by `Authorization: Bearer`, and where things are for them |
//! | [`media`] | `application/scim+json`, in and out |
//! | [`limits`] | how much one request may ask, once for what is kept and what is announced |
//! | [`discovery`] | what the server says of itself |
//! | [`lists`] | filters, orders, pages and cursors, over one type of resource or both |
//! | [`list_response`] | several resources in one answer |
//! | [`body`] | what a client writes of a resource, held against the schemas |
//! | [`projection`] | which attributes an answer shows |
//! | [`resource`] | a resource as an answer shows it |
//! | [`schema`] | which attributes there are, and the characteristics of each: the table behind everything |
//! | [`quirks`] | what is otherwise for tokens that are set so |
//! | [`cursor`] | where a list goes on |
//! | [`error`](mod@error) | the error object, the same everywhere |
//! | [`filter`] | the language of `filter` and of PATCH's `path` |
//! | [`patch`] | PATCH: operations on a resource, all or none |
//! | [`bulk`] | many operations in one request |
//! | [`wire`] | records as resources |
//! | [`lens`] | written resources as changes of records |
//! | [`params`] | what a request asks for beside its body |
//! | [`people`], [`groups`] | people and groups, asked for and written, whatever the request that does it |
//!
//! What is supported, clause by clause, is told in `docs/dialects/scim.md`.

pub mod body;
pub mod bulk;
pub mod caller;
pub mod cursor;
pub mod discovery;
pub mod error;
pub mod filter;
pub mod groups;
pub mod handlers;
pub mod lens;
pub mod limits;
pub mod list_response;
pub mod lists;
pub mod media;
pub mod params;
pub mod patch;
pub mod people;
pub mod projection;
pub mod quick;
pub mod quirks;
pub mod resource;
pub mod schema;
pub mod wire;

#[cfg(test)]
mod tests;

use crate::http::room::{as_rendered, method_as_sent, one_spelling};
use crate::http::{Access, Portrait, Refusal, Room, Routes};
use axum::response::IntoResponse;
use handlers::{discovery as of_itself, groups as of_groups, lists as found, users};
use rollcall_core::domain::Scope;

/// What stands in front of every path of this API, behind the organization if there is one.
pub const BASE: &str = "/scim/v2";

/// What it neither shows nor takes of a person.
const LACKS: &[&str] = &["archived", "projects"];

/// SCIM's room.
pub static ROOM: Room = Room {
    name: "scim",
    claims,
    spell: one_spelling,
    method: method_as_sent,
    rate: None,
    refuse: |refusal: Refusal| error::Error::from(refusal).into_response(),
    headers: &[],
    quick: quick::quick,
    portrait: Some(Portrait { api: "SCIM 2.0", path: quick::path, read: quick::read, lacks: LACKS }),
    finish: as_rendered,
    quirks: quirks::ALL,
    routes,
};

fn routes() -> Routes {
    let (reads_people, writes_people) = (Access::Scope(Scope::PeopleRead), Access::Scope(Scope::PeopleWrite));
    let (reads_groups, writes_groups) = (Access::Scope(Scope::GroupsRead), Access::Scope(Scope::GroupsWrite));
    Routes::new()
        // What the organization has defined is the organization's own, so strangers are told nothing.
        .get("/scim/v2/ServiceProviderConfig", Access::Credential, of_itself::provider_config)
        .get("/scim/v2/ResourceTypes", Access::Credential, of_itself::resource_types)
        .get("/scim/v2/ResourceTypes/{id}", Access::Credential, of_itself::resource_type)
        .get("/scim/v2/Schemas", Access::Credential, of_itself::schemas)
        .get("/scim/v2/Schemas/{urn}", Access::Credential, of_itself::schema)
        // Who may see one type alone is shown that from the root.
        .get("/scim/v2", Access::Credential, found::everything)
        .post("/scim/v2/.search", Access::Credential, found::search_everything)
        .get("/scim/v2/Users", reads_people, found::users)
        .post("/scim/v2/Users/.search", reads_people, found::search_users)
        .post("/scim/v2/Users", writes_people, users::create)
        .get("/scim/v2/Users/{id}", reads_people, users::single)
        .put("/scim/v2/Users/{id}", writes_people, users::replace)
        .patch("/scim/v2/Users/{id}", writes_people, users::modify)
        .delete("/scim/v2/Users/{id}", writes_people, users::delete)
        .get("/scim/v2/Groups", reads_groups, found::groups)
        .post("/scim/v2/Groups/.search", reads_groups, found::search_groups)
        .post("/scim/v2/Groups", writes_groups, of_groups::create)
        .get("/scim/v2/Groups/{id}", reads_groups, of_groups::single)
        .put("/scim/v2/Groups/{id}", writes_groups, of_groups::replace)
        .patch("/scim/v2/Groups/{id}", writes_groups, of_groups::modify)
        .delete("/scim/v2/Groups/{id}", writes_groups, of_groups::delete)
        // Each operation asks for its own scope.
        .post("/scim/v2/Bulk", Access::Credential, handlers::bulk::bulk)
        // Nobody needs a scope to see themselves.
        .get("/scim/v2/Me", Access::Credential, users::me)
        .put("/scim/v2/Me", writes_people, users::replace_me)
        .patch("/scim/v2/Me", writes_people, users::modify_me)
        .delete("/scim/v2/Me", writes_people, users::delete_me)
}

/// Everything below `/scim`, so that a client of another version is refused in SCIM's shape.
fn claims(path: &str) -> bool {
    path.strip_prefix("/scim").is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
