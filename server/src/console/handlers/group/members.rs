//! People and groups put into a group, and taken out of it.

use super::super::super::form::Form;
use super::super::super::page::{Trouble, to};
use super::super::super::visit::Member;
use super::super::person::typed::somebody;
use super::card::{Typed, card};
use super::found;
use crate::http::AppState;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use rollcall_core::directory::{
    DirectoryError, FoundGroup, GroupChange, GroupKey, GroupView, MemberChange, MemberList, MemberReference, MemberStep, PersonReference,
    Precondition, UnknownMember,
};
use rollcall_core::domain::{GroupId, GroupNumber};
use rollcall_core::query::{Comparison, Filter, GroupQuery, TextField, Window, WithMembers};

/// POST /console/groups/{number}/members
pub async fn add(State(app): State<AppState>, Path(number): Path<String>, form: Form<Member>) -> Result<Response, Trouble> {
    let member = &form.sender;
    let found = found(&app, member, &number).await?;
    let texts = &member.visit.texts.group;
    let mut typed = Typed { person: form.text("person")?, group: form.text("group")?, ..Typed::default() };
    let mut references = Vec::new();
    if !typed.person.is_empty() {
        match somebody(&app, member, typed.person).await? {
            Some(number) => references.push(MemberReference::Person(PersonReference::Number(number))),
            None => typed.person_wrong = Some(texts.person_unknown.to_owned()),
        }
    }
    if !typed.group.is_empty() {
        match group_named(&app, member, typed.group).await? {
            Some(id) => references.push(MemberReference::Group(id)),
            None => typed.group_wrong = Some(texts.group_unknown.to_owned()),
        }
    }
    if typed.person_wrong.is_some() || typed.group_wrong.is_some() {
        return card(&app, member, found, 1, StatusCode::BAD_REQUEST, typed).await;
    }
    match step(&app, member, &found, MemberStep::Add(list(references))).await {
        Ok(()) => Ok(to(&format!("{}/console/groups/{}", member.visit.base, found.group.number))),
        // Two groups may not be inside each other: nothing else can be wrong with members that are there.
        Err(error @ DirectoryError::Invalid { .. }) => {
            typed.group_wrong = Some(error.to_string());
            card(&app, member, found, 1, StatusCode::BAD_REQUEST, typed).await
        }
        Err(error) => Err(Trouble::of(error, member.visit.texts)),
    }
}

/// POST /console/groups/{number}/members/remove
pub async fn remove(State(app): State<AppState>, Path(number): Path<String>, form: Form<Member>) -> Result<Response, Trouble> {
    let member = &form.sender;
    let found = found(&app, member, &number).await?;
    let mut references = Vec::new();
    if let Ok(number) = form.text("person")?.parse() {
        references.push(MemberReference::Person(PersonReference::Number(number)));
    }
    if let Some(id) = group_named(&app, member, form.text("group")?).await? {
        references.push(MemberReference::Group(id));
    }
    step(&app, member, &found, MemberStep::Remove(list(references))).await.map_err(|error| Trouble::of(error, member.visit.texts))?;
    Ok(to(&format!("{}/console/groups/{}", member.visit.base, found.group.number)))
}

fn list(members: Vec<MemberReference>) -> MemberList {
    MemberList { members, unknown: UnknownMember::Refused }
}

async fn step(app: &AppState, member: &Member, found: &FoundGroup, step: MemberStep) -> Result<(), DirectoryError> {
    let change = GroupChange { members: MemberChange::Steps(vec![step]), ..GroupChange::default() };
    let key = GroupKey::Number(found.group.number);
    let lens = move |_: &_| Ok::<_, DirectoryError>(change);
    app.directory.update_group(&member.actor, key, Precondition::default(), WithMembers::Nobody, lens).await.map(drop)
}

/// The group that somebody typed the number or the whole name of; `None` where that is none, or several.
async fn group_named(app: &AppState, member: &Member, typed: &str) -> Result<Option<GroupId>, Trouble> {
    let failed = |error| Trouble::of(error, member.visit.texts);
    if typed.is_empty() {
        return Ok(None);
    }
    if let Ok(number) = typed.parse::<GroupNumber>() {
        return match app.directory.group(&member.actor, GroupKey::Number(number), GroupView::default()).await {
            Ok(found) => Ok(Some(found.group.id)),
            Err(DirectoryError::NotFound) => Ok(None),
            Err(error) => Err(failed(error)),
        };
    }
    let filter = Filter::text(TextField::Name, Comparison::Equal, typed);
    let query = GroupQuery { filter, window: Window::new(0, 2), ..GroupQuery::default() };
    let groups = app.directory.groups(&member.actor, &query).await.map_err(failed)?.groups;
    Ok(if let [only] = groups.as_slice() { Some(only.id) } else { None })
}
