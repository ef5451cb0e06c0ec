//! What it takes to show people to one caller, read once for all of them.

use super::super::caller::Caller;
use super::super::error::Error;
use super::super::params::Wanted;
use super::super::projection::Projection;
use super::super::resource::Resource;
use super::super::schema::{ENTERPRISE_USER, ResourceSchema, ResourceType};
use super::super::wire::user::{Manager, User, resource};
use crate::http::AppState;
use rollcall_core::directory::ListedPerson;
use rollcall_core::domain::{Name, Role, Scope};
use rollcall_core::query::Including;

/// What it takes to show people to one caller.
#[derive(Clone, Debug)]
pub struct UserView {
    pub schema: ResourceSchema,
    pub roles: Vec<Role>,
    pub projection: Projection,
}

impl UserView {
    /// Who may not see people is shown themselves alone, without what the organization has defined for everybody.
    pub async fn of(app: &AppState, caller: &Caller, wanted: &Wanted) -> Result<Self, Error> {
        let (schema, roles) = if caller.actor.scopes().contains(Scope::PeopleRead) {
            let schema = ResourceSchema::of(&app.directory, &caller.actor, ResourceType::User).await?;
            (schema, app.directory.roles(&caller.actor).await?)
        } else {
            (ResourceSchema::user(&[]), app.directory.own_role(&caller.actor).await?.into_iter().collect())
        };
        let projection = wanted.projection(&schema)?;
        Ok(Self { schema, roles, projection })
    }

    /// What has to be read beside the records.
    pub fn including(&self, total: bool) -> Including {
        let shows = |urn: Option<&str>, name: &str| {
            let extension = urn.and_then(|urn| self.schema.extension(urn));
            let attribute = extension.unwrap_or(self.schema.core()).attribute(name);
            attribute.is_some_and(|attribute| self.projection.shows(extension, attribute))
        };
        Including { groups: shows(None, "groups"), manager: shows(Some(ENTERPRISE_USER), "manager"), total }
    }

    /// A person as the answer shows it.
    pub fn resource(&self, caller: &Caller, listed: &ListedPerson) -> Resource<'_> {
        let ListedPerson { person, groups, manager, version } = listed;
        let manager = manager.as_ref();
        let manager = manager.map(|named| Manager { id: named.id, display_name: named.display_name.as_ref().map(Name::as_str) });
        let user = User { person, places: groups, manager, roles: &self.roles, custom: self.schema.custom() };
        let whole = resource(&user, &caller.base, caller.tag(*version).to_text());
        Resource::new(&self.schema, self.projection.apply(&self.schema, whole))
    }
}
