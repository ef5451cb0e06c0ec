//! The media type of an answer: the vendor documents three, under which the same JSON stands.

use super::error::Error;
use crate::http::AppState;
use axum::extract::FromRequestParts;
use axum::http::header::{ACCEPT, CONTENT_TYPE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use rollcall_core::directory::DirectoryError;
use serde::Serialize;

/// The media type that a request asks for. JSON unless one of the two texts is asked for rather than it: some clients
/// decode only what is called JSON, so a tie is JSON's, and so is anything that is not offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Media {
    Json,
    PlainText,
    TextJson,
}

impl Media {
    /// The document as an answer of this type.
    pub fn render<T: Serialize>(self, document: &T) -> Result<Response, Error> {
        let body = serde_json::to_vec(document).map_err(|error| DirectoryError::Store(error.into()))?;
        Ok(self.answer(body))
    }

    /// JSON as an answer of this type.
    pub fn answer(self, json: Vec<u8>) -> Response {
        ([(CONTENT_TYPE, self.header())], json).into_response()
    }

    const fn header(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Json => "application/json",
            Self::PlainText => "text/plain; charset=utf-8",
            Self::TextJson => "text/json; charset=utf-8",
        })
    }

    fn asked(headers: &HeaderMap) -> Self {
        let lines = headers.get_all(ACCEPT).into_iter().filter_map(|line| line.to_str().ok());
        let ranges = lines.flat_map(|line| line.split(',')).filter_map(Self::range);
        // Of equally welcome ones JSON, then the one that was written first.
        let best = ranges.enumerate().max_by_key(|(at, (media, weight))| (*weight, *media == Self::Json, std::cmp::Reverse(*at)));
        best.map_or(Self::Json, |(_, (media, _))| media)
    }

    /// One range of an `Accept` header with its weight in thousandths; `None` when nothing offered here is in it.
    fn range(range: &str) -> Option<(Self, u16)> {
        let mut parts = range.split(';').map(str::trim);
        let media = match parts.next()?.to_ascii_lowercase().as_str() {
            "application/json" | "application/*" | "*/*" => Self::Json,
            "text/plain" | "text/*" => Self::PlainText,
            "text/json" => Self::TextJson,
            _ => return None,
        };
        let weight = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
        let thousandths =
            weight.map_or(Some(1.0), |weight| weight.parse::<f32>().ok()).map(|weight| (weight.clamp(0.0, 1.0) * 1000.0) as u16);
        thousandths.filter(|weight| *weight > 0).map(|weight| (media, weight))
    }
}

impl FromRequestParts<AppState> for Media {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Self::Rejection> {
        Ok(Self::asked(&parts.headers))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(accept: &'static str) -> Media {
        Media::asked(&HeaderMap::from_iter([(ACCEPT, HeaderValue::from_static(accept))]))
    }

    #[test]
    fn json_is_what_is_answered_unless_a_text_is_asked_for_rather() {
        assert_eq!(Media::asked(&HeaderMap::new()), Media::Json);
        assert_eq!(asked("application/json, text/plain, */*"), Media::Json);
        assert_eq!(asked("text/plain, */*"), Media::Json);
        assert_eq!(asked("image/png"), Media::Json);
        assert_eq!(asked("text/plain;q=0"), Media::Json);
    }

    #[test]
    fn a_text_that_is_asked_for_is_answered() {
        assert_eq!(asked("text/plain"), Media::PlainText);
        assert_eq!(asked("TEXT/JSON; charset=utf-8"), Media::TextJson);
        assert_eq!(asked("application/json;q=0.5, text/json;q=0.9"), Media::TextJson);
        assert_eq!(asked("text/json, text/plain"), Media::TextJson);
    }
}
