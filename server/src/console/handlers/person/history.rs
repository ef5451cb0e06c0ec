//! What has changed of a person, and setting one field back.

use super::super::super::form::Form;
use super::super::super::page::{Frame, Trouble, html, to};
use super::super::super::visit::Member;
use super::{Head, fields, found};
use crate::http::{AppState, QueryString};
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use rollcall_core::directory::{DirectoryError, PersonKey, PersonUpdate, RecordedChange};
use rollcall_core::domain::{Person, PersonChange};
use serde_json::{Map, Value};

/// Changes on the page, the newest ones.
const CHANGES_MAX: usize = 200;
/// Changes that are looked at to find these: a person has few.
const LOOKED_AT_MAX: u64 = 10_000;

#[derive(Debug, Template)]
#[template(path = "person_history.html")]
struct History {
    frame: Frame,
    head: Head,
    notice: Option<(bool, String)>,
    changes: Vec<Shown>,
}

/// One change.
#[derive(Debug)]
struct Shown {
    sequence: i64,
    at: String,
    actor: String,
    through: String,
    what: String,
    fields: Vec<Difference>,
}

/// One field of a change.
#[derive(Debug)]
struct Difference {
    name: String,
    before: String,
    after: String,
    may_undo: bool,
}

/// GET /console/people/{number}/history
pub async fn show(
    State(app): State<AppState>,
    member: Member,
    Path(number): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Trouble> {
    let is_undone = QueryString::parse(query.as_deref()).is_ok_and(|query| query.get("undone").ok().flatten().is_some());
    let found = found(&app, &member, &number).await?;
    let notice = is_undone.then(|| (true, member.visit.texts.person.undone.to_owned()));
    page(&app, &member, &found.person, notice, StatusCode::OK).await
}

/// POST /console/people/{number}/history/{sequence}/undo
pub async fn undo(
    State(app): State<AppState>,
    Path((number, sequence)): Path<(String, String)>,
    form: Form<Member>,
) -> Result<Response, Trouble> {
    let member = &form.sender;
    let found = found(&app, member, &number).await?;
    let name = form.text("field")?;
    let sequence: i64 = sequence.parse().map_err(|_| Trouble::not_found(&member.visit))?;
    let changes = app.directory.history(&member.actor, sequence.saturating_sub(1), Some(found.person.number), 1).await;
    let changes = changes.map_err(|error| Trouble::of(error, member.visit.texts))?;
    let recorded = changes.first().filter(|change| change.sequence == sequence && is_update(change));
    let (Some(recorded), Some(field)) = (recorded, fields::by_name(name)) else { return Err(Trouble::not_found(&member.visit)) };

    let mut change = PersonChange::default();
    let set = (field.set)(&mut change, &said(recorded.before.as_ref(), name));
    let undone = match set {
        Ok(()) => {
            let key = PersonKey::Number(found.person.number);
            let work = app.directory.update_person(&member.actor, key, PersonUpdate::default(), move |_| Ok::<_, DirectoryError>(change));
            work.await.map(drop).map_err(|error| error.to_string())
        }
        Err(reason) => Err(reason),
    };
    match undone {
        Ok(()) => Ok(to(&format!("{}/console/people/{}/history?undone=1", member.visit.base, found.person.number))),
        Err(reason) => {
            let words = format!("{} {reason}", member.visit.texts.person.not_undone);
            page(&app, member, &found.person, Some((false, words)), StatusCode::CONFLICT).await
        }
    }
}

async fn page(
    app: &AppState,
    member: &Member,
    person: &Person,
    notice: Option<(bool, String)>,
    status: StatusCode,
) -> Result<Response, Trouble> {
    let texts = member.visit.texts;
    let changes = app.directory.history(&member.actor, 0, Some(person.number), LOOKED_AT_MAX).await;
    let changes = changes.map_err(|error| Trouble::of(error, texts))?;
    let changes = changes.iter().rev().take(CHANGES_MAX).map(|change| Shown::of(change, member, person)).collect();
    let page = History { frame: Frame::within(member, "people"), head: Head::of(member, person, "history"), notice, changes };
    Ok(html(status, &page))
}

impl Shown {
    fn of(change: &RecordedChange, member: &Member, person: &Person) -> Self {
        let mut names: Vec<&String> = change.before.iter().chain(change.after.iter()).flat_map(Map::keys).collect();
        names.sort();
        names.dedup();
        let fields = names.into_iter().map(|name| Difference {
            name: name.clone(),
            before: said(change.before.as_ref(), name),
            after: said(change.after.as_ref(), name),
            may_undo: is_update(change) && may_undo(change, name, member, person),
        });
        Self {
            sequence: change.sequence,
            at: change.at.to_string(),
            actor: change.actor.clone(),
            through: change.dialect.clone().unwrap_or_else(|| member.visit.texts.person.command_line.to_owned()),
            what: format!("{} {}", change.action, change.subject),
            fields: fields.collect(),
        }
    }
}

fn is_update(change: &RecordedChange) -> bool {
    change.subject == "person" && change.action == "update"
}

/// Whether a field can be set back, and is not already as it was.
fn may_undo(change: &RecordedChange, name: &str, member: &Member, person: &Person) -> bool {
    let may_write = member.may(rollcall_core::domain::Scope::PeopleWrite);
    may_write && fields::by_name(name).is_some_and(|field| (field.get)(person) != said(change.before.as_ref(), name))
}

/// A field as a page says it; absent is empty.
fn said(fields: Option<&Map<String, Value>>, name: &str) -> String {
    match fields.and_then(|fields| fields.get(name)) {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}
