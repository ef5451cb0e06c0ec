//! What it takes to show people to one caller, read once for all of them.

use super::super::caller::Caller;
use super::super::error::Error;
use super::super::params::Wanted;
use super::super::projection::Projection;
use super::super::resource::Resource;
use super::super::schema::{ENTERPRISE_USER, ResourceSchema};
use super::super::wire::straight::{Around, UserEncoder};
use super::super::wire::user::{Manager, User, resource};
use crate::http::{AppState, Cause};
use rollcall_core::directory::{ListedPerson, PackedListed, UnreadableRecord, Vocabulary};
use rollcall_core::domain::{Name, Place, Role, Scope};
use rollcall_core::query::Including;
use std::sync::Arc;

/// What it takes to show people to one caller.
#[derive(Clone, Debug)]
pub struct UserView {
    pub schema: ResourceSchema,
    pub projection: Projection,
    vocabulary: Arc<Vocabulary>,
    /// `None` where the projection takes attributes apart.
    encoder: Option<Box<UserEncoder>>,
}

impl UserView {
    /// Who may not see people is shown themselves alone, without what the organization has defined for everybody.
    pub async fn of(app: &AppState, caller: &Caller, wanted: &Wanted) -> Result<Self, Error> {
        let vocabulary = if caller.actor.scopes().contains(Scope::PeopleRead) {
            app.directory.vocabulary(&caller.actor).await?
        } else {
            let roles = app.directory.own_role(&caller.actor).await?.into_iter().collect();
            Arc::new(Vocabulary { roles, definitions: Vec::new() })
        };
        let schema = ResourceSchema::user(&vocabulary.definitions);
        let projection = wanted.projection(&schema)?;
        let encoder = UserEncoder::new(caller, &schema, &vocabulary.roles, &projection).map(Box::new);
        Ok(Self { schema, projection, vocabulary, encoder })
    }

    /// The organization's roles, as far as the caller may see them.
    pub fn roles(&self) -> &[Role] {
        &self.vocabulary.roles
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

    /// Appends a person as the answer shows it.
    pub fn push(&self, bytes: &mut Vec<u8>, caller: &Caller, listed: PackedListed<'_>) -> Result<(), Error> {
        let PackedListed { person, groups, manager, version } = listed;
        let pushed = match &self.encoder {
            Some(encoder) => encoder.push(bytes, &person, Around { places: groups, manager, version }),
            None => self.push_resource(bytes, caller, listed),
        };
        pushed.map_err(|unreadable| Error::failed(Cause::new(unreadable)))
    }

    fn push_resource(&self, bytes: &mut Vec<u8>, caller: &Caller, listed: PackedListed<'_>) -> Result<(), UnreadableRecord> {
        let person = listed.person.unpacked()?;
        let places: Vec<Place> = listed.groups.iter().cloned().collect();
        let name = listed.manager.and_then(|manager| manager.display_name_text());
        let manager = match listed.manager {
            Some(manager) => Some(Manager { id: manager.person_id().ok_or(UnreadableRecord)?, display_name: name.as_deref() }),
            None => None,
        };
        let user = User { person: &person, places: &places, manager, roles: self.roles(), custom: self.schema.custom() };
        let whole = resource(&user, &caller.base, caller.tag(listed.version).to_text());
        // Writing JSON into bytes cannot fail.
        let _ = serde_json::to_writer(bytes, &Resource::new(&self.schema, self.projection.apply(&self.schema, whole)));
        Ok(())
    }

    /// A person as the answer shows it.
    pub fn resource(&self, caller: &Caller, listed: &ListedPerson) -> Resource<'_> {
        let ListedPerson { person, groups, manager, version } = listed;
        let manager = manager.as_ref();
        let manager = manager.map(|named| Manager { id: named.id, display_name: named.display_name.as_ref().map(Name::as_str) });
        let user = User { person, places: groups, manager, roles: self.roles(), custom: self.schema.custom() };
        let whole = resource(&user, &caller.base, caller.tag(*version).to_text());
        Resource::new(&self.schema, self.projection.apply(&self.schema, whole))
    }
}
