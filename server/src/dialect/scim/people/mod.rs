//! People, asked for and written through SCIM, whatever the request that does it: one by one, in bulk, or as `/Me`.
//!
//! | file | what it is |
//! | --- | --- |
//! | here | writes: a body, through the lens, to the directory |
//! | [`view`] | reads: what it takes to show people to a caller |

pub mod view;

pub use view::UserView;

use super::body;
use super::caller::{Base, Caller};
use super::error::Error;
use super::lens::{self, Method};
use super::patch;
use super::schema::ResourceSchema;
use super::wire::user::{Manager, User};
use crate::http::{AppState, Cause, Quirk};
use rollcall_core::directory::{
    Catalogue, DirectoryError, FoundPerson, NewPerson, PersonBefore, PersonKey, PersonUpdate, Precondition, Repeat,
};
use rollcall_core::domain::{PersonChange, PersonId};
use serde_json::{Map, Value};

/// Makes a person of a body. The answer that is kept for a client that asks again is the id alone, so that it is shown
/// the person as it stands.
pub async fn create(app: &AppState, caller: &Caller, document: Map<String, Value>, repeat: Option<Repeat>) -> Result<PersonId, Error> {
    let new = NewPerson { repeat, references: lens::user::references(&document), ..NewPerson::default() };
    let actor = caller.actor.clone();
    let lens = move |catalogue: &Catalogue| {
        let schema = ResourceSchema::user(&catalogue.definitions);
        let written = body::read(document, &schema, &|quirk: &Quirk| quirk.applies(&actor))?;
        let before = lens::user::Before { person: None, shown: &Map::new(), catalogue, custom: schema.custom() };
        Ok::<_, Error>(lens::user::change(written, Method::Create, before)?)
    };
    let render = |found: &FoundPerson| found.person.id.to_string().into_bytes();
    let answer = app.directory.create_person(&caller.actor, new, lens, render).await?;
    let id = str::from_utf8(&answer.body).ok().and_then(|text| text.parse().ok());
    id.ok_or_else(|| Error::failed(Cause::new(DirectoryError::Store("a kept answer is no id of a person".into()))))
}

/// Puts a body in place of a person.
pub async fn replace(
    app: &AppState,
    caller: &Caller,
    key: PersonKey,
    precondition: Precondition,
    document: Map<String, Value>,
) -> Result<(), Error> {
    let update = PersonUpdate { precondition, references: lens::user::references(&document), ..PersonUpdate::default() };
    let (actor, base) = (caller.actor.clone(), caller.base.clone());
    let lens = move |before: &PersonBefore| {
        let schema = ResourceSchema::user(&before.catalogue.definitions);
        let written = body::read(document, &schema, &|quirk: &Quirk| quirk.applies(&actor))?;
        changed(before, &schema, Method::Replace, shown(before, &schema, &base), |_| Ok(written))
    };
    app.directory.update_person(&caller.actor, key, update, lens).await.map(drop)
}

/// Does the operations of a PATCH to a person.
pub async fn modify(
    app: &AppState,
    caller: &Caller,
    key: PersonKey,
    precondition: Precondition,
    document: Map<String, Value>,
) -> Result<(), Error> {
    let update = PersonUpdate { precondition, references: lens::user::references(&document), ..PersonUpdate::default() };
    let operations = patch::operations(document, &|quirk: &Quirk| quirk.applies(&caller.actor))?;
    let (actor, base) = (caller.actor.clone(), caller.base.clone());
    let lens = move |before: &PersonBefore| {
        let schema = ResourceSchema::user(&before.catalogue.definitions);
        changed(before, &schema, Method::Modify, shown(before, &schema, &base), |shown| {
            patch::apply(&operations, &schema, shown, &|quirk: &Quirk| quirk.applies(&actor))
        })
    };
    app.directory.update_person(&caller.actor, key, update, lens).await.map(drop)
}

/// What is shown of a person to a write. Groups are not: they are changed at the groups alone.
fn shown(before: &PersonBefore, schema: &ResourceSchema, base: &Base) -> Map<String, Value> {
    let PersonBefore { person, catalogue, .. } = before;
    let id = person.manager.and_then(|number| catalogue.person_id(number));
    let manager = id.map(|id| Manager { id, display_name: None });
    let user = User { person, places: &[], manager, roles: &catalogue.roles, custom: schema.custom() };
    user.members(base).into_map()
}

/// The change that makes what `write` says of what was shown.
fn changed(
    before: &PersonBefore,
    schema: &ResourceSchema,
    method: Method,
    shown: Map<String, Value>,
    write: impl FnOnce(Map<String, Value>) -> Result<Map<String, Value>, Error>,
) -> Result<PersonChange, Error> {
    let written = write(shown.clone())?;
    let PersonBefore { person, catalogue, .. } = before;
    let before = lens::user::Before { person: Some(person), shown: &shown, catalogue, custom: schema.custom() };
    Ok(lens::user::change(written, method, before)?)
}
