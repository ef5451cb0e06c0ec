//! What a client writes: a body of JSON, whole and read strictly.

use super::super::error::Error;
use super::super::lens::FromBody;
use super::super::media;
use crate::http::{AppState, body};
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};

/// A write with the bytes that it was read from. Comes last in a handler, after the caller and the path.
#[derive(Clone, Debug)]
pub struct Written<T> {
    pub write: T,
    /// What an idempotency key compares.
    pub bytes: Bytes,
}

impl<T: FromBody> FromRequest<AppState> for Written<T> {
    type Rejection = Error;

    async fn from_request(request: Request, _: &AppState) -> Result<Self, Error> {
        media::check_body(request.headers())?;
        let bytes = body::read(request.into_body()).await?;
        Ok(Self { write: T::from_body(&bytes)?, bytes })
    }
}
