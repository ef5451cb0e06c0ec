//! Wethod REST API: the persons of a company, and what they refer to.
//!
//! | path | permission in Wethod's words |
//! | --- | --- |
//! | `GET /api/persons`, `/api/persons/{id}` | `settings.team` |
//! | `PATCH /api/persons/{id}` | none of its own: the scope to write people |
//! | `GET /api/job-titles`, `/api/job-titles/{id}` | `settings.team` |
//! | `GET /api/levels`, `/api/levels/{id}` | `settings.team` |
//! | `GET /api/price-lists`, `/api/price-lists/{id}` | `settings.team` |
//! | `GET /api/roles`, `/api/roles/{id}` | `settings.team` |
//! | `GET /api/clients` | `settings.team`; always empty |
//!
//! `job_titles` and `price_lists` are the same as with a hyphen. Every request says which company and which version of
//! the API it means, in two headers that [`caller`] reads. What is written of a person goes through [`lens`]. What else
//! under `/api` no other room claims is this room's, to be refused in its shape. What was read into the vendor's silence
//! is in `docs/dialects/wethod.md`.

mod body;
mod caller;
mod error;
mod handlers;
mod lens;
mod params;
mod quick;
#[cfg(test)]
mod tests;
pub mod wire;

use crate::http::room::method_as_sent;
use crate::http::{Access, Portrait, Rate, Refusal, Room, Routes};
use axum::response::IntoResponse;
use error::Error;
use handlers::{catalogue, persons};
use rollcall_core::domain::Scope;
use std::time::Duration;

/// What it neither shows nor takes of a person.
const LACKS: &[&str] = &[
    "external_id",
    "login",
    "display_name",
    "phone",
    "title",
    "person_type",
    "has_license",
    "account",
    "description",
    "additional_information",
    "language",
    "time_zone",
    "initials",
    "photo",
    "profile_color",
    "employee_number",
    "department",
    "projects",
];

/// The room of Wethod.
pub static ROOM: Room = Room {
    name: "wethod",
    claims: |path| path == "/api" || path.starts_with("/api/"),
    spell,
    method: method_as_sent,
    rate: Some(Rate::new(5000, Duration::from_secs(60 * 60))),
    refuse: |refusal: Refusal| Error::from(refusal).into_response(),
    headers: &["wethod-company", "wethod-version"],
    quick: quick::quick,
    portrait: Some(Portrait { api: "Wethod", path: quick::path, read: quick::read, lacks: LACKS }),
    finish: error::finish,
    quirks: &[],
    routes,
};

fn routes() -> Routes {
    let team = Access::Scope(Scope::PeopleRead);
    Routes::new()
        .get("/api/persons", team, persons::list)
        .get("/api/persons/{id}", team, persons::one)
        .patch("/api/persons/{id}", Access::Scope(Scope::PeopleWrite), persons::change)
        .get("/api/job-titles", team, catalogue::job_titles)
        .get("/api/job-titles/{id}", team, catalogue::job_title)
        .get("/api/levels", team, catalogue::levels)
        .get("/api/levels/{id}", team, catalogue::level)
        .get("/api/price-lists", team, catalogue::price_lists)
        .get("/api/price-lists/{id}", team, catalogue::price_list)
        .get("/api/roles", team, catalogue::roles)
        .get("/api/roles/{id}", team, catalogue::role)
        .get("/api/clients", team, catalogue::clients)
}

/// No source says how the vendor joins two words in a path, so both ways are right.
fn spell(path: &str) -> Option<String> {
    let other = [("/api/job_titles", "/api/job-titles"), ("/api/price_lists", "/api/price-lists")];
    let (rest, hyphenated) = other.into_iter().find_map(|(underlined, hyphenated)| Some((path.strip_prefix(underlined)?, hyphenated)))?;
    (rest.is_empty() || rest.starts_with('/')).then(|| format!("{hyphenated}{rest}"))
}
