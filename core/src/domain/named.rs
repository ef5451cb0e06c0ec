//! People as other records name them.

use super::{Name, Person, PersonId, PersonNumber};

/// A person as a manager, or as whoever is responsible for a group: its number, its id and what it is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedPerson {
    pub number: PersonNumber,
    pub id: PersonId,
    /// [`Person::name`].
    pub name: String,
    pub display_name: Option<Name>,
}

impl From<&Person> for NamedPerson {
    fn from(person: &Person) -> Self {
        Self { number: person.number, id: person.id, name: person.name(), display_name: person.display_name.clone() }
    }
}
