//! People: a list to look through, to search and to narrow down.
//!
//! A page begins after a person, or before one, wherever an index has the order of the list: at any depth it costs what the
//! first page costs. What is found by words is ranked, and what no index orders is ordered in memory; these have pages by number.

mod asked;
mod columns;
mod facets;

use super::super::page::{Frame, Trouble, html, with_cookie};
use super::super::visit::{Member, cookie};
use crate::http::{AppState, QueryString};
use askama::Template;
use asked::{Asked, FACETS, Place};
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use columns::{Column, Names};
use facets::{Choices, Counts, Facet, label};
use rollcall_core::directory::{DirectoryError, PersonKey};
use rollcall_core::domain::{AttributeObject, Person, Scope};
use rollcall_core::query::{Direction, Filter, Including, PersonQuery, Window};

/// People on one page: more than fill a screen, fewer than take time to draw.
const PAGE_SIZE: u64 = 50;
const COLUMNS_COOKIE: &str = "rollcall_columns";

#[derive(Debug, Template)]
#[template(path = "people.html")]
struct People<'a> {
    frame: Frame,
    text: &'a str,
    total: u64,
    headings: Vec<Heading>,
    rows: Vec<Row>,
    chips: Vec<Chip>,
    facets: Vec<Facet>,
    choices: Vec<ColumnChoice>,
    /// What the form of the search sends along.
    kept: Vec<(String, String)>,
    /// What the form of the columns sends along.
    kept_beside_columns: Vec<(String, String)>,
    previous: Option<String>,
    next: Option<String>,
    reset: Option<String>,
    may_write: bool,
}

/// The head of a column.
#[derive(Debug)]
struct Heading {
    label: String,
    /// As `aria-sort` has it; nothing where the list is in another order.
    sorted: Option<&'static str>,
    link: Option<String>,
}

/// One person in the list.
#[derive(Debug)]
struct Row {
    number: i64,
    name: String,
    cells: Vec<String>,
}

/// What the list is narrowed down by, and the list without it.
#[derive(Debug)]
struct Chip {
    label: &'static str,
    value: String,
    link: String,
}

#[derive(Debug)]
struct ColumnChoice {
    word: String,
    label: String,
    is_shown: bool,
}

/// GET /console/people
pub async fn list(State(app): State<AppState>, member: Member, headers: HeaderMap, RawQuery(query): RawQuery) -> Result<Response, Trouble> {
    let texts = member.visit.texts;
    let asked = Asked::parse(query.as_deref()).map_err(|fault| Trouble::unreadable(&fault, texts))?;
    let trouble = |error| Trouble::of(error, texts);
    let columns = asked.columns.clone().or_else(|| remembered(&headers)).unwrap_or_else(Column::usual);
    let choices = Choices::read(&app, &member).await.map_err(trouble)?;
    let definitions = app.directory.attribute_definitions(&member.actor, AttributeObject::Person).await.map_err(trouble)?;
    let custom = definitions.into_iter().map(|definition| Column::Custom(definition.name));
    let page = Page::read(&app, &member, &asked).await.map_err(trouble)?;
    let is_counted = asked.text.is_empty() && asked.group().is_none();
    let counts = if is_counted { Counts::read(&app, &member, &asked.filter()).await.map_err(trouble)? } else { None };
    let names = Names { texts, roles: &choices.roles, job_titles: &choices.job_titles };
    let facets = choices.facets(&asked, counts.as_ref(), texts);
    let row = |person: &Person| Row {
        number: person.number.get(),
        name: person.name(),
        cells: columns.iter().map(|column| column.text(person, &names)).collect(),
    };
    let choice = |column: Column| ColumnChoice { word: column.word(), label: column.label(texts), is_shown: columns.contains(&column) };
    let people = People {
        frame: Frame::within(&member, "people"),
        text: &asked.text,
        total: page.total,
        headings: [Column::Name].iter().chain(&columns).map(|column| heading(column, &asked, texts)).collect(),
        rows: page.people.iter().map(row).collect(),
        chips: chips(&asked, &facets, texts),
        facets,
        choices: Column::ALL.into_iter().chain(custom).map(choice).collect(),
        kept: asked.kept_beside(&["q"]),
        kept_beside_columns: asked.kept_beside(&["column", "columns"]),
        previous: page.previous,
        next: page.next,
        may_write: member.may(Scope::PeopleWrite),
        reset: asked.is_narrowed().then(|| asked.but(&FACETS, &[])),
    };
    let response = html(StatusCode::OK, &people);
    Ok(match &asked.columns {
        Some(columns) => {
            let words: Vec<String> = columns.iter().map(Column::word).collect();
            let value: String = form_urlencoded::byte_serialize(words.join(",").as_bytes()).collect();
            with_cookie(response, member.visit.preference_cookie(COLUMNS_COOKIE, &value))
        }
        None => response,
    })
}

/// The columns that this browser chose last.
fn remembered(headers: &HeaderMap) -> Option<Vec<Column>> {
    let query = QueryString::parse(Some(&format!("columns={}", cookie(headers, COLUMNS_COOKIE)?))).ok()?;
    let words = query.get("columns").ok()??.to_owned();
    Some(words.split(',').filter_map(Column::of).collect())
}

fn heading(column: &Column, asked: &Asked, texts: &'static super::super::texts::Texts) -> Heading {
    // What was found by words is in the order of how well it was found.
    let is_ordered = asked.text.is_empty();
    let is_sorted = is_ordered && *column == asked.sort;
    let is_up = asked.direction == Direction::Ascending;
    let next =
        if is_sorted && is_up { vec![("sort", column.word()), ("direction", "down".to_owned())] } else { vec![("sort", column.word())] };
    Heading {
        label: column.label(texts),
        sorted: is_sorted.then_some(if is_up { "ascending" } else { "descending" }),
        link: (is_ordered && column.is_sorted_by()).then(|| asked.but(&["sort", "direction"], &next)),
    }
}

fn chips(asked: &Asked, facets: &[Facet], texts: &'static super::super::texts::Texts) -> Vec<Chip> {
    let chip = |word: &&'static str| {
        let chosen = asked.get(word)?;
        let known = facets.iter().filter(|facet| facet.word == *word).flat_map(|facet| &facet.values).find(|value| value.is_chosen);
        let value = known.map_or_else(|| chosen.to_owned(), |value| value.label.clone());
        Some(Chip { label: label(word, texts), value, link: asked.with(word, None) })
    };
    FACETS.iter().filter_map(chip).collect()
}

/// People of one page, and where the ones beside it begin.
struct Page {
    people: Vec<Person>,
    total: u64,
    previous: Option<String>,
    next: Option<String>,
}

impl Page {
    async fn read(app: &AppState, member: &Member, asked: &Asked) -> Result<Self, DirectoryError> {
        if asked.text.is_empty() && asked.sort.is_walked() {
            Self::walked(app, member, asked).await
        } else {
            Self::numbered(app, member, asked).await
        }
    }

    /// Of what is ranked or ordered in memory, by its number.
    async fn numbered(app: &AppState, member: &Member, asked: &Asked) -> Result<Self, DirectoryError> {
        let window = Window::page(asked.page, PAGE_SIZE);
        let order = asked.sort.order(asked.direction, Place::Start);
        let query = PersonQuery { filter: asked.filter(), member_of: asked.group(), order, window, ..PersonQuery::default() };
        let found = app.directory.search_people(&member.actor, &asked.text, &query).await?;
        let has_more = window.offset + (found.people.len() as u64) < found.total;
        let page = |number: u64| asked.but(&[], &[("page", number.to_string())]);
        Ok(Self {
            previous: (asked.page > 1).then(|| page(asked.page - 1)),
            next: has_more.then(|| page(asked.page + 1)),
            people: found.people,
            total: found.total,
        })
    }

    /// Of what an index has in its order, from a person on.
    async fn walked(app: &AppState, member: &Member, asked: &Asked) -> Result<Self, DirectoryError> {
        let all = PersonQuery { filter: asked.filter(), member_of: asked.group(), window: Window::new(0, 0), ..PersonQuery::default() };
        let (beyond, place) = Self::begins(app, member, asked).await?;
        let query = PersonQuery {
            filter: all.filter.clone().and(beyond),
            order: asked.sort.order(asked.direction, place),
            window: Window::new(0, PAGE_SIZE + 1),
            ..all.clone()
        };
        let mut people = app.directory.people(&member.actor, &query).await?.people;
        let has_more = people.len() as u64 > PAGE_SIZE;
        people.truncate(PAGE_SIZE as usize);
        let is_backwards = matches!(place, Place::Before(_));
        if is_backwards {
            people.reverse();
        }
        let total = app.directory.list_people(&member.actor, &all, Including { total: true, ..Including::default() }).await?.total;
        let link = |key, person: Option<&Person>| person.map(|person| asked.but(&[], &[(key, person.number.to_string())]));
        let has_before = if is_backwards { has_more } else { place != Place::Start };
        let has_after = is_backwards || has_more;
        Ok(Self {
            previous: link("before", people.first()).filter(|_| has_before),
            next: link("after", people.last()).filter(|_| has_after),
            people,
            total: total.unwrap_or(0),
        })
    }

    /// Who is on the page and after it. Where the person is gone that it began after, the list begins anew.
    async fn begins(app: &AppState, member: &Member, asked: &Asked) -> Result<(Filter, Place), DirectoryError> {
        let (Place::After(number) | Place::Before(number)) = asked.place else { return Ok((Filter::everything(), Place::Start)) };
        match app.directory.person(&member.actor, PersonKey::Number(number)).await {
            Ok(found) => Ok((asked.sort.beyond(asked.direction, asked.place, &found.person), asked.place)),
            Err(DirectoryError::NotFound) => Ok((Filter::everything(), Place::Start)),
            Err(error) => Err(error),
        }
    }
}
