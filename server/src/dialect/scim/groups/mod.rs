//! Groups, asked for and written through SCIM, whatever the request that does it.
//!
//! | file | what it is |
//! | --- | --- |
//! | here | writes: a body, through the lens, to the directory; members as the rows that they are |
//! | [`view`] | reads: what it takes to show groups to a caller |

pub mod view;

pub use view::{GroupView, MEMBERS_ANSWERED_MAX};

use super::body;
use super::caller::{Base, Caller};
use super::error::Error;
use super::filter::bind::Scope;
use super::lens::{self, Method};
use super::patch;
use super::quirks::SKIP_UNKNOWN_MEMBERS;
use super::schema::ResourceSchema;
use super::wire::group::Group;
use super::wire::user::Manager;
use crate::http::{AppState, Cause, Quirk};
use rollcall_core::directory::{
    self, Actor, Catalogue, DirectoryError, FoundGroup, GroupBefore, GroupChange, GroupKey, MemberChange, MemberStep, Precondition, Repeat,
    UnknownMember,
};
use rollcall_core::domain::GroupId;
use rollcall_core::query::WithMembers;
use serde_json::{Map, Value};

/// Makes a group of a body. The answer that is kept for a client that asks again is the id alone, so that it is shown the
/// group as it stands.
pub async fn create(app: &AppState, caller: &Caller, document: Map<String, Value>, repeat: Option<Repeat>) -> Result<GroupId, Error> {
    let actor = caller.actor.clone();
    let lens = move |catalogue: &Catalogue| {
        let schema = ResourceSchema::group(&catalogue.definitions);
        written(document, &schema, Method::Create, &Map::new(), &actor)
    };
    let render = |found: &FoundGroup| found.group.id.to_string().into_bytes();
    let answer = app.directory.create_group(&caller.actor, repeat, directory::GroupView::default(), lens, render).await?;
    let id = str::from_utf8(&answer.body).ok().and_then(|text| text.parse().ok());
    id.ok_or_else(|| Error::failed(Cause::new(DirectoryError::Store("a kept answer is no id of a group".into()))))
}

/// Puts a body in place of a group.
pub async fn replace(
    app: &AppState,
    caller: &Caller,
    key: GroupKey,
    precondition: Precondition,
    document: Map<String, Value>,
) -> Result<(), Error> {
    let (actor, base) = (caller.actor.clone(), caller.base.clone());
    let lens = move |before: &GroupBefore| {
        let schema = ResourceSchema::group(&before.catalogue.definitions);
        written(document, &schema, Method::Replace, &shown(before, &schema, &base), &actor)
    };
    app.directory.update_group(&caller.actor, key, precondition, WithMembers::Nobody, lens).await.map(drop)
}

/// Does the operations of a PATCH to a group. Those on its members become steps over rows, so that nobody is read but who
/// is named.
pub async fn modify(
    app: &AppState,
    caller: &Caller,
    key: GroupKey,
    precondition: Precondition,
    document: Map<String, Value>,
) -> Result<(), Error> {
    let (actor, base) = (caller.actor.clone(), caller.base.clone());
    let operations = patch::operations(document, &|quirk: &Quirk| quirk.applies(&actor))?;
    let lens = move |before: &GroupBefore| {
        let schema = ResourceSchema::group(&before.catalogue.definitions);
        let shown = shown(before, &schema, &base);
        let scope = Scope { schema: &schema, roles: &[], base: &base };
        let (written, steps) = patch::apply_to_group(&operations, scope, shown.clone(), &|quirk: &Quirk| quirk.applies(&actor))?;
        let before = lens::group::Before { shown: &shown, custom: schema.custom() };
        let members = if steps.is_empty() { MemberChange::Keep } else { MemberChange::Steps(steps) };
        Ok::<_, Error>(GroupChange { members, ..lens::group::change(written, Method::Modify, before)? })
    };
    app.directory.update_group(&caller.actor, key, precondition, WithMembers::Nobody, lens).await.map(drop)
}

/// The change that a whole body asks for: the members that it names are all that there are to be.
fn written(
    document: Map<String, Value>,
    schema: &ResourceSchema,
    method: Method,
    shown: &Map<String, Value>,
    actor: &Actor,
) -> Result<GroupChange, Error> {
    let mut written = body::read(document, schema, &|quirk: &Quirk| quirk.applies(actor))?;
    let members = written.remove("members").unwrap_or_default();
    let unknown = if !members.is_null() && SKIP_UNKNOWN_MEMBERS.applies(actor) { UnknownMember::LeftOut } else { UnknownMember::Refused };
    let members = patch::members::listed(&members, schema, unknown)?;
    let change = lens::group::change(written, method, lens::group::Before { shown, custom: schema.custom() })?;
    Ok(GroupChange { members: MemberChange::Steps(vec![MemberStep::Set(members)]), ..change })
}

/// What is shown of a group to a write, without its members.
fn shown(before: &GroupBefore, schema: &ResourceSchema, base: &Base) -> Map<String, Value> {
    let responsible = before.responsible.as_ref().map(|person| Manager { id: person.id, display_name: None });
    Group { group: &before.group, members: &[], responsible, custom: schema.custom() }.members(base).into_map()
}
