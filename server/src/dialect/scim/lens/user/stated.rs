//! What has a default and is never absent in the directory: it is shown where it is not at its default, or was said to be.
//! To take it back is to put it at its default.

use super::super::{Compared, Difference, Fault};
use rollcall_core::domain::{Change, Person, PersonChange, PersonType, StatedField};
use serde_json::Value;
use std::collections::BTreeSet;

/// Adds these fields to a change.
pub fn put(rollcall: Compared<'_>, before: Option<&Person>, change: &mut PersonChange) -> Result<(), Fault> {
    let stated = before.map(|person| person.profile.stated.clone()).unwrap_or_default();
    let mut after = stated.clone();
    change.person_type = field(rollcall, "personType", (StatedField::PersonType, PersonType::Organization), &mut after, person_type)?;
    let mut boolean = |name, field_| field(rollcall, name, (field_, false), &mut after, answer);
    change.has_license = boolean("hasLicense", StatedField::HasLicense)?;
    change.send_invite = boolean("sendInvite", StatedField::SendInvite)?;
    change.is_visible_in_people_allocation = boolean("isVisibleInPeopleAllocation", StatedField::IsVisibleInPeopleAllocation)?;
    change.has_timesheet_required = boolean("hasTimesheetRequired", StatedField::HasTimesheetRequired)?;
    if after != stated {
        change.profile.stated = Change::Set(after);
    }
    Ok(())
}

/// One field with its default.
fn field<T: PartialEq>(
    rollcall: Compared<'_>,
    name: &str,
    (field, default): (StatedField, T),
    stated: &mut BTreeSet<StatedField>,
    read: fn(&Value) -> Result<T, String>,
) -> Result<Change<T>, Fault> {
    match rollcall.difference(name) {
        Difference::Same => Ok(Change::Keep),
        Difference::Differs(value) if !value.as_str().is_some_and(|text| text.trim().is_empty()) => {
            let value = read(value).map_err(|reason| rollcall.fault(name, reason))?;
            let _: bool = if value == default { stated.insert(field) } else { stated.remove(&field) };
            Ok(Change::Set(value))
        }
        Difference::Gone | Difference::Differs(_) => {
            stated.remove(&field);
            Ok(Change::Set(default))
        }
    }
}

fn answer(value: &Value) -> Result<bool, String> {
    value.as_bool().ok_or_else(|| "must be true or false".to_owned())
}

fn person_type(value: &Value) -> Result<PersonType, String> {
    let word = value.as_str().ok_or("must be text")?;
    word.parse().map_err(|unknown: rollcall_core::domain::UnknownWord| unknown.to_string())
}
