//! To the bin, and back.

use super::super::super::form::Form;
use super::super::super::page::{Frame, Trouble, html, to};
use super::super::super::visit::Member;
use super::{found, name};
use crate::http::AppState;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use rollcall_core::directory::{DirectoryError, PersonKey, Precondition};
use rollcall_core::domain::PersonNumber;

#[derive(Debug, Template)]
#[template(path = "person_deleted.html")]
struct Deleted {
    frame: Frame,
    number: PersonNumber,
    name: String,
}

/// POST /console/people/{number}/delete
pub async fn delete(State(app): State<AppState>, Path(number): Path<String>, form: Form<Member>) -> Result<Response, Trouble> {
    let member = &form.sender;
    let found = found(&app, member, &number).await?;
    let number = found.person.number;
    match app.directory.delete_person(&member.actor, PersonKey::Number(number), &Precondition::default()).await {
        Ok(()) => {
            let page = Deleted { frame: Frame::within(member, "people"), number, name: name(member, &found.person) };
            Ok(html(StatusCode::OK, &page))
        }
        Err(DirectoryError::LastOwner) => Err(Trouble::conflict(&member.visit, member.visit.texts.person.last_owner)),
        Err(error) => Err(Trouble::of(error, member.visit.texts)),
    }
}

/// POST /console/people/{number}/restore
pub async fn restore(State(app): State<AppState>, Path(number): Path<String>, form: Form<Member>) -> Result<Response, Trouble> {
    let member = &form.sender;
    let number: PersonNumber = number.parse().map_err(|_| Trouble::not_found(&member.visit))?;
    app.directory.restore_person(&member.actor, number).await.map_err(|error| Trouble::of(error, member.visit.texts))?;
    Ok(to(&format!("{}/console/people/{number}", member.visit.base)))
}
