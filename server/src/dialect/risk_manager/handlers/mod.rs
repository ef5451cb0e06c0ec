//! What is done for each route: extract, ask, render.

pub mod groups;
pub mod me;
pub mod people;
pub mod token;
pub mod usernames;

use super::error::Error;
use super::wire;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use rollcall_core::directory::{Answer, DirectoryError, PackedPeople};

/// About what one person takes.
const PERSON_BYTES: usize = 512;

/// The answer to a create, as it was rendered when the record was made.
fn made(answer: Answer) -> Response {
    json(answer.body)
}

/// People of a list.
fn all_of(people: &PackedPeople) -> Result<Response, Error> {
    let mut bytes = Vec::with_capacity(people.len() * PERSON_BYTES);
    wire::push_list(&mut bytes, people).map_err(DirectoryError::from)?;
    Ok(json(bytes))
}

/// 200 with bytes that are JSON.
fn json(bytes: Vec<u8>) -> Response {
    ([(CONTENT_TYPE, "application/json")], bytes).into_response()
}
