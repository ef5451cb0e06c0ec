//! Pages by place (RFC 7644, section 3.4.2.4).

use super::super::caller::Caller;
use super::super::error::{Error, ScimType};
use super::merged;
use super::source::{Item, Source};
use crate::http::AppState;
use rollcall_core::query::Window;

/// How far into a list that is merged of several types a page may reach. Everything in front of it is read for it.
const MERGED_MAX: u64 = 10_000;

/// One page.
#[derive(Debug)]
pub struct IndexPage {
    pub items: Vec<Item>,
    pub total: u64,
}

/// So many resources from this place on, which is counted from 1.
pub async fn page(app: &AppState, caller: &Caller, sources: &[Source], start: u64, count: u64) -> Result<IndexPage, Error> {
    let offset = start.saturating_sub(1);
    if sources.len() > 1 && sources.iter().any(Source::is_ordered) {
        return across(app, caller, sources, offset, count).await;
    }
    let mut page = IndexPage { items: Vec::new(), total: 0 };
    for source in sources {
        let window = Window::new(offset.saturating_sub(page.total), count.saturating_sub(page.items.len() as u64));
        let part = source.read(app, caller, None, window, true).await?;
        page.items.extend(part.items);
        page.total += part.total.unwrap_or(0);
    }
    Ok(page)
}

/// The same where the order of the list mixes the types.
async fn across(app: &AppState, caller: &Caller, sources: &[Source], offset: u64, count: u64) -> Result<IndexPage, Error> {
    let end = offset.saturating_add(count);
    if count > 0 && end > MERGED_MAX {
        let detail = format!("An ordered list of users and groups shows the first {MERGED_MAX} by place. Walk on with a cursor.");
        return Err(Error::bad_request(ScimType::TooMany, detail));
    }
    let window = Window::new(0, if count > 0 { end } else { 0 });
    let mut page = IndexPage { items: Vec::new(), total: 0 };
    for source in sources {
        let part = source.read(app, caller, None, window, true).await?;
        page.items.extend(part.items);
        page.total += part.total.unwrap_or(0);
    }
    page.items = Window::new(offset, count).cut(merged(sources, page.items));
    Ok(page)
}
