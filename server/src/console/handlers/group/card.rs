//! What a group is, who is responsible for it, and who is in it.

use super::super::super::page::{Frame, Trouble, html};
use super::super::super::visit::Member;
use super::found;
use crate::http::{AppState, QueryString};
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use rollcall_core::directory::{DirectoryError, FoundGroup, GroupKey, GroupView};
use rollcall_core::domain::{GroupNumber, Scope};
use rollcall_core::query::{Direction, OrderField, OrderTerm, PersonQuery, TextField, Window};

/// People on one page.
const PAGE_SIZE: u64 = 50;
/// Groups that are named inside or around one; how many there are in all is said too.
const NESTED_SHOWN_MAX: usize = 100;

#[derive(Debug, Template)]
#[template(path = "group_card.html")]
struct Card<'a> {
    frame: Frame,
    number: i64,
    name: String,
    description: String,
    email: String,
    additional_information: String,
    responsible: Option<Named>,
    custom: Vec<(String, String)>,
    /// `None`: people may not be seen.
    people: Option<People>,
    inside: Nested,
    around: Nested,
    may_edit: bool,
    typed: Typed<'a>,
}

/// A person or a group by its name.
#[derive(Debug)]
struct Named {
    number: i64,
    name: String,
}

/// One page of the people right in it.
#[derive(Debug)]
struct People {
    items: Vec<Named>,
    total: u64,
    previous: Option<u64>,
    next: Option<u64>,
}

/// Groups inside or around it, the first of so many.
#[derive(Debug)]
struct Nested {
    items: Vec<Named>,
    total: usize,
}

/// Who was to be put in last, and what was wrong with that.
#[derive(Clone, Debug, Default)]
pub struct Typed<'a> {
    pub person: &'a str,
    pub person_wrong: Option<String>,
    pub group: &'a str,
    pub group_wrong: Option<String>,
}

/// GET /console/groups/{number}
pub async fn show(
    State(app): State<AppState>,
    member: Member,
    Path(number): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Trouble> {
    let texts = member.visit.texts;
    let query = QueryString::parse(query.as_deref()).map_err(|fault| Trouble::unreadable(&fault, texts))?;
    let page = query.get("page").ok().flatten().and_then(|page| page.parse().ok()).filter(|page| *page > 0).unwrap_or(1_u64);
    let found = found(&app, &member, &number).await?;
    card(&app, &member, found, page, StatusCode::OK, Typed::default()).await
}

/// The page of a group, with what was typed into it last.
pub(super) async fn card(
    app: &AppState,
    member: &Member,
    found: FoundGroup,
    page: u64,
    status: StatusCode,
    typed: Typed<'_>,
) -> Result<Response, Trouble> {
    let failed = |error| Trouble::of(error, member.visit.texts);
    let FoundGroup { group, responsible, .. } = found;
    let sees_people = member.may(Scope::PeopleRead);
    let people = if sees_people { Some(people(app, member, group.number, page).await.map_err(failed)?) } else { None };
    let (inside, around) = nesting(app, member, group.number).await.map_err(failed)?;
    let text = |text: Option<String>| text.unwrap_or_default();
    let card = Card {
        frame: Frame::within(member, "groups"),
        number: group.number.get(),
        name: group.name.to_string(),
        description: text(group.description.as_ref().map(ToString::to_string)),
        email: text(group.email.as_ref().map(ToString::to_string)),
        additional_information: text(group.additional_information.as_ref().map(ToString::to_string)),
        responsible: responsible.filter(|_| sees_people).map(|person| Named { number: person.number.get(), name: person.name() }),
        custom: group.custom.iter().map(|(name, value)| (name.to_string(), value.to_text())).collect(),
        people,
        inside,
        around,
        may_edit: member.may(Scope::GroupsWrite),
        typed,
    };
    Ok(html(status, &card))
}

async fn people(app: &AppState, member: &Member, group: GroupNumber, page: u64) -> Result<People, DirectoryError> {
    let window = Window::page(page, PAGE_SIZE);
    let query = PersonQuery {
        member_of: Some(group),
        order: vec![OrderTerm::new(OrderField::Text(TextField::Name), Direction::Ascending)],
        window,
        ..PersonQuery::default()
    };
    let including = rollcall_core::query::Including { total: true, ..Default::default() };
    let list = app.directory.list_people(&member.actor, &query, including).await?;
    let total = list.total.unwrap_or_default();
    Ok(People {
        total,
        previous: (page > 1).then(|| page - 1),
        next: (window.offset.saturating_add(list.items.len() as u64) < total).then(|| page + 1),
        items: list.items.iter().map(|row| Named { number: row.person.number.get(), name: row.person.name() }).collect(),
    })
}

/// The groups right inside it, and those right around it.
async fn nesting(app: &AppState, member: &Member, group: GroupNumber) -> Result<(Nested, Nested), DirectoryError> {
    let all = app.directory.subgroups(&member.actor).await?;
    let inside = all.iter().filter(|nested| nested.group == group).map(|nested| nested.subgroup).collect();
    let around = all.iter().filter(|nested| nested.subgroup == group).map(|nested| nested.group).collect();
    Ok((named(app, member, inside).await?, named(app, member, around).await?))
}

async fn named(app: &AppState, member: &Member, numbers: Vec<GroupNumber>) -> Result<Nested, DirectoryError> {
    let mut items = Vec::new();
    for number in numbers.iter().take(NESTED_SHOWN_MAX) {
        match app.directory.group(&member.actor, GroupKey::Number(*number), GroupView::default()).await {
            Ok(found) => items.push(Named { number: number.get(), name: found.group.name.to_string() }),
            // Deleted a moment ago.
            Err(DirectoryError::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(Nested { items, total: numbers.len() })
}
