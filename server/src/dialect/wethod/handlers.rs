//! The handlers: extract, ask, render.

use super::caller::Caller;
use super::error::Error;
use super::params::{Id, ListParams, Params, PersonParams};
use super::wire::{JobTitleDocument, LevelDocument, PersonDocument, PriceListDocument, RoleDocument, codes};
use crate::http::AppState;
use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use rollcall_core::directory::PersonKey;
use rollcall_core::domain::{JobTitleNumber, LevelNumber, PersonNumber, PriceListNumber, RoleNumber};
use serde::Serialize;

/// GET /api/persons
pub async fn persons(caller: Caller, Params(params): Params<PersonParams>, State(app): State<AppState>) -> Result<Response, Error> {
    let page = app.directory.people(&caller.actor, &params.into_query()).await?;
    let roles = app.directory.roles(&caller.actor).await?;
    let codes = codes(&roles);
    let persons: Vec<_> = page.people.iter().map(|person| PersonDocument::new(person, &codes)).collect();
    Ok(Json(persons).into_response())
}

/// GET /api/persons/{id}
pub async fn person(caller: Caller, Id(number): Id<PersonNumber>, State(app): State<AppState>) -> Result<Response, Error> {
    let found = app.directory.person(&caller.actor, PersonKey::Number(number)).await?;
    let roles = app.directory.roles(&caller.actor).await?;
    Ok(Json(PersonDocument::new(&found.person, &codes(&roles))).into_response())
}

/// GET /api/job-titles
pub async fn job_titles(caller: Caller, Params(params): Params<ListParams>, State(app): State<AppState>) -> Result<Response, Error> {
    let titles = app.directory.job_titles(&caller.actor).await?;
    Ok(list::<_, JobTitleDocument<'_>>(&titles, params))
}

/// GET /api/job-titles/{id}
pub async fn job_title(caller: Caller, Id(number): Id<JobTitleNumber>, State(app): State<AppState>) -> Result<Response, Error> {
    let titles = app.directory.job_titles(&caller.actor).await?;
    one::<_, JobTitleDocument<'_>>(titles.iter().find(|title| title.number == number))
}

/// GET /api/levels
pub async fn levels(caller: Caller, Params(params): Params<ListParams>, State(app): State<AppState>) -> Result<Response, Error> {
    let levels = app.directory.levels(&caller.actor).await?;
    Ok(list::<_, LevelDocument<'_>>(&levels, params))
}

/// GET /api/levels/{id}
pub async fn level(caller: Caller, Id(number): Id<LevelNumber>, State(app): State<AppState>) -> Result<Response, Error> {
    let levels = app.directory.levels(&caller.actor).await?;
    one::<_, LevelDocument<'_>>(levels.iter().find(|level| level.number == number))
}

/// GET /api/price-lists
pub async fn price_lists(caller: Caller, Params(params): Params<ListParams>, State(app): State<AppState>) -> Result<Response, Error> {
    let lists = app.directory.price_lists(&caller.actor).await?;
    Ok(list::<_, PriceListDocument<'_>>(&lists, params))
}

/// GET /api/price-lists/{id}
pub async fn price_list(caller: Caller, Id(number): Id<PriceListNumber>, State(app): State<AppState>) -> Result<Response, Error> {
    let lists = app.directory.price_lists(&caller.actor).await?;
    one::<_, PriceListDocument<'_>>(lists.iter().find(|list| list.number == number))
}

/// GET /api/roles
pub async fn roles(caller: Caller, Params(params): Params<ListParams>, State(app): State<AppState>) -> Result<Response, Error> {
    let roles = app.directory.roles(&caller.actor).await?;
    Ok(list::<_, RoleDocument<'_>>(&roles, params))
}

/// GET /api/roles/{id}
pub async fn role(caller: Caller, Id(number): Id<RoleNumber>, State(app): State<AppState>) -> Result<Response, Error> {
    let roles = app.directory.roles(&caller.actor).await?;
    one::<_, RoleDocument<'_>>(roles.iter().find(|role| role.number == number))
}

/// GET /api/clients
///
/// A people directory keeps no clients; the vendor's command line tries its token here.
pub async fn clients(_: Caller, _: Params<ListParams>) -> Response {
    Json(Vec::<i64>::new()).into_response()
}

/// The part of a whole list that was asked for.
fn list<'a, T, D: From<&'a T> + Serialize>(items: &'a [T], params: ListParams) -> Response {
    let part = params.window().cut(items.iter().collect());
    Json(part.into_iter().map(D::from).collect::<Vec<_>>()).into_response()
}

fn one<'a, T, D: From<&'a T> + Serialize>(item: Option<&'a T>) -> Result<Response, Error> {
    item.map(|item| Json(D::from(item)).into_response()).ok_or(Error::NotFound)
}
