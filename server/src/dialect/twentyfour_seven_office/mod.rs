//! 24SevenOffice REST API, version 1: people to read, the organization, and the caller's own profile and licences.
//!
//! | path | scope in 24SevenOffice's words |
//! | --- | --- |
//! | `GET /v1/organization/people` | `api.organization.person:read` |
//! | `GET /v1/organization/people/{id}` | `api.organization.person:read` |
//! | `GET /v1/organization/information` | `api.organization.information:read` |
//! | `GET /v1/me` | a token of an identity |
//! | `GET /v1/me/identifiers`, `/v1/me/identifiers/{id}` | a token of an identity |
//! | `GET /v1/me/licenses`, `/v1/me/licenses/{id}/organization` | a token of an identity |
//! | `POST /oauth/token` | none: it gives tokens out |
//!
//! The vendor's public API writes no people, so nothing here writes any. [`handlers`] answers, [`token`] is the OAuth
//! 2.0 endpoint with error bodies of its own, [`error`] is every other refusal. What each document looks like is in
//! [`wire`]; what was read into the vendor's silence is in `docs/dialects/24sevenoffice.md`.

mod caller;
mod error;
mod handlers;
mod media;
mod params;
mod quick;
#[cfg(test)]
mod tests;
mod token;
pub mod wire;

use crate::http::room::{method_as_sent, one_spelling};
use crate::http::{Access, Portrait, Refusal, Room, Routes};
use axum::response::IntoResponse;
use error::Error;
use rollcall_core::domain::Scope;

/// What it neither shows nor takes of a person.
const LACKS: &[&str] = &[
    "external_id",
    "login",
    "display_name",
    "email",
    "phone",
    "title",
    "manager",
    "role",
    "account",
    "archived",
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

/// The room of 24SevenOffice.
pub static ROOM: Room = Room {
    name: "24sevenoffice",
    claims: |path| path == "/v1" || path.starts_with("/v1/") || path == "/oauth/token",
    spell: one_spelling,
    method: method_as_sent,
    rate: None,
    refuse: |refusal: Refusal| Error::from(refusal).into_response(),
    headers: &[],
    quick: quick::quick,
    portrait: Some(Portrait { api: "24SevenOffice", path: quick::path, read: quick::read, lacks: LACKS }),
    finish: error::finish,
    quirks: &[],
    routes,
};

fn routes() -> Routes {
    let (people, organization) = (Access::Scope(Scope::PeopleRead), Access::Scope(Scope::OrganizationRead));
    Routes::new()
        .get("/v1/organization/people", people, handlers::organization::people)
        .get("/v1/organization/people/{id}", people, handlers::organization::person)
        .get("/v1/organization/information", organization, handlers::organization::information)
        .get("/v1/me", Access::Identity, handlers::me::profile)
        .get("/v1/me/identifiers", Access::Identity, handlers::me::identifiers)
        .get("/v1/me/identifiers/{id}", Access::Identity, handlers::me::identifier)
        .get("/v1/me/licenses", Access::Identity, handlers::me::licenses)
        .get("/v1/me/licenses/{id}/organization", Access::Identity, handlers::me::license_organization)
        .post("/oauth/token", Access::Open, token::grant)
}
