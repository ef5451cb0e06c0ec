//! Lists of users alone, written from their packed records.

use super::super::caller::Caller;
use super::super::cursor::Question;
use super::super::error::Error;
use super::super::list_response::ListResponse;
use super::super::media::Written;
use super::super::people::UserView;
use super::super::schema::ResourceType;
use super::asked::{Asked, Page};
use super::source::Source;
use super::walk::beyond;
use crate::http::{AppState, Cause};
use axum::response::{IntoResponse, Response};
use rollcall_core::directory::PackedList;
use rollcall_core::query::{Including, Position, Window};

/// The users of a source that are asked for, at this address below the base.
pub async fn answer(
    app: &AppState,
    caller: &Caller,
    users: &Source,
    view: &UserView,
    endpoint: &str,
    asked: &Asked,
) -> Result<Response, Error> {
    match &asked.page {
        Page::Index { start, count } => {
            let query = users.people(None, Window::new(start.saturating_sub(1), *count));
            let list = app.directory.list_packed(&caller.actor, &query, view.including(true)).await?;
            let answer = ListResponse::page(list.total.unwrap_or(0), *start, Vec::new());
            written(&answer, caller, view, &list, list.len())
        }
        Page::Cursor { cursor, count } => {
            walked(app, caller, users, view, &asked.question(caller, endpoint, *count), cursor.as_deref()).await
        }
    }
}

/// The page behind a cursor; without one, the first.
async fn walked(
    app: &AppState,
    caller: &Caller,
    users: &Source,
    view: &UserView,
    question: &Question<'_>,
    cursor: Option<&str>,
) -> Result<Response, Error> {
    let last: Option<(String, Position)> = match cursor {
        Some(cursor) => Some(question.take(&app.directory, cursor).await?),
        None => None,
    };
    let further = last.as_ref().and_then(|(kind, position)| Some(beyond(users, ResourceType::named(kind)?, position)));
    let counted = Including { total: true, ..Including::default() };
    let total = app.directory.list_packed(&caller.actor, &users.people(None, Window::new(0, 0)), counted).await?.total.unwrap_or(0);
    // One more tells whether the list goes on; who asks for none is told nothing.
    let window = Window::new(0, if question.count == 0 { 0 } else { question.count.saturating_add(1) });
    let list = app.directory.list_packed(&caller.actor, &users.people(further, window), view.including(false)).await?;
    let shown = list.len().min(usize::try_from(question.count).unwrap_or(usize::MAX));
    let last = shown.checked_sub(1).and_then(|last| list.iter().nth(last));
    let next = match last.filter(|_| list.len() > shown) {
        Some(last) => {
            let person = last.person.unpacked().map_err(|unreadable| Error::failed(Cause::new(unreadable)))?;
            Some(question.give(&app.directory, (ResourceType::User.as_str(), users.position_of(&person))).await?)
        }
        None => None,
    };
    written(&ListResponse::behind_cursor(total, next, Vec::new()), caller, view, &list, shown)
}

/// The first so many of a list.
fn written(answer: &ListResponse<()>, caller: &Caller, view: &UserView, list: &PackedList, count: usize) -> Result<Response, Error> {
    let mut bytes = answer.beginning(count);
    for (place, listed) in list.iter().take(count).enumerate() {
        if place > 0 {
            bytes.push(b',');
        }
        view.push(&mut bytes, caller, listed)?;
    }
    bytes.extend_from_slice(ListResponse::END);
    Ok(Written(bytes).into_response())
}
