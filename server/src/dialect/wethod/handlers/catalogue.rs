//! What people refer to: job titles, levels, price lists and roles. Each is as old as its company's last change.

use crate::dialect::wethod::caller::Caller;
use crate::dialect::wethod::error::Error;
use crate::dialect::wethod::params::{Id, ListParams, Params};
use crate::dialect::wethod::wire::{JobTitleDocument, LevelDocument, PriceListDocument, RoleDocument};
use crate::http::{AppState, Conditions, Tag};
use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use rollcall_core::domain::{JobTitleNumber, LevelNumber, PriceListNumber, RoleNumber};
use serde::Serialize;

/// GET /api/job-titles
pub async fn job_titles(
    caller: Caller,
    conditions: Conditions,
    Params(params): Params<ListParams>,
    State(app): State<AppState>,
) -> Result<Response, Error> {
    let tag = current(&caller, &app).await?;
    if let Some(known) = conditions.answer(&tag)? {
        return Ok(known);
    }
    let titles = app.directory.job_titles(&caller.actor).await?;
    Ok(list::<_, JobTitleDocument<'_>>(&titles, params, &tag))
}

/// GET /api/job-titles/{id}
pub async fn job_title(
    caller: Caller,
    conditions: Conditions,
    Id(number): Id<JobTitleNumber>,
    State(app): State<AppState>,
) -> Result<Response, Error> {
    let tag = current(&caller, &app).await?;
    let titles = app.directory.job_titles(&caller.actor).await?;
    one::<_, JobTitleDocument<'_>>(titles.iter().find(|title| title.number == number), &conditions, &tag)
}

/// GET /api/levels
pub async fn levels(
    caller: Caller,
    conditions: Conditions,
    Params(params): Params<ListParams>,
    State(app): State<AppState>,
) -> Result<Response, Error> {
    let tag = current(&caller, &app).await?;
    if let Some(known) = conditions.answer(&tag)? {
        return Ok(known);
    }
    let levels = app.directory.levels(&caller.actor).await?;
    Ok(list::<_, LevelDocument<'_>>(&levels, params, &tag))
}

/// GET /api/levels/{id}
pub async fn level(
    caller: Caller,
    conditions: Conditions,
    Id(number): Id<LevelNumber>,
    State(app): State<AppState>,
) -> Result<Response, Error> {
    let tag = current(&caller, &app).await?;
    let levels = app.directory.levels(&caller.actor).await?;
    one::<_, LevelDocument<'_>>(levels.iter().find(|level| level.number == number), &conditions, &tag)
}

/// GET /api/price-lists
pub async fn price_lists(
    caller: Caller,
    conditions: Conditions,
    Params(params): Params<ListParams>,
    State(app): State<AppState>,
) -> Result<Response, Error> {
    let tag = current(&caller, &app).await?;
    if let Some(known) = conditions.answer(&tag)? {
        return Ok(known);
    }
    let lists = app.directory.price_lists(&caller.actor).await?;
    Ok(list::<_, PriceListDocument<'_>>(&lists, params, &tag))
}

/// GET /api/price-lists/{id}
pub async fn price_list(
    caller: Caller,
    conditions: Conditions,
    Id(number): Id<PriceListNumber>,
    State(app): State<AppState>,
) -> Result<Response, Error> {
    let tag = current(&caller, &app).await?;
    let lists = app.directory.price_lists(&caller.actor).await?;
    one::<_, PriceListDocument<'_>>(lists.iter().find(|list| list.number == number), &conditions, &tag)
}

/// GET /api/roles
pub async fn roles(
    caller: Caller,
    conditions: Conditions,
    Params(params): Params<ListParams>,
    State(app): State<AppState>,
) -> Result<Response, Error> {
    let tag = current(&caller, &app).await?;
    if let Some(known) = conditions.answer(&tag)? {
        return Ok(known);
    }
    let roles = app.directory.roles(&caller.actor).await?;
    Ok(list::<_, RoleDocument<'_>>(&roles, params, &tag))
}

/// GET /api/roles/{id}
pub async fn role(
    caller: Caller,
    conditions: Conditions,
    Id(number): Id<RoleNumber>,
    State(app): State<AppState>,
) -> Result<Response, Error> {
    let tag = current(&caller, &app).await?;
    let roles = app.directory.roles(&caller.actor).await?;
    one::<_, RoleDocument<'_>>(roles.iter().find(|role| role.number == number), &conditions, &tag)
}

/// GET /api/clients
///
/// A people directory keeps no clients; the vendor's command line tries its token here.
pub async fn clients(_: Caller, _: Params<ListParams>) -> Response {
    Json(Vec::<i64>::new()).into_response()
}

/// The tag of the company as it stands before anything is read, so that no answer is older than its tag says.
async fn current(caller: &Caller, app: &AppState) -> Result<Tag, Error> {
    Ok(caller.tag(app.directory.version(&caller.actor).await?))
}

/// The part of a whole list that was asked for.
fn list<'a, T, D: From<&'a T> + Serialize>(items: &'a [T], params: ListParams, tag: &Tag) -> Response {
    let part = params.window().cut(items.iter().collect());
    tag.onto(Json(part.into_iter().map(D::from).collect::<Vec<_>>()).into_response())
}

/// One item, if it is there: only then it can be known already.
fn one<'a, T, D: From<&'a T> + Serialize>(item: Option<&'a T>, conditions: &Conditions, tag: &Tag) -> Result<Response, Error> {
    let item = item.ok_or(Error::NotFound)?;
    let known = conditions.answer(tag)?;
    Ok(known.unwrap_or_else(|| tag.onto(Json(D::from(item)).into_response())))
}
