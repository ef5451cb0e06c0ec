//! People: a list to look through and to search.

use super::super::page::{Frame, Trouble, html};
use super::super::visit::Member;
use crate::http::{AppState, QueryString};
use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use rollcall_core::domain::{Person, Scope};
use rollcall_core::query::{PersonQuery, Window};

/// People on one page: more than fill a screen, fewer than take time to draw.
const PAGE_SIZE: u64 = 50;

#[derive(Debug, Template)]
#[template(path = "people.html")]
struct People<'a> {
    frame: Frame,
    text: &'a str,
    people: Vec<Row>,
    total: u64,
    previous: Option<u64>,
    next: Option<u64>,
    may_write: bool,
}

/// One person in the list.
#[derive(Debug)]
struct Row {
    number: i64,
    name: String,
    title: String,
    department: String,
    email: String,
    phone: String,
}

/// GET /console/people
pub async fn list(State(app): State<AppState>, member: Member, RawQuery(query): RawQuery) -> Result<Response, Trouble> {
    let texts = member.visit.texts;
    let query = QueryString::parse(query.as_deref()).map_err(|fault| Trouble::unreadable(&fault, texts))?;
    let text = query.get("q").ok().flatten().unwrap_or_default();
    let page = query.get("page").ok().flatten().and_then(|page| page.parse().ok()).filter(|page| *page > 0).unwrap_or(1_u64);
    let window = Window::page(page, PAGE_SIZE);
    let found = app
        .directory
        .search_people(&member.actor, text, &PersonQuery { window, ..PersonQuery::default() })
        .await
        .map_err(|error| Trouble::of(error, texts))?;
    let people = People {
        frame: Frame::within(&member, "people"),
        text,
        total: found.total,
        previous: (page > 1).then(|| page - 1),
        next: (window.offset + (found.people.len() as u64) < found.total).then(|| page + 1),
        may_write: member.may(Scope::PeopleWrite),
        people: found.people.iter().map(Row::of).collect(),
    };
    Ok(html(StatusCode::OK, &people))
}

impl Row {
    fn of(person: &Person) -> Self {
        fn text(field: Option<&impl ToString>) -> String {
            field.map(ToString::to_string).unwrap_or_default()
        }
        Self {
            number: person.number.get(),
            name: person.name(),
            title: text(person.title.as_ref()),
            department: text(person.department.as_ref()),
            email: text(person.email.as_ref()),
            phone: text(person.phone.as_ref()),
        }
    }
}
