//! Modulo Risk Manager's Web API: people and groups of the Organization module, and the token endpoint.
//!
//! | route | handler |
//! | --- | --- |
//! | GET `/api/Organization/people` | [`handlers::people::list`] |
//! | POST `/api/Organization/people` | [`handlers::people::create`] |
//! | GET `/api/Organization/people/count` | [`handlers::people::count`] |
//! | GET `/api/Organization/people/{id}` | [`handlers::people::single`] |
//! | PUT, DELETE `/api/Organization/people/{id}` | [`handlers::people::edit`], [`handlers::people::delete`] |
//! | GET `/api/Organization/groups` | [`handlers::groups::list`] |
//! | POST `/api/Organization/groups` | [`handlers::groups::create`] |
//! | GET `/api/Organization/groups/{id}` | [`handlers::groups::single`] |
//! | PUT, DELETE `/api/Organization/groups/{id}` | [`handlers::groups::edit`], [`handlers::groups::delete`] |
//! | GET `/api/Organization/groups/{id}/members` | [`handlers::groups::members`] |
//! | POST, DELETE `/api/Organization/groups/{id}/members` | [`handlers::groups::add_members`], [`handlers::groups::remove_members`] |
//! | POST `/api/administration/users` | [`handlers::usernames::give`] |
//! | GET `/api/info/me` | [`handlers::me::person`] |
//! | GET `/api/info/me/privileges` | [`handlers::me::privileges`] |
//! | GET `/api/info/me/profiles` | [`handlers::me::profiles`] |
//! | POST `/APIIntegration/token` | [`handlers::token::grant`] |
//! | GET `/APIIntegration/AuthorizeFeatures` | [`sign_in::show`] |
//! | POST `/APIIntegration/AuthorizeFeatures` | [`sign_in::submit`] |
//!
//! | module | what it is |
//! | --- | --- |
//! | [`caller`] | who is asking, by `Authorization` |
//! | [`media`] | JSON or XML: which of the two a client sends and wants |
//! | [`method`] | the method that a `POST` says it stands for |
//! | [`params`] | what a client asks for: lists, ids, a token |
//! | [`odata`] | the `$filter` and `$orderby` languages |
//! | [`wire`] | the objects as JSON |
//! | [`lens`] | what a client writes, turned into a change |
//! | [`sign_in`] | the page on which people let an application act for them |
//! | [`error`](mod@error) | the error object |
//!
//! What every member and parameter means is told in `docs/dialects/risk-manager.md`.

pub mod caller;
pub mod error;
pub mod handlers;
pub mod lens;
pub mod media;
pub mod method;
pub mod odata;
pub mod params;
pub mod quick;
pub mod sign_in;
pub mod wire;

#[cfg(test)]
mod tests;

use crate::http::room::as_rendered;
use crate::http::{Access, Portrait, Refusal, Room, Routes};
use axum::response::IntoResponse;
use handlers::{groups, me, people, token, usernames};
use rollcall_core::domain::Scope;

/// What it neither shows nor takes of a person.
const LACKS: &[&str] = &[
    "external_id",
    "title",
    "manager",
    "role",
    "person_type",
    "has_license",
    "archived",
    "language",
    "time_zone",
    "initials",
    "photo",
    "profile_color",
    "employee_number",
    "department",
    "projects",
];

/// Risk Manager's room.
pub static ROOM: Room = Room {
    name: "risk-manager",
    claims,
    spell,
    method: method::meant,
    rate: None,
    refuse: |refusal: Refusal| error::Error::from(refusal).into_response(),
    headers: &[],
    quick: quick::quick,
    portrait: Some(Portrait { api: "Risk Manager", path: quick::path, read: quick::read, lacks: LACKS }),
    finish: as_rendered,
    quirks: &[],
    routes,
};

fn routes() -> Routes {
    let (reads_people, reads_groups) = (Access::Scope(Scope::PeopleRead), Access::Scope(Scope::GroupsRead));
    let (writes_people, writes_groups) = (Access::Scope(Scope::PeopleWrite), Access::Scope(Scope::GroupsWrite));
    Routes::new()
        .get("/api/organization/people", reads_people, people::list)
        .post("/api/organization/people", writes_people, people::create)
        .get("/api/organization/people/count", reads_people, people::count)
        .get("/api/organization/people/{id}", reads_people, people::single)
        .put("/api/organization/people/{id}", writes_people, people::edit)
        .delete("/api/organization/people/{id}", writes_people, people::delete)
        .get("/api/organization/groups", reads_groups, groups::list)
        .post("/api/organization/groups", writes_groups, groups::create)
        .get("/api/organization/groups/{id}", reads_groups, groups::single)
        .put("/api/organization/groups/{id}", writes_groups, groups::edit)
        .delete("/api/organization/groups/{id}", writes_groups, groups::delete)
        .get("/api/organization/groups/{id}/members", reads_groups, groups::members)
        .post("/api/organization/groups/{id}/members", writes_groups, groups::add_members)
        .delete("/api/organization/groups/{id}/members", writes_groups, groups::remove_members)
        .post("/api/administration/users", writes_people, usernames::give)
        .get("/api/info/me", Access::Credential, me::person)
        .get("/api/info/me/privileges", Access::Credential, me::privileges)
        .get("/api/info/me/profiles", Access::Credential, me::profiles)
        .post("/apiintegration/token", Access::Open, token::grant)
        .get("/apiintegration/authorizefeatures", Access::Open, sign_in::show)
        .post("/apiintegration/authorizefeatures", Access::Open, sign_in::submit)
}

/// The segments below `/api` that are this API's and no other's.
const MODULES: [&str; 5] = ["organization", "administration", "admin", "info", "objects"];

fn claims(path: &str) -> bool {
    let mut segments = path.split('/').skip(1);
    let first = segments.next().unwrap_or_default();
    if first.eq_ignore_ascii_case("api") {
        return segments.next().is_some_and(|module| MODULES.iter().any(|known| known.eq_ignore_ascii_case(module)));
    }
    first.eq_ignore_ascii_case("apiintegration")
}

/// The product's clients write its words in any case. Ids and names of variables stay as they were sent.
fn spell(path: &str) -> Option<String> {
    let lower = path.to_ascii_lowercase();
    let words: Vec<&str> = lower.split('/').collect();
    let spelled = path.split('/').zip(&words).enumerate().map(|(at, (sent, word))| {
        // Counted from 1, because the path begins with a slash: /api/organization/people/{id}.
        let is_word = match (words.get(2).copied(), at) {
            (_, 0..=2) => true,
            (Some("organization"), 4) => words[3] == "people" && *word == "count",
            (Some("organization" | "info"), _) => true,
            (Some("objects"), _) => false,
            _ => at == 3,
        };
        if is_word { *word } else { sent }
    });
    let spelled = spelled.collect::<Vec<_>>().join("/");
    (spelled != path).then_some(spelled)
}
