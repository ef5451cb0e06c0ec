//! The objects of this API as JSON. Member names and their order are the contract's.
//!
//! Its clients parse strictly, so every text but `image_url` is there even where the directory has none, and every
//! timestamp has exactly the form `2016-09-19T06:17:22+00:00`.

mod person;
mod shown;

pub use person::push_person;
pub use shown::{COLOR_DEFAULT, initials, language, timezone};

use super::zones;
use rollcall_core::domain::{self, PersonNumber};
use serde::Serialize;

/// The id of the built-in group of everybody. Numbers of real groups end at 2147483647, so none can have it, and the
/// contract's own ids of other objects go far beyond it.
pub const EVERYBODY: i64 = 9_000_000_001;

/// A group, with the ids of its members.
#[derive(Debug, Serialize)]
pub struct Group<'a> {
    id: i64,
    name: &'a str,
    assigned: Vec<i64>,
}

/// A role.
#[derive(Debug, Serialize)]
pub struct Role<'a> {
    id: i64,
    name: &'a str,
    default: bool,
}

/// A row of the vendor's list of time zones.
#[derive(Debug, Serialize)]
pub struct Timezone {
    id: u16,
    timezone: &'static str,
    time_diff: &'static str,
}

impl<'a> Group<'a> {
    pub fn new(group: &'a domain::Group, members: &[PersonNumber]) -> Self {
        Self { id: group.number.get(), name: group.name.as_str(), assigned: ids(members) }
    }

    /// The built-in group of everybody.
    pub fn everybody(people: &[PersonNumber]) -> Self {
        Self { id: EVERYBODY, name: "All people", assigned: ids(people) }
    }
}

impl<'a> From<&'a domain::Role> for Role<'a> {
    fn from(role: &'a domain::Role) -> Self {
        Self { id: role.number.get(), name: role.name.as_str(), default: role.is_default }
    }
}

impl From<&zones::Zone> for Timezone {
    fn from(zone: &zones::Zone) -> Self {
        Self { id: zone.id, timezone: zone.label, time_diff: zone.time_diff }
    }
}

fn ids(people: &[PersonNumber]) -> Vec<i64> {
    people.iter().map(|person| person.get()).collect()
}

#[cfg(test)]
mod tests;
