//! ProofHub API v3: people, groups, roles, languages and time zones as ProofHub's clients know them.
//!
//! | route | handler |
//! | --- | --- |
//! | GET `/api/v3/people` | [`handlers::people::list`] |
//! | POST `/api/v3/people` | [`handlers::people::create`] |
//! | GET `/api/v3/people/{id}` | [`handlers::people::single`] |
//! | PUT `/api/v3/people/{id}` | [`handlers::people::update`] |
//! | DELETE `/api/v3/people/{id}` | [`handlers::people::delete`] |
//! | GET `/api/v3/groups` | [`handlers::groups::list`] |
//! | POST `/api/v3/groups` | [`handlers::groups::create`] |
//! | GET `/api/v3/groups/{id}` | [`handlers::groups::single`] |
//! | PUT `/api/v3/groups/{id}` | [`handlers::groups::update`] |
//! | DELETE `/api/v3/groups/{id}` | [`handlers::groups::delete`] |
//! | GET `/api/v3/roles` | [`handlers::lists::roles`] |
//! | GET `/api/v3/roles/{id}` | [`handlers::lists::role`] |
//! | GET `/api/v3/languages` | [`handlers::lists::languages`] |
//! | GET `/api/v3/timezones` | [`handlers::lists::timezones`] |
//!
//! The same answers are below `/v3`. Modules: [`caller`] lets clients in, [`params`] reads windows and ids, [`body`] and
//! [`lens`] what is written, [`wire`] writes the objects, [`error`](mod@error) says no; [`zones`] and [`languages`] are the
//! vendor's own lists; [`mod@quick`] answers what is read all day.
//!
//! What every member means is told in `docs/dialects/proofhub.md`.

pub mod body;
pub mod caller;
pub mod error;
pub mod handlers;
pub mod languages;
pub mod lens;
pub mod params;
pub mod quick;
pub mod wire;
pub mod zones;

#[cfg(test)]
mod tests;

use crate::http::room::{as_rendered, method_as_sent};
use crate::http::{Access, Portrait, Rate, Refusal, Room, Routes};
use axum::response::IntoResponse;
use handlers::{groups, lists, people};
use rollcall_core::domain::Scope;
use std::time::Duration;

/// What it neither shows nor takes of a person.
const LACKS: &[&str] = &[
    "external_id",
    "login",
    "display_name",
    "phone",
    "manager",
    "person_type",
    "has_license",
    "archived",
    "description",
    "additional_information",
    "employee_number",
    "department",
];

/// ProofHub's room.
pub static ROOM: Room = Room {
    name: "proofhub",
    claims,
    spell,
    method: method_as_sent,
    rate: Some(Rate::new(25, Duration::from_secs(10))),
    refuse: |refusal: Refusal| error::Error::from(refusal).into_response(),
    headers: &["x-api-key"],
    quick: quick::quick,
    portrait: Some(Portrait { api: "ProofHub", path: quick::path, read: quick::read, lacks: LACKS }),
    finish: as_rendered,
    quirks: &[],
    routes,
};

fn routes() -> Routes {
    let (reads_people, reads_groups) = (Access::Scope(Scope::PeopleRead), Access::Scope(Scope::GroupsRead));
    let (writes_people, writes_groups) = (Access::Scope(Scope::PeopleWrite), Access::Scope(Scope::GroupsWrite));
    Routes::new()
        .get("/api/v3/people", reads_people, people::list)
        .post("/api/v3/people", writes_people, people::create)
        .get("/api/v3/people/{id}", reads_people, people::single)
        .put("/api/v3/people/{id}", writes_people, people::update)
        .delete("/api/v3/people/{id}", writes_people, people::delete)
        .get("/api/v3/groups", reads_groups, groups::list)
        .post("/api/v3/groups", writes_groups, groups::create)
        .get("/api/v3/groups/{id}", reads_groups, groups::single)
        .put("/api/v3/groups/{id}", writes_groups, groups::update)
        .delete("/api/v3/groups/{id}", writes_groups, groups::delete)
        .get("/api/v3/roles", reads_people, lists::roles)
        .get("/api/v3/roles/{id}", reads_people, lists::role)
        .get("/api/v3/languages", reads_people, lists::languages)
        .get("/api/v3/timezones", reads_people, lists::timezones)
}

fn claims(path: &str) -> bool {
    let path = path.strip_prefix("/api").unwrap_or(path);
    path.strip_prefix("/v3").is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Clients are given a base with or without `/api`.
fn spell(path: &str) -> Option<String> {
    path.starts_with("/v3").then(|| format!("/api{path}"))
}
