//! What a client writes of a group, and the change that it asks for.

use super::body::{Faults, Members};
use rollcall_core::domain::{Change, Group, LongLabel, PersonNumber};
use serde_json::{Map, Value};

/// The members of a group as a client writes them. A member that is not sent is to be kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GroupWrite {
    pub id: Change<i64>,
    pub name: Change<LongLabel>,
    /// Ascending, each once.
    pub assigned: Change<Vec<PersonNumber>>,
}

impl GroupWrite {
    /// Reads the body of an update: any of the members.
    pub fn read(object: Map<String, Value>) -> Result<Self, Faults> {
        let mut members = Members::new(object);
        let write = Self::take(&mut members);
        members.finish(write)
    }

    /// Reads the body of a creation, which needs a name. An id is passed over: the server gives it.
    pub fn read_new(object: Map<String, Value>) -> Result<Self, Faults> {
        let mut members = Members::new(object);
        members.ignore(&["id"]);
        if !members.holds("name") {
            members.fault("name", "is required");
        }
        let write = Self::take(&mut members);
        members.finish(write)
    }

    fn take(members: &mut Members) -> Self {
        let write = Self {
            id: members.reference("id", "must be the id in the path", Some),
            name: members.text("name"),
            assigned: assigned(members),
        };
        if write.name == Change::Clear {
            members.fault("name", "must not be empty");
        }
        write
    }

    /// What is left to change in a group of these members.
    #[must_use]
    pub fn put(self, group: &Group, members: &[PersonNumber]) -> Self {
        Self {
            name: if self.name == Change::Set(group.name.clone()) { Change::Keep } else { self.name },
            assigned: if matches!(&self.assigned, Change::Set(assigned) if assigned == members) { Change::Keep } else { self.assigned },
            ..self
        }
    }
}

fn assigned(members: &mut Members) -> Change<Vec<PersonNumber>> {
    match members.ids("assigned", |id| PersonNumber::new(id).map(Some).map_err(|_| format!("names nobody: {id}"))) {
        Change::Set(mut people) => {
            people.sort_unstable();
            people.dedup();
            Change::Set(people)
        }
        change => change,
    }
}
