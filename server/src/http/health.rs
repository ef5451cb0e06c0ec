//! `/livez` and `/readyz`: whether the process lives, and whether it can do its work.
//!
//! A room like the others, but no load is shed here: a busy server must not look like a dead one.

use super::refusal::Refusal;
use super::room::{Room, as_rendered, method_as_sent, one_spelling};
use super::route::{Access, Routes};
use super::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// The room of the operator's questions.
pub static ROOM: Room = Room {
    name: "health",
    claims: |path| matches!(path, "/livez" | "/readyz"),
    spell: one_spelling,
    method: method_as_sent,
    rate: None,
    refuse: Refusal::into_response,
    finish: as_rendered,
    quirks: &[],
    routes,
};

fn routes() -> Routes {
    Routes::new().get("/livez", Access::Open, live).get("/readyz", Access::Open, ready)
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
            tracing::error!(%error, "the directory is not ready");
            (StatusCode::SERVICE_UNAVAILABLE, Json(json!({ "status": "not ready", "reason": error.to_string() }))).into_response()
        }
    }
}
