//! `/livez`, `/readyz` and `/metrics`: whether the process lives, whether it can do its work, and how much it does.
//!
//! A room like the others, but no load is shed here: a busy server must not look like a dead one.

use super::cause::Cause;
use super::metrics;
use super::quick::never;
use super::refusal::Refusal;
use super::room::{Room, as_rendered, method_as_sent, one_spelling};
use super::route::{Access, Routes};
use super::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use rollcall_core::directory::DirectoryError;
use serde_json::{Value, json};

/// The room of the operator's questions.
pub static ROOM: Room = Room {
    name: "health",
    claims: |path| matches!(path, "/livez" | "/readyz" | "/metrics"),
    spell: one_spelling,
    method: method_as_sent,
    rate: None,
    refuse: Refusal::into_response,
    headers: &[],
    quick: never,
    portrait: None,
    finish: as_rendered,
    quirks: &[],
    routes,
};

fn routes() -> Routes {
    Routes::new().get("/livez", Access::Open, live).get("/readyz", Access::Open, ready).get("/metrics", Access::Open, metrics::show)
}

/// What the store says of it, and not what its driver says.
fn reason(error: &DirectoryError) -> String {
    let source = std::error::Error::source(error);
    source.map_or_else(|| error.to_string(), |source| format!("{error}: {source}"))
}

/// GET /livez
async fn live() -> Json<Value> {
    Json(json!({ "status": "alive" }))
}

/// GET /readyz
async fn ready(State(app): State<AppState>) -> Response {
    match app.directory.is_ready().await {
        Ok(()) => Json(json!({ "status": "ready" })).into_response(),
        Err(error) => {
            let reason = reason(&error);
            let mut response = (StatusCode::SERVICE_UNAVAILABLE, Json(json!({ "status": "not ready", "reason": reason }))).into_response();
            response.extensions_mut().insert(Cause::new(error));
            response
        }
    }
}
