//! The beginning: where somebody may go.

use super::super::page::{Frame, html, to};
use super::super::visit::SignedIn;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use rollcall_core::domain::Slug;

#[derive(Debug, Template)]
#[template(path = "home.html")]
struct Home {
    frame: Frame,
    /// Organizations with the path in front of their pages.
    places: Vec<(Slug, String)>,
}

/// GET /console
pub async fn show(signed_in: SignedIn) -> Response {
    let visit = &signed_in.visit;
    let entries = signed_in.credential.entries();
    let is_entered = |slug: &Slug| entries.iter().any(|entry| entry.slug == *slug);
    if visit.slug.as_ref().map_or(entries.len() == 1, is_entered) {
        return to(&format!("{}/console/people", visit.base));
    }
    let places = entries.iter().map(|entry| (entry.slug.clone(), visit.base_of(&entry.slug))).collect();
    html(StatusCode::OK, &Home { frame: Frame::of(&signed_in), places })
}
