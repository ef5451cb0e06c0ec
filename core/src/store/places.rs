//! The groups that people are in, for a whole page at once: who is in which, then what these are called, each once.

use super::catalogue::number;
use super::error::StoreError;
use super::numbers::Numbers;
use super::sql::{Bound, Row, values};
use super::transaction::ReadTransaction;
use crate::domain::{GroupId, GroupNumber, PersonNumber, Place, Text};

/// The groups of several people.
#[derive(Clone, Debug, Default)]
pub struct PagePlaces {
    /// Each group, as one that somebody is in directly or only by nesting.
    known: Vec<Place>,
    /// The last change of each of them, or of which groups they are inside.
    newest: Vec<i64>,
    /// People, ascending, each with its groups by number.
    chosen: Vec<(PersonNumber, u32)>,
}

/// The groups of one person, by number.
#[derive(Clone, Copy, Debug)]
pub struct PlacesOf<'a> {
    known: &'a [Place],
    chosen: &'a [(PersonNumber, u32)],
}

impl PagePlaces {
    pub fn of(&self, person: PersonNumber) -> PlacesOf<'_> {
        PlacesOf { known: &self.known, chosen: self.chosen_by(person) }
    }

    fn chosen_by(&self, person: PersonNumber) -> &[(PersonNumber, u32)] {
        let start = self.chosen.partition_point(|(other, _)| *other < person);
        let rest = self.chosen.get(start..).unwrap_or_default();
        rest.get(..rest.iter().take_while(|(other, _)| *other == person).count()).unwrap_or_default()
    }

    fn newest_of(&self, person: PersonNumber) -> i64 {
        let newest = self.chosen_by(person).iter().filter_map(|(_, place)| self.newest.get(*place as usize));
        newest.copied().max().unwrap_or(0)
    }
}

impl<'a> PlacesOf<'a> {
    /// Of these groups those whose places are named.
    pub const fn new(known: &'a [Place], chosen: &'a [(PersonNumber, u32)]) -> Self {
        Self { known, chosen }
    }

    pub fn iter(self) -> impl Iterator<Item = &'a Place> {
        self.chosen.iter().filter_map(move |(_, place)| self.known.get(*place as usize))
    }
}

/// Who is in which group directly; with it whether there are groups inside groups at all.
const DIRECT: Bound = Bound::new(
    "select person_number, group_number, exists (select 1 from subgroups where organization_id = $1)
    from memberships where organization_id = $1",
);
const BY_PERSON: &str = " order by person_number, group_number";
/// The groups around one, be it through others. `cross join`: SQLite keeps to its order, and so never reads all groups to find
/// a few.
pub(super) const AROUND: Bound = Bound::new(
    "with recursive around (number) as (
        select group_number from subgroups where organization_id = $1 and subgroup_number = $2
        union
        select subgroups.group_number from around cross join subgroups
        where subgroups.organization_id = $1 and subgroups.subgroup_number = around.number
    )
    select number from around",
);
const NAMES: Bound = Bound::new("select number, id, name, sequence, places_sequence from groups where organization_id = $1");

/// A person in a group; not directly sorts behind directly.
type Membership = (PersonNumber, GroupNumber, IsNested);
type IsNested = bool;

impl ReadTransaction {
    /// The groups that people are in, directly or by nesting.
    pub(crate) async fn places_of_page(&mut self, people: impl Iterator<Item = PersonNumber>) -> Result<PagePlaces, StoreError> {
        let people = people.map(|number| number.get()).collect();
        let (mut places, has_nesting) = self.direct_places(&people).await?;
        if has_nesting {
            self.add_nested(&mut places).await?;
        }
        self.named_places(places).await
    }

    /// The groups that a person is in, directly or by nesting, by number; and the last change of any of them, or of which
    /// groups they are inside.
    pub(crate) async fn places_of_person(&mut self, person: PersonNumber) -> Result<(Vec<Place>, i64), StoreError> {
        let places = self.places_of_page(std::iter::once(person)).await?;
        Ok((places.of(person).iter().cloned().collect(), places.newest_of(person)))
    }

    async fn direct_places(&mut self, people: &Numbers) -> Result<(Vec<Membership>, bool), StoreError> {
        let (mut places, mut has_nesting) = (Vec::new(), false);
        for (condition, values) in people.conditions("person_number") {
            let take = |row: &Row<'_>| {
                if people.contains(row.integer(0)?) {
                    places.push((number(row, 0)?, number(row, 1)?, false));
                }
                has_nesting = row.boolean(2)?;
                Ok(())
            };
            self.all(&DIRECT.followed_by(&condition).followed_by(BY_PERSON), values, take).await?;
        }
        Ok((places, has_nesting))
    }

    /// Adds the groups around those that people are in, each once.
    async fn add_nested(&mut self, places: &mut Vec<Membership>) -> Result<(), StoreError> {
        let inner: Numbers = places.iter().map(|(_, group, _)| group.get()).collect();
        let mut around: Vec<(i64, GroupNumber)> = Vec::new();
        let of: Vec<i64> = inner.iter().collect();
        let take = |at: usize, row: &Row<'_>| {
            around.push((of[at], number(row, 0)?));
            Ok(())
        };
        self.for_each_of(&AROUND, of.iter().map(|group| values![*group]).collect(), take).await?;
        around.sort_unstable();
        for at in 0..places.len() {
            let (person, group, _) = places[at];
            let start = around.partition_point(|(inner, _)| *inner < group.get());
            let outer = around[start..].iter().take_while(|(inner, _)| *inner == group.get());
            places.extend(outer.map(|(_, outer)| (person, *outer, true)));
        }
        places.sort_unstable();
        places.dedup_by_key(|(person, group, _)| (*person, *group));
        Ok(())
    }

    /// Reads what the groups are called.
    async fn named_places(&mut self, places: Vec<Membership>) -> Result<PagePlaces, StoreError> {
        let mut ways: Vec<(GroupNumber, IsNested)> = places.iter().map(|(_, group, is_nested)| (*group, *is_nested)).collect();
        ways.sort_unstable();
        ways.dedup();
        let groups: Numbers = ways.iter().map(|(group, _)| group.get()).collect();
        let mut page = PagePlaces::default();
        for (condition, values) in groups.conditions("number") {
            let take = |row: &Row<'_>| {
                let number: GroupNumber = number(row, 0)?;
                let start = ways.partition_point(|(group, _)| *group < number);
                for (_, is_nested) in ways[start..].iter().take_while(|(group, _)| *group == number) {
                    let (id, name) = (GroupId::new(row.uuid(1)?), Text::stored(row.text(2)?));
                    page.known.push(Place { number, id, name, is_direct: !is_nested });
                    page.newest.push(row.integer(3)?.max(row.integer(4)?));
                }
                Ok(())
            };
            self.all(&NAMES.followed_by(&condition).followed_by(" order by number"), values, take).await?;
        }
        let known = |group: GroupNumber, is_nested: bool| {
            let place = page.known.binary_search_by_key(&(group, is_nested), |place| (place.number, !place.is_direct)).ok()?;
            u32::try_from(place).ok()
        };
        page.chosen = places.into_iter().filter_map(|(person, group, is_nested)| Some((person, known(group, is_nested)?))).collect();
        Ok(page)
    }
}

#[cfg(test)]
impl ReadTransaction {
    /// How the database means to find the groups that people are in: on a page, scattered, and around each other.
    pub(crate) async fn plan_of_places(&mut self) -> Result<Vec<String>, StoreError> {
        let mut plan = Vec::new();
        for numbers in [&[1, 2][..], &[1, 100]] {
            let numbers: Numbers = numbers.iter().copied().collect();
            for (condition, _) in numbers.conditions("person_number") {
                plan.extend(self.plan(&DIRECT.followed_by(&condition).followed_by(BY_PERSON)).await?);
            }
            for (condition, _) in numbers.conditions("number") {
                plan.extend(self.plan(&NAMES.followed_by(&condition).followed_by(" order by number")).await?);
            }
        }
        plan.extend(self.plan(&AROUND).await?);
        Ok(plan)
    }
}
