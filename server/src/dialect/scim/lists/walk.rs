//! Walks by cursor (RFC 9865): each page begins after what the last one ended with, whatever came and went in between.

use super::super::caller::Caller;
use super::super::cursor::Question;
use super::super::error::Error;
use super::super::schema::ResourceType;
use super::source::{Item, Source};
use super::{by_kind, merged};
use crate::http::AppState;
use rollcall_core::query::{Filter, Position, Window};
use std::cmp::Ordering;

/// One page.
#[derive(Debug)]
pub struct WalkedPage {
    pub items: Vec<Item>,
    /// Of the whole list.
    pub total: u64,
    /// The cursor of the next page, if there is one.
    pub next: Option<String>,
}

/// The page after a cursor; without one, the first.
pub async fn page(
    app: &AppState,
    caller: &Caller,
    sources: &[Source],
    question: &Question<'_>,
    cursor: Option<&str>,
) -> Result<WalkedPage, Error> {
    let last: Option<(String, Position)> = match cursor {
        Some(cursor) => Some(question.take(&app.directory, cursor).await?),
        None => None,
    };
    let last = last.as_ref().and_then(|(kind, position)| Some((ResourceType::named(kind)?, position)));
    let mut total = 0;
    for source in sources {
        total += source.read(app, caller, None, Window::new(0, 0), true).await?.total.unwrap_or(0);
    }
    if question.count == 0 {
        return Ok(WalkedPage { items: Vec::new(), total, next: None });
    }
    let mut items = after(app, caller, sources, last, question.count).await?;
    let is_more = items.len() as u64 > question.count;
    items.truncate(usize::try_from(question.count).unwrap_or(usize::MAX));
    let next = match items.last().filter(|_| is_more) {
        Some(item) => give(app, sources, question, item).await?,
        None => None,
    };
    Ok(WalkedPage { items, total, next })
}

/// What comes after a resource: one more than is asked for, if there is one.
async fn after(
    app: &AppState,
    caller: &Caller,
    sources: &[Source],
    last: Option<(ResourceType, &Position)>,
    count: u64,
) -> Result<Vec<Item>, Error> {
    let is_mixed = sources.iter().any(Source::is_ordered);
    let mut items = Vec::new();
    for source in sources {
        if !is_mixed && items.len() as u64 > count {
            break;
        }
        let further = last.map(|(kind, position)| beyond(source, kind, position));
        let part = source.read(app, caller, further, Window::new(0, count.saturating_add(1)), false).await?;
        items.extend(part.items);
    }
    Ok(if sources.len() > 1 { merged(sources, items) } else { items })
}

/// What of a source comes after a resource, which may be of another type.
pub(super) fn beyond(source: &Source, kind: ResourceType, position: &Position) -> Filter {
    match by_kind(source.kind(), kind) {
        Ordering::Equal => source.after(position),
        Ordering::Greater => source.after(&position.among_others(true)),
        Ordering::Less => source.after(&position.among_others(false)),
    }
}

/// Where a list goes on that ends with an item.
async fn give(app: &AppState, sources: &[Source], question: &Question<'_>, item: &Item) -> Result<Option<String>, Error> {
    match sources.iter().find(|source| source.kind() == item.kind()) {
        Some(source) => question.give(&app.directory, (item.kind().as_str(), source.position(item))).await.map(Some),
        None => Ok(None),
    }
}
