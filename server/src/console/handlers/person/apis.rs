//! The person as each API shows it, side by side.

use super::super::super::page::{Frame, Trouble, html};
use super::super::super::visit::Member;
use super::{Head, found};
use crate::http::AppState;
use askama::Template;
use axum::body::to_bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::Value;

/// A person is a few KiB; what is larger is not for reading.
const BODY_BYTES_MAX: usize = 1024 * 1024;

#[derive(Debug, Template)]
#[template(path = "person_apis.html")]
struct Apis {
    frame: Frame,
    head: Head,
    views: Vec<View>,
}

#[derive(Debug)]
struct View {
    api: &'static str,
    path: String,
    /// `None`: it shows nothing to this role.
    body: Option<String>,
    lacks: &'static [&'static str],
}

/// GET /console/people/{number}/apis
pub async fn show(State(app): State<AppState>, member: Member, Path(number): Path<String>) -> Result<Response, Trouble> {
    let found = found(&app, &member, &number).await?;
    let mut views = Vec::new();
    for portrait in app.rooms.iter().filter_map(|room| room.portrait.as_ref()) {
        let path = (portrait.path)(&found.person);
        let answer = portrait.of(&found.person, &app, member.actor.clone()).await;
        views.push(View { api: portrait.api, path, body: body(answer).await, lacks: portrait.lacks });
    }
    Ok(html(StatusCode::OK, &Apis { frame: Frame::within(&member, "people"), head: Head::of(&member, &found.person, "apis"), views }))
}

/// The JSON of an answer, for people to read.
async fn body(answer: Option<Response>) -> Option<String> {
    let answer = answer.filter(|answer| answer.status().is_success())?;
    let bytes = to_bytes(answer.into_body(), BODY_BYTES_MAX).await.ok()?;
    let value: Value = serde_json::from_slice(&bytes).ok()?;
    serde_json::to_string_pretty(&value).ok()
}
