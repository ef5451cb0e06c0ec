//! Records as other records name them: their number, their id and what they are called.

use super::{GroupId, GroupNumber, LongLabel, Person, PersonId, PersonNumber};

/// A person as a member, a manager or whoever is responsible for a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedPerson {
    pub number: PersonNumber,
    pub id: PersonId,
    /// [`Person::name`].
    pub name: String,
}

impl From<&Person> for NamedPerson {
    fn from(person: &Person) -> Self {
        Self { number: person.number, id: person.id, name: person.name() }
    }
}

/// A group as a member of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedGroup {
    pub number: GroupNumber,
    pub id: GroupId,
    pub name: LongLabel,
}

/// One member of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Member {
    Person(NamedPerson),
    /// A group inside the group.
    Group(NamedGroup),
}

/// A group that a person is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub number: GroupNumber,
    pub id: GroupId,
    pub name: LongLabel,
    /// Whether the person is a member itself; otherwise by way of a group inside this one.
    pub is_direct: bool,
}
