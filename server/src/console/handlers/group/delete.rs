//! A group deleted. It does not come back, so the page asks first.

use super::super::super::form::Form;
use super::super::super::page::{Frame, Trouble, html, to};
use super::super::super::visit::Member;
use super::found;
use crate::http::AppState;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use rollcall_core::directory::{GroupKey, Precondition};

#[derive(Debug, Template)]
#[template(path = "group_delete.html")]
struct Delete {
    frame: Frame,
    number: i64,
    name: String,
}

/// GET /console/groups/{number}/delete
pub async fn ask(State(app): State<AppState>, member: Member, Path(number): Path<String>) -> Result<Response, Trouble> {
    let group = found(&app, &member, &number).await?.group;
    let page = Delete { frame: Frame::within(&member, "groups"), number: group.number.get(), name: group.name.to_string() };
    Ok(html(StatusCode::OK, &page))
}

/// POST /console/groups/{number}/delete
pub async fn submit(State(app): State<AppState>, Path(number): Path<String>, form: Form<Member>) -> Result<Response, Trouble> {
    let member = &form.sender;
    let key = GroupKey::Number(found(&app, member, &number).await?.group.number);
    let deleted = app.directory.delete_group(&member.actor, key, &Precondition::default()).await;
    deleted.map_err(|error| Trouble::of(error, member.visit.texts))?;
    Ok(to(&format!("{}/console/groups", member.visit.base)))
}
