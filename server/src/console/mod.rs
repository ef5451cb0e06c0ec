//! The console: the directory as web pages, for people to look, search and edit.
//!
//! | module | what it is |
//! | --- | --- |
//! | [`visit`] | what a browser brings: where the pages are for it, its language, its session, the key of its forms |
//! | [`form`] | a form that was sent, from one of our own pages |
//! | [`page`] | pages as HTML, what stands around all of them, and what goes wrong with one |
//! | [`oidc`] | signing in with an issuer |
//! | [`texts`] | every word of every page, in each language |
//! | [`assets`] | the style and the script, compiled in |
//! | [`handlers`] | the pages, a file for each part of the console |
//!
//! Pages are askama's templates under `pages/`. All of it works without the script. Nothing comes from elsewhere, and browsers are
//! told so (`Content-Security-Policy`). Below an organization's own path the pages show that organization; without one they show
//! the only one that somebody may enter, or let choose.

mod assets;
mod form;
mod handlers;
mod oidc;
mod page;
mod texts;
mod visit;

pub use handlers::set_up::link as set_up_link;

use crate::http::quick::never;
use crate::http::room::{as_rendered, method_as_sent, one_spelling};
use crate::http::{Access, Refusal, Room, Routes};
use axum::response::Response;
use handlers::{group, groups, home, issuer, language, people, person, sessions, set_up, sign_in};
use rollcall_core::domain::Scope;

/// The room of the web pages.
pub static ROOM: Room = Room {
    name: "console",
    claims: |path| path == "/console" || path.starts_with("/console/"),
    spell: one_spelling,
    method: method_as_sent,
    rate: None,
    refuse,
    headers: &[],
    quick: never,
    portrait: None,
    finish: as_rendered,
    quirks: &[],
    routes,
};

fn routes() -> Routes {
    Routes::new()
        .get("/console", Access::Credential, home::show)
        .get("/console/set-up", Access::Open, set_up::show)
        .post("/console/set-up", Access::Open, set_up::submit)
        .get("/console/sign-in", Access::Open, sign_in::show)
        .post("/console/sign-in", Access::Open, sign_in::submit)
        .get("/console/sign-in/issuer", Access::Open, issuer::leave)
        .get("/console/sign-in/issuer/back", Access::Open, issuer::arrive)
        .post("/console/sign-out", Access::Credential, sign_in::leave)
        .get("/console/language", Access::Open, language::choose)
        .get("/console/sessions", Access::Credential, sessions::list)
        .post("/console/sessions/{id}/end", Access::Credential, sessions::end)
        .get("/console/people", Access::Scope(Scope::PeopleRead), people::list)
        .get("/console/people/new", Access::Scope(Scope::PeopleWrite), person::edit::blank)
        .post("/console/people/new", Access::Scope(Scope::PeopleWrite), person::edit::create)
        .get("/console/people/{number}", Access::Scope(Scope::PeopleRead), person::card::show)
        .get("/console/people/{number}/edit", Access::Scope(Scope::PeopleWrite), person::edit::show)
        .post("/console/people/{number}/edit", Access::Scope(Scope::PeopleWrite), person::edit::submit)
        .get("/console/people/{number}/history", Access::Scope(Scope::OrganizationAdmin), person::history::show)
        .post("/console/people/{number}/history/{sequence}/undo", Access::Scope(Scope::PeopleWrite), person::history::undo)
        .get("/console/people/{number}/apis", Access::Scope(Scope::PeopleRead), person::apis::show)
        .post("/console/people/{number}/delete", Access::Scope(Scope::PeopleWrite), person::bin::delete)
        .post("/console/people/{number}/restore", Access::Scope(Scope::PeopleWrite), person::bin::restore)
        .get("/console/groups", Access::Scope(Scope::GroupsRead), groups::list)
        .get("/console/groups/new", Access::Scope(Scope::GroupsWrite), group::edit::blank)
        .post("/console/groups/new", Access::Scope(Scope::GroupsWrite), group::edit::create)
        .get("/console/groups/{number}", Access::Scope(Scope::GroupsRead), group::card::show)
        .get("/console/groups/{number}/edit", Access::Scope(Scope::GroupsWrite), group::edit::show)
        .post("/console/groups/{number}/edit", Access::Scope(Scope::GroupsWrite), group::edit::submit)
        .post("/console/groups/{number}/members", Access::Scope(Scope::GroupsWrite), group::members::add)
        .post("/console/groups/{number}/members/remove", Access::Scope(Scope::GroupsWrite), group::members::remove)
        .get("/console/groups/{number}/delete", Access::Scope(Scope::GroupsWrite), group::delete::ask)
        .post("/console/groups/{number}/delete", Access::Scope(Scope::GroupsWrite), group::delete::submit)
        .get("/console/assets/{name}", Access::Open, assets::serve)
}

/// A refusal by the front, as a page.
fn refuse(refusal: Refusal) -> Response {
    page::refused(&refusal)
}
