//! What is done for each route: extract, ask, render.

pub mod groups;
pub mod me;
pub mod people;
pub mod token;
pub mod usernames;

use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use rollcall_core::directory::Answer;

/// The answer to a create, as it was rendered when the record was made.
fn made(answer: Answer) -> Response {
    ([(CONTENT_TYPE, "application/json")], answer.body).into_response()
}
