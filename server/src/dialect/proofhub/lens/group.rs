//! What a client writes of a group, and the change that it asks for.

use super::body::{Faults, Members};
use rollcall_core::directory::{DirectoryError, GroupBefore, GroupChange, MemberChange, PersonReference};
use rollcall_core::domain::{Change, LongLabel, PersonNumber};
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

    /// The change that makes a new group of this.
    pub fn create(self) -> GroupChange {
        GroupChange { name: self.name, members: people(self.assigned), ..GroupChange::default() }
    }

    /// The change that leads from `before` to what is written.
    pub fn put(self, before: &GroupBefore) -> Result<GroupChange, DirectoryError> {
        if matches!(self.id, Change::Set(id) if id != before.group.number.get()) {
            return Err(DirectoryError::Invalid { field: "id".to_owned(), reason: "must be the id in the path".to_owned() });
        }
        Ok(self.create())
    }
}

/// What becomes of the people in a group. The groups in it cannot be seen here, and stay.
fn people(assigned: Change<Vec<PersonNumber>>) -> MemberChange {
    match assigned {
        Change::Keep => MemberChange::Keep,
        Change::Clear => MemberChange::SetPeople(Vec::new()),
        Change::Set(people) => MemberChange::SetPeople(people.into_iter().map(PersonReference::Number).collect()),
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
