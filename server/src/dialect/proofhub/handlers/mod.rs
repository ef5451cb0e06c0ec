//! What is done for each route: extract, ask, render.

pub mod groups;
pub mod lists;
pub mod people;

use super::caller::Caller;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use rollcall_core::directory::Answer;
use serde::Serialize;

/// 201 with what was made, or what was made when the same request came first.
fn created(caller: &Caller, answer: Answer) -> Response {
    caller.tag(answer.version).onto((StatusCode::CREATED, json(answer.body)).into_response())
}

/// 200 with bytes that are JSON.
fn json(bytes: Vec<u8>) -> Response {
    ([(CONTENT_TYPE, HeaderValue::from_static("application/json"))], bytes).into_response()
}

/// 204: it was there, and is gone.
fn deleted() -> Response {
    StatusCode::NO_CONTENT.into_response()
}

/// An object as the bytes that are kept for a client that asks again. The objects here hold nothing that JSON has not.
fn rendered(object: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(object).unwrap_or_default()
}
