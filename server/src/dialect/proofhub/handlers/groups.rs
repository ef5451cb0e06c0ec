//! Groups, and the built-in group of everybody in front of them.

use super::super::caller::Caller;
use super::super::error::Error;
use super::super::params::{Part, PathId};
use super::super::wire;
use crate::http::AppState;
use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use rollcall_core::directory::GroupKey;
use rollcall_core::domain::GroupNumber;
use rollcall_core::query::{GroupQuery, Window};

/// GET /api/v3/groups
pub async fn list(caller: Caller, Part(window): Part, State(app): State<AppState>) -> Result<Response, Error> {
    let (shows_everybody, window) = behind_everybody(window);
    let query = GroupQuery { window, with_members: true, ..GroupQuery::default() };
    let page = app.directory.groups(&caller.actor, &query).await?;
    let mut groups = Vec::with_capacity(page.groups.len() + 1);
    if shows_everybody {
        groups.push(wire::Group::everybody(&app.directory.everybody(&caller.actor).await?));
    }
    groups.extend(page.groups.iter().map(|group| wire::Group::new(group, page.members_of(group.number))));
    Ok(Json(groups).into_response())
}

/// GET /api/v3/groups/{id}
pub async fn single(caller: Caller, PathId(id): PathId, State(app): State<AppState>) -> Result<Response, Error> {
    if id == wire::EVERYBODY {
        let people = app.directory.everybody(&caller.actor).await?;
        return Ok(Json(wire::Group::everybody(&people)).into_response());
    }
    let number = GroupNumber::new(id).map_err(|_| Error::not_found())?;
    let found = app.directory.group(&caller.actor, GroupKey::Number(number)).await?;
    Ok(Json(wire::Group::new(&found.group, &found.members)).into_response())
}

/// Whether the group of everybody is in this part of the list, and which part of the other groups is.
fn behind_everybody(window: Window) -> (bool, Window) {
    let shows_everybody = window.offset == 0 && window.limit != Some(0);
    let limit = window.limit.map(|limit| limit - u64::from(shows_everybody));
    (shows_everybody, Window { offset: window.offset.saturating_sub(1), limit })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_the_list_join_without_a_gap() {
        assert_eq!(behind_everybody(Window::everything()), (true, Window::everything()));
        assert_eq!(behind_everybody(Window::new(0, 3)), (true, Window::new(0, 2)));
        assert_eq!(behind_everybody(Window::new(3, 3)), (false, Window::new(2, 3)));
        assert_eq!(behind_everybody(Window::new(1, 3)), (false, Window::new(0, 3)));
        assert_eq!(behind_everybody(Window::new(0, 1)), (true, Window::new(0, 0)));
        assert_eq!(behind_everybody(Window::new(0, 0)), (false, Window::new(0, 0)));
    }
}
