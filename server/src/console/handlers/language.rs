//! The language of the pages, which anybody may choose.

use super::super::page::{Trouble, own_address, to, with_cookie};
use super::super::texts::Texts;
use super::super::visit::Visit;
use crate::http::QueryString;
use axum::extract::RawQuery;
use axum::response::Response;

/// GET /console/language: nothing but a cookie about the pages changes, so no key is needed.
pub async fn choose(visit: Visit, RawQuery(query): RawQuery) -> Result<Response, Trouble> {
    let query = QueryString::parse(query.as_deref()).map_err(|fault| Trouble::unreadable(&fault, visit.texts))?;
    let language = Texts::of(query.get("language").ok().flatten().unwrap_or_default()).language;
    let next = query.get("next").ok().flatten().unwrap_or_default();
    Ok(with_cookie(to(&own_address(&visit, next)), visit.language_cookie(language)))
}
