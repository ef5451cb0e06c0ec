//! The style and the script, compiled in. Their addresses hold what they were made of, so browsers may keep them for ever.

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

const STYLE: &str = include_str!("assets/console.css");
const SCRIPT: &str = include_str!("assets/console.js");

/// The names under which the two are served.
#[derive(Debug)]
pub struct Names {
    pub style: String,
    pub script: String,
}

pub static NAMES: LazyLock<Names> =
    LazyLock::new(|| Names { style: format!("{}.css", digest(STYLE)), script: format!("{}.js", digest(SCRIPT)) });

/// GET /console/assets/{name}
pub async fn serve(Path(name): Path<String>) -> Response {
    let (text, kind) = match name {
        name if name == NAMES.style => (STYLE, "text/css; charset=utf-8"),
        name if name == NAMES.script => (SCRIPT, "text/javascript; charset=utf-8"),
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    let headers =
        [(CONTENT_TYPE, HeaderValue::from_static(kind)), (CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"))];
    (headers, text).into_response()
}

fn digest(text: &str) -> String {
    Sha256::digest(text).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
