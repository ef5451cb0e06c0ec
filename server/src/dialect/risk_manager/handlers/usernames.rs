//! Usernames.

use super::super::caller::Caller;
use super::super::error::Error;
use super::super::lens::Username;
use super::super::params::Written;
use crate::http::AppState;
use axum::extract::State;
use axum::http::StatusCode;
use rollcall_core::directory::{DirectoryError, PersonBefore, PersonKey, PersonUpdate};

/// POST /api/administration/users
pub async fn give(caller: Caller, State(app): State<AppState>, Written { write, .. }: Written<Username>) -> Result<StatusCode, Error> {
    let key = PersonKey::Id(write.person);
    let lens = |before: &PersonBefore| Ok(write.put(&before.person));
    match app.directory.update_person(&caller.actor, key, PersonUpdate::default(), lens).await {
        Ok(_) => Ok(StatusCode::NO_CONTENT),
        Err(DirectoryError::NotFound) => Err(Username::of_nobody().into()),
        Err(error) => Err(error.into()),
    }
}
