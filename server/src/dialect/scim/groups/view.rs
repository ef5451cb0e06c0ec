//! What it takes to show groups to one caller, read once for all of them.

use super::super::caller::Caller;
use super::super::error::Error;
use super::super::params::Wanted;
use super::super::projection::Projection;
use super::super::resource::Resource;
use super::super::schema::{ResourceSchema, ResourceType};
use super::super::wire::group::{Group, resource};
use super::super::wire::user::Manager;
use crate::http::AppState;
use rollcall_core::directory::{DirectoryError, ListedGroup};
use rollcall_core::domain::{GroupId, Name};
use rollcall_core::query::{Filter, GroupQuery, IdField, Window, WithMembers};

/// Members of a group that the answer to a PATCH shows without being asked for them. A client that adds one to many
/// thousands does not want them all back.
pub const MEMBERS_ANSWERED_MAX: u64 = 1000;

/// What it takes to show groups to one caller.
#[derive(Clone, Debug)]
pub struct GroupView {
    pub schema: ResourceSchema,
    pub projection: Projection,
}

impl GroupView {
    pub async fn of(app: &AppState, caller: &Caller, wanted: &Wanted) -> Result<Self, Error> {
        let schema = ResourceSchema::of(&app.directory, &caller.actor, ResourceType::Group).await?;
        let projection = wanted.projection(&schema)?;
        Ok(Self { schema, projection })
    }

    /// The members that have to be read: none where none is shown.
    pub fn members(&self) -> WithMembers {
        let members = self.schema.core().attribute("members");
        let are_shown = members.is_some_and(|members| self.projection.shows(None, members));
        if are_shown { WithMembers::All } else { WithMembers::Nobody }
    }

    /// The members that have to be read for the answer to a PATCH.
    pub fn members_after_patch(&self) -> WithMembers {
        if self.projection == Projection::Usual { WithMembers::AtMost(MEMBERS_ANSWERED_MAX) } else { self.members() }
    }

    /// One group, with these members.
    pub async fn read(&self, app: &AppState, caller: &Caller, id: GroupId, members: WithMembers) -> Result<ListedGroup, Error> {
        let query = GroupQuery { filter: Filter::id(IdField::Id, id.uuid()), window: Window::new(0, 1), members, ..GroupQuery::default() };
        let list = app.directory.list_groups(&caller.actor, &query, false).await?;
        Ok(list.items.into_iter().next().ok_or(DirectoryError::NotFound)?)
    }

    /// A group as the answer shows it.
    pub fn resource(&self, caller: &Caller, listed: &ListedGroup) -> Resource<'_> {
        let ListedGroup { group, members, responsible, version } = listed;
        let responsible = responsible.as_ref();
        let responsible = responsible.map(|named| Manager { id: named.id, display_name: named.display_name.as_ref().map(Name::as_str) });
        let shown = Group { group, members: members.as_deref().unwrap_or_default(), responsible, custom: self.schema.custom() };
        let whole = resource(&shown, &caller.base, caller.tag(*version).to_text());
        Resource::new(&self.schema, self.projection.apply(&self.schema, whole))
    }
}
