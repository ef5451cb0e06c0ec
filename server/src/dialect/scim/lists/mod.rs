//! Lists and searches (RFC 7644, sections 3.4.2 and 3.4.3; RFC 9865): one type of resource, or both from the root.
//!
//! | step | where | makes |
//! | --- | --- | --- |
//! | query string or body → what is asked | [`asked`] | an [`Asked`]: filter, order, page and attributes, as texts and numbers |
//! | what is asked → sources | [`source`], with [`strangers`] for what another type alone knows | a [`Source`] for each type: typed filter and order |
//! | a source of users alone → page | [`straight`] | bytes, written from packed records |
//! | sources → page | [`index`] by places, [`walk`] by cursors | the items, how many there are in all, and where it goes on |
//!
//! Without an order resources are in the order of their numbers, users before groups.

pub mod asked;
mod index;
mod source;
mod straight;
mod strangers;
mod walk;

pub use asked::Asked;

use super::caller::Caller;
use super::error::Error;
use super::list_response::ListResponse;
use super::media::Scim;
use super::resource::Resource;
use super::schema::ResourceType;
use crate::http::AppState;
use asked::Page;
use axum::response::{IntoResponse, Response};
use source::{Item, Source};
use std::cmp::Ordering;

/// The resources of these types that are asked for, at this address below the base.
pub async fn answer(app: &AppState, caller: &Caller, kinds: &[ResourceType], endpoint: &str, asked: &Asked) -> Result<Response, Error> {
    let sources = source::all(app, caller, kinds, asked).await?;
    if let [users] = sources.as_slice()
        && let Some(view) = users.written_straight(&asked.page)
    {
        return straight::answer(app, caller, users, view, endpoint, asked).await;
    }
    let shown = |items: &[Item]| -> Vec<Resource<'_>> {
        let resource = |item: &Item| sources.iter().find_map(|source| source.resource(caller, item));
        items.iter().filter_map(resource).collect()
    };
    let list = match &asked.page {
        Page::Index { start, count } => {
            let page = index::page(app, caller, &sources, *start, *count).await?;
            ListResponse::page(page.total, *start, shown(&page.items))
        }
        Page::Cursor { cursor, count } => {
            let question = asked.question(caller, endpoint, *count);
            let page = walk::page(app, caller, &sources, &question, cursor.as_deref()).await?;
            ListResponse::behind_cursor(page.total, page.next, shown(&page.items))
        }
    };
    Ok(Scim(list).into_response())
}

/// Items of several sources in the one order of all of them.
fn merged(sources: &[Source], mut items: Vec<Item>) -> Vec<Item> {
    items.sort_by(|left, right| source::compare(sources, left, right));
    items
}

/// The order of two types where nothing else decides.
fn by_kind(left: ResourceType, right: ResourceType) -> Ordering {
    let place = |kind: ResourceType| ResourceType::ALL.iter().position(|known| *known == kind);
    place(left).cmp(&place(right))
}
