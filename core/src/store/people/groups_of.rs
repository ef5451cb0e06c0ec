//! The numbers of the groups of each of several people.

use crate::domain::{GroupNumber, PersonNumber};
use crate::store::catalogue::number;
use crate::store::error::StoreError;
use crate::store::numbers::Numbers;
use crate::store::sql::{Bound, Row, values};
use crate::store::transaction::ReadTransaction;

/// The numbers of the groups of each of several people.
#[derive(Clone, Debug, Default)]
pub(crate) struct GroupsOf {
    /// People, ascending, as often as they are in a group.
    people: Vec<PersonNumber>,
    groups: Vec<GroupNumber>,
}

impl GroupsOf {
    /// Ascending.
    pub(crate) fn of(&self, person: PersonNumber) -> &[GroupNumber] {
        let start = self.people.partition_point(|other| *other < person);
        let count = self.people[start..].iter().take_while(|other| **other == person).count();
        &self.groups[start..start + count]
    }
}

const MEMBERSHIPS: Bound = Bound::new("select person_number, group_number from memberships where organization_id = $1");
const BY_PERSON: &str = " order by person_number, group_number";
/// The greatest number of people who are asked for by their numbers.
const NUMBERS_MAX: usize = 1000;

impl ReadTransaction {
    /// The numbers of the groups of these people.
    pub(crate) async fn groups_of(&mut self, people: impl Iterator<Item = PersonNumber>) -> Result<GroupsOf, StoreError> {
        let people: Vec<i64> = people.map(|person| person.get()).collect();
        let is_many = people.len() > NUMBERS_MAX;
        let people: Numbers = people.into_iter().collect();
        let conditions = if is_many { vec![(String::new(), values![])] } else { people.conditions("person_number") };
        let mut found = GroupsOf::default();
        for (condition, values) in conditions {
            let take = |row: &Row<'_>| {
                if people.contains(row.integer(0)?) {
                    found.people.push(number(row, 0)?);
                    found.groups.push(number(row, 1)?);
                }
                Ok(())
            };
            self.all(&MEMBERSHIPS.followed_by(&condition).followed_by(BY_PERSON), values, take).await?;
        }
        Ok(found)
    }
}
