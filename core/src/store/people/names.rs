//! What people are called by those who refer to them, for a whole page at once.

use crate::domain::{PersonId, PersonNumber};
use crate::store::error::StoreError;
use crate::store::numbers::Numbers;
use crate::store::record::{PackedPeople, PackedPerson, PersonField};
use crate::store::sql::{Bound, Row};
use crate::store::transaction::ReadTransaction;
use std::borrow::Cow;
use std::ops::Range;
use uuid::Uuid;

/// Several people as others refer to them.
#[derive(Clone, Debug, Default)]
pub struct PackedNames {
    json: Vec<u8>,
    /// By number, ascending once all are there.
    people: Vec<(i64, Range<usize>, Range<usize>)>,
}

/// A person as somebody else refers to it: fragments of JSON.
#[derive(Clone, Copy, Debug)]
pub struct PackedName<'a> {
    /// The id as a quoted text.
    pub id: &'a [u8],
    /// The display name as it was given, as a quoted text; empty where there is none.
    pub display_name: &'a [u8],
}

impl<'a> PackedName<'a> {
    /// `None` where the record is damaged.
    pub fn person_id(self) -> Option<PersonId> {
        serde_json::from_slice::<Uuid>(self.id).ok().map(PersonId::new)
    }

    /// The display name as text.
    pub fn display_name_text(self) -> Option<Cow<'a, str>> {
        serde_json::from_slice(self.display_name).ok()
    }
}

impl PackedNames {
    pub fn get(&self, person: PersonNumber) -> Option<PackedName<'_>> {
        let place = self.people.binary_search_by_key(&person.get(), |(number, ..)| *number).ok()?;
        let (_, id, display_name) = self.people.get(place)?;
        Some(PackedName { id: self.json.get(id.clone())?, display_name: self.json.get(display_name.clone())? })
    }

    fn push(&mut self, person: &PackedPerson<'_>) {
        let mut push = |fragment: &[u8]| {
            let start = self.json.len();
            self.json.extend_from_slice(fragment);
            start..self.json.len()
        };
        let (id, display_name) = (push(person.json(PersonField::Id)), push(person.json(PersonField::DisplayName)));
        self.people.push((person.number(PersonField::Number).unwrap_or_default(), id, display_name));
    }
}

const PEOPLE: Bound = Bound::new("select record, number from people where organization_id = $1");

impl ReadTransaction {
    /// The managers of packed people. Those who are among them are not read again.
    pub(crate) async fn managers_of_packed(&mut self, people: &PackedPeople) -> Result<PackedNames, StoreError> {
        let asked: Numbers = people.iter().filter_map(|person| person.number(PersonField::Manager)).collect();
        let mut names = PackedNames::default();
        for person in people.iter() {
            if person.number(PersonField::Number).is_some_and(|number| asked.contains(number)) {
                names.push(&person);
            }
        }
        names.people.sort_unstable_by_key(|(number, ..)| *number);
        let missing: Numbers =
            asked.iter().filter(|number| names.people.binary_search_by_key(number, |(number, ..)| *number).is_err()).collect();
        for (condition, values) in missing.conditions("number") {
            let take = |row: &Row<'_>| {
                if missing.contains(row.integer(1)?) {
                    let unreadable = |_| StoreError::Unreadable { what: "record of a person" };
                    names.push(&PackedPerson::new(row.bytes(0)?).map_err(unreadable)?);
                }
                Ok(())
            };
            self.all(&PEOPLE.followed_by(&condition), values, take).await?;
        }
        names.people.sort_unstable_by_key(|(number, ..)| *number);
        Ok(names)
    }
}
