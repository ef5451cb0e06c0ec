//! Groups: a list to look through and to search.

use super::super::page::{Frame, Trouble, html};
use super::super::visit::Member;
use crate::http::{AppState, QueryString};
use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use rollcall_core::directory::ListedGroup;
use rollcall_core::domain::Scope;
use rollcall_core::query::{Direction, Filter, GroupQuery, Match, OrderField, OrderTerm, TextExpression, TextField, Window, WithMembers};

/// Groups on one page: more than fill a screen, fewer than take time to draw.
const PAGE_SIZE: u64 = 50;

#[derive(Debug, Template)]
#[template(path = "groups.html")]
struct Groups<'a> {
    frame: Frame,
    text: &'a str,
    groups: Vec<Row>,
    total: u64,
    previous: Option<u64>,
    next: Option<u64>,
    may_edit: bool,
}

/// One group in the list.
#[derive(Debug)]
struct Row {
    number: i64,
    name: String,
    description: String,
    email: String,
    responsible: String,
}

/// GET /console/groups
pub async fn list(State(app): State<AppState>, member: Member, RawQuery(query): RawQuery) -> Result<Response, Trouble> {
    let texts = member.visit.texts;
    let query = QueryString::parse(query.as_deref()).map_err(|fault| Trouble::unreadable(&fault, texts))?;
    let text = query.get("q").ok().flatten().unwrap_or_default();
    let page = query.get("page").ok().flatten().and_then(|page| page.parse().ok()).filter(|page| *page > 0).unwrap_or(1_u64);
    let window = Window::page(page, PAGE_SIZE);
    let asked = GroupQuery {
        filter: holding(text.trim()),
        order: vec![OrderTerm::new(OrderField::Text(TextField::Name), Direction::Ascending)],
        window,
        members: WithMembers::Nobody,
    };
    let found = app.directory.list_groups(&member.actor, &asked, true).await.map_err(|error| Trouble::of(error, texts))?;
    let total = found.total.unwrap_or_default();
    let groups = Groups {
        frame: Frame::within(&member, "groups"),
        text,
        total,
        previous: (page > 1).then(|| page - 1),
        next: (window.offset.saturating_add(found.items.len() as u64) < total).then(|| page + 1),
        groups: found.items.iter().map(Row::of).collect(),
        may_edit: member.may(Scope::GroupsWrite),
    };
    Ok(html(StatusCode::OK, &groups))
}

/// Groups that have a text in their name, description or e-mail address.
fn holding(text: &str) -> Filter {
    if text.is_empty() {
        return Filter::everything();
    }
    let fields = [TextField::Name, TextField::Description, TextField::Email];
    Filter::Or(fields.into_iter().map(|field| has(field, text)).collect())
}

fn has(field: TextField, text: &str) -> Filter {
    Filter::Match { haystack: TextExpression::Field(field), how: Match::Contains, needle: TextExpression::Literal(text.to_owned()) }
}

impl Row {
    fn of(listed: &ListedGroup) -> Self {
        let group = &listed.group;
        Self {
            number: group.number.get(),
            name: group.name.to_string(),
            description: group.description.as_ref().map(ToString::to_string).unwrap_or_default(),
            email: group.email.as_ref().map(ToString::to_string).unwrap_or_default(),
            responsible: listed.responsible.as_ref().map(|person| person.name.clone()).unwrap_or_default(),
        }
    }
}
