//! What is written of a group, but for its members, which are changed row by row and never as a list.

#[cfg(test)]
mod tests;

use super::super::schema::{CUSTOM_GROUP, CustomAttribute, ROLLCALL_GROUP};
use super::reference::person_id;
use super::replaced::keep_the_unknown;
use super::{Compared, Fault, Method, custom};
use rollcall_core::directory::{GroupChange, PersonReference};
use rollcall_core::domain::{Change, LongLabel};
use serde_json::{Map, Value};

const RESPONSIBLE: &str = "responsible";

/// What a write of a group is compared with.
#[derive(Clone, Copy, Debug)]
pub struct Before<'a> {
    /// What was shown of it; nothing of one that is to be made.
    pub shown: &'a Map<String, Value>,
    /// What the organization has defined for its groups.
    pub custom: &'a [CustomAttribute],
}

/// The change that leads from what stands to what is written: a whole resource, checked against its schemas. Its members
/// are left as they are.
pub fn change(mut written: Map<String, Value>, method: Method, before: Before<'_>) -> Result<GroupChange, Fault> {
    if method == Method::Replace {
        keep_the_unknown(&mut written, before.shown, &[], &[ROLLCALL_GROUP, CUSTOM_GROUP]);
    }
    let core = Compared::new(&written, before.shown);
    let rollcall = core.object(ROLLCALL_GROUP, "");
    Ok(GroupChange {
        external_id: core.text("externalId")?,
        name: name(core)?,
        description: rollcall.text("description")?,
        email: rollcall.object("email", "email.").text("value")?,
        additional_information: rollcall.text("additionalInformation")?,
        responsible: responsible(rollcall)?,
        custom: custom::changes(core.object(CUSTOM_GROUP, ""), before.custom)?,
        ..GroupChange::default()
    })
}

fn name(core: Compared<'_>) -> Result<Change<LongLabel>, Fault> {
    match core.text("displayName")? {
        Change::Clear => Err(core.fault("displayName", "must not be empty")),
        change => Ok(change),
    }
}

/// Only the id counts: the rest of the object is for reading.
fn responsible(rollcall: Compared<'_>) -> Result<Change<PersonReference>, Fault> {
    let id = |value: &Value| person_id(value).map_err(|reason| Fault::new("responsible.value", reason));
    let written = rollcall.written(RESPONSIBLE).map_or(Ok(None), id)?;
    let shown = rollcall.shown(RESPONSIBLE).map_or(Ok(None), id)?;
    Ok(match written {
        written if written == shown => Change::Keep,
        None => Change::Clear,
        Some(id) => Change::Set(PersonReference::Id(id)),
    })
}
